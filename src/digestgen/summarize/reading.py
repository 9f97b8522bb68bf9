"""This module reads texts: what each sentence is for, and how well it tells each aspect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digestgen.summarize import aspects, cue_roles, roles
from digestgen.summarize.aspects import ASPECTS, Aspect, Passage, Place
from digestgen.summarize.features import Described
from digestgen.summarize.labels import ROLES, Role
from digestgen.summarize.weights import Weights
from digestgen.summarize.words import is_spaced

_MOST_SENTENCES = 200  # to describe; time grows with their square
Ratings = Mapping[Aspect, float]


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


def rate(texts: Mapping[Place, Text], weights: Weights) -> dict[Place, list[Ratings]]:
    """Return how well each sentence tells each aspect, none for what is not described."""
    passages = [
        Passage(place, text.sentences, text.described)
        for place, text in texts.items()
        if text.described
    ]
    rows = aspects.rows(passages)
    rated: list[Ratings] = [
        {aspect: weights.aspects[aspect].score(row) for aspect in ASPECTS} for row in rows
    ]
    found: dict[Place, list[Ratings]] = {}
    for place, text in texts.items():
        count = len(text.sentences) if text.described else 0
        found[place], rated = rated[:count], rated[count:]
    return found
