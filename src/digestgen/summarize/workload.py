"""This module counts what work stands behind a paper: pages, figures, data, released code."""

import re
from collections.abc import Iterable, Sequence

from digestgen.model import Evidence, Paper, Statement, Statements
from digestgen.summarize.roles import Role

_MOST = 8

_COMMENT_COUNT = re.compile(
    r"(?<![\w.])\d{1,4}\s?(?:\+\s?\d{1,4}\s?)?(?:(?:main|color|supplementary|extended)\s)?"
    r"(?:pages?|figures?|figs?\b|tables?|videos?|algorithms?|appendices|页|图|表)",
    re.IGNORECASE,
)

# "four datasets", "12 public benchmarks": any number of what was tried; "4768 3D objects": large
# numbers of what was looked at, since "two images" is more often part of an explanation.
_UP_TO_TWO_WORDS = r"(?: (?!and\b|or\b|of\b|the\b|in\b|to\b)[\w-]{1,24}){0,2}?"
_ABSTRACT_COUNT = re.compile(
    r"(?<![\w.,$\\-])(?:"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,4})"
    rf"{_UP_TO_TWO_WORDS} (?:datasets|benchmarks|baselines|languages|LLMs|modalities|tasks|trials)"
    r"|\d[\d,.]*\d[kKmMB]?(?: (?:million|billion|thousand))?"
    rf"{_UP_TO_TWO_WORDS} (?:participants|subjects|patients|images|videos|hours|objects|categories"
    r"|scenes|annotators|samples|examples|queries|questions|prompts|GPUs|scans|volumes|papers|users"
    r"|environments|pairs|models|cases))\b"
)
_OWN_WORK: frozenset[Role] = frozenset({"objective", "method", "result"})


def workload(paper: Paper, sentences: Sequence[str], roles: Sequence[Role]) -> Statements:
    """Return counts in the paper's own words, and where its code is; empty when it says nothing."""
    counted = (
        *_matches(_COMMENT_COUNT, paper.comment, where="comment", index=None),
        *(
            fact
            for index, sentence in enumerate(sentences)
            if roles[index] in _OWN_WORK
            for fact in _matches(_ABSTRACT_COUNT, sentence, where="abstract", index=index)
        ),
    )
    return (*_unique(counted)[:_MOST], *_code(paper, sentences))


def _matches(
    pattern: re.Pattern[str], text: str, *, where: str, index: int | None
) -> Iterable[Statement]:
    for match in pattern.finditer(text):
        source = Evidence(sentence=text, where=where, index=index)
        yield Statement(text=match.group(), evidence=(source,), kind="fact")


def _unique(facts: Iterable[Statement]) -> Statements:
    return tuple({fact.text.lower(): fact for fact in reversed(tuple(facts))}.values())[::-1]


def _code(paper: Paper, sentences: Sequence[str]) -> Statements:
    """Return the addresses of released code, each with the words that give it."""
    return tuple(
        Statement(text=link.url, evidence=(_source(link.url, paper, sentences),), kind="fact")
        for link in paper.links
        if link.kind == "code"
    )


def _source(url: str, paper: Paper, sentences: Sequence[str]) -> Evidence:
    for index, sentence in enumerate(sentences):
        if url in sentence:
            return Evidence(sentence=sentence, where="abstract", index=index)
    if url in paper.comment:
        return Evidence(sentence=paper.comment, where="comment")
    return Evidence(sentence=url, where="metadata")
