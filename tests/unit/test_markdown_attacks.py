"""Strings of attackers in every place of a post: nothing but the lists comes out of any of them."""

import html
import importlib
import importlib.util
import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestgen.markdown import inline_math, render
from tests.unit.html_oracle import unsafe_parts

ATTACKS = (
    "<a href='java&#1;script:alert(1)'>x</a>", "<img src='&#1;//evil.example/&#2;x.png'>",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>', "' onmouseover='alert(1)", "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>", "[x](javascript:alert(1))", "![x](javascript:alert(1))",
    "<javascript:alert(1)>", "[x](java\nscript:alert(1))", "[x](&#106;avascript:alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<math><mi//xlink:href='data:x,<script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<svg><style><img src=x onerror=alert(1)></style>",
    "<noscript><p title='</noscript><img src>'>", "<form><button formaction=javascript:alert(1)>",
    "<object data=x>", "<embed src=x>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>", "<link rel=stylesheet href=//evil.example>",
    "<style>@import '//evil.example'</style>", "<p style='background:url(//evil.example)'>",
    "<div id=the_content class=site-header>x</div>", "<img src=//evil.example/x.png>",
    "<img srcset='//evil.example 1x'>", "<details ontoggle=x open>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<template><script>x</script></template>", "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>", "<?xml <script>?>", "<p title='a>$x$'>",
    "<p title='$\\text{\"><script>}$'>", "`$x$", "$`$", "$x<b>$</b>",
    "$\\text{<img src=x onerror=alert(1)>}$", "$\\href{javascript:alert(1)}{x}$", "$<script>$",
    "$\\text{</math><script>alert(1)</script>}$", "$\\unicode{60}script\\unicode{62}$",
    "$\\lt s\\gt$", "$\\style{x:expression(1)}{y}$", "$\\class{site}{x}$", "$\\cssId{main}{x}$",
    "$&lt;b&gt;$", "$$\\begin{array}{c}\\text{<b onclick=x>}\\end{array}$$",
    "$\\color{red;x:y}{x}$", "$\"'><b x=\"$", "$a<br>b$", "$$<br>\nx<br>$$", "$x$<!-- $y$ -->",
    "&#0;&#1;&#x3c;script&#x3e;", "\x00<script\x00>", "{{7*7}}{% x %}", "]]>", "--><script>",
    "<xmp><script>alert(1)</script></xmp>", "<plaintext>",
    "<a href='https://a.example' target=_blank ping=//evil.example>x</a>", "<ul><li><table><tr>",
)  # fmt: skip
PLACES = (
    "{}",
    "a {} b",
    "# {}\n",
    "- {}\n  {}\n",
    "> {}\n",
    "$x {}$",
    "$\\text{ {} }$",
    "$${}$$",
    "[{}](https://a.example)",
    '[x](https://a.example "{}")',
    "[x](<{}>)",
    "![{}](a.png)",
    "| a | {} |\n|---|---|\n| {} | b |\n",
    "```{}\n{}\n```\n",
    "<figure><figcaption>{}</figcaption></figure>\n",
    '<img src="a.webp" alt="{}">\n',
    "<img src={}>\n",
    "<h2>{}</h2>\n",
    '<p title="{}">$x$</p>\n',
    "<details>\n<summary>{}</summary>\n\n{}\n\n</details>\n",
    "<code>$</code>{}<code>$</code>",
)


PARTS = 7  # each string of brs-kb in three places, in a seventh of the time


def strings(part: int = 0) -> tuple[str, ...]:
    """The attacks above, and a part of the thousands of brs-kb, where it is installed."""
    if importlib.util.find_spec("brs_kb") is None:
        assert os.environ.get("CI") != "true", "brs-kb is not installed: make model"
        return ATTACKS
    payloads = importlib.import_module("brs_kb.payloads").get_all_payloads()
    more = dict.fromkeys(each.payload for each in payloads.values())
    return (*ATTACKS, *[*more][part % PARTS :: PARTS])


@pytest.mark.parametrize(("part", "place"), [*enumerate(PLACES)])
def test_nothing_but_the_lists_comes_out_of_an_attack(part: int, place: str) -> None:
    hits = {
        attack: found
        for attack in strings(part)
        if (found := unsafe_parts(render(place.replace("{}", attack)).html))
    }

    assert hits == {}


def test_nothing_but_the_lists_stands_in_a_contents_list_or_a_title() -> None:
    hits = []
    for attack in strings():
        shown = [heading.html for heading in render(f"# {attack}\n\n## $x {attack}$\n").headings]
        for page in (*shown, inline_math(attack), inline_math(f"$x {attack}$")):
            hits += unsafe_parts(page)
            assert not re.search(r"<(?:a|img|p|h[1-6])[ >]", page)

    assert hits == []


def test_a_title_is_escaped_as_a_whole() -> None:
    assert inline_math("<b>&amp;") == html.escape("<b>&amp;")


@settings(derandomize=True, deadline=None, max_examples=1000)
@given(
    st.lists(
        st.sampled_from(
            [*ATTACKS, "$", "$$", "\\", "<br>", "\n", "\n\n", "`", "<code>", "</code>", '"', ">",
             "<", "# ", "- ", "x", "<p title=", "&lt;", "\\text{", "}", "5", "<a href=", "<pre>"]
        ),
        max_size=8,
    ).map("".join)
)  # fmt: skip
def test_attacks_in_each_other_leave_nothing_either(source: str) -> None:
    assert unsafe_parts(render(source).html) == []


@pytest.mark.parametrize(
    "bad",
    ["<script>", "<p onclick=x>", "<math><mi href=x>", "<a href=' java\tscript:x'>", "<svg>",
     "<p class=x>", "<img src='\\\\evil.example'>", "<math><mtext><i style=x>", "<p id=the_x>"],
)  # fmt: skip
def test_the_oracle_sees_what_it_has_to_see(bad: str) -> None:
    assert unsafe_parts(bad)
    assert not unsafe_parts('<p title="x"><a href="a">b</a><math><mi>x</mi></math></p>')
