"""The harness finds each fault that it is there for, in both renderers, and passes a good post."""

from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from tests.browser.server import serving
from tests.hexo.harness import RENDERERS, TYPESET, Expected, Hexo, Renderer, Report

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
FRONT = """---
title: {title}
date: 2024-09-24 12:00:00
updated: 2024-09-24 12:00:00
{more}---
"""
SAFE = "disableNunjucks: true\n"
MATH = SAFE + "mathjax: true\n"

GOOD = r"""
> Quoted by a program; see [the list](#list).

<div id="list"></div>

- [x&lt;y](#paper-1)

<div id="paper-1"></div>

## Scores of x&lt;y

Both {&#x2060;{ a }&#x2060;} and \*b\* with $\\\{x\_i\\\}\^\{\*\}$ stay -- as "they" are.

<details>
<summary>Pictures (1)</summary>
<figure><img src="pixel.png" alt="Figure 1" width="1" height="1">
<figcaption>A *dot*</figcaption></figure>
</details>

## Second
"""  # fmt: skip
EXPECT_GOOD: Expected = {
    "title": "Diffusion Models",
    "headings": ["Scores of x<y", "Second"],
    "texts": {
        "h2:first-of-type + p": r'Both {{ a }} and *b* with $\{x_i\}^{*}$ stay -- as "they" are.',
        "figcaption": "A *dot*",
        "img@alt": "Figure 1",
    },
    "counts": {"details": 1, "em": 0, "#list + ul li": 1},
    "math": [r"\{x_i\}^{*}"],
}

