import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from digestgen.cli import main
from tests.arxiv_server import Record, Server, faults, serve


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Digestgen = Callable[..., Ran]


class Arxiv(Protocol):
    def __call__(
        self,
        papers: tuple[Record, ...],
        *wrong: faults.Fault,
        pdfs: Mapping[str, bytes] = ...,
    ) -> Server: ...


@pytest.fixture
def arxiv(monkeypatch: pytest.MonkeyPatch) -> Iterator[Arxiv]:
    """Start an arXiv with these papers and let digestgen ask it; the last one started counts."""
    with ExitStack() as servers:

        def start(
            papers: tuple[Record, ...],
            *wrong: faults.Fault,
            pdfs: Mapping[str, bytes] | None = None,
        ) -> Server:
            running: AbstractContextManager[Server] = serve(papers, pdfs=pdfs or {}, faults=wrong)
            server = servers.enter_context(running)
            monkeypatch.setenv("DIGESTGEN_ARXIV_API_URL", server.url)
            monkeypatch.setenv("DIGESTGEN_ARXIV_PDF_URL", server.pdf_url)
            monkeypatch.setenv("DIGESTGEN_ARXIV_OAI_URL", server.oai_url)
            monkeypatch.setenv("DIGESTGEN_ARXIV_INTERVAL", "0")
            return server

        yield start


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, with a cache of its own and nothing in the environment."""
    blog = tmp_path / "blog"
    blog.mkdir()
    monkeypatch.chdir(blog)
    for name in [name for name in os.environ if name.startswith("DIGESTGEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DIGESTGEN_CACHE_DIR", str(tmp_path / "cache"))
    return blog


@pytest.fixture
def digestgen(folder: Path, capsys: pytest.CaptureFixture[str]) -> Digestgen:
    """Run a command in ``folder``, in this process."""

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        try:
            code = main(list(arguments))
        except SystemExit as exit_:  # argparse says goodbye this way
            code = exit_.code if isinstance(exit_.code, int) else 1
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with its bytes and the time it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
