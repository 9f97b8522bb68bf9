"""This module says how much a row stands out from the running text, by font, size and place."""

import re

from digestgen.paper.body import Body
from digestgen.paper.lines import Line
from digestgen.paper.reading_order import Row

_SMALL_CAPITALS = re.compile(r"caps|csc|sfcc|eccc|xcc\d|sc\d|-sc\b", re.IGNORECASE)


def _stretch_at(line: Line, start: int) -> int | None:
    """Return which stretch of the line's text holds the character at ``start``."""
    ends = (index for index, stretch in enumerate(line.stretches) if stretch.end > start + 1)
    return next(ends, None)


def parted(row: Row, text: str, start: int, body: Body) -> tuple[str, str]:
    """Return the title, and the sentence that goes on behind it in the body's font."""
    line = row.first
    at = _stretch_at(line, start)
    behind = [*line.stretches, *(s for other in row.lines[1:2] for s in other.stretches[:1])]
    if at is None or at + 1 >= len(behind):
        return text[start:], ""
    stretch, font = line.stretches[at], behind[at + 1].font
    plain = font == body.font or font in body.fonts
    if (stretch.bold or stretch.italic) and plain and stretch.end - start > 3:
        return text[start : stretch.end], text[stretch.end :].strip()
    return text[start:], ""


def is_run_in(row: Row, start: int) -> bool:
    """Return whether the row's title is set off from what follows it on the same row."""
    at = _stretch_at(row.first, start)
    return at is not None and (row.first.stretches[at].bold or row.first.stretches[at].italic)


def emphasis(row: Row, title: str, body: Body, start: int = 0) -> float:
    """Return how much the row stands out from the body: 0 not at all."""
    line = row.lines[-1]
    at = _stretch_at(row.first, start)
    own = row.first.stretches[at] if at is not None else None
    bold = (row.first.bold and (line.font != body.font or row.first.lead > 3)) or (
        own is not None and own.bold
    )
    large = min(2.0, max(0.0, max(x.size for x in row.lines) - body.size - 0.4))
    capitals = title.upper() == title and sum(c.isupper() for c in title) > 3
    small_capitals = _SMALL_CAPITALS.search(line.font) is not None
    italic = own is not None and own.italic and own.end - start > 3
    slanted = italic and own is not None and own.font != body.font and not row.is_formula
    if row.first.size < body.size - 0.6 and not (bold or capitals or slanted):
        return 0.0
    return bold + large + capitals + small_capitals + 0.4 * slanted


def stands_right(row: Row, body: Body, weight: float) -> bool:
    """Return whether a heading may stand here: at the left or in the middle of a column."""
    middle = (row.box[0] + row.box[2]) / 2
    return weight >= 1.0 or any(
        abs(row.first.x0 - left) < 16 or abs(middle - left - body.column / 2) < 8
        for left in body.lefts
    )
