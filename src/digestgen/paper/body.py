"""This module tells the running text of a paper from everything else on its pages.

It looks at the whole document: what most letters look like is the body, what stands at the
edge of page after page is a header.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from digestgen.paper.captions import begins_caption
from digestgen.paper.lines import Line, Page
from digestgen.paper.running import running_lines

Role = Literal["body", "heading", "header", "margin", "footnote", "front", "aside", "other"]

_HEADING = re.compile(r"(?:(?:\d{1,2}|[A-Z]|[IVX]+)(?:\.\d+)*\.?\s+)?[A-Z][\w ,:&\-–’'?/()]{3,80}")
_ABSTRACT = re.compile(r"abstract\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:[1I]\.?\s+[A-Z]|introduction\b)", re.IGNORECASE)
_INTRODUCTION = re.compile(r"(?:[1I]\.?\s+)?introduction", re.IGNORECASE)
_NEAR_SIZE = 0.8  # points
_OUTDENT, _INDENT = 5.0, 26.0  # points around a column's left edge
_SLACK = 8.0  # points that a line may stand out of its column on the right
_JUSTIFIED = 0.25  # of the lines have the same width, or the text is ragged
_NEIGHBOUR = 30.0  # points: closer text on the same baseline belongs to the same row
_NOTE_MARK = re.compile(r"[\d⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍʰ∗*†‡§¶]+(?![:.)\d])")
_RULE_SKIP = 20.0  # points from the rule to a first note without a mark
_MOST_RULES = 20  # over the notes of a column
_NOTE_SKIP = 6.0  # points from the rule to the first note
_FOOT = 0.75  # of the page's height: footnotes without a rule begin below


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """How the running text looks, and which lines are part of it.

    ``column`` is the width of a column and ``lefts`` where columns begin, in points.
    ``roles`` has one tuple a page, parallel to its lines. An "aside" is rotated or hidden, a
    "margin" line a number beside the text, "front" what stands over the abstract.
    """

    size: float
    font: str
    fonts: frozenset[str]
    column: float
    lefts: tuple[float, ...]
    two_columns: bool
    roles: tuple[tuple[Role, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the letters of the whole document say about its body."""

    size: float
    font: str
    fonts: frozenset[str]
    common: frozenset[tuple[int, str]]
    numbers: frozenset[int]
    column: float
    lefts: tuple[float, ...]

    def near_size(self, line: Line) -> bool:
        return abs(line.size - self.size) < _NEAR_SIZE

    def in_column(self, line: Line) -> bool:
        return any(
            -_OUTDENT < line.x0 - left < _INDENT and line.x1 < left + self.column + _SLACK
            for left in self.lefts
        )

    def at_left(self, line: Line, distance: float) -> bool:
        return any(abs(line.x0 - left) < distance for left in self.lefts)


def find_body(pages: Sequence[Page]) -> Body:
    """Return how the running text looks, and the role of every line."""
    look = _look(pages)
    roles = tuple(
        _PageRoles(page, look, running).roles()
        for page, running in zip(pages, running_lines(pages), strict=True)
    )
    wide = pages[0].width if pages else 0.0
    return Body(
        size=look.size,
        font=look.font,
        fonts=look.fonts,
        column=look.column,
        lefts=look.lefts,
        two_columns=look.column < 0.5 * wide and any(x > 0.45 * wide for x in look.lefts),
        roles=roles,
    )


def _look(pages: Sequence[Page]) -> _Look:
    lines = [line for page in pages for line in page.lines if not (line.hidden or line.rotated)]
    letters: Counter[tuple[float, str]] = Counter()
    rounded: Counter[tuple[int, str]] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2, line.font] += len(line.text)
        rounded[round(line.size), line.font] += len(line.text)
    size, font = max(letters, key=letters.__getitem__, default=(10.0, ""))
    total = letters.total()
    fonts = frozenset({font}) | {
        name
        for (height, name), count in letters.items()
        if abs(height - size) < _NEAR_SIZE and count > 0.04 * total
    }
    common = frozenset(key for key, n in rounded.items() if n > 0.1 * total and key[0] >= 7)
    full = [x for x in lines if abs(x.size - size) < _NEAR_SIZE and x.font in fonts]
    column, lefts = _columns([line for line in full if len(line.text) > 25])
    numbers = frozenset(
        side for p in pages for x in p.lines if x.numbers for side in (round(x.x0), round(x.x1))
    )
    return _Look(
        size=size,
        font=font,
        fonts=fonts,
        common=common,
        numbers=numbers,
        column=column,
        lefts=lefts,
    )


def _columns(lines: Iterable[Line]) -> tuple[float, tuple[float, ...]]:
    """Return the width of a column and where columns begin."""
    lines = list(lines)
    widths = Counter(round((line.x1 - line.x0) / 4) * 4 for line in lines)
    column = float(max(widths, key=widths.__getitem__, default=0))
    if widths[int(column)] < _JUSTIFIED * widths.total():
        column = _longest([line.x1 - line.x0 for line in lines], column)
    starts = Counter(
        round(line.x0 / 6) * 6
        for line in lines
        if abs(line.x1 - line.x0 - column) < max(_SLACK, 0.1 * column)
    )
    enough = 0.12 * starts.total()
    lefts = (float(x) for x, count in starts.most_common(6) if count > enough)
    return column, tuple(sorted(lefts))


