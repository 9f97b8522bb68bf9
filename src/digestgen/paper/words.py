"""This module reads the words of a page, each with its box and its style.

Boxes are in points, from the top left of the page as displayed. It joins nothing.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from digestgen.paper.limits import Limits

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

_BOLD = re.compile(
    r"bold|black|heavy|(?<![a-z])(?:demi|medi)|medi$|cmbx|cmb\d|cmssbx|sfbx|eccc?bx|ecbx|"
    r"-bd|bd$|-b$|[lt]inu?x?(?:biolinum|libertine)tb|fourier.*-b|nimbus.*-medi|txb|pxb|cmcscbx",
    re.IGNORECASE,
)
_ITALIC = re.compile(
    r"ital|obli|cmti|cmbxti|cmsl|sfti|ecti|-it$|slant|(?:libertine|biolinum)t(?:b)?i", re.IGNORECASE
)
_MATHEMATICS = re.compile(
    r"^(?:cmmi|cmsy|cmex|cmbsy|cmmib|msam|msbm|eufm|eurm|euex|eusm|rsfs|stmary|wasy|esint|txsy|"
    r"txmi|rtxmi|txex|pxsy|pxmi|pxex|ntxmi|ntxsy|ntxex|newtxmi|newtxsy|libertinemath|lmmath|mtmi|"
    r"mtsy|mtex|bbm|dsrom|symbol|fourier-math|futmi|zpl)|math",
    re.IGNORECASE,
)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FORCED_BOLD = 1 << 18
_ITALIC_FLAG = 1 << 6
_WORD = re.compile(r"[^\t\n\r \xa0]+")
_PAST_UNICODE = 0x110000
# What the library makes of a hyphen at the end of a line, and of letters without a code.
_REPLACED = (
    dict.fromkeys(range(0x20), "\ufffd")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    | {code: chr(code) for code in (9, 10, 13)}
    | dict.fromkeys((2, 0xAD, 0xFFFE), "-")
)
# Invisible twins of ASCII, which the library gives as two halves, one index each.
_TAG = re.compile("\udb40[\udc00-\udc7f]")
_FAINT = 12  # of 255: what a reader cannot see on paper
_ALMOST_WHITE = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What the letters of one text object share.

    ``order`` is the place of its text object in the painting order of the page, or -1 where
    that is not known.
    """

    size: float
    font: str
    bold: bool = False
    italic: bool = False
    rotated: bool = False
    mathematics: bool = False
    invisible: bool = False
    white: bool = False
    order: int = -1


class Word(NamedTuple):
    """Letters of one style without a space between them; ``spaced`` when one stood before."""

    letters: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    style: Style
    spaced: bool


_NO_STYLE = Style(size=10, font="")  # of letters that no text object holds


def displayed(page: pypdfium2.PdfPage) -> tuple[float, float, Matrix]:
    """Return width, height and the way from the page's own space to the page as displayed."""
    left, bottom, right, top = page.get_bbox()
    wide, high = right - left, top - bottom
    ways: dict[int, tuple[float, float, Matrix]] = {
        90: (high, wide, (0, 1, 1, 0, -bottom, -left)),
        180: (wide, high, (-1, 0, 0, 1, right, -bottom)),
        270: (high, wide, (0, -1, -1, 0, top, right)),
    }
    return ways.get(page.get_rotation(), (wide, high, (1, 0, 0, -1, -left, top)))


def placed(box: Box, way: Matrix) -> Box:
    """Return the bounds of ``box`` after ``way``."""
    a, b, c, d, e, f = way
    x0, y0, x1, y1 = box
    xs = (a * x0 + c * y0 + e, a * x1 + c * y1 + e, a * x0 + c * y1 + e, a * x1 + c * y0 + e)
    ys = (b * x0 + d * y0 + f, b * x1 + d * y1 + f, b * x0 + d * y1 + f, b * x1 + d * y0 + f)
    return min(xs), min(ys), max(xs), max(ys)


