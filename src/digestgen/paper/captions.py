"""This module finds the captions of figures, tables and algorithms among a page's lines.

A sentence that begins with "Figure 3 shows" is not a caption; how the other captions of the
same document look decides where one page alone cannot.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from digestgen.paper.boxes import across, around
from digestgen.paper.lines import Line, Page
from digestgen.paper.words import Box

Span = tuple[float, float]  # from left to right
Kind = Literal["figure", "table", "algorithm"]

_KINDS: dict[str, Kind] = {"f": "figure", "t": "table", "a": "algorithm"}
_CAPTION = re.compile(
    r"(?:(?:Supplementary|Supplemental|Supp\.|Extended Data|Appendix)\s+)?"
    r"(?P<kind>Figure|Fig|FIGURE|FIG|Table|Tab|TABLE|TAB|Algorithm|ALGORITHM|Alg)(?:\.\s*|\s+|(?=\d))"
    r"(?P<label>[A-Z]{0,2}[.-]?\d+(?:[.-]\d+)*[a-z]?|[IVXLC]+|[A-Z]\.\d+)(?![\w%]|-\w)"
    r"(?:\s*\((?:cont|Cont)[^)]*\))?"
    r"(?P<mark>\s*(?:[:.|—–](?!\d)|-\s))?"
)
_WORD_GAP = 1.3  # of the letters' size: pieces of one line lie nearer together
_JUSTIFIED_GAP = 2.2
_MOST = 40  # of a page; no paper has more, a hostile file may
_UNEVEN = 1.6  # points; formulas push rows apart, but not their ink
_MOST_NEAR = 60  # pieces on either side that are looked at
_BESIDE = 60.0  # points from a caption to text beside it, and the least width of that
_LEADING = 1.65  # of the letters' size: the next line of a caption is not farther away


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A caption where it stands; ``marked`` says that a colon or the like follows its label."""

    kind: Kind
    label: str
    text: str
    page: int
    box: Box
    marked: bool
    style: tuple[str, float]
    members: frozenset[int]  # indexes of its lines in the page


def begins_caption(line: Line) -> bool:
    """Tell whether a line could be the first of a caption."""
    return _CAPTION.match(line.text) is not None


def may_have_captions(page: Page) -> bool:
    """Return whether a look at the page is worth its price."""
    return any(_CAPTION.match(line.text) for line in page.lines if not line.hidden)


def find_captions(
    page: Page, roles: Sequence[str], seen: Sequence[bool], columns: Sequence[Span]
) -> tuple[Caption, ...]:
    """Find what may be a caption; ``seen`` says which lines a reader of the page sees."""
    order = sorted(
        (index for index, line in enumerate(page.lines) if seen[index] and not line.rotated),
        key=lambda index: (page.lines[index].baseline, page.lines[index].x0),
    )
    starts = _starts(page, order, roles)
    right = max([x1 for _, x1 in columns], default=page.width) + 4
    beginnings = _column_beginnings(page, order) if starts else frozenset()
    found = []
    for index, match in list(starts.items())[:_MOST]:
        others = [
            i for i in order if i not in starts and not _is_beside(page, i, index, beginnings)
        ]
        rows = _rows(
            page,
            index,
            others,
            roles,
            edge=_edge(page.lines[index], columns, [page.lines[i] for i in starts]),
            titled=right if page.lines[index].text == match[0].strip() else 0.0,
        )
        members = [i for row in rows for i in row]
        first = page.lines[index]
        found.append(
            Caption(
                kind=_KINDS[match["kind"][0].lower()],
                label=match["label"],
                text=_text([" ".join(page.lines[i].text for i in row) for row in rows]),
                page=page.number,
                box=around([page.lines[i].box for i in members]),
                marked=match["mark"] is not None,
                style=(first.font, first.size),
                members=frozenset(members),
            )
        )
    return tuple(found)