def _longest(widths: Sequence[float], usual: float) -> float:
    """Return the width that ragged lines do not exceed."""
    within = sorted(width for width in widths if width < 1.25 * usual)
    return within[int(0.95 * (len(within) - 1))] if within else usual


class _PageRoles:
    """The roles of one page's lines, found from the certain to the likely."""

    def __init__(self, page: Page, look: _Look, running: frozenset[int]) -> None:
        self._page = page
        self._look = look
        self._running = running
        self._lines = page.lines
        self._roles: dict[int, Role] = {}
        self._order = sorted(range(len(page.lines)), key=lambda i: page.lines[i].baseline)
        self._baselines = [page.lines[i].baseline for i in self._order]
        self._alone = [self._is_alone(line) for line in page.lines]

    def roles(self) -> tuple[Role, ...]:
        """Return one role for each line."""
        self._mark_edges()
        for index, line in enumerate(self._lines):
            if index not in self._roles:
                self._mark_plain(index, line)
        if self._page.number == 1:
            self._mark_front()
        self._mark_narrow_runs()
        self._mark_neighbours()
        self._mark_neighbours()
        self._mark_footnotes()
        return tuple(self._roles.get(index, "other") for index in range(len(self._lines)))

    def _near(self, low: float, high: float) -> Iterable[int]:
        """Return the lines with a baseline between the two."""
        first, last = bisect_left(self._baselines, low), bisect_right(self._baselines, high)
        return self._order[first:last]

    def _is_alone(self, line: Line) -> bool:
        """Return whether no other text stands beside the line within its column."""
        for other in map(
            self._lines.__getitem__, self._near(line.baseline - 2.5, line.baseline + 2.5)
        ):
            gap = max(other.x0 - line.x1, line.x0 - other.x1)
            if other is line or len(other.text) < 2 or not 0 <= gap < _NEIGHBOUR:
                continue
            x0, x1 = min(line.x0, other.x0), max(line.x1, other.x1)
            for left in self._look.lefts:
                if left - 6 < x0 and x1 < left + self._look.column + _SLACK:
                    return False
        return True

    def _mark_edges(self) -> None:
        lines = self._lines
        left = min(self._look.lefts, default=0.0)
        numbers = [
            index
            for index, line in enumerate(lines)
            if line.numbers or (line.text.isdigit() and line.x1 < left)
        ]
        for index, line in enumerate(lines):
            if line.rotated or line.hidden:
                self._roles[index] = "aside"
            elif line.numbers or self._numbers_a_line(line):
                self._roles[index] = "margin"
            elif index in self._running:
                self._roles[index] = "header"
        if len(numbers) > 10:  # a manuscript for review
            self._roles.update(dict.fromkeys(numbers, "margin"))

    def _numbers_a_line(self, line: Line) -> bool:
        """Return whether the number stands where other pages have the numbers of their lines."""
        sides = {round(line.x0), round(line.x1)}
        return line.text.isdecimal() and bool(sides & self._look.numbers)

    def _mark_plain(self, index: int, line: Line) -> None:
        look, wide, count = self._look, line.x1 - line.x0, len(line.text)
        alone = self._alone[index] or wide > 0.96 * look.column
        usual = look.near_size(line) and line.font in look.fonts
        usual = usual or (round(line.size), line.font) in look.common
        full = usual and wide > 0.62 * look.column and count > 20
        full = full or (look.near_size(line) and wide > 0.9 * look.column and count > 30)
        if full and alone and look.in_column(line):
            self._roles[index] = "body"
        elif (
            line.bold
            and line.size >= look.size - 0.2
            and look.at_left(line, 14)
            and _HEADING.fullmatch(line.text)
        ):
            self._roles[index] = "heading"

    def _mark_front(self) -> None:
        """Mark the title block of the first page: what stands over the abstract."""
        lines = self._lines
        tops = [line.y0 for line in lines if _ABSTRACT.match(line.text)]
        if not tops:
            tops = [
                line.y0
                for index, line in enumerate(lines)
                if self._roles.get(index) == "body" or self._opens(index)
            ]
        top = min(tops, default=0.0)
        for index, line in enumerate(lines):
            high = line.y1 < min(top, 0.45 * self._page.height)
            if high and self._roles.get(index) not in {"aside", "header", "margin"}:
                self._roles[index] = "front"

    def _opens(self, index: int) -> bool:
        """Return whether the line is the heading of a first section."""
        text = self._lines[index].text
        heading = self._roles.get(index) == "heading" and _OPENING.match(text) is not None
        return heading or _INTRODUCTION.fullmatch(text) is not None

    def _mark_narrow_runs(self) -> None:
        """Mark justified lines narrower than the column: beside a drawing, or in a list."""
        groups: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for index, line in enumerate(self._lines):
            if self._may_be_narrow(index, line):
                groups[round(line.x0 / 2), round(line.x1 / 2)].append(index)
        for x0, x1 in list(groups):
            run = [
                index
                for key in ((x0 + a, x1 + b) for a in (0, 1) for b in (-1, 0, 1))
                for index in groups.get(key, ())
            ]
            self._mark_run(sorted(run, key=lambda i: self._lines[i].y0))

    def _may_be_narrow(self, index: int, line: Line) -> bool:
        look = self._look
        wide = line.x1 - line.x0
        return (
            self._roles.get(index) in {None, "body"}
            and self._alone[index]
            and len(line.text) > 12
            and (
                look.near_size(line)
                or (line.size >= 7 and wide > 0.8 * look.column and look.at_left(line, 12))
            )
        )

    def _mark_run(self, run: list[int]) -> None:
        for trio in zip(run, run[1:], run[2:], strict=False):
            first, second, third = (self._lines[index] for index in trio)
            if (
                first.baseline < second.baseline < third.baseline
                and third.baseline - first.baseline < 3 * self._look.size
                and first.x1 - first.x0 > 90
                and first.size == third.size
                and len({first.text, second.text, third.text}) == 3
            ):
                self._roles.update(dict.fromkeys(trio, "body"))

    def _mark_neighbours(self) -> None:
        """Mark the short first and last lines of paragraphs, and lines with formulas in them."""
        for index, line in enumerate(self._lines):
            if (
                index not in self._roles
                and self._alone[index]
                and abs(line.size - self._look.size) < 1.2
                and len(line.text) > 1
                and any(self._adjoins(line, self._lines[i]) for i in self._body_near(line))
            ):
                self._roles[index] = "body"

    def _body_near(self, line: Line) -> list[int]:
        reach = 1.5 * self._look.size
        near = self._near(line.baseline - reach, line.baseline + reach)
        return [index for index in near if self._roles.get(index) == "body"]

    def _adjoins(self, line: Line, text: Line) -> bool:
        return (
            abs(line.baseline - text.baseline) > 0.7 * self._look.size
            and abs(line.x0 - text.x0) < _INDENT
            and line.x1 < text.x1 + 6
            and (line.font in self._look.fonts or line.font == text.font or len(line.text) < 6)
        )

    def _mark_footnotes(self) -> None:
        """Mark the small print at the foot of a column, under a short rule or with a mark."""
        for left in self._look.lefts:
            column = [
                index
                for index, line in enumerate(self._lines)
                if left - _OUTDENT < line.x0 < left + self._look.column + _SLACK
                and self._roles.get(index) in {None, "body"}
            ]
            column.sort(key=lambda index: self._lines[index].y0)
            rules = self._footnote_rules(left)[:_MOST_RULES]
            for rule in rules:
                self._roles.update(dict.fromkeys(self._under(rule, column), "footnote"))
            notes = self._notes(column, max(rules, default=self._page.height) - 1)
            if any(begins_caption(self._lines[index]) for index in notes):
                continue  # a picture with its small print
            self._roles.update(dict.fromkeys(notes, "footnote"))

    def _under(self, rule: float, column: list[int]) -> list[int]:
        """Return the notes under a rule: LaTeX sets them over the figures of a column's foot."""
        notes: list[int] = []
        for index in column:
            line = self._lines[index]
            if line.y0 < rule - 1:
                continue
            last = self._lines[notes[-1]].y1 if notes else rule + _NOTE_SKIP
            if (
                not self._is_small(line)
                or line.y0 - last > 0.7 * line.size
                or begins_caption(line)
                or not (notes or _NOTE_MARK.match(line.text))
            ):
                break
            notes.append(index)
        return notes

    def _notes(self, column: list[int], rule: float) -> list[int]:
        """Return the small print at the end of the ``column``, from its rule or first mark on."""
        small = len(column)
        while small and self._is_small(self._lines[column[small - 1]]):
            small -= 1
        if not small or small == len(column):
            return []
        for at in range(small, len(column)):
            line = self._lines[column[at]]
            if begins_caption(line):
                return []  # what follows belongs to it
            marked = self._look.at_left(line, 22) and (
                _NOTE_MARK.match(line.text) or (self._page.number == 1 and len(line.text) > 40)
            )
            if 0 < line.y0 - rule < _RULE_SKIP or (marked and line.y0 > _FOOT * self._page.height):
                return column[at:]
        return []

    def _is_small(self, line: Line) -> bool:
        return line.size < self._look.size - 0.7

    def _footnote_rules(self, left: float) -> list[float]:
        """Return where short rules are, as they stand over footnotes."""
        return [
            rule[1]
            for rule in self._page.rules
            if abs(rule[0] - left) < 8
            and 0.15 < (rule[2] - rule[0]) / self._look.column < 0.55
            and rule[1] > 0.4 * self._page.height
        ]
