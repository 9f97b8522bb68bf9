"""This module makes the pages of the site out of posts. It reads and writes no file."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from urllib.parse import urlsplit

from digestgen.model import Lang
from digestgen.post import Document
from digestgen.site.feed import feed
from digestgen.site.labels import LABELS, Labels
from digestgen.site.posts import Highlight, PostPage, pages_of
from digestgen.templating import Templates

# Holds for file: addresses too. Nothing is inline, and nothing comes from another server.
CONTENT_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
RECENT_POSTS = 20
SHOWN_HIGHLIGHTS = 3
_STATIC = "site/static"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """What a person chooses: ``url`` is the public address, or empty; ``lang`` the site's own."""

    title: str
    url: str = ""
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a post, to be copied into the site."""

    document: Document
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A whole site by path: what was made, and what is to be copied.

    ``left_out`` says of each post that has no page which one it is, why, and what to do.
    """

    pages: Mapping[str, bytes]
    pictures: Mapping[str, Picture]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """A post in a list; addresses count from the site's root."""

    title: str
    address: str
    papers: str
    highlights: tuple[Highlight, ...]
    more: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    iso: str
    text: str
    cards: tuple[_Card, ...]


def build_site(
    documents: Iterable[Document], *, templates: Templates, settings: SiteSettings
) -> Site:
    """Return the site of these posts; equal posts, templates and settings give equal bytes.

    Raises:
        ContentError: a post's ledger cannot be read.
        ConfigError: a template cannot be used.
    """
    documents = tuple(documents)
    posts = pages_of(documents, lang=settings.lang)
    press = _Press(templates, settings)
    pages = {"index.html": press.home(posts), "404.html": press.missing()}
    pages["feed.xml"] = feed(posts, templates=templates, title=settings.title, url=settings.url)
    for topic, members in _topics(posts).items():
        pages[f"topics/{topic}/index.html"] = press.topic(members)
    for post in posts:
        pages[_address(post)] = press.post(post)
    for name, content in templates.files(_STATIC).items():
        pages[f"static/{name}"] = content
    return Site(pages=pages, pictures=_pictures(posts), left_out=_left_out(documents, posts))


def _left_out(documents: tuple[Document, ...], posts: tuple[PostPage, ...]) -> tuple[str, ...]:
    shown = {post.document.path for post in posts}
    return tuple(
        f"{document.path} is left out of the site, because nothing tells its day; "
        "give it a 'date: YYYY-MM-DD' in front, or name the file YYYY-MM-DD-<topic>.md"
        for document in documents
        if document.path not in shown
    )


def _topics(posts: tuple[PostPage, ...]) -> dict[str, tuple[PostPage, ...]]:
    """Return the posts of each topic, the topic with the newest post first."""
    slugs = dict.fromkeys(post.topic_slug for post in posts)
    return {slug: tuple(post for post in posts if post.topic_slug == slug) for slug in slugs}


def _pictures(posts: tuple[PostPage, ...]) -> dict[str, Picture]:
    return {
        f"posts/{post.slug}/{name}": Picture(document=post.document, name=name)
        for post in posts
        for name in post.pictures
    }


class _Press:
    """Fills the templates with what all pages have in common."""

    def __init__(self, templates: Templates, settings: SiteSettings) -> None:
        self._templates = templates
        self._settings = settings
        self._labels = LABELS[settings.lang]

    def home(self, posts: tuple[PostPage, ...]) -> bytes:
        topics = [
            {"name": members[0].topic, "address": f"topics/{slug}/index.html"}
            for slug, members in _topics(posts).items()
        ]
        return self._page("home", "", title="", topics=topics, **self._lists(posts))

    def topic(self, posts: tuple[PostPage, ...]) -> bytes:
        name = posts[0].topic
        return self._page("topic", "../../", title=name, **self._lists(posts))

    def post(self, post: PostPage) -> bytes:
        day = _day(post.day, self._labels, ())
        values: dict[str, object] = {
            "post": post,
            "day": day,
            "updated": self._labels.updated.format(_minute(post.updated)),
            "papers": _papers(post, self._labels),
            "topic_address": f"topics/{post.topic_slug}/index.html",
            "body_lang": LABELS[post.lang].html_lang,
        }
        return self._page("post", "../../", title=f"{post.title} · {day.iso}", **values)

    def missing(self) -> bytes:
        # A server shows this page at any depth, so its links begin at the root.
        root = urlsplit(self._settings.url).path.rstrip("/") + "/"
        return self._page("404", root, title=self._labels.missing_title)

    def _lists(self, posts: tuple[PostPage, ...]) -> dict[str, object]:
        return {
            "days": _days(posts[:RECENT_POSTS], self._labels),
            "earlier": _days(posts[RECENT_POSTS:], self._labels),
        }

    def _page(self, name: str, root: str, **values: object) -> bytes:
        common = {
            "site_title": self._settings.title,
            "labels": asdict(self._labels),
            "policy": CONTENT_POLICY,
            "root": root,
        }
        return self._templates.html(f"site/{name}.html.j2", common | values).encode()


def _days(posts: tuple[PostPage, ...], labels: Labels) -> tuple[_Day, ...]:
    return tuple(
        _day(day, labels, tuple(_card(post, labels) for post in members))
        for day, members in groupby(posts, key=lambda post: post.day)
    )


def _day(day: date, labels: Labels, cards: tuple[_Card, ...]) -> _Day:
    return _Day(iso=day.isoformat(), text=labels.date(day), cards=cards)


def _card(post: PostPage, labels: Labels) -> _Card:
    return _Card(
        title=post.title,
        address=_address(post),
        papers=_papers(post, labels),
        highlights=post.highlights[:SHOWN_HIGHLIGHTS],
        more=labels.more(len(post.highlights[SHOWN_HIGHLIGHTS:])),
        description=post.description,
    )


def _address(post: PostPage) -> str:
    # A page's file is named, not its folder: only so do links work from file: addresses.
    return f"posts/{post.slug}/index.html"


def _papers(post: PostPage, labels: Labels) -> str:
    return labels.papers(len(post.highlights)) if post.highlights else ""


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
