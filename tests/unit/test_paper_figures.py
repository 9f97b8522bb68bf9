import json
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from digestgen.paper.body import find_body
from digestgen.paper.figures import Found, find_figures
from digestgen.paper.limits import Limits
from digestgen.paper.lines import read_pages
from digestgen.paper.reading import read
from digestgen.paper.words import Box
from digestgen.sources import sample as sample_source
from tests.paper_pages import COLUMN, LEFT, RIGHT, column, heading
from tests.pdf_maker import INVISIBLE, Sheet, pdf

WIDE = LEFT, 558.0


def found_in(*sheets: Sheet) -> dict[tuple[str, str], Found]:
    """The figures of a paper that has these pages and two of plain text."""
    document = pypdfium2.PdfDocument(pdf([*sheets, plain_page(), plain_page()]))
    pages = read_pages(document, limits=Limits())
    figures = find_figures(pages, find_body(pages), document)
    return {(one.kind, one.label): one for one in figures}


def plain_page() -> Sheet:
    sheet = Sheet()
    column(sheet, LEFT, 80, 24)
    column(sheet, RIGHT, 80, 24)
    return sheet


def page_with_text_below(y: float) -> Sheet:
    """A page of text in two columns that leaves the upper part free."""
    sheet = Sheet()
    column(sheet, LEFT, y, 14)
    column(sheet, RIGHT, y, 14)
    return sheet


