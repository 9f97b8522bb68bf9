"""This module lists the sentences that a digest may quote, each with its place and its role.

Of the full text it takes the introduction, the method, the results and the closing sections, and
of those what reads well by itself: no formulas, no captions, no talk of the paper's own layout.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from digestgen.model import Evidence, Section, Sentence, Statement
from digestgen.summarize.aspects import Aspect, Place
from digestgen.summarize.compression import Form
from digestgen.summarize.labels import Role
from digestgen.summarize.reading import Rated, Text, rate, read
from digestgen.summarize.weights import Weights

Zone = Literal["introduction", "method", "results", "closing"]
_Located = tuple[Section, int, Sentence]  # a sentence and its number in its section

_ZONES: dict[str, Zone] = {
    "introduction": "introduction",
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
_FORMULA = re.compile(
    r"[=√∈∉∑∏∫≤≥≪≫≈∝→←↦∂∇∀∃‖∥∞⊂⊆∪∩⊗⊕]|(?<![\w-])[α-ωΑ-Ω](?![\w-])"
    # "the scaling factor of 1 ." lost the rest of its formula, or what was set above and below.
    r"|(?:^| )\S{1,2} \.\Z"
)
# "Residual Dropout We apply ...", "Data Classes. magelib has ...": a heading ran into its text.
_HEADING = re.compile(
    r"[A-Z][\w-]{0,30}(?: [\w-]{1,30}){0,4} (?:We|Our) (?=[a-z])"
    r"|(?:[A-Z][\w-]{1,30} ){1,4}(?:In|To|The|For|Given|Since) (?=[a-z])"
    r"|[A-Z][\w-]{0,30}(?: [\w-]{1,30}){0,4}(?<! al)(?<!\bvs)\. (?=[a-z])"
    r"|[A-Z][a-z]{1,30} [A-Z][\w-]{1,30}: (?=[A-Z])"
)
# What ends in a colon wants what follows it; what begins in lower case lost its beginning.
_WHOLE = re.compile(r"[A-Z\"“‘$\u3400-\u9fff].*[.!?。！？][\"”’)]{0,2}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence where it stands; ``place`` runs from 0 to 1 over its part of the paper.

    ``rated`` says how well it tells each aspect, where that is known.
    """

    text: str
    where: str
    index: int
    role: Role
    place: float = 0.0
    page: int | None = None
    rated: Rated | None = None

    def rating(self, aspect: Aspect) -> float:
        """Return how well it tells an aspect, 0 where that is not known."""
        return self.rated.rating(aspect) if self.rated else 0.0

    def quote(self, form: Form | None = None) -> Statement:
        """Return the sentence as a quote, or a shorter form of it."""
        source = Evidence(sentence=self.text, where=self.where, index=self.index, page=self.page)
        if form is None or not form.cuts:
            return Statement(text=self.text, evidence=(source,))
        return Statement(text=form.text, evidence=(source,), shortened=True)


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText:
    """The lines of a paper that stand alone, in its order; ``method`` keeps its sections apart."""

    introduction: Lines = ()
    method: tuple[Lines, ...] = ()
    results: Lines = ()
    closing: Lines = ()


def read_paper(
    abstract: Text, sections: Sequence[Section], title: str, weights: Weights
) -> tuple[Lines, FullText]:
    """Return the lines of the abstract, and what can be quoted of the sections."""
    grouped: dict[Zone, list[Section]] = {zone: [] for zone in _MOST}
    for section in _main_part(sections):
        if zone := _ZONES.get(section.role):
            grouped[zone].append(section)
    opening = tuple(_located(grouped["introduction"], "introduction"))
    closing = tuple(_located(grouped["closing"], "closing"))
    texts: dict[Place, Text] = {
        "abstract": abstract,
        "introduction": read([s.text for _, _, s in opening], title, weights),
        "conclusion": read([s.text for _, _, s in closing], title, weights),
    }
    rated = rate(texts, weights)
    full = FullText(
        introduction=_lines(opening, texts["introduction"].roles, rated["introduction"]),
        method=tuple(
            filter(None, (_plain([each], "method", "method") for each in grouped["method"]))
        ),
        results=_plain(grouped["results"], "results", "result"),
        closing=_lines(closing, texts["conclusion"].roles, rated["conclusion"]),
    )
    return _of_abstract(abstract, rated["abstract"]), full


def _of_abstract(abstract: Text, rated: Sequence[Rated]) -> Lines:
    count = len(abstract.sentences)
    return tuple(
        Line(
            text=text,
            where="abstract",
            index=index,
            role=abstract.roles[index],
            place=index / count,
            rated=rated[index] if rated else None,
        )
        for index, text in enumerate(abstract.sentences)
    )


def _main_part(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        if section.role in ("references", "appendix"):
            return
        yield section


def _located(sections: Iterable[Section], zone: Zone) -> Iterator[_Located]:
    """Yield the sentences of a zone with their sections, as many as there is time for."""
    every = (
        (section, index, sentence)
        for section in sections
        for index, sentence in enumerate(section.sentences)
    )
    return islice(every, _MOST[zone])


def _plain(sections: Iterable[Section], zone: Zone, role: Role) -> Lines:
    """Return the lines of sections that speak in one role."""
    found = tuple(_located(sections, zone))
    return _lines(found, (role,) * len(found), ())


def _lines(found: Sequence[_Located], labels: Sequence[Role], rated: Sequence[Rated]) -> Lines:
    return tuple(
        Line(
            text=sentence.text,
            where=section.heading,
            index=index,
            role=labels[order],
            place=order / len(found),
            page=sentence.page,
            rated=rated[order] if rated else None,
        )
        for order, (section, index, sentence) in enumerate(found)
        if _stands_alone(sentence)
    )


def _stands_alone(sentence: Sentence) -> bool:
    text = sentence.text
    return (
        not sentence.noise
        and len(text) in _LENGTHS
        and _WHOLE.fullmatch(text) is not None
        and _POINTS.search(text) is None
        and _FORMULA.search(text) is None
        and _HEADING.match(text) is None
    )
