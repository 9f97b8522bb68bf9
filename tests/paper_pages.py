"""Small papers for the tests of `digestgen.paper`, drawn page by page."""

from tests.pdf_maker import Bookmark, Sheet, pdf

LEFT, RIGHT = 54.0, 318.0  # where the columns of a two-column page begin
COLUMN = 54  # characters that fill a column

PROSE = (
    "Readers of many papers every day want to know what each of them adds to what they knew. "
    "The older systems sort the papers by their words and leave the reading to the reader. "
    "Every sentence of this text is here to fill a column with words that look like prose. "
    "Nothing in it is measured and nothing in it is claimed, which makes it easy to write. "
)


def words(sentences: int) -> str:
    """Return so many sentences of prose."""
    parts = [part + "." for part in (PROSE * 10).split(". ") if part]
    return " ".join(part.replace("..", ".") for part in parts[:sentences])


def column(sheet: Sheet, x: float, y: float, sentences: int) -> float:
    """Fill a part of a column; return the baseline after it."""
    return sheet.paragraph(x, y, words(sentences), columns=COLUMN)


def heading(sheet: Sheet, x: float, y: float, title: str, size: float = 12) -> float:
    """Put a heading in bold; return the baseline of the text under it."""
    sheet.text(x, y + 10, title, font="Times-Bold", size=size)
    return y + 28


def two_column_paper(
    titles: tuple[str, ...] = ("1 Introduction", "2 Method", "3 Experiments", "4 Conclusion"),
    *,
    size: float = 12,
    bookmarks: tuple[Bookmark, ...] = (),
) -> bytes:
    """Return a paper with a title, an abstract and sections in two columns on two pages."""
    sheets = [Sheet(), Sheet()]
    sheets[0].text(150, 70, "A Small Paper Drawn for a Test", font="Times-Bold", size=16)
    sheets[0].text(260, 100, "Ada Lovelace")
    places = [(sheets[0], LEFT, 140.0), (sheets[0], RIGHT, 140.0), (sheets[1], LEFT, 80.0)]
    places.append((sheets[1], RIGHT, 80.0))
    sheet, x, y = places[0]
    y = column(sheet, x, heading(sheet, x, y, "Abstract"), 3)
    for index, title in enumerate(titles):
        if index:
            sheet, x, y = places[index % 4]
        column(sheet, x, heading(sheet, x, y + 10, title, size), 14)
    for number, page in enumerate(sheets, start=1):
        page.text(300, 770, str(number))
        page.text(200, 30, "A running title of this paper", size=8)
    return pdf(sheets, bookmarks=bookmarks)
