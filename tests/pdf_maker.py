"""This module writes small PDFs by hand, the same bytes every time.

Coordinates are in points from the top left of the page, as a reader sees it; the ``y`` of text
is its baseline.

    sheet = Sheet()
    sheet.text(72, 80, "A Title", font="Times-Bold", size=16)
    sheet.paragraph(72, 120, "Some words that fill several lines ...", columns=50)
    sheet.rule(72, 300, y=200)
    sheet.picture(72, 220, 300, 400)
    content = pdf([sheet], bookmarks=[Bookmark("Introduction", page=1)])
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Font = Literal[
    "Times-Roman",
    "Times-Bold",
    "Times-Italic",
    "Times-BoldItalic",
    "Helvetica",
    "Helvetica-Bold",
    "Helvetica-Oblique",
    "Helvetica-BoldOblique",
    "Courier",
    "Courier-Bold",
    "Symbol",
]
Colour = tuple[float, float, float]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (1, 1, 1)
INVISIBLE = 3  # the text rendering mode that paints nothing

# Glyphs beyond Windows' Latin alphabet, at codes that it leaves free.
_GLYPHS = {
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬀ": "ff",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "−": "minus",
    "α": "alpha",
    "β": "beta",
    "∑": "summation",
    "∈": "element",
    "≤": "lessequal",
    "≥": "greaterequal",
}
_CODES = {character: code for code, character in enumerate(_GLYPHS, start=1)}


# In the body of a sheet's object, the one that was added before it.
_BEFORE = b"/Before"
_MEANT = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Meant def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange
{count} beginbfchar
{lines}
endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline; ``level`` and ``page`` count from 1."""

    title: str
    page: int
    level: int = 1
    y: float = 0


