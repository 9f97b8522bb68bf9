"""This module puts the letters of a page together into lines of text.

A line ends where a column, a table cell or a large gap ends it, not at the page's edge.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2

from digestgen.paper.limits import Limits
from digestgen.paper.numbered_lines import line_numbers
from digestgen.paper.painting import Painting
from digestgen.paper.words import Box, Style, Word, displayed, read_words

FIRST_WORDS = 16
FIRST_STRETCHES = 4
_TINY = 1.5  # points: nobody reads that
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "\u2010": "-", "\u2011": "-",
}  # fmt: skip
_SUPERSCRIPTS = str.maketrans("0123456789abcdefgh", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰ")
_MARKS = re.compile(r"\d+|[a-h](?:,[a-h])*,?")
_LABELLED = re.compile(r"Fig(?:ure|\.)|Table|Algorithm", re.IGNORECASE)
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")


class Stretch(NamedTuple):
    """A part of a line's text in one font, up to the offset ``end``."""

    end: int
    font: str
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of text on one baseline; points from the top left of the page as displayed.

    ``letters`` are the boxes of its first letters, word by word, ``stretches`` the first parts of
    its ``text`` of which each has a font of its own. ``mathematics`` is the share of letters from
    fonts of formulas. ``hidden`` is text that a reader of the page does not see, ``numbers`` the
    number of a line of text.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    text: str
    size: float
    font: str
    bold: bool
    italic: bool
    rotated: bool
    hidden: bool
    letters: tuple[Box, ...]
    stretches: tuple[Stretch, ...] = ()
    mathematics: float = 0.0
    numbers: bool = False

    @property
    def box(self) -> Box:
        """Its bounds."""
        return self.x0, self.y0, self.x1, self.y1

    @property
    def lead(self) -> int:
        """How many characters share the first one's font."""
        return self.stretches[0].end if self.stretches else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on a page; ``number`` counts from 1.

    ``rules`` are thin horizontal strokes, ``drawings`` the bounds of images, paths, shadings
    and forms, bounded in number.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Box, ...]
    drawings: tuple[Box, ...]


def read_pages(document: pypdfium2.PdfDocument, *, limits: Limits) -> tuple[Page, ...]:
    """Return the pages of the document, at most ``limits.pages`` of them."""
    count = min(len(document), limits.pages)
    return tuple(_read_page(document, number, limits=limits) for number in range(1, count + 1))


def _read_page(document: pypdfium2.PdfDocument, number: int, *, limits: Limits) -> Page:
    page = document[number - 1]
    try:
        width, height, _ = displayed(page)
        painting = Painting(page, limits=limits)
        words = read_words(page, orders=painting.orders, limits=limits)
        sheet = (0.0, 0.0, width, height)
        return Page(
            number=number,
            width=width,
            height=height,
            lines=tuple(_lines(words, painting, sheet)),
            rules=tuple(painting.rules),
            drawings=tuple(painting.drawings),
        )
    finally:
        page.close()


def _lines(words: Sequence[Word], painting: Painting, sheet: Box) -> Iterator[Line]:
    numbers = line_numbers(words, height=sheet[3])
    for run in _runs([word for index, word in enumerate(words) if index not in numbers]):
        yield _line(run, painting, sheet)
    for index in sorted(numbers):
        yield replace(_line([words[index]], painting, sheet), numbers=True)


