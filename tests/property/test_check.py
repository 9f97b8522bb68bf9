"""Any text is checked without a traceback, and mending it once is enough and changes no word."""

import html
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from digestgen.content import front_matter
from digestgen.lint import FIXES, RULES, File, check_file, fixed
from digestgen.markdown import render

FRAGMENTS = st.sampled_from(
    [
        "---\n", "\ufeff", "\n", "\n\n", "title: Noise: a survey\n", "title: on\n",
        "date: 2024-09-24\n", "tags: [C, C++]\n", "## A   Filter for   Noise\n", "# Day\n",
        "**Authors:Ada Lovelace**\n", "[PDF](http://arxiv.org/abs/2409.00001v1)\n", "请填写",
        "**Summary**\n", "1. 标题：滤波器\n", "8. 结论：xxx\n", "<ol>\n<li>作者：", "{{ x }}",
        "{% raw %}", "{% x", "#}", "$\\frac{{a}}{b}$", "`{{ code }}`", "```\n{{ code }}\n```\n",
        "<details>\n<summary>Figures</summary>\n", "</details>\n",
        '<img src="a.png" align=middle>',
        "![](a b.png)", "<!-- ", "-->",
        "<script>", "$", "\\", "\u202e", "{\u2060{", "&#123;{", "\r",
        "  - (1) 研究背景：", "::", "https://a.b/c", "。", "**标题：**", "> ", "* ",
        "\t", "a ", "噪声",
    ]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS | st.text(max_size=4), max_size=24).map("".join)


STEADY = settings(derandomize=True, max_examples=150, deadline=None)


def words(text: str) -> str:
    """What a reader sees of a post's body: no white space, nothing invisible."""
    shown = html.unescape(re.sub(r"<[^>]*>", "", render(front_matter.split(text).body).html))
    return re.sub(r"[\s\u2060]", "", shown)


@given(TEXTS)
@STEADY
def test_any_text_is_checked_and_every_problem_is_at_a_line_that_exists(text: str) -> None:
    problems = check_file(File(path="noise.md", text=text, assets=frozenset()))

    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in problems)
    assert {problem.rule for problem in problems} <= RULES.keys()


@given(TEXTS)
@STEADY
def test_mending_once_is_enough(text: str) -> None:
    once = fixed(File(path="noise.md", text=text), FIXES)

    assert fixed(File(path="noise.md", text=once), FIXES) == once


@given(TEXTS)
@example('\\<img src="a.png" align=middle>')  # no picture, but a sign that was escaped
@STEADY
def test_mending_changes_no_word(text: str) -> None:
    once = fixed(File(path="noise.md", text=text), FIXES)

    assert words(once) == words(text)
