"""This module takes pieces out of the HTML of our posts, and writes them as pages show them.

What it reads came from ``markdown.render``: every tag is closed, and no angle bracket stands for
itself, so that counting tells whether a piece is whole, and what an element holds is. Whatever has
another structure than our posts is irregular, and is left to be shown as it stands.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from digestgen.model import Lang
from digestgen.site.languages import lang_attribute

_VOID = re.compile("<(?:img|[bh]r)")
_ITEM, _ITEM_END = "<li>", "</li>"
_BOLD, _BOLD_END = "<strong>", "</strong>"
_COLONS = ("：", ":", "")
_FIGURE = "<figure>"
# All that a gallery's picture may say, since pages write it anew: the hint for its size, and the
# files that ``srcset`` names, are read by nobody but browsers.
_PICTURE = re.compile(
    r"""(?:
        \ src="(?P<src>[\w-][\w.-]*)"
        |\ srcset="(?P<small>[\w-][\w.-]*)\ [0-9]+w,\ (?P<full>[\w-][\w.-]*)\ [0-9]+w"
        |\ sizes="[a-z0-9:()\ ,-]*"
        |\ alt="(?P<alt>[^"]*)"
        |\ loading="[a-z]*"
        |\ width="(?P<width>[0-9]*)"
        |\ height="(?P<height>[0-9]*)"
    ){1,7}""",
    re.VERBOSE | re.ASCII,
)
_MOST_NESTED = 20  # our posts have four lists in a list, and a colon or two in a heading
Links = Mapping[str, str]  # what leads from a statement, by its name, to what carries it


class IrregularError(Exception):
    """The HTML has not the structure of our posts."""


class Passage(NamedTuple):
    """A passage as HTML, and its ``lang`` attribute."""

    html: str
    lang: str


class Piece(NamedTuple):
    """Something that has a label; both are HTML."""

    label: str
    html: str


class Figure(NamedTuple):
    """A picture of a gallery: two files beside the post, ``small`` for lists; all is HTML text."""

    src: str
    small: str
    alt: str
    width: str
    height: str
    caption: str
    lang: str


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
        self.expect(mark)
        return self.until(end)

    def expect(self, mark: str) -> None:
        """Read ``mark``, which must come next."""
        if not self.sees(mark):
            raise IrregularError
        self._at += len(mark)

    def until(self, end: str) -> str:
        """Return what stands before the first ``end`` that leaves it whole; read on behind it."""
        found = self._at - 1
        for _ in range(_MOST_NESTED):
            found = self._html.find(end, found + 1)
            piece = self._html[self._at : found]
            if found >= 0 and ("<" not in piece or is_whole(piece)):
                self._at = found + len(end)
                return piece
        raise IrregularError

    def finish(self) -> None:
        """Make sure that nothing is left."""
        if self._html[self._at :].strip():
            raise IrregularError


def is_whole(html: str) -> bool:
    """Return whether a piece closes what it opens, given that everything before it does."""
    left_open = html.count("<") - 2 * html.count("</")
    return left_open == 0 or (left_open > 0 and left_open == len(_VOID.findall(html)))


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
    if listed.count(_ITEM) != len(found):
        raise IrregularError
    return found


def stated(tag: str, html: str, lang: Lang, links: str = "") -> str:
    """Return a statement in an element of its own, with the links to what carries it."""
    return f"<{tag}{lang_attribute(html, lang)}>{html}{links}</{tag}>"


def stated_list(name: str, texts: list[str], lang: Lang, links: Links) -> str:
    """Return the items of a numbered list, each named by its number behind ``name``."""
    return "\n".join(
        [
            stated("li", text, lang, links.get(f"{name} {number}", ""))
            for number, text in enumerate(texts, start=1)
        ]
    )


def labelled(item: str) -> tuple[str, str]:
    """Return the bold label that an item begins with, and what stands behind it."""
    if not item.startswith(_BOLD):
        raise IrregularError
    label, _, rest = item[len(_BOLD) :].partition(_BOLD_END)
    if _BOLD in label:
        raise IrregularError
    return label, rest.strip()


def facts(listed: str, lang: Lang) -> tuple[str, str]:
    """Return the facts in the inside of a list, and the colon behind their labels."""
    written = []
    colon = ""
    for item in items(listed):
        label, rest = labelled(item)
        if rest[:1] not in _COLONS:
            raise IrregularError
        colon = colon or rest[:1]
        said = rest[1:].lstrip()
        language = lang_attribute(said, lang)
        written.append(f"<div><dt>{label}{rest[:1]}</dt> <dd{language}>{said}</dd></div>")
    return "\n".join(written), colon


def parts(listed: str, lang: Lang, links: Links) -> str:
    """Return the parts in the inside of a list as a list of terms."""
    return terms([part(item, "dd", lang, links) for item in items(listed)])


def terms(found: list[Piece]) -> str:
    """Return a list of terms, each of which is an element already."""
    listed = "\n".join([f"<dt>{label}</dt>\n{html}" for label, html in found])
    return f'<dl class="parts">\n{listed}\n</dl>\n'


def part(item: str, tag: str, lang: Lang, links: Links) -> Piece:
    """Return a part with its colon: a statement in a ``tag``, or what it has instead of one."""
    label, rest = labelled(item)
    name = label[len("(1) ") :] if label[:1] == "(" else label
    if rest[:1] in _COLONS:
        return Piece(label + rest[:1], stated(tag, rest[1:].lstrip(), lang, links.get(name, "")))
    inner = rest[len("<ul>") : -len("</ul>")]
    if rest.startswith("<ul>") and rest.endswith("</ul>"):
        html = parts(inner, lang, links)
    elif rest.startswith("<ol>") and rest.endswith("</ol>"):
        html = f"<ol>\n{stated_list(name, items(inner), lang, links)}\n</ol>"
    else:
        raise IrregularError
    return Piece(label, f"<{tag}>{html}</{tag}>" if tag == "dd" else html)


def sources(
    listed: str, name: str, lang: Lang, *, colon: str, attributes: str
) -> tuple[str, dict[str, str]]:
    """Return the evidence in the inside of a list, and the links that lead to it.

    An item reads ``place: sentence (carries: name, name)``; ``name`` is the block's.
    """
    link, href, end = f'<a class="evidence"{attributes} ', f'" href="#e_{name}_', colon.rstrip()
    comma = "、" if colon == "：" else ", "
    written = []
    links: dict[str, str] = {}
    for number, item in enumerate(items(listed), start=1):
        text, bracket, names = item.rpartition(" (")
        if not bracket or not names.endswith(")"):
            raise IrregularError
        place, sentence = _placed(text, colon)
        if "<" in item and not (is_whole(place) and is_whole(names) and "<p>" not in item):
            raise IrregularError
        for carried in names[:-1].partition(colon)[2].split(comma):
            links[carried] = f'{links.get(carried, "")}{link}{number}{href}{number}">{number}</a>'
        written.append(
            f'<li id="e_{name}_{number}"><span class="place">{place}{end}</span>'
            f"<q{lang_attribute(sentence, lang)}>{sentence}</q>"
            f' <span class="carries">({names}</span></li>'
        )
    return "\n".join(written), links


def _placed(text: str, colon: str) -> tuple[str, str]:
    """Part a sentence from its place, which may name a section, in quotes, with a colon in it."""
    first, mark, sentence = text.partition(colon)
    if not mark:
        raise IrregularError
    if _closes_quotes(first):
        return first, sentence
    place, *others = text.split(colon, _MOST_NESTED)
    for count, more in enumerate(others):
        if _closes_quotes(place):
            return place, colon.join(others[count:])
        place += colon + more
    return first, sentence  # a heading with half a pair of quotes


def _closes_quotes(place: str) -> bool:
    return place.count('"') % 2 == 0 and place.count("“") == place.count("”")


def figures(listed: str, lang: Lang) -> tuple[Figure, ...]:
    """Return the pictures in the inside of a gallery's grid."""
    before, *pieces = listed.split(_FIGURE)
    if before.strip():
        raise IrregularError
    return tuple(_figure(piece, lang) for piece in pieces)


def _figure(html: str, lang: Lang) -> Figure:
    reader = Reader(html)
    picture = _PICTURE.fullmatch(reader.between("<img", "><figcaption>"))
    caption = reader.until("</figcaption></figure>")
    reader.finish()
    if not picture or not picture["src"] or picture["full"] not in (None, picture["src"]):
        raise IrregularError
    return Figure(
        src=picture["src"],
        small=picture["small"] or picture["src"],
        alt=picture["alt"] or "",
        width=picture["width"] or "",
        height=picture["height"] or "",
        caption=caption,
        lang=lang_attribute(caption, lang),
    )
