"""This module lists what a page paints besides its letters: rules, drawings, and what covers."""

import ctypes
import math
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from digestgen.paper.limits import Limits
from digestgen.paper.words import Box, Matrix, displayed, fill_of, placed

_DEPTH = 4  # of forms within forms
_THIN, _LONG = 3.2, 30.0  # points: a rule is at most so high and at least so long
_OPAQUE = 250  # of 255
_SMALLEST_PATCH = 60.0  # square points

# The library's bindings give every handle its own generated pointer type.
_Handle = Any
_RECTANGLE = (4, 5)  # segments of its path


class _Patch(NamedTuple):
    """A painted area; a ``solid`` one hides all of what it was painted over."""

    box: Box
    order: int
    white: bool
    solid: bool


class Painting:
    """What a page paints.

    ``orders`` holds the painting order of its text objects by address; ``rules`` are thin
    horizontal strokes, ``drawings`` the bounds of images, paths, shadings and forms.
    """

    def __init__(self, page: pypdfium2.PdfPage, *, limits: Limits) -> None:
        self.orders: dict[int, int] = {}
        self.rules: list[Box] = []
        self.drawings: list[Box] = []
        self._patches: list[_Patch] = []
        self._left = self._most = limits.objects
        self._size = limits.drawings
        way = displayed(page)[2]
        for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), limits.objects)):
            self._visit(pdfium.FPDFPage_GetObject(page.raw, index), way=way, depth=0)

    def covers(self, box: Box, order: int) -> bool:
        """Return whether something opaque was painted over ``box`` after ``order``."""
        return order >= 0 and any(
            patch.solid and patch.order > order and _holds(patch.box, box)
            for patch in self._patches
        )

    def backs(self, box: Box, order: int) -> bool:
        """Return whether something that is not white lies under ``box``, or might."""
        return order < 0 or any(
            not patch.white and patch.order < order and _holds(patch.box, box)
            for patch in self._patches
        )

    def _visit(self, page_object: _Handle, *, way: Matrix, depth: int) -> None:
        if self._left <= 0:
            return
        self._left -= 1
        order = self._most - self._left
        kind = pdfium.FPDFPageObj_GetType(page_object)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.orders[ctypes.addressof(page_object.contents)] = order
            return
        box = _bounds(page_object, way)
        if box is None:
            return
        if depth == 0 and len(self.drawings) < self._size:
            self.drawings.append(box)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            self._enter(page_object, way=way, depth=depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._add_path(page_object, box, order)
        else:
            self._add_patch(_Patch(box, order, white=False, solid=_is_whole(page_object)))

    def _enter(self, form: _Handle, *, way: Matrix, depth: int) -> None:
        if depth > _DEPTH:
            return
        m = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(form, m)
        inner = _joined((m.a, m.b, m.c, m.d, m.e, m.f), way)
        for index in range(min(self._left, pdfium.FPDFFormObj_CountObjects(form))):
            self._visit(pdfium.FPDFFormObj_GetObject(form, index), way=inner, depth=depth)

    def _add_path(self, path: _Handle, box: Box, order: int) -> None:
        x0, y0, x1, y1 = box
        if y1 - y0 < _THIN:
            if x1 - x0 > _LONG and len(self.rules) < self._size:
                self.rules.append(box)
            return
        if (x1 - x0) * (y1 - y0) < _SMALLEST_PATCH:
            return
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
        alpha, white = fill_of(path)
        if mode.value and alpha >= _OPAQUE:
            solid = pdfium.FPDFPath_CountSegments(path) in _RECTANGLE and _is_whole(path)
            self._add_patch(_Patch(box, order, white, solid))

    def _add_patch(self, patch: _Patch) -> None:
        if len(self._patches) < self._size:
            self._patches.append(patch)


def _is_whole(page_object: _Handle) -> bool:
    """Return whether the object is painted as it is: not clipped, not seen through."""
    clip = pdfium.FPDFPageObj_GetClipPath(page_object)
    clipped = clip and pdfium.FPDFClipPath_CountPaths(clip) > 0
    return not clipped and not pdfium.FPDFPageObj_HasTransparency(page_object)


def _bounds(page_object: _Handle, way: Matrix) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(page_object, left, bottom, right, top):
        return None
    box = placed((left.value, bottom.value, right.value, top.value), way)
    return box if all(map(math.isfinite, box)) else None


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the way that goes ``inner`` first and ``outer`` then."""
    a, b, c, d, e, f = inner
    k, l, m, n, o, p = outer  # noqa: E741 - a matrix in its usual order
    return (
        a * k + b * m,
        a * l + b * n,
        c * k + d * m,
        c * l + d * n,
        e * k + f * m + o,
        e * l + f * n + p,
    )


def _holds(patch: Box, box: Box) -> bool:
    """Return whether ``box`` lies in ``patch``, give or take a point."""
    return (
        patch[0] - 1 <= box[0]
        and patch[1] - 1 <= box[1]
        and box[2] <= patch[2] + 1
        and box[3] <= patch[3] + 1
    )
