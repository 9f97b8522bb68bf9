"""This module says what a sentence is for by cue phrases alone, where no weights were trained."""

import re
from collections.abc import Sequence, Set

from digestgen.summarize import cues
from digestgen.summarize.labels import Role
from digestgen.summarize.words import words

_NAME = re.compile(r"\b[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*\b")
_SHORTEST_SENTENCE = 4  # words; "1) Diversity." is a label, not a sentence
_CLOSING = 0.7  # from this share of the abstract on, what shows no other cue is mostly a result


def label(sentences: Sequence[str]) -> tuple[Role, ...]:
    """Return one role per sentence of an abstract, in its order."""
    turn = _turning_point(sentences)
    return tuple(
        _role(
            sentence,
            after=index - turn,
            closing=index >= _CLOSING * len(sentences),
        )
        for index, sentence in enumerate(sentences)
    )


def mended(sentences: Sequence[str], roles: Sequence[Role], *, gist: int) -> tuple[Role, ...]:
    """Return roles without what a reader of the digest would call a mistake.

    The line that sums the paper up is no background; what stands before the authors come in is
    nothing else, nor what turns to others before that line; what the authors propose, and what
    speaks of their work behind that line, is no background; a number that got better is a
    result; and where code lies is neither method nor result.
    """
    own = [cues.names_authors(text) or cues.proposes(text) for text in sentences]
    first = min(own.index(True) if True in own else 0, gist)
    # What was named before is of the field.
    names = {*_NAME.findall(sentences[gist])}.difference(_NAME.findall(" ".join(sentences[:gist])))
    found: list[Role] = []
    for i, (text, role) in enumerate(zip(sentences, roles, strict=True)):
        is_others = i < first or (i < gist and not own[i] and cues.turns_to_others(text))
        if i == gist:
            found.append("objective" if role in ("background", "other") else role)
        elif is_others and role in ("objective", "method"):
            found.append("background")
        elif role == "background" and _is_own(text, names, is_behind=i > gist):
            found.append(_mended(text, "method"))
        else:
            found.append(_mended(text, role))
    return tuple(found)


def _is_own(text: str, names: Set[str], *, is_behind: bool) -> bool:
    """Tell whether what was called background speaks of the authors' work; ``names`` are its."""
    if cues.sets_apart(text) or cues.proposes(text):
        return is_behind or cues.opens_with_authors(text)
    if not is_behind or cues.turns_to_others(text):
        return False
    return cues.names_authors(text) or (
        not cues.tells_problem(text) and not names.isdisjoint(_NAME.findall(text))
    )


def _mended(text: str, role: Role) -> Role:
    if cues.releases(text) and not cues.measures(text):
        return "other"
    if role == "method" and cues.measures(text) and cues.reports_results(text):
        return "method" if cues.proposes(text) else "result"
    if role == "method" and cues.claims(text):
        return "result"
    return role


def _turning_point(sentences: Sequence[str]) -> int:
    """Return where the abstract turns from what others did to what its authors did."""
    for cue in (cues.proposes, cues.studies, cues.names_authors):
        for index, sentence in enumerate(sentences):
            if cue(sentence) and not cues.releases(sentence):
                return index
    return 0


def _role(sentence: str, *, after: int, closing: bool) -> Role:
    """Judge a sentence that stands ``after`` many sentences behind the turning point."""
    if len(words(sentence)) < _SHORTEST_SENTENCE:
        return "other"
    if after < 0:
        return _earlier_role(sentence)
    if cues.proposes(sentence):
        return "method" if after else "objective"
    if after == 0 and cues.studies(sentence):
        return "objective"
    return _later_role(sentence, closing=closing)


def _earlier_role(sentence: str) -> Role:
    if cues.studies(sentence):
        return "objective"
    if cues.names_authors(sentence) and cues.reports_results(sentence):
        return "background" if cues.tells_problem(sentence) else "result"
    return "method" if cues.opens_with_authors(sentence) else "background"


def _later_role(sentence: str, *, closing: bool) -> Role:
    if cues.releases(sentence):
        return "other"
    if _tells_outcome(sentence, closing=closing):
        return "result"
    if cues.tells_method(sentence) or cues.names_authors(sentence):
        return "method"
    if not closing and cues.turns_to_others(sentence):
        return "background"
    return "result" if closing else "method"


def _tells_outcome(sentence: str, *, closing: bool) -> bool:
    """Tell whether a sentence says what came of the work, or at the end what it means."""
    found = cues.reports_results(sentence) or cues.measures(sentence)
    return found or (closing and cues.tells_significance(sentence))
