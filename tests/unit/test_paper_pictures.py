import io

import pypdfium2
import pytest
from PIL import Image

from digestgen.paper.figures import Found
from digestgen.paper.pictures import alt_text, render
from tests.pdf_maker import Sheet, pdf


def found(**changes: object) -> Found:
    values: dict[str, object] = {
        "kind": "figure",
        "label": "1",
        "caption": "Figure 1: A curve.",
        "page": 1,
        "bbox": (100.0, 100.0, 300.0, 200.0),
        "caption_bbox": (100.0, 210.0, 300.0, 220.0),
    }
    return Found(**(values | changes))  # type: ignore[arg-type]  # a test names real fields


def document_of(sheet: Sheet) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf([sheet]))


def drawn() -> Sheet:
    sheet = Sheet()
    sheet.box(100, 100, 300, 200, fill=(1, 0, 0))
    sheet.line(100, 200, 300, 100)
    return sheet


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_picture_shows_the_box_and_says_its_size() -> None:
    (figure,) = render(document_of(drawn()), [found()])
    image = opened(figure.image)

    assert image.format == "WEBP"
    assert image.size == (figure.width, figure.height)
    assert figure.width / figure.height == pytest.approx(204 / 104, rel=0.02)
    assert image.convert("RGB").getpixel((figure.width // 4, figure.height // 3)) == (255, 0, 0)
    assert figure.box == (100, 100, 300, 200)


@pytest.mark.parametrize(
    "box", [(0.0, 0.0, 612.0, 60.0), (10.0, 10.0, 600.0, 780.0), (100.0, 100.0, 110.0, 700.0)]
)
def test_a_picture_fits_a_page(box: tuple[float, float, float, float]) -> None:
    (figure,) = render(document_of(drawn()), [found(bbox=box)])

    assert figure.width <= 1400
    assert figure.width * figure.height < 1_000_000


def test_a_thumbnail_is_small() -> None:
    (figure,) = render(document_of(drawn()), [found()])

    assert opened(figure.thumbnail).size == (400, round(400 * figure.height / figure.width))


def test_the_same_pdf_gives_the_same_bytes() -> None:
    assert render(document_of(drawn()), [found()]) == render(document_of(drawn()), [found()])


def test_a_readers_highlights_are_not_drawn() -> None:
    marked = drawn()
    marked.highlight(100, 100, 300, 200)

    assert render(document_of(marked), [found()]) == render(document_of(drawn()), [found()])


def test_a_photograph_is_not_stored_without_loss() -> None:
    sheet = Sheet()
    rows = [
        [((x * 37 % 255) / 255, (y * 91 % 255) / 255, 0.5) for x in range(90)] for y in range(90)
    ]
    sheet.picture(100, 100, 300, 200, rows=rows)

    (figure,) = render(document_of(sheet), [found()])

    assert b"VP8 " in figure.image[:32]
    assert b"VP8L" in render(document_of(Sheet()), [found()])[0].image[:32]


def test_a_picture_stays_clear_of_its_caption() -> None:
    sheet = drawn()
    sheet.box(100, 200.5, 300, 220, fill=(0, 0, 1))

    (figure,) = render(document_of(sheet), [found(caption_bbox=(100.0, 200.5, 300.0, 220.0))])
    colours = opened(figure.image).convert("RGB").resize((20, 100)).getpixel((5, 98))

    assert colours == (255, 0, 0)


def test_a_page_that_is_turned_is_drawn_as_it_is_shown() -> None:
    sheet = drawn()
    sheet.rotate = 90
    turned = (592.0, 100.0, 692.0, 300.0)

    (figure,) = render(
        document_of(sheet), [found(bbox=turned, caption_bbox=(0.0, 320.0, 10.0, 330.0))]
    )

    assert opened(figure.image).convert("RGB").getpixel((30, 60)) == (255, 0, 0)
    assert figure.height > figure.width


def test_file_names_are_safe_and_differ() -> None:
    labels = ["A.3", "IV", "1", "1"]

    figures = render(document_of(drawn()), [found(label=label) for label in labels])

    assert [figure.file_name for figure in figures] == [
        "figure-a-3.webp",
        "figure-iv.webp",
        "figure-1.webp",
        "figure-1-p1-2.webp",
    ]


def test_alt_text_is_the_caption_in_a_length_to_listen_to() -> None:
    assert alt_text(found()) == "Figure 1: A curve."
    assert alt_text(found(caption=" ")) == "Figure 1"
    long = alt_text(found(caption="Figure 1: " + "many words " * 40))
    assert len(long) <= 200
    assert long.endswith("words…")
