"""PDFs and licences through the real HTTP client, from a real server that misbehaves."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digestgen.downloads import Downloads
from digestgen.errors import NoPdfError, OutputError, RemoteError
from digestgen.model import Link
from digestgen.net import Clock, Http, Limits
from digestgen.sources.arxiv import ArxivSource
from tests.arxiv_server import Record, Server, faults, serve
from tests.arxiv_server.faults import Fault
from tests.arxiv_server.invented import at
from tests.builders import paper
from tests.lent import DictMemo, tools

NOW = datetime(2024, 9, 24, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"first version " * 200 + b"\n%%EOF\n"
SECOND = PDF.replace(b"first", b"second")
OLD = "quant-ph/0201999"
FILES = {"2409.00001v1": PDF, "2409.00001v2": SECOND, OLD: PDF}
CC_BY = "http://creativecommons.org/licenses/by/4.0/"
RECORDS = (Record(id="2409.00001", published=at(20), licence=CC_BY),)
PATIENT = Limits(connect=10.0, read=10.0, total=20.0)
# Enough for a proper answer on a busy machine, and soon over for a stall.
BRISK = Limits(connect=10.0, read=1.0, total=1.5)
HASTY = Limits(connect=10.0, read=0.5, total=0.5, tries=2)


@dataclass(frozen=True)
class World:
    """A running arXiv, and runs of digestgen that share a cache."""

    server: Server
    http: Http
    folder: Path
    memo: DictMemo = field(default_factory=DictMemo)

    def run(self, now: datetime = NOW, *, pdf_url: str = "", max_bytes: int = 10**6) -> ArxivSource:
        downloads = Downloads(
            self.folder, http=self.http, memo=self.memo, now=now, max_bytes=max_bytes
        )
        return ArxivSource(
            tools(self.http, downloads=downloads, memo=self.memo),
            api_url=self.server.url,
            pdf_url=pdf_url or self.server.pdf_url,
            oai_url=self.server.oai_url,
        )

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.glob("**/*")}


@contextmanager
def world(
    folder: Path,
    *wrong: Fault,
    limits: Limits = PATIENT,
    pdfs: Mapping[str, bytes] = FILES,
    records: Sequence[Record] = RECORDS,
) -> Iterator[World]:
    with (
        serve(records, pdfs=pdfs, faults=wrong) as server,
        Http(
            user_agent="digestgen/test",
            intervals={},
            pace_folder=folder / "pace",
            limits=limits,
            clock=Clock(sleep=lambda _: None, jitter=lambda: 0.0),
        ) as http,
    ):
        yield World(server, http, folder / "pdf")


def refused(source: ArxivSource) -> str:
    with pytest.raises(NoPdfError) as raised:
        source.pdf(paper())
    return str(raised.value)


def test_a_pdf_is_fetched_once_and_kept_by_id_and_version(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        first = arxiv.run().pdf(paper())
        again = arxiv.run().pdf(paper())
        second = arxiv.run().pdf(paper(version=2))

    assert (first, first.read_bytes(), second.read_bytes()) == (again, PDF, SECOND)
    assert arxiv.files() == {"2409.00001v1.pdf": PDF, "2409.00001v2.pdf": SECOND}
    assert arxiv.server.paths == ["/pdf/2409.00001v1", "/pdf/2409.00001v2"]


def test_a_pdf_is_asked_for_as_such_by_name(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        arxiv.run().pdf(paper())

    [request] = arxiv.server.requests
    assert request.headers["accept"] == "application/pdf"
    assert request.headers["user-agent"] == "digestgen/test"


def test_an_old_id_with_a_slash_stays_inside_the_folder(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        path = arxiv.run().pdf(paper(OLD))

    assert path == arxiv.folder / "quant-ph%2F0201999v1.pdf"
    assert arxiv.server.paths == ["/pdf/quant-ph/0201999v1"]


def test_a_link_of_a_feed_is_never_followed(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv, world(tmp_path / "other") as other:
        link = Link(kind="pdf", url=other.server.pdf_url.replace("{id}", "2409.00001v1"))
        arxiv.run().pdf(paper(links=(link,)))

    assert (len(arxiv.server.requests), other.server.requests) == (1, [])


def test_the_configured_address_alone_says_where_a_pdf_is(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        arxiv.run(pdf_url=f"{arxiv.server.host}/pdf/{{id}}?key={{x}}&from={{id}}").pdf(paper())

    [request] = arxiv.server.requests
    assert (request.path, request.query["from"]) == ("/pdf/2409.00001v1", "2409.00001v1")


def test_a_damaged_file_in_the_cache_is_replaced(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        arxiv.folder.mkdir()
        (arxiv.folder / "2409.00001v1.pdf").write_bytes(b"")
        path = arxiv.run().pdf(paper())

    assert path.read_bytes() == PDF


def test_something_may_stand_before_the_mark_of_a_pdf(tmp_path: Path) -> None:
    late = b"\n" * 1000 + PDF
    with world(tmp_path, pdfs={"2409.00001": late}) as arxiv:
        assert arxiv.run().pdf(paper()).read_bytes() == late


WITHDRAWN = b"<html><p>This paper has been withdrawn by the author</p></html>"
NO_PDF = {
    "404": (faults.status(404), "no PDF: the server has none (404)"),
    "410": (faults.status(410), "no PDF: the server has none (410)"),
    "403": (faults.status(403), "no PDF: the server refuses it (403)"),
    "a web page": (
        faults.page(b"<!DOCTYPE html>\n<HTML>hello"),
        "no PDF: a web page came in its place",
    ),
    "withdrawn": (faults.page(WITHDRAWN), "no PDF: the paper has been withdrawn"),
    "withdrawn, with a status": (
        faults.page(WITHDRAWN, code=404),
        "no PDF: the paper has been withdrawn",
    ),
    "nothing": (faults.page(b"\n"), "no PDF: the file is empty"),
    "something else": (faults.page(b"PK\x03\x04"), "no PDF: what came is something else"),
    "the mark too late": (
        faults.page(b"\n" * 1024 + b"x" + PDF),
        "no PDF: what came is something else",
    ),
    "too large": (faults.page(PDF + b"x" * 2**20), "no PDF: it is larger than 1 MB"),
}


@pytest.mark.parametrize(("fault", "reason"), NO_PDF.values(), ids=NO_PDF.keys())
def test_that_there_is_no_pdf_is_said_once_and_remembered_for_a_day(
    fault: Fault, reason: str, tmp_path: Path
) -> None:
    with world(tmp_path, fault) as arxiv:
        first = refused(arxiv.run(max_bytes=2**20))
        again = refused(arxiv.run(NOW + timedelta(hours=23)))
        asked = len(arxiv.server.requests)
        left = arxiv.files()
        path = arxiv.run(NOW + timedelta(hours=24)).pdf(paper())

        assert (first, again) == (reason, reason)
        assert (asked, left) == (1, {})
        assert path.read_bytes() == PDF


def test_what_was_noted_is_of_one_version_and_one_server(tmp_path: Path) -> None:
    with world(tmp_path, faults.status(404)) as arxiv:
        refused(arxiv.run())
        other_version = arxiv.run().pdf(paper(version=2))
        other_address = arxiv.run(pdf_url=f"{arxiv.server.pdf_url}?mirror").pdf(paper())

        assert (other_version.read_bytes(), other_address.read_bytes()) == (SECOND, PDF)


@pytest.mark.parametrize(
    "noted", ["", "{}", "[]", "nonsense", '["2024-09-24", "no zone"]', '["2024-09-25T00:00Z", "x"]']
)
def test_a_note_that_makes_no_sense_or_lies_ahead_counts_for_nothing(
    noted: str, tmp_path: Path
) -> None:
    with world(tmp_path) as arxiv:
        arxiv.memo.put("no-pdf", arxiv.server.pdf_url.replace("{id}", "2409.00001v1"), noted)

        assert arxiv.run().pdf(paper()).read_bytes() == PDF


PASSING = {
    "429": faults.status(429, retry_after="7"),
    "503": faults.status(503),
    "a truncated file": faults.truncated,
    "a stall": faults.stalled,
    "a drip": faults.dripping,
    "a hang-up": faults.hung_up,
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_a_fault_that_passes_changes_nothing(fault: Fault, tmp_path: Path) -> None:
    with world(tmp_path, fault, limits=BRISK) as arxiv:
        assert arxiv.run().pdf(paper()).read_bytes() == PDF

    assert len(arxiv.server.requests) == 2


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING.keys())
def test_a_fault_that_stays_is_an_error_that_nobody_remembers(fault: Fault, tmp_path: Path) -> None:
    with world(tmp_path, *[fault] * HASTY.tries, limits=HASTY) as arxiv:
        with pytest.raises(RemoteError):
            arxiv.run().pdf(paper())
        left = arxiv.files()

        assert (left, arxiv.memo.texts) == ({}, {})
        assert arxiv.run().pdf(paper()).read_bytes() == PDF


def test_a_redirect_is_followed_and_one_to_an_unsafe_place_is_not(tmp_path: Path) -> None:
    outside = faults.redirected("http://example.org/pdf/2409.00001v1")
    with world(tmp_path, faults.redirected("/pdf/2409.00001"), pdfs={"2409.00001": PDF}) as arxiv:
        assert arxiv.run().pdf(paper()).read_bytes() == PDF
    with world(tmp_path / "b", outside) as arxiv, pytest.raises(RemoteError, match="not encrypted"):
        arxiv.run().pdf(paper())

    assert arxiv.memo.texts == {}


def test_a_cache_that_cannot_be_written_is_an_error_with_its_path(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        arxiv.folder.write_bytes(b"in the way")

        with pytest.raises(OutputError, match="pdf"):
            arxiv.run().pdf(paper())


def test_a_licence_is_asked_for_once(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        licences = [arxiv.run().licence(paper()) for _ in range(2)]

    assert licences == [CC_BY, CC_BY]
    assert arxiv.server.paths == ["/oai"]


def test_a_licence_that_the_metadata_gives_is_not_asked_for(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        assert arxiv.run().licence(paper(licence="https://a.example/")) == "https://a.example/"

    assert arxiv.server.requests == []


@pytest.mark.parametrize("fault", [faults.status(503), faults.cut_off, faults.hung_up])
def test_a_licence_survives_a_fault_that_passes(fault: Fault, tmp_path: Path) -> None:
    with world(tmp_path, fault, limits=BRISK) as arxiv:
        assert arxiv.run().licence(paper()) == CC_BY


def test_a_paper_without_a_record_has_no_known_licence(tmp_path: Path) -> None:
    with world(tmp_path) as arxiv:
        assert arxiv.run().licence(paper("2409.77777")) == ""
