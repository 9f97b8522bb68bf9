"""Institutions that a paper does not name, also short or translated ones; links to nowhere."""

import pytest

from digestgen.evidence import Passage, Sources, examine
from digestgen.lint import File, check_file

KNOWN = Sources(
    affiliations=("Aarhus University", "Massachusetts Institute of Technology"),
    texts=("We measure tides.",),
)


def places(text: str) -> list[str]:
    """The rules that an affiliation breaks."""
    return [f.rule for f in examine(Passage(text=text, part="affiliation"), KNOWN)]


@pytest.mark.parametrize("text", ["清华大学计算机系", "ETH", "Stanford University"])
def test_an_institution_that_the_paper_does_not_name_is_found(text: str) -> None:
    assert places(text) == ["affiliation-not-in-source"]


@pytest.mark.parametrize("text", ["奥胡斯大学", "MIT", "麻省理工学院", "Aarhus University, AU"])
def test_short_and_translated_names_of_the_papers_are_known(text: str) -> None:
    assert places(text) == []


def rules(line: str) -> list[str]:
    """The rules about links that a line breaks."""
    text = f"---\ntitle: Noise\ndate: 2025-02-04 10:00:00\n---\n\n{line}\n"
    found = check_file(File(path="2025-02-04-post.md", text=text))
    return [problem.rule for problem in found if problem.rule.startswith("link-")]


@pytest.mark.parametrize("line", ["See [it](htp://foo.org).", "See [it]().", "See htttps://a.org."])
def test_a_link_to_nowhere_is_found(line: str) -> None:
    assert rules(line) == ["link-malformed"]


def test_inline_code_is_no_link() -> None:
    assert rules("见 `https://a.org/b，后文` 与 `[x]()`。") == []


def test_bold_words_that_begin_a_statement_are_no_label() -> None:
    digest = "\n\n".join(
        [
            "## A Filter for Noise",
            "**Authors:** Ada Lovelace",
            "We filter noise with eight layers of one filter. [PDF](http://arxiv.org/abs/2409.00001)",
            "1. Title: A Filter for Noise",
            "6. Summary:",
            "   - (1):**重点：** 噪声太多。",
            "8. Conclusion:",
            "   - (1):滤波器很有用。",
        ]
    )
    text = f"---\ntitle: Noise\ndate: 2025-02-04 10:00:00\n---\n\n{digest}\n"
    found = check_file(File(path="2025-02-04-post.md", text=text))
    assert not [p.message for p in found if "two languages" in p.message]
