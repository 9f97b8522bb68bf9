"""What every implementation of `ports.Summarizer` promises."""

from dataclasses import fields

import pytest

from digestgen.model import Statement, Summary
from digestgen.ports import Summarizer
from digestgen.summarize.extractive import Extractive
from digestgen.text import squeeze
from tests.builders import paper

SUMMARIZERS: tuple[Summarizer, ...] = (Extractive(),)
PAPER = paper(
    comment="8 pages, 3 figures",
    abstract="Nets are slow. We propose a fast net. It is 3.1x faster on two datasets.",
)


def statements(summary: Summary) -> list[Statement]:
    found = [summary.gist]
    for field in fields(summary):
        part = getattr(summary, field.name)
        if isinstance(part, tuple):
            found.extend(statement for statement in part if isinstance(statement, Statement))
    return found


@pytest.fixture(params=SUMMARIZERS, ids=lambda summarizer: summarizer.fingerprint)
def summarizer(request: pytest.FixtureRequest) -> Summarizer:
    made: Summarizer = request.param
    return made


def test_it_is_a_summarizer_with_a_printable_fingerprint(summarizer: Summarizer) -> None:
    assert isinstance(summarizer, Summarizer)
    assert summarizer.fingerprint
    assert summarizer.fingerprint.isprintable()
    assert len(summarizer.fingerprint) <= 200


def test_equal_papers_give_equal_summaries_that_carry_the_fingerprint(
    summarizer: Summarizer,
) -> None:
    first, second = summarizer.summarize(PAPER, ()), summarizer.summarize(PAPER, ())

    assert first == second
    assert first.written_by.fingerprint == summarizer.fingerprint


def test_every_statement_has_evidence_that_stands_where_it_says(summarizer: Summarizer) -> None:
    places = {
        "title": PAPER.title,
        "abstract": squeeze(PAPER.abstract),
        "comment": PAPER.comment,
    }
    said = statements(summarizer.summarize(PAPER, ()))

    assert len(said) > 3
    for statement in said:
        assert statement.text.strip()
        assert statement.evidence
        for evidence in statement.evidence:
            assert evidence.sentence in places.get(evidence.where, evidence.sentence)


def test_at_most_seven_takeaways_and_eight_keywords_are_given(summarizer: Summarizer) -> None:
    summary = summarizer.summarize(PAPER, ())

    assert len(summary.takeaways) <= 7
    assert len(summary.keywords) <= 8


def test_a_paper_without_an_abstract_is_refused_with_its_reason(summarizer: Summarizer) -> None:
    with pytest.raises(ValueError, match="abstract is empty"):
        summarizer.summarize(paper(abstract=""), ())
