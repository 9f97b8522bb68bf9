"""This module prepares a page for the search: what is drawn, what is in the way, the captions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digestgen.paper.boxes import across, along, area, around, holds, shared
from digestgen.paper.captions import Caption, Span
from digestgen.paper.ink import Ink
from digestgen.paper.lines import Line, Page
from digestgen.paper.words import Box

RuleKey = tuple[int, int, int]

_IN_THE_WAY = frozenset({"body", "heading", "header", "footnote", "front"})
_SAME_RULE = 3.0  # points: rules of one table begin and end together
_DESCENT = 0.8  # points of a caption's last line that its box may leave out
_NOTE_GAP, _NOTE_INDENT = 12.0, 24.0  # points from a note to the rule over it
_NEAR_TABLE = 22.0  # points from a caption to its table
_NEAR_RULE = 8.0  # points from an algorithm's caption to its rules
_PART = re.compile(r"\(?[a-h]\)\s?")
_MOST_RULES = 200  # of a page
_FRAME = 0.7  # of the page: what is larger than this frames the page, not a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A page with captions.

    ``strokes`` is its ink without the letters, ``pieces`` what of that hangs together,
    ``drawings`` the pieces that are no mere rules. ``obstacles`` are never part of a figure:
    running text, headings, captions.
    ``captions`` belong to figures, ``columns`` are those of the running text.
    """

    page: Page
    ink: Ink
    strokes: Ink
    pieces: tuple[Box, ...]
    drawings: tuple[Box, ...]
    obstacles: tuple[Box, ...]
    captions: tuple[Caption, ...]
    columns: tuple[Span, ...]
    margins: Span

    def is_drawn(self, box: Box) -> bool:
        """Return whether there is more than text in ``box``."""
        return self.strokes.amount(box) >= 0.03 * self.ink.amount(box)

    def is_drawing(self, box: Box) -> bool:
        """Return whether there is more than text and rules in ``box``."""
        return any(shared(box, drawing) > 0.5 * area(drawing) for drawing in self.drawings) or (
            self.strokes.amount(box) >= 0.25 * self.ink.amount(box)
        )


def set_scene(
    page: Page,
    ink: Ink,
    captions: Sequence[Caption],
    *,
    roles: Sequence[str],
    columns: Sequence[Span],
    margin_rules: frozenset[RuleKey],
) -> Scene:
    """Return the scene; ``margin_rules`` are those that stand on many pages (see `rule_key`)."""
    ink = ink.without((x0, y0, x1, y1 + _DESCENT) for x0, y0, x1, y1 in (c.box for c in captions))
    strokes = ink.without(line.box for line in page.lines if not line.hidden)
    pieces = strokes.drawings()
    drawings = [box for box in pieces if box[3] - box[1] > 12 and box[2] - box[0] > 12]
    obstacles = [
        *_text_in_the_way(page, captions, drawings, roles=roles, margin_rules=margin_rules),
        *_rules_in_the_way(page, captions, pieces, roles=roles, margin_rules=margin_rules),
        *(caption.box for caption in captions),
    ]
    return Scene(
        page=page,
        ink=ink,
        strokes=strokes,
        pieces=pieces,
        drawings=tuple(d for d in drawings if not any(holds(o, d, slack=2) for o in obstacles)),
        obstacles=tuple(obstacles),
        captions=tuple(captions),
        columns=tuple(columns),
        margins=_margins(page, columns),
    )


def rule_key(rule: Box) -> RuleKey:
    """Return where a rule is, to the point: the same on each page for a header's."""
    return round(rule[0]), round(rule[1]), round(rule[2])


def _margins(page: Page, columns: Sequence[Span]) -> Span:
    left = min([column[0] for column in columns] or [50.0])
    return min(left, 40.0), page.width - min(left, 40.0)


def _text_in_the_way(
    page: Page,
    captions: Sequence[Caption],
    drawings: Sequence[Box],
    *,
    roles: Sequence[str],
    margin_rules: frozenset[RuleKey],
) -> list[Box]:
    """Return the lines of running text, headings and the like, but not a table's or drawing's."""
    frames = [box for box in drawings if area(box) < _FRAME * page.width * page.height]
    frames += _tables(page, captions, roles, margin_rules)
    frames += _algorithms(page, captions)
    free = _part_captions(page, drawings).union(*(caption.members for caption in captions))
    return [
        line.box
        for index, line in enumerate(page.lines)
        if roles[index] == "header"
        or (
            roles[index] in _IN_THE_WAY
            and index not in free
            and not _is_numbers(line)
            and not any(holds(frame, line.box, slack=2) for frame in frames)
        )
    ]


def _rules_in_the_way(
    page: Page,
    captions: Sequence[Caption],
    pieces: Sequence[Box],
    *,
    roles: Sequence[str],
    margin_rules: frozenset[RuleKey],
) -> list[Box]:
    """Return the rules of the page's margins, over its notes, and over other algorithms."""
    headers = [line.box for line, role in zip(page.lines, roles, strict=True) if role == "header"]
    notes = [line for line, role in zip(page.lines, roles, strict=True) if role == "footnote"]
    of_headers = [
        piece
        for piece in pieces
        if _is_rule(piece) and any(-along(piece, header) < 8 for header in headers)
    ]
    return of_headers + [
        rule
        for rule in page.rules
        if rule_key(rule) in margin_rules
        or _opens_algorithm(rule, captions)
        or any(
            0 < note.y0 - rule[1] < _NOTE_GAP and abs(note.x0 - rule[0]) < _NOTE_INDENT
            for note in notes
        )
    ]


