"""This module chooses the sentences worth remembering: results with numbers, then the rest."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from digestgen.summarize import cues
from digestgen.summarize.labels import Role
from digestgen.summarize.words import content_words, overlap

MOST = 7
_MOST_WEIGHED = 100  # sentences; an abstract has fewer
_LARGEST_OVERLAP = 0.5
_FLUENT = range(60, 400)  # characters; outside of it a line is a fragment or a list
_REPEATED_ROLE = 0.25  # what each further sentence of a role loses, so that roles mix
_NUMBER = re.compile(r"(?<![A-Za-z-])\d")

_ROLE_WORTH: dict[Role, float] = {
    "result": 2.0,
    "objective": 1.8,
    "method": 1.4,
    "background": 0.0,
    "other": 0.0,
}


def takeaways(
    sentences: Sequence[str], roles: Sequence[Role], title: str, *, gist: int
) -> tuple[int, ...]:
    """Return the sentences worth remembering, at most seven, in the paper's order.

    No two share more than half of their words. Background stands in only when the paper says
    nothing else, the gist only when it is alone.
    """
    if len(sentences) == 1:
        return (gist,)
    others = [index for index in range(len(sentences)) if index != gist]
    told = [index for index in others if _is_told(sentences[index], roles[index])]
    about = content_words(title)
    return _chosen(told, sentences, roles, about, gist=gist) or _chosen(
        others, sentences, roles, about, gist=gist
    )


def _is_told(sentence: str, role: Role) -> bool:
    """Tell whether a sentence says what the authors did or found."""
    if role == "other":  # the rare role of what fits nowhere, such as addresses and short claims
        return cues.measures(sentence) and not cues.releases(sentence)
    return role != "background" and not cues.plans(sentence)


def has_number(sentence: str) -> bool:
    """Tell whether a sentence gives a number; digits inside a name such as GPT-4 are none."""
    return _NUMBER.search(sentence) is not None


def score(sentence: str, role: Role, about: AbstractSet[str]) -> float:
    """Return how much a reader learns from a sentence that does not state the contribution."""
    own = content_words(sentence)
    worth = _ROLE_WORTH[role] + (len(about & own) / len(about) if about else 0.0)
    if role in ("result", "other") and has_number(sentence):
        worth += 10.0  # before anything without a number
    worth += 0.5 * cues.compares(sentence) + 0.5 * cues.proposes(sentence)
    worth -= 1.0 * cues.releases(sentence)
    return worth - 0.4 * cues.leans_back(sentence) - 0.8 * (len(sentence) not in _FLUENT)


def _chosen(
    candidates: Sequence[int],
    sentences: Sequence[str],
    roles: Sequence[Role],
    about: AbstractSet[str],
    *,
    gist: int,
) -> tuple[int, ...]:
    """Take the best one by one, each time of those that say something new."""
    every = {index: score(sentences[index], roles[index], about) for index in candidates}
    worth = dict(sorted(every.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_WEIGHED])
    known = [content_words(sentences[gist])]
    taken: list[int] = []
    while worth and len(taken) < MOST:
        best = max(worth, key=lambda index: (worth[index], -index))
        worth.pop(best)
        new = content_words(sentences[best])
        if not new or any(overlap(new, old) > _LARGEST_OVERLAP for old in known):
            continue
        known.append(new)
        taken.append(best)
        for index in worth:
            worth[index] -= _REPEATED_ROLE * (roles[index] == roles[best])
    return tuple(sorted(taken))
