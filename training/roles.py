"""This module trains the roles of sentences: logistic regression over hashed features."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from digestgen.summarize.labels import ROLES
from digestgen.summarize.roles import hashed
from training.corpora import Labelled
from training.writing import packed, packed_table, significant

BUCKETS = 1 << 15
REGULARISATION = 0.1
AGREEMENT_POWER = 2  # labels that annotators agreed on count more
CHAIN = 0.4  # how much the order of roles counts beside the words


def trained(texts: Sequence[Labelled], buckets: int = BUCKETS) -> dict[str, object]:
    """Return the document of a role model."""
    weights, bias = _regression(texts, buckets)
    starts, follows = _order(texts)
    rows, scale = packed_table(weights)
    return {
        "scale": scale,
        "bias": [significant(number, 6) for number in bias],
        "starts": starts,
        "follows": follows,
        "rows": rows,
    }


def file(texts: Sequence[Labelled]) -> bytes:
    """Return the file of a role model."""
    return packed(trained(texts))


def _regression(texts: Sequence[Labelled], buckets: int) -> tuple[np.ndarray, np.ndarray]:
    labels = [role for text in texts for role in text.roles]
    agreement = np.array([share for text in texts for share in text.agreement])
    # So tight a tolerance that rounding hides what differs between processors.
    model = LogisticRegression(C=REGULARISATION, max_iter=5000, tol=1e-8)
    model.fit(_table(texts, buckets), labels, sample_weight=agreement**AGREEMENT_POWER)
    order = [list(model.classes_).index(role) for role in ROLES]
    return model.coef_[order].T, model.intercept_[order]


def _table(texts: Sequence[Labelled], buckets: int) -> csr_matrix:
    columns: list[int] = []
    ends = [0]
    for text in texts:
        for row in hashed(text.sentences, buckets):
            columns += row
            ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, buckets))


def _order(texts: Sequence[Labelled]) -> tuple[list[float], list[list[float]]]:
    """Return how much likelier than by itself each role is as the first, and behind each other."""
    shape = len(ROLES)
    starts, pairs, alone = np.ones(shape), np.ones((shape, shape)), np.zeros(shape)
    for text in texts:
        numbers = [ROLES.index(role) for role in text.roles]
        starts[numbers[0]] += 1
        np.add.at(alone, numbers, 1)
        np.add.at(pairs, (numbers[:-1], numbers[1:]), 1)
    share = alone / alone.sum()
    first = (starts / starts.sum() / share) ** CHAIN
    behind = (pairs / pairs.sum(1, keepdims=True) / share) ** CHAIN
    return (
        [significant(x, 6) for x in first],
        [[significant(x, 6) for x in row] for row in behind],
    )
