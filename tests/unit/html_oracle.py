"""This module reads pages as browsers do and names what must not be in a post's HTML."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

ELEMENTS = (
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary"
    " sup table tbody td tfoot th thead tr u ul var"
)
MATHML = (
    "math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover"
    " mtable mtr mtd mpadded mphantom mstyle menclose"
)
ATTRIBUTES = {
    "a": {"rel"},
    "details": {"open"},
    "img": {"alt", "height", "loading", "sizes", "srcset", "width"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "math": {"data-tex", "display"},
}
EVERYWHERE = {"id", "lang", "title"}
OF_MATHML = (
    "stretchy symmetric largeop movablelimits accent accentunder displaystyle fence separator form"
    " mathvariant scriptlevel notation lspace rspace minsize maxsize width height depth voffset"
    " linethickness"
)
CLASSES = {"external-picture", "to-left", "to-right"}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SCHEMES = ("http:", "https:", "mailto:")
ID = re.compile(r"[a-z0-9-]+")
MATHML_SPACE = "{http://www.w3.org/1998/Math/MathML}"
HTML_SPACE = "{http://www.w3.org/1999/xhtml}"


def unsafe_parts(page: str) -> list[str]:
    """Return what a page's HTML holds beyond the lists, as a browser would find it."""
    return list(_unsafe(html5lib.parseFragment(page)))


def _unsafe(node: Element) -> Iterator[str]:
    for element in node.iter():
        if element is node:
            continue
        tag = str(element.tag)
        is_mathml = tag.startswith(MATHML_SPACE)
        name = tag.rpartition("}")[2]
        if name not in (MATHML if is_mathml else ELEMENTS).split() or (
            not is_mathml and not tag.startswith(HTML_SPACE)
        ):
            yield tag
        for attribute, value in element.attrib.items():
            if not _is_allowed(name, str(attribute), value, is_mathml=is_mathml):
                yield f"{name} {attribute}={value}"


def _is_allowed(name: str, attribute: str, value: str, *, is_mathml: bool) -> bool:
    if attribute == "class":
        return value in CLASSES
    if attribute == "id":
        return bool(ID.fullmatch(value))
    if attribute == "href" and name == "a":
        scheme = SCHEME.match(_as_browsers_read(value))
        return scheme is None or scheme[0].lower() in SCHEMES
    if attribute == "src" and name == "img":
        address = _as_browsers_read(value)
        return not SCHEME.match(address) and not address.startswith("//")
    allowed = ATTRIBUTES.get(name, set()) | (set(OF_MATHML.split()) if is_mathml else EVERYWHERE)
    return attribute in allowed


def _as_browsers_read(address: str) -> str:
    inner = re.sub("^[\x00- ]+|[\t\r\n]", "", re.sub("[\t\r\n]", "", address))
    return inner.replace("\\", "/")
