'use strict';
// Finds formulas in HTML as Butterfly's MathJax does in a browser, and compiles them.

const MathJax = require('mathjax');

/** Return a function from HTML to [{tex, display, error}], in page order. */
async function formulaFinder() {
  await MathJax.init({
    loader: { load: ['adaptors/liteDOM', 'input/tex', '[tex]/mhchem'] },
    startup: { typeset: false },
    tex: { inlineMath: [['$', '$'], ['\\(', '\\)']], packages: { '[+]': ['mhchem'] } },
  });
  const { startup, _: { mathjax: { mathjax } } } = global.MathJax;
  return html => {
    const page = mathjax.document(`<body>${html}</body>`, { InputJax: startup.input[0] });
    page.findMath();
    return [...page.math].map(formula => ({
      tex: formula.math, display: formula.display, error: compileError(formula, page),
    }));
  };
}

function compileError(formula, page) {
  try {
    formula.compile(page);
  } catch (error) {
    return error.message;
  }
  let found = '';
  formula.root.walkTree(node => {
    if (node.isKind('merror')) found = node.attributes.get('data-mjx-error') || 'error';
  });
  return found;
}

module.exports = { formulaFinder };
