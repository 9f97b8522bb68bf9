"""How the numbers and words of headings are read."""

import pytest

from digestgen.paper.headings import Heading, split_number, title_key
from digestgen.paper.joining import join, vocabulary, without_marks
from digestgen.paper.numbering import best_sequence
from digestgen.paper.reading import read
from digestgen.paper.roles import roles
from tests.paper_pages import LEFT, column, heading, two_column_paper
from tests.pdf_maker import Bookmark, Font, Sheet, pdf


def kept(*numbers: str) -> list[str]:
    return [numbers[index] for index, _ in best_sequence([(number, 1.0) for number in numbers])]


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "2.1", "2.1.1", "2.2", "3"),
        ("I", "II", "A", "B", "III", "A", "IV"),
        ("I", "II", "A", "1)", "2)", "B", "III", "A", "1)", "IV"),
        ("I", "II", "A", "1", "2", "3", "B", "1", "2", "III", "A", "1", "2"),
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


def test_the_items_of_a_list_are_no_sections() -> None:
    assert kept("1", "1)", "2)", "2", "3") == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3.1 Encoders", ("3.1", "Encoders")),
        ("3.1. Encoders", ("3.1", "Encoders")),
        ("IV. RESULTS", ("IV", "RESULTS")),
        ("Appendix B. Proofs", ("B", "Proofs")),
        ("Introduction", ("", "Introduction")),
        ("A Study of Readers", ("A", "Study of Readers")),
        ("2.1 | Encoders", ("2.1", "Encoders")),
        ("2) Encoders", ("2)", "Encoders")),
    ],
)
def test_a_heading_is_a_number_and_a_title(text: str, parts: tuple[str, str]) -> None:
    assert split_number(text) == parts


def test_titles_are_equal_when_only_case_and_spacing_differ() -> None:
    assert title_key("3.1 VISION TRANSFORMER (VIT)") == title_key("3.1  Vision Transformer (ViT)")


Piece = tuple[str, Font, float]


def headings_in(*titles: tuple[Piece, ...], x: float = LEFT, after: str = "") -> list[str]:
    """The headings of a paper that sets its titles so, in pieces of text, font and size."""
    sheets = []
    for title in titles:
        sheet = Sheet()
        y = column(sheet, LEFT, 80, 5) + 16
        at = x
        for text, font, size in title:
            sheet.text(at, y, text, font=font, size=size)
            at += len(text) * size * 0.5
        sheet.text(at, y, after)
        column(sheet, LEFT, y + (12 if after else 18), 9)
        sheets.append(sheet)
    return [s.heading for s in read(pdf(sheets)).sections if s.heading]


def test_titles_with_text_behind_them_are_found_without_it() -> None:
    titles: list[tuple[Piece, ...]] = [
        ((number, "Times-Roman", 10.0), (f"{words}.", "Times-BoldItalic", 10.0))
        for number, words in (("1. ", "Sorting"), ("2. ", "Reading"), ("3. ", "Writing"))
    ]

    found = headings_in(*titles, after="  This is how it goes on.")

    assert found == ["1 Sorting", "2 Reading", "3 Writing"]


def test_subsections_in_the_letters_of_the_text_are_found_by_their_place() -> None:
    titles: list[tuple[Piece, ...]] = [
        ((f"{number} {words}", "Times-Bold" if len(number) < 3 else "Times-Roman", 10.0),)
        for number, words in (("1", "Sorting"), ("1.1", "By hand"), ("1.2", "By heart"))
    ]

    assert headings_in(*titles) == ["1 Sorting", "1.1 By hand", "1.2 By heart"]


def test_a_chapter_has_its_number_over_its_title() -> None:
    sheets = [Sheet()]
    sheets[0].text(LEFT, 300, "A Thesis on Papers", font="Times-Roman", size=24)
    for number, title in enumerate(("Sorting", "Reading", "Writing"), start=1):
        sheet = Sheet()
        sheet.text(LEFT, 100, f"Chapter {number}", font="Times-Bold", size=20)
        sheet.text(LEFT, 140, title, font="Times-Bold", size=24)
        column(sheet, LEFT, 170, 12)
        sheets.append(sheet)

    found = [section.heading for section in read(pdf(sheets)).sections][-3:]

    assert found == ["1 Sorting", "2 Reading", "3 Writing"]


def test_a_title_in_capitals_goes_on_in_the_next_row() -> None:
    sheet = Sheet()
    y = LEFT
    for first, second in (
        ("I. INTRODUCTION", ""),
        ("II. HOW THE PAPERS ARE READ BY THOSE", "WHO READ"),
        ("III. CONCLUSION", ""),
    ):
        y = column(sheet, LEFT, y + 30, 4)
        sheet.text(LEFT, y + 10, first, size=8)
        sheet.text(LEFT + 80, y + 22, second, size=8)
        y += 12 if second else 0
    column(sheet, LEFT, y + 30, 4)

    found = [section.heading for section in read(pdf([sheet])).sections if section.heading]

    assert found == [
        "I INTRODUCTION",
        "II HOW THE PAPERS ARE READ BY THOSE WHO READ",
        "III CONCLUSION",
    ]


@pytest.mark.parametrize("bookmarks", [True, False])
def test_an_article_at_the_beginning_of_a_title_is_no_number(bookmarks: bool) -> None:
    titles = ("Introduction", "A Sorter of Papers", "Experiments", "Conclusion")
    outline = tuple(
        Bookmark(title, page=page)
        for title, page in zip(titles, (1, 1, 2, 2), strict=True)
        if bookmarks
    )

    found = read(two_column_paper(titles, bookmarks=outline)).sections

    assert [section.heading for section in found] == ["Abstract", *titles]


def test_an_abstract_may_be_told_by_a_bold_word_alone() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 80, "Abstract", font="Times-Bold")
    sheet.text(LEFT + 44, 80, "We read papers and sort them by")
    column(sheet, LEFT, heading(sheet, LEFT, column(sheet, LEFT, 92, 3), "1 Introduction"), 14)

    assert [s.role for s in read(pdf([sheet])).sections] == ["abstract", "introduction"]


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
        (["at https:", "//github.com/ada/", "engine now"], "at https://github.com/ada/engine now"),
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
