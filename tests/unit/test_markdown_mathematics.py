r"""Formulas in posts and titles as MathML: which are found, how they are shown, what is refused."""

import csv
import html
import lzma
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digestgen import escaping, tex
from digestgen.markdown import formulas, inline_math, render
from digestgen.text import squeeze
from tests.growth import is_in_proportion

X = '<math data-tex="x"><mi>x</mi></math>'


def sources(page: str) -> list[str]:
    """The TeX of the formulas of a page that became MathML."""
    return [html.unescape(source) for source in re.findall(r'<math data-tex="([^"]*)"', page)]


def test_formulas_in_the_escaped_dialect_become_mathml() -> None:
    source = escaping.markdown(r"In $\mathcal{O}(n \log n)$, $x_i^* < \frac{a}{b}$; $35,000 more.")
    page = render(source).html

    assert sources(page) == [r"\mathcal{O}(n \log n)", r"x_i^* < \frac{a}{b}"]
    assert "<mfrac><mi>a</mi><mi>b</mi></mfrac>" in page
    assert "<span>$</span>35,000" in page


def test_formulas_in_captions_and_summaries_become_mathml_too() -> None:
    caption = escaping.html("Loss against $x$ at $1 < 2$ for $35")
    page = render(
        f"<details>\n<summary>{caption}</summary>\n<figure>"
        f'<img src="a.webp" alt="{escaping.attribute("$x$")}"><figcaption>{caption}</figcaption>'
        "</figure>\n</details>\n"
    ).html

    assert sources(page) == ["x", "1 < 2"] * 2
    assert 'alt="$x$"' in page


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a $x$ b", f"<p>a {X} b</p>\n"),
        ("a \\\\(x\\\\) b", f"<p>a {X} b</p>\n"),
        ("$x$", f"<p>{X}</p>\n"),
        ("**$x$**,$x$", f"<p><strong>{X}</strong>,{X}</p>\n"),
        ("中文$x$，公式", f"<p>中文{X}，公式</p>\n"),
        ("&lt;$x$&lt; &nbsp;$x$&nbsp;", f"<p>&lt;{X}&lt; &nbsp;{X}&nbsp;</p>\n"),
        ("a\n$x$\nb", f"<p>a<br>\n{X}<br>\nb</p>\n"),
        ("$5 and $6, <b>$</b>x$", "<p>$5 and $6, <b>$</b>x$</p>\n"),
        ("`$x$` $y", "<p><code>$x$</code> $y</p>\n"),
        ("<pre>$x$</pre>\n\n$x$", f"<pre>$x$</pre>\n<p>{X}</p>\n"),
        ("<pre><b>$x$</b></pre>", "<pre><b>$x$</b></pre>"),
        ('<p title="$x$">$x$</p>', f'<p title="$x$">{X}</p>\n'),
        ("$x$5 and $x$a", f"<p>$x$5 and {X}a</p>\n"),
    ],
)
def test_a_formula_is_found_in_text_and_nowhere_else(source: str, shown: str) -> None:
    assert render(source).html.rstrip() == shown.rstrip()


def test_a_displayed_formula_may_stand_on_lines_of_its_own() -> None:
    page = render("Then\n\n$$\nx\n$$\n").html

    assert page == '<p>Then</p>\n<p><math data-tex="x" display="block"><mi>x</mi></math></p>\n'


def test_a_title_shows_its_formulas_and_escapes_the_rest() -> None:
    assert (
        inline_math(r"$x$ & <b>\emph{bold}</b> for $5")
        == f"{X} &amp; &lt;b&gt;bold&lt;/b&gt; for $5"
    )


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathcal{L}", r"\mathcal L", r"{\cal L}", r"\boldsymbol{\theta}", r"\bm{x}",
        r"\mathds{1}",
        r"\mathbb R", r"\text{if } x", r"{\rm d}x", r"{\bf x}", r"\emph{x}", r"95\%", r"\mathbb{R}",
        r"\operatorname{arg\,max}_x", r"\operatorname*{argmin}", r"\mathbbm{1}", r"\mbox{a b}",
        r"\mathscr{L}", r"\mathfrak{g}", r"\nicefrac{1}{2}", r"\hat{x}", r"\widetilde{x}",
        r"\left(\frac{a}{b}\right)", r"\sqrt[3]{x}", r"\sum_{i=1}^n x_i", r"a \rightarrow b",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"\begin{cases} a & b \\ c \end{cases}",
        r"\begin{align} a &= b \\ c &= d \end{align}", r"\|x\|_2", r"\norm{x}", r"f'(x)", "中文",
        r"10^{-3}", r"\sim 5", r"^{\circ}", r"\text{中文}", r"x \in [0, 1]", "O(n\n\\log n)",
    ],
)  # fmt: skip
def test_what_abstracts_write_becomes_mathml(formula: str) -> None:
    assert formulas.markup(formula, display=False).startswith("<math")


