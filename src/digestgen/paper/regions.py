"""This module proposes regions of a page that a caption may belong to.

A proposal is free space above or below the caption, as far as running text lets it reach,
shrunk to its ink; cut short where wide gaps of white make another end likely.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digestgen.paper.boxes import across, along, area, around, holds
from digestgen.paper.captions import Caption, Span
from digestgen.paper.scene import Scene
from digestgen.paper.words import Box

_GAP = 6.0  # points of white that part two bands
_FAR = {"figure": 16.0, "table": 7.0, "algorithm": 7.0}  # text behind more white is not part of it
_CUTS = 4  # ends that are tried besides the farthest
_SMALLEST = 400.0  # square points
_LOWEST = 9.0
_NARROWEST = 50.0  # points that a drawing beside its caption is wide, at least
_FARTHEST = 20.0  # points that count of the white between the two


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A region for a caption; ``gap`` is the white between them, ``hole`` the widest inside.

    It stands ``above`` the caption, or ``beside`` it, or below.
    """

    caption: int
    box: Box
    above: bool
    gap: float
    hole: float
    wide: bool
    gutter: float
    beside: bool = False


def propose(scene: Scene, index: int) -> tuple[Proposal, ...]:
    """Return the regions that the caption at ``index`` may belong to."""
    caption = scene.captions[index]
    found: dict[tuple[int, ...], Proposal] = {}
    for span, wide in _spans(scene, caption):
        for above in (True, False):
            for strict in (True, False):
                free = _free(scene, caption, span, above=above, strict=strict)
                for box, hole in _ends(scene, caption, free, above=above):
                    if area(box) < _SMALLEST or box[3] - box[1] < _LOWEST:
                        continue
                    found.setdefault(
                        (above, *(round(edge / 2) for edge in box)),
                        Proposal(
                            caption=index,
                            box=box,
                            above=above,
                            gap=max(
                                0.0, caption.box[1] - box[3] if above else box[1] - caption.box[3]
                            ),
                            hole=hole,
                            wide=wide,
                            gutter=_gutter(scene, box),
                        ),
                    )
    found.update(((2, *map(round, p.box)), p) for p in _beside(scene, index))
    return tuple(found.values())


def _beside(scene: Scene, index: int) -> Iterator[Proposal]:
    """Yield drawings to the left or right of a caption that is as high as a part of them."""
    caption = scene.captions[index]
    x0, y0, x1, y1 = caption.box
    if caption.kind == "algorithm":
        return
    for left, right in ((scene.margins[0], x0 - 2), (x1 + 2, scene.margins[1])):
        column = next((c for c in scene.columns if c[0] - 12 < x0 and x1 < c[1] + 12), None)
        if column is not None and len(scene.columns) > 1:
            left, right = max(left, column[0] - 4), min(right, column[1] + 4)
        if right - left < _NARROWEST:
            continue
        others = [
            o
            for o in scene.obstacles
            if o != caption.box and min(o[2], right) - max(o[0], left) > 4
        ]
        middle = (y0 + y1) / 2
        top = max([o[3] for o in others if o[3] < middle], default=0.0)
        bottom = min([o[1] for o in others if o[1] > middle], default=scene.page.height)
        if any(o[1] < y1 and o[3] > y0 for o in others):
            continue
        box = scene.ink.bounds((left, top + 1, right, bottom - 1))
        if box and scene.is_drawing(box) and box[1] - 8 < y0 and y1 < box[3] + 8:
            gap = min(_FARTHEST, max(0.0, x0 - box[2], box[0] - x1))
            yield Proposal(
                caption=index,
                box=box,
                above=False,
                gap=gap,
                hole=0.0,
                wide=False,
                gutter=_gutter(scene, box),
                beside=True,
            )


def _spans(scene: Scene, caption: Caption) -> Iterator[tuple[Span, bool]]:
    """Yield where a region may lie from left to right, and whether that is the whole page."""
    left, right = scene.margins
    middle = (caption.box[0] + caption.box[2]) / 2
    if len(scene.columns) > 1:
        home = [
            c for c in scene.columns if c[0] - 12 < caption.box[0] and caption.box[2] < c[1] + 12
        ]
        for first, last in home:
            at = scene.columns.index((first, last))
            x0 = (scene.columns[at - 1][1] + first) / 2 if at else left
            x1 = (last + scene.columns[at + 1][0]) / 2 if at + 1 < len(scene.columns) else right
            yield (x0, x1), False
    for other in scene.captions:
        if other is caption or along(other.box, caption.box) < -28:
            continue
        if other.box[0] >= caption.box[2]:
            right = min(right, (caption.box[2] + other.box[0]) / 2)
        elif other.box[2] <= caption.box[0]:
            left = max(left, (caption.box[0] + other.box[2]) / 2)
    if left < middle < right:
        yield (left, right), True