# name: (front matter beyond the least, body, what must be said of it)
FAULTS: Mapping[str, tuple[str, str, str]] = {
    "nunjucks": ("", "Let {{ a b }} be", "hexo generate stops here"),
    "leaked-tag": (SAFE, "{% gallery %}", "template tag shown as text"),
    "leaked-entity": (SAFE, "a &amp;lt; b", "entity shown as text"),
    "leaked-html": (SAFE, "so `` ` `` and &lt;div&gt; here", "HTML shown as text"),
    "leaked-bold": (SAFE, "**标题：**内容", "bold mark shown as text"),
    "no-heading": (SAFE, "text\n\n##Two", "heading shown as text"),
    "swallowed": (SAFE, "<details><summary>s</summary>\n\n## Two\n", "swallows a heading"),
    "lost-heading": (SAFE, "<div>\n## Two\n</div>", "1 <h2>, but 2 were written"),
    "script": (SAFE, "a <script>alert(1)</script>", "<script> in the article"),
    "handler": (SAFE, '<p onclick="x()">a</p>', 'attribute "onclick" on <p>'),
    "unknown": (SAFE, "if x<y>z then", "<y> in the article"),
    "bold": (SAFE, "a<b and c>d", 'attribute "and" on <b>'),
    "picture": (SAFE, '<img src="none.png" alt="a">', 'picture "none.png" is missing'),
    "far-picture": (SAFE, '<img src="https://e.org/a.png" alt="a">', "is elsewhere"),
    "no-alt": (SAFE, '<img src="/blog/img/favicon.png">', "has no alt text"),
    "anchor": (SAFE, "[a](#nowhere)", "link to a missing #nowhere"),
    "twice": (SAFE, '<p id="a">a</p>\n\n<p id="a">b</p>', 'two elements have the id "a"'),
    "link": (SAFE, "[a](/nowhere/)", 'link "/nowhere/" is missing'),
    "mail": (SAFE, "<a@b.example>", "is odd"),
    "money": (MATH, "costs $5 and saves about ten dollars 10$ now", "prose taken for a formula"),
    "emphasis": (MATH, "Let $x_i^*$ and $y_j^*$ be", "dollar signs paired wrongly"),
    "tex": (MATH, "so $\\\\frac{a}$ x", "TeX error"),
    "no-mathjax": (SAFE, "so $x$", "the page loads no MathJax"),
    "prime": (MATH, "so $f'(x)$", "typographic marks inside a formula"),
    "cover": (SAFE + "cover: none.png\n", "x", "cover does not resolve"),
    "description": (SAFE + 'description: "<b>x</b> y"\n', "x", "prints the description as HTML"),
    "same-1": (SAFE + "permalink: same/\n", "x", "is the address of same-2.md, too"),
    "same-2": (SAFE + "permalink: same/\n", "x", "is the address of same-1.md, too"),
    "caption": (SAFE, "<figure><figcaption>a \\* b</figcaption></figure>", "backslash shown"),
    "text": (SAFE, '<div id="f-1"></div>\n\n*a*', '#f-1 + p reads "a", not "*a*"'),
    "attribute": (SAFE, '<p id="f-2" title="b">x</p>', '#f-2@title reads "b", not "c"'),
    "count": (SAFE, "*a*", 'elements match "em", not 0'),
    "formula": (MATH, "a $x$ b", 'formula lost or changed: "y"'),
    "headings": (SAFE, "## Two", 'heading 2 is "Two", not "Three"'),
}  # fmt: skip
EXPECT: dict[str, Expected] = {
    "good.md": EXPECT_GOOD,
    "absent.md": {},
    "text.md": {"texts": {"#f-1 + p": "*a*"}},
    "attribute.md": {"texts": {"#f-2@title": "c"}},
    "count.md": {"counts": {"em": 0}},
    "formula.md": {"math": ["y"]},
    "headings.md": {"headings": ["One", "Three"]},
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    posts = tmp_path_factory.mktemp("posts")
    write_good(posts)
    for name, (more, body, _) in FAULTS.items():
        text = FRONT.format(title=name, more=more) + f"\n## One\n\n{body}\n"
        (posts / f"{name}.md").write_text(text, encoding="utf-8")
    (posts / "yaml.md").write_text("---\ntitle: a: b\n---\n", encoding="utf-8")
    (posts / "title.md").write_text(FRONT.format(title="'\\xi'", more=SAFE), encoding="utf-8")
    (posts / "tags.md").write_text(FRONT.format(title="tags", more="tags: [C, C++]\n"))
    return posts


@pytest.fixture(scope="module", params=RENDERERS)
def report(request: pytest.FixtureRequest, hexo: Hexo, posts: Path, out: Path) -> Report:
    """All posts of this module in one site: Hexo takes seconds to start."""
    renderer: Renderer = request.param
    return hexo.build(posts, renderer=renderer, expect=EXPECT, out=out)


def write_good(posts: Path) -> None:
    more = f"{MATH}description: Two papers\ncover: pixel.png\n"
    (posts / "good").mkdir()
    (posts / "good" / "pixel.png").write_bytes(PIXEL)
    (posts / "good.md").write_text(FRONT.format(title="Diffusion Models", more=more) + GOOD)


@pytest.mark.hexo
def test_a_good_post_has_no_problem(report: Report) -> None:
    good = report.posts["good.md"]

    assert good.problems == ()
    assert good.url == "/blog/2024/09/24/good/"
    assert good.headings == ("Scores of x<y", "Second")


@pytest.mark.hexo
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_post_is_found(report: Report, name: str) -> None:
    problems = report.posts[f"{name}.md"].problems

    assert any(FAULTS[name][2] in problem for problem in problems), problems


@pytest.mark.hexo
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("yaml.md", "hexo dropped it"),
        ("title.md", "breaks a script of the theme"),
        ("absent.md", "there is no such file"),
    ],
)
def test_a_post_that_hexo_cannot_show_is_found(report: Report, name: str, problem: str) -> None:
    assert problem in report.posts[name].problems[-1]


@pytest.mark.hexo
def test_tags_that_share_an_address_are_a_fault_of_the_site(report: Report) -> None:
    assert report.site == ('Tag names ["C","C++"] share /tags/C/',)
    assert not report.ok
    assert report.site[0] in report.problems


@pytest.mark.hexo
def test_the_site_is_written_where_it_is_asked_for(report: Report, out: Path) -> None:
    good = out / str(report.posts["good.md"].url).removeprefix("/")

    assert (good / "index.html").is_file()
    assert (good / "pixel.png").read_bytes() == PIXEL
    assert (out / "blog/css/index.css").is_file()
    assert (out / "blog/pluginsSrc/mathjax/tex-mml-chtml.js").is_file()


@pytest.mark.hexo
@pytest.mark.browser
def test_the_written_site_typesets_formulas_without_a_network(
    report: Report, out: Path, chromium: Chromium
) -> None:
    with serving(out) as address:
        visit = chromium.visit(f"{address}{report.posts['good.md'].url}", script=TYPESET)

    assert visit.result is True
    assert visit.foreign(address) == ()
    assert "$" not in visit.text
