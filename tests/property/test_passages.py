"""A passage that is read by itself says what it says in a body that an engine reads."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digestgen import escaping, markdown
from digestgen.markdown import compiled, reference
from digestgen.markdown.sanitising import sanitise
from digestgen.text import squeeze
from tests.property.test_escaping import TEXTS
from tests.unit.html_oracle import unsafe_parts

STEADY = settings(derandomize=True, max_examples=400, deadline=None)
LITERAL = TEXTS.map(squeeze).filter(bool).map(escaping.markdown).map(str)
_SIGNS = (
    r"* ** _ ` [ ] ( ) ](u) ![ < > </ <b> </b> <i> </i> <br> <div> <img <a <!-- --> \ \\ \* \$ \&"
    r" \< \> a _a_ *a* & &amp; &nbsp; &#2; &#x1b; &#123; &copy $ $$ \( \) x 5 {} ~ ~~ | # - 1. "
    "中 ， \u2060 \xa0 \" ' https://a.b <https://a.b> "
    'a="b" style="x" onload="x"'
)
SIGNS = st.lists(st.sampled_from(_SIGNS.split(" ")) | st.just(" "), min_size=1, max_size=12).map(
    "".join
)
BEGINS_BLOCK = re.compile(r"[-+#>=*_~`|:\s]|<(?!http)|[0-9]+[.)]|\\?$")


def assert_read_alike(lines: list[str]) -> None:
    found = markdown.passages(lines, (), ())

    for line, html in found.lines.items():
        assert line in lines
        shown = found.formulas.shown(html)
        assert unsafe_parts(shown) == []
        paragraph = markdown.render(line).html
        if not BEGINS_BLOCK.match(line) and paragraph.endswith("</p>\n"):  # leaves nothing open
            assert f"<p>{shown}</p>\n" == paragraph


def assert_linked_alike(line: str) -> None:
    """The other engine, too, reads a line as the passage says."""
    html = markdown.passages([line], (), ()).lines.get(line, "")
    if "<a " in html and "\x02" not in html and not BEGINS_BLOCK.match(line):
        assert f"<p>{html}</p>\n" == sanitise(reference.to_html(line)).html


@given(st.lists(LITERAL | SIGNS, min_size=1, max_size=4))
@example(["a $x_1$ \\$5", "\\\\(x\\\\)", "$x\\_1$ costs \\\\( $y$"])
@example(
    ["a _b_", "a *b*", "a `b`", "a [b](c)", "a ~~b~~", "a \\&lt; \\<br> c", "a < b", "a &lt;b"]
)
@example(["<b>a", "b</b>", "</i>c<i>", "d"])
@STEADY
def test_a_line_reads_as_an_engine_reads_it(lines: list[str]) -> None:
    assert_read_alike([line.strip() for line in lines])


@given(st.lists(LITERAL, min_size=1, max_size=4))
@STEADY
def test_whatever_we_write_is_a_passage(lines: list[str]) -> None:
    assert markdown.passages(lines, (), ()).lines.keys() == set(lines)


_URLS = st.from_regex(
    r"https?://[A-Za-z0-9.-]{1,8}(?:\.[A-Za-z]{2,4})?(?:/[A-Za-z0-9._~/?=#:@%+-]{0,12})?",
    fullmatch=True,
)
_PLAIN_URLS = st.from_regex(
    r"https?://(?:[a-z0-9]{1,3}[.-]){1,3}[a-z]{2,3}(?:/[A-Za-z0-9._~/?=#-]{0,6})?", fullmatch=True
)
_LABELS = st.sampled_from(["Code", "代码", "a b", '"x"', "a!", " a", "*a*", "a\xa0b", "_b_", "a_b"])
LINKS = st.one_of(
    st.builds("[{}]({})".format, _LABELS | LITERAL, _PLAIN_URLS | _URLS),
    st.builds("[{}]({})".format, _LABELS, _PLAIN_URLS),
    st.builds("<{}>".format, _PLAIN_URLS),
    LITERAL,
    st.sampled_from(["!", "\\", " · ", "、", "[", "]", "*", "(", "$", "_", "&amp;", "https://a.b"]),
)


@given(st.lists(LINKS, min_size=1, max_size=5).map("".join))
@example("![a](https://a.bc)")
@example("$x$ <https://a.bc> $y$")
@example(r"\\\\(x\\\\) <https://a.bc>")
@example("[a\xa0b](https://a.bc)")
@example("[*a*](https://a.bc)")
@example("[a](https://a.bc/(x))")
@example("[a](https://a.bc/?x&y)")
@example("[a](https://a-.bc/)")
@example("[a](https://a.bc:80/)")
@example("[a](https://xn--a-b.bc/)")
@example("<https://xn--fsq.bc/>")
@example("[a](https://1.2/)")
@STEADY
def test_a_line_with_links_reads_as_an_engine_reads_it(line: str) -> None:
    assert_read_alike([line.strip()])
    assert_linked_alike(line.strip())


def test_literal_text_with_links_needs_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    line = r"[代码](https://a-b.org/c_d) \* <http://x.org>"
    monkeypatch.setattr(compiled, "to_html", None)

    assert markdown.passages([line], (), ()).lines == {
        line: '<a href="https://a-b.org/c_d" rel="noopener noreferrer">代码</a> * '
        '<a href="http://x.org" rel="noopener noreferrer">http://x.org</a>'
    }


@given(st.lists(TEXTS.map(escaping.html).map(str) | SIGNS, min_size=1, max_size=4))
@STEADY
def test_a_text_reads_as_in_a_block_of_html(texts: list[str]) -> None:
    found = markdown.passages((), texts, ())

    for text, html in found.texts.items():
        shown = found.formulas.shown(html)
        assert unsafe_parts(shown) == []
        paragraph = markdown.render(f"<p>{text}</p>\n").html
        if text.strip() == text and paragraph.endswith("</p>\n"):  # leaves nothing open
            assert f"<p>{shown}</p>\n" == paragraph


@given(st.lists(TEXTS.map(escaping.attribute).map(str) | SIGNS, min_size=1, max_size=4))
@STEADY
def test_a_value_stays_in_its_attribute(values: list[str]) -> None:
    found = markdown.passages((), (), values)

    for value in found.values.values():
        assert not set('<>"') & set(value)


MARK_SIGNS = st.sampled_from(["&#2;", "&#3;", "&#x02;", "&#003;", "0", "1", "9", "$x$", " "])


@given(st.lists(MARK_SIGNS, max_size=6).map("".join), st.text("$x\\_ {}"))
@STEADY
def test_nobody_can_write_the_mark_of_a_formula(forged: str, other: str) -> None:
    found = markdown.passages([other, forged], [forged], [forged])

    assert "a&#12;b" not in markdown.passages(["a&#12;b"], (), ()).lines
    for html in (*found.lines.values(), *found.texts.values(), *found.values.values()):
        assert not {"\x02", "\x03"} & set(found.formulas.shown(html))
