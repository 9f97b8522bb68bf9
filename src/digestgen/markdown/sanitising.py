"""This module takes out of HTML what is not on a short list, and keeps pages by themselves.

What it returns is written in one way: a ``<`` or ``>`` is a tag's, every attribute is in double
quotes, and text holds no control characters if its source held none.
"""

import html
import re
from functools import cache

import nh3

from digestgen.values import Value

_ELEMENTS = (
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary"
    " sup table tbody td tfoot th thead tr u ul var"
)
# No class and no style: pages tell what stands in a post by its elements, as in
# "details > div > figure", so nothing in a post can dress up as a part of the page.
_ATTRIBUTES = {
    "*": {"lang", "title"},
    "a": {"href"},
    "details": {"open"},
    "div": {"id"},
    "img": {"alt", "height", "loading", "sizes", "src", "srcset", "width"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_SCHEMES = {"http", "https", "mailto"}
REL = "noopener noreferrer"
# Pictures beside the page alone; another server would be asked by the browser.
_SRCSET = re.compile(r"(?:[\w-][\w.-]* [0-9]{1,5}w(?:, |\Z))+", re.ASCII)
_NEAR = re.compile(r"[\w.-][\w./-]*", re.ASCII)
_FAR = re.compile(r"(?:[a-z][a-z0-9+.-]*:/*|//)(?P<host>[^/?#]*)", re.IGNORECASE)
_ANCHOR = re.compile(r"paper-[a-z0-9-]+|skipped")
_LINK_OR_PICTURE = re.compile(r'<a[ >]|</a>|<img(?: [a-z]+="[^"]*")*>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_IDLE: "list[_Cleaning]" = []  # one for each text that is being cleaned at the same time
_LONG_ENTITY = re.compile("&(?:quot|#(?:39|123|125));")
_MARKS = "abbr b cite code del dfn em i ins kbd mark q s samp small strong sub sup u var"


class Safe(Value, frozen=True):
    """HTML that holds nothing but what the lists name, and the anchors in it."""

    html: str
    anchors: frozenset[str]


def sanitise(unsafe: str) -> Safe:
    """Return HTML fit for a page. Pictures of other servers become links to them."""
    try:
        cleaning = _IDLE.pop()
    except IndexError:
        cleaning = _Cleaning()
    safe = cleaning.clean(unsafe)
    _IDLE.append(cleaning)
    return safe


class _Cleaning:
    """Cleans one text after the other; to make one takes longer than most texts take."""

    def __init__(self) -> None:
        anchors: set[str] = set()
        far: set[str] = set()

        def kept(_element: str, attribute: str, value: str) -> str | None:
            # Every attribute of a post comes along here, so the commonest go first.
            if attribute == "src":
                if not _NEAR.fullmatch(value) and _FAR.match(_as_browsers_read(value)):
                    far.add(value)
            elif attribute == "srcset":
                return value if _SRCSET.fullmatch(value) else None
            elif attribute == "id":
                if not _ANCHOR.fullmatch(value) or value in anchors:
                    return None
                anchors.add(value)
            return value

        self._anchors = anchors
        self._far = far
        self._cleaner = nh3.Cleaner(
            tags=set(_ELEMENTS.split()),
            attributes=_ATTRIBUTES,
            attribute_filter=kept,
            url_schemes=_SCHEMES,
            link_rel=REL,
        )

    def clean(self, unsafe: str) -> Safe:
        self._anchors.clear()
        self._far.clear()
        safe = self._cleaner.clean(unsafe)
        return Safe(_link_far_pictures(safe) if self._far else safe, frozenset(self._anchors))


def sanitise_text(unsafe: str) -> str:
    """Return HTML without tags as ``sanitise`` does, but faster.

    A ``<`` is none of a tag, and comes out as text. Entities are to be complete ones, and of those
    that have a shorter form only quotes and braces.
    """
    text = unsafe
    if "&" in text:
        text = _LONG_ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def inline(safe: str) -> str:
    """Return sanitised HTML without anything but marks of text: fit to stand in a link."""
    return _marks().clean(safe) if "<" in safe else safe


@cache
def _marks() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(_MARKS.split()), attributes={"*": set()})


def _link_far_pictures(safe: str) -> str:
    """Return sanitised HTML whose remaining pictures lie beside the page."""
    inside_link = False

    def replace(match: re.Match[str]) -> str:
        nonlocal inside_link
        tag = match[0]
        if not tag.startswith("<img"):
            inside_link = tag != "</a>"
            return tag
        attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
        address = _as_browsers_read(attributes.get("src", ""))
        far = _FAR.match(address)
        if not far:
            return tag
        label = html.escape(attributes.get("alt", "").strip() or far["host"])
        if inside_link:
            return f'<span class="external-picture">{label}</span>'
        return f'<a class="external-picture" href="{html.escape(address)}" rel="{REL}">{label}</a>'

    return _LINK_OR_PICTURE.sub(replace, safe)


def _as_browsers_read(address: str) -> str:
    """Return an address without what browsers drop from it, and with slashes for backslashes."""
    return re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
