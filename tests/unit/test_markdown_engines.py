"""Both engines give the same HTML, and where they would not, the reference is asked."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.markdown import digest_post
from hypothesis import given, settings
from hypothesis import strategies as st

from digestgen import escaping
from digestgen.markdown import compiled, reference, render
from digestgen.markdown.sanitising import sanitise
from tests.growth import is_in_proportion
from tests.unit.test_markdown_attacks import PLACES, strings

OWN_POST = Path(__file__).parents[2] / "content" / "posts" / "2024-09-24-diffusion-models.md"
STEADY = settings(derandomize=True, deadline=None, max_examples=700)


def body(path: Path) -> str:
    """A post without its front matter."""
    text = path.read_text(encoding="utf-8")
    return text.split("---\n", 2)[2] if text.startswith("---\n") else text


def differ(source: str) -> bool:
    """Whether the engines give pages that differ, for a source that either may read."""
    fast = compiled.to_html(source)
    return fast is not None and sanitise(fast).html != sanitise(reference.to_html(source)).html


def pieces(*signs: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(signs), max_size=14).map("".join)


INLINE = pieces(
    "*", "**", "_", "__", "a", "b", "中", "：", "，", " ", "\n", "`", "``", "[", "]", "(", ")",
    "](u)", "![", "<b>", "</b>", "\\", "\\*", "&amp;", "&#123;", "\u2060", "$x$", "“", "”", ".",
    "http://x.y", "<http://x.y>", "<!-- c -->", "1", '"', "'", "  \n", "\\\n", "~", "~~",
)  # fmt: skip
BLOCKS = pieces(
    "# ", "## ", "\n", "\n\n", "- ", "1. ", "2) ", "> ", "    ", "  ", "   ", "\t", "```", "~~~",
    "a", "b c", "---", "===", "***", "| a | b |", "|---|---|", "| 1 | 2 |", "<div>", "</div>", "+",
    "<p>", "<details>", "</details>", "[x]: /u", "[x]", "*a*", " ", "<!--", "-->", "\\", "```py",
    "中文", "1\\. ", "10) ", "* ", "\n    ", "\n  ", "<b>", "\n<img src=x>", "|", ":-:", "\\|",
)  # fmt: skip
MARKUP = pieces(
    "<a ", "<a href=", "<img src=", '"u"', "'", '"', "=", " ", "\n", "\n  ", "title=", "x", "</a>",
    ">", "/>", "<", "<!--", "-->", "--", "<?", "?>", "<!X", "<![CDATA[", "]]>", "<script>",
    "</script>", "<style>", "<pre>", "</pre>", "<textarea>", "<td>", "<table>", "<tr>", "\n\n",
    "- ", "> ", "*", "`", "&lt;", "&#60;", "&", "<h2>", "</h2>", "<p>", "</p>", "<div>", "<span>",
    "<summary>", "<figure>",
)  # fmt: skip
LINKS = pieces(
    "[", "]", "(", ")", "](", "![", "<", ">", " ", "\n", '"x"', "'y'", "\\", "é", "%20", "%zz",
    "&amp;", "&copy;", "http://", "a.b", "/p?q=1&r=2", "#f", "javascript:", "data:", "mailto:",
    "a@b.c", "*", "`", "中", "www.x.y", "\\)", "[[", "\u2060", "&#32;", "&nbsp;", "&#0;", "{", "|",
    "&#xD800;", "&hellip;", "^",
)  # fmt: skip
CHARACTERS = pieces(
    "*", "**", "_", "a", "1", "中", "：", "。", "“", "”", "（", "）", "\u3000", "\xa0", " ", "\n",
    "\u200b", "\u2060", "\ufeff", "😀", "☺", "\ufe0f", "\ufe0e", "한", "カ", "ｶ", "é", "e\u0301",
    "\x00", "\x85", "\u2028", "\x0b", "\r\n", "$", "£", "+", "〒", "©", "\U000e0100", "\xad", "€",
    "→", "𠀀", "ᄀ", "《", "》", "\U0001f1e6", "…", "—", "·", "⚠️", "☰",
)  # fmt: skip


@STEADY
@given(st.one_of(INLINE, BLOCKS, MARKUP, LINKS, CHARACTERS, st.text(max_size=40)))
def test_the_engines_agree_on_any_text_that_either_may_read(source: str) -> None:
    assert not differ(source)


@settings(STEADY, max_examples=200)
@given(st.lists(st.one_of(INLINE, BLOCKS, st.text(max_size=40)), max_size=4))
def test_the_engines_agree_on_foreign_text_that_was_escaped(texts: list[str]) -> None:
    written = [escaping.markdown(text) for text in texts]

    assert not differ("\n\n".join(f"- **a**：{text}\n  {text}" for text in written))


def test_the_engines_agree_on_attacks_in_every_place() -> None:
    hits = [
        (place, attack)
        for part, place in enumerate(PLACES)
        for attack in strings(part)
        if differ(place.replace("{}", attack))
    ]

    assert hits == []


@pytest.mark.parametrize("number", range(3))
def test_posts_are_read_by_the_compiled_engine_and_agree(number: int) -> None:
    post = digest_post(number)

    assert compiled.is_read_alike(post)
    assert not differ(post)


def test_the_post_of_the_sample_is_read_by_the_compiled_engine_and_agrees() -> None:
    assert compiled.is_read_alike(body(OWN_POST))
    assert not differ(body(OWN_POST))


@pytest.mark.parametrize(
    "source",
    ['> <b title="a\n  b">x</b>', "- <b title='a\n b'>x</b>", '1. [a](u "x\n y")', "> `a\n b`",
     "[[]()[]]()", '[x](u "a\\")', "[x](<u> (a\\))", "[](mailto:é)", "<http://é.com>", "``>`|`|`|`",
     "- ***\n\n  a", "\\ \n\\", "x<!-->-->", "[](\\&copy;)", "10)  =\n    >", ">b\n    >",
     "100. a\n    - b", "   - a\n    - b", "b|\n--", "a\n<b>", "![*_**]()", "`<???>"],
)  # fmt: skip
def test_what_once_differed_agrees(source: str) -> None:
    assert not differ(source)


def test_real_posts_agree_whole_and_in_pieces(shared: Path) -> None:
    for path in sorted((shared / "data" / "posts").glob("*.md")):
        post = body(path)

        assert not differ(post), path.name
        assert [part for part in post.split("\n\n") if differ(part)] == []


def neighbours() -> Iterator[str]:
    """Every character that the compiled engine may see, beside emphasis."""
    for number in range(0x20000):
        character = chr(number)
        if unicodedata.category(character) != "Cs" and compiled.is_read_alike(character):
            yield character


def test_no_character_changes_where_emphasis_begins() -> None:
    patterns = ("b**a.**{}", "b**{}**b", "b*a{}*b", "{}*a*b", "b_{}a_")
    sources = [
        "\n\n".join(pattern.replace("{}", character) for pattern in patterns)
        for character in neighbours()
        if not "中" < character < "龥" and not "가" < character < "힣"
    ]
    batches = ["\n\n".join(sources[start : start + 500]) for start in range(0, len(sources), 500)]

    assert len(sources) > 9000
    assert [batch[:40] for batch in batches if differ(batch)] == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**标题：**正文", "<p><strong>标题：</strong>正文</p>"),
        ("这是**“重点”**的", "<p>这是<strong>“重点”</strong>的</p>"),
        ("1. **链接：**<https://a.b>", '<strong>链接：</strong><a href="https://a.b"'),
        ("**a.**b", "<p>**a.**b</p>"),
        ("a_b_c 中_文_字", "<p>a_b_c 中_文_字</p>"),
    ],
)
def test_chinese_needs_no_space_around_emphasis(source: str, shown: str) -> None:
    assert shown in render(source).html
    assert shown in sanitise(reference.to_html(source)).html


@pytest.mark.parametrize(
    "source",
    [
        "约 ~8h 到 ~15h",
        "~~gone~~",
        "| a |\n|---|\n| b |",
        "[a]: /b\n\n[a]",
        "a\t\n b",
        "\u3000\u3000段落",
    ],
)
def test_what_the_engines_read_differently_goes_to_the_reference(source: str) -> None:
    assert render(source).html.rstrip() == sanitise(reference.to_html(source)).html.rstrip()


def test_a_single_tilde_is_no_strikethrough() -> None:
    assert render("约 ~8h 到 ~15h").html == "<p>约 ~8h 到 ~15h</p>\n"


def test_a_column_keeps_its_alignment() -> None:
    assert '<td align="right">1</td>' in render("| a |\n|--:|\n| 1 |\n").html


@pytest.fixture
def without_comrak(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation without the optional extra."""
    monkeypatch.setitem(sys.modules, "comrak", None)
    compiled.engine.cache_clear()
    yield
    compiled.engine.cache_clear()


