"""This module is the embedded summarizer: it says nothing but what the paper says.

It reads title, abstract and metadata, and answers with whole sentences of the abstract, each
with its place, and with counted facts. It needs no model, and equal papers give equal summaries.
"""

import re
from collections.abc import Iterable

from digestgen.model import Evidence, Paper, Provenance, Section, Statement, Statements, Summary
from digestgen.ports import Options, Tools
from digestgen.summarize import parts, ranking, roles
from digestgen.summarize.keywords import keywords
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
    fingerprint = "extractive-1"

    def summarize(self, paper: Paper, sections: tuple[Section, ...]) -> Summary:  # noqa: ARG002
        """See `ports.Summarizer`. Reads the abstract alone, also when there are sections.

        Raises:
            ValueError: the abstract is empty or only says that the paper is withdrawn.
        """
        abstract = squeeze(paper.abstract)
        if not abstract:
            raise ValueError("the abstract is empty")
        if _WITHDRAWN.search(abstract):
            raise ValueError("the abstract only says that the paper is withdrawn")
        return _summary(paper, abstract, self.fingerprint)


def _summary(paper: Paper, abstract: str, fingerprint: str) -> Summary:
    sentences = split(abstract)
    title = squeeze(paper.title)
    labels = roles.label(sentences)
    gist = ranking.gist(sentences, labels, title)
    routed = parts.route(sentences, labels, gist=gist)

    def quotes(indexes: Iterable[int]) -> Statements:
        return tuple(_quote(sentences[index], index) for index in indexes)

    return Summary(
        gist=_quote(sentences[gist], gist),
        takeaways=quotes(ranking.takeaways(sentences, labels, title, gist=gist)),
        keywords=keywords(title, abstract),
        background=quotes(routed.background),
        past_methods=quotes(routed.past_methods),
        proposed_method=quotes(routed.proposed_method),
        task_and_performance=quotes(routed.task_and_performance),
        methods=quotes(routed.methods),
        significance=quotes(routed.significance),
        innovation=quotes(routed.innovation),
        performance=quotes(routed.performance),
        workload=workload(paper, sentences, labels),
        written_by=Provenance(method="extractive", fingerprint=fingerprint, input="abstract"),
    )


def _quote(sentence: str, index: int) -> Statement:
    source = Evidence(sentence=sentence, where="abstract", index=index)
    return Statement(text=sentence, evidence=(source,))