@dataclass
class Sheet:
    """A page that is being drawn; ``rotate`` turns it clockwise when it is shown.

    The coordinates are those before turning and before cropping to ``crop`` (x0, y0, x1, y1).
    """

    width: float = 612
    height: float = 792
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    fonts: list[str] = field(default_factory=list)
    content: list[bytes] = field(default_factory=list)
    objects: list[bytes] = field(default_factory=list)
    annotations: list[bytes] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        font: Font = "Times-Roman",
        size: float = 10,
        colour: Colour = BLACK,
        mode: int = 0,
        turned: bool = False,
    ) -> None:
        """Put one run of text; ``turned`` lets it run upwards."""
        matrix = (0, 1, -1, 0) if turned else (1, 0, 0, 1)
        self.draw(
            f"BT /{self._font(font)} {size:g} Tf {mode} Tr {_numbers(*colour)} rg "
            f"{_numbers(*matrix, x, self.height - y)} Tm ".encode()
            + _shown(words)
            + b" Tj ET"
        )

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        *,
        columns: int,
        font: Font = "Times-Roman",
        size: float = 10,
        leading: float = 12,
    ) -> float:
        """Put text in lines of at most ``columns`` characters; return the next baseline."""
        for line in textwrap.wrap(words, columns):
            self.text(x, y, line, font=font, size=size)
            y += leading
        return y

    def spaces(self, x: float, y: float, meant: str) -> None:
        """Put spaces of which a program is told that they are these characters."""
        codes = {character: 128 + n for n, character in enumerate(dict.fromkeys(meant))}
        lines = (f"<{n:02X}> <{c.encode('utf-16-be').hex()}>" for c, n in codes.items())
        self._object(stream(_MEANT.format(count=len(codes), lines="\n".join(lines)).encode()))
        font = (
            "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Type /Encoding "
            f"/Differences [128 {'/space ' * len(codes)}] >> /ToUnicode {_BEFORE.decode()} >>"
        )
        place = _numbers(x, self.height - y)
        shown = bytes(codes[character] for character in meant).hex()
        name = self._object(
            stream(
                f"BT /T 10 Tf 1 0 0 1 {place} Tm <{shown}> Tj ET".encode(),
                f"/Type /XObject /Subtype /Form /BBox [0 0 {_numbers(self.width, self.height)}] "
                f"/Resources << /Font << /T {font} >> >>",
            )
        )
        self.draw(f"/{name} Do".encode())

    def rule(self, x0: float, x1: float, *, y: float, thickness: float = 0.8) -> None:
        """Stroke a horizontal line."""
        height = self.height - y
        self.draw(f"{thickness:g} w {_numbers(x0, height)} m {_numbers(x1, height)} l S".encode())

    def line(self, x0: float, y0: float, x1: float, y1: float, *, thickness: float = 1) -> None:
        """Stroke a line from point to point."""
        start, end = _numbers(x0, self.height - y0), _numbers(x1, self.height - y1)
        self.draw(f"{thickness:g} w {start} m {end} l S".encode())

    def box(
        self, x0: float, y0: float, x1: float, y1: float, *, fill: Colour | None = None
    ) -> None:
        """Stroke a rectangle, or fill it."""
        paint = f"{_numbers(*fill)} rg" if fill else "1 w"
        place = _numbers(x0, self.height - y1, x1 - x0, y1 - y0)
        self.draw(f"q {paint} {place} re {'f' if fill else 'S'} Q".encode())

    def picture(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        rows: Sequence[Sequence[Colour]] = (((1, 0, 0), (0, 1, 0)), ((0, 0, 1), (1, 1, 0))),
    ) -> None:
        """Stretch a bitmap over a place; ``rows`` are its pixels from the top."""
        pixels = bytes(round(255 * part) for row in rows for pixel in row for part in pixel)
        size = f"/Width {len(rows[0])} /Height {len(rows)} /BitsPerComponent 8"
        name = self._object(
            stream(pixels, f"/Type /XObject /Subtype /Image {size} /ColorSpace /DeviceRGB")
        )
        place = _numbers(x1 - x0, 0, 0, y1 - y0, x0, self.height - y1)
        self.draw(f"q {place} cm /{name} Do Q".encode())

    def form(
        self, inner: "Sheet", x: float, y: float, *, scale: float = 1, clip: bool = True
    ) -> None:
        """Draw another sheet (fonts and lines, no pictures or forms) with its top left here.

        Without ``clip`` the form's box is far larger than what is drawn in it.
        """
        box = (0, 0, inner.width, inner.height) if clip else (-5000, -5000, 5000, 5000)
        name = self._object(
            stream(
                b"\n".join(inner.content),
                f"/Type /XObject /Subtype /Form /BBox [{_numbers(*box)}] "
                f"/Resources << {_fonts(inner.fonts)} >>",
            )
        )
        place = _numbers(scale, 0, 0, scale, x, self.height - y - scale * inner.height)
        self.draw(f"q {place} cm /{name} Do Q".encode())

    def highlight(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Mark a place in yellow with an annotation."""
        left, right, top, bottom = x0, x1, self.height - y0, self.height - y1
        corners = _numbers(left, top, right, top, left, bottom, right, bottom)
        self.annotations.append(
            f"<< /Type /Annot /Subtype /Highlight /Rect [{_numbers(left, bottom, right, top)}] "
            f"/QuadPoints [{corners}] /C [1 1 0] /F 4 >>".encode()
        )

    def link(self, x0: float, y0: float, x1: float, y1: float, url: str) -> None:
        """Make a place lead to an address."""
        place = _numbers(x0, self.height - y1, x1, self.height - y0)
        action = b"/A << /S /URI /URI " + _string(url) + b" >>"
        self.annotations.append(
            f"<< /Type /Annot /Subtype /Link /Rect [{place}] /Border [0 0 0] ".encode()
            + action
            + b" >>"
        )

    def draw(self, operators: bytes) -> None:
        """Add operators of the page description language as they are."""
        self.content.append(operators)

    def _font(self, font: str) -> str:
        if font not in self.fonts:
            self.fonts.append(font)
        return f"F{self.fonts.index(font)}"

    def _object(self, body: bytes) -> str:
        self.objects.append(body)
        return f"X{len(self.objects) - 1}"


def pdf(sheets: Sequence[Sheet], *, bookmarks: Sequence[Bookmark] = (), title: str = "") -> bytes:
    """Return a file of these pages."""
    objects = [b"", b""]
    pages = [_add_sheet(objects, sheet) for sheet in sheets]
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
    outline = _add_outline(objects, sheets, pages, bookmarks)
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {outline} >>".encode()
    trailer = b""
    if title:
        objects.append(b"<< /Title " + _string(title) + b" >>")
        trailer = f"/Info {len(objects)} 0 R".encode()
    return assemble(objects, trailer=trailer)


def assemble(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Return a file of these objects, numbered from 1; the first one is the catalogue."""
    written = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    written += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(written)


def stream(content: bytes, entries: str = "") -> bytes:
    """Return the body of an object that holds bytes, with further entries of its dictionary."""
    head = f"<< {entries} /Length {len(content)} >>\nstream\n".encode()
    return head + content + b"\nendstream"


def _add_sheet(objects: list[bytes], sheet: Sheet) -> int:
    """Add a page and what it needs; return its number."""
    names = []
    for index, body in enumerate(sheet.objects):
        objects.append(body.replace(_BEFORE, b"%d 0 R" % len(objects)))
        names.append(f"/X{index} {len(objects)} 0 R")
    marks = []
    for annotation in sheet.annotations:
        objects.append(annotation)
        marks.append(f"{len(objects)} 0 R")
    objects.append(stream(b"\n".join(sheet.content)))
    turn = f"/Rotate {sheet.rotate}" if sheet.rotate else ""
    objects.append(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_numbers(sheet.width, sheet.height)}] "
        f"{_crop(sheet)} {turn} /Contents {len(objects)} 0 R /Annots [{' '.join(marks)}] "
        f"/Resources << {_fonts(sheet.fonts)} /XObject << {' '.join(names)} >> >> >>".encode()
    )
    return len(objects)


