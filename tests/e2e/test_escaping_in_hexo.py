"""Hostile text comes out of a real Hexo as the text that went in, with both renderers."""

import string
from pathlib import Path
from random import Random

import pytest

from digestgen import escaping, tex
from digestgen.text import squeeze
from tests.hexo.harness import RENDERERS, Expected, Hexo, Renderer

STRINGS = 1500
STRINGS_A_POST = 30  # finding an element takes time in proportion to its page
FORMULAS = (
    "x_i^*",
    r"\alpha",
    r"f'(x) < 1",
    r"\{a\}",
    r"35\%",
    "a -- b",
    "{{a}}",
    "p^{2}_{q}",
    r"5\$",
)
ATOMS = (
    *(f"${formula}$" for formula in FORMULAS),
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "```",
        "~",
        "~~~",
        "^",
        "|",
        "\\",
        "\\\\",
        "!",
        "!!!!",
        "????",
    ),
    *(
        "[",
        "]",
        "](http://x.y)",
        "![",
        "[^1]",
        "[^1]:",
        "[x]:",
        "[ ] ",
        "*[a]:",
        "[[toc]]",
        "@[toc]",
    ),
    *(
        "<",
        ">",
        "<b>",
        "</p>",
        "<script>alert(1)</script>",
        "<!--",
        "-->",
        "<!-- more -->",
        "<img src=x>",
    ),
    *(
        "&",
        "&amp;",
        "&lt;",
        "&#36;",
        "&copy",
        "{",
        "}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{{ x }}",
    ),
    *(
        "{% raw %}",
        "{% endraw %}",
        '{{ range.constructor("x")() }}',
        "{% foo %}",
        "{.class}",
        "{\\bf x}",
    ),
    *("$", "$$", "\\$", "$5", "\\(", "\\)", "\\[", "\\]", "\\begin{a}", "\\end{a}", "\\ref{x}"),
    *("\\emph{q}", "\\'e", "~5", "x~y", "``q''", "''", "\\def\\x{y}", "$\\href{javascript:x}{y}$"),
    *(
        "1.",
        "12)",
        "# ",
        "#",
        " ##",
        "- ",
        "+ ",
        "= ",
        "===",
        "> ",
        ": ",
        "::: x",
        "    code",
        "---",
    ),
    *("http://a.b", "https://localhost/x", "//host.xy", "www.a.b", "a@b.co", "perf.In", "mailto:a"),
    *(
        "(c)",
        "(TM)",
        "+-",
        "--",
        "...",
        ",,",
        "++",
        "==",
        ":smile:",
        "C:\\x",
        "'",
        '"',
        "word",
        "5",
    ),
    *(
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\u2028",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\ufffc",
        "\x00",
        "\ud800",
    ),
    *("模型", "。", "“", "é", "😀", "👩\u200d🔬", "\U000e0041", "ﬁ", "\u0301"),
)


def hostile_strings() -> list[str]:
    """Strings of fragments that mean something to somebody, and of random ASCII."""
    chance = Random(20240924)
    found: dict[str, None] = {}
    while len(found) < STRINGS:
        alphabet = ATOMS if chance.random() < 0.8 else string.printable
        text = "".join(chance.choice(alphabet) for _ in range(chance.randint(1, 12)))
        # The harness counts pictures in the source, where a summary may look like one.
        picture = "![" in text and "](" in text
        if shown(text) and formulas(text) <= set(FORMULAS) and not picture:
            found[text] = None
    return list(found)


def formulas(text: str) -> set[str]:
    """The formulas of a text; accidental ones would be errors of TeX, not of the encoder."""
    return {part.tex for part in tex.segments(squeeze(text)) if isinstance(part, tex.Math)}


def shown(text: str) -> str:
    """What the page should show: formulas as TeX, in prose TeX's text markup decoded."""
    pieces = []
    for part in tex.segments(squeeze(text)):
        if isinstance(part, tex.Math):
            dollars = "$$" if part.display else "$"
            formula = part.tex.replace("{{", "{ {").replace("}}", "} }")
            pieces.append(f"{dollars}{formula}{dollars}")
        else:
            pieces.append(tex.readable(part.source))
    return " ".join("".join(pieces).split())


def write_posts(folder: Path, strings: list[str]) -> dict[str, Expected]:
    """Write each string as a paragraph, a summary and a list item; say what must be seen."""
    expect: dict[str, Expected] = {}
    for start in range(0, len(strings), STRINGS_A_POST):
        chosen = dict(enumerate(strings[start : start + STRINGS_A_POST]))
        title = escaping.yaml(f"Strings from {start}")
        lines = [
            f"---\ntitle: {title}\ndate: 2024-09-24 12:00:00\nupdated: 2024-09-24 12:00:00",
            "mathjax: true",
            # Half of the posts do without, as the last defence alone must hold.
            *(["disableNunjucks: true"] if start % (2 * STRINGS_A_POST) else []),
            "---\n",
        ]
        texts: dict[str, str] = {}
        for number, text in chosen.items():
            written = escaping.markdown(text)
            lines.append(f'<div id="p-{number}"></div>\n\n{written}\n')
            lines.append(f'<details>\n<summary id="s-{number}">{escaping.html(text)}</summary>')
            lines.append(f"</details>\n\n- {written}\n")
            places = (f"#p-{number} + p", f"#s-{number}", f"details:has(#s-{number}) + ul > li")
            texts |= dict.fromkeys(places, shown(text))
        name = f"strings-{start}.md"
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
        size = len(chosen)
        counts = {"ul": size, "p": size, "details": size, "a,em,strong,code,img,h1,h2,table": 0}
        # Any text may look like a leak here; that it is the right one is what is compared.
        expect[name] = {"texts": texts, "counts": counts, "allow": ["."]}
    return expect


@pytest.mark.hexo
@pytest.mark.parametrize("renderer", RENDERERS)
def test_fifteen_hundred_hostile_strings_are_shown_as_they_are(
    hexo: Hexo, tmp_path: Path, renderer: Renderer
) -> None:
    expect = write_posts(tmp_path, hostile_strings())

    report = hexo.build(tmp_path, renderer=renderer, expect=expect)

    assert report.problems == ()
