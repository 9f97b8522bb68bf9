"""This module turns a post's body into the HTML of its page, and lists its headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digestgen.markdown import compiled, mathematics, sanitising
from digestgen.markdown.mathematics import Marked
from digestgen.markdown.sanitising import Safe, sanitise
from digestgen.text import numbered, slugify

_OUTLINE_DEPTHS = range(1, 7)
_HEADING = re.compile("<h([1-6])")
# XML, and so a feed, cannot hold these in any form.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body: its anchor in the page, and what it says.

    ``text`` is plain; ``html`` is safe, holds formulas as MathML, and may stand in a link.
    """

    level: int
    id: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A body as HTML, safe as it is, and its headings in order.

    ``marked`` has short marks in place of the formulas, for who takes it apart.
    """

    marked: Marked
    headings: tuple[Heading, ...]

    @property
    def html(self) -> str:
        """Return the whole, with its formulas."""
        return self.marked.shown(self.marked.html)


def render(body: str) -> Rendered:
    """Return the body as HTML. Pictures of other servers become links to them."""
    safe = _to_safe_html(body)
    html, headings = with_anchors(safe)
    return Rendered(marked=mathematics.marked(html), headings=headings)


def outline(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the headings of the highest level that has more than one: a post's contents."""
    for level in _OUTLINE_DEPTHS:
        found = tuple(heading for heading in headings if heading.level == level)
        if len(found) > 1:
            return found
    return ()


def with_anchors(safe: Safe) -> tuple[str, tuple[Heading, ...]]:
    """Give every heading an id that nothing else in the page has."""
    parts, headings = [], []
    taken = set(safe.anchors)
    names: dict[str, Iterator[str]] = {}
    written = 0
    for opening in _HEADING.finditer(safe.html):
        heading = _heading(safe.html, opening, names, taken)
        taken.add(heading.id)
        headings.append(heading)
        parts += [safe.html[written : opening.end()], f' id="{heading.id}"']
        written = opening.end()
    return "".join([*parts, safe.html[written:]]), tuple(headings)


def _to_safe_html(body: str) -> Safe:
    unsafe = compiled.to_html(body)
    if unsafe is not None:
        return sanitise(unsafe)
    # Loading it costs 25 ms of CPU, which most posts need not pay.
    from digestgen.markdown import reference

    safe = sanitise(reference.to_html(_CONTROLS.sub("", body)))
    # Once more, since numbers stood for characters until here. Put out, not taken out: what was on
    # either side of one in an address must not become a scheme.
    return Safe(_CONTROLS.sub("\ufffd", safe.html), safe.anchors)


def _heading(
    safe: str, opening: re.Match[str], names: dict[str, Iterator[str]], taken: set[str]
) -> Heading:
    start = safe.index(">", opening.end()) + 1
    inline = sanitising.inline(safe[start : safe.find("</h", start)].replace("<br>", " ")).strip()
    text = mathematics.plain(inline)
    slug = slugify(text)
    free = names.setdefault(slug, numbered(slug))
    return Heading(
        level=int(opening[1]),
        id=next(name for name in free if name not in taken),
        text=text,
        html=mathematics.with_formulas(inline),
    )
