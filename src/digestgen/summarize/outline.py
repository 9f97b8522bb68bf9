"""This module sums an abstract up by the numbers of its sentences, for programs to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digestgen.summarize.aspects import ASPECTS, Aspect
from digestgen.summarize.compression import Form, opened
from digestgen.summarize.cue_roles import mended
from digestgen.summarize.labels import Role
from digestgen.summarize.ranking import gist_of
from digestgen.summarize.reading import rate, read
from digestgen.summarize.takeaways import takeaways
from digestgen.summarize.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What an abstract says; a line is a form of the sentence with its number."""

    gist: tuple[int, Form]
    takeaways: tuple[int, ...]
    roles: Sequence[Role]
    aspects: Mapping[Aspect, tuple[int, Form]]


def outline(sentences: Sequence[str], title: str, weights: Weights) -> Outline:
    """Return the outline of at least one sentence; without aspects where none can be rated."""
    text = read(sentences, title, weights)
    gist = gist_of(text, title, weights)
    rated = rate({"abstract": text}, weights)["abstract"]
    best = {
        aspect: max(range(len(sentences)), key=lambda i: rated[i].rating(aspect))  # used up here
        for aspect in ASPECTS
        if rated
    }
    return Outline(
        gist=gist,
        takeaways=takeaways(
            sentences, mended(sentences, text.roles, gist=gist[0]), title, gist=gist[0]
        ),
        roles=text.roles,
        aspects={aspect: (i, opened(sentences[i])) for aspect, i in best.items()},
    )