def _opens_algorithm(rule: Box, captions: Iterable[Caption]) -> bool:
    """Return whether the rule is the upper edge of a caption that stands between two."""
    return any(
        caption.kind == "algorithm"
        and -2 < caption.box[1] - rule[3] < _NEAR_RULE
        and across(rule, caption.box) > 0
        for caption in captions
    )


def _is_rule(piece: Box) -> bool:
    return piece[3] - piece[1] < 7 and piece[2] - piece[0] > 100


def _is_numbers(line: Line) -> bool:
    """Return whether the line is a table's row rather than prose."""
    letters = line.text.replace(" ", "")
    return sum(letter.isdigit() for letter in letters) > 0.4 * len(letters)


def _part_captions(page: Page, drawings: Sequence[Box]) -> set[int]:
    """Return the lines under a drawing that begin with "(a)", and those that go on with them."""
    found: set[int] = set()
    for index, line in sorted(enumerate(page.lines), key=lambda pair: pair[1].y0):
        above = [page.lines[i] for i in found]
        if (
            _PART.match(line.text)
            and any(across(d, line.box) > 0 and -2 < line.y0 - d[3] < 16 for d in drawings)
        ) or any(
            0 < line.baseline - a.baseline < 1.6 * a.size
            and abs(line.size - a.size) < 0.5
            and across(line.box, a.box) > 0.8 * (line.x1 - line.x0)
            for a in above
        ):
            found.add(index)
    return found


def _tables(
    page: Page,
    captions: Sequence[Caption],
    roles: Sequence[str],
    margin_rules: frozenset[RuleKey],
) -> list[Box]:
    """Return the boxes between rules of one length that hold no running text and no caption."""
    rules = sorted((r for r in page.rules if rule_key(r) not in margin_rules), key=lambda r: r[1])
    breaks = [caption.box for caption in captions] + [
        line.box
        for line, role in zip(page.lines, roles, strict=True)
        if role in {"header", "footnote"} or (role == "heading" and not _is_cell(line, page))
    ]
    boxes = [
        around((upper, lower))
        for index, upper in enumerate(rules[:_MOST_RULES])
        for lower in [r for r in rules[index + 1 : _MOST_RULES] if _continues(upper, r)][:1]
    ]
    whole = [
        box for box in boxes if not any(across(box, b) > 4 and along(box, b) > 2 for b in breaks)
    ]
    tables = [caption.box for caption in captions if caption.kind == "table"]
    kept = [box for box in whole if not _is_prose(box, page, roles)]
    for box in whole:  # from the top: a table of sentences hangs together from its caption on
        if box not in kept and any(_adjoins(box, other) for other in (*tables, *kept)):
            kept.append(box)
    for box in reversed(whole):
        if box not in kept and any(_adjoins(box, other) for other in (*tables, *kept)):
            kept.append(box)
    return kept


def _is_cell(line: Line, page: Page) -> bool:
    """Return whether other text stands to the right on the same baseline, as in a table's head."""
    return any(
        abs(other.baseline - line.baseline) < 1 and other.x0 > line.x1 and other.size == line.size
        for other in page.lines
    )


def _adjoins(box: Box, other: Box) -> bool:
    """Return whether one is right over the other."""
    return across(box, other) > 0 and -_NEAR_TABLE < along(box, other) < 2


def _algorithms(page: Page, captions: Sequence[Caption]) -> list[Box]:
    """Return the boxes under those captions that stand between two of an algorithm's rules."""
    found = []
    for caption in captions:
        near = [r for r in page.rules if across(r, caption.box) > 0]
        over = [r for r in near if -2 < caption.box[1] - r[3] < _NEAR_RULE]
        under = [r for r in near if -2 < r[1] - caption.box[3] < _NEAR_RULE]
        if caption.kind == "algorithm" and over and under:
            upper = min(under)
            lower = sorted((r for r in near if _continues(upper, r)), key=lambda r: r[1])[:1]
            found += [around((upper, r)) for r in lower]
    return found


def _continues(upper: Box, lower: Box) -> bool:
    """Return whether the lower rule may belong to the same table."""
    return (
        abs(upper[0] - lower[0]) < _SAME_RULE
        and abs(upper[2] - lower[2]) < _SAME_RULE
        and lower[1] > upper[3] + 4
    )


def _is_prose(box: Box, page: Page, roles: Sequence[str]) -> bool:
    """Return whether lines as long as the box follow each other as in a paragraph."""
    long = [
        line
        for line, role in zip(page.lines, roles, strict=True)
        if role == "body"
        and line.x1 - line.x0 > 0.93 * (box[2] - box[0])
        and holds(box, line.box, slack=2)
    ]
    return len(long) >= 3
