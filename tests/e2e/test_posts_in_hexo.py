"""The posts that digestgen writes, in a real Hexo with Butterfly, with both Markdown renderers."""

from datetime import date
from pathlib import Path

import pytest

from digestgen import content
from digestgen.model import LedgerEntry
from tests.arxiv_server import records, serve
from tests.e2e.conftest import Digestgen
from tests.hexo.harness import RENDERERS, Expected, Hexo, Renderer

pytestmark = pytest.mark.hexo
SAMPLE = ("build", "--source", "sample", "--no-site", "--date", "2024-09-24", "--topic")
# The sample speaks of templates and of a stray tag, and is to be shown so.
ALLOWED = [
    r"\{\{ (?:(?:page\.title|to) )?\}\}",
    r"\{% (?:if draft )?%\}",
    r"\{# #\}",
    r"“\{%”",
    r"</td>",
    r"<!-- more -->",
]


def expected(folder: Path) -> dict[str, Expected]:
    """Every paper's title as a heading, in the order of the ledger, and each foldable part."""
    expectations: dict[str, Expected] = {}
    for document in content.read_documents(folder / "content"):
        ledger = content.ledger_of(document)
        assert ledger is not None
        expectations[document.path.name] = {
            "title": ledger.topic,
            "headings": [entry.title for entry in ledger.papers],
            "counts": {f"#{anchor}": 1 for anchor in anchors(ledger.papers)},
            "allow": ALLOWED,
        }
    return expectations


def anchors(papers: tuple[LedgerEntry, ...]) -> list[str]:
    return ["paper-" + paper.id.replace(".", "-") for paper in papers]


@pytest.mark.parametrize("renderer", RENDERERS)
def test_every_paper_is_there_and_nothing_leaks(
    digestgen: Digestgen, folder: Path, hexo: Hexo, renderer: Renderer
) -> None:
    digestgen(*SAMPLE, "Diffusion Models")
    digestgen(*SAMPLE, "扩散模型 C++ {{ 1 + 1 }}", "--lang", "en")

    report = hexo.build(folder / "content/posts", renderer=renderer, expect=expected(folder))

    assert report.problems == ()
    assert len(report.posts) == 2


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_real_records_are_shown_whole(
    digestgen: Digestgen,
    folder: Path,
    hexo: Hexo,
    renderer: Renderer,
    shared: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [
        *records.read(shared / "data/metadata/seed-papers.jsonl", day=date(2024, 9, 23)),
        *records.read(shared / "data/metadata/recent_2025-06-29.jsonl", day=date(2024, 9, 22))[:60],
    ]
    with serve(found) as server:
        monkeypatch.setenv("DIGESTGEN_ARXIV_API_URL", server.url)
        monkeypatch.setenv("DIGESTGEN_ARXIV_INTERVAL", "0")
        built = digestgen(
            "build", "--topic", "Diffusion Models", "--phrase", "model", "--date", "2024-09-24",
            "--depth", "abstract", "--no-site", "--json",
        )  # fmt: skip

    report = hexo.build(folder / "content/posts", renderer=renderer, expect=expected(folder))

    assert report.problems == ()
    assert len(built.json["posts"][0]["papers"]) >= 30
