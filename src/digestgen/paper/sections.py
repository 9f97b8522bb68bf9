"""This module divides the running text of a paper into its sections."""

from collections.abc import Sequence
from dataclasses import replace

from digestgen.model import Section
from digestgen.paper.body import Body
from digestgen.paper.headings import Heading, find_headings
from digestgen.paper.joining import vocabulary
from digestgen.paper.outline import Bookmark, find_bookmarked
from digestgen.paper.reading_order import Row
from digestgen.paper.roles import roles
from digestgen.paper.sentences import located, paragraphs


def headings_of(
    rows: Sequence[Row], body: Body, bookmarks: Sequence[Bookmark] = ()
) -> tuple[Heading, ...]:
    """Return the headings that the bookmarks name, and the others that look like headings."""
    named = find_bookmarked(bookmarks, rows)
    taken = {row for heading in named for row in range(heading.row, heading.stop)}
    seen = [h for h in find_headings(rows, body) if h.row not in taken]
    return tuple(sorted([*named, *seen], key=lambda heading: heading.row))


def divide(rows: Sequence[Row], headings: Sequence[Heading], body: Body) -> tuple[Section, ...]:
    """Return the sections in reading order; paragraphs of their text are parted by empty lines.

    What stands before the first heading is a section of role "front" without a heading.
    """
    known = vocabulary(row.text for row in rows)
    front = Heading(row=0, stop=0, level=1, number="", title="")
    stops = [*(heading.row for heading in headings), len(rows)]
    sections = []
    for heading, role, start, stop in zip(
        (front, *headings),
        ("front", *roles(headings)),
        (0, *(heading.stop for heading in headings)),
        stops,
        strict=True,
    ):
        inside = list(rows[start:stop])
        if heading.rest:
            inside.insert(0, replace(rows[start - 1], text=heading.rest))
        found = paragraphs(inside, body, known)
        if heading is front and not found:
            continue
        sections.append(
            Section(
                heading=heading.text,
                role=role,
                page=rows[heading.row].page,
                text="\n\n".join(paragraph.text for paragraph in found),
                level=heading.level,
                sentences=tuple(s for paragraph in found for s in located(paragraph)),
            )
        )
    return tuple(sections)
