"""However a person edits a post, its page loses nothing and holds together."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from digestgen import markdown
from tests.unit.page_faults import addresses, faults
from tests.unit.site_posts import digest, site, texts_missing
from tests.unit.test_site_blocks import two_papers

with TemporaryDirectory() as _folder:
    BODY = two_papers(Path(_folder))
STEADY = settings(derandomize=True, max_examples=150, deadline=None)
NOTES = st.sampled_from(
    [
        "my note", "",
        "\t", "  ", "- a", "  - b", "1. c", "> q", "```", "~~~", "```py\nx\n```", "***",
        "---", "===", "# H", "## H", "<!-- c -->", "<!--", "-->", "<div>", "</div>", "<details>",
        "</details>",
        "<details>\n<summary>s</summary>\n\nx *y*\n\n</details>", "![p](a.webp)", "[r]",
        "![far](https://e.example/a.png)", "[r]: https://e.example", "x [r] y", "foo[^1]",
        "[^1]: f",
        "| a | b |\n|---|---|\n| c | d |", "    code", "$x^2$", "$$\ny\n$$", "a\\", "a  ", "<b>",
        "</b>", "<br>", "<p>", "*x", "x*", "**b**", "&nbsp;", "<span title='t'>s</span>", "~~x~~",
        "<https://e.example>", "`c`", "`", '<img src="a.webp" alt="A">', "<ul><li>u</ul>", "</ol>",
        '<div id="paper-2409-00009"></div>', '<div id="skipped"></div>', "<h2>h</h2>", "<li>",
        "<table><tr><td>x", "\u2028", "\u3000z", "<pre>", '<a href="https://e.example">', "</a>",
        "\r", "z\rq", "</s>s<s>", "<svg>", "<select>", "\x0c", "\x020\x03",
    ]
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn, body: str) -> str:
    lines = body.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        note = draw(NOTES)
        line = lines[place]
        column = draw(st.integers(0, len(line)))
        lines[place : place + 1] = draw(
            st.sampled_from(
                [
                    [note, line],
                    [line, "", note],
                    [line[:column] + note + line[column:]],
                    [f"  {line}"],
                    [line.lstrip()],
                    [line + note],
                    [],
                ]
            )
        ) or [""]
    return "\n".join(lines)


@given(st.data())
@STEADY
def test_nothing_is_lost_and_nothing_left_open(data: st.DataObject) -> None:
    body = data.draw(edited(BODY))
    (shown,) = (
        made.decode()
        for path, made in site(digest(body=body, lang="zh")).pages.items()
        if path.startswith("posts/")
    )

    assert faults(shown) == []
    assert texts_missing(body) == []
    assert not addresses(markdown.render(body).html) - addresses(shown)
