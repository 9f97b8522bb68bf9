"""This module defines what each kind of page shows: plain values, complete, in reading order.

A view names its template and its page; texts are ``Text`` or plain strings, which templates
escape. Addresses count from the site's root, but for those of files that lie beside a page.
"""

from datetime import date, datetime
from typing import ClassVar, Literal

from digestgen.site.blocks import Block, Whole
from digestgen.site.records import PaperRecord
from digestgen.templating import Html
from digestgen.values import Value

PageKind = Literal["home", "topic", "post", "paper", "archive", "trends", "search", "missing"]


class Page(Value, frozen=True, kw_only=True):
    """What a page says of itself in its head, and to machines.

    ``title`` is "" on the first page; ``lang`` is that of the page's main text; ``feed`` is the
    folder of its own feeds, ``image`` the picture that stands for it.
    """

    kind: PageKind
    path: str
    title: str
    lang: str
    description: str = ""
    feed: str = ""
    feed_title: str = ""
    image: str = ""
    day: date | None = None
    updated: datetime | None = None
    papers: tuple[PaperRecord, ...] = ()


class Text(Value, frozen=True):
    """A short text with its mathematics, and its ``lang`` attribute where the site's is another."""

    html: Html
    lang: Html


class Day(Value, frozen=True, kw_only=True):
    """A day or a minute: ``iso`` for machines, ``text`` for people."""

    iso: str
    text: str


class LinkTo(Value, frozen=True):
    """A link to a page of the site, and in ``note`` what is said of it in small."""

    name: Text
    address: str
    note: str = ""


class Highlight(Value, frozen=True, kw_only=True):
    """A paper in a list; ``picture`` is a small file, "" without any."""

    title: Text
    gist: Text
    address: str
    mark: str
    picture: str


class Card(Value, frozen=True, kw_only=True):
    """A post in a list, with its first papers, or with its description when it has none."""

    title: Text
    address: str
    count: str
    highlights: tuple[Highlight, ...]
    more: str
    description: Text


class DayCards(Value, frozen=True, kw_only=True):
    """The posts of a day as cards."""

    day: Day
    cards: tuple[Card, ...]


class DayLinks(Value, frozen=True, kw_only=True):
    """The posts of a day in a line each."""

    day: Day
    links: tuple[LinkTo, ...]


class HomeView(Value, frozen=True, kw_only=True):
    """The first page."""

    template: ClassVar[str] = "site/home.html.j2"
    page: Page
    counts: str
    days: tuple[DayCards, ...]
    topics: tuple[LinkTo, ...]
    revised: tuple[LinkTo, ...]
    months: tuple[LinkTo, ...]


class TopicView(Value, frozen=True, kw_only=True):
    """A topic: its newest posts, and the older ones in short."""

    template: ClassVar[str] = "site/topic.html.j2"
    page: Page
    name: Text
    counts: str
    has_papers: bool
    cards: tuple[Card, ...]
    earlier: tuple[DayLinks, ...]


class PaperBlock(Value, frozen=True):
    """A paper's block in a page.

    ``beside`` is where its pictures are, from the page; ``address`` that of the paper's own page.
    """

    block: Block | Whole
    title: Text
    beside: str
    address: str
    in_pieces: bool


class PostView(Value, frozen=True, kw_only=True):
    """A post.

    ``contents`` are anchors in it with what they lead to; ``topic`` is None for a post of
    somebody else, which is all there is of its topic.
    """

    template: ClassVar[str] = "site/post.html.j2"
    page: Page
    title: Text
    day: Day
    updated: Day
    count: str
    topic: LinkTo | None
    lang: str
    contents: tuple[LinkTo, ...]
    opening: Html
    overview: tuple[Text, ...]
    papers: tuple[PaperBlock, ...]
    closing: Html
    newer: LinkTo | None
    older: LinkTo | None


class PaperFact(Value, frozen=True, kw_only=True):
    """A fact of a paper's metadata."""

    label: str
    value: str


class OuterLink(Value, frozen=True, kw_only=True):
    """A link that leaves the site."""

    name: str
    url: str


class AppearanceLine(Value, frozen=True, kw_only=True):
    """A digest in which a paper appeared."""

    day: Day
    link: LinkTo
    version: str


class Citation(Value, frozen=True, kw_only=True):
    """A paper in a format of citations: the text, and the file that holds it, beside the page."""

    name: str
    text: str
    file: str


class PaperView(Value, frozen=True, kw_only=True):
    """A paper: where it appeared, its newest block, and how to cite it."""

    template: ClassVar[str] = "site/paper.html.j2"
    page: Page
    id: str
    title: Text
    gist: Text
    facts: tuple[PaperFact, ...]
    links: tuple[OuterLink, ...]
    appearances: tuple[AppearanceLine, ...]
    lang: str
    paper: PaperBlock | None
    citations: tuple[Citation, ...]


class YearLinks(Value, frozen=True, kw_only=True):
    """A year and its months."""

    year: str
    months: tuple[LinkTo, ...]


class ArchiveView(Value, frozen=True, kw_only=True):
    """All months with posts."""

    template: ClassVar[str] = "site/archive.html.j2"
    page: Page
    counts: str
    years: tuple[YearLinks, ...]


class MonthView(Value, frozen=True, kw_only=True):
    """The posts of a month by day."""

    template: ClassVar[str] = "site/month.html.j2"
    page: Page
    name: str
    iso: str
    counts: str
    days: tuple[DayLinks, ...]
    newer: LinkTo | None
    older: LinkTo | None


class Bar(Value, frozen=True, kw_only=True):
    """A bar of a chart, in its units from the top left; ``text`` says what it stands for."""

    x: int
    y: int
    height: int
    text: str


class Chart(Value, frozen=True, kw_only=True):
    """A topic's papers by week: bars, and the numbers they are drawn from."""

    topic: LinkTo
    total: str
    bars: tuple[Bar, ...]
    counts: tuple[int, ...]


class TrendsView(Value, frozen=True, kw_only=True):
    """Papers per topic and week; the size of a chart is that of all of them."""

    template: ClassVar[str] = "site/trends.html.j2"
    page: Page
    charts: tuple[Chart, ...]
    weeks: tuple[Day, ...]
    width: int
    height: int
    bar_width: int
    scale: str


class SearchView(Value, frozen=True, kw_only=True):
    """The page to search in."""

    template: ClassVar[str] = "site/search.html.j2"
    page: Page


class MissingView(Value, frozen=True, kw_only=True):
    """The page for an address that does not exist."""

    template: ClassVar[str] = "site/404.html.j2"
    page: Page


View = (
    HomeView
    | TopicView
    | PostView
    | PaperView
    | ArchiveView
    | MonthView
    | TrendsView
    | SearchView
    | MissingView
)