def _crop(sheet: Sheet) -> str:
    if sheet.crop is None:
        return ""
    x0, y0, x1, y1 = sheet.crop
    return f"/CropBox [{_numbers(x0, sheet.height - y1, x1, sheet.height - y0)}]"


def _fonts(names: Sequence[str]) -> str:
    return f"/Font << {' '.join(f'/F{n} {_font(name)}' for n, name in enumerate(names))} >>"


def _font(name: str) -> str:
    glyphs = " ".join(f"/{glyph}" for glyph in _GLYPHS.values())
    coding = (
        ""
        if name == "Symbol"
        else "/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding "
        f"/Differences [1 {glyphs}] >>"
    )
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {coding} >>"


def _add_outline(
    objects: list[bytes], sheets: Sequence[Sheet], pages: list[int], bookmarks: Sequence[Bookmark]
) -> str:
    """Add the bookmarks, which are linked as a tree; return the catalogue's entry."""
    if not bookmarks:
        return ""
    root = len(objects) + 1
    numbers = [root + 1 + index for index in range(len(bookmarks))]
    parents = [_parent(bookmarks, index) for index in range(len(bookmarks))]
    objects.append(_outline_root(numbers, parents))
    for index, bookmark in enumerate(bookmarks):
        parent = parents[index]
        up = root if parent is None else numbers[parent]
        sisters = [numbers[n] for n, p in enumerate(parents) if p == parent]
        place = sisters.index(numbers[index])
        parts = [f"/Parent {up} 0 R"]
        parts += [f"/Prev {sisters[place - 1]} 0 R"] if place else []
        parts += [f"/Next {sisters[place + 1]} 0 R"] if place + 1 < len(sisters) else []
        children = [numbers[n] for n, p in enumerate(parents) if p == index]
        parts += _ends(children)
        height = sheets[bookmark.page - 1].height - bookmark.y
        parts.append(f"/Dest [{pages[bookmark.page - 1]} 0 R /XYZ 0 {height:g} null]")
        objects.append(b"<< /Title " + _string(bookmark.title) + f" {' '.join(parts)} >>".encode())
    return f"/Outlines {root} 0 R"


def _parent(bookmarks: Sequence[Bookmark], index: int) -> int | None:
    above = [n for n in range(index) if bookmarks[n].level < bookmarks[index].level]
    return above[-1] if above else None


def _outline_root(numbers: list[int], parents: list[int | None]) -> bytes:
    top = [number for number, parent in zip(numbers, parents, strict=True) if parent is None]
    return f"<< /Type /Outlines {' '.join(_ends(top))} >>".encode()


def _ends(children: list[int]) -> list[str]:
    if not children:
        return []
    return [f"/First {children[0]} 0 R /Last {children[-1]} 0 R /Count {len(children)}"]


def _shown(words: str) -> bytes:
    coded = b"".join(
        bytes([_CODES[character]]) if character in _CODES else character.encode("cp1252")
        for character in words
    )
    return b"<" + coded.hex().encode() + b">"


def _string(words: str) -> bytes:
    """Return text outside of the page: bookmarks, titles, addresses."""
    coded = words.encode("ascii") if words.isascii() else b"\xfe\xff" + words.encode("utf-16-be")
    return b"<" + coded.hex().encode() + b">"


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.6g}" for value in values)
