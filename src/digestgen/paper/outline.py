"""This module finds the places in the text that a PDF's bookmarks name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2

from digestgen.paper.headings import Heading, split_number, title_key
from digestgen.paper.reading_order import Row
from digestgen.text import squeeze

_MOST = 500  # bookmarks
_FEWEST = 3
_ENOUGH = 0.6  # of the bookmarks must stand in the text for the outline to be trusted
_ROWS = 4  # that a title may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A line of the outline; ``level`` and ``page`` count from 1."""

    title: str
    level: int
    page: int


def read_outline(document: pypdfium2.PdfDocument) -> tuple[Bookmark, ...]:
    """Return the bookmarks that name a page, in their order."""
    return tuple(islice(_bookmarks(document), _MOST))


def _bookmarks(document: pypdfium2.PdfDocument) -> Iterator[Bookmark]:
    for bookmark in islice(document.get_toc(), _MOST):
        destination = bookmark.get_dest()
        page = destination.get_index() if destination else None
        if page is not None:
            title = squeeze(bookmark.get_title())
            yield Bookmark(title=title, level=bookmark.level + 1, page=page + 1)


def find_bookmarked(bookmarks: Sequence[Bookmark], rows: Sequence[Row]) -> tuple[Heading, ...]:
    """Return the headings that bookmarks name; none when the outline does not fit the text."""
    if len(bookmarks) < _FEWEST:
        return ()
    found: list[Heading] = []
    after = 0
    numbered = sum(split_number(b.title)[0][:1].isdigit() for b in bookmarks) > 1
    for bookmark in bookmarks:
        heading = _find(bookmark, rows, after, numbered=numbered)
        if heading is not None:
            found.append(heading)
            after = heading.stop
    return tuple(found) if len(found) >= _ENOUGH * len(bookmarks) else ()


def _find(bookmark: Bookmark, rows: Sequence[Row], after: int, *, numbered: bool) -> Heading | None:
    """Return where the title stands; it begins with a number only where outlines are numbered."""
    own, bare = split_number(bookmark.title) if numbered else ("", bookmark.title)
    keys = {title_key(bookmark.title), title_key(bare)} - {""}
    for index in range(after, len(rows)):
        if rows[index].page > bookmark.page + 1:
            return None
        if rows[index].page < bookmark.page - 1:
            continue
        stop = _matched(rows, index, keys)
        if stop:
            number, title = split_number(" ".join(row.text for row in rows[index:stop]))
            if title_key(title) != title_key(bare):
                number = own
            level = number.count(".") + 1 if number else bookmark.level
            return Heading(row=index, stop=stop, level=level, number=number, title=bare)
    return None


def _matched(rows: Sequence[Row], index: int, keys: set[str]) -> int:
    """Return where the rows from ``index`` on that make one of the titles stop, or 0."""
    for stop in range(index + 1, min(index + _ROWS, len(rows)) + 1):
        text = " ".join(row.text for row in rows[index:stop])
        _, bare = split_number(text)
        if title_key(text) in keys or title_key(bare) in keys:
            return stop
        beginnings = (title_key(text), title_key(bare))
        if not any(key.startswith(beginnings) for key in keys):
            return 0
    return 0