def test_columns_keep_their_side_without_an_inline_style() -> None:
    page = formulas.markup(r"\begin{aligned} a &= b \end{aligned}", display=True)

    assert '<mtd class="to-right"><mi>a</mi></mtd><mtd class="to-left">' in page
    assert " style=" not in page


@pytest.mark.parametrize(
    "formula",
    [r"\unknown{x}", r"\frac{a}", r"\text{<b>", "a & b", r"\eqref{a}", "{" * 61 + "}" * 61],
)
def test_what_cannot_be_shown_is_its_source_as_code(formula: str) -> None:
    assert formulas.markup(formula, display=False) == f"<code>{html.escape(formula)}</code>"


@pytest.mark.parametrize(
    "command",
    ["{", r"\hat", r"\sqrt{", r"\frac{", r"\left(", "x^", r"\sqrt[", r"\bf{", r"\begin{matrix}",
     r"\text{", r"_\hat", r"\not ", "$", r"\(", r"\color{"],
)  # fmt: skip
def test_a_deep_formula_neither_crashes_nor_takes_long(command: str) -> None:
    closing = {"{": "}", "[": "]x"}.get(command[-1], "")
    deep = command * (tex.LONGEST_FORMULA // (len(command) + len(closing)))
    for formula in (deep, deep + "x" + closing * deep.count(command)):
        assert formulas.markup(formula, display=False)

    assert is_in_proportion(lambda text: render(f"${text}$"), command)


ATOMS = [
    r"\text{", r"\frac", "{", "}", "<", ">", "&", '"', "'", "<b>", "<script>", "</math>", "<mi>",
    r"\mathbb", "x", "^", "_", r"\left", r"\right", "(", "|", r"\\", r"\begin{array}{c|c}", "~",
    r"\end{array}", r"\color{red}", r"\textcolor{", r"\hspace{1em}", r"\tag{1}", r"\label{a}",
    r"\eqref{a}", "#1", "%", " ", "中", r"\unicode{60}", r"\char60", r"\lt", "\x00", "&lt;",
    r"\cancel{", r"\boxed{", r"\textit{", r"\mathop{", "style=", r"\href{a}{", "\ufe00",
]  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=1000)
@given(st.lists(st.sampled_from(ATOMS), max_size=12).map("".join), st.booleans())
@example(r"\text{</math><img src=x>}", False)
def test_a_formula_is_mathml_from_the_list_or_code(formula: str, display: bool) -> None:
    page = formulas.markup(formula, display=display)

    assert re.fullmatch(
        r'<code>[^<>]*</code>|<math data-tex="[^"<>]*"(?: display="block")?>'
        r'(?:[^<>]|</?m[a-z]+(?: [a-z]+="[^"<>]*")*>)*</math>',
        page,
    )
    assert ' style="' not in page
    assert page.count("<") == 2 * page.count("</")


def test_nearly_all_formulas_of_real_abstracts_become_mathml(shared: Path) -> None:
    found: set[str] = set()
    for path in sorted((shared / "data" / "metadata").glob("*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                parts = tex.segments(squeeze(row["abstract"] or ""))
                found.update(part.tex for part in parts if isinstance(part, tex.Math))
    shown = [one for one in found if formulas.markup(one, display=False).startswith("<math")]

    assert len(shown) > 0.98 * len(found) > 500  # the rest are macros of single authors
