"""This module takes pieces out of the HTML of our posts: passages, lists, evidence, pictures.

What it reads came from ``markdown.render``: every tag is closed, and no angle bracket stands for
itself, so that counting tells whether a piece is whole. Whatever has another structure than our
posts is irregular, and is left to be shown as it stands.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from digestgen.model import Lang
from digestgen.site.languages import lang_attribute

_VOID = ("<img", "<br", "<hr", "/>")
_ITEM, _ITEM_END = "<li>", "</li>"
_FIGURE = "<figure>"
_NAMES = re.compile("、|, ")
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_MOST_NESTED = 20  # our posts have four lists in a list, and a colon or two in a heading
Carried = Mapping[str, tuple[int, ...]]


class IrregularError(Exception):
    """The HTML has not the structure of our posts."""


# A post has several hundred of the following; tuples are made three times as fast as dataclasses.


class Statement(NamedTuple):
    """A passage as HTML: its ``lang`` attribute, and links to the sentences that carry it."""

    html: str
    lang: str
    marks: str = ""


class Part(NamedTuple):
    """A passage, or further parts, under a label with the post's colon; a step has no label."""

    label: str
    colon: str
    text: Statement | None
    steps: tuple[Statement, ...] = ()
    parts: tuple["Part", ...] = ()


class Source(NamedTuple):
    """A sentence of the paper: where it stands, and, in brackets, which statements it carries."""

    number: int
    place: str
    html: str
    lang: str
    carries: str


class Figure(NamedTuple):
    """A picture of a gallery: two files beside the post, ``small`` for lists; all is HTML text."""

    src: str
    small: str
    alt: str
    width: str
    height: str
    caption: str
    lang: str


class Marks:
    """Makes the links from the statements of a paper's block to what carries them."""

    def __init__(self, name: str, carried: Carried, attributes: str) -> None:
        self._begin = f'<a class="evidence"{attributes}'
        self._href = f'" href="#e_{name}_'
        self._carried = carried

    def of(self, statement: str) -> str:
        """Return the links of the statement that evidence calls by this name."""
        numbers = self._carried.get(statement)
        if not numbers:
            return ""
        return "".join(
            f'{self._begin} {number}{self._href}{number}">{number}</a>' for number in numbers
        )


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
    opened = html.count("<")
    if not opened:
        return True
    closed = html.count("</") * 2
    return closed == opened or closed == opened - sum(map(html.count, _VOID))


def items(listed: str) -> list[str]:
    """Return the items of the inside of a list, each with what it contains."""
    if "<ul>" not in listed and "<ol>" not in listed:
        return _flat(listed)
    before, *pieces = listed.split(_ITEM)
    found = []
    nested: list[str] = []
    depth = 0
    for piece in pieces:
        nested.append(piece)
        depth += 1 - piece.count(_ITEM_END)
        if depth == 0:
            item, _, behind = _ITEM.join(nested).rpartition(_ITEM_END)
            before += behind
            found.append(item)
            nested = []
    if nested or before.strip():
        raise IrregularError
    return found


def _flat(listed: str) -> list[str]:
    inner = listed.strip()
    if not inner.startswith(_ITEM) or not inner.endswith(_ITEM_END):
        raise IrregularError
    found = inner[len(_ITEM) : -len(_ITEM_END)].split(f"{_ITEM_END}\n{_ITEM}")
    if listed.count(_ITEM) != len(found) or listed.count(_ITEM_END) != len(found):
        raise IrregularError
    return found


def statement(html: str, lang: Lang, marks: str = "") -> Statement:
    """Return a passage of a post in ``lang``."""
    return Statement(html, lang_attribute(html, lang), marks)


def parts(listed: str, lang: Lang, marks: Marks) -> tuple[Part, ...]:
    """Return the parts in the inside of a list."""
    return tuple([_part(item, lang, marks) for item in items(listed)])


def _part(item: str, lang: Lang, marks: Marks) -> Part:
    if not item.startswith("<strong>"):
        raise IrregularError
    label, _, rest = item.removeprefix("<strong>").partition("</strong>")
    rest = rest.strip()
    name = label[len("(1) ") :] if label[:1] == "(" else label
    if rest.startswith("<ul>"):
        return Part(label, "", None, parts=parts(inside(rest, "ul"), lang, marks))
    if rest.startswith("<ol>"):
        steps = enumerate(items(inside(rest, "ol")), start=1)
        made = [statement(text, lang, marks.of(f"{name} {number}")) for number, text in steps]
        return Part(label, "", None, steps=tuple(made))
    return Part(label, rest[:1], statement(rest[1:].lstrip(), lang, marks.of(name)))


def inside(listed: str, tag: str) -> str:
    """Return the inside of a list that is all there is."""
    inner = listed.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>")
    if len(inner) != len(listed) - len(f"<{tag}></{tag}>") or not is_whole(inner):
        raise IrregularError
    return inner


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
        language = lang_attribute(sentence, lang)
        found.append(Source(number, place + colon.rstrip(), sentence, language, f"({names}"))
    return tuple(found), carried


def _placed(text: str, colon: str) -> tuple[str, str]:
    """Part a sentence from its place, which may name a section, in quotes, with a colon in it."""
    first, mark, sentence = text.partition(colon)
    if not mark:
        raise IrregularError
    if '"' not in first and "“" not in first:
        return first, sentence
    place, *others = text.split(colon, _MOST_NESTED)
    for count, more in enumerate(others):
        if place.count('"') % 2 == 0 and place.count("“") == place.count("”"):
            return place, colon.join(others[count:])
        place += colon + more
    return first, sentence  # a heading with half a pair of quotes


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
        src=src,
        small=picture.get("srcset", src).partition(" ")[0],
        alt=picture.get("alt", ""),
        width=picture.get("width", ""),
        height=picture.get("height", ""),
        caption=caption,
        lang=lang_attribute(caption, lang),
    )
