"""This module turns texts into weighted words, and says how alike two texts are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from digestgen.summarize.words import STOP, stem

_TOKEN = re.compile(r"[^\W_]+")

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Idf:
    """How rare a word is in abstracts: the logarithm of how many abstracts hold it once."""

    rarity: Mapping[str, float]
    unknown: float

    def vector(self, stems: Sequence[str]) -> Vector:
        """Return the words' weights, scaled to length one."""
        counts: dict[str, int] = {}
        for word in stems:
            counts[word] = counts.get(word, 0) + 1
        rarity, unknown = self.rarity, self.unknown
        raw = {w: (1 + log(n)) * rarity.get(w, unknown) for w, n in counts.items()}
        length = sqrt(sum(x * x for x in raw.values())) or 1.0
        return {word: x / length for word, x in raw.items()}

    def mean(self, stems: Sequence[str]) -> float:
        """Return how rare the words are on average."""
        rarity, unknown = self.rarity, self.unknown
        return sum(rarity.get(word, unknown) for word in stems) / (len(stems) or 1)


@dataclass(frozen=True, slots=True)
class Stems:
    """The words of a text, and what is left of them without endings and without stop words."""

    words: tuple[str, ...]
    every: tuple[str, ...]
    content: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Stems":
        """Return those of ``text``."""
        found = tuple(_TOKEN.findall(text.lower()))
        every = tuple(map(stem, found))
        content = tuple(short for word, short in zip(found, every, strict=True) if word not in STOP)
        return cls(found, every, content)


def cosine(one: Vector, other: Vector) -> float:
    """Return how alike two vectors of length one are, from 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    get = other.get
    return sum([x * get(word, 0.0) for word, x in one.items()])


def middle(vectors: Sequence[Vector]) -> Vector:
    """Return the mean direction of vectors, of length one."""
    total: dict[str, float] = {}
    for vector in vectors:
        for word, x in vector.items():
            total[word] = total.get(word, 0.0) + x
    length = sqrt(sum(x * x for x in total.values())) or 1.0
    return {word: x / length for word, x in total.items()}