def plot(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> Box:
    """Draw axes and a curve; return their bounds."""
    sheet.line(x0, y0, x0, y1)
    sheet.line(x0, y1, x1, y1)
    sheet.line(x0, y1, x1, y0)
    return x0, y0, x1, y1


def table(
    sheet: Sheet, x0: float, x1: float, y: float, *, rows: int, last_rule: bool = True
) -> Box:
    """Set a table with rules; return its bounds."""
    sheet.rule(x0, x1, y=y)
    for row in range(rows + 1):
        for cell in range(4):
            words = f"Head {cell}" if not row else f"{row}{cell}.5"
            sheet.text(x0 + 4 + cell * (x1 - x0) / 4, y + 12 + 12 * row, words, size=9)
    sheet.rule(x0, x1, y=y + 17)
    end = y + 17 + 12 * rows
    if last_rule:
        sheet.rule(x0, x1, y=end + 2)
        end += 2
    return x0, y, x1, end


def agrees(box: Box, wanted: Sequence[float], slack: float = 5) -> bool:
    return all(abs(a - b) <= slack for a, b in zip(box, wanted, strict=True))


def test_a_figure_is_the_drawing_over_its_caption() -> None:
    sheet = page_with_text_below(300)
    wanted = plot(sheet, LEFT + 20, 80, LEFT + 200, 220)
    sheet.text(LEFT, 240, "Figure 1: A curve that falls.", size=9)

    found = found_in(sheet)

    assert agrees(found["figure", "1"].bbox, wanted)
    assert found["figure", "1"].caption == "Figure 1: A curve that falls."
    assert found["figure", "1"].page == 1


def test_a_table_is_set_under_its_caption() -> None:
    sheet = page_with_text_below(300)
    sheet.text(RIGHT, 90, "Table 1: What was counted.", size=9)
    wanted = table(sheet, RIGHT, RIGHT + 220, 110, rows=5)

    assert agrees(found_in(sheet)["table", "1"].bbox, wanted)


def test_a_table_without_a_last_rule_keeps_its_last_rows() -> None:
    sheet = page_with_text_below(300)
    sheet.text(RIGHT, 90, "Table 1: What was counted.", size=9)
    wanted = table(sheet, RIGHT, RIGHT + 220, 110, rows=5, last_rule=False)

    assert agrees(found_in(sheet)["table", "1"].bbox, wanted, slack=8)


def test_a_table_and_a_figure_share_the_space_between_their_captions() -> None:
    sheet = page_with_text_below(400)
    sheet.text(LEFT, 90, "Table 1: What was counted.", size=9)
    counted = table(sheet, LEFT, LEFT + 220, 110, rows=4)
    drawn = plot(sheet, LEFT + 20, 210, LEFT + 200, 320)
    sheet.text(LEFT, 340, "Figure 1: A curve that falls.", size=9)

    found = found_in(sheet)

    assert agrees(found["table", "1"].bbox, counted)
    assert agrees(found["figure", "1"].bbox, drawn)


def test_a_figure_over_both_columns_is_whole() -> None:
    sheet = page_with_text_below(320)
    left = plot(sheet, 80, 80, 290, 220)
    right = plot(sheet, 322, 80, 540, 220)
    words = (
        "Figure 2: Two panels that belong together, under one caption that is longer than a column."
    )
    sheet.text(LEFT + 20, 250, words, size=9)

    assert agrees(found_in(sheet)["figure", "2"].bbox, (left[0], 80, right[2], 220))


def test_two_figures_side_by_side_are_two() -> None:
    sheet = Sheet()
    left = plot(sheet, 80, 80, 270, 220)
    right = plot(sheet, 340, 80, 530, 220)
    sheet.text(110, 245, "Figure 1: On the left.", size=9)
    sheet.text(380, 245, "Figure 2: On the right.", size=9)
    column(sheet, LEFT, 320, 14)
    column(sheet, RIGHT, 320, 14)

    found = found_in(sheet)

    assert agrees(found["figure", "1"].bbox, left)
    assert agrees(found["figure", "2"].bbox, right)


def test_captions_of_parts_belong_to_the_figure() -> None:
    sheet = page_with_text_below(420)
    wanted = plot(sheet, LEFT + 20, 80, LEFT + 200, 220)
    y = 236.0
    for words in (
        "(a) a long caption of a part",
        "that goes on for more lines",
        "and then for one more",
    ):
        sheet.text(LEFT + 20, y, words, size=10)
        y += 12
    sheet.text(LEFT, 290, "Figure 1: A curve that falls.", size=9)

    assert agrees(found_in(sheet)["figure", "1"].bbox, (*wanted[:3], 262))


def test_text_that_nobody_sees_does_not_cut_a_figure() -> None:
    sheet = page_with_text_below(300)
    wanted = plot(sheet, LEFT + 20, 80, LEFT + 200, 220)
    hidden = "A hidden line of text that is as long as a line of the column"
    sheet.text(LEFT, 150, hidden, mode=INVISIBLE)
    sheet.text(LEFT, 240, "Figure 1: A curve that falls.", size=9)

    assert agrees(found_in(sheet)["figure", "1"].bbox, wanted)


def test_a_running_header_is_not_part_of_a_figure() -> None:
    sheets = []
    for number in range(1, 5):
        sheet = page_with_text_below(300)
        sheet.text(200, 50, "A running title of this paper", size=8)
        sheet.rule(*WIDE, y=54)
        plot(sheet, LEFT + 20, 70, LEFT + 200, 220)
        sheet.text(LEFT, 240, f"Figure {number}: A curve that falls.", size=9)
        sheets.append(sheet)

    found = found_in(*sheets)

    assert len(found) == 4
    assert all(agrees(one.bbox, (LEFT + 20, 70, LEFT + 200, 220)) for one in found.values())


def test_what_is_written_up_the_margin_is_not_part_of_a_figure() -> None:
    sheet = page_with_text_below(340)
    wanted = plot(sheet, 80, 80, 280, 280)
    sheet.text(LEFT, 310, "Figure 1: Curves over the years.")
    sheet.text(48, 300, "A stamp of two lines", size=20, turned=True)
    for y in range(60, 700, 12):
        sheet.text(30, y, str(y), size=6)

    assert agrees(found_in(sheet)["figure", "1"].bbox, wanted)


def test_a_figure_beside_text_leaves_the_text_out() -> None:
    sheet = Sheet()
    y = column(sheet, LEFT, 80, 8)
    y = sheet.paragraph(RIGHT, 80, "word and word " * 60, columns=COLUMN)
    wanted = plot(sheet, RIGHT + 20, y + 10, RIGHT + 200, y + 120)
    sheet.text(RIGHT, y + 140, "Figure 1. A curve that falls.", font="Times-Bold", size=9)

    assert agrees(found_in(sheet)["figure", "1"].bbox, wanted)


def test_algorithms_one_under_the_other_keep_to_themselves() -> None:
    sheet = page_with_text_below(420)
    boxes = []
    for number, y in ((1, 90.0), (2, 200.0)):
        sheet.rule(LEFT, LEFT + 230, y=y)
        sheet.text(LEFT, y + 11, f"Algorithm {number}", font="Times-Bold")
        sheet.text(LEFT + 62, y + 11, "Learn a thing")
        sheet.rule(LEFT, LEFT + 230, y=y + 15)
        for step in range(5):
            sheet.text(LEFT + 10, y + 28 + 12 * step, f"{step}: do what comes next")
        sheet.rule(LEFT, LEFT + 230, y=y + 84)
        boxes.append((LEFT, y + 15, LEFT + 230, y + 84))

    found = found_in(sheet)

    assert agrees(found["algorithm", "1"].bbox, boxes[0])
    assert agrees(found["algorithm", "2"].bbox, boxes[1])


def test_an_algorithm_whose_lines_look_like_headings_and_text_is_found() -> None:
    sheet = Sheet()
    column(sheet, LEFT, 80, 24)
    y = column(sheet, RIGHT, 80, 12) + 10
    sheet.rule(RIGHT, RIGHT + 240, y=y)
    sheet.text(RIGHT, y + 11, "Algorithm 1 Sort the Papers", font="Times-Bold")
    sheet.rule(RIGHT, RIGHT + 240, y=y + 15)
    sheet.text(RIGHT, y + 27, "Require: Papers and Readers", font="Times-Bold")
    end = column(sheet, RIGHT, y + 39, 3) - 6
    sheet.rule(RIGHT, RIGHT + 240, y=end)

    box = found_in(sheet)["algorithm", "1"].bbox

    assert agrees(box, (RIGHT, y + 15, RIGHT + 240, end))


def test_the_numbered_steps_of_an_algorithm_at_the_foot_are_no_notes() -> None:
    sheet = Sheet()
    column(sheet, RIGHT, 80, 24)
    column(sheet, LEFT, 80, 20)
    y = 640.0
    sheet.rule(LEFT, LEFT + 230, y=y)
    sheet.text(LEFT, y + 11, "Algorithm 1", font="Times-Bold", size=9)
    sheet.text(LEFT + 54, y + 11, "Sort the papers", size=9)
    sheet.rule(LEFT, LEFT + 230, y=y + 15)
    for step in range(1, 7):
        sheet.text(LEFT + 4, y + 15 + 11 * step, f"{step}: take a paper and read it", size=8)
    sheet.rule(LEFT, LEFT + 230, y=y + 86)

    box = found_in(sheet)["algorithm", "1"].bbox

    assert agrees(box, (LEFT, y + 15, LEFT + 230, y + 86))


def test_all_of_the_figures_in_the_papers_of_the_sample_are_found() -> None:
    folder = Path(sample_source.__file__).parent / "sample_pdfs"
    found = [one for path in folder.glob("*.pdf") for one in read(path.read_bytes()).figures]

    assert len(found) == 48


def test_a_table_of_sentences_is_found_under_its_caption() -> None:
    sheet = Sheet()
    column(sheet, LEFT, 80, 24)
    sheet.text(RIGHT, 90, "Table 1: What readers said.", size=9)
    sheet.rule(RIGHT, RIGHT + 242, y=100)
    middle = column(sheet, RIGHT, 112, 3) - 6
    sheet.rule(RIGHT, RIGHT + 242, y=middle)
    end = column(sheet, RIGHT, middle + 12, 3) - 6
    sheet.rule(RIGHT, RIGHT + 242, y=end)
    column(sheet, RIGHT, end + 30, 12)

    assert agrees(found_in(sheet)["table", "1"].bbox, (RIGHT, 100, RIGHT + 242, end))


def test_a_footnote_over_a_figure_is_not_part_of_it() -> None:
    sheet = Sheet()
    column(sheet, RIGHT, 80, 24)
    y = column(sheet, LEFT, 80, 16) + 10
    sheet.rule(LEFT, LEFT + 90, y=y)
    sheet.text(LEFT + 8, y + 11, "1 A note about the figures that stand under it.", size=8)
    wanted = plot(sheet, LEFT + 20, y + 20, LEFT + 200, y + 120)
    sheet.text(LEFT, y + 140, "Figure 1: A curve that falls.", size=9)

    assert agrees(found_in(sheet)["figure", "1"].bbox, wanted)


def test_the_rule_under_a_title_block_is_not_part_of_a_figure() -> None:
    sheet = page_with_text_below(340)
    sheet.rule(*WIDE, y=68)
    wanted = plot(sheet, RIGHT + 10, 76, RIGHT + 220, 280)
    sheet.text(RIGHT, 310, "Figure 1: Curves over the years.")

    assert agrees(found_in(sheet)["figure", "1"].bbox, wanted)


def test_white_inside_a_drawing_does_not_end_it() -> None:
    sheet = page_with_text_below(340)
    plot(sheet, RIGHT + 10, 80, RIGHT + 220, 220)
    sheet.text(RIGHT + 80, 280, "All of the years")
    sheet.text(RIGHT, 300, "Figure 1: Curves over the years.")

    box = found_in(plain_page(), sheet)["figure", "1"].bbox

    assert agrees(box, (RIGHT + 10, 80, RIGHT + 220, 282))


def test_numbers_of_tables_at_the_top_of_pages_are_no_page_numbers() -> None:
    sheets = []
    for number in range(1, 5):
        sheet = page_with_text_below(300)
        left = LEFT + 6 * number
        sheet.rule(left, left + 200, y=44)
        for row in range(6):
            for cell in range(4):
                value = f"{number + row}{cell}.5"
                sheet.text(left + 4 + 58 * cell, 56 + 12 * row, value, size=9)
        sheet.rule(left, left + 200, y=120)
        sheet.text(LEFT, 140, f"Table {number}: What was counted.", size=9)
        sheets.append(sheet)

    boxes = [one.bbox for one in found_in(plain_page(), *sheets).values()]

    assert len(boxes) == 4
    assert [box[1] for box in boxes] == pytest.approx([44] * 4, abs=2)


def test_the_head_of_a_table_at_the_top_of_pages_is_no_running_title() -> None:
    sheets = []
    for number in range(1, 5):
        sheet = page_with_text_below(300)
        box = table(sheet, LEFT, LEFT + 150 + 10 * number, 60, rows=5)
        sheet.text(LEFT, box[3] + 14, f"Table {number}: What was counted.", size=9)
        sheets.append(sheet)

    boxes = [one.bbox for one in found_in(plain_page(), *sheets).values()]

    assert [box[1] for box in boxes] == pytest.approx([60] * 4, abs=2)


def test_a_table_ends_with_its_last_rule() -> None:
    sheet = page_with_text_below(420)
    sheet.text(LEFT, 90, "Table 1: What was counted.", size=9)
    wanted = table(sheet, LEFT, LEFT + 220, 100, rows=5)
    sheet.text(LEFT + 40, wanted[3] + 20, "Curves of the years", size=9)
    plot(sheet, LEFT, wanted[3] + 30, LEFT + 220, wanted[3] + 130)
    sheet.text(LEFT, wanted[3] + 146, "Figure 1: Curves over the years.", size=9)

    assert agrees(found_in(plain_page(), sheet)["table", "1"].bbox, wanted)


def test_a_drawing_over_the_abstract_is_found_with_its_labels() -> None:
    sheet = Sheet()
    sheet.text(150, 70, "A Small Paper Drawn for a Test", font="Times-Bold", size=16)
    y = heading(sheet, LEFT, 260, "Abstract")
    column(sheet, LEFT, y, 12)
    x0, y0, x1, y1 = plot(sheet, RIGHT + 10, 100, RIGHT + 220, 180)
    for x in (RIGHT + 20, RIGHT + 90, RIGHT + 160):
        sheet.text(x, y1 + 14, "A label", size=7)
    sheet.text(RIGHT, y1 + 34, "Figure 1: Curves over the years.", size=9)
    column(sheet, RIGHT, 260, 12)

    assert agrees(found_in(sheet)["figure", "1"].bbox, (x0, y0, x1, y1 + 14))


@pytest.mark.parametrize(("x", "caption"), [(LEFT, LEFT + 300), (LEFT + 210, LEFT)])
def test_a_caption_may_stand_beside_its_figure(x: float, caption: float) -> None:
    sheet = Sheet()
    wanted = plot(sheet, x, 90, x + 280, 220)
    for row, text in enumerate(
        ("Figure 1: A curve that falls from", "the first year to the last.")
    ):
        sheet.text(caption, 150 + 12 * row, text, size=9)
    for y in (260, 500):
        sheet.paragraph(LEFT, y, "Some words under it, and more. " * 40, columns=110)
    plain = Sheet()
    plain.paragraph(LEFT, 80, "Some words on a page of words. " * 120, columns=110)

    document = pypdfium2.PdfDocument(pdf([plain, sheet, plain]))
    pages = read_pages(document, limits=Limits())
    (found,) = find_figures(pages, find_body(pages), document)

    assert found.caption == "Figure 1: A curve that falls from the first year to the last."
    assert agrees(found.bbox, wanted)


def test_text_beside_a_figure_is_not_part_of_its_caption() -> None:
    sheet = Sheet()
    wanted = plot(sheet, LEFT, 90, LEFT + 150, 200)
    sheet.text(LEFT, 216, "Figure 1: A curve that falls and", size=9)
    sheet.text(LEFT, 227, "goes on with its fall until it ends.", size=9)
    sheet.paragraph(LEFT + 165, 88, "Some words beside it. " * 40, columns=66)
    column(sheet, LEFT, 300, 14)

    found = found_in(sheet)["figure", "1"]

    assert found.caption == (
        "Figure 1: A curve that falls and goes on with its fall until it ends."
    )
    assert agrees(found.bbox, wanted)


def test_a_sentence_about_a_figure_is_no_caption() -> None:
    sheet = page_with_text_below(300)
    plot(sheet, LEFT + 20, 80, LEFT + 200, 220)
    sheet.text(LEFT, 240, "Figure 1: A curve that falls.", size=9)
    sheet.text(LEFT, 270, "Figure 1 shows how the curve falls from the first to the last of all")
    sheet.text(RIGHT, 270, "Figure 2 shows what we did not draw because there was no space left")

    assert set(found_in(sheet)) == {("figure", "1")}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Figure A.3: In the appendix.", ("figure", "A.3")),
        ("Fig. S1. In the supplement.", ("figure", "S1")),
        ("FIGURE 12 | In capitals.", ("figure", "12")),
        ("Supplementary Figure 4: Elsewhere.", ("figure", "4")),
        ("Figure 2.1 - Of a chapter.", ("figure", "2.1")),
        ("Figure IV: In Roman numerals.", ("figure", "IV")),
    ],
)
def test_labels_are_read_as_they_stand(words: str, key: tuple[str, str]) -> None:
    sheet = page_with_text_below(300)
    plot(sheet, LEFT + 20, 80, LEFT + 200, 220)
    sheet.text(LEFT, 240, words, size=9)

    assert found_in(sheet)[key].caption == words


