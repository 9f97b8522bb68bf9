'use strict';
// Judges the pages of a generated site: what stands in RULES, and what the caller expects.

const cheerio = require('cheerio');
const { formulaFinder } = require('./formulas');
const { RULES } = require('./rules');
const { ROOT } = require('./site');

/** Return {hexo, site: [problem], posts: {file: {url, title, headings, math, problems}}}. */
async function judgeSite(site, expect) {
  const findFormulas = await formulaFinder();
  const index = cheerio.load(await site.content('index.html') || '');
  const files = new Set([...Object.keys(site.sources), ...Object.keys(expect)]);
  const posts = {};
  for (const file of files) {
    const expected = expect[file] || {};
    posts[file] = await judgePost({ site, file, index, findFormulas, expected });
  }
  const lost = site.complaints.filter(({ file }) => !posts[file]).map(({ text }) => text);
  return { hexo: site.hexo.version, posts, site: [...lost, ...await siteProblems(site)] };
}

async function judgePost(post) {
  const { site, file } = post;
  const empty = { url: null, title: '', headings: [], math: [] };
  const complaints = site.complaints.filter(known => known.file === file).map(({ text }) => text);
  if (complaints.length) return { ...empty, problems: complaints };
  if (!(file in site.sources)) return { ...empty, problems: ['there is no such file'] };
  const record = site.records[file];
  if (!record) return { ...empty, problems: ['Hexo does not know this post'] };
  const route = record.path.replace(/(^|\/)$/, '$1index.html');
  const page = await site.content(route).catch(() => null); // siteProblems says why
  if (!page) return { ...empty, problems: ['no page was generated'] };

  const $ = cheerio.load(page);
  const article = $('#article-container');
  const formulas = post.findFormulas(article.html() || '');
  const url = ROOT + encodeURI(record.path.replace(/^\//, ''));
  const seen = { ...post, record, source: site.sources[file], $, article, formulas, url };
  return {
    url,
    title: $('h1.post-title').text(),
    headings: article.find('h2').toArray().map(heading => $(heading).text()),
    math: formulas.map(({ tex }) => tex),
    problems: [...new Set(RULES.flatMap(rule => [...rule(seen)]))],
  };
}

async function siteProblems(site) {
  const problems = [];
  for (const route of site.routes) {
    if (!route.endsWith('.html')) continue;
    await site.content(route).catch(error => problems.push(`${route}: ${error.message}`));
  }
  return [...problems, ...sharedSlugs(site, 'Tag'), ...sharedSlugs(site, 'Category')];
}

function sharedSlugs(site, kind) {
  const names = new Map();
  site.hexo.model(kind).forEach(({ name, path }) => {
    names.set(path, [...(names.get(path) || []), name]);
  });
  return [...names].flatMap(([path, sharing]) => {
    if (sharing.length > 1) return [`${kind} names ${JSON.stringify(sharing)} share /${path}`];
    const isMarkup = /[<>"&]/.test(sharing[0]);
    return isMarkup ? [`${kind} name ${JSON.stringify(sharing[0])} is markup`] : [];
  });
}

module.exports = { judgeSite };
