"""This module says what a sentence is for by cue phrases alone, where no weights were trained."""

from collections.abc import Sequence

from digestgen.summarize import cues
from digestgen.summarize.labels import Role
from digestgen.summarize.words import words

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
    nothing else; and where code lies is neither method nor result.
    """
    own = [cues.names_authors(text) or cues.proposes(text) for text in sentences]
    first = own.index(True) if True in own else 0
    found = list(roles)
    for index, text in enumerate(sentences):
        if index == gist:
            found[index] = "objective" if roles[index] in ("background", "other") else roles[index]
        elif index < min(first, gist) and roles[index] in ("objective", "method"):
            found[index] = "background"
        elif cues.releases(text) and not cues.measures(text):
            found[index] = "other"
    return tuple(found)


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
