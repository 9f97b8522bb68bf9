"""This module defines what the site keeps of a post: its record, small and independent of pages.

A record is what lists, feeds, citations and links need; the body is rendered when its page is.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from sys import intern

from digestgen import markdown, tex
from digestgen.content import Ledger, ledger_of
from digestgen.model import Lang, LedgerEntry
from digestgen.post import Front
from digestgen.text import paper_anchor, paper_slug, slugify, squeeze
from digestgen.values import Value, astuple

_HASH = 32  # digits
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?")
_YEARS = range(1900, 3000)  # another is a slip, and at either end of the calendar none can count
# No SVG: opened by itself it is a page, whose scripts run on the site's own address.
_PICTURE_NAME = re.compile(r"[^./\\][^/\\]*\.(?:avif|gif|jpe?g|png|webp)", re.IGNORECASE)


class PaperRecord(Value, frozen=True, array_like=True):
    """A paper as one post has it: one line each, mathematics as TeX between dollars.

    ``published`` and ``revised`` are the days of version 1 and of ``version``; everything from
    ``authors`` to ``journal`` is empty in posts of older versions. ``picture`` is the first file
    of its gallery, "" without any; ``by`` says how it was summarised.
    """

    id: str
    version: int
    title: str
    gist: str
    by: str
    authors: tuple[str, ...] = ()
    published: date | None = None
    revised: date | None = None
    categories: tuple[str, ...] = ()
    doi: str = ""
    journal: str = ""
    licence: str = ""
    picture: str = ""

    @property
    def anchor(self) -> str:
        """Return the paper's place in the page of a post."""
        return paper_anchor(self.id)

    @property
    def folder(self) -> str:
        """Return the folder of the paper's own page: its arXiv id, the same in every version."""
        return self.id if self.is_arxiv else paper_slug(self.id)

    @property
    def is_arxiv(self) -> bool:
        """Tell whether the id is one of arXiv's, and not a sample's."""
        return _is_arxiv(self.id)


@cache  # asked many times of each paper; as many answers as there are papers
def _is_arxiv(paper_id: str) -> bool:
    return _ARXIV_ID.fullmatch(paper_id) is not None


class PostRecord(Value, frozen=True, kw_only=True, array_like=True):
    """A post, whoever wrote it.

    ``path`` counts from the content folder; ``name`` is the wanted name of its page's folder,
    which another post may wish for as well. ``title`` and ``topic`` are plain text. ``lang`` is
    None when the post names none. ``updated`` is noon when the post names a day only, and no time:
    ``is_timed`` tells. A post by somebody else has no ``papers``. ``pictures`` are the
    files beside it that pages may show. ``digest`` moves with all of it, and with the body,
    ``papers_digest`` with its papers alone.
    """

    path: str
    digest: str
    name: str
    title: str
    topic: str
    topic_slug: str
    lang: Lang | None
    day: date
    updated: datetime
    is_timed: bool
    description: str
    papers: tuple[PaperRecord, ...]
    papers_digest: str
    pictures: tuple[str, ...]

    def __repr__(self) -> str:
        """Return what tells it from others: units name many records as what they are made of."""
        return f"PostRecord({self.path!r}, {self.digest!r})"


def record_of(front: Front, *, digest: str, read_body: Callable[[], str]) -> PostRecord | None:
    """Return what the site keeps of a post, whose bytes have this digest.

    None when nothing tells its day. The body is read for the title of a post that names none.

    Raises:
        ContentError: the post's ledger cannot be read.
    """
    ledger = ledger_of(front)
    day = _day(front, ledger)
    if day is None:
        return None
    updated = _updated(front, ledger) or day
    title = _text(front.meta.get("title")) or _first_heading(read_body()) or front.path.stem
    topic = _plain(ledger.topic) if ledger else title
    papers = tuple(map(_paper, ledger.papers)) if ledger else ()
    return PostRecord(
        path=front.path.as_posix(),
        digest=digest,
        name=_safe(front.path.stem),
        title=title,
        topic=topic,
        topic_slug=_safe(ledger.slug if ledger else topic),
        lang=_lang(front.meta, ledger),
        day=day,
        updated=_moment(updated),
        is_timed=isinstance(updated, datetime),
        description=_text(front.meta.get("description")),
        papers=papers,
        papers_digest=hashlib.sha256(repr([*map(astuple, papers)]).encode()).hexdigest()[:_HASH],
        pictures=tuple(name for name in front.assets if _PICTURE_NAME.fullmatch(name)),
    )


def _paper(entry: LedgerEntry) -> PaperRecord:
    return PaperRecord(
        id=entry.id,
        version=entry.version,
        title=squeeze(entry.title),
        gist=squeeze(entry.gist),
        by=entry.by,
        authors=tuple(map(intern, entry.authors)),  # people and fields return, post after post
        published=_when(entry.published),
        revised=_when(entry.revised),
        categories=tuple(map(intern, entry.categories)),
        doi=entry.doi,
        journal=entry.journal,
        licence=entry.licence,
        picture=entry.pictures[0] if entry.pictures else "",
    )


def _first_heading(body: str) -> str:
    headings = markdown.render(body).headings
    return headings[0].text if headings else ""


def _text(value: object) -> str:
    return _plain(str(value)) if isinstance(value, str | int | float) else ""


def _plain(text: str) -> str:
    return squeeze(tex.plain(text))


def _lang(meta: Mapping[str, object], ledger: Ledger | None) -> Lang | None:
    named = ledger.lang if ledger else str(meta.get("lang", ""))
    if named.startswith("zh"):
        return "zh"
    return "en" if named.startswith("en") else None


def _day(front: Front, ledger: Ledger | None) -> date | None:
    if ledger:
        return _when(ledger.day)
    found = _when(front.meta.get("date")) or _when(front.path.stem)
    return found.date() if isinstance(found, datetime) else found


def _updated(front: Front, ledger: Ledger | None) -> date | None:
    """Return when the post last moved; the time in front, as blogs want it, has no zone."""
    known = ledger.updated if ledger else None
    meta = front.meta
    return _when(known) or _when(meta.get("updated")) or _when(meta.get("date"))


def _when(value: object) -> date | None:
    """Return the day that front matter or a file name gives, or the moment where it has a time.

    A time without zone is UTC.
    """
    if isinstance(value, datetime):
        found: date | None = value if value.tzinfo else value.replace(tzinfo=UTC)
    elif isinstance(value, date):
        found = value
    else:
        found = _read(str(value))
    return found if found and found.year in _YEARS else None


def _read(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        if found and found[2]:
            return datetime.fromisoformat(f"{found[1]}T{found[2]}+00:00")
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _moment(when: date) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time(12), UTC)


def _safe(name: str) -> str:
    return name if _SLUG.fullmatch(name) else slugify(name)
