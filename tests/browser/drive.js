'use strict';
// Reads {executable, url, width, height, screenshot, script, seconds} as JSON on stdin, opens the
// page in a fresh headless Chromium and writes what it saw as JSON on stdout. See chromium.py.

const fs = require('fs');
const { chromium } = require('playwright-core');

// Beside those of Playwright, which runs headless, in a fresh profile and without a sandbox.
// Nothing leaves the loopback interface.
const FLAGS = [
  '--disable-gpu', '--disable-quic', '--disable-sync', '--no-first-run', '--no-proxy-server',
  '--disable-background-networking', '--disable-component-update',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
const HERE = /^(?:https?|wss?):\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/]|^(?:about|blob|data):/;

async function main() {
  const request = JSON.parse(fs.readFileSync(0, 'utf8'));
  const { executable: executablePath, seconds } = request;
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const answer = await Promise.race([visit(browser, request), deadline(seconds)]);
    // A pipe may take a long answer in pieces only.
    await new Promise((done) => { process.stdout.write(JSON.stringify(answer), done); });
  } finally {
    await browser.close();
  }
}

function deadline(seconds) {
  const error = new Error(`the page came to no end within ${seconds} s`);
  return new Promise((_, reject) => { setTimeout(reject, seconds * 1000, error); });
}

async function visit(browser, { url, width, height, screenshot, script }) {
  const context = await browser.newContext({ viewport: { width, height } });
  const seen = { console_errors: [], csp_violations: [], requests: [], dialogs: [] };
  await context.exposeBinding('__violation', (_, text) => seen.csp_violations.push(text));
  await context.addInitScript(reportViolations);
  await context.route(({ href }) => !HERE.test(href), route => route.abort());
  const page = await context.newPage();
  page.on('console', line => line.type() === 'error' && seen.console_errors.push(line.text()));
  page.on('pageerror', error => seen.console_errors.push(String(error)));
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  page.on('request', sent => seen.requests.push(sent.url()));
  const response = await page.goto(url, { waitUntil: 'load', timeout: 0 });
  const result = script ? await page.evaluate(script) : null;
  await page.evaluate(settle);
  if (screenshot) await page.screenshot({ path: screenshot });
  return { ...seen, ...await page.evaluate(measure), status: response.status(), result };
}

function reportViolations() {
  document.addEventListener('securitypolicyviolation', event => {
    window.__violation(`${event.effectiveDirective}: ${event.blockedURI}`);
  });
}

async function settle() {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}

function measure() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return { scroll_width: scrollWidth, client_width: clientWidth, text: document.body.innerText };
}

main().then(() => process.exit(0), error => {
  console.error(error.message);
  process.exit(2);
});
