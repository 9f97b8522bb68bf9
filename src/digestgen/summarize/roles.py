"""This module says what each sentence is for, by trained weights: a linear chain over a text.

A sentence is a set of features (its words, pairs of words, its place, where the authors come in),
each hashed to a row of weights, one weight a role. How likely roles follow each other is learned
apart, and the role of a sentence is the likeliest over all ways to label the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from zlib import crc32

from digestgen.summarize.labels import ROLES

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[%:;?()\[\],.]")
_MOST_TOKENS = 80  # of a sentence; what follows is seldom prose
_NUMBER = "#"

# The annotators of the training texts mostly called an opening "In this paper, we introduce X" a
# background, since it stands first. Nobody who reads a digest would.
_PAPER = r"(?:paper|work|article|study|letter|report|thesis)"
_OPENING_PROPOSAL = re.compile(
    rf"(?:in (?:this|the present) (?:\w+ )?{_PAPER}(?:, ?| )|here,? )?(?:we|this {_PAPER})"
    r"(?: \w+ly| also| first)? (?:propose|introduce|present)s?\b",
    re.IGNORECASE,
)

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RoleModel:
    """Trained weights; ``rows`` has one row a hash, its length is that of the hash table.

    ``starts`` and ``follows`` are factors: how much likelier than by itself a role is as the
    first one, and behind another one.
    """

    rows: Sequence[Row]
    bias: Row
    starts: Row
    follows: Sequence[Row]


def probabilities(sentences: Sequence[str], model: RoleModel) -> tuple[Row, ...]:
    """Return for each sentence how likely each role is, in the order of ``ROLES``."""
    alone = [_alone(hashes, model) for hashes in hashed(sentences, len(model.rows))]
    if alone and _OPENING_PROPOSAL.match(sentences[0]):
        alone[0] = (0.0, *alone[0][1:])
    return _chained(alone, model)


def hashed(sentences: Sequence[str], buckets: int) -> Iterator[list[int]]:
    """Yield for each sentence the rows of its features, each once and in order."""
    for features in _features([_tokens(sentence) for sentence in sentences]):
        yield sorted({crc32(feature.encode()) % buckets for feature in features})


def _tokens(sentence: str) -> list[str]:
    found = _TOKEN.findall(sentence.lower())[:_MOST_TOKENS]
    return [_NUMBER if token[0].isdigit() else token for token in found]


def _features(texts: Sequence[list[str]]) -> Iterator[list[str]]:
    n = len(texts)
    own = [_names_authors(tokens) for tokens in texts]
    first = own.index(True) if True in own else n
    last = n - 1 - own[::-1].index(True) if True in own else -1
    for i, tokens in enumerate(texts):
        features = [f"u={token}" for token in tokens]
        features += [f"b={one} {other}" for one, other in pairwise(["<s>", *tokens, "</s>"])]
        features += [f"s{place}={token}" for place, token in enumerate(tokens[:3])]
        before, here = int(first < i), int(own[i])
        features += [
            f"p={min(i, 6)}",
            f"q={min(n - 1 - i, 6)}",
            f"r={10 * i // n}",
            f"n={min(n, 12)}",
            f"pq={min(i, 4)},{min(n - 1 - i, 4)}",
            f"l={min(8, len(tokens) // 6)}",
            f"wb={before}",
            f"wh={here}",
            f"wa={int(last > i)}",
            f"wbh={before}{here}",
        ]
        yield features


def _names_authors(tokens: Sequence[str]) -> bool:
    return "we" in tokens or "our" in tokens or ("this" in tokens and "paper" in tokens)


def _alone(hashes: Sequence[int], model: RoleModel) -> Row:
    """Return how likely each role is for a sentence by itself."""
    rows = model.rows
    scores = [sum(column) for column in zip(model.bias, *(rows[h] for h in hashes), strict=True)]
    top = max(scores)
    return _scaled([exp(score - top) for score in scores])


def _chained(alone: Sequence[Row], model: RoleModel) -> tuple[Row, ...]:
    """Return the likelihoods over all ways to label the text, by the forward-backward method."""
    if not alone:
        return ()
    forward = [_scaled([a * b for a, b in zip(alone[0], model.starts, strict=True)])]
    arriving = list(zip(*model.follows, strict=True))
    for row in alone[1:]:
        reached = (_dot(forward[-1], column) for column in arriving)
        forward.append(_scaled([a * b for a, b in zip(row, reached, strict=True)]))
    backward: list[Row] = [(1.0,) * len(ROLES)]
    for row in reversed(alone[1:]):
        ahead = [a * b for a, b in zip(row, backward[-1], strict=True)]
        backward.append(_scaled([_dot(ahead, follows) for follows in model.follows]))
    return tuple(
        _scaled([a * b for a, b in zip(one, other, strict=True)])
        for one, other in zip(forward, reversed(backward), strict=True)
    )


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum([a * b for a, b in zip(one, other, strict=True)])


def _scaled(values: Sequence[float]) -> Row:
    total = sum(values) or 1.0
    return tuple(value / total for value in values)
