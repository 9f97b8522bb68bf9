"""This module puts the lines of a paper into the order in which a person reads them.

What is not running text stays out: headers, notes, numbers in the margin, figures and captions.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digestgen.paper.body import Body, Role
from digestgen.paper.lines import Line, Page
from digestgen.paper.words import Box

_READ: frozenset[Role] = frozenset({"body", "heading", "other"})
_SAME_ROW = 3.0  # points between baselines
_CROSSING = 20.0  # points on either side of the gutter: a line over both columns
_GUTTER = 8.0  # points left of the right column's edge
_WORD_GAP = 40.0  # points: pieces farther apart are no row
_WORD = re.compile(r"[^\W\d_]{3,}")
_EQUATION_NUMBER = re.compile(r"\(?[A-Z]?\.?\d{1,3}(?:\.\d+)?[a-z]?\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The text of one baseline within a column, on ``page``.

    ``column`` is 0 or 1, or -1 for what goes over both; ``is_formula`` says that it is no
    language.
    """

    page: int
    column: int
    lines: tuple[Line, ...]
    text: str
    is_body: bool
    is_formula: bool

    @property
    def box(self) -> Box:
        """Its bounds on the page."""
        return (
            min(line.x0 for line in self.lines),
            min(line.y0 for line in self.lines),
            max(line.x1 for line in self.lines),
            max(line.y1 for line in self.lines),
        )

    @property
    def first(self) -> Line:
        """Its leftmost piece."""
        return self.lines[0]


def in_order(
    pages: Sequence[Page], body: Body, boxes: Mapping[int, Sequence[Box]]
) -> tuple[Row, ...]:
    """Return the rows of the running text; ``boxes`` are taken out of it, by page number."""
    return tuple(
        row
        for page, roles in zip(pages, body.roles, strict=True)
        for row in _page_rows(page, roles, body, boxes.get(page.number, ()))
    )


def _page_rows(
    page: Page, roles: Sequence[Role], body: Body, boxes: Sequence[Box]
) -> Iterator[Row]:
    kept = [
        (line, role)
        for line, role in zip(page.lines, roles, strict=True)
        if role in _READ and not any(_inside(line, box) for box in boxes)
    ]
    is_body = {id(line): role != "other" for line, role in kept}
    gutter = _gutter(page, body)
    for column, lines in _bands([line for line, _ in kept], gutter):
        for pieces in _baselines(lines):
            for near in _parts(pieces, is_body):
                yield _row(page.number, column, near, is_body)


def _inside(line: Line, box: Box) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
    return box[0] - 2 < x < box[2] + 2 and box[1] - 2 < y < box[3] + 2


def _gutter(page: Page, body: Body) -> float | None:
    """Return where the right column begins, or None in one column."""
    if not body.two_columns:
        return None
    return min(left for left in body.lefts if left > 0.45 * page.width) - _GUTTER


def _bands(lines: Sequence[Line], gutter: float | None) -> Iterator[tuple[int, list[Line]]]:
    """Yield the columns of each band between lines that go over both."""
    if gutter is None:
        yield 0, list(lines)
        return
    crossing = sorted(
        (x for x in lines if x.x0 < gutter - _CROSSING and x.x1 > gutter + _CROSSING),
        key=lambda line: line.baseline,
    )
    apart = {id(line) for line in crossing}
    rest = [line for line in lines if id(line) not in apart]
    done = float("-inf")
    for line in crossing:
        yield from _two_columns(rest, gutter, done, line.baseline)
        yield -1, [line]
        done = line.baseline
    yield from _two_columns(rest, gutter, done, float("inf"))


def _two_columns(
    lines: Iterable[Line], gutter: float, above: float, below: float
) -> Iterator[tuple[int, list[Line]]]:
    band = [line for line in lines if above < line.baseline <= below]
    yield 0, [line for line in band if line.x0 < gutter]
    yield 1, [line for line in band if line.x0 >= gutter]


def _baselines(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines that share a baseline, from the top, each from the left."""
    group: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.baseline, line.x0)):
        if group and line.baseline - group[0].baseline > _SAME_ROW:
            yield sorted(group, key=lambda line: line.x0)
            group = []
        group.append(line)
    if group:
        yield sorted(group, key=lambda line: line.x0)


def _parts(pieces: list[Line], is_body: Mapping[int, bool]) -> Iterator[list[Line]]:
    """Yield what belongs together on a baseline: a drawing's letters may stand beside text."""
    part: list[Line] = []
    for line in pieces:
        if (
            part
            and line.x0 - part[-1].x1 > _WORD_GAP
            and is_body[id(line)] != is_body[id(part[-1])]
        ):
            yield part
            part = []
        part.append(line)
    yield part


def _row(page: int, column: int, lines: list[Line], is_body: Mapping[int, bool]) -> Row:
    text = " ".join(line.text for line in lines)
    body = any(is_body[id(line)] for line in lines)
    return Row(
        page=page,
        column=column,
        lines=tuple(lines),
        text=text,
        is_body=body,
        is_formula=_is_formula(lines, text, strictly=body),
    )


def _is_formula(lines: Sequence[Line], text: str, *, strictly: bool) -> bool:
    """Return whether the row holds symbols rather than language."""
    letters = sum(len(line.text) for line in lines)
    symbols = sum(line.mathematics * len(line.text) for line in lines) / letters
    words = sum(len(word) for word in _WORD.findall(text)) / letters
    if strictly:
        return symbols > 0.4 and words < 0.3
    spread = any(b.x0 - a.x1 > _WORD_GAP for a, b in pairwise(lines))
    if _EQUATION_NUMBER.fullmatch(text) or symbols > 0.25:
        return words < 0.6
    return words < 0.3 or (spread and words < 0.5) or (letters < 5 and not text.islower())
