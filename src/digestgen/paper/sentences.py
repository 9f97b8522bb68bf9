"""This module makes paragraphs and sentences of rows, and knows where each sentence stands."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digestgen.model import Sentence
from digestgen.paper.body import Body
from digestgen.paper.joining import Vocabulary, joined, without_marks
from digestgen.paper.reading_order import Row
from digestgen.text import sentences, squeeze

FORMULA = "[formula]"  # stands where a displayed formula stood

_TOO_MUCH_MATHEMATICS = 0.2  # of a sentence's letters
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
_BULLET = re.compile(r"[•◦▪‣∗–]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
_SENTENCE_END = re.compile(r"[.!?:][\"”')\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text, and from which offset on it comes from which row."""

    text: str
    starts: tuple[int, ...]
    rows: tuple[Row, ...]


def paragraphs(rows: Sequence[Row], body: Body, known: Vocabulary) -> tuple[Paragraph, ...]:
    """Return the paragraphs of consecutive rows; ``known`` are the words of the paper."""
    return tuple(_paragraph(group, known) for group in _groups(rows, body))


def located(paragraph: Paragraph) -> Iterator[Sentence]:
    """Yield the sentences of the paragraph, each with the place where it begins."""
    end = 0
    for text in sentences(paragraph.text):
        start = paragraph.text.find(text, end)
        end = start + len(text)
        first = bisect_right(paragraph.starts, start) - 1
        last = bisect_right(paragraph.starts, end - 1)
        rows = paragraph.rows[first:last]
        here = [r for r in rows if (r.page, r.column) == (rows[0].page, rows[0].column)]
        boxes = [row.box for row in here]
        yield Sentence(
            text=text,
            page=rows[0].page,
            box=(
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            ),
            noise=_is_noise(text, rows),
        )


def _groups(rows: Sequence[Row], body: Body) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        if group and _begins(group, row, body):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _begins(group: Sequence[Row], row: Row, body: Body) -> bool:
    """Return whether ``row`` begins a paragraph after ``group``."""
    last = group[-1]
    if row.is_formula or last.is_formula:
        return False
    if _BULLET.match(row.text):
        return True
    short = last.box[2] < _right(last, body) - 0.2 * body.column
    ended = _SENTENCE_END.search(last.text) is not None
    if (row.page, row.column) != (last.page, last.column):
        return ended and (short or _indent(row, body) > 6)
    indent = row.first.x0 - last.first.x0
    far = row.first.baseline - last.first.baseline > 1.75 * max(row.first.size, last.first.size)
    return far or (ended and (short or 6 < indent < 60))


def _indent(row: Row, body: Body) -> float:
    return min((d for left in body.lefts if (d := row.first.x0 - left) > -3), default=0.0)


def _right(row: Row, body: Body) -> float:
    """Return where the row's column ends."""
    return row.first.x0 - _indent(row, body) + body.column


def _paragraph(group: Iterable[Row], known: Vocabulary) -> Paragraph:
    text = ""
    starts: list[int] = []
    rows: list[Row] = []
    for row in group:
        words = FORMULA if row.is_formula else without_marks(squeeze(row.text))
        if not words or (row.is_formula and rows and rows[-1].is_formula):
            continue
        longer = joined(text, words, known)
        starts.append(len(longer) - len(words))
        rows.append(row)
        text = longer
    return Paragraph(text=text, starts=tuple(starts), rows=tuple(rows))


def _is_noise(text: str, rows: Iterable[Row]) -> bool:
    """Return whether the sentence cannot be read without its formulas."""
    if FORMULA in text or _UNREADABLE.search(text):
        return True
    lines = [line for row in rows for line in row.lines]
    letters = sum(len(line.text) for line in lines)
    symbols = sum(line.mathematics * len(line.text) for line in lines)
    return symbols > _TOO_MUCH_MATHEMATICS * letters
