"""This module is the embedded summarizer: it says nothing but what the paper says.

It reads title, abstract and metadata, and the sections when there are any, and answers with
sentences of the paper, each with its place, and with counted facts. It needs no network, and
equal papers give equal summaries.
"""

import re
from collections.abc import Iterable

from digestgen.model import Paper, Provenance, Section, Statements, Summary
from digestgen.ports import Options, Tools
from digestgen.summarize import parts, ranking, roles
from digestgen.summarize.fulltext import with_full_text
from digestgen.summarize.keywords import keywords
from digestgen.summarize.lines import Line, of_abstract, of_sections
from digestgen.summarize.words import content_words
from digestgen.summarize.workload import workload
from digestgen.text import sentences as split
from digestgen.text import squeeze

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
    fingerprint = "extractive-2"

    def summarize(self, paper: Paper, sections: tuple[Section, ...]) -> Summary:
        """See `ports.Summarizer`.

        Raises:
            ValueError: the abstract is empty or only says that the paper is withdrawn.
        """
        abstract = squeeze(paper.abstract)
        if not abstract:
            raise ValueError("the abstract is empty")
        if _WITHDRAWN.search(abstract):
            raise ValueError("the abstract only says that the paper is withdrawn")
        return _summary(paper, abstract, sections, self.fingerprint)


def _summary(
    paper: Paper, abstract: str, sections: tuple[Section, ...], fingerprint: str
) -> Summary:
    sentences, title = split(abstract), squeeze(paper.title)
    labels = roles.label(sentences)
    gist = ranking.gist(sentences, labels, title)
    takeaways = ranking.takeaways(sentences, labels, title, gist=gist)
    lines = of_abstract(sentences, labels)
    routed = parts.route(lines, gist=gist)
    if sections:
        about = content_words(f"{title} {abstract}")
        routed = with_full_text(routed, of_sections(sections), known=lines, about=about)
    return Summary(
        gist=lines[gist].quote(),
        takeaways=_quotes(lines[index] for index in takeaways),
        keywords=keywords(title, abstract),
        background=_quotes(routed.background),
        past_methods=_quotes(routed.past_methods),
        proposed_method=_quotes(routed.proposed_method),
        task_and_performance=_quotes(routed.task_and_performance),
        methods=_quotes(routed.methods),
        significance=_quotes(routed.significance),
        innovation=_quotes(routed.innovation),
        performance=_quotes(routed.performance),
        workload=workload(paper, sentences, labels),
        written_by=Provenance(
            method="extractive",
            fingerprint=fingerprint,
            input="full" if sections else "abstract",
        ),
    )


def _quotes(lines: Iterable[Line]) -> Statements:
    return tuple(line.quote() for line in lines)
