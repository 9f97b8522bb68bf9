"""This module makes the pages that lead to posts: the first one, topics, archive, trends."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from itertools import groupby, islice

from digestgen.site.cards import SHOWN_HIGHLIGHTS, Cards, shown
from digestgen.site.labels import LABELS
from digestgen.site.library import Library, Placed, TopicShelf, month_address
from digestgen.site.press import Press
from digestgen.site.settings import SiteSettings
from digestgen.site.trends import trends_view
from digestgen.site.unit import Unit
from digestgen.site.views import (
    ArchiveView,
    Card,
    HomeView,
    LinkTo,
    MissingView,
    MonthView,
    Page,
    PageKind,
    SearchView,
    TopicView,
    View,
    YearLinks,
)
from digestgen.values import replace

CARDS = 12  # posts with their papers; older ones are a line each
_REVISED = 6
_REVISED_AMONG = 60  # posts


def units(library: Library, press: Press) -> tuple[Unit, ...]:
    """Return the units of these pages."""
    settings = press.settings
    shelves = _Shelves(library, settings)
    everything = _marks(library.posts)
    months = shelves.months
    return (
        _unit(press, "index.html", everything, shelves.home),
        _unit(press, "404.html", (), shelves.missing),
        _unit(press, "trends/index.html", everything, partial(trends_view, library, settings)),
        _unit(press, "archive/index.html", everything, shelves.archive),
        *([_unit(press, "search/index.html", (), shelves.search)] if settings.search else []),
        *(
            _unit(
                press,
                topic.address,
                (topic.name, _marks(topic.posts), shelves.revisions(topic)),
                partial(shelves.topic, topic),
            )
            for topic in library.topics.values()
        ),
        *(
            _unit(
                press,
                month_address(month),
                (_marks(posts), shelves.near(month)),
                partial(shelves.month, month),
            )
            for month, posts in months.items()
        ),
    )


def _unit(press: Press, path: str, made_of: object, view: Callable[[], View]) -> Unit:
    return Unit(paths=(path,), made_of=made_of, make=lambda: {path: press.page(view())})


def _marks(posts: Iterable[Placed]) -> tuple[object, ...]:
    """Return what a list of posts is made of."""
    return tuple((post.slug, post.record.digest) for post in posts)


class _Shelves:
    """Makes the views of these pages."""

    def __init__(self, library: Library, settings: SiteSettings) -> None:
        self._library = library
        self._settings = settings
        self._labels = LABELS[settings.lang]
        self._cards = Cards(library, settings)
        self.months = library.months

    def revisions(self, topic: TopicShelf) -> tuple[bool, ...]:
        """Return which papers of a topic's cards are new versions of what other posts have."""
        return tuple(
            self._cards.is_revised(post, paper)
            for post in topic.posts[:CARDS]
            for paper in post.record.papers[:SHOWN_HIGHLIGHTS]
        )

    def home(self) -> HomeView:
        library = self._library
        return HomeView(
            page=self._page("home", "index.html", ""),
            counts=self._counts(library.posts, with_topics=True),
            days=self._cards.days(library.posts[:CARDS]),
            topics=tuple(
                self._topic_link(topic) for topic in library.topics.values() if topic.has_papers
            ),
            revised=tuple(islice(self._revised(), _REVISED)),
            months=self._month_links() if len(library.posts) > CARDS else (),
        )

    def topic(self, topic: TopicShelf) -> TopicView:
        folder = f"topics/{topic.slug}/"
        return TopicView(
            page=self._page("topic", topic.address, topic.name, feed=folder),
            name=self._cards.text(topic.name),
            counts=self._counts(topic.posts),
            has_papers=topic.has_papers,
            cards=tuple(self._dated_card(post, topic) for post in topic.posts[:CARDS]),
            earlier=self._cards.lines(topic.posts[CARDS:]),
        )

    def _dated_card(self, post: Placed, topic: TopicShelf) -> Card:
        """Return a post's card under its day, and under its title where that is its own."""
        day = self._labels.date(post.record.day)
        title = post.record.title
        named = day if title == topic.name else self._labels.counts(title, day)
        return replace(self._cards.card(post), title=self._cards.text(named))

    def archive(self) -> ArchiveView:
        return ArchiveView(
            page=self._page("archive", "archive/index.html", self._labels.archive),
            counts=self._counts(self._library.posts),
            years=tuple(
                YearLinks(year=year, months=tuple(months))
                for year, months in groupby(self._month_links(), lambda link: link.address[8:12])
            ),
        )

    def month(self, month: date) -> MonthView:
        name = self._labels.month(month)
        newer, older = self.near(month)
        return MonthView(
            page=self._page("archive", month_address(month), name),
            name=name,
            iso=f"{month:%Y-%m}",
            counts=self._counts(self.months[month]),
            days=self._cards.lines(self.months[month]),
            newer=self._month_link(newer) if newer else None,
            older=self._month_link(older) if older else None,
        )

    def near(self, month: date) -> tuple[date | None, date | None]:
        """Return the next newer month with posts, and the next older one."""
        order = tuple(self.months)
        place = order.index(month)
        newer = order[place - 1] if place else None
        return newer, next(iter(order[place + 1 : place + 2]), None)

    def search(self) -> SearchView:
        return SearchView(page=self._page("search", "search/index.html", self._labels.search_title))

    def missing(self) -> MissingView:
        return MissingView(page=self._page("missing", "404.html", self._labels.missing_title))

    def _page(self, kind: PageKind, path: str, title: str, *, feed: str = "") -> Page:
        return Page(
            kind=kind,
            path=path,
            title=title,
            lang=self._labels.html_lang,
            feed=feed,
            feed_title=title if feed else "",
        )

    def _counts(self, posts: tuple[Placed, ...], *, with_topics: bool = False) -> str:
        """Say how much there is, and from when the newest is."""
        labels = self._labels
        if not posts:
            return ""
        papers = {paper.id for post in posts for paper in post.record.papers}
        digested = [topic for topic in self._library.topics.values() if topic.has_papers]
        topics = [labels.topics_count(len(digested))] if with_topics else []
        newest = labels.up_to.format(labels.date(posts[0].record.day))
        return labels.counts(*topics, labels.posts(len(posts)), labels.papers(len(papers)), newest)

    def _topic_link(self, topic: TopicShelf) -> LinkTo:
        note = self._labels.posts(len(topic.posts))
        return LinkTo(name=self._cards.text(topic.name), address=topic.address, note=note)

    def _revised(self) -> Iterable[LinkTo]:
        """Yield the papers of the newest posts that an older post has in an older version."""
        for post in self._library.posts[:_REVISED_AMONG]:
            for paper in post.record.papers:
                newest = self._library.papers[paper.id].newest.post is post
                if newest and self._cards.is_revised(post, paper):
                    link = self._cards.paper(post, paper)
                    day = self._labels.date(post.record.day)
                    yield LinkTo(
                        name=link.name, address=link.address, note=f"v{paper.version} · {day}"
                    )

    def _month_links(self) -> tuple[LinkTo, ...]:
        return tuple(
            self._month_link(month, self._labels.posts(len(posts)))
            for month, posts in self.months.items()
        )

    def _month_link(self, month: date, note: str = "") -> LinkTo:
        name = shown(self._labels.month(month), self._settings.lang)
        return LinkTo(name=name, address=month_address(month), note=note)
