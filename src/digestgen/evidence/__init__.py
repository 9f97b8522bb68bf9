"""This package tells what a text says of a paper that the paper does not say.

It serves a summarizer that must not print what it cannot prove, and the linter of finished posts.
It parses no Markdown and reads no file: text and sources in, findings with exact spans out. A
summarizer asks ``examine(Passage(text=..., part="methods", lang="zh"), sources_of(paper, ...))`` of
each statement, or ``examine_digest`` of all, before anything is written.
"""

from digestgen.evidence.detectors import (
    DIGEST_DETECTORS,
    PASSAGE_DETECTORS,
    examine,
    examine_digest,
)
from digestgen.evidence.languages import language_of
from digestgen.evidence.names import names_not_in_source
from digestgen.evidence.numbers import known_numbers, numbers_not_in_source
from digestgen.evidence.people import people_in_chinese
from digestgen.evidence.quantities import quantities, unsaid
from digestgen.evidence.values import (
    EIGHT_PARTS,
    Finding,
    Level,
    Part,
    Passage,
    Sources,
    sources_of,
)

__all__ = [
    "DIGEST_DETECTORS",
    "EIGHT_PARTS",
    "PASSAGE_DETECTORS",
    "Finding",
    "Level",
    "Part",
    "Passage",
    "Sources",
    "examine",
    "examine_digest",
    "known_numbers",
    "language_of",
    "names_not_in_source",
    "numbers_not_in_source",
    "people_in_chinese",
    "quantities",
    "sources_of",
    "unsaid",
]
