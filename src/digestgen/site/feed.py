"""This module makes the Atom feed (RFC 4287) of the newest posts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from digestgen.site.labels import LABELS
from digestgen.site.library import Library, Placed
from digestgen.site.posts import Highlight, highlights_of
from digestgen.site.records import PostRecord
from digestgen.site.settings import SiteSettings
from digestgen.site.unit import Unit
from digestgen.templating import Templates

FEED_POSTS = 20
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_PATH = "feed.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class _FeedEntry:
    post: PostRecord
    highlights: tuple[Highlight, ...]
    id: str
    address: str
    updated: str
    lang: str


def units(library: Library, templates: Templates, settings: SiteSettings) -> Iterator[Unit]:
    """Yield the feed. Without a public address its ids are made of the names, for good."""
    newest = library.posts[:FEED_POSTS]

    def make() -> Mapping[str, bytes]:
        return {_PATH: _feed(newest, templates, settings)}

    yield Unit(
        paths=(_PATH,),
        made_of=tuple((post.slug, post.lang, post.record.digest) for post in newest),
        make=make,
    )


def _feed(newest: tuple[Placed, ...], templates: Templates, settings: SiteSettings) -> bytes:
    root = f"{settings.url.rstrip('/')}/" if settings.url else ""
    values: dict[str, object] = {
        "title": settings.title,
        "id": root or _urn(settings.title),
        "root": root,
        "updated": _rfc3339(max((post.record.updated for post in newest), default=_BEGINNING)),
        "entries": [_entry(post, root=root, site=settings.title) for post in newest],
    }
    return templates.html("site/feed.xml.j2", values).encode()


def _entry(post: Placed, *, root: str, site: str) -> _FeedEntry:
    folder = f"posts/{post.slug}/"
    return _FeedEntry(
        post=post.record,
        highlights=highlights_of(post.record),
        id=f"{root}{folder}" if root else _urn(f"{site}/{folder}"),
        address=f"{root}{folder}index.html",
        updated=_rfc3339(post.record.updated),
        lang=LABELS[post.lang].html_lang,
    )


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"digestgen:{name}").urn


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
