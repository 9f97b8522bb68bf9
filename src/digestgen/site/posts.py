"""This module makes the pages of posts, whoever wrote them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from digestgen import markdown, tex
from digestgen.site.labels import LABELS
from digestgen.site.library import Library, Placed
from digestgen.site.press import Press
from digestgen.site.records import PostRecord
from digestgen.site.unit import Unit
from digestgen.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A paper as lists of posts name it; ``anchor`` is its place in the post's page."""

    title: str
    gist: str
    anchor: str


def units(library: Library, press: Press, read_body: Callable[[Placed], str]) -> Iterator[Unit]:
    """Yield each post's page."""
    for post in library.posts:
        yield _unit(post, press, read_body)


def highlights_of(record: PostRecord) -> tuple[Highlight, ...]:
    """Return the papers of a post as lists name them."""
    return tuple(
        Highlight(title=_plain(paper.title), gist=_plain(paper.gist), anchor=paper.anchor)
        for paper in record.papers
    )


def _unit(post: Placed, press: Press, read_body: Callable[[Placed], str]) -> Unit:
    def make() -> Mapping[str, bytes]:
        return {post.address: _page(post, press, read_body(post))}

    return Unit(paths=(post.address,), made_of=(post.record.digest, post.lang), make=make)


def _page(post: Placed, press: Press, body: str) -> bytes:
    rendered = markdown.render(body)
    record, labels = post.record, press.labels
    return press.page(
        "post",
        "../../",
        title=f"{record.title} · {record.day.isoformat()}",
        post=record,
        body=rendered.html,
        body_lang=LABELS[post.lang].html_lang,
        contents=markdown.outline(rendered.headings),
        day={"iso": record.day.isoformat(), "text": labels.date(record.day)},
        updated=labels.updated.format(_minute(record.updated)),
        papers=labels.papers(len(record.papers)) if record.papers else "",
        topic_address=f"topics/{record.topic_slug}/index.html",
    )


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _plain(text: str) -> str:
    return squeeze(tex.plain(text))
