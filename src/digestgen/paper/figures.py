"""This module finds the figures, tables and algorithms of a paper by their captions.

Each caption gets the region that explains the page best together with those of the others:
near, on the side where the document has its captions, leaving no drawing without one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pypdfium2

from digestgen.paper.body import Body
from digestgen.paper.boxes import across, along, area, shared
from digestgen.paper.captions import (
    Kind,
    Span,
    consistent,
    find_captions,
    may_have_captions,
)
from digestgen.paper.ink import Ink, see
from digestgen.paper.lines import Page
from digestgen.paper.regions import Proposal, propose
from digestgen.paper.scene import RuleKey, Scene, rule_key, set_scene
from digestgen.paper.words import Box

_BEAM = 60  # combinations that are followed
_BEST = 10  # proposals of one caption that are tried
_SMALLER = 0.7  # points
_NO_RULE = 200.0  # square points of something drawn
_NEAR = 40.0  # points from a drawing to its labels
_HABIT = 2.5  # what it is worth that a caption stands where others of its kind do
_BESIDE = 0.6  # of that for a caption at the side, as no other may be
_RULED = 1.2  # what it is worth that a table begins and ends with a rule
_HOLE = 3.0  # the highest price of white inside a region
_UNDRAWN = 1.5  # the price of a figure of nothing but text
_COARSE = 3.0  # points; the bounds of drawings are no finer
_NOTHING = -4.0  # the score of a caption without a region

Habits = Mapping[tuple[Kind, bool], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure, table or algorithm; ``bbox`` is the drawing without its caption."""

    kind: Kind
    label: str
    caption: str
    page: int
    bbox: Box
    caption_bbox: Box


def find_figures(
    pages: Sequence[Page], body: Body, document: pypdfium2.PdfDocument
) -> tuple[Found, ...]:
    """Find what has a caption and a region, in the order of the captions."""
    scenes = _scenes(pages, body, document)
    proposals = [
        [propose(scene, index) for index in range(len(scene.captions))] for scene in scenes
    ]
    habits = _habits(scenes, proposals)
    return tuple(
        found
        for scene, proposed in zip(scenes, proposals, strict=True)
        for found in _found(scene, _choose(scene, proposed, habits))
    )


def _scenes(pages: Sequence[Page], body: Body, document: pypdfium2.PdfDocument) -> list[Scene]:
    margin_rules = _margin_rules(pages)
    columns = _columns(body)
    looks = []
    for page, page_roles in zip(pages, body.roles, strict=True):
        if not may_have_captions(page):
            continue
        sheet = document[page.number - 1]
        ink = see(sheet).without(_beside_the_text(page, page_roles, columns))
        sheet.close()
        seen = _seen(page, ink)
        looks.append((page, page_roles, seen, ink, find_captions(page, page_roles, seen, columns)))
    kept = {(c.page, c.box) for c in consistent([c for look in looks for c in look[4]])}
    return [
        set_scene(
            page,
            ink,
            [c for c in captions if (c.page, c.box) in kept],
            roles=_roles(page, page_roles, seen, body),
            columns=columns,
            margin_rules=margin_rules,
        )
        for page, page_roles, seen, ink, captions in looks
        if any((c.page, c.box) in kept for c in captions)
    ]


def _roles(page: Page, roles: Sequence[str], seen: Sequence[bool], body: Body) -> list[str]:
    """Return what the search takes the lines for: small print at the top may be a drawing's."""
    drawn = [d for d in page.drawings if area(d) > _NO_RULE]
    return [
        "aside"
        if not visible
        else "other"
        if role == "front"
        and line.size < body.size - _SMALLER
        and any(across(line.box, d) > 0 and along(line.box, d) > -_NEAR for d in drawn)
        else role
        for line, role, visible in zip(page.lines, roles, seen, strict=True)
    ]


def _margin_rules(pages: Sequence[Page]) -> frozenset[RuleKey]:
    """Return the rules that stand at the upper or lower edge of page after page."""
    times = Counter(
        key
        for page in pages
        for key in {rule_key(r) for r in page.rules if not 0.12 < r[1] / page.height < 0.88}
    )
    return frozenset(key for key, count in times.items() if count > max(2, 0.4 * len(pages)))


def _beside_the_text(page: Page, roles: Sequence[str], columns: Sequence[Span]) -> list[Box]:
    """Return the numbers of lines, and what is written up the margins, such as a stamp."""
    left = min([x0 for x0, _ in columns], default=0.0)
    right = max([x1 for _, x1 in columns], default=page.width)
    return [
        line.box
        for line, role in zip(page.lines, roles, strict=True)
        if role == "margin"
        or (line.rotated and not line.hidden and (line.x1 < left or line.x0 > right))
    ]


