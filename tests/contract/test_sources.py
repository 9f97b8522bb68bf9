"""What every implementation of `ports.Source` promises."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digestgen import registry
from digestgen.model import Paper
from digestgen.net import Http
from digestgen.ports import Source
from digestgen.text import squeeze
from tests.arxiv_server import serve
from tests.arxiv_server.invented import INVENTED
from tests.builders import WINDOW, topic
from tests.lent import tools


@pytest.fixture(params=sorted(registry._SOURCES))
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Source]:
    """Each built-in source, made as a build makes it, in front of an arXiv of our own."""
    with (
        serve(INVENTED) as server,
        Http(user_agent="test", intervals={}, pace_folder=tmp_path / "pace") as http,
    ):
        options = {"api_url": server.url, "pdf_url": server.pdf_url, "oai_url": server.oai_url}
        yield registry.source(request.param, options, tools(http))


def fetched(source: Source) -> tuple[Paper, ...]:
    papers = source.fetch(topic(), WINDOW).papers
    assert len(papers) > 2
    return papers


def test_the_newest_come_first_and_each_once(source: Source) -> None:
    papers = fetched(source)

    assert list(papers) == sorted(papers, key=lambda paper: paper.published, reverse=True)
    assert len({paper.id for paper in papers}) == len(papers)


def test_a_limit_keeps_the_newest_and_the_total_tells_of_the_others(source: Source) -> None:
    everything = source.fetch(topic(), WINDOW)
    some = source.fetch(topic(limit=2), WINDOW)

    assert everything.total == len(everything.papers)
    assert some.papers == everything.papers[:2]
    assert some.total == everything.total


def test_equal_questions_get_equal_answers(source: Source) -> None:
    assert source.fetch(topic(), WINDOW) == source.fetch(topic(), WINDOW)


def test_an_id_has_no_version_and_could_be_a_file_name_once_made_safe(source: Source) -> None:
    for paper in fetched(source):
        assert re.fullmatch(r"[a-z0-9./-]+", paper.id)
        assert not re.search(r"v\d+\Z", paper.id)
        assert paper.version >= 1


def test_every_text_is_squeezed(source: Source) -> None:
    for paper in fetched(source):
        names = [name for by in paper.authors for name in (by.name, *by.affiliations)]
        texts = (paper.title, paper.abstract, paper.comment, paper.journal_ref, *names)
        assert [text for text in texts if text != squeeze(text)] == []
        assert paper.title
        assert all(names)


def test_times_have_a_zone_and_no_version_comes_before_the_first(source: Source) -> None:
    for paper in fetched(source):
        assert paper.published.utcoffset() == paper.updated.utcoffset() == timedelta(0)
        assert paper.published <= paper.updated
        assert (paper.version > 1) == (paper.published < paper.updated)


def test_every_link_is_a_web_address(source: Source) -> None:
    links = [link for paper in fetched(source) for link in paper.links]

    assert "code" in {link.kind for link in links}
    for link in links:
        address = urlsplit(link.url)
        assert address.scheme in {"http", "https"}
        assert address.hostname
        assert link.url == "".join(link.url.split())
