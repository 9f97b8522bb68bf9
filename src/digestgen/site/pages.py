"""This module makes the pages that list posts. It reads and writes no file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from digestgen.site.labels import Labels
from digestgen.site.library import Library, Placed, TopicShelf
from digestgen.site.posts import Highlight, highlights_of
from digestgen.site.press import Press
from digestgen.site.unit import Unit

RECENT_POSTS = 20
SHOWN_HIGHLIGHTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """A post in a list; addresses count from the site's root."""

    title: str
    address: str
    papers: str
    highlights: tuple[Highlight, ...]
    more: str
    description: str


def units(library: Library, press: Press) -> Iterator[Unit]:
    """Yield the home page, the topics' and the one for addresses that are none."""
    topics = tuple(library.topics.values())
    names = tuple((topic.name, topic.address) for topic in topics)
    shown = _made_of(library.posts)
    yield _unit("index.html", (names, shown), partial(_home, library, press))
    yield _unit("404.html", (), partial(_missing, press))
    for topic in topics:
        made_of = (topic.name, _made_of(topic.posts))
        yield _unit(topic.address, made_of, partial(_topic, topic, press))


def _made_of(posts: tuple[Placed, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((post.slug, post.record.digest) for post in posts)


def _unit(path: str, made_of: object, make: Callable[[], bytes]) -> Unit:
    return Unit(paths=(path,), made_of=made_of, make=lambda: {path: make()})


def _home(library: Library, press: Press) -> bytes:
    topics = [{"name": topic.name, "address": topic.address} for topic in library.topics.values()]
    lists = _lists(library.posts, press.labels)
    return press.page("home", "", title="", topics=topics, **lists)


def _topic(topic: TopicShelf, press: Press) -> bytes:
    return press.page("topic", "../../", title=topic.name, **_lists(topic.posts, press.labels))


def _missing(press: Press) -> bytes:
    # A server shows this page at any depth, so its links begin at the root.
    return press.page("404", press.public_root, title=press.labels.missing_title)


def _lists(posts: tuple[Placed, ...], labels: Labels) -> dict[str, object]:
    return {
        "days": _days(posts[:RECENT_POSTS], labels),
        "earlier": _days(posts[RECENT_POSTS:], labels),
    }


def _days(posts: tuple[Placed, ...], labels: Labels) -> tuple[dict[str, object], ...]:
    return tuple(
        {
            "iso": day.isoformat(),
            "text": labels.date(day),
            "cards": tuple(_card(post, labels) for post in members),
        }
        for day, members in groupby(posts, key=lambda post: post.record.day)
    )


def _card(post: Placed, labels: Labels) -> _Card:
    highlights = highlights_of(post.record)
    return _Card(
        title=post.record.title,
        address=post.address,
        papers=labels.papers(len(highlights)) if highlights else "",
        highlights=highlights[:SHOWN_HIGHLIGHTS],
        more=labels.more(len(highlights[SHOWN_HIGHLIGHTS:])),
        description=post.record.description,
    )
