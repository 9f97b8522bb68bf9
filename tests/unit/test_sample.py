import re
from datetime import date, datetime, timedelta

import pytest

from digestgen.errors import NoPdfError
from digestgen.licensing import allows_pictures
from digestgen.model import Paper
from digestgen.ports import PdfSource, Source
from digestgen.sources.sample import SampleSource
from digestgen.text import sentences, squeeze
from tests import builders
from tests.builders import WINDOW, topic

PAPERS = SampleSource().fetch(topic(), WINDOW).papers
EVERYTHING = " ".join(f"{paper.title} {paper.abstract} {paper.comment}" for paper in PAPERS)


def named(paper_id: str) -> Paper:
    return next(paper for paper in PAPERS if paper.id == paper_id)


def test_the_sample_is_a_source() -> None:
    assert isinstance(SampleSource(), Source)
    assert isinstance(SampleSource(), PdfSource)


def test_any_topic_and_window_get_the_same_eight_papers() -> None:
    window = type(WINDOW)(start=WINDOW.start - timedelta(9999), end=WINDOW.start - timedelta(9998))
    other = SampleSource().fetch(topic("Lattice Theory"), window)

    assert other.papers == PAPERS
    assert other.total == len(PAPERS) == 8


def test_the_topics_limit_is_respected_and_the_total_told() -> None:
    found = SampleSource().fetch(topic(limit=3), WINDOW)

    assert found.papers == PAPERS[:3]
    assert found.total == 8


def test_papers_come_from_fixed_days() -> None:
    assert all(
        date(2024, 9, 20) <= time.date() <= date(2024, 9, 24) and time.utcoffset() == timedelta(0)
        for paper in PAPERS
        for time in (paper.published, paper.updated)
    )


def test_every_paper_is_plainly_invented() -> None:
    for paper in PAPERS:
        assert re.fullmatch(r"sample-\d{4}", paper.id)
        assert paper.comment.startswith("Invented sample")
    assert not [link for paper in PAPERS for link in paper.links if "arxiv" in link.url]


def test_every_paper_lets_its_pictures_be_shown() -> None:
    assert all(allows_pictures(paper.licence) for paper in PAPERS)


@pytest.mark.parametrize("id_", ["2409.00001", "../sample_pdfs/sample-0001"])
def test_a_paper_of_somewhere_else_has_no_pdf(id_: str) -> None:
    with pytest.raises(NoPdfError, match="no PDF: the sample has none"):
        SampleSource().pdf(builders.paper(id_))


def test_every_text_is_squeezed_and_every_abstract_has_five_to_nine_sentences() -> None:
    for paper in PAPERS:
        assert (paper.title, paper.abstract) == (squeeze(paper.title), squeeze(paper.abstract))
        assert 5 <= len(sentences(paper.abstract)) <= 9, paper.id


def test_an_address_of_code_stands_in_the_abstract() -> None:
    links = [(paper, link) for paper in PAPERS for link in paper.links]

    assert len(links) == 2
    assert all(link.kind == "code" and link.url in paper.abstract for paper, link in links)


def test_one_paper_is_a_second_version() -> None:
    again = named("sample-0003")

    assert [paper.id for paper in PAPERS if paper.version > 1] == [again.id]
    assert (again.version, again.updated > again.published) == (2, True)
    assert again.updated == datetime.fromisoformat("2024-09-23T11:05:00Z")


def test_authors_are_many_foreign_and_somewhere_employed() -> None:
    assert len(named("sample-0006").authors) == 27
    assert named("sample-0003").authors[0].name == "Sämple Authör"
    assert named("sample-0004").authors[0].affiliations == ("示例大学 (University of Examples)",)


def test_what_is_hard_to_print_is_there() -> None:
    hard = (
        r"$\mathcal{O}(n \log n)$", "$x_i^*", r"\emph{", r"35\%", "$35,000", "书法", "{{ }}",
        "{% %}", "{# #}", "*reverse*", "a<b and c>d", "<!-- more -->", "R\\'enyi",
        "Cooling & networking", r"\(\sigma_k\)",
    )  # fmt: skip

    assert [mark for mark in hard if mark not in EVERYTHING] == []
