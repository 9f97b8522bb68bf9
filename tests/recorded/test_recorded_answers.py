"""We understand what arXiv really answered, and our own arXiv answers in the same bytes."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest

from digestgen.errors import NothingFoundError, RemoteError
from digestgen.model import Fetched
from digestgen.sources.arxiv import ArxivSource
from digestgen.text import squeeze
from tests.arxiv_server import Record, feed
from tests.arxiv_server.canned import CannedHttp
from tests.builders import WINDOW, topic
from tests.conftest import SHARED
from tests.lent import tools

RECORDED = SHARED / "data" / "arxiv-api" / "recorded"
# How many papers each holds; every recording is named here, or the first test fails.
PAPERS = {
    "id_0808.05394_1707.08567_s0_m100": 1,
    "id_1605.08386_s0_m100": 1,
    "id_1707.08567_s0_m100": 1,
    "id_2104.12255v1_s0_m100": 1,
    "id_astro-ph_0601001_s0_m100": 1,
    "id_quant-ph_0201082v1_s0_m100": 1,
    "q_testing_s0_m10": 10,
    "q_testing_s0_m100": 100,
    "q_testing_s0_m15": 15,
    "q_testing_s10_m10": 10,
    "q_testing_s20_m10": 10,
    "q_testing_s30_m10": 10,
    "q_testing_s40_m10": 10,
    "q_testing_s50_m10": 10,
    "q_testing_s5_m10": 10,
    "q_testing_s5_m15": 15,
    "q_testing_s9_m15": 15,
}
NOTHING = ("id_0000.0000_s0_m100", "id_0808.05394_s0_m100")
REFUSED = ("id_abc_s0_m100",)
PAGES = tuple(f"q_testing_s{start}_m10" for start in (0, 10, 20, 30, 40, 50))
XML = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}


@dataclass(frozen=True)
class Recording:
    """What arXiv answered to an address, once."""

    url: str
    status: int
    body: bytes

    @property
    def entries(self) -> list[ElementTree.Element]:
        return ElementTree.fromstring(self.body).findall("a:entry", XML)


Load = Callable[[str], Recording]


@pytest.fixture
def load(shared: Path) -> Load:
    def read(name: str) -> Recording:
        (path,) = (path for path in RECORDED.glob("*.json") if _name(path) == name)
        answer = json.loads(path.read_text(encoding="utf-8"))
        return Recording(answer["url"], answer["status_code"], answer["body"].encode())

    return read


def _name(path: Path) -> str:
    return path.stem.rpartition("_")[0]


def fetch(*answers: bytes | RemoteError, limit: int) -> Fetched:
    notes: list[str] = []
    lent = tools(CannedHttp(*answers), progress=notes.append)
    source = ArxivSource(lent, api_url="http://127.0.0.1:9", pdf_url="", oai_url="")
    found = source.fetch(topic(limit=limit), WINDOW)
    assert notes == []
    return found


def text(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(name, "", XML)


def test_every_recording_is_used(shared: Path) -> None:
    assert sorted(_name(path) for path in RECORDED.glob("*.json")) == sorted(
        [*PAPERS, *NOTHING, *REFUSED]
    )


@pytest.mark.parametrize("name", PAPERS)
def test_every_entry_becomes_a_paper_with_its_own_words(name: str, load: Load) -> None:
    recording = load(name)

    papers = {p.id: p for p in fetch(recording.body, limit=PAPERS[name]).papers}

    assert len(papers) == PAPERS[name] == len(recording.entries)
    for entry in recording.entries:
        versioned = text(entry, "a:id").removeprefix("http://arxiv.org/abs/")
        paper = papers[versioned.rpartition("v")[0]]
        assert f"{paper.id}v{paper.version}" == versioned
        assert paper.title == squeeze(text(entry, "a:title"))
        assert paper.abstract == squeeze(text(entry, "a:summary"))
        assert paper.comment == squeeze(text(entry, "x:comment"))
        assert paper.published == datetime.fromisoformat(text(entry, "a:published"))
        assert paper.updated == datetime.fromisoformat(text(entry, "a:updated"))
        assert [author.name for author in paper.authors] == [
            squeeze(text(author, "a:name")) for author in entry.findall("a:author", XML)
        ]
        assert [name for author in paper.authors for name in author.affiliations] == [
            squeeze(name.text or "") for name in entry.iterfind("a:author/x:affiliation", XML)
        ]
        hrefs = [link.attrib["href"] for link in entry.findall("a:link", XML)]
        assert [link.url for link in paper.links][: len(hrefs)] == hrefs
        assert paper.categories == tuple(
            category.attrib["term"] for category in entry.findall("a:category", XML)
        )


def test_recorded_pages_join_into_one_list(load: Load) -> None:
    pages = [load(name) for name in PAGES]

    found = fetch(*(page.body for page in pages), limit=60)

    assert len(found.papers) == 60
    assert found.total == 214_881


@pytest.mark.parametrize("name", NOTHING)
def test_a_recorded_empty_answer_means_no_paper(name: str, load: Load) -> None:
    body = load(name).body

    with pytest.raises(NothingFoundError):
        fetch(body, body, limit=5)


@pytest.mark.parametrize("name", REFUSED)
def test_a_recorded_refusal_is_told_in_arxivs_words(name: str, load: Load) -> None:
    recording = load(name)
    error = RemoteError("export: 400", status=recording.status, body=recording.body)

    with pytest.raises(RemoteError, match="refuses the query: incorrect id format for abc"):
        fetch(error, limit=5)


@pytest.mark.parametrize("name", [*PAPERS, *NOTHING])
def test_our_server_writes_the_recorded_bytes(name: str, load: Load) -> None:
    recording = load(name)
    asked = dict(parse_qsl(urlsplit(recording.url).query, keep_blank_values=True))
    total = int(re.findall(rb"totalResults>(\d+)", recording.body)[0])

    ours = feed.results([_record(entry) for entry in recording.entries], asked, total=total)

    assert _timeless(ours) == _timeless(recording.body)


def test_our_server_refuses_in_the_recorded_bytes(load: Load) -> None:
    ours = feed.refusal("incorrect id format for abc")

    assert _timeless(ours) == _timeless(load("id_abc_s0_m100").body)


def _record(entry: ElementTree.Element) -> Record:
    published = datetime.fromisoformat(text(entry, "a:published"))
    id_, _, version = text(entry, "a:id").removeprefix("http://arxiv.org/abs/").rpartition("v")
    return Record(
        id=id_,
        version=int(version),
        published=published,
        revised=datetime.fromisoformat(text(entry, "a:updated")),
        title=text(entry, "a:title"),
        abstract=text(entry, "a:summary"),
        authors=tuple(
            (
                text(author, "a:name"),
                tuple(name.text or "" for name in author.findall("x:affiliation", XML)),
            )
            for author in entry.findall("a:author", XML)
        ),
        categories=tuple(c.attrib["term"] for c in entry.findall("a:category", XML)),
        comment=text(entry, "x:comment"),
        journal_ref=text(entry, "x:journal_ref"),
        doi=text(entry, "x:doi"),
    )


def _timeless(body: bytes) -> list[bytes]:
    """Return the lines without those of the feed that hold its time or hash."""
    head = (b"  <id>https://arxiv.org/api/", b"  <updated>", b"    <updated>2026-")
    return [line for line in body.splitlines() if not line.startswith(head)]
