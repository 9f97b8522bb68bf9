"""This module makes the feeds of the newest posts, of all and of each topic: Atom and JSON Feed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from html import escape
from uuid import NAMESPACE_URL, uuid5

from digestgen.site.labels import LABELS
from digestgen.site.library import Library, Placed
from digestgen.site.names import plain
from digestgen.site.settings import SiteSettings
from digestgen.site.structured import safe_json
from digestgen.site.unit import Unit
from digestgen.templating import Templates
from digestgen.text import squeeze
from digestgen.values import Value

FEED_POSTS = 20
ATOM, JSON = "feed.xml", "feed.json"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class FeedPaper(Value, frozen=True, kw_only=True):
    """A paper in a feed, in plain text; ``address`` is its own page, or its place in the post."""

    title: str
    gist: str
    address: str


class FeedEntry(Value, frozen=True, kw_only=True):
    """A post in a feed: all texts are plain, ``updated`` is written as RFC 3339 wants it."""

    id: str
    address: str
    title: str
    updated: str
    lang: str
    topic: str
    topic_slug: str
    description: str
    papers: tuple[FeedPaper, ...]


class FeedView(Value, frozen=True, kw_only=True):
    """A feed. ``site`` is who writes it; ``home`` and ``own`` are its page's address and its own.

    With a public address all addresses are absolute; without one they count from the feed.
    """

    id: str
    title: str
    site: str
    lang: str
    updated: str
    home: str
    own: str
    entries: tuple[FeedEntry, ...]


class _Shelf(Value, frozen=True, kw_only=True):
    """What a feed is of: ``folder`` is where it lies, "" for the feed of all posts."""

    folder: str
    name: str
    posts: tuple[Placed, ...]


def units(library: Library, templates: Templates, settings: SiteSettings) -> Iterator[Unit]:
    """Yield the feeds of all posts and of each topic, two files each."""
    shelves = [_Shelf(folder="", name="", posts=library.posts)]
    shelves += [
        _Shelf(folder=f"topics/{topic.slug}/", name=topic.name, posts=topic.posts)
        for topic in library.topics.values()
    ]
    for shelf in shelves:
        newest = shelf.posts[:FEED_POSTS]
        yield Unit(
            paths=(shelf.folder + ATOM, shelf.folder + JSON),
            made_of=(shelf.folder, shelf.name, tuple(map(_shown, newest))),
            make=partial(_files, shelf, newest, templates, settings),
        )


def _shown(post: Placed) -> tuple[object, ...]:
    record = post.record
    papers = tuple((paper.id, paper.title, paper.gist) for paper in record.papers)
    front = (record.title, record.topic, record.topic_slug, record.description)
    return (post.slug, post.lang, record.day.isoformat(), _rfc3339(record.updated), front, papers)


def _files(
    shelf: _Shelf, newest: tuple[Placed, ...], templates: Templates, settings: SiteSettings
) -> Mapping[str, bytes]:
    view = _view(shelf, newest, settings)
    atom = templates.html("site/atom.xml.j2", {"feed": view})
    return {
        shelf.folder + ATOM: atom.encode(),
        shelf.folder + JSON: _json(view, is_public=bool(settings.url)),
    }


def _view(shelf: _Shelf, newest: tuple[Placed, ...], settings: SiteSettings) -> FeedView:
    site = squeeze(settings.title)
    name = f"{settings.title}/{shelf.folder}" if shelf.folder else settings.title
    address = _addresses(shelf, settings)
    return FeedView(
        id=settings.public(shelf.folder) or _urn(name),
        title=f"{plain(shelf.name)} · {site}" if shelf.folder else site,
        site=site,
        lang=LABELS[settings.lang].html_lang,
        updated=_rfc3339(max((post.record.updated for post in newest), default=_BEGINNING)),
        home=address(f"{shelf.folder}index.html"),
        own=address(shelf.folder + ATOM),
        entries=tuple(_entry(post, address, settings) for post in newest),
    )


def _addresses(shelf: _Shelf, settings: SiteSettings) -> Callable[[str], str]:
    """Return how a path from the site's root is written in this feed."""
    if settings.url:
        return settings.public
    up = "../" * shelf.folder.count("/")
    return lambda path: (
        path.removeprefix(shelf.folder) if up and path.startswith(shelf.folder) else up + path
    )


def _entry(post: Placed, address: Callable[[str], str], settings: SiteSettings) -> FeedEntry:
    record = post.record
    folder = f"posts/{post.slug}/"
    return FeedEntry(
        id=settings.public(folder) or _urn(f"{settings.title}/{folder}"),
        address=address(post.address),
        title=squeeze(f"{record.title} · {record.day}"),
        updated=_rfc3339(record.updated),
        lang=LABELS[post.lang].html_lang,
        topic=record.topic,
        topic_slug=record.topic_slug,
        description=record.description,
        papers=tuple(
            FeedPaper(
                title=plain(paper.title),
                gist=plain(paper.gist),
                address=address(f"papers/{paper.folder}/index.html")
                if settings.papers
                else f"{address(post.address)}#{paper.anchor}",
            )
            for paper in record.papers
        ),
    )


def _json(view: FeedView, *, is_public: bool) -> bytes:
    """Return the feed as JSON Feed 1.1, whose own addresses have to be absolute."""
    own = view.own.removesuffix(ATOM) + JSON
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        **({"home_page_url": view.home, "feed_url": own} if is_public else {}),
        "authors": [{"name": view.site}],
        "language": view.lang,
        "items": [_item(entry) for entry in view.entries],
    }
    return f"{safe_json(feed)}\n".encode()


def _item(entry: FeedEntry) -> dict[str, object]:
    lines = (
        f'<li><a href="{escape(paper.address)}">{escape(paper.title)}</a><br>'
        f"{escape(paper.gist)}</li>"
        for paper in entry.papers
    )
    content = (
        f"<ul>{''.join(lines)}</ul>"
        if entry.papers
        else f"<p>{escape(entry.description or entry.title)}</p>"
    )
    return {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_html": content,
        **({"summary": entry.description} if entry.description else {}),
        "date_modified": entry.updated,
        "tags": [entry.topic],
        "language": entry.lang,
    }


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"digestgen:{name}").urn


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