def _free(scene: Scene, caption: Caption, span: Span, *, above: bool, strict: bool) -> Box | None:
    """Return the free space beside the caption, bounded by obstacles.

    When ``strict``, any obstacle within the span ends it; otherwise only those over or under
    the caption do, and the others narrow it.
    """
    x0, x1 = span
    core = (x0, x1) if strict else (max(x0, caption.box[0]), min(x1, caption.box[2]))
    start = caption.box[1] if above else caption.box[3]
    end = 0.0 if above else scene.page.height
    others = [o for o in scene.obstacles if o != caption.box]
    others += [rule for rule in scene.page.rules if _sticks_out(rule, span)]
    for o in others:
        if min(o[2], core[1]) - max(o[0], core[0]) < 4:
            continue
        if above and o[1] < caption.box[1] and o[3] <= start + 3:
            end = max(end, min(o[3], start))
        if not above and o[3] > caption.box[3] and o[1] >= start - 3:
            end = min(end, max(o[1], start))
    y0, y1 = (end, start) if above else (start, end)
    if y1 - y0 < _LOWEST:
        return None
    x0, x1 = _narrowed((x0, y0, x1, y1), caption.box, [*others, *_strays(scene, (x0, y0, x1, y1))])
    return (x0, y0 + 1, x1, y1 - 1) if x1 - x0 > 20 else None


def _sticks_out(rule: Box, span: Span) -> bool:
    """Return whether the rule belongs to something wider than the span."""
    return across((span[0], 0, span[1], 0), rule) > 20 and (
        rule[0] < span[0] - 20 or rule[2] > span[1] + 20
    )


def _narrowed(free: Box, core: Box, beside: Sequence[Box]) -> Span:
    """Return how much of the free space, left to right, what stands beside the core leaves."""
    x0, y0, x1, y1 = free
    for box in beside:
        if min(box[3], y1) - max(box[1], y0) < 2:
            continue
        if box[2] <= core[0] + 4:
            x0 = max(x0, box[2] + 1)
        elif box[0] >= core[2] - 4:
            x1 = min(x1, box[0] - 1)
    return x0, x1


def _strays(scene: Scene, free: Box) -> list[Box]:
    """Return the drawings of which only a tip reaches into the free space from the side."""
    return [
        piece
        for piece in scene.pieces
        if 0 < across(piece, free) < min(12.0, 0.2 * (piece[2] - piece[0]))
    ]


def _ends(
    scene: Scene, caption: Caption, free: Box | None, *, above: bool
) -> Iterator[tuple[Box, float]]:
    """Yield the ink of the free space from the caption to each likely end, farthest first."""
    bounds = scene.ink.bounds(free) if free else None
    if bounds is None:
        return
    bands = scene.ink.bands(bounds, gap=_GAP)
    bands = bands[::-1] if above else bands
    whole = _whole_drawings(scene, free) if free else []
    gaps = [0.0 if _is_inside(a, b, whole) else -along(a, b) for a, b in pairwise(bands)]
    widest = sorted(range(len(gaps)), key=lambda i: -gaps[i])[:_CUTS]
    for count in sorted({len(bands), *(i + 1 for i in widest)}, reverse=True):
        kept = _trimmed(scene, caption, bands[:count], gaps)
        box = scene.ink.bounds(around(kept))
        if box:
            yield box, max(gaps[: len(kept) - 1], default=0.0)


def _whole_drawings(scene: Scene, free: Box) -> list[Box]:
    """Return the pictures and forms in the free space: the white in one is part of it."""
    smallest, largest = 4 * _SMALLEST, 0.7 * scene.page.width * scene.page.height
    return [
        box
        for box in scene.page.drawings
        if smallest < area(box) < largest and holds(free, box, slack=4)
    ]


def _is_inside(a: Box, b: Box, drawings: Sequence[Box]) -> bool:
    """Return whether the white between two bands is part of one of the drawings."""
    upper, lower = (a, b) if a[1] < b[1] else (b, a)
    return any(d[1] < upper[3] + 1 and d[3] > lower[1] - 1 for d in drawings)


def _trimmed(
    scene: Scene, caption: Caption, bands: Sequence[Box], gaps: Sequence[float]
) -> Sequence[Box]:
    """Leave out far bands of nothing but text, where others have more than text."""
    plain = [not scene.is_drawn(band) for band in bands]
    if all(plain):
        return bands
    count = len(bands)
    last = max(i for i in range(count) if not plain[i])
    for i in range(last + 1, count):
        far = _FAR[caption.kind]
        if caption.kind == "table" and _has_columns(scene, bands[i]):
            far = _FAR["figure"]
        if gaps[i - 1] > far:
            return bands[:i]
    return bands


def _has_columns(scene: Scene, band: Box) -> bool:
    """Return whether the band has rows of cells: an equation has one row."""
    bounds = scene.ink.bounds(band)
    return (
        bounds is not None
        and bounds[3] - bounds[1] > 15
        and len(scene.ink.stripes(bounds, gap=_GAP)) > 1
    )


def _gutter(scene: Scene, box: Box) -> float:
    """Return how much of the box's height has ink in the white between two columns."""
    if len(scene.columns) < 2:
        return 0.0
    middle = (scene.columns[0][1] + scene.columns[1][0]) / 2
    if not box[0] < middle - 8 < middle + 8 < box[2]:
        return 0.0
    return scene.ink.rows_across(middle - 4, middle + 4, y0=box[1], y1=box[3])
