import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digestgen.markdown import Heading, outline, render
from tests.growth import is_in_proportion

GALLERY = """<details>
<summary>Pictures (1)</summary>
<div style="display:grid;gap:8px">
<figure style="margin:0"><img src="fig-1.webp" alt="Figure 1: a" loading="lazy"\
 width="1200" height="500"><figcaption>Figure 1: a</figcaption></figure>
</div>
</details>
"""


def test_commonmark_tables_and_strikethrough_become_html() -> None:
    html = render("*a* **b** `c`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n~~gone~~").html

    for part in ("<em>a</em>", "<strong>b</strong>", "<code>c</code>", "<td>2</td>", "<s>gone</s>"):
        assert part in html


def test_a_line_ends_where_the_source_ends_it_as_in_hexo() -> None:
    assert (
        render("**Summary**\nIt works.").html == "<p><strong>Summary</strong><br>\nIt works.</p>\n"
    )


def test_a_gallery_keeps_its_pictures_and_loses_its_inline_style() -> None:
    html = render(GALLERY).html

    assert (
        '<figure><img src="fig-1.webp" alt="Figure 1: a" loading="lazy" width="1200" height="500">'
        "<figcaption>Figure 1: a</figcaption></figure>" in html
    )
    assert "style" not in html
    assert "<details>\n<summary>Pictures (1)</summary>\n<div>\n<figure>" in html  # what CSS goes by


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        '<a href="java\nscript:alert(1)">x</a>',
        "<iframe src='//evil.example'></iframe>",
        "<svg onload=alert(1)></svg>",
        "<form action='//evil.example'><input name=q></form>",
        "<style>*{display:none}</style>",
        "<p style='position:fixed'>x</p>",
        "<base href='//evil.example'><meta http-equiv=refresh content=0>",
        "<video src='//evil.example'></video><object data='//evil.example'></object>",
        "<img srcset='//evil.example 1x' src='data:image/png;base64,AAAA'>",
        "<p id=the_content>x</p>",
        "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    ],
)
def test_what_could_act_or_ask_another_server_is_taken_out(hostile: str) -> None:
    html = render(hostile).html

    assert not re.search(
        r"<(script|iframe|svg|form|input|style|base|meta|video|object|math)\b", html
    )
    assert not re.search(
        r"<[^>]*(onerror|onload|srcset|style=|javascript:|data:|the_content)", html
    )


def test_links_do_not_hand_over_the_page_they_stand_on() -> None:
    assert render("[a](https://a.example)").html == (
        '<p><a href="https://a.example" rel="noopener noreferrer">a</a></p>\n'
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://far.example/a.png",
        "//far.example/a.png",
        "\\\\far.example/a.png",
        "/\\far.example/a.png",
        "h\nttps://far.example/a.png",
        "  https://far.example/a.png",
    ],
)
def test_a_picture_of_another_server_becomes_a_link(address: str) -> None:
    html = render(f'<img src="{address}" alt="a <b> picture">').html

    assert "<img" not in html
    assert '<a class="external-picture" href="' in html
    assert "far.example/a.png" in html
    assert ">a &lt;b&gt; picture</a>" in html


def test_a_far_picture_without_words_is_named_by_its_server() -> None:
    assert ">far.example</a>" in render("![](https://far.example/a.png)").html


def test_a_far_picture_inside_a_link_does_not_become_a_link_in_a_link() -> None:
    html = render("[![badge](https://far.example/b.svg)](https://a.example)").html

    assert html.count("<a ") == 1
    assert '<span class="external-picture">badge</span>' in html


def test_headings_get_stable_unique_ids_and_plain_texts() -> None:
    rendered = render("# One `two`\n\n## Same\n\n## Same\n\n## With $x^2$ & more")

    assert rendered.headings == (
        Heading(level=1, id="one-two", text="One two", html="One <code>two</code>"),
        Heading(level=2, id="same", text="Same", html="Same"),
        Heading(level=2, id="same-2", text="Same", html="Same"),
        Heading(
            level=2,
            id="with-x-2-more",
            text="With x^2 & more",
            html='With <math data-tex="x^2"><msup><mi>x</mi><mn>2</mn></msup></math> &amp; more',
        ),
    )
    assert '<h2 id="same-2">Same</h2>' in rendered.html


