"""This module says what the site shows of a post, whoever wrote the post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from digestgen import markdown, tex
from digestgen.markdown import Heading
from digestgen.model import Lang
from digestgen.post import Document
from digestgen.site.library import Placed, arrange
from digestgen.site.records import PaperRecord, record_of
from digestgen.text import squeeze


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
    by_path = {document.path.as_posix(): document for document in documents}
    records = [record for found in by_path.values() if (record := record_of(found))]
    return tuple(
        _page(by_path[placed.record.path], placed) for placed in arrange(records, lang=lang).posts
    )


def _page(document: Document, placed: Placed) -> PostPage:
    rendered = markdown.render(document.body)
    record = placed.record
    return PostPage(
        document=document,
        slug=placed.slug,
        title=record.title,
        topic=record.topic,
        topic_slug=record.topic_slug,
        lang=placed.lang,
        day=record.day,
        updated=record.updated,
        description=record.description,
        highlights=tuple(_highlight(paper) for paper in record.papers),
        body=rendered.html,
        contents=markdown.outline(rendered.headings),
        pictures=record.pictures,
    )


def _highlight(paper: PaperRecord) -> Highlight:
    return Highlight(title=_plain(paper.title), gist=_plain(paper.gist), anchor=paper.anchor)


def _plain(text: str) -> str:
    return squeeze(tex.plain(text))
