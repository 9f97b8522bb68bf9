"""This module says what lists of posts show of each: cards, lines, days and counts."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby

from digestgen import markdown
from digestgen.model import Lang
from digestgen.site.labels import LABELS, Labels
from digestgen.site.languages import lang_attribute
from digestgen.site.library import Library, Placed
from digestgen.site.names import plain
from digestgen.site.records import PaperRecord
from digestgen.site.settings import SiteSettings
from digestgen.site.views import Card, Day, DayCards, DayLinks, Highlight, LinkTo, Text
from digestgen.templating import Html
from digestgen.text import squeeze

SHOWN_HIGHLIGHTS = 3
_NOTHING = Text(html=Html(), lang=Html())


class Cards:
    """Makes what lists show of the posts and papers of a library, in the site's language."""

    def __init__(self, library: Library, settings: SiteSettings) -> None:
        self._library = library
        self._lang: Lang = settings.lang
        self._labels = LABELS[settings.lang]
        self._has_papers = settings.papers

    def days(self, posts: Iterable[Placed]) -> tuple[DayCards, ...]:
        """Return the posts as cards by day; they come in order."""
        return tuple(
            DayCards(day=day_of(day, self._labels), cards=tuple(map(self.card, members)))
            for day, members in groupby(posts, key=lambda post: post.record.day)
        )

    def lines(self, posts: Iterable[Placed]) -> tuple[DayLinks, ...]:
        """Return the posts as lines by day; they come in order."""
        return tuple(
            DayLinks(day=day_of(day, self._labels), links=tuple(map(self.line, members)))
            for day, members in groupby(posts, key=lambda post: post.record.day)
        )

    def card(self, post: Placed) -> Card:
        """Return a post with its first papers."""
        papers = post.record.papers
        return Card(
            title=self.text(post.record.title),
            address=post.address,
            count=self.count(post),
            highlights=tuple(self._highlight(post, paper) for paper in papers[:SHOWN_HIGHLIGHTS]),
            more=self._labels.more(len(papers[SHOWN_HIGHLIGHTS:])),
            description=_NOTHING if papers else self.text(post.record.description),
        )

    def line(self, post: Placed) -> LinkTo:
        """Return a post as a link with the number of its papers."""
        return LinkTo(
            name=self.text(post.record.title), address=post.address, note=self.count(post)
        )

    def dated(self, post: Placed | None) -> LinkTo | None:
        """Return a link to a post that names its day."""
        if post is None:
            return None
        note = self._labels.date(post.record.day)
        return LinkTo(name=self.text(post.record.title), address=post.address, note=note)

    def paper(self, post: Placed, paper: PaperRecord) -> LinkTo:
        """Return a link to a paper's page, or else to its place in a post."""
        return LinkTo(name=self.text(paper.title), address=self.paper_address(post, paper))

    def paper_address(self, post: Placed, paper: PaperRecord) -> str:
        """Return the address of a paper's own page, or else of its place in a post."""
        if self._has_papers:
            return f"papers/{paper.folder}/index.html"
        return f"{post.address}#{paper.anchor}"

    def count(self, post: Placed) -> str:
        """Return how many papers a post has, in words; empty when it has none."""
        papers = post.record.papers
        return self._labels.papers(len(papers)) if papers else ""

    def text(self, text: str) -> Text:
        """Return a text of a record as pages show it."""
        return shown(text, self._lang)

    def is_revised(self, post: Placed, paper: PaperRecord) -> bool:
        """Return whether an older post has an older version of the paper."""
        versions = [
            known.paper.version
            for known in self._library.papers[paper.id].appearances
            if known.post.record.day < post.record.day
        ]
        return bool(versions) and max(versions) < paper.version

    def _highlight(self, post: Placed, paper: PaperRecord) -> Highlight:
        return Highlight(
            title=self.text(paper.title),
            gist=self.text(paper.gist),
            address=f"{post.address}#{paper.anchor}",
            mark=self._labels.new_version if self.is_revised(post, paper) else "",
            picture=thumbnail(post, paper),
        )


def thumbnail(post: Placed, paper: PaperRecord) -> str:
    """Return the address of a paper's first picture, the small one of two; "" without any."""
    if not paper.picture:
        return ""
    stem, dot, suffix = paper.picture.rpartition(".")
    small = f"{stem}-small{dot}{suffix}"
    file = small if small in post.record.pictures else paper.picture
    return f"posts/{post.slug}/{file}" if file in post.record.pictures else ""


def day_of(day: date, labels: Labels) -> Day:
    """Return a day for machines and for people."""
    return Day(iso=day.isoformat(), text=labels.date(day))


def minute_of(moment: datetime, labels: Labels) -> Day:
    """Return a moment for machines and for people, who read it in UTC."""
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    return Day(
        iso=f"{utc.isoformat(timespec='seconds')}Z",
        text=f"{labels.date(utc.date())} {utc:%H:%M} UTC",
    )


@lru_cache(maxsize=8192)  # a title stands in a post, its topic, its month and its paper's page
def shown(text: str, own: Lang) -> Text:
    """Return a text with TeX between dollars as a page in the language ``own`` shows it."""
    shown_html = Html(markdown.inline_math(squeeze(text)))
    return Text(html=shown_html, lang=lang_attribute(plain(text), own))
