'use strict';
// Lays a Hexo site around a folder of posts and generates it in this process.

const fs = require('fs');
const os = require('os');
const path = require('path');
const Hexo = require('hexo');

const ORIGIN = 'https://blog.example.org';
const ROOT = '/blog/'; // a sub-path, so that a wrong absolute address is found
const MODULES = path.dirname(path.dirname(require.resolve('hexo/package.json')));
const PLUGINS = [
  'hexo-generator-archive', 'hexo-generator-category', 'hexo-generator-index',
  'hexo-generator-tag', 'hexo-renderer-pug', 'hexo-renderer-stylus', 'hexo-theme-butterfly',
];
const SITE = {
  title: 'Check', author: 'check', language: 'zh-CN', theme: 'butterfly', timezone: 'UTC',
  url: ORIGIN + ROOT.replace(/\/$/, ''), root: ROOT, per_page: 0, post_asset_folder: true,
  marked: { prependRoot: true, postAsset: true },
  markdown: { images: { prepend_root: true, post_asset: true } },
};
const THEME = {
  math: { use: 'mathjax', per_page: false },
  index_post_content: { method: 2, length: 500 },
  // No address outside of the site, and no script that is not installed: the theme's own would
  // stop at the first one and typeset no formula.
  CDN: { third_party_provider: 'local' },
  lightbox: null,
  share: { use: null },
  busuanzi: { site_uv: false, site_pv: false, page_pv: false },
};

/** Return the generated site; posts at which Hexo would stop are named in it and left out. */
async function buildSite(posts, renderer) {
  process.env.TZ = 'UTC';
  const folder = laySite(posts, renderer);
  const shelf = path.join(folder, 'source', '_posts');
  const sources = Object.fromEntries(listMarkdown(shelf).map(file => [
    file, fs.readFileSync(path.join(shelf, file), 'utf8'),
  ]));
  const complaints = [];
  const hexo = await start(folder, complaints);
  hexo.extend.filter.register('before_generate', () => removeStops(hexo, complaints), 1);
  await hexo.load();
  return new Site({ hexo, folder, sources, complaints });
}

function laySite(posts, renderer) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexo-'));
  const names = [...PLUGINS, `hexo-renderer-${renderer}`];
  const manifest = {
    name: 'check', private: true, hexo: { version: '' },
    dependencies: Object.fromEntries(names.map(name => [name, '*'])),
  };
  fs.cpSync(posts, path.join(folder, 'source', '_posts'), { recursive: true, dereference: true });
  fs.symlinkSync(MODULES, path.join(folder, 'node_modules'), 'dir');
  // JSON is YAML.
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(folder, '_config.yml'), JSON.stringify(SITE));
  fs.writeFileSync(path.join(folder, '_config.butterfly.yml'), JSON.stringify(THEME));
  return folder;
}

function listMarkdown(folder) {
  return fs.readdirSync(folder, { recursive: true })
    .filter(file => file.endsWith('.md'))
    .map(file => file.split(path.sep).join('/'))
    .sort();
}

/** Hexo logs a post that it cannot read and goes on; here the log is heard. */
async function start(folder, complaints) {
  const hexo = new Hexo(folder, { silent: true });
  hexo.log.error = (...parts) => {
    const text = parts.map(part => (part && part.err ? part.err.message.split('\n')[0] : part));
    const file = /_posts\/(.+?\.md)/.exec(text.join(' '));
    const problem = { file: file && file[1], text: `hexo dropped it: ${text[0]}` };
    if (!complaints.some(known => known.file === problem.file && known.text === problem.text)) {
      complaints.push(problem);
    }
  };
  await hexo.init();
  return hexo;
}

/** Take out the posts that would stop `hexo generate`, which names only the first. */
async function removeStops(hexo, complaints) {
  for (const post of hexo.model('Post').toArray()) {
    const { _id: id, _content: content, source, title, disableNunjucks } = post;
    const options = { content, source, title, disableNunjucks, layout: 'post' };
    await hexo.post.render(post.full_source, options).catch(async reason => {
      const text = `hexo generate stops here: ${reason.message.split('\n')[0]}`;
      complaints.push({ file: source.replace(/^_posts\//, ''), text });
      await hexo.model('Post').removeById(id);
    });
  }
}

/** A generated site: what Hexo knows of each post, and the pages that it would write. */
class Site {
  constructor({ hexo, folder, sources, complaints }) {
    this.hexo = hexo;
    this.folder = folder;
    this.sources = sources;
    this.complaints = complaints;
    this.routes = new Set(hexo.route.list());
    this.rendered = new Map();
    this.records = {};
    hexo.model('Post').forEach(post => {
      this.records[post.source.replace(/^_posts\//, '')] = post;
    });
  }

  /** Return the content behind a route, rendered once, or null where there is none. */
  async content(route) {
    if (!this.rendered.has(route)) {
      const stream = this.hexo.route.get(route);
      this.rendered.set(route, stream && await drain(stream));
    }
    return this.rendered.get(route) || null;
  }

  /** Return how a reference on the page at `address` resolves. */
  resolve(reference, address) {
    let url;
    try {
      url = new URL(reference, ORIGIN + address);
    } catch {
      return { kind: 'broken' };
    }
    if (!/^https?:$/.test(url.protocol)) return { kind: 'odd' };
    if (url.origin !== ORIGIN) return { kind: 'elsewhere' };
    const target = decode(url.pathname);
    const anchor = url.hash.length > 1 ? decode(url.hash.slice(1)) : null;
    const route = target.slice(ROOT.length).replace(/(^|\/)$/, '$1index.html');
    const known = target.startsWith(ROOT) && this.routes.has(route);
    return { kind: known ? 'here' : 'missing', anchor, samePage: target === decode(address) };
  }

  /** Write the site as the document root of a web server; formulas find MathJax there. */
  async write(out) {
    const root = path.join(out, ROOT);
    for (const route of this.routes) {
      const content = await this.content(route);
      if (!content) continue;
      const file = path.join(root, route);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    }
    const plugins = path.join(root, 'pluginsSrc');
    fs.rmSync(plugins, { force: true });
    fs.symlinkSync(MODULES, plugins, 'dir');
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

async function drain(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

module.exports = { buildSite, ROOT };
