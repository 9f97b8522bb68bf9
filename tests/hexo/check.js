'use strict';
// Reads {posts, renderer, expect, out} as JSON on stdin, builds the posts in a real Hexo site and
// writes what it found as JSON on stdout. The Python face is harness.py; README.md says more.

const fs = require('fs');
const { buildSite } = require('./site');
const { judgeSite } = require('./judge');

async function main() {
  console.log = console.error; // stdout is for the answer alone
  const request = { renderer: 'marked', expect: {}, ...JSON.parse(fs.readFileSync(0, 'utf8')) };
  const site = await buildSite(request.posts, request.renderer);
  try {
    const report = await judgeSite(site, request.expect);
    if (request.out) await site.write(request.out);
    fs.writeFileSync(1, JSON.stringify(report));
  } finally {
    site.remove();
  }
}

main().then(() => process.exit(0), error => {
  console.error(error.stack);
  process.exit(2);
});
