"""This module reads texts: what each sentence is for, and how well it tells each aspect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digestgen.summarize import aspects, cue_roles, roles
from digestgen.summarize.aspects import Aspect, Passage, Place
from digestgen.summarize.features import Described, Row
from digestgen.summarize.labels import ROLES, Role
from digestgen.summarize.trees import Trees
from digestgen.summarize.weights import Weights
from digestgen.summarize.words import is_spaced

_MOST_SENTENCES = 200  # to describe; time grows with their square


@dataclass(frozen=True, slots=True)
class Rated:
    """A sentence in numbers. Each rating is worked out when it is asked for, since few are."""

    row: Row
    trees: Mapping[Aspect, Trees]

    def rating(self, aspect: Aspect) -> float:
        """Return how well the sentence tells an aspect."""
        return self.trees[aspect].score(self.row)


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences that belong together; not ``described`` where trained weights do not apply."""

    sentences: Sequence[str]
    roles: Sequence[Role]
    described: Described | None


def read(sentences: Sequence[str], title: str, weights: Weights) -> Text:
    """Return a text with its roles.

    One without spaces between words is judged by its cues, and so is one that is no abstract.
    """
    if not 0 < len(sentences) <= _MOST_SENTENCES or not is_spaced(sentences):
        return Text(sentences, cue_roles.label(sentences), None)
    likely = roles.probabilities(sentences, weights.roles)
    labels = tuple(ROLES[row.index(max(row))] for row in likely)
    return Text(sentences, labels, Described(sentences, title, likely, weights.idf))


def described(sentences: Sequence[str], title: str, weights: Weights) -> Described:
    """Return what the trees look at."""
    likely = roles.probabilities(sentences, weights.roles)
    return Described(sentences, title, likely, weights.idf)


def rate(texts: Mapping[Place, Text], weights: Weights) -> dict[Place, list[Rated]]:
    """Return how well each sentence tells each aspect, none for what is not described."""
    passages = [
        Passage(place, text.sentences, text.described)
        for place, text in texts.items()
        if text.described
    ]
    rated = [Rated(row, weights.aspects) for row in aspects.rows(passages)]
    found: dict[Place, list[Rated]] = {}
    for place, text in texts.items():
        count = len(text.sentences) if text.described else 0
        found[place], rated = rated[:count], rated[count:]
    return found
