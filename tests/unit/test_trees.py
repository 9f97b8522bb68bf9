"""The quick way through many trees ends in the same leaves as a walk."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestgen.summarize.trees import Node, Trees

NUMBERS = st.integers(-4, 4).map(float)
NODES = st.recursive(
    NUMBERS,
    lambda nodes: st.tuples(st.integers(0, 2), NUMBERS, nodes, nodes),
    max_leaves=8,
)


def walk(node: Node, row: list[float]) -> float:
    while isinstance(node, tuple):
        node = node[2] if row[node[0]] <= node[1] else node[3]
    return node


@settings(derandomize=True, deadline=None)
@given(roots=st.lists(NODES, min_size=1, max_size=6), row=st.lists(NUMBERS, min_size=3, max_size=3))
def test_the_score_is_the_sum_of_the_leaves_that_walks_reach(
    roots: list[Node], row: list[float]
) -> None:
    assert Trees(roots).score(row) == sum(walk(root, row) for root in roots)


def test_a_tree_with_too_many_leaves_is_refused() -> None:
    node: Node = 1.0
    for _ in range(8):
        node = (0, 0.0, 1.0, node)

    with pytest.raises(ValueError, match="more than 8 leaves"):
        Trees([node])
