"""This module turns a post's body into the HTML of its page, and lists its headings."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from digestgen.markdown import compiled, mathematics, sanitising
from digestgen.markdown.sanitising import Safe, sanitise
from digestgen.text import numbered, slugify
from digestgen.values import Value

_OUTLINE_DEPTHS = range(1, 7)
_HEADING = re.compile("<h([1-6])")
_DEFINITION = re.compile(r"\]:")
_BEHIND_ID = "paper-x-behind"
_BEHIND = f'<div id="{_BEHIND_ID}"></div>\n'
# XML, and so a feed, cannot hold these in any form.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Heading(Value, frozen=True, kw_only=True):
    """A heading of the body: its anchor in the page, and what it says.

    ``text`` is plain; ``html`` is safe, holds formulas as MathML, and may stand in a link.
    """

    level: int
    id: str
    text: str
    html: str


class Rendered(Value, frozen=True, kw_only=True):
    """A body as HTML, safe as it is, and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


class Anchors:
    """Gives headings of a page their ids, one after the other; ``taken`` are other ones in it."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._names: dict[str, Iterator[str]] = {}

    def heading(self, level: int, html: str) -> Heading:
        """Return a heading by its sanitised HTML."""
        inline = _inline(html)
        text = mathematics.plain(inline)
        return Heading(
            level=level, id=self._name(text), text=text, html=mathematics.with_formulas(inline)
        )

    def heading_id(self, html: str) -> str:
        """Return the id of a heading by its sanitised HTML."""
        return self._name(mathematics.plain(_inline(html)))

    def _name(self, text: str) -> str:
        slug = slugify(text)
        if slug in self._taken:
            names = self._names.setdefault(slug, numbered(slug))
            slug = next(name for name in names if name not in self._taken)
        self._taken.add(slug)
        return slug

    def render(self, safe: Safe) -> Rendered:
        """Return sanitised HTML with ids for its headings, and with its formulas."""
        parts, headings = [], []
        written = 0
        for opening in _HEADING.finditer(safe.html):
            start = safe.html.index(">", opening.end()) + 1
            inside = safe.html[start : safe.html.find("</h", start)]
            heading = self.heading(int(opening[1]), inside)
            headings.append(heading)
            parts += [safe.html[written : opening.end()], f' id="{heading.id}"']
            written = opening.end()
        html = "".join([*parts, safe.html[written:]])
        return Rendered(html=mathematics.with_formulas(html), headings=tuple(headings))


def render(body: str) -> Rendered:
    """Return the body as HTML. Pictures of other servers become links to them."""
    safe = _to_safe_html(body)
    return Anchors(safe.anchors).render(safe)


@lru_cache(maxsize=64)  # posts of one language open alike
def fragment(part: str) -> Safe | None:
    """Return a part of a body as HTML, if it reads the same by itself; without ids of headings.

    What stands before and behind it has to be read by itself as well.
    """
    if _DEFINITION.search(part):  # of a link: other parts may use it
        return None
    safe = _to_safe_html(f"{part}\n\n{_BEHIND}")
    if not safe.html.endswith(_BEHIND):  # something is left open
        return None
    return Safe(safe.html[: -len(_BEHIND)], safe.anchors - {_BEHIND_ID})


def outline(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the headings of the highest level that has more than one: a post's contents."""
    for level in _OUTLINE_DEPTHS:
        found = tuple(heading for heading in headings if heading.level == level)
        if len(found) > 1:
            return found
    return ()


def _inline(html: str) -> str:
    return sanitising.inline(html.replace("<br>", " ")).strip()


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