def test_a_caption_in_two_centred_lines_is_whole() -> None:
    sheet = page_with_text_below(300)
    sheet.text(RIGHT + 96, 90, "TABLE III", size=8)
    sheet.text(RIGHT + 60, 100, "WHAT WAS COUNTED HERE", size=8)
    wanted = table(sheet, RIGHT, RIGHT + 220, 112, rows=5)

    found = found_in(sheet)["table", "III"]

    assert found.caption == "TABLE III WHAT WAS COUNTED HERE"
    assert agrees(found.bbox, wanted)


@pytest.mark.parametrize("offset", [0.0, 90.0])
def test_a_title_under_its_label_may_be_wider_and_in_small_capitals(offset: float) -> None:
    sheet = page_with_text_below(300)
    sheet.text(RIGHT + offset, 90, "TABLE II", size=8)
    sheet.text(RIGHT, 100, "PAPERS OF ALL YEARS AND WHAT READERS HAD TO SAY OF THEM", size=6.4)
    wanted = table(sheet, RIGHT, RIGHT + 220, 112, rows=5)

    found = found_in(sheet)["table", "II"]

    assert found.caption == "TABLE II PAPERS OF ALL YEARS AND WHAT READERS HAD TO SAY OF THEM"
    assert agrees(found.bbox, wanted)


