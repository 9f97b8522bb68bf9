"""This module scores sentences: as the one line that sums a paper up, and as takeaways.

The weights were set by hand on abstracts with reference summaries; whoever trains better ones
replaces ``gist_score`` and ``takeaway_score`` and nothing else.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from digestgen.summarize import cues
from digestgen.summarize.roles import Role
from digestgen.summarize.words import content_words, overlap

MOST_TAKEAWAYS = 7
_LARGEST_OVERLAP = 0.5
_FLUENT = range(60, 400)  # characters; outside of it a line is a fragment or a list

_ROLE_WORTH: dict[Role, float] = {
    "result": 2.0,
    "objective": 1.8,
    "method": 1.0,
    "background": 0.0,
    "other": 0.0,
}


def gist(sentences: Sequence[str], roles: Sequence[Role], title: str) -> int:
    """Return which sentence best says what the paper contributes; the first one on a tie."""
    about = content_words(title)
    scores = [gist_score(s, role, about) for s, role in zip(sentences, roles, strict=True)]
    return scores.index(max(scores))


def gist_score(sentence: str, role: Role, about: AbstractSet[str]) -> float:
    """Return how well a sentence stands for the paper; ``about`` are the words of its title."""
    score = 2.0 * _share(about, content_words(sentence))
    score += 2.0 * cues.proposes(sentence)
    score += 1.2 * (role == "objective")
    score -= 2.0 * (role == "other") + 0.6 * (role == "background")
    score -= 0.8 * cues.leans_back(sentence) + 0.8 * cues.continues(sentence)
    return score - 0.8 * (len(sentence) not in _FLUENT)


def takeaways(
    sentences: Sequence[str], roles: Sequence[Role], title: str, *, gist: int
) -> tuple[int, ...]:
    """Return the sentences worth remembering, at most seven, in the paper's order.

    Background stands in only when the paper says nothing else, the gist only when it is alone.
    """
    if len(sentences) == 1:
        return (gist,)
    about = content_words(title)
    scores = {
        index: takeaway_score(sentence, roles[index], about)
        for index, sentence in enumerate(sentences)
        if index != gist
    }
    best = sorted(scores, key=lambda index: (-scores[index], index))
    told = [index for index in best if roles[index] not in ("background", "other")]
    return _distinct(told, sentences, gist) or _distinct(best, sentences, gist)


def takeaway_score(sentence: str, role: Role, about: AbstractSet[str]) -> float:
    """Return how much a reader learns from a sentence that does not state the contribution."""
    score = _ROLE_WORTH[role] + _share(about, content_words(sentence))
    score += 1.0 * (role == "result" and cues.measures(sentence))
    score += 0.5 * cues.compares(sentence) + 0.5 * cues.proposes(sentence)
    return score - 0.4 * cues.leans_back(sentence) - 0.8 * (len(sentence) not in _FLUENT)


def _distinct(best: Sequence[int], sentences: Sequence[str], gist: int) -> tuple[int, ...]:
    """Take the best that share at most half of their words with each other and with the gist."""
    known = [content_words(sentences[gist])]
    taken: list[int] = []
    for index in best:
        new = content_words(sentences[index])
        if new and all(overlap(new, old) <= _LARGEST_OVERLAP for old in known):
            known.append(new)
            taken.append(index)
        if len(taken) == MOST_TAKEAWAYS:
            break
    return tuple(sorted(taken))


def _share(wanted: AbstractSet[str], found: AbstractSet[str]) -> float:
    return len(wanted & found) / len(wanted) if wanted else 0.0
