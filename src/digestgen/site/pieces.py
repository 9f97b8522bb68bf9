"""This module takes pieces out of the HTML of our posts: passages, lists, evidence, pictures.

What it reads came from ``markdown.render``: every tag is closed, and no angle bracket stands for
itself, so that counting tells whether a piece is whole. Whatever has another structure than our
posts is irregular, and is left to be shown as it stands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.model import Lang
from digestgen.site.languages import foreign
from digestgen.templating import Html

_VOID = ("<img", "<br", "<hr")
_ITEM = "<li>"
_FIGURE = "<figure>"
_NAMES = re.compile("、|, ")
_NUMBERED_LABEL = re.compile(r"\(\d\) ")
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_MOST_NESTED = 20  # our posts have four lists in a list, and a colon or two in a heading
Carried = Mapping[str, tuple[int, ...]]


class IrregularError(Exception):
    """The HTML has not the structure of our posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A passage; ``lang`` is its language where the post's is another.

    ``evidence`` are the numbers of the source sentences that carry it.
    """

    html: Html
    lang: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A passage, or further parts, under a label with the post's colon; a step has no label."""

    label: Html
    colon: str = ""
    text: Statement | None
    numbered: bool = False
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sentence of the paper: where it stands, and, in brackets, which statements it carries."""

    number: int
    place: Html
    sentence: Statement
    carries: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture of a gallery: two files beside the post, ``small`` for lists; all is HTML text."""

    src: Html
    small: Html
    alt: Html
    width: Html
    height: Html
    caption: Statement


class Reader:
    """Reads HTML from its beginning to its end, one whole piece after the other."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0

    def sees(self, mark: str) -> bool:
        """Return whether ``mark`` comes next, behind white space."""
        while self._html.startswith("\n", self._at):
            self._at += 1
        return self._html.startswith(mark, self._at)

    def between(self, mark: str, end: str) -> str:
        """Return what stands between ``mark``, which must come next, and ``end``."""
        if not self.sees(mark):
            raise IrregularError
        self._at += len(mark)
        return self.until(end)

    def until(self, end: str) -> str:
        """Return what stands before the first ``end`` that leaves it whole; read on behind it."""
        found = self._at - 1
        for _ in range(_MOST_NESTED):
            found = self._html.find(end, found + 1)
            piece = self._html[self._at : found]
            if found >= 0 and is_whole(piece):
                self._at = found + len(end)
                return piece
        raise IrregularError

    def finish(self) -> None:
        """Make sure that nothing is left."""
        if self._html[self._at :].strip():
            raise IrregularError


def is_whole(html: str) -> bool:
    """Return whether a piece closes what it opens, given that everything before it does."""
    closed = html.count("</")
    void = sum(html.count(tag) for tag in _VOID) if closed * 2 != html.count("<") else 0
    return html.count("<") - void == closed * 2


def items(listed: str) -> list[str]:
    """Return the items of the inside of a list, each with what it contains."""
    before, *pieces = listed.split(_ITEM)
    found = []
    nested: list[str] = []
    depth = 0
    for piece in pieces:
        nested.append(piece)
        depth += 1 - piece.count("</li>")
        if depth == 0:
            item, _, behind = _ITEM.join(nested).rpartition("</li>")
            before += behind
            found.append(item)
            nested = []
    if nested or before.strip():
        raise IrregularError
    return found


def statement(html: str, lang: Lang, evidence: tuple[int, ...] = ()) -> Statement:
    """Return a passage of a post in ``lang``."""
    return Statement(html=Html(html), lang=foreign(html, lang), evidence=evidence)


def parts(listed: str, lang: Lang, carried: Carried) -> tuple[Part, ...]:
    """Return the parts in the inside of a list; ``carried`` says what carries which label."""
    return tuple(_part(item, lang, carried) for item in items(listed))


def _part(item: str, lang: Lang, carried: Carried) -> Part:
    if not item.startswith("<strong>"):
        raise IrregularError
    name, _, rest = item.removeprefix("<strong>").partition("</strong>")
    rest = rest.strip()
    name_alone = _NUMBERED_LABEL.sub("", name, count=1)
    if rest.startswith("<ul>"):
        inner = parts(inside(rest, "ul"), lang, carried)
        return Part(label=Html(name), text=None, parts=inner)
    if rest.startswith("<ol>"):
        steps = _steps(items(inside(rest, "ol")), name_alone, lang, carried)
        return Part(label=Html(name), text=None, numbered=True, parts=steps)
    text = statement(rest[1:].lstrip(), lang, carried.get(name_alone, ()))
    return Part(label=Html(name), colon=rest[:1], text=text)


def inside(listed: str, tag: str) -> str:
    """Return the inside of a list that is all there is."""
    inner = listed.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>")
    if len(inner) != len(listed) - len(f"<{tag}></{tag}>") or not is_whole(inner):
        raise IrregularError
    return inner


def _steps(texts: list[str], name: str, lang: Lang, carried: Carried) -> tuple[Part, ...]:
    return tuple(
        Part(label=Html(), text=statement(text, lang, carried.get(f"{name} {number}", ())))
        for number, text in enumerate(texts, start=1)
    )


def sources(
    listed: str, lang: Lang, *, colon: str
) -> tuple[tuple[Source, ...], dict[str, tuple[int, ...]]]:
    """Return the evidence in the inside of a list, and the numbers that carry each statement.

    An item reads ``place: sentence (carries: name, name)``.
    """
    found = []
    carried: dict[str, tuple[int, ...]] = {}
    for number, item in enumerate(items(listed), start=1):
        text, bracket, names = item.rpartition(" (")
        if not bracket or not names.endswith(")"):
            raise IrregularError
        place, sentence = _placed(text, colon)
        if not is_whole(place) or not is_whole(sentence) or "<p>" in item:
            raise IrregularError
        for name in _NAMES.split(names[:-1].partition(colon)[2]):
            carried[name] = (*carried.get(name, ()), number)
        found.append(
            Source(
                number=number,
                place=Html(place + colon.rstrip()),
                sentence=statement(sentence, lang),
                carries=Html(bracket.strip() + names),
            )
        )
    return tuple(found), carried


def _placed(text: str, colon: str) -> tuple[str, str]:
    """Part a sentence from its place, which may name a section, in quotes, with a colon in it."""
    first, *others = text.split(colon, _MOST_NESTED)
    if not others:
        raise IrregularError
    place = first
    for count, more in enumerate(others):
        if place.count('"') % 2 == 0 and place.count("“") == place.count("”"):
            return place, colon.join(others[count:])
        place += colon + more
    return first, colon.join(others)  # a heading with half a pair of quotes


def figures(listed: str, lang: Lang) -> tuple[Figure, ...]:
    """Return the pictures in the inside of a gallery's grid."""
    before, *pieces = listed.split(_FIGURE)
    if before.strip():
        raise IrregularError
    return tuple(_figure(piece, lang) for piece in pieces)


def _figure(html: str, lang: Lang) -> Figure:
    reader = Reader(html)
    picture: dict[str, str] = dict(_ATTRIBUTE.findall(reader.between("<img", "><figcaption>")))
    caption = reader.until("</figcaption></figure>")
    reader.finish()
    src = picture.get("src")
    if not src:
        raise IrregularError
    return Figure(
        src=Html(src),
        small=Html(picture.get("srcset", src).partition(" ")[0]),
        alt=Html(picture.get("alt", "")),
        width=Html(picture.get("width", "")),
        height=Html(picture.get("height", "")),
        caption=statement(caption, lang),
    )
