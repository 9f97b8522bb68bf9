"""This module arranges the records of all posts: by day, by topic, by paper. It reads nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import PurePosixPath

from digestgen.errors import ContentError
from digestgen.model import Lang
from digestgen.site.records import PaperRecord, PostRecord
from digestgen.text import free_name, slugify
from digestgen.values import Value


class Placed(Value, frozen=True):
    """A post with its place in the site; ``slug`` names its folder below ``posts/``."""

    slug: str
    lang: Lang
    record: PostRecord

    @property
    def address(self) -> str:
        """Return the post's page, from the site's root."""
        return f"posts/{self.slug}/index.html"


class Appearance(Value, frozen=True):
    """A paper in one of the posts that digest it."""

    post: Placed
    paper: PaperRecord


class TopicShelf(Value, frozen=True, kw_only=True):
    """A topic and its posts, the newest first; ``name`` is the one that its newest post uses."""

    slug: str
    name: str
    posts: tuple[Placed, ...]

    @property
    def has_papers(self) -> bool:
        """Return whether there is a digest among its posts."""
        return any(post.record.papers for post in self.posts)

    @property
    def address(self) -> str:
        """Return the topic's page, from the site's root."""
        return f"topics/{self.slug}/index.html"


class PaperShelf(Value, frozen=True):
    """A paper by its id without version, and where it appeared, the newest first.

    The paper's page shows the block of ``newest``, the first appearance of its newest version.
    """

    id: str
    appearances: tuple[Appearance, ...]
    newest: Appearance

    @property
    def address(self) -> str:
        """Return the paper's page, from the site's root: the same for all its versions."""
        return f"papers/{self.newest.paper.folder}/index.html"


class Library(Value, frozen=True, kw_only=True):
    """All posts, the newest first, and what they are arranged by.

    ``topics`` begin with that of the newest post, ``papers`` with the newest post's; ``days``
    are those on which a post appeared, the newest first; ``months`` go by their first days.
    """

    posts: tuple[Placed, ...]
    topics: Mapping[str, TopicShelf]
    papers: Mapping[str, PaperShelf]
    days: Mapping[date, tuple[Placed, ...]]
    months: Mapping[date, tuple[Placed, ...]]


def arrange(records: Iterable[PostRecord], *, lang: Lang) -> Library:
    """Return the library of these posts; ``lang`` is that of posts that name none.

    Raises:
        ContentError: two papers would have one page, or one place in a post.
    """
    placed = (
        Placed(slug=slug, lang=record.lang or lang, record=record)
        for record, slug in _with_slugs(sorted(records, key=lambda record: record.path))
    )
    posts = tuple(sorted(placed, key=lambda post: post.record.day, reverse=True))
    _refuse_shared_places(posts)
    return Library(
        posts=posts,
        topics=_topics(posts),
        papers=_papers(posts),
        days=_by_day(posts, lambda day: day),
        months=_by_day(posts, lambda day: day.replace(day=1)),
    )


def month_address(month: date) -> str:
    """Return the page of a month in the archive, from the site's root."""
    return f"archive/{month:%Y/%m}/index.html"


def _with_slugs(records: list[PostRecord]) -> Iterator[tuple[PostRecord, str]]:
    """Yield each post with the name of its folder.

    Of posts that wish for the same name, the one at the top of ``posts/`` gets it; the others put
    their folders in front, so that no new one takes over an address that stands for another.
    """
    wishes: dict[str, list[PostRecord]] = {}
    for record in records:
        wishes.setdefault(record.name, []).append(record)
    owners = {name: _owner(name, rivals) for name, rivals in wishes.items()}
    taken = set(wishes)
    for record in records:
        if owners[record.name] is record:
            yield record, record.name
        else:
            slug = free_name(slugify(f"{_folders(record)} {record.name}"), taken)
            taken.add(slug)
            yield record, slug


def _owner(name: str, rivals: list[PostRecord]) -> PostRecord | None:
    """Return the post that has a name, None when none of them has more right to it than others."""
    if len(rivals) == 1:
        return rivals[0]
    top = [record for record in rivals if not _folders(record)]
    exact = (record for record in top if PurePosixPath(record.path).stem == name)
    return next(exact, next(iter(top), None))


def _folders(record: PostRecord) -> str:
    """Return the folders below ``posts/`` that a post lies in, "" for none."""
    return "/".join(PurePosixPath(record.path).parts[1:-1])


def _topics(posts: tuple[Placed, ...]) -> dict[str, TopicShelf]:
    shelves: dict[str, list[Placed]] = {}
    for post in posts:
        shelves.setdefault(post.record.topic_slug, []).append(post)
    return {
        slug: TopicShelf(slug=slug, name=members[0].record.topic, posts=tuple(members))
        for slug, members in shelves.items()
    }


def _papers(posts: tuple[Placed, ...]) -> dict[str, PaperShelf]:
    shelves: dict[str, list[Appearance]] = {}
    for post in posts:
        for paper in post.record.papers:
            shelves.setdefault(paper.id, []).append(Appearance(post=post, paper=paper))
    return {
        name: PaperShelf(
            id=name,
            appearances=tuple(found),
            newest=max(found, key=lambda appearance: appearance.paper.version),
        )
        for name, found in shelves.items()
    }


def _refuse_shared_places(posts: tuple[Placed, ...]) -> None:
    folders: dict[str, Appearance] = {}
    for post in posts:
        papers = post.record.papers
        others = [paper for paper in papers if not paper.is_arxiv]  # ids of arXiv stay apart
        for paper in others:
            _claim(folders, paper.folder, Appearance(post=post, paper=paper))
        anchors: dict[str, Appearance] = {}
        for paper in papers if others else ():
            _claim(anchors, paper.anchor, Appearance(post=post, paper=paper))


def _claim(places: dict[str, Appearance], place: str, found: Appearance) -> None:
    first = places.setdefault(place, found)
    if first.paper.id != found.paper.id:
        raise ContentError(
            f"{found.post.record.path}: the id {found.paper.id!r} has the same place in the site"
            f" as {first.paper.id!r} in {first.post.record.path}",
            hint="give one of the papers an id that differs in letters or digits",
        )


def _by_day(
    posts: tuple[Placed, ...], span: Callable[[date], date]
) -> dict[date, tuple[Placed, ...]]:
    return {first: tuple(of) for first, of in groupby(posts, lambda post: span(post.record.day))}
