"""What a paper's first page says of its authors, its code and its venue."""

import pytest

from digestgen import paper
from digestgen.model import Link
from tests.paper_pages import LEFT, column, heading
from tests.pdf_maker import Sheet, pdf


def facts(sheet: Sheet, *authors: str) -> paper.Facts:
    column(sheet, LEFT, heading(sheet, LEFT, 200, "Abstract"), 14)
    return paper.read(pdf([sheet]), authors=authors).facts


def test_raised_marks_lead_from_names_to_affiliations() -> None:
    sheet = Sheet()
    sheet.text(150, 100, "Ada Lovelace")
    sheet.text(204, 97, "1,2", size=6)
    sheet.text(230, 100, "Alan Turing")
    sheet.text(280, 97, "2", size=6)
    sheet.text(150, 117, "1", size=6)
    sheet.text(154, 120, "University of London")
    sheet.text(270, 117, "2", size=6)
    sheet.text(274, 120, "King's College")

    found = facts(sheet, "Ada Lovelace", "Alan Turing")

    assert found.affiliations == (("University of London", "King's College"), ("King's College",))


def test_one_institution_under_all_names_is_that_of_all() -> None:
    sheet = Sheet()
    sheet.text(150, 100, "Ada Lovelace")
    sheet.text(400, 100, "Alan Turing")
    sheet.text(260, 115, "University of London")

    found = facts(sheet, "Ada Lovelace", "Alan Turing")

    assert found.affiliations == (("University of London",), ("University of London",))


def test_the_institution_under_a_name_is_that_of_the_name() -> None:
    sheet = Sheet()
    for x, name, place in (
        (100, "Ada Lovelace", "University of London"),
        (380, "Kurt Gödel", "Institute for Advanced Study"),
    ):
        sheet.text(x, 100, name)
        sheet.text(x - 15, 112, place)
        sheet.text(x, 124, "name@example.org")

    found = facts(sheet, "Ada Lovelace", "Kurt Godel")

    assert found.affiliations == (("University of London",), ("Institute for Advanced Study",))


def test_letters_may_mark_names_and_affiliations() -> None:
    sheet = Sheet()
    for x, name, mark in ((150, "Ada Lovelace", "a"), (250, "Alan Turing", "b")):
        sheet.text(x, 100, name)
        sheet.text(x + len(name) * 4.6, 97, mark, size=6)
    for y, mark, place in ((120, "a", "University of London"), (132, "b", "Turing Institute")):
        sheet.text(200, y - 3, mark, size=6)
        sheet.text(203, y, place)

    found = facts(sheet, "Ada Lovelace", "Alan Turing")

    assert found.affiliations == (("University of London",), ("Turing Institute",))


def noted(*notes: str) -> Sheet:
    """A page with small print under a short rule at its foot."""
    sheet = Sheet()
    sheet.text(150, 100, "Ada Lovelace*")
    sheet.text(250, 100, "Alan Turing†")
    sheet.rule(LEFT, LEFT + 80, y=690)
    for index, note in enumerate(notes):
        sheet.text(LEFT, 701 + 10 * index, note, size=8)
    return sheet


@pytest.mark.parametrize(
    "notes",
    [
        ("*University of London. Mail to ada@example.org", "†Institute for Advanced Study"),
        (
            "A. Lovelace is with the University of London. A. Turing is with Institute",
            "for Advanced Study.",
        ),
        ("A. Lovelace", "University of London", "A. Turing", "Institute for Advanced Study"),
    ],
)
def test_notes_at_the_foot_of_the_page_state_affiliations(notes: tuple[str, ...]) -> None:
    found = facts(noted(*notes), "Ada Lovelace", "Alan Turing")

    assert found.affiliations == (("University of London",), ("Institute for Advanced Study",))


def test_an_institution_may_stand_behind_its_name() -> None:
    sheet = Sheet()
    sheet.text(100, 100, "ADA LOVELACE, University of London, England")
    sheet.text(100, 114, "ALAN TURING, Institute for Advanced Study")

    found = facts(sheet, "Ada Lovelace", "Alan Turing")

    assert found.affiliations == (
        ("University of London, England",),
        ("Institute for Advanced Study",),
    )


def test_institutions_under_each_of_the_names_are_not_those_of_all() -> None:
    sheet = Sheet()
    for y, text in (
        (100, "Ada Lovelace"),
        (112, "University of London"),
        (130, "Alan Turing"),
        (142, "University of Paris"),
    ):
        sheet.text(LEFT, y, text)

    found = facts(sheet, "Ada Lovelace", "Alan Turing")

    assert found.affiliations == (("University of London",), ("University of Paris",))


def test_a_name_that_is_not_there_has_no_affiliation() -> None:
    sheet = Sheet()
    sheet.text(260, 115, "University of London")

    assert facts(sheet, "Ada Lovelace").affiliations == ((),)


def test_the_address_of_the_code_is_taken_as_it_stands() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 500, "Our code is at https://github.com/lovelace/engine for all to run.")

    assert facts(sheet).links == (Link(kind="code", url="https://github.com/lovelace/engine"),)


@pytest.mark.parametrize(
    ("first", "second", "url"),
    [
        ("at https://github.com/lovelace/", "engine-code for all", "lovelace/engine-code"),
        ("at https://github.com/", "lovelace/engine.", "lovelace/engine"),
        (
            "at https://github.com/lovelace/engine-",
            "of-difference",
            "lovelace/engine-of-difference",
        ),
        ("at https:", "//github.com/lovelace/engine for all", "lovelace/engine"),
        ("at https://github.com/lovelace/engine", "for all to run", "lovelace/engine"),
    ],
)
def test_an_address_that_breaks_off_at_the_end_of_a_line_is_whole(
    first: str, second: str, url: str
) -> None:
    sheet = Sheet()
    sheet.text(LEFT, 500, f"Our code is {first}")
    sheet.text(LEFT, 512, second)

    assert facts(sheet).links == (Link(kind="code", url=f"https://github.com/{url}"),)


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Accepted to CVPR 2024. 12 pages", "CVPR 2024"),
        ("Accepted at the 41st International Conference on Machine Learning, Vienna, 2024",
         "41st International Conference on Machine Learning, Vienna, 2024"),
        ("Published as a conference paper at ICLR 2021", "ICLR 2021"),
        ("NeurIPS 2023, 10 pages", "NeurIPS 2023"),
        ("18 pages, 7 figures", ""),
        ("We accepted what was published in the field", ""),
    ],
)  # fmt: skip
def test_a_comment_names_the_venue(text: str, venue: str) -> None:
    assert paper.venue_in(text) == venue
