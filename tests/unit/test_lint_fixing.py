"""What `check --fix` mends, and what it leaves alone because mending would change a meaning."""

import pytest

from digestgen.evidence import Passage, examine, sources_of
from digestgen.lint import FIXES, File, check_file, fixed
from tests.builders import paper

HEAD = '---\ntitle: "a"\n---\n'


def mended(body: str) -> str:
    return fixed(File(path="a.md", text=HEAD + body), FIXES).removeprefix(HEAD)


def test_a_sign_in_a_quoted_value_does_not_end_a_picture() -> None:
    body = '<summary>Shots</summary>\n<img src="a.png" alt="" title="a > b">\n'

    assert '<img src="a.png" title="a > b" alt="Shots 1" loading="lazy">' in mended(body)


def test_a_picture_whose_quotes_do_not_match_is_left_alone() -> None:
    assert mended('<img src="b.png>\n') == '<img src="b.png>\n'


@pytest.mark.parametrize(
    "body",
    [
        "<p>代码见https://example.org/a，好</p>\n",  # in HTML it would be an element
        "<pre>{{ x }}</pre>\n",
        "![fig]({{ site.baseurl }}/a.png)\n",
        "By {{ page.author | escape }}.\n",
        '{{< figure src="x.png" >}}\n',
    ],
)
def test_what_means_something_where_it_stands_is_left_alone(body: str) -> None:
    assert mended(body) == body


def test_what_would_run_as_code_is_parted() -> None:
    assert "{{" not in mended('It is {{ range.constructor("...")() }}.\n')


@pytest.mark.parametrize("value", ["{" * 40_000, "- " * 40_000, "[" * 9_000 + "]" * 9_000])
def test_front_matter_that_is_nested_without_end_is_a_problem_and_no_crash(value: str) -> None:
    problems = check_file(File(path="a.md", text=f"---\nkey: {value}\n---\n"))

    assert "front-matter-unreadable" in {problem.rule for problem in problems}


def test_an_error_is_not_left_out_for_a_warning_around_it() -> None:
    phrase = "模型效果显著提升，"
    found = examine(Passage(text=phrase * 12, part="methods"), sources_of(paper()))

    levels = {finding.level for finding in found if finding.rule == "repetition"}
    assert levels <= {"error", "warning"}
    assert "error" in levels