def test_a_caption_keeps_its_mathematics() -> None:
    sheet = page_with_text_below(340)
    plot(sheet, LEFT + 20, 80, LEFT + 200, 220)
    sheet.text(LEFT, 240, "Figure 1: The loss for weights w", size=9)
    sheet.text(LEFT + 122, 243, "i", size=6)
    sheet.text(LEFT + 127, 240, "and all of the values of", size=9)
    sheet.text(LEFT, 251, "x", font="Times-Italic", size=9)
    sheet.text(LEFT + 5, 247, "2", size=6)
    sheet.text(LEFT + 11, 251, "that are left, as the text says.", size=9)

    caption = found_in(sheet)["figure", "1"].caption

    assert "".join(caption.split()) == (
        "Figure1:Thelossforweightswiandallofthevaluesofx²thatareleft,asthetextsays."
    )


def test_a_heading_ends_a_figure() -> None:
    sheet = Sheet()
    y = heading(sheet, LEFT, 80, "2 Method")
    wanted = plot(sheet, LEFT + 20, y + 10, LEFT + 200, y + 120)
    sheet.text(LEFT, y + 140, "Figure 1: A curve that falls.", size=9)
    column(sheet, LEFT, y + 180, 10)
    column(sheet, RIGHT, 80, 20)

    assert agrees(found_in(sheet)["figure", "1"].bbox, wanted)


