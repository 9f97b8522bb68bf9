"""This module puts together what plug-ins are lent, and closes it after them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from digestgen import HOMEPAGE, __version__
from digestgen.commands.project import Project, Surroundings, llm_key
from digestgen.config import ARXIV_PAUSE, ArxivSettings, LlmSettings
from digestgen.console import Console
from digestgen.downloads import Downloads
from digestgen.files import trim
from digestgen.net import ARXIV, Http, Limits, Quota, Stop, check_address, pace_group
from digestgen.ports import Tools
from digestgen.store import open_store
from digestgen.templating import Templates

# Folders of the cache.
PDFS = "pdf"
READINGS = "readings"

_IN_USE = timedelta(days=1)  # another run may be at work with what was used since


@contextmanager
def lent(
    project: Project, around: Surroundings, console: Console, *, stop: Stop | None = None
) -> Iterator[Tools]:
    """Lend the tools of a project: HTTP, the memo and the downloads in its cache, templates.

    After a ``stop`` HTTP asks for nothing more.

    Raises:
        StoreError: the memo cannot be used.
        OutputError: it cannot be written.
    """
    with (
        Http(
            user_agent=f"digestgen/{__version__} (+{HOMEPAGE})",
            intervals=intervals(project.config.arxiv),
            limits=Limits(quotas=quotas(project.config.llm), stop=stop or Stop()),
            progress=console.progress,
        ) as http,
        open_store(project.cache / "memo.sqlite") as memo,
    ):
        templates = Templates(project.templates)
        yield Tools(
            http=http,
            downloads=Downloads(project.cache / PDFS, http=http, memo=memo, now=around.now),
            memo=memo,
            progress=console.progress,
            render=templates.markdown,
            prompt=templates.verbatim,
        )


def trim_cache(project: Project, around: Surroundings) -> None:
    """Remove the PDFs and readings that were not used for longest, beyond what is to be kept.

    Raises:
        OutputError: one of them cannot be removed.
    """
    folders = [project.cache / PDFS, project.cache / READINGS]
    most = project.config.cache.size * 1000**2
    trim(folders, most_bytes=most, before=around.now - _IN_USE)


def arxiv_options(arxiv: ArxivSettings) -> dict[str, object]:
    """Return what a source is told of arXiv's servers."""
    return {"api_url": arxiv.api_url, "pdf_url": arxiv.pdf_url, "oai_url": arxiv.oai_url}


def summarizer_options(project: Project, around: Surroundings) -> dict[str, object]:
    """Return what a summarizer is told: the one that asks a language model, where and with what.

    Raises:
        ConfigError: the address of the model's server is none that may be asked.
    """
    if project.config.build.summarizer != "llm":
        return {}
    if project.config.llm.base_url:
        check_address(project.config.llm.base_url, quotas(project.config.llm))
    return {"settings": project.config.llm, "key": llm_key(around)}


def quotas(llm: LlmSettings) -> dict[str, Quota]:
    """Return what may be posted to the server of the language model, if there is one."""
    if not llm.base_url:
        return {}
    quota = Quota(
        at_once=llm.concurrency,
        requests=llm.requests_per_minute,
        weight=llm.tokens_per_minute,
        plain=llm.allow_http,
    )
    return {pace_group(llm.base_url): quota}


def intervals(arxiv: ArxivSettings) -> dict[str, float]:
    """Return the seconds between two requests to each server that stands for arXiv.

    arXiv's own hosts, also those that a mirror sends us to, never get less than they ask for.
    """
    servers = (arxiv.api_url, arxiv.pdf_url, arxiv.oai_url)
    elsewhere = {pace_group(url): arxiv.interval for url in servers}
    return elsewhere | {ARXIV: max(arxiv.interval, ARXIV_PAUSE)}
