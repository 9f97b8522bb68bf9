"""This module finds the line numbers of a manuscript: a column of growing numbers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from digestgen.paper.words import Word

_FEWEST = 8
_TALLEST = 0.35  # of the page's height: what a table's or a program's numbers rarely reach
_REGULAR = 0.8  # of the steps from one number to the next are alike
_STEPS = frozenset({1, 5})
_ALIGNED = 1.5  # points
_MOST_DIGITS = 4


def line_numbers(words: Sequence[Word], *, height: float) -> frozenset[int]:
    """Return the indexes of the words that number the lines of a page of this ``height``."""
    columns: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        if len(word.letters) <= _MOST_DIGITS and word.letters.isdecimal():
            columns["left", round(word.x0 / _ALIGNED)].append(index)
            columns["right", round(word.x1 / _ALIGNED)].append(index)
    found: set[int] = set()
    for side, place in columns:
        near = (i for at in (place, place + 1) for i in columns.get((side, at), ()))
        column = sorted(near, key=lambda index: words[index].baseline)
        if _counts_lines([words[index] for index in column], height):
            found.update(column)
    return frozenset(found)


def _counts_lines(column: Sequence[Word], height: float) -> bool:
    if len(column) < _FEWEST or column[-1].baseline - column[0].baseline < _TALLEST * height:
        return False
    numbers = [int(word.letters) for word in column]
    return _regular(b - a for a, b in pairwise(numbers))


def _regular(steps: Iterable[int]) -> bool:
    steps = list(steps)
    return any(steps.count(step) > _REGULAR * len(steps) for step in _STEPS)
