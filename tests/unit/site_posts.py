"""Posts for the tests of the site, as ``content`` would read them."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePosixPath
from types import MappingProxyType

from digestgen.content.ledger import to_meta
from digestgen.model import LedgerEntry
from digestgen.post import Document
from digestgen.site import Site, SiteSettings, build_site
from digestgen.templating import Templates
from tests import builders


def digest(
    day: str = "2024-09-24",
    *papers: LedgerEntry,
    topic: str = "Diffusion Models",
    slug: str = "diffusion-models",
    lang: str = "zh",
    body: str = "",
    assets: tuple[str, ...] = (),
    updated: datetime | None = None,
) -> Document:
    """A post of ours, written at 18:05; ``updated`` is that moment, unknown in older posts."""
    record = builders.ledger(
        topic=topic,
        slug=slug,
        lang=lang,
        day=date.fromisoformat(day),
        papers=papers,
        updated=updated,
    )
    return Document(
        path=PurePosixPath(f"posts/{day}-{slug}.md"),
        meta={
            "title": topic,
            "updated": datetime.fromisoformat(f"{day} 18:05:00"),
            "description": f"{len(papers)} papers",
            "digestgen": to_meta(record),
        },
        body=body,
        assets=assets,
    )


def foreign(
    name: str, body: str = "", meta: Mapping[str, object] = MappingProxyType({})
) -> Document:
    """A post that somebody else wrote."""
    return Document(path=PurePosixPath(f"posts/{name}.md"), meta=meta, body=body)


def site(*documents: Document, url: str = "", lang: str = "en") -> Site:
    """The site of these posts."""
    settings = SiteSettings(title="Digests", url=url, lang="zh" if lang == "zh" else "en")
    return build_site(documents, templates=Templates(), settings=settings)


def page(built: Site, path: str) -> str:
    """One page of a site."""
    return built.pages[path].decode()
