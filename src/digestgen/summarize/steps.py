"""This module finds the steps of a method: what each section on it says was done, in its order."""

import re
from collections.abc import Sequence

from digestgen.summarize import cues
from digestgen.summarize.lines import Line
from digestgen.summarize.words import content_words, overlap

_MOST = 8
_FEW_SECTIONS = 3  # up to so many, each may give a second and a third step
_FLUENT = range(70, 320)  # characters
_REPEATS = 0.5  # the share of common words from which a step repeats another one
_WORTH_SHOWING = 0.8
_LEANS = re.compile(r"(?:on|at|from|after) (?:\w+ ){0,3}?(?:this|these|those)\b", re.IGNORECASE)
# "The mask is fed to ...", "The encoder maps ...": a thing is worked on, or works.
_WORKS = re.compile(
    r"\b(?:is|are|was|were) (?:\w+ly |then |first |also )?"
    r"(?:\w{2,14}(?:ed|en)|built|fed|set|split)\b"
    r"|\b(?:maps?|takes?|predicts?|learns?|computes?|outputs?|generates?|produces?|encodes?|decodes?"
    r"|samples?|estimates?|selects?|updates?|adapts?|trains?|minimi[sz]es?|optimi[sz]es?)"
    r" (?:an?|the|its|each)\b"
)


def steps(sections: Sequence[Sequence[Line]], about: frozenset[str]) -> tuple[Line, ...]:
    """Return up to eight lines that tell what was done; ``about`` are the paper's own words."""
    each = 1 if len(sections) > _FEW_SECTIONS else 3
    found = [
        (score, order, line)
        for order, section in enumerate(sections)
        for score, line in _best(section, about, most=each)
    ]
    found.sort(key=lambda scored: (-scored[0], scored[1]))
    taken = _distinct([(order, line) for _, order, line in found])
    return tuple(line for _, line in sorted(taken, key=lambda step: (step[0], step[1].index)))


def _best(section: Sequence[Line], about: frozenset[str], *, most: int) -> list[tuple[float, Line]]:
    scored = [(_score(line, about), line) for line in section if _may_be_step(line.text)]
    return sorted(
        (pair for pair in scored if pair[0] >= _WORTH_SHOWING), key=lambda pair: -pair[0]
    )[:most]


def _may_be_step(text: str) -> bool:
    """Tell what was done from talk of the paper, and from a claim: "The bound is tight"."""
    tells = cues.tells_method(text) or cues.proposes(text) or cues.acts(text)
    return not cues.guides(text) and (tells or _WORKS.search(text) is not None)


def _score(line: Line, about: frozenset[str]) -> float:
    """Rate how well a line stands for its section, and how well it stands alone."""
    text, known = line.text, content_words(line.where)
    own = content_words(text)
    score = 1.5 * cues.tells_method(text) + 1.0 * cues.proposes(text) + 1.0 * cues.acts(text)
    score += 0.7 * cues.opens_with_authors(text) + 1.0 * overlap(known, own)
    score += 1.0 * len(own & about) / len(own)
    score -= 0.7 * line.place + 0.5 * (len(text) not in _FLUENT)
    score -= 0.7 * cues.continues(text)
    score -= 1.0 * (cues.leans_back(text) or _LEANS.match(text) is not None)
    return score - 1.5 * cues.turns_to_others(text)


def _distinct(ranked: Sequence[tuple[int, Line]]) -> list[tuple[int, Line]]:
    taken: list[tuple[int, Line]] = []
    for order, line in ranked:
        own = content_words(line.text)
        if all(overlap(own, content_words(other.text)) <= _REPEATS for _, other in taken):
            taken.append((order, line))
        if len(taken) == _MOST:
            break
    return taken
