"""The embedded summarizer keeps its promises on any text."""

import json
from dataclasses import fields
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestgen.model import Paper, Section, Sentence, Statement, Summary
from digestgen.summarize.categories import spelled_out
from digestgen.summarize.extractive import Extractive
from digestgen.summarize.parts import Parts
from digestgen.summarize.words import content_words, overlap
from digestgen.text import sentences, squeeze
from tests.builders import paper
from tests.growth import is_in_proportion

FRAGMENTS = st.sampled_from(
    [
        "We propose a novel net. ", "However, existing methods fail. ",
        "It improves FID by 12.5%. ", "Code: https://example.org/a. ", "本文提出一种方法。",
        "$x_i^*$ ", "$", "$$", "{{ x }}", "{% y %}", "<b>&", "1) Speed. ", "e.g. ", "et al. ",
        "1,1,1.", "most ", "...", "\\emph{", "}", "12 pages", "over 4,000 images ", "\u202e",
        "\n\n", "?!", "the ", "experiments ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(FRAGMENTS, max_size=40).map("".join))


def statements(summary: Summary) -> list[Statement]:
    parts = [getattr(summary, field.name) for field in fields(Parts)]
    return [
        summary.gist,
        *summary.takeaways,
        *summary.workload,
        *(s for part in parts for s in part),
    ]


def is_subsequence(few: list[str], many: list[str]) -> bool:
    """Tell whether all words stand in the same order, but for punctuation where words were cut."""
    rest = iter(word.strip(".,;:!?") for word in many)
    return all(word.strip(".,;:!?") in rest for word in few)


def check(source: Paper) -> None:
    summary = Extractive().summarize(source, ())
    split = sentences(source.abstract)
    for statement in statements(summary):
        evidence = statement.evidence[0]
        if statement.shortened:
            assert is_subsequence(statement.text.split(), evidence.sentence.split())
        else:
            assert statement.text in evidence.sentence
        if evidence.where == "abstract":
            assert evidence.index is not None
            assert split[evidence.index] == evidence.sentence
            assert evidence.sentence in squeeze(source.abstract)
        else:
            assert evidence.sentence in (source.comment, statement.text)
    check_takeaways(summary, len(split))
    check_parts(summary)
    whole = squeeze(source.title), squeeze(source.abstract)
    spelled = spelled_out(source.categories)
    assert all(any(phrase in text for text in (*whole, *spelled)) for phrase in summary.keywords)
    assert len(summary.keywords) <= 8


def check_takeaways(summary: Summary, length: int) -> None:
    order = [takeaway.evidence[0].index or 0 for takeaway in summary.takeaways]
    assert len(order) <= 7
    assert all(one < other for one, other in pairwise(order))
    assert length == 1 or summary.gist not in summary.takeaways
    for one, other in combinations(summary.takeaways, 2):
        assert overlap(content_words(one.text), content_words(other.text)) <= 0.5


def check_parts(summary: Summary) -> None:
    stands = [s.evidence[0].index for f in fields(Parts) for s in getattr(summary, f.name)]
    assert all(stands.count(index) <= 2 for index in stands)


@settings(derandomize=True, max_examples=250, deadline=None)
@given(title=TEXTS, abstract=TEXTS, comment=TEXTS)
def test_any_text_is_digested_truthfully_or_refused(
    title: str, abstract: str, comment: str
) -> None:
    source = paper(title=title, abstract=abstract, comment=squeeze(comment))
    if squeeze(abstract):
        check(source)
    else:
        with pytest.raises(ValueError, match="the abstract is empty"):
            check(source)


SENTENCES = st.lists(st.tuples(FRAGMENTS | st.text(max_size=120), st.booleans()), max_size=6)
ROLES = st.sampled_from(["introduction", "method", "results", "conclusion", "references", "other"])


def section(role: str, told: list[tuple[str, bool]]) -> Section:
    sentences = tuple(
        Sentence(text=squeeze(text * 3), page=2, box=(0, 0, 1, 1), noise=noise)
        for text, noise in told
        if squeeze(text)
    )
    return Section(heading=role.title(), role=role, page=2, text="", sentences=sentences)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(parts=st.lists(st.tuples(ROLES, SENTENCES), max_size=6))
def test_of_any_sections_only_sentences_without_noise_are_quoted(
    parts: list[tuple[str, list[tuple[str, bool]]]],
) -> None:
    sections = tuple(section(role, told) for role, told in parts)
    allowed = {
        (s.heading, index, sentence.text)
        for s in sections
        for index, sentence in enumerate(s.sentences)
        if not sentence.noise and s.role != "references"
    }
    summary = Extractive().summarize(paper(abstract="We propose a filter."), sections)
    for statement in statements(summary):
        evidence = statement.evidence[0]
        if statement.kind == "quote" and evidence.where != "abstract":
            assert (evidence.where, evidence.index, evidence.sentence) in allowed
            assert (statement.text, evidence.page) == (evidence.sentence, 2)


@pytest.mark.parametrize(
    "unit",
    [
        "We propose a net for faces. ", "most ", "1,", "$x$ ", "*a", "a", "{{", "however ", "我们",
        "\\ ", "we we ", "1.5% ", "(", "wait... ",
    ],
)  # fmt: skip
def test_time_grows_in_proportion_to_the_abstract(unit: str) -> None:
    assert is_in_proportion(lambda abstract: check(paper(abstract=abstract)), unit)


def test_real_abstracts_are_digested_truthfully(shared: Path) -> None:
    lines = (shared / "data/metadata/recent_2025-06-29.jsonl").read_text(encoding="utf-8")
    for line in lines.splitlines()[::4]:
        record = json.loads(line)
        check(paper(title=squeeze(record["title"]), abstract=squeeze(record["abstract"])))
