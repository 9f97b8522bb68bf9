"""This module puts together what plug-ins are lent, and closes it after them."""

from collections.abc import Iterator
from contextlib import contextmanager

from digestgen import HOMEPAGE, __version__
from digestgen.commands.project import Project, Surroundings
from digestgen.config import ARXIV_PAUSE, ArxivSettings
from digestgen.console import Console
from digestgen.downloads import Downloads
from digestgen.net import ARXIV, Http, pace_group
from digestgen.ports import Tools
from digestgen.store import open_store
from digestgen.templating import Templates


@contextmanager
def lent(project: Project, around: Surroundings, console: Console) -> Iterator[Tools]:
    """Lend the tools of a project: HTTP, the memo and the downloads in its cache, templates.

    Raises:
        StoreError: the memo cannot be used.
        OutputError: it cannot be written.
    """
    with (
        Http(
            user_agent=f"digestgen/{__version__} (+{HOMEPAGE})",
            intervals=intervals(project.config.arxiv),
            progress=console.progress,
        ) as http,
        open_store(project.cache / "memo.sqlite") as memo,
    ):
        yield Tools(
            http=http,
            downloads=Downloads(project.cache / "pdf", http=http, memo=memo, now=around.now),
            memo=memo,
            progress=console.progress,
            render=Templates(project.templates).markdown,
        )


def arxiv_options(arxiv: ArxivSettings) -> dict[str, object]:
    """Return what a source is told of arXiv's servers."""
    return {"api_url": arxiv.api_url, "pdf_url": arxiv.pdf_url, "oai_url": arxiv.oai_url}


def intervals(arxiv: ArxivSettings) -> dict[str, float]:
    """Return the seconds between two requests to each server that stands for arXiv.

    arXiv's own hosts, also those that a mirror sends us to, never get less than they ask for.
    """
    servers = (arxiv.api_url, arxiv.pdf_url, arxiv.oai_url)
    elsewhere = {pace_group(url): arxiv.interval for url in servers}
    return elsewhere | {ARXIV: max(arxiv.interval, ARXIV_PAUSE)}