def _runs(words: Iterable[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        if run and not _follows(run[-1], word):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _follows(last: Word, word: Word) -> bool:
    """Return whether ``word`` goes on with the line of ``last``."""
    if _look(last) != _look(word):
        return False
    em = max(word.style.size, last.style.size, 4.0)
    gap = word.x0 - last.x1
    if gap > 0.5 * em and (_numbers(last, word) or _numbers(word, last)):
        return False
    widest = 2.5 if _LABELLED.fullmatch(last.letters) and word.letters[0].isdigit() else 1.3
    if not -2.0 * em < gap < widest * em or word.x1 < last.x0 - em:
        return False
    overlap = min(last.y1, word.y1) - max(last.y0, word.y0)
    height = min(last.y1 - last.y0, word.y1 - word.y0)
    return overlap > 0.2 * height or abs(last.baseline - word.baseline) < 0.45 * em


def _numbers(number: Word, text: Word) -> bool:
    """Return whether the first word is small print beside the other: the number of its line."""
    return (
        number.letters.isdecimal()
        and number.style.size < 0.8 * text.style.size
        and abs(number.baseline - text.baseline) < 1
    )


def _look(word: Word) -> tuple[bool, bool, bool]:
    return _seen(word), word.style.white, word.style.rotated


def _seen(word: Word) -> bool:
    return not (word.style.invisible or word.style.size < _TINY)


def _line(run: list[Word], painting: Painting, sheet: Box) -> Line:
    x0, y0 = min(w.x0 for w in run), min(w.y0 for w in run)
    x1, y1 = max(w.x1 for w in run), max(w.y1 for w in run)
    style = _main_style(run)
    text, stretches = _text(run)
    return Line(
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        baseline=median(w.baseline for w in run),
        text=text,
        size=round(style.size, 1),
        font=style.font,
        bold=run[0].style.bold,
        italic=run[0].style.italic,
        rotated=style.rotated,
        hidden=_hidden(run[0], (x0, y0, x1, y1), painting, sheet),
        letters=tuple((w.x0, w.y0, w.x1, w.y1) for w in run[:FIRST_WORDS]),
        stretches=stretches,
        mathematics=_mathematics(run),
    )


def _mathematics(run: list[Word]) -> float:
    formulas = sum(len(w.letters) for w in run if w.style.mathematics)
    return formulas / sum(len(w.letters) for w in run)


def _main_style(run: list[Word]) -> Style:
    """Return the style of most of the letters."""
    counts: Counter[tuple[float, str]] = Counter()
    for word in run:
        counts[round(word.style.size, 1), word.style.font] += len(word.letters)
    size_and_font = max(counts, key=counts.__getitem__)
    return next(w.style for w in run if (round(w.style.size, 1), w.style.font) == size_and_font)


def _text(run: list[Word]) -> tuple[str, tuple[Stretch, ...]]:
    """Return the text of the run, and its first parts that have a font of their own."""
    text = ""
    stretches: list[Stretch] = []
    # The first word may be raised over the one behind it: the mark of a note or an institution.
    for last, word in pairwise([run[min(1, len(run) - 1)], *run]):
        if text and word.style.font != last.style.font and len(stretches) < FIRST_STRETCHES:
            stretches.append(_stretch(len(text), last.style))
        if text and word.spaced and not _small_capitals(last, word):
            text += " "
        letters = _superscript(last, word)
        text += _LIGATURE.sub(lambda m: _LIGATURES[m[0]], letters)
    if len(stretches) < FIRST_STRETCHES:
        stretches.append(_stretch(len(text), run[-1].style))
    return text, tuple(stretches)


def _stretch(end: int, style: Style) -> Stretch:
    return Stretch(end, style.font, style.bold, style.italic)


def _superscript(last: Word, word: Word) -> str:
    """Return the letters, marks raised over the word before them as such."""
    size = last.style.size
    raised = last.baseline - word.baseline
    if (
        _MARKS.fullmatch(word.letters)
        and word.style.size < 0.85 * size
        and 0.2 * size < raised < size
        and not word.style.rotated
    ):
        return word.letters.translate(_SUPERSCRIPTS)
    return word.letters


def _small_capitals(last: Word, word: Word) -> bool:
    """Return whether the space between a capital and its smaller followers is only a guess."""
    return (
        last.style.size > word.style.size
        and last.letters[-1].isupper()
        and word.letters[0].isupper()
        and word.x0 - last.x1 < 0.12 * last.style.size
    )


def _hidden(first: Word, box: Box, painting: Painting, sheet: Box) -> bool:
    if not _seen(first):
        return True
    if box[2] < sheet[0] or box[3] < sheet[1] or box[0] > sheet[2] or box[1] > sheet[3]:
        return True
    order = first.style.order
    if first.style.white and not painting.backs(box, order):
        return True
    return painting.covers(box, order)