FAST = render(digest_post(1))


@pytest.mark.usefixtures("without_comrak")
def test_without_the_compiled_engine_the_page_is_the_same() -> None:
    assert compiled.to_html(digest_post(1)) is None
    assert render(digest_post(1)) == FAST


PATTERNS = {name: it for name, it in vars(compiled).items() if isinstance(it, re.Pattern)}
# Beginnings without an end, and ends that another beginning stands in.
HOSTILE = (
    "a", "中", "*a", "1", " ", "\n", "\n ", "\n    ", "\n    a", "\n    - ", "\n - a\n", "\n- ",
    "\n-- ", "\n- - - ", "-", "-|", "\n-|", "\n1. ", "\n1. a\n", "\n10. a\n     ", "\n100. a\n",
    "12345", "\n> ", "> ", "\n> a", "\n> a\n    ", "\n>  >  ", "\n> -", "\n   - a\n    b",
    "\na<i>", "\na\n<i>", "\n> <i>", '="a', '="', '="a\n ', '="\n ', "a\t", "\t", "&", "&#",
    "&nb", "&As", "&ss", "\\ ", "\\&", "<", "<a", "<a:", "<a:b:", "<a.", "<a:é", "<img ", "<!",
    "<!--", "<!-- a", "<!-- -", "<?", "[", "[a", "[\\", "\\[[", "](", "](((", "]( ", "](   ",
    "](http:", "](http:((((", "](http:(a)", "](http:((a)", "](a ", '](a "', "![", "![a", "![](",
    "|", "|a", "|\n", "|\n-", "|\n> ", "`", "``", "` ", "a`\n ", "\n```", "\n```a",
)  # fmt: skip


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_takes_time_in_proportion(name: str) -> None:
    def search(text: str) -> object:
        return PATTERNS[name].search(f"\n{text}\n")

    slow = [
        hostile
        for hostile in HOSTILE
        if not is_in_proportion(search, hostile, small=15_000, large=60_000)
    ]

    assert slow == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_checks_take_time_in_proportion(hostile: str) -> None:
    assert is_in_proportion(compiled.is_read_alike, hostile)