def test_a_page_without_captions_has_no_figures() -> None:
    sheet = page_with_text_below(300)
    plot(sheet, LEFT + 20, 80, LEFT + 200, 220)

    assert found_in(sheet) == {}


def test_a_page_full_of_captions_costs_no_more_than_a_page() -> None:
    sheet = Sheet()
    for number in range(300):
        sheet.text(20 + number % 5 * 115, 20 + number // 5 * 12, f"Figure {number}: x.", size=8)

    assert len(found_in(sheet)) <= 40


def test_figures_of_a_real_paper_are_where_people_say(shared: Path) -> None:
    document = pypdfium2.PdfDocument(shared / "data" / "pdfs" / "icml13_8.pdf")
    labels = shared / "data" / "figures" / "cs150-icml13-human.json"
    pages = read_pages(document, limits=Limits())

    found = {
        (f.page, f.kind, f.label): f.bbox for f in find_figures(pages, find_body(pages), document)
    }

    for wanted in json.loads(labels.read_text(encoding="utf-8"))["icml13_8"]["figures"]:
        key = wanted["page"], wanted["figure_type"].lower(), wanted["name"]
        assert agrees(
            found[key], [edge * 72 / wanted["dpi"] for edge in wanted["region_bb"]], slack=12
        )


def test_a_picture_with_small_print_at_the_foot_of_a_column_is_no_footnote() -> None:
    sample = Path(sample_source.__file__).parent / "sample_pdfs" / "sample-0004.pdf"

    reading = read(sample.read_bytes())

    assert ("figure", "3") in {(found.kind, found.label) for found in reading.figures}
