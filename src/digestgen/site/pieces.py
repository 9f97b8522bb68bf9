"""This module writes the pieces of our posts as pages show them, as ``reader`` finds them.

What has another structure than our posts is irregular, and is left to be shown as it stands.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from digestgen.model import Lang
from digestgen.site.languages import lang_attribute
from digestgen.site.reader import IrregularError, Reader, is_whole

# All that a gallery's picture may say, since pages write it anew: the hint for its size, and the
# files that ``srcset`` names, are read by nobody but browsers.
_PICTURE = re.compile(
    r"""<img(?:
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
_MOST_COLONS = 20  # in a heading; ours have one or two
_DEEPEST = 20  # parts in parts; ours have two
Part = tuple[str, str, str]  # a label, the colon behind it, and an element with the rest
Links = Mapping[str, str]  # what leads from a statement, by its name, to what carries it


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


def facts(reader: Reader, lang: Lang) -> tuple[str, str]:
    """Return the facts in a list, and the colon behind their labels."""
    written = []
    first = ""
    while not reader.sees("</ul>"):
        label, colon, said = reader.labelled()
        first = first or colon
        language = lang_attribute(said, lang)
        written.append(f"<div><dt>{label}{colon}</dt> <dd{language}>{said}</dd></div>")
    reader.expect("</ul>")
    return "\n".join(written), first


def part(reader: Reader, tag: str, lang: Lang, links: Links, depth: int = 0) -> Part:
    """Return a part of a list: a statement in a ``tag``, or a list of parts or of statements."""
    label = reader.label_of_list()
    if label is None:
        label, colon, said = reader.labelled()
        return label, colon, stated(tag, said, lang, links.get(_name(label), ""))
    if reader.sees("<ul>"):
        html = terms(_parts(reader, lang, links, depth + 1))
    else:
        reader.expect("<ol>")
        listed = stated_list(_name(label), reader.items("</ol>"), lang, links)
        html = f"<ol>\n{listed}\n</ol>"
    reader.expect("</li>")
    return label, "", f"<{tag}>{html}</{tag}>" if tag == "dd" else html


def _parts(reader: Reader, lang: Lang, links: Links, depth: int) -> list[Part]:
    if depth > _DEEPEST:
        raise IrregularError
    found = []
    reader.expect("<ul>")
    while not reader.sees("</ul>"):
        found.append(part(reader, "dd", lang, links, depth))
    reader.expect("</ul>")
    return found


def _name(label: str) -> str:
    """Return what evidence calls a part."""
    return label[len("(1) ") :] if label[:1] == "(" else label


def terms(found: list[Part]) -> str:
    """Return a list of terms, each of which is an element already."""
    listed = "\n".join([f"<dt>{label}{colon}</dt>\n{html}" for label, colon, html in found])
    return f'<dl class="parts">\n{listed}\n</dl>\n'


def sources(
    reader: Reader, name: str, lang: Lang, *, colon: str, attributes: str
) -> tuple[str, dict[str, str]]:
    """Return the evidence in a list, and the links that lead to it.

    An item reads ``place: sentence (carries: name, name)``; ``name`` is the block's.
    """
    comma = "、" if colon == "：" else ", "
    link, href, end = f'<a class="evidence"{attributes} ', f'" href="#e_{name}_', colon.rstrip()
    written = []
    links: dict[str, list[str]] = {}
    for number, item in enumerate(reader.items("</ol>"), start=1):
        text, bracket, names = item.rpartition(" (")
        if not bracket or not names.endswith(")"):
            raise IrregularError
        place, sentence = _placed(text, colon)
        if "<" in item and not (is_whole(place) and is_whole(names) and "<p>" not in item):
            raise IrregularError
        leading = f'{link}{number}{href}{number}">{number}</a>'
        for carried in names[:-1].partition(colon)[2].split(comma):
            links.setdefault(carried, []).append(leading)
        written.append(
            f'<li id="e_{name}_{number}"><span class="place">{place}{end}</span>'
            f"<q{lang_attribute(sentence, lang)}>{sentence}</q>"
            f' <span class="carries">({names}</span></li>'
        )
    return "\n".join(written), {carried: "".join(leading) for carried, leading in links.items()}


def _placed(text: str, colon: str) -> tuple[str, str]:
    """Part a sentence from its place, which may name a section, in quotes, with a colon in it."""
    first, mark, sentence = text.partition(colon)
    if not mark:
        raise IrregularError
    if _closes_quotes(first):
        return first, sentence
    place, *others = text.split(colon, _MOST_COLONS)
    for count, more in enumerate(others):
        if _closes_quotes(place):
            return place, colon.join(others[count:])
        place += colon + more
    return first, sentence  # a heading with half a pair of quotes


def _closes_quotes(place: str) -> bool:
    return place.count('"') % 2 == 0 and place.count("“") == place.count("”")


def figures(reader: Reader, lang: Lang) -> tuple[Figure, ...]:
    """Return the pictures in a gallery's grid."""
    found = []
    while not reader.sees("</div>"):
        found.append(_figure(reader.passage("<figure>", "</figure>"), lang))
    reader.expect("</div>")
    return tuple(found)


def _figure(html: str, lang: Lang) -> Figure:
    tag, _, captioned = html.partition("><figcaption>")
    caption, end, behind = captioned.partition("</figcaption>")
    picture = _PICTURE.fullmatch(tag)
    if not picture or not picture["src"] or picture["full"] not in (None, picture["src"]):
        raise IrregularError
    if not end or behind:
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
