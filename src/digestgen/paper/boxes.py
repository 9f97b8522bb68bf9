"""This module computes with boxes: x0, y0, x1, y1 in points from the top left of a page."""

from collections.abc import Iterable

from digestgen.paper.words import Box


def around(boxes: Iterable[Box]) -> Box:
    """Return the bounds of all ``boxes``."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def area(box: Box) -> float:
    """Return the area in square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


def across(a: Box, b: Box) -> float:
    """Return how far the two overlap from left to right; negative is the distance."""
    return min(a[2], b[2]) - max(a[0], b[0])


def along(a: Box, b: Box) -> float:
    """Return how far the two overlap from top to bottom; negative is the distance."""
    return min(a[3], b[3]) - max(a[1], b[1])


def shared(a: Box, b: Box) -> float:
    """Return the area that is in both."""
    return max(0.0, across(a, b)) * max(0.0, along(a, b))


def holds(outer: Box, inner: Box, *, slack: float = 0.0) -> bool:
    """Return whether ``inner`` lies in ``outer``, give or take ``slack`` points."""
    return (
        outer[0] - slack <= inner[0]
        and outer[1] - slack <= inner[1]
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
