"""How the numbers and words of headings are read."""

import pytest

from digestgen.paper.headings import Heading, split_number, title_key
from digestgen.paper.joining import join, vocabulary, without_marks
from digestgen.paper.numbering import best_sequence
from digestgen.paper.roles import roles


def kept(*numbers: str) -> list[str]:
    return [numbers[index] for index, _ in best_sequence([(number, 1.0) for number in numbers])]


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "2.1", "2.1.1", "2.2", "3"),
        ("I", "II", "A", "B", "III", "A", "IV"),
        ("1", "2", "3", "A", "A.1", "B", "B.1"),
        ("1", "1.1", "2", "2.1", "2.2", "10", "11")[:5],
        ("1", "3", "4"),
    ],
)
def test_a_sequence_that_grows_is_kept(numbers: tuple[str, ...]) -> None:
    assert kept(*numbers) == list(numbers)


def test_a_number_that_does_not_fit_is_left_out() -> None:
    assert kept("1", "2", "1", "3", "30", "3.1") == ["1", "2", "3", "3.1"]


def test_letters_under_roman_numbers_are_subsections() -> None:
    numbers = [("I", 1.0), ("II", 1.0), ("A", 1.0), ("III", 1.0)]

    assert [place for _, place in best_sequence(numbers)] == [(1,), (2,), (2, 1), (3,)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3.1 Encoders", ("3.1", "Encoders")),
        ("3.1. Encoders", ("3.1", "Encoders")),
        ("IV. RESULTS", ("IV", "RESULTS")),
        ("Appendix B. Proofs", ("B", "Proofs")),
        ("Introduction", ("", "Introduction")),
        ("A Study of Readers", ("A", "Study of Readers")),
    ],
)
def test_a_heading_is_a_number_and_a_title(text: str, parts: tuple[str, str]) -> None:
    assert split_number(text) == parts


def test_titles_are_equal_when_only_case_and_spacing_differ() -> None:
    assert title_key("3.1 VISION TRANSFORMER (VIT)") == title_key("3.1  Vision Transformer (ViT)")


def titled(*titles: str) -> tuple[str, ...]:
    headings = []
    for row, title in enumerate(titles):
        number, bare = (
            split_number(title) if title[:1].isdigit() or title[1:2] == " " else ("", title)
        )
        level = number.count(".") + 1
        headings.append(Heading(row=row, stop=row + 1, level=level, number=number, title=bare))
    return roles(headings)


def test_a_section_without_a_usual_title_is_the_method_after_the_opening() -> None:
    found = titled("1 Introduction", "2 Related Work", "3 Reptile", "4 Experiments", "5 Whither")

    assert found == ("introduction", "related work", "method", "experiments", "other")


def test_a_subsection_has_the_role_of_its_section() -> None:
    found = titled("1 Introduction", "2 Experiments", "2.1 Data", "2.2 Results", "2.3 Limitations")

    assert found[2:] == ("experiments", "results", "limitations")


def test_what_follows_an_appendix_is_appendix() -> None:
    found = titled(
        "1 Introduction", "2 Method", "3 Conclusion", "References", "A Proofs", "B Results"
    )

    assert found[3:] == ("references", "appendix", "appendix")


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["an exam-", "ple"], "an example"),
        (["a state-", "of-the-art"], "a state-of-the-art"),
        (["the test-", "time cost"], "the test-time cost"),
        (["over-", "all"], "overall"),
        (["from Rut-", "Gers"], "from Rut-Gers"),
        (["two", "rows"], "two rows"),
        (["", "rows"], "rows"),
    ],
)
def test_rows_are_joined_as_a_reader_joins_them(rows: list[str], text: str) -> None:
    known = vocabulary(["at test time we read", "the time of one test here"])

    assert join(rows, known) == text


def test_the_marks_of_notes_go_and_powers_stay() -> None:
    assert without_marks("two datasets² , with 10⁵ papers.³ And x² too") == (
        "two datasets, with 10⁵ papers. And x² too"
    )