def _starts(page: Page, order: Sequence[int], roles: Sequence[str]) -> dict[int, re.Match[str]]:
    """Return the lines that may begin a caption, by their indexes."""
    return {
        index: match
        for index in order
        if (match := _CAPTION.match(page.lines[index].text))
        and roles[index] != "header"
        and _stands_out(page, index, match, roles)
    }


def consistent(captions: Sequence[Caption]) -> tuple[Caption, ...]:
    """Keep those that look as captions look in this document, in their order."""
    marked = {
        kind: sum(c.marked for c in captions if c.kind == kind)
        > 0.4 * sum(c.kind == kind for c in captions)
        for kind in _KINDS.values()
    }
    left = [c for c in captions if c.marked or not marked[c.kind]]
    times = Counter((c.kind, c.label) for c in left)
    styles = Counter((c.kind, c.style) for c in left if times[c.kind, c.label] == 1)
    usual = {kind: [s for (k, s), _ in styles.most_common() if k == kind][:1] for kind in marked}
    return tuple(
        c
        for c in left
        if times[c.kind, c.label] == 1 or not usual[c.kind] or c.style in usual[c.kind]
    )


def _stands_out(page: Page, index: int, match: re.Match[str], roles: Sequence[str]) -> bool:
    """Return whether the line begins a caption rather than goes on with a sentence."""
    line = page.lines[index]
    emphasised = line.bold or (line.lead < len(line.text) and 0 <= line.lead - match.end() < 3)
    alone = line.text == match[0].strip()
    if not (match["mark"] or emphasised or alone or line.text[match.end() :].strip()[:1].isupper()):
        return False
    if (match["mark"] or "").strip() in ("", ".") and not emphasised:
        return not any(
            roles[i] == "body"
            and min(above.x1, line.x1) - max(above.x0, line.x0) > 20
            and -2 < line.y0 - above.y1 < 0.5 * line.size
            and abs(above.size - line.size) < 0.3
            for i, above in enumerate(page.lines)
            if i != index
        )
    return True


def _rows(
    page: Page,
    start: int,
    order: Sequence[int],
    roles: Sequence[str],
    *,
    edge: float,
    titled: float,
) -> list[list[int]]:
    """Return the indexes of the caption's lines by row, from ``start`` on down.

    A label that stands alone has its title under it, as far to the right as ``titled``.
    """
    rows = [_row(page, start, order, edge=edge)]
    while True:
        taken = {index for row in rows for index in row}
        left = [i for i in order if i not in taken]
        following = _next_row(page, rows, left, roles, titled=titled if len(rows) == 1 else 0.0)
        if following is None:
            return rows
        rows.append(_row(page, following, left, edge=edge))


def _is_beside(page: Page, index: int, start: int, beginnings: frozenset[int]) -> bool:
    """Return whether a piece goes on with the text beside a caption, not with the caption."""
    return index in beginnings and page.lines[index].x0 > page.lines[start].x0 + _BESIDE


def _column_beginnings(page: Page, order: Sequence[int]) -> frozenset[int]:
    """Return the pieces that begin as the lines over and under them do: text beside a drawing."""
    baselines = [page.lines[index].baseline for index in order]
    found = set()
    for at, index in enumerate(order):
        line = page.lines[index]
        reach = 3 * line.size
        first = max(bisect_left(baselines, line.baseline - reach), at - _MOST_NEAR)
        last = min(bisect_right(baselines, line.baseline + reach), at + _MOST_NEAR)
        neighbours = sum(
            abs(page.lines[i].x0 - line.x0) < 1
            and abs(page.lines[i].baseline - line.baseline) > 0.5 * line.size
            and page.lines[i].x1 - line.x0 > _BESIDE
            for i in order[first:last]
        )
        if neighbours > 1:
            found.add(index)
    return frozenset(found)


