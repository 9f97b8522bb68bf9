"""This module finds what runs along the edges of the pages: headers, footers, page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from digestgen.paper.lines import Line, Page

_DIGITS = re.compile(r"\d+")
_EDGE = 0.09  # of the page's height: what is repeated there is a header or footer
_DEEP_EDGE = 0.17  # as far as a row that stands apart at the same place of many pages may be
_RIM = 0.05  # nothing else stands so near to the edge
_SAME_ROW = 1.5  # points between baselines
_APART = 1.3  # times the usual distance of rows
_OFTEN = 0.35  # of the pages
_FEWEST = 3  # pages, or two when a page number is there
_USUAL = (6.0, 40.0)  # points from row to row

_SAME_PLACE = 3.0
_CELL = 4  # characters; a shorter text at the edge of many pages may be a table's
_MOST_PIECES = 4  # of a header
_NEAR_RULE = 9.0  # points from a row of a table to the rules over and under it

Row = list[int]


class _Edge(NamedTuple):
    """The outermost row of a page, above or below all others."""

    page: int
    row: Row
    baseline: float
    size: float
    numbered: bool


def running_lines(pages: Sequence[Page]) -> tuple[frozenset[int], ...]:
    """Return for each page the indexes of the lines that are no part of its text."""
    rows = [_rows(page) for page in pages]
    at_edges = [_at_edges(page) for page in pages]
    times = Counter(
        key
        for page, edge in zip(pages, at_edges, strict=True)
        for key in {_key(page.lines[index]) for index in edge}
    )
    found = [
        {index for index in edge if _runs(page.lines[index], page, times)}
        - {i for row in of_page if len(row) > 2 and _is_table_row(page, row) for i in row}
        | _numbers(page, of_page, edge)
        for page, of_page, edge in zip(pages, rows, at_edges, strict=True)
    ]
    leading, size = _leading(pages, rows), _size(pages)
    for above in (True, False):
        edges = [
            edge
            for at, page in enumerate(pages)
            if (edge := _edge(at, page, rows[at], leading, above=above))
            and not _is_heading(page.lines[edge.row[0]], size)
        ]
        for edge in _alike(edges, len(pages)):
            found[edge.page].update(edge.row)
    return tuple(map(frozenset, found))


def _at_edges(page: Page) -> frozenset[int]:
    """Return the indexes of the lines near the upper and lower edges of the page."""
    upper, lower = _EDGE * page.height, (1 - _EDGE) * page.height
    return frozenset(
        index
        for index, line in enumerate(page.lines)
        if _is_text(line) and (line.y1 < upper or line.y0 > lower)
    )


def _key(line: Line) -> tuple[str, int]:
    """Return what is the same on every page: the text but for its numbers, and its height."""
    return _DIGITS.sub("#", line.text), round(line.baseline / _SAME_PLACE)


def _runs(line: Line, page: Page, times: Counter[tuple[str, int]]) -> bool:
    text, place = _key(line)
    often = sum(times[text, near] for near in (place - 1, place, place + 1)) > 2
    return (often and len(text) > _CELL) or line.y1 < _RIM * page.height


def _numbers(page: Page, rows: Sequence[Row], edge: frozenset[int]) -> set[int]:
    """Return the page's number in its first or last row, which holds little else."""
    return {
        index
        for row in (*rows[:1], *rows[-1:])
        if not _is_table_row(page, row)
        for index in row
        if page.lines[index].text.isdecimal() and index in edge
    }


def _is_text(line: Line) -> bool:
    return not (line.rotated or line.hidden or line.numbers)


def _rows(page: Page) -> list[Row]:
    """Return the indexes of the page's lines by baseline, from the top."""
    lines = page.lines
    order = sorted(
        (index for index, line in enumerate(lines) if _is_text(line)),
        key=lambda index: lines[index].baseline,
    )
    rows: list[Row] = []
    for index in order:
        if rows and lines[index].baseline - lines[rows[-1][0]].baseline < _SAME_ROW:
            rows[-1].append(index)
        else:
            rows.append([index])
    return rows


def _leading(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> float:
    """Return the usual distance of rows."""
    gaps = [
        gap
        for page, of_page in zip(pages, rows, strict=True)
        for a, b in pairwise(of_page)
        if _USUAL[0] < (gap := page.lines[b[0]].baseline - page.lines[a[0]].baseline) < _USUAL[1]
    ]
    return median(gaps) if gaps else _USUAL[0]


def _size(pages: Sequence[Page]) -> float:
    """Return the size of most letters."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[line.size] += len(line.text)
    return max(letters, key=letters.__getitem__, default=10.0)


def _is_heading(line: Line, size: float) -> bool:
    """Return whether the line looks like the title of a section rather than a running one."""
    return line.size > size + 0.8 or (line.bold and line.size > size - 0.3)


def _edge(at: int, page: Page, rows: Sequence[Row], leading: float, *, above: bool) -> _Edge | None:
    """Return the first or last row of the page where it stands apart at the page's edge."""
    if len(rows) < 2:
        return None
    row, following = (rows[0], rows[1]) if above else (rows[-1], rows[-2])
    first = page.lines[row[0]]
    gap = abs(first.baseline - page.lines[following[0]].baseline)
    depth = (first.y1 if above else page.height - first.y0) / page.height
    if depth > _DEEP_EDGE or gap < _APART * leading or _is_table_row(page, row):
        return None
    numbered = any(page.lines[index].text.isdecimal() for index in row)
    return _Edge(at, row, first.baseline, first.size, numbered)


def _is_table_row(page: Page, row: Row) -> bool:
    """Return whether the row has many cells or stands between two rules."""
    lines = [page.lines[index] for index in row]
    top, bottom = min(line.y0 for line in lines), max(line.y1 for line in lines)
    over = any(0 <= top - rule[3] < _NEAR_RULE for rule in page.rules)
    under = any(0 <= rule[1] - bottom < _NEAR_RULE for rule in page.rules)
    return len(row) > _MOST_PIECES or (over and under)


def _alike(edges: Sequence[_Edge], pages: int) -> Iterable[_Edge]:
    """Yield those of the edges that look alike at the same place of many pages."""
    places: defaultdict[tuple[int, float], list[_Edge]] = defaultdict(list)
    for edge in edges:
        places[round(edge.baseline / _SAME_ROW), edge.size].append(edge)
    for place, size in places:
        near = [e for at in (place - 1, place, place + 1) for e in places.get((at, size), ())]
        fewest = 2 if sum(edge.numbered for edge in near) > 1 else _FEWEST
        if len(near) >= max(fewest, _OFTEN * pages):
            yield from near
