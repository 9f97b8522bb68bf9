"""What every source that has PDFs keeps to, see `ports.PdfSource`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digestgen.downloads import Downloads
from digestgen.errors import NoPdfError
from digestgen.model import Paper
from digestgen.net import Http
from digestgen.ports import PdfSource
from digestgen.sources.arxiv import ArxivSource
from digestgen.sources.sample import SampleSource
from tests import builders
from tests.arxiv_server import serve
from tests.lent import DictMemo, tools

Made = tuple[PdfSource, Paper]


@pytest.fixture
def open_files(tmp_path: Path) -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def arxiv(folder: Path, stack: ExitStack) -> Made:
    paper = builders.paper()
    server = stack.enter_context(serve((), pdfs={paper.id: b"%PDF-1.7\n%%EOF\n"}))
    http = stack.enter_context(Http(user_agent="test", intervals={}, pace_folder=folder / "pace"))
    memo = DictMemo()
    downloads = Downloads(
        folder / "pdf", http=http, memo=memo, now=datetime(2024, 9, 24, tzinfo=UTC)
    )
    source = ArxivSource(
        tools(http, downloads=downloads, memo=memo),
        api_url=server.url,
        pdf_url=server.pdf_url,
        oai_url=server.oai_url,
    )
    return source, paper


def sample(_folder: Path, _stack: ExitStack) -> Made:
    source = SampleSource()
    return source, source.fetch(builders.topic(), builders.WINDOW).papers[0]


@pytest.fixture(params=[arxiv, sample], ids=lambda make: make.__name__)
def made(request: pytest.FixtureRequest, tmp_path: Path, open_files: ExitStack) -> Made:
    make: Callable[[Path, ExitStack], Made] = request.param
    return make(tmp_path, open_files)


def test_it_gives_a_file_that_begins_like_a_pdf_and_the_same_one_again(made: Made) -> None:
    source, paper = made

    path = source.pdf(paper)

    assert isinstance(source, PdfSource)
    assert b"%PDF-" in path.read_bytes()[:1024]
    assert source.pdf(paper) == path


def test_it_says_of_a_paper_that_it_does_not_know_why_there_is_no_pdf(made: Made) -> None:
    source, paper = made

    with pytest.raises(NoPdfError, match="no PDF: "):
        source.pdf(replace(paper, id="2409.99999"))
