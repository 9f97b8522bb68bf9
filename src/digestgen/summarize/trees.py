"""This module adds up boosted decision trees, quickly enough for pure Python.

Walking hundreds of trees takes milliseconds a sentence. Instead each tree is a byte with one bit
a leaf, and all trees together are one whole number. A test that fails rules out the leaves below
its lower branch; of one feature, the tests that fail are those with the lowest thresholds, so that
one number a feature rules out all of them at once. The lowest bit that is left is the leaf that a
walk would reach (Lucchese et al. 2015, "QuickScorer").
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import getitem

# A node is (feature, threshold, where to go up to the threshold, where to go above it); a leaf is
# a number.
Node = tuple[int, float, "Node", "Node"] | float

_LEAVES = 8  # the most of a tree, one bit each
_LOWEST_BIT = bytes([0, *((byte & -byte).bit_length() - 1 for byte in range(1, 256))])


class Trees:
    """Trees of at most eight leaves each."""

    def __init__(self, roots: Sequence[Node]) -> None:
        self._leaves = [tuple(_leaves(root)) for root in roots]
        self._all = (1 << _LEAVES * len(roots)) - 1
        self._tests = [
            (feature, *_ruled_out(tests, self._all))
            for feature, tests in sorted(_tests(roots).items())
        ]

    def score(self, row: Sequence[float]) -> float:
        """Return the sum of the leaves that ``row`` falls into."""
        left = self._all
        for feature, thresholds, masks in self._tests:
            left &= masks[bisect_left(thresholds, row[feature])]
        reached = left.to_bytes(len(self._leaves), "little").translate(_LOWEST_BIT)
        return sum(map(getitem, self._leaves, reached))


def _leaves(node: Node) -> Iterator[float]:
    """Yield the leaves from the lowest branch to the highest."""
    if isinstance(node, tuple):
        yield from _leaves(node[2])
        yield from _leaves(node[3])
    else:
        yield node


def _tests(roots: Sequence[Node]) -> dict[int, list[tuple[float, int]]]:
    """Return per feature its thresholds, each with the bits that it rules out when it fails."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)

    def gather(node: Node, first: int) -> int:
        """Return how many leaves ``node`` has; the first of them is the bit ``first``."""
        if not isinstance(node, tuple):
            return 1
        feature, threshold, lower, upper = node
        below = gather(lower, first)
        found[feature].append((threshold, ((1 << below) - 1) << first))
        return below + gather(upper, first + below)

    for number, root in enumerate(roots):
        if gather(root, _LEAVES * number) > _LEAVES:
            raise ValueError(f"a tree has more than {_LEAVES} leaves")
    return found


def _ruled_out(
    tests: Sequence[tuple[float, int]], everything: int
) -> tuple[list[float], list[int]]:
    """Return the thresholds in order, and what is left when the first 0, 1, 2 ... of them fail."""
    thresholds, masks = [], [everything]
    for threshold, bits in sorted(tests):
        thresholds.append(threshold)
        masks.append(masks[-1] & ~bits)
    return thresholds, masks
