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
    nothing else, nor what turns to others before that line; a number that got better is a
    result; and where code lies is neither method nor result.
    """
    own = [cues.names_authors(text) or cues.proposes(text) for text in sentences]
    first = min(own.index(True) if True in own else 0, gist)
    return tuple(
        _mended(
            text,
            roles[i],
            is_gist=i == gist,
            is_others=i < first or (i < gist and not own[i] and cues.turns_to_others(text)),
        )
        for i, text in enumerate(sentences)
    )


def _mended(text: str, role: Role, *, is_gist: bool, is_others: bool) -> Role:
    if is_gist:
        return "objective" if role in ("background", "other") else role
    if is_others and role in ("objective", "method"):
        return "background"
    if cues.releases(text) and not cues.measures(text):
        return "other"
    if role == "method" and cues.measures(text) and cues.reports_results(text):
        return "method" if cues.proposes(text) else "result"
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
