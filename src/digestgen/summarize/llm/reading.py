"""This module lists a paper's sentences for a model, and chooses those that fit into it.

Sentences are never cut. What does not fit is left out whole, and counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digestgen.model import Evidence, Paper, Section
from digestgen.summarize.llm.tokens import tokens
from digestgen.text import sentences, squeeze

_LEFT_OUT = frozenset({"abstract", "front", "references", "appendix", "acknowledgements"})
_SHORTEST = 20  # characters; less is a label
_NUMBER = 5  # tokens of a sentence's number and its line's end


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sentence of a paper that a model may be given; ``section`` counts from 1, 0: abstract."""

    evidence: Evidence
    section: int
    role: str

    @property
    def text(self) -> str:
        """Return the sentence on one line, with nothing in it that a reader does not see."""
        return squeeze(self.evidence.sentence)


Sources = tuple[Source, ...]


def sources(paper: Paper, sections: Sequence[Section]) -> Sources:
    """Return the sentences of the abstract and of the main text, in the paper's order."""
    abstract = (
        Source(
            evidence=Evidence(sentence=text, where="abstract", index=index),
            section=0,
            role="abstract",
        )
        for index, text in enumerate(sentences(squeeze(paper.abstract)))
    )
    return (*abstract, *_of_sections(sections))


def chosen(known: Sources, reads: Sequence[str], *, room: int) -> Sources:
    """Return the sentences that fit into ``room`` tokens, in the paper's order; at least one.

    The abstract comes first, then the sections that matter most to the part. Each of them gets
    half of what is left, so that the next ones are heard as well; what remains is filled up.
    """
    taken: set[int] = set()
    order = list(_ranked(known, reads))
    for share in (2, 1):
        for section in order:
            allowed = room if section == 0 else room // share
            for index, source in enumerate(known):
                if source.section != section or index in taken:
                    continue
                cost = tokens(source.text) + _NUMBER
                if cost > allowed:
                    break
                taken.add(index)
                room, allowed = room - cost, allowed - cost
    return tuple(known[index] for index in sorted(taken)) or known[:1]


def _of_sections(sections: Sequence[Section]) -> Iterator[Source]:
    for number, section in enumerate(sections, start=1):
        if section.role in ("references", "appendix"):
            return
        if section.role in _LEFT_OUT:
            continue
        for index, sentence in enumerate(section.sentences):
            if sentence.noise or len(sentence.text) < _SHORTEST:
                continue
            yield Source(
                evidence=Evidence(
                    sentence=sentence.text,
                    where=section.heading,
                    index=index,
                    page=sentence.page,
                ),
                section=number,
                role=section.role,
            )


def _ranked(known: Sources, reads: Sequence[str]) -> Iterable[int]:
    """Return the numbers of the sections, those that matter first."""
    roles = {source.section: source.role for source in known}
    rank = {role: place for place, role in enumerate(("abstract", *reads))}
    return sorted(roles, key=lambda section: (rank.get(roles[section], len(rank)), section))