def _row(page: Page, first: int, order: Sequence[int], *, edge: float) -> list[int]:
    """Return ``first`` and the pieces that go on with its row: after a gap, raised or lowered.

    The words of a justified line may stand far apart up to the ``edge`` of its column.
    """
    row = [first]
    x0, y0, x1, y1 = page.lines[first].box
    size = page.lines[first].size
    for index in sorted(order, key=lambda i: page.lines[i].x0):
        piece = page.lines[index]
        gap = (_JUSTIFIED_GAP if piece.x1 < edge else _WORD_GAP) * size
        if (
            index != first
            and y0 - 1 < (piece.y0 + piece.y1) / 2 < y1 + 1
            and x0 - 1 <= piece.x0 <= x1 + gap
        ):
            row.append(index)
            x1 = max(x1, piece.x1)
    return row


def _edge(line: Line, columns: Sequence[Span], captions: Sequence[Line]) -> float:
    """Return where the column of the caption ends that begins with ``line``.

    That is before the next of the other ``captions`` on its right; 0 outside of columns.
    """
    column = next((x1 + 4 for x0, x1 in columns if x0 - 12 < line.x0 and line.x1 < x1 + 4), 0.0)
    beside = [
        other.x0
        for other in captions
        if other.x0 > line.x1 and abs(other.baseline - line.baseline) < 5 * line.size
    ]
    return min([column, *beside])


def _next_row(
    page: Page,
    rows: Sequence[Sequence[int]],
    order: Sequence[int],
    roles: Sequence[str],
    *,
    titled: float,
) -> int | None:
    """Return the line that begins the caption's next row, if there is one.

    Under a mere label that is a title in other letters, which may reach as far as ``titled``.
    """
    first, last = page.lines[rows[0][0]], page.lines[rows[-1][0]]
    box = around([page.lines[i].box for row in rows for i in row])
    below = [
        index
        for index in order
        if 0.5 * first.size < page.lines[index].baseline - last.baseline < _LEADING * first.size + 4
        and _aligned(page.lines[index], box, is_second=len(rows) == 1, titled=titled)
    ]
    if not below:
        return None
    line = page.lines[below[0]]
    leading = last.baseline - page.lines[rows[-2][0]].baseline if len(rows) > 1 else None
    gap = line.baseline - last.baseline
    ends = (
        roles[below[0]] in ("heading", "header")
        or abs(line.size - (first if titled or len(rows) < 2 else page.lines[rows[1][0]]).size)
        > (0.3 * first.size if titled else 0.9)
        or gap > _LEADING * first.size
        or (leading is not None and gap < leading - _UNEVEN)
        or (leading is not None and gap > leading + _UNEVEN and line.y0 > box[3] + 0.4 * line.size)
        or (len(rows) > 1 and _row_end(page, rows[-1]) < box[2] - 0.25 * (box[2] - box[0]))
        or any(
            last.y1 - 1 < rule[1] < line.y0 + 1 and across(rule, box) > 10 for rule in page.rules
        )
        or _is_table_row(page, below[0], order, box)
    )
    return None if ends else below[0]


def _aligned(line: Line, box: Box, *, is_second: bool, titled: float) -> bool:
    """Return whether ``line`` begins where a caption with these bounds goes on."""
    left = line.x0 - box[0]
    centred = abs(line.x0 + line.x1 - box[0] - box[2]) < 10
    fits = line.x1 < max(titled, box[2] + (60 if is_second else 8))
    return centred or (fits and (abs(left) < 4 or (is_second and -60 < left < 8)))


def _is_table_row(page: Page, index: int, order: Sequence[int], box: Box) -> bool:
    """Return whether other pieces stand on the line's baseline, too far away for words."""
    line = page.lines[index]
    on_baseline = [
        page.lines[i]
        for i in order
        if abs(page.lines[i].baseline - line.baseline) < 2 and page.lines[i].x0 < box[2] - 5
    ]
    reach = line.x1
    for piece in sorted(on_baseline, key=lambda piece: piece.x0):
        if piece.x0 > reach + _JUSTIFIED_GAP * line.size:
            return True
        reach = max(reach, piece.x1)
    return False


def _row_end(page: Page, row: Sequence[int]) -> float:
    return max(page.lines[index].x1 for index in row)


def _text(rows: Sequence[str]) -> str:
    """Join the rows, and words that a hyphen parts at a row's end."""
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(rows))
