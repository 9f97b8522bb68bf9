"""This module is the embedded summarizer: it says nothing but what the paper says.

It reads title, abstract and metadata, and the sections when there are any, and answers with
sentences of the paper, each with its place, and with counted facts. It needs no network, and
equal papers give equal summaries.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from digestgen.model import Paper, Provenance, Section, Statements, Summary
from digestgen.ports import Options, Tools
from digestgen.summarize import parts
from digestgen.summarize.categories import spelled_out
from digestgen.summarize.cue_roles import mended
from digestgen.summarize.fulltext import with_full_text
from digestgen.summarize.keywords import keywords
from digestgen.summarize.lines import Line, read_paper
from digestgen.summarize.ranking import gist_of
from digestgen.summarize.reading import read
from digestgen.summarize.takeaways import takeaways
from digestgen.summarize.weights import Weights, load
from digestgen.summarize.words import content_words
from digestgen.summarize.workload import workload
from digestgen.text import sentences as split
from digestgen.text import squeeze

_MOST_KEYWORDS = 8
_MOST_CATEGORIES = 2
_WITHDRAWN = re.compile(
    r"^\W{0,3}(?:this|the) (?:\w+ )?(?:paper|article|submission|manuscript|work|preprint|version)"
    r" (?:has been|was|is)(?: being)? (?:\w+ )?withdrawn\b|^\W{0,3}withdrawn\b",
    re.IGNORECASE,
)


def create(_options: Options, _tools: Tools) -> "Extractive":
    """Return the embedded summarizer; it has no options and needs no tools."""
    return Extractive()


class Extractive:
    """The embedded summarizer, see `ports.Summarizer`."""

    # It keys the memo: raise it with every change that changes a summary.
    fingerprint = "extractive-3-737c90b4"

    def __init__(self, weights: Callable[[], Weights] = load) -> None:
        self._weights = weights  # read when they are first needed

    def summarize(self, paper: Paper, sections: tuple[Section, ...]) -> Summary:
        """See `ports.Summarizer`.

        Raises:
            ValueError: the abstract is empty or only says that the paper is withdrawn.
        """
        abstract = checked_abstract(paper.abstract)
        return _summary(paper, abstract, sections, self._weights(), self.fingerprint)


def checked_abstract(abstract: str) -> str:
    """Return an abstract on one line.

    Raises:
        ValueError: it is empty or only says that the paper is withdrawn.
    """
    abstract = squeeze(abstract)
    if not abstract:
        raise ValueError("the abstract is empty")
    if _WITHDRAWN.search(abstract):
        raise ValueError("the abstract only says that the paper is withdrawn")
    return abstract


def _summary(
    paper: Paper,
    abstract: str,
    sections: tuple[Section, ...],
    weights: Weights,
    fingerprint: str,
) -> Summary:
    title = squeeze(paper.title)
    text = read(split(abstract), title, weights)
    gist, form = gist_of(text, title, weights)
    text = replace(text, roles=mended(text.sentences, text.roles, gist=gist))
    counted = workload(paper, text.sentences, text.roles)
    lines, full = read_paper(text, sections, title, weights)
    routed = parts.route(lines, gist=gist)
    if sections:
        about = content_words(f"{title} {abstract}")
        routed = with_full_text(routed, full, known=lines, about=about)
    return Summary(
        gist=lines[gist].quote(form),
        takeaways=_quotes(
            lines[index] for index in takeaways(text.sentences, text.roles, title, gist=gist)
        ),
        keywords=_keywords(paper, title, abstract),
        background=_quotes(routed.background),
        past_methods=_quotes(routed.past_methods),
        proposed_method=_quotes(routed.proposed_method),
        task_and_performance=_quotes(routed.task_and_performance),
        methods=_quotes(routed.methods),
        significance=_quotes(routed.significance),
        innovation=_quotes(routed.innovation),
        performance=_quotes(routed.performance),
        workload=counted,
        written_by=Provenance(
            method="extractive",
            fingerprint=fingerprint,
            input="full" if sections else "abstract",
        ),
    )


def _keywords(paper: Paper, title: str, abstract: str) -> tuple[str, ...]:
    """Return what the paper is about, and what its first categories are called: eight at most."""
    named = spelled_out(paper.categories)[:_MOST_CATEGORIES]
    found = keywords(title, abstract)[: _MOST_KEYWORDS - len(named)]
    known = {phrase.lower() for phrase in found}
    return (*found, *(name for name in named if name.lower() not in known))


def _quotes(lines: Iterable[Line]) -> Statements:
    return tuple(line.quote() for line in lines)
