"""This module makes the Atom feed (RFC 4287) of the newest posts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from digestgen.site.labels import LABELS
from digestgen.site.posts import PostPage
from digestgen.templating import Templates

FEED_POSTS = 20
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FeedEntry:
    post: PostPage
    id: str
    address: str
    updated: str
    lang: str


def feed(posts: tuple[PostPage, ...], *, templates: Templates, title: str, url: str) -> bytes:
    """Return the feed. Without a public ``url`` its ids are made of the names, for good."""
    newest = posts[:FEED_POSTS]
    root = f"{url.rstrip('/')}/" if url else ""
    values: dict[str, object] = {
        "title": title,
        "id": root or _urn(title),
        "root": root,
        "updated": _rfc3339(max((post.updated for post in newest), default=_BEGINNING)),
        "entries": [_entry(post, root=root, site=title) for post in newest],
    }
    return templates.html("site/feed.xml.j2", values).encode()


def _entry(post: PostPage, *, root: str, site: str) -> _FeedEntry:
    folder = f"posts/{post.slug}/"
    return _FeedEntry(
        post=post,
        id=f"{root}{folder}" if root else _urn(f"{site}/{folder}"),
        address=f"{root}{folder}index.html",
        updated=_rfc3339(post.updated),
        lang=LABELS[post.lang].html_lang,
    )


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"digestgen:{name}").urn


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
