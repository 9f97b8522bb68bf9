"""Whatever the text, it is shown as it is and does nothing else."""

import json
import re
from html.parser import HTMLParser

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digestgen import escaping, tex
from digestgen.text import SLUG_LENGTH, paper_anchor, sentences, slugify, squeeze
from tests.growth import is_in_proportion

FRAGMENTS = st.sampled_from(
    [
        "*", "**", "_", "`", "[", "](http://x.y)", "![", "~", "^", "|", "<", "<b>", "</p>", "<!--",
        "-->", "&", "&amp;", "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "\\", "\\\\", "$", "$$",
        "$x_i^*$", "\\(", "\\)", "\\[", "\\]", "\\emph{q}", "\\'e", "--", "...", "(c)", "++", "==",
        "1.", "12)", "# ", "- ", "> ", ": ", "=== ", "http://a.b", "www.a.b", "a@b.co", "perf.In",
        " ", "  ", "\n\n", "\t", "\u2028", "\u200b", "\ufffc", "\x00", "\ud800", "'", '"', "``",
        "''", "5", "\\$", "word", "模型", "。", "\\begin{a}", "\\def\\x{y}", "% ", "~5", "x~y",
        "    code", "[^1]:", "\u2060", "\u0345",
    ]
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=()), max_size=80)
TEXTS = st.one_of(ANY, st.lists(FRAGMENTS, max_size=12).map("".join))
MARKDOWN = MarkdownIt("commonmark", {"html": True})
STEADY = settings(derandomize=True, max_examples=150, deadline=None)


class Page(HTMLParser):
    """The text and the elements of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: set[str] = set()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_comment(self, data: str) -> None:
        self.elements.add("comment")

    def handle_decl(self, decl: str) -> None:
        self.elements.add("declaration")


def bare(text: str) -> str:
    """Text without what encoders may put between two braces, and without outer spaces."""
    together = re.sub(r"(?<=[{}%#]) (?=[{}%#])", "", text.replace("\u2060", ""))
    return " ".join(together.split())


def shown(text: str) -> str:
    """What a page should show of a text: formulas as they are, prose with its markup decoded."""
    pieces = []
    for part in tex.segments(squeeze(text)):
        if isinstance(part, tex.Math):
            dollars = "$$" if part.display else "$"
            pieces.append(f"{dollars}{part.tex.strip()}{dollars}")
        else:
            pieces.append(tex.readable(part.source))
    return bare("".join(pieces))


@STEADY
@given(TEXTS)
def test_markdown_shows_the_text_and_makes_no_element(text: str) -> None:
    page = Page(MARKDOWN.render(escaping.markdown(text)))

    assert bare(page.text) == shown(text)
    assert page.elements <= {"p", "span"}


@STEADY
@given(TEXTS)
def test_a_heading_and_a_list_item_show_the_text_too(text: str) -> None:
    written = escaping.markdown(text)
    heading, listed = (Page(MARKDOWN.render(f"{mark} {written}\n")) for mark in ("##", "-"))

    assert bare(heading.text) == bare(listed.text) == shown(text)
    assert heading.elements | listed.elements <= {"h2", "ul", "li", "span"}


@STEADY
@given(TEXTS)
def test_html_shows_the_text_and_makes_no_element(text: str) -> None:
    page = Page(f"<div>{escaping.html(text)}</div>")

    assert bare(page.text) == shown(text)
    assert page.elements <= {"div", "span"}


@STEADY
@given(TEXTS)
def test_an_attribute_stays_one_and_is_harmless_when_decoded_once_more(text: str) -> None:
    values: list[str | None] = []

    class Image(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values.extend(value for _, value in attrs)

    Image().feed(f'<img alt="{escaping.attribute(text)}">')

    assert [bare(value or "") for value in values] == [bare(squeeze(text))]
    assert Page(values[0] or "").elements == set()


@STEADY
@given(TEXTS)
def test_no_encoder_lets_a_template_tag_or_a_second_line_through(text: str) -> None:
    written = [
        escaping.markdown(text),
        escaping.html(text),
        escaping.attribute(text),
        escaping.tex(text),
        escaping.yaml(text),
        escaping.autolink(f"https://example.org/{text}"),
        escaping.link(text, f"https://example.org/{text}"),
    ]

    assert not [each for each in written if re.search(r"\{[{%#]|[}%#]\}|[\n\r\u2028\u2029]", each)]


@STEADY
@given(TEXTS)
def test_a_scalar_is_read_back_by_yaml_and_json(text: str) -> None:
    scalar = escaping.yaml(text)

    assert pyyaml.safe_load(scalar) == json.loads(scalar) == squeeze(text)


@STEADY
@given(TEXTS)
def test_a_link_is_one_link_with_the_whole_label(text: str) -> None:
    page = Page(MARKDOWN.render(escaping.link(f"a{text}", f"https://example.org/{text}")))

    assert bare(page.text) == shown(f"a{text}")
    assert page.elements <= {"p", "a", "span"}
    assert "a" in page.elements


@STEADY
@given(TEXTS)
def test_segments_joined_are_the_text(text: str) -> None:
    assert "".join(part.source for part in tex.segments(text)) == text


@STEADY
@given(TEXTS)
def test_plain_text_has_no_braces_and_no_backslashes(text: str) -> None:
    assert not set("{}\\") & set(tex.plain(text))


@STEADY
@given(TEXTS)
def test_squeezing_twice_changes_nothing_more(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
    squeeze(text).encode()


@STEADY
@given(TEXTS)
def test_names_are_safe_in_paths_and_addresses(text: str) -> None:
    assert re.fullmatch(rf"(?!-)[a-z0-9-]{{1,{SLUG_LENGTH}}}(?<!-)", slugify(text))
    assert re.fullmatch("paper-[a-z0-9-]+", paper_anchor(text))


@STEADY
@given(TEXTS)
def test_sentences_are_the_whole_text_in_order(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(squeeze(text).split())
    assert all(sentence in squeeze(text) for sentence in sentences(text))


@pytest.mark.parametrize(
    "unit",
    [
        "*a", "$a ", "$", "\\(", "\\[$", "{", "{{", "\\", "\\emph{", "{\\bf ", "{\\em  ", "\\'",
        "\\c ", "\\frac{", "\\href{a}", "a. ", "A. B", "--", "#", "(", "é.", "\u200d", "\u200b",
        "'' ", "[1] ",
    ],
)  # fmt: skip
def test_time_grows_in_proportion_to_the_text(unit: str) -> None:
    for function in (
        squeeze,
        sentences,
        tex.segments,
        tex.plain,
        escaping.markdown,
        escaping.html,
        escaping.tex,
        escaping.autolink,
    ):
        assert is_in_proportion(function, unit), function
