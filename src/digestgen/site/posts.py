"""This module says what the site shows of a post, whoever wrote the post."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from digestgen import markdown, tex
from digestgen.content import Ledger, ledger_of
from digestgen.markdown import Heading
from digestgen.model import Lang, LedgerEntry
from digestgen.post import Document
from digestgen.text import free_name, paper_anchor, slugify, squeeze

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?")
_PICTURE_NAME = re.compile(r"[^./\\][^/\\]*\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A paper as lists of posts name it; ``anchor`` is its place in the post's page."""

    title: str
    gist: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """A post as a page of the site.

    ``slug`` names its folder below ``posts/``, and ``topic_slug`` that of its topic below
    ``topics/``; ``body`` is safe HTML; ``highlights`` are its papers, none in a foreign post,
    which has ``description`` only.
    """

    document: Document
    slug: str
    title: str
    topic: str
    topic_slug: str
    lang: Lang
    day: date
    updated: datetime
    description: str
    highlights: tuple[Highlight, ...]
    body: str
    contents: tuple[Heading, ...]
    pictures: tuple[str, ...]


def pages_of(documents: Iterable[Document], *, lang: Lang) -> tuple[PostPage, ...]:
    """Return the posts as pages, the newest first; ``lang`` is that of posts that name none.

    A post without any day is left out.

    Raises:
        ContentError: a post's ledger cannot be read.
    """
    pages: dict[str, PostPage] = {}
    for document in sorted(documents, key=lambda document: document.path):
        slug = free_name(_safe(document.path.stem), pages)
        if page := _page(document, slug=slug, lang=lang):
            pages[slug] = page
    return tuple(sorted(pages.values(), key=lambda page: page.day, reverse=True))


def _page(document: Document, *, slug: str, lang: Lang) -> PostPage | None:
    ledger = ledger_of(document)
    day = ledger.day if ledger else _day(document)
    if day is None:
        return None
    rendered = markdown.render(document.body)
    title = _title(document, rendered.headings)
    topic = _plain(ledger.topic) if ledger else title
    return PostPage(
        document=document,
        slug=slug,
        title=title,
        topic=topic,
        topic_slug=_safe(ledger.slug if ledger else topic),
        lang=_lang(document.meta, ledger, lang),
        day=day,
        updated=_updated(document, ledger) or _noon(day),
        description=_text(document.meta.get("description")),
        highlights=tuple(_highlight(entry) for entry in ledger.papers) if ledger else (),
        body=rendered.html,
        contents=markdown.outline(rendered.headings),
        pictures=tuple(name for name in document.assets if _PICTURE_NAME.fullmatch(name)),
    )


def _highlight(entry: LedgerEntry) -> Highlight:
    return Highlight(
        title=_plain(entry.title), gist=_plain(entry.gist), anchor=paper_anchor(entry.id)
    )


def _title(document: Document, headings: tuple[Heading, ...]) -> str:
    named = _text(document.meta.get("title"))
    return named or (headings[0].text if headings else document.path.stem)


def _text(value: object) -> str:
    return _plain(str(value)) if isinstance(value, str | int | float) else ""


def _plain(text: str) -> str:
    return squeeze(tex.plain(text))


def _lang(meta: Mapping[str, object], ledger: Ledger | None, fallback: Lang) -> Lang:
    named = ledger.lang if ledger else str(meta.get("lang", ""))
    if named.startswith("zh"):
        return "zh"
    return "en" if named.startswith("en") else fallback


def _day(document: Document) -> date | None:
    moment = _moment(document.meta.get("date")) or _moment(document.path.stem)
    return moment.date() if moment else None


def _updated(document: Document, ledger: Ledger | None) -> datetime | None:
    """Return when the post last moved; the time in front, as blogs want it, has no zone."""
    known = ledger.updated if ledger else None
    return known or _moment(document.meta.get("updated"))


def _moment(value: object) -> datetime | None:
    """Return the time that front matter or a file name gives; a time without zone is UTC."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return _noon(value)
    found = _DAY.search(str(value))
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2] or '12:00'}+00:00") if found else None
    except ValueError:
        return None


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _safe(name: str) -> str:
    return name if _SLUG.fullmatch(name) else slugify(name)
