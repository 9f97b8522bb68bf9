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


def test_a_name_that_is_not_there_has_no_affiliation() -> None:
    sheet = Sheet()
    sheet.text(260, 115, "University of London")

    assert facts(sheet, "Ada Lovelace").affiliations == ((),)


def test_the_address_of_the_code_is_taken_as_it_stands() -> None:
    sheet = Sheet()
    sheet.text(LEFT, 500, "Our code is at https://github.com/lovelace/engine for all to run.")

    assert facts(sheet).links == (Link(kind="code", url="https://github.com/lovelace/engine"),)


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
