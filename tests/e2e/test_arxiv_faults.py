"""The arXiv source and the HTTP client together, against a real server that misbehaves."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digestgen.errors import NothingFoundError, RemoteError
from digestgen.model import Fetched, Topic, Window
from digestgen.net import Clock, Http, Limits
from digestgen.sources.arxiv import ArxivSource
from tests.arxiv_server import Record, Server, faults, serve
from tests.arxiv_server.faults import Fault
from tests.arxiv_server.invented import INVENTED, many
from tests.arxiv_server.records import read
from tests.builders import WINDOW, topic
from tests.lent import tools

PATIENT = Limits(connect=10.0, read=10.0, total=20.0)
# Enough for a proper answer on a busy machine, and soon over for a stall.
BRISK = Limits(connect=10.0, read=1.0, total=1.5)
HASTY = Limits(connect=10.0, read=0.5, total=0.5, tries=2)
NEWEST_FIRST = ["2409.90004", "2409.90002", "2409.90001"]


@dataclass(frozen=True)
class Line:
    """A running arXiv, the source that asks it, and the pauses that the client made."""

    server: Server
    source: ArxivSource
    pauses: list[float]

    def fetch(self, asked: Topic | None = None, window: Window = WINDOW) -> Fetched:
        return self.source.fetch(asked or topic(), window)


@contextmanager
def line(
    folder: Path,
    records: Sequence[Record] = INVENTED,
    wrong: Sequence[Fault] = (),
    limits: Limits = PATIENT,
) -> Iterator[Line]:
    pauses: list[float] = []
    clock = Clock(sleep=pauses.append, jitter=lambda: 0.0)
    with (
        serve(records, faults=wrong) as server,
        Http(
            user_agent="digestgen/test",
            intervals={},
            pace_folder=folder,
            limits=limits,
            clock=clock,
        ) as http,
    ):
        source = ArxivSource(
            tools(http), api_url=server.url, pdf_url=server.pdf_url, oai_url=server.oai_url
        )
        yield Line(server, source, pauses)


PASSING = {
    "429": faults.status(429, retry_after="7"),
    "503": faults.status(503),
    "a rate-limit page": faults.page(b"Rate exceeded.", content_type="text/plain"),
    "an HTML page": faults.page(b"<html><body>Sorry</body></html>"),
    "an empty page": faults.empty(250),
    "a cut-off feed": faults.cut_off,
    "a truncated body": faults.truncated,
    "a stall": faults.stalled,
    "a drip": faults.dripping,
    "a hang-up": faults.hung_up,
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_a_fault_that_passes_changes_nothing(fault: Fault, tmp_path: Path) -> None:
    with line(tmp_path, wrong=[fault], limits=BRISK) as arxiv:
        found = arxiv.fetch()

    assert [paper.id for paper in found.papers] == NEWEST_FIRST
    assert len(arxiv.server.requests) == 2


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_a_fault_that_stays_is_one_line_with_a_hint(fault: Fault, tmp_path: Path) -> None:
    with (
        line(tmp_path, wrong=[fault] * 9, limits=HASTY) as arxiv,
        pytest.raises(RemoteError) as caught,
    ):
        arxiv.fetch()

    assert not isinstance(caught.value, NothingFoundError)
    assert "127.0.0.1" in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint
    assert len(arxiv.server.requests) == HASTY.tries


def test_the_pause_that_the_server_asks_for_is_made(tmp_path: Path) -> None:
    with line(tmp_path, wrong=[faults.status(429, retry_after="7")]) as arxiv:
        arxiv.fetch()

    assert sum(arxiv.pauses) == pytest.approx(7, abs=0.5)


@pytest.mark.parametrize("code", [200, 400])
def test_arxivs_error_entry_is_not_asked_for_again(code: int, tmp_path: Path) -> None:
    with (
        line(tmp_path, wrong=[faults.refused("bad taste", code=code)]) as arxiv,
        pytest.raises(RemoteError, match="refuses the query: bad taste"),
    ):
        arxiv.fetch()

    assert len(arxiv.server.requests) == 1


def test_a_query_that_arxiv_cannot_read_is_shown(tmp_path: Path) -> None:
    with line(tmp_path) as arxiv, pytest.raises(RemoteError, match="missing") as caught:
        arxiv.fetch(topic(query="((ti:tea)"))

    assert "((ti:tea)" in caught.value.hint
    assert len(arxiv.server.requests) == 1


@pytest.mark.parametrize("code", [403, 404, 406])
def test_a_status_that_will_not_pass_is_not_asked_for_again(code: int, tmp_path: Path) -> None:
    with line(tmp_path, wrong=[faults.status(code)]) as arxiv, pytest.raises(RemoteError):
        arxiv.fetch()

    assert len(arxiv.server.requests) == 1


def test_the_name_of_the_content_type_does_not_matter(tmp_path: Path) -> None:
    with line(tmp_path, wrong=[faults.typed("text/html")]) as arxiv:
        assert len(arxiv.fetch().papers) == 3


def test_every_request_says_who_asks_and_for_what(tmp_path: Path) -> None:
    with line(tmp_path) as arxiv:
        arxiv.fetch()

    (request,) = arxiv.server.requests
    assert request.headers["accept"] == "application/atom+xml"
    assert request.headers["user-agent"] == "digestgen/test"


def test_a_fault_in_the_middle_of_many_pages_loses_nothing(tmp_path: Path) -> None:
    wrong = [faults.none, faults.empty(1500), faults.none]
    with line(tmp_path, many(1500), wrong) as arxiv:
        found = arxiv.fetch(topic(phrases=("tea",), limit=1200))

    assert [paper.id for paper in found.papers] == [f"2409.{n:05d}" for n in range(1500, 300, -1)]
    assert found.total == 1500


def test_a_window_without_papers_is_not_an_error(tmp_path: Path) -> None:
    window = Window(start=datetime(2024, 10, 1, tzinfo=UTC), end=datetime(2024, 10, 2, tzinfo=UTC))
    with line(tmp_path) as arxiv:
        assert arxiv.fetch(window=window) == Fetched(papers=(), total=0)

    assert len(arxiv.server.requests) == 2


def test_a_topic_that_nobody_writes_about_is_an_error(tmp_path: Path) -> None:
    with line(tmp_path) as arxiv, pytest.raises(NothingFoundError):
        arxiv.fetch(topic("Difusion Modles"))


def test_real_records_of_a_window_come_all_and_newest_first(tmp_path: Path, shared: Path) -> None:
    records = read(shared / "data" / "metadata" / "cs.GR.tsv.xz", day=date(2020, 1, 1))
    window = Window(start=datetime(2019, 5, 1, tzinfo=UTC), end=datetime(2019, 9, 1, tzinfo=UTC))
    with line(tmp_path, records) as arxiv:
        found = arxiv.fetch(topic(phrases=(), categories=("cs.GR",), limit=500), window)

    inside = {r.id for r in records if window.start <= r.published <= window.end}
    assert {paper.id for paper in found.papers} == inside
    assert len(found.papers) == found.total > 0
    dates = [paper.published for paper in found.papers]
    assert dates == sorted(dates, reverse=True)
