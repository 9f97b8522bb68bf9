'use strict';
// What must hold of a post's page. A rule takes a page and yields its problems, one line each.
//
// A page: {file, source (Markdown), record (Hexo's), expected, $, article, formulas, url, site,
// index}.

const vm = require('vm');

const ELEMENTS = new Set((
  'a abbr b blockquote br cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 ' +
  'hr i img ins kbd li mark ol p pre q s small span strong sub summary sup ' +
  'table tbody td tfoot th thead tr ul'
).split(' '));
const ATTRIBUTES = new Set((
  'align alt class colspan datetime dir height href id lang loading open rel rowspan sizes src srcset start ' +
  'style target title width'
).split(' '));
const LEAKS = [
  ['template tag', /\{[{%#]|[}%#]\}/],
  ['entity', /&(?:[a-z]{2,8}|#\d{1,7}|#x[\da-f]{1,6});/i],
  ['HTML', new RegExp(
    '</?(?:a|b|blockquote|br|code|details|div|em|fig\\w+|h[1-6]|i|img|li|ol|p|pre|script|span|' +
    'strong|style|su[bp]|summary|t[dhr]|table|ul)(?:\\s+[\\w-]+=[^<>]*)?\\s*/?>', 'i')],
  ['heading', /^ {0,3}##+ *[^\s#]/m],
  ['link', /\]\([^()\s]*\)/],
  ['bold mark', /\*\*[^\s*][^*]*\*\*/],
  ["Hexo's own placeholder", /\uFFFC|<!--(?:swig|code)/],
  ['replacement character', /\uFFFD/],
];
const SMART = [
  [/[\u201c\u201d]/g, '"'], [/[\u2018\u2019]/g, "'"],
  [/\u2026/g, '...'], [/\u2014/g, '---'], [/\u2013/g, '--'],
];

/** Both Markdown renderers turn plain quotes, dashes and dots into typographic ones. */
function plain(text) {
  const squeezed = text.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
  return SMART.reduce((result, [smart, ascii]) => result.replace(smart, ascii), squeezed);
}

function quoted(text) {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}...` : text);
}

function count(text, pattern) {
  return (text.match(pattern) || []).length;
}

function* frontMatter({ source, record, $, expected }) {
  const block = /^---\n([\s\S]*?)\n---\n/.exec(source);
  if (!block) yield 'the file does not begin with front matter';
  for (const key of ['title', 'date', 'updated']) {
    if (block && !new RegExp(`^${key}:`, 'm').test(block[1])) yield `front matter without "${key}"`;
  }
  const title = expected.title ?? String(record.title);
  const shown = $('h1.post-title').text();
  if (plain(shown) !== plain(title)) yield `title is ${quoted(shown)}, not ${quoted(title)}`;
}

function* address({ file, record, site, url }) {
  for (const [other, { path }] of Object.entries(site.records)) {
    if (other !== file && path === record.path) yield `${url} is the address of ${other}, too`;
  }
}

function* description({ record, $ }) {
  if (!record.description) return;
  const shown = $('meta[name="description"]').attr('content') || '';
  if (!plain(record.description).startsWith(plain(shown).replace(/\.\.\.$/, '')) || !shown) {
    yield `description is ${quoted(shown)}, not ${quoted(record.description)}`;
  }
}

function* indexPage({ index, site, url }) {
  const post = index('.recent-post-item').has(`a.article-title[href="${url}"]`);
  if (post.length !== 1) yield 'not on the index page';
  const markup = post.find('.content *').toArray();
  if (markup.length) yield `the index page prints the description as HTML: <${markup[0].name}>`;
  for (const cover of post.find('img.post-bg').toArray()) {
    const { kind } = site.resolve(cover.attribs.src, '/');
    if (kind !== 'here') yield `cover does not resolve: ${cover.attribs.src}`;
  }
}

/** The theme writes titles into scripts. */
function* themeScripts({ $ }) {
  for (const script of $('script:not([src]):not([type])').toArray()) {
    try {
      new vm.Script($(script).html());
    } catch (error) {
      yield `the title breaks a script of the theme: ${error.message}`;
    }
  }
}

function* headings({ source, $, article, expected }) {
  const found = article.find('h1,h2,h3,h4,h5,h6').toArray();
  for (const heading of found) {
    if (!plain($(heading).text())) yield 'a heading is empty';
    if (heading.name === 'h2' && heading.parent !== article[0]) {
      yield `heading ${quoted($(heading).text())} stands inside <${heading.parent.name}>`;
    }
  }
  const shown = found.filter(({ name }) => name === 'h2').map(heading => plain($(heading).text()));
  if (!expected.headings) {
    const written = count(withoutFences(source), /^ {0,3}##(?:\s|$)/gm);
    if (shown.length !== written) yield `${shown.length} <h2>, but ${written} were written`;
    return;
  }
  const wanted = expected.headings.map(plain);
  for (let n = 0; n < Math.max(wanted.length, shown.length); n += 1) {
    const [is, should] = [shown[n] ?? '(none)', wanted[n] ?? '(none)'];
    if (is === should) continue;
    yield `heading ${n + 1} is ${quoted(is)}, not ${quoted(should)}`;
    return;
  }
}

function withoutFences(source) {
  return source.replace(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\1[`~]*\s*$/gm, '');
}

function* written({ source, article }) {
  const body = withoutFences(source);
  const wanted = {
    details: count(body, /<details[\s>]/g),
    img: count(body, /<img\s/g),
  };
  for (const [name, number] of Object.entries(wanted)) {
    const found = article.find(name).length;
    if (found !== number) yield `${found} <${name}>, but ${number} were written`;
  }
}

function* folds({ $, article }) {
  for (const fold of article.find('details').toArray()) {
    if ($(fold).children('summary').length !== 1) yield '<details> without one <summary>';
    if ($(fold).find('h1,h2').length) yield '<details> swallows a heading';
  }
}

function* elements({ article }) {
  for (const { name, attribs } of article.find('*').toArray()) {
    if (!ELEMENTS.has(name)) yield `<${name}> in the article`;
    for (const attribute of Object.keys(attribs)) {
      if (!ATTRIBUTES.has(attribute) && !attribute.startsWith('data-')) {
        yield `attribute ${quoted(attribute)} on <${name}>`;
      }
    }
  }
}

function* anchors({ $, article }) {
  const ids = $('[id]').toArray().map(({ attribs }) => attribs.id);
  for (const id of ids.filter((name, n) => ids.indexOf(name) !== n)) {
    if (article.find('[id]').toArray().some(({ attribs }) => attribs.id === id)) {
      yield `two elements have the id ${quoted(id)}`;
    }
  }
  for (const link of $('#card-toc a.toc-link[href^="#"]').toArray()) {
    const id = decodeURIComponent(link.attribs.href.slice(1));
    if (!ids.includes(id)) yield `the table of contents links to a missing #${id}`;
  }
}

function* references({ $, article, site, url }) {
  for (const { attribs } of article.find('img').toArray()) {
    const choices = (attribs.srcset || '').split(',').map((one) => one.trim().split(' ')[0]);
    for (const source of [attribs.src || '', ...choices.filter(Boolean)]) {
      const { kind } = site.resolve(source, url);
      if (kind !== 'here') yield `picture ${quoted(source)} is ${kind}`;
    }
    if (!plain(attribs.alt || '')) yield `picture ${quoted(attribs.src || '')} has no alt text`;
  }
  const ids = new Set($('[id]').toArray().map(({ attribs }) => attribs.id));
  for (const { attribs } of article.find('a[href]').toArray()) {
    const { kind, anchor, samePage } = site.resolve(attribs.href, url);
    if (kind !== 'here' && kind !== 'elsewhere') yield `link ${quoted(attribs.href)} is ${kind}`;
    if (samePage && anchor !== null && !ids.has(anchor)) yield `link to a missing #${anchor}`;
  }
}

function* mathematics({ $, formulas, expected }) {
  const loads = $('script').toArray().some(script => $(script).text().includes('loadMathjax'));
  if (formulas.length && !loads) yield 'formulas, but the page loads no MathJax (mathjax: true)';
  for (const { tex, error } of formulas) {
    if (error) yield `TeX error in ${quoted(tex)}: ${error}`;
    if (/[\u2013\u2014\u2018\u2019\u201c\u201d\u2026]/.test(tex)) {
      yield `typographic marks inside a formula: ${quoted(tex)}`;
    } else if (!tex.includes('\\') && /[a-z]{3,}\s+[a-z]{2,}\s+[a-z]{2,}/i.test(tex)) {
      yield `prose taken for a formula: ${quoted(tex)}`;
    } else if (/^\s.*[a-z]{2}|[a-z]{2}.*\s$/i.test(tex.replace(/\\[a-z]+/gi, ''))) {
      yield `dollar signs paired wrongly: ${quoted(tex)}`;
    }
  }
  if (!expected.math) return;
  const squeeze = tex => tex.replace(/\s+/g, '');
  const wanted = expected.math.map(squeeze);
  const found = formulas.map(({ tex }) => squeeze(tex));
  for (const tex of wanted) {
    if (found.includes(tex)) found.splice(found.indexOf(tex), 1);
    else yield `formula lost or changed: ${quoted(tex)}`;
  }
  for (const tex of found) yield `formula not expected: ${quoted(tex)}`;
}

/** Return what a selector matches in the article; much faster than `article.find` for hundreds. */
function within({ $, article }, selector) {
  return $(selector).filter((_, element) => $.contains(article[0], element));
}

/** What is expected word for word, and code, may look like anything. */
function* leaks(page) {
  const { $, article, formulas, expected } = page;
  const known = Object.keys(expected.texts || {}).filter(key => !key.includes('@'));
  const excused = ['pre', 'code', ...(expected.headings ? ['h2'] : []), ...known]
    .flatMap(selector => within(page, selector).toArray());
  const allowed = (expected.allow || []).map(pattern => new RegExp(pattern));
  for (const shown of texts(article[0], new Set(excused))) {
    const text = formulas.reduce((rest, { tex }) => rest.split(tex).join(' '), shown);
    for (const [name, pattern] of LEAKS) {
      const leak = pattern.exec(text);
      if (leak && !allowed.some(each => each.test(leak[0]))) {
        yield `${name} shown as text: ${quoted(text.slice(leak.index).trim())}`;
      }
    }
  }
  for (const element of article.find('figcaption,summary').toArray()) {
    const text = $(element).text();
    if (excused.includes(element) || !/\\[!-/:-@[-`{-~]/.test(text)) continue;
    yield `backslash shown in <${element.name}>: ${quoted(text)}`;
  }
}

function* texts(node, excused) {
  if (excused.has(node)) return;
  if (node.type === 'text') yield node.data;
  for (const child of node.children || []) yield* texts(child, excused);
}

function* expectations(page) {
  const { $, expected } = page;
  for (const [key, wanted] of Object.entries(expected.texts || {})) {
    const [selector, attribute] = key.split('@');
    const found = within(page, selector);
    if (found.length !== 1) {
      yield `${found.length} elements match ${quoted(selector)}, not one`;
      continue;
    }
    const text = attribute ? found.attr(attribute) || '' : found.text();
    if (plain(text) !== plain(wanted)) yield `${key} reads ${quoted(text)}, not ${quoted(wanted)}`;
  }
  for (const [selector, wanted] of Object.entries(expected.counts || {})) {
    const found = within(page, selector);
    if (found.length === wanted) continue;
    const first = found.length ? `, first ${quoted($.html(found.first()))}` : '';
    yield `${found.length} elements match ${quoted(selector)}, not ${wanted}${first}`;
  }
}

const RULES = [
  frontMatter, address, description, indexPage, themeScripts, headings, written, folds, elements,
  anchors, references, mathematics, leaks, expectations,
];

module.exports = { RULES };
