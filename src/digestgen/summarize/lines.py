"""This module lists the sentences that a digest may quote, each with its place and its role.

Of the full text it takes the introduction, the method, the results and the closing sections, and
of those what reads well by itself: no formulas, no captions, no talk of the paper's own layout.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from digestgen.model import Evidence, Section, Sentence, Statement
from digestgen.summarize import roles
from digestgen.summarize.roles import Role

Zone = Literal["introduction", "method", "results", "closing"]

_ZONES: dict[str, Zone] = {
    "introduction": "introduction",
    "background": "method",  # its title says "problem setting" as often as "preliminaries"
    "method": "method",
    "experiments": "results",
    "results": "results",
    "discussion": "closing",
    "limitations": "closing",
    "conclusion": "closing",
}
# Lines, for speed.
_MOST: dict[Zone, int] = {"introduction": 60, "method": 200, "results": 160, "closing": 60}
_LENGTHS = range(40, 400)  # characters; outside of it a line is a fragment or a list

# It leads a reader through the paper, or points at what a digest does not show.
_POINTS = re.compile(
    r"\b(?:fig(?:ure|s|ures)?|tables?|tab|eqs?|eqn|equations?|sections?|sec|appendix|appendices"
    r"|algorithms?|theorems?|lemmas?|corollary|propositions?|definitions?|listing|footnotes?"
    r"|supplement\w{0,9})\b\.? ?~?\(?(?-i:[0-9A-Z])\b|\bas follows\b"
    r"|\b(?:above|below|following) (?:section|figure|table)\b|\b(?:in|of) this section\b"
    r"|\bthe (?:rest|remainder) of (?:the|this)\b|\b(?:organi[sz]ed|structured) as\b"
    r"|\((?:left|right|top|bottom)\)|§|\[formula\]",
    re.IGNORECASE,
)
# What ends in a colon wants what follows it; what begins in lower case lost its beginning.
_WHOLE = re.compile(r"[A-Z\"“‘$\u3400-\u9fff].*[.!?。！？][\"”’)]{0,2}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence that may be quoted; ``place`` runs from 0 to 1 over its part of the paper."""

    text: str
    where: str
    index: int
    role: Role
    place: float = 0.0
    page: int | None = None

    def quote(self) -> Statement:
        """Return the whole sentence as a quote."""
        source = Evidence(sentence=self.text, where=self.where, index=self.index, page=self.page)
        return Statement(text=self.text, evidence=(source,))


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText:
    """The lines of a paper's sections, in its order; ``method`` keeps its sections apart."""

    introduction: Lines = ()
    method: tuple[Lines, ...] = ()
    results: Lines = ()
    closing: Lines = ()


def of_abstract(sentences: Sequence[str], labels: Sequence[Role]) -> Lines:
    """Return all sentences of an abstract as lines."""
    return tuple(
        Line(text=text, where="abstract", index=i, role=role, place=i / len(sentences))
        for i, (text, role) in enumerate(zip(sentences, labels, strict=True))
    )


def of_sections(sections: Sequence[Section]) -> FullText:
    """Return what can be quoted of a full text; what follows the references is left out."""
    grouped: dict[Zone, list[Section]] = {zone: [] for zone in _MOST}
    for section in _main_part(sections):
        if zone := _ZONES.get(section.role):
            grouped[zone].append(section)
    return FullText(
        introduction=_lines(grouped["introduction"], "introduction"),
        method=tuple(filter(None, (_lines([each], "method") for each in grouped["method"]))),
        results=_lines(grouped["results"], "results"),
        closing=_lines(grouped["closing"], "closing"),
    )


def _main_part(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        if section.role in ("references", "appendix"):
            return
        yield section


def _lines(sections: Iterable[Section], zone: Zone) -> Lines:
    found = [
        (section, index, sentence)
        for section in sections
        for index, sentence in enumerate(section.sentences)
    ][: _MOST[zone]]
    if zone in ("method", "results"):
        labels: Sequence[Role] = ("method" if zone == "method" else "result",) * len(found)
    else:
        labels = roles.label([sentence.text for _, _, sentence in found])
    return tuple(
        Line(
            text=sentence.text,
            where=section.heading,
            index=index,
            role=labels[order],
            place=order / len(found),
            page=sentence.page,
        )
        for order, (section, index, sentence) in enumerate(found)
        if _reads_well(sentence)
    )


def _reads_well(sentence: Sentence) -> bool:
    text = sentence.text
    return (
        not sentence.noise
        and len(text) in _LENGTHS
        and _WHOLE.fullmatch(text) is not None
        and _POINTS.search(text) is None
    )
