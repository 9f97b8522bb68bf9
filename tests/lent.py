"""Tools for a plug-in under test: what it does not need refuses to be used."""

from collections.abc import Callable
from pathlib import Path

from digestgen.model import Paper
from digestgen.ports import Downloads, Http, Memo, Tools
from tests.arxiv_server.canned import CannedHttp


class DictMemo:
    """A `ports.Memo` that forgets everything in the end."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}

    def get(self, kind: str, key: str) -> str | None:
        return self.texts.get((kind, key))

    def put(self, kind: str, key: str, value: str) -> None:
        self.texts[kind, key] = value


class NoDownloads:
    """A `ports.Downloads` for who should not download."""

    def pdf(self, paper: Paper, url: str) -> Path:
        raise AssertionError(f"nobody should want {url} for {paper.id} here")


def tools(
    http: Http | None = None,
    *,
    downloads: Downloads | None = None,
    memo: Memo | None = None,
    progress: Callable[[str], None] = lambda _: None,
    render: Callable[[str, dict[str, object]], str] = lambda name, _: name,
    prompt: Callable[[str, dict[str, object]], str] = lambda name, _: name,
) -> Tools:
    return Tools(
        http=http or CannedHttp(),
        downloads=downloads or NoDownloads(),
        memo=memo or DictMemo(),
        progress=progress,
        render=render,
        prompt=prompt,
    )
