"""This module sees a page as ink on white: where something was drawn, and where nothing was.

Boxes are in points from the top left of the page, as everywhere in this package.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from digestgen.paper.words import Box

SCALE = 100 / 72  # pixels per point: coarse enough to be quick, fine enough to part table rows
WHITEST = 250  # of 255; lighter than this is paper, or a tint behind text
CELL = 4  # pixels; strokes this near to each other belong to one drawing
MAX_PIXELS = 4_000_000  # a page of three square metres is no page


@dataclass(frozen=True, slots=True)
class Ink:
    """The dark pixels of one page."""

    pixels: NDArray[np.bool_]
    scale: float = SCALE

    def bounds(self, box: Box) -> Box | None:
        """The smallest box around the ink inside ``box``, or None where there is none."""
        part, left, top = self._part(box)
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if not len(rows):
            return None
        return (
            (left + float(columns[0])) / self.scale,
            (top + float(rows[0])) / self.scale,
            (left + float(columns[-1]) + 1) / self.scale,
            (top + float(rows[-1]) + 1) / self.scale,
        )

    def bands(self, box: Box, *, gap: float) -> tuple[Box, ...]:
        """The stripes of ink inside ``box`` from the top, parted by ``gap`` points of white."""
        part, _, top = self._part(box)
        return tuple(
            (box[0], (top + first) / self.scale, box[2], (top + last + 1) / self.scale)
            for first, last in _runs(np.atleast_1d(part.any(axis=1)), gap * self.scale)
        )

    def stripes(self, box: Box, *, gap: float) -> tuple[Box, ...]:
        """The same from the left to the right."""
        part, left, _ = self._part(box)
        return tuple(
            ((left + first) / self.scale, box[1], (left + last + 1) / self.scale, box[3])
            for first, last in _runs(np.atleast_1d(part.any(axis=0)), gap * self.scale)
        )

    def amount(self, box: Box) -> int:
        """How many pixels are dark inside ``box``."""
        return int(self._part(box)[0].sum())

    def rows_across(self, x0: float, x1: float, *, y0: float, y1: float) -> float:
        """The share of rows from ``y0`` to ``y1`` that have ink between ``x0`` and ``x1``."""
        part, _, _ = self._part((x0, y0, x1, y1))
        return float(part.any(axis=1).mean()) if part.size else 0.0

    def shows(self, boxes: Iterable[Box]) -> bool:
        """Whether most of ``boxes`` have ink: text that a clip hides has none."""
        seen = [bool(self._part(box)[0].any()) for box in boxes]
        return sum(seen) > 0.7 * len(seen)

    def without(self, boxes: Iterable[Box]) -> "Ink":
        """The same page with ``boxes`` wiped clean."""
        pixels = self.pixels.copy()
        for x0, y0, x1, y1 in boxes:
            rows, columns = self._slices((x0 - 0.7, y0 - 0.7, x1 + 0.7, y1 + 0.7))
            pixels[rows, columns] = False
        return Ink(pixels, self.scale)

    def drawings(self) -> tuple[Box, ...]:
        """The bounds of what hangs together, give or take a few points."""
        height, width = self.pixels.shape
        padded = np.pad(self.pixels, ((0, -height % CELL), (0, -width % CELL)))
        rows, columns = padded.shape[0] // CELL, padded.shape[1] // CELL
        blocks = padded.reshape(rows, CELL, columns, CELL)
        cells = np.atleast_2d(blocks.any(axis=(1, 3)))
        unit = CELL / self.scale
        return tuple(
            (x0 * unit, y0 * unit, x1 * unit, y1 * unit) for x0, y0, x1, y1 in _connected(cells)
        )

    def _part(self, box: Box) -> tuple[NDArray[np.bool_], int, int]:
        rows, columns = self._slices(box)
        return self.pixels[rows, columns], columns.start, rows.start

    def _slices(self, box: Box) -> tuple[slice, slice]:
        x0, y0, x1, y1 = (edge * self.scale for edge in box)
        height, width = self.pixels.shape
        left, top = (
            min(max(0, math.floor(edge + 0.01)), end) for edge, end in ((x0, width), (y0, height))
        )
        right, bottom = max(left, math.ceil(x1 - 0.01)), max(top, math.ceil(y1 - 0.01))
        return slice(top, bottom), slice(left, right)


def see(page: pypdfium2.PdfPage) -> Ink:
    """Render ``page`` without annotations; a reader's highlights are not part of the paper."""
    width, height = page.get_size()
    scale = min(SCALE, math.sqrt(MAX_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        shades = bitmap.to_numpy()
        dark: NDArray[np.bool_] = shades.reshape(shades.shape[0], shades.shape[1]) < WHITEST
        return Ink(dark, scale)
    finally:
        bitmap.close()


def _runs(filled: NDArray[np.bool_], gap: float) -> list[tuple[int, int]]:
    """First and last index of each run, where runs nearer than ``gap`` are one."""
    at = np.flatnonzero(filled)
    if not len(at):
        return []
    cuts = np.flatnonzero(np.diff(at) > gap)
    firsts, lasts = at[np.r_[0, cuts + 1]], at[np.r_[cuts, len(at) - 1]]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _connected(cells: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """The bounds of each group of neighbouring cells, diagonals included."""
    boxes: list[list[int]] = []
    parents: list[int] = []

    def root(label: int) -> int:
        while parents[label] != label:
            parents[label] = parents[parents[label]]
            label = parents[label]
        return label

    above: list[tuple[int, int, int]] = []
    for y, row in enumerate(cells):
        here = []
        for first, last in _runs(row, 1):
            label = len(boxes)
            boxes.append([first, y, last + 1, y + 1])
            parents.append(label)
            for left, right, other in above:
                if left <= last + 1 and right >= first - 1:
                    parents[root(label)] = root(other)
            here.append((first, last, label))
        above = here
    return _merged(boxes, [root(label) for label in range(len(boxes))])


def _merged(boxes: list[list[int]], roots: list[int]) -> list[tuple[int, int, int, int]]:
    bounds: dict[int, tuple[int, int, int, int]] = {}
    for (x0, y0, x1, y1), label in zip(boxes, roots, strict=True):
        a, b, c, d = bounds.get(label, (x0, y0, x1, y1))
        bounds[label] = (min(a, x0), min(b, y0), max(c, x1), max(d, y1))
    return list(bounds.values())