def test_a_heading_does_not_take_the_place_of_an_anchor_in_the_post() -> None:
    rendered = render('# Skipped\n\n<div id="skipped"></div>\n\n<div id="paper-1-2"></div>\n')

    assert rendered.headings[0].id == "skipped-2"
    assert '<div id="skipped"></div>' in rendered.html
    assert '<div id="paper-1-2"></div>' in rendered.html


def test_what_a_heading_says_may_stand_in_a_link() -> None:
    (heading,) = render('# [A](https://a.example) <b title="x">b</b> ![c](c.png) $y$ `$z`').headings

    assert heading.text == "A b y $z"
    assert heading.html == ('A <b>b</b>  <math data-tex="y"><mi>y</mi></math> <code>$z</code>')


def test_a_heading_in_raw_html_is_a_heading() -> None:
    rendered = render('<h2 class="x" id="y">Raw <i>one</i></h2>\n\n<hr>\n')

    assert [heading.text for heading in rendered.headings] == ["Raw one"]
    assert '<h2 id="raw-one">Raw <i>one</i></h2>' in rendered.html


def test_many_headings_of_one_name_get_ids_in_proportion_to_their_number() -> None:
    assert is_in_proportion(render, "# a\n")


@pytest.mark.parametrize(
    ("levels", "expected"),
    [((), ()), ((2,), ()), ((1, 2, 2), (1, 2)), ((2, 3, 2, 3), (0, 2)), ((1, 2, 3, 3), (2, 3))],
)
def test_the_outline_is_the_highest_level_with_more_than_one(
    levels: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    headings = tuple(
        Heading(level=n, id=str(i), text=str(i), html=str(i)) for i, n in enumerate(levels)
    )

    assert outline(headings) == tuple(headings[i] for i in expected)


ALLOWED_TAG = re.compile(r'</?[a-z][a-z0-9]*(?: [a-z-]+="[^"<>]*")*/?>')


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ["<", ">", '"', "'", "&lt;", "<a href=", "<img src=", "//x", "<script>", "](", "![",
             "[", "$", "\\", "`", "\n", "\n\n", " ", "on=", "x", "<!--", "-->", "<p id='", "# ",
             "</details>", "javascript:", "&#x3c;", "\x00", "\x0b", "~~", "|", "- "]
        )
    ).map("".join)
)  # fmt: skip
@example("<img src='//x' alt='</a><script>'>")
def test_whatever_comes_in_only_allowed_tags_with_quoted_attributes_come_out(source: str) -> None:
    html = render(source).html
    rest = ALLOWED_TAG.sub("", html)

    assert "<" not in rest
    assert not re.search(r"<[^>]* on", html)
    assert not re.search(r'<img[^>]* src="[^"]*//', html)
    assert "script>" not in unescape("".join(ALLOWED_TAG.findall(html)))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", html)


@pytest.mark.parametrize(
    "hostile", ["*a", "[", "![](", "<img ", "$x", "> ", "$x$ ", "\\\\ <b>", "$$`", "<br>$", "- "]
)
def test_repetition_takes_time_in_proportion_to_its_length(hostile: str) -> None:
    assert is_in_proportion(render, hostile)


def test_real_posts_render_without_a_picture_of_another_server(shared: Path) -> None:
    for post in sorted((shared / "data" / "posts").glob("*.md")):
        html = render(post.read_text(encoding="utf-8")).html

        assert not re.search(r'<img[^>]* src="(?:[a-z]+:|//)', html), post.name


@pytest.mark.parametrize("depth", [3, 18, 40, 200])
def test_nothing_is_lost_of_deep_lists_and_of_what_follows_them(depth: int) -> None:
    lists = "".join(f"{'  ' * n}- a{n}\n" for n in range(depth))

    html = render(f"{lists}\nThe end.\n").html

    assert all(f"a{n}" in html for n in range(depth))
    assert "The end." in html