def _seen(page: Page, ink: Ink) -> list[bool]:
    """Return which lines are there to see: a clip hides text that a PDF still holds."""
    rotated = [line.box for line in page.lines if line.rotated and ink.shows(line.letters)]
    return [
        not line.hidden
        and ink.shows(line.letters)
        and (line.rotated or sum(shared(line.box, r) for r in rotated) < 0.3 * area(line.box))
        for line in page.lines
    ]


def _columns(body: Body) -> tuple[Span, ...]:
    """Return where the columns of the running text begin and end."""
    lefts: list[float] = []
    for left in body.lefts:
        if not lefts or (body.two_columns and left > lefts[-1] + 0.8 * body.column):
            lefts.append(left)
    return tuple((left, left + body.column) for left in lefts)


def _habits(scenes: Sequence[Scene], proposals: Sequence[Sequence[Sequence[Proposal]]]) -> Habits:
    """Return how often the captions of a kind stand below (True) or above what they describe."""
    votes: Counter[tuple[Kind, bool]] = Counter()
    for scene, proposed in zip(scenes, proposals, strict=True):
        for caption, own in zip(scene.captions, proposed, strict=True):
            up = min((p.gap for p in own if p.above), default=99.0)
            down = min((p.gap for p in own if not p.above and not p.beside), default=99.0)
            if abs(up - down) > 6 and min(up, down) < 40:
                votes[caption.kind, up < down] += 1
    return {
        (kind, side): count / (votes[kind, True] + votes[kind, False])
        for (kind, side), count in votes.items()
    }


def _choose(
    scene: Scene, proposed: Sequence[Sequence[Proposal]], habits: Habits
) -> list[Proposal | None]:
    """Return for each caption its part in the best combination."""
    beam: list[tuple[float, list[Proposal | None]]] = [(0.0, [])]
    for own in proposed:
        scored = sorted(((_score(scene, p, habits), p) for p in own), key=lambda sp: -sp[0])
        grown = []
        for total, chosen in beam:
            grown.append((total + _NOTHING, [*chosen, None]))
            grown += [
                (total + score, [*chosen, p])
                for score, p in scored[:_BEST]
                if not any(c and _collide(c.box, p.box) for c in chosen)
            ]
        beam = sorted(grown, key=lambda tc: -tc[0])[:_BEAM]
    return max(beam, key=lambda tc: tc[0] - _unexplained(scene, tc[1]))[1]


def _collide(a: Box, b: Box) -> bool:
    return shared(a, b) > 0.05 * min(area(a), area(b))


def _score(scene: Scene, proposal: Proposal, habits: Habits) -> float:
    caption = scene.captions[proposal.caption]
    score = min(area(proposal.box), 60_000) / 30_000 - proposal.gap / 14
    score -= min(_HOLE, max(0.0, proposal.hole - 14) / 14)
    if caption.kind == "figure" and not scene.is_drawing(proposal.box):
        score -= _UNDRAWN
    if caption.kind == "table" and _is_ruled(scene, proposal.box):
        score += _RULED
    usual = habits.get((caption.kind, proposal.above), 0.0)
    score += _HABIT * (_BESIDE if proposal.beside else usual)
    if len(scene.columns) > 1:
        if proposal.wide and proposal.gutter < 0.04 and caption.box[2] - caption.box[0] < 260:
            score -= 3
        if not proposal.wide and proposal.gutter >= 0.04:
            score -= 1
    return score - _cut(scene, proposal.box)


def _is_ruled(scene: Scene, box: Box) -> bool:
    """Return whether the box begins and ends with rules as wide as itself."""
    wide = [r for r in scene.page.rules if abs(r[0] - box[0]) + abs(r[2] - box[2]) < 2 * _COARSE]
    return any(abs(rule[1] - box[1]) < _COARSE for rule in wide) and any(
        abs(rule[3] - box[3]) < _COARSE for rule in wide
    )


def _cut(scene: Scene, box: Box) -> float:
    """Return the price of drawings that the box cuts through."""
    wider = box[0] - _COARSE, box[1] - _COARSE, box[2] + _COARSE, box[3] + _COARSE
    return sum(
        2.0
        for drawing in scene.drawings
        if 0.03 * area(drawing) < shared(box, drawing)
        and shared(wider, drawing) < 0.9 * area(drawing)
    )


def _unexplained(scene: Scene, chosen: Sequence[Proposal | None]) -> float:
    """Return the price of drawings that no caption has."""
    boxes = [p.box for p in chosen if p]
    return sum(
        min(1.0, area(drawing) / 8_000) * 2
        for drawing in scene.drawings
        if not any(shared(box, drawing) > 0.5 * area(drawing) for box in boxes)
    )


def _found(scene: Scene, chosen: Sequence[Proposal | None]) -> list[Found]:
    return [
        Found(
            kind=caption.kind,
            label=caption.label,
            caption=caption.text,
            page=caption.page,
            bbox=proposal.box,
            caption_bbox=caption.box,
        )
        for caption, proposal in zip(scene.captions, chosen, strict=True)
        if proposal
    ]
