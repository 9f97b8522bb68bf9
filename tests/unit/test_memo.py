"""Summaries are remembered with all that is known of them, but for those that want more."""

from dataclasses import replace

import pytest

from digestgen.fulltext import FullText
from digestgen.memo import SummaryMemo
from digestgen.model import Checks, Paper, Provenance, Section, Summary
from digestgen.pipeline import digest_one
from tests.builders import paper, summary
from tests.lent import DictMemo

CHECKS = Checks(kept=3, repaired=1, replaced=2, dropped=1, read=40, sentences=90)
WRITTEN = Provenance(
    method="llm", fingerprint="llm-1-en", input="full", model="parrot-1", checks=CHECKS
)


class Known:
    """A summarizer that gives what it was told."""

    fingerprint = "llm-1-en"

    def __init__(self, known: Summary) -> None:
        self._known = known

    def summarize(self, paper: Paper, sections: tuple[Section, ...]) -> Summary:
        return self._known


@pytest.mark.parametrize("written_by", [WRITTEN, replace(WRITTEN, checks=None)])
def test_a_summary_comes_back_as_it_was(written_by: Provenance) -> None:
    memo, made = SummaryMemo(DictMemo()), summary(written_by=written_by)
    memo.keep("llm-1-en", paper(), (), made)

    assert memo.find("llm-1-en", paper(), ()) == made


@pytest.mark.parametrize(("unanswered", "is_kept"), [(0, True), (1, False)])
def test_a_summary_for_which_the_model_was_not_there_is_made_again(
    unanswered: int, is_kept: bool
) -> None:
    memo = SummaryMemo(DictMemo())
    made = summary(written_by=replace(WRITTEN, checks=replace(CHECKS, unanswered=unanswered)))
    digest_one(FullText(paper=paper()), Known(made), memo)

    assert (memo.find("llm-1-en", paper(), ()) is not None) == is_kept
