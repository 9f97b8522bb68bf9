'use strict';
// Holds one headless Chromium for many pages. Reads a JSON request per line on stdin and answers
// each with a JSON line on stdout. See session.py.

const readline = require('readline');
const fs = require('fs');
const { chromium } = require('playwright-core');

// Nothing leaves the loopback interface; see drive.js.
const FLAGS = [
  '--disable-gpu', '--disable-quic', '--disable-sync', '--no-first-run', '--no-proxy-server',
  '--disable-background-networking', '--disable-component-update',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
const HERE = /^(?:https?|wss?):\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/]|^(?:about|blob|data|file):/;
const STEPS = 12; // of a finger on its way
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const contexts = new Map();
const pages = new Map();
let browser = null;
let named = 0;

const commands = {
  async start({ executable }) {
    browser = await chromium.launch({ executablePath: executable, args: FLAGS });
  },

  async open({ url, ...wishes }) {
    const page = await (await contextOf(wishes)).newPage();
    const seen = { errors: [], violations: [], requests: [], dialogs: [] };
    page.on('console', line => note(seen, line));
    page.on('pageerror', error => seen.errors.push(String(error)));
    page.on('request', sent => seen.requests.push(sent.url()));
    page.on('dialog', (dialog) => {
      seen.dialogs.push(dialog.message());
      return dialog.dismiss();
    });
    named += 1;
    pages.set(named, { page, seen });
    if (url) await go(page, url);
    return named;
  },

  async go({ page, url }) {
    await go(pages.get(page).page, url);
  },

  async script({ page, code }) {
    return pages.get(page).page.evaluate(code);
  },

  async wait({ page, code }) {
    // Playwright's own way of waiting runs text as code in the page, which policies forbid.
    const until = Date.now() + 10_000;
    // A page that goes elsewhere meanwhile is asked again there.
    while (!await pages.get(page).page.evaluate(code).catch(gone)) {
      if (Date.now() > until) throw new Error(`it never came to be: ${code}`);
      await new Promise(done => setTimeout(done, 30));
    }
  },

  async press({ page, keys }) {
    for (const key of keys) await pages.get(page).page.keyboard.press(key);
  },

  async click({ page, selector, nth }) {
    await pages.get(page).page.locator(selector).nth(nth).click({ timeout: 10_000 });
  },

  // Each finger has its way, [[x, y], [x, y]]; they go together, and are lifted at the end.
  async touch({ page, ways }) {
    const { page: there } = pages.get(page);
    const finger = await there.context().newCDPSession(there);
    await lay(finger, 'touchStart', ways.map(([from]) => from));
    for (let step = 1; step <= STEPS; step += 1) {
      await new Promise(done => setTimeout(done, 16));
      await lay(finger, 'touchMove', ways.map(([from, to]) => between(from, to, step / STEPS)));
    }
    await lay(finger, 'touchEnd', []);
    await finger.detach();
  },

  // Not awaited one by one: two taps are a double tap only when they come fast enough.
  async tap({ page, point, times }) {
    const { page: there } = pages.get(page);
    const finger = await there.context().newCDPSession(there);
    await Promise.all(Array(times).fill().flatMap(
      () => [lay(finger, 'touchStart', [point]), lay(finger, 'touchEnd', [])],
    ));
    await finger.detach();
  },

  async type({ page, text }) {
    await pages.get(page).page.keyboard.insertText(text);
  },

  async size({ page, width, height }) {
    await pages.get(page).page.setViewportSize({ width, height });
  },

  async scheme({ page, scheme }) {
    await pages.get(page).page.emulateMedia({ colorScheme: scheme });
  },

  async media({ page, media }) {
    await pages.get(page).page.emulateMedia({ media });
  },

  async seen({ page }) {
    const { seen } = pages.get(page);
    return { ...seen, url: pages.get(page).page.url() };
  },

  async axe({ page, tags }) {
    const there = pages.get(page).page;
    // The debugger runs it, not the page: no policy has to allow it.
    await there.evaluate(AXE);
    const found = await there.evaluate(async (only) => {
      const { violations, passes } = await window.axe.run(
        document, { runOnly: only, resultTypes: ['violations'] },
      );
      return {
        passes: passes.length,
        violations: violations.flatMap(rule => rule.nodes.map(
          node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`,
        )),
      };
    }, tags);
    return found;
  },

  async shot({ page, path }) {
    await pages.get(page).page.screenshot({ path });
  },

  async close({ page }) {
    await pages.get(page).page.close();
    pages.delete(page);
  },
};

// Pages that ask for the same share a context; one costs a tenth of a second.
async function contextOf({ width, height, scheme, scripts, calm, touch }) {
  const key = JSON.stringify([width, height, scheme, scripts, calm, touch]);
  if (!contexts.has(key)) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      javaScriptEnabled: scripts,
      reducedMotion: calm ? 'reduce' : 'no-preference',
      hasTouch: touch,
      isMobile: touch,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await context.route(({ href }) => !HERE.test(href), route => route.abort());
    contexts.set(key, context);
  }
  return contexts.get(key);
}

function between([fromX, fromY], [toX, toY], part) {
  return [fromX + (toX - fromX) * part, fromY + (toY - fromY) * part];
}

function lay(finger, type, points) {
  const touchPoints = points.map(([x, y], id) => ({ x, y, id }));
  return finger.send('Input.dispatchTouchEvent', { type, touchPoints });
}

function note({ errors, violations }, line) {
  if (line.type() !== 'error') return;
  const text = line.text();
  (/Content Security Policy|CSP/.test(text) ? violations : errors).push(text);
}

function gone(error) {
  if (!/context was destroyed/.test(error.message)) throw error;
  return false;
}

async function go(page, url) {
  await page.goto(url, { waitUntil: 'load', timeout: 20_000 });
}

async function answer(line) {
  const request = JSON.parse(line);
  try {
    return { result: await Promise.race([commands[request.do](request), deadline()]) ?? null };
  } catch (error) {
    return { error: String(error.message || error).slice(0, 2000) };
  }
}

function deadline() {
  const error = new Error('no end within 60 s');
  return new Promise((_, reject) => { setTimeout(reject, 60_000, error).unref(); });
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
  }
  await browser?.close();
}

main().then(() => process.exit(0), () => process.exit(2));