def fill_of(page_object: object) -> tuple[int, bool]:
    """Return the opacity of what fills the object, and whether it is as white as paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(page_object, red, green, blue, alpha):
        return 255, False
    return alpha.value, min(red.value, green.value, blue.value) >= _ALMOST_WHITE


def read_words(page: pypdfium2.PdfPage, *, orders: dict[int, int], limits: Limits) -> list[Word]:
    """Return the words of the page in the PDF library's order.

    ``orders`` gives the painting order of the text objects by their address.
    """
    text_page = page.get_textpage()
    try:
        return _Reader(text_page.raw, way=displayed(page)[2], orders=orders).words(limits)
    finally:
        text_page.close()


class _Reader:
    """The way through a page's letters, and what is known of its text objects.

    A call into the library costs more than what it does there: it is asked by word, and by
    letter only where a word changes its style.
    """

    def __init__(self, raw: object, *, way: Matrix, orders: dict[int, int]) -> None:
        self._raw = raw
        self._way = way
        self._orders = orders
        self._styles: dict[int, tuple[Style, float]] = {}
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._pointers = tuple(ctypes.byref(side) for side in self._sides)

    def words(self, limits: Limits) -> list[Word]:
        """Return the page's words."""
        letters = self._letters(min(pdfium.FPDFText_CountChars(self._raw), limits.letters))
        words: list[Word] = []
        end = 0
        for match in _WORD.finditer(letters):
            spaced = match.start() > end
            end = match.end()
            for start, stop in self._pieces(match.start(), end):
                words.append(self._word(letters, start, stop, spaced=spaced))
                spaced = False
        return words

    def _letters(self, count: int) -> str:
        """Return the page's text with one character for each of the library's indexes."""
        buffer = ctypes.create_string_buffer(2 * (count + 1))
        units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        letters = ""
        if pdfium.FPDFText_GetText(self._raw, 0, count, units) == count + 1:
            letters = buffer.raw[: 2 * count].decode("utf-16-le", "replace")
        if len(letters) != count:
            # Some letters have no code, or two: the text does not match the indexes.
            codes = (pdfium.FPDFText_GetUnicode(self._raw, index) for index in range(count))
            letters = "".join(chr(code) if code < _PAST_UNICODE else "\ufffd" for code in codes)
            letters = _TAG.sub(_tag, letters)
        return letters.translate(_REPLACED)

    def _pieces(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of a word that belong to one text object each."""
        if stop - start == 1 or pdfium.FPDFText_CountRects(self._raw, start, stop - start) == 1:
            yield start, stop
            return
        first, address = start, self._address(start)
        for index in range(start + 1, stop):
            here = self._address(index)
            if here != address:
                yield first, index
                first, address = index, here
        yield first, stop

    def _word(self, letters: str, start: int, stop: int, *, spaced: bool) -> Word:
        style, baseline = self._style(start)
        x0, y0, x1, y1 = self._box(start, stop)
        return Word(letters[start:stop], x0, y0, x1, y1, baseline, style, spaced)

    def _box(self, start: int, stop: int) -> Box:
        left, top, right, bottom = self._sides
        known = pdfium.FPDFText_CountRects(self._raw, start, stop - start) and (
            pdfium.FPDFText_GetRect(self._raw, 0, *self._pointers)
        )
        if not known:  # letters without ink
            x, y = ctypes.byref(left), ctypes.byref(top)
            pdfium.FPDFText_GetCharOrigin(self._raw, start, x, y)
            right.value, bottom.value = left.value, top.value
        return placed((left.value, bottom.value, right.value, top.value), self._way)

    def _address(self, index: int) -> int:
        text_object = pdfium.FPDFText_GetTextObject(self._raw, index)
        return ctypes.addressof(text_object.contents) if text_object else 0

    def _style(self, index: int) -> tuple[Style, float]:
        """Return the style and the baseline of the letter's text object."""
        address = self._address(index)
        if address and address in self._styles:
            return self._styles[address]
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._raw, index, matrix)
        _, b, _, d, _, f = self._way
        baseline = _finite(b * matrix.e + d * matrix.f + f)
        if not address:
            return _NO_STYLE, baseline
        text_object = pdfium.FPDFText_GetTextObject(self._raw, index)
        style = _style(text_object, matrix, self._way, self._orders.get(address, -1))
        self._styles[address] = style, baseline
        return style, baseline


def _style(text_object: object, matrix: pdfium.FS_MATRIX, way: Matrix, order: int) -> Style:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text_object, size)
    a, b, c, d, _, _ = way
    across, down = a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b
    font = pdfium.FPDFTextObj_GetFont(text_object)
    name = _font_name(font)
    bold, italic, mathematics = _look_of(name)
    flags = max(0, pdfium.FPDFFont_GetFlags(font)) if font else 0
    alpha, white = fill_of(text_object)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    return Style(
        size=_finite(abs(size.value) * (math.hypot(matrix.c, matrix.d) or 1.0)),
        font=name,
        bold=bold or bool(flags & _FORCED_BOLD),
        italic=italic or bool(flags & _ITALIC_FLAG),
        rotated=abs(down) > 0.2 * abs(across) or across < 0,
        mathematics=mathematics,
        invisible=mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE or alpha < _FAINT,
        white=white,
        order=order,
    )


def _tag(halves: re.Match[str]) -> str:
    """Return the character and another that says nothing, for there are two indexes."""
    return chr(0xE0000 + ord(halves[0][1]) - 0xDC00) + "\U000e0001"


def _finite(length: float) -> float:
    """Return 0 for what a damaged file gives as infinite or as no number at all."""
    return length if math.isfinite(length) else 0.0


def _font_name(font: object) -> str:
    if not font:
        return ""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return _SUBSET.sub("", name.value.decode("latin-1"))


@lru_cache(maxsize=1024)
def _look_of(font: str) -> tuple[bool, bool, bool]:
    """Return whether the name is that of a bold font, an italic one, and one of formulas."""
    return (
        _BOLD.search(font) is not None,
        _ITALIC.search(font) is not None,
        _MATHEMATICS.search(font) is not None,
    )
