"""This module turns a post's Markdown into HTML that is safe to put into a page.

Markdown and the raw HTML in it may come from anywhere: what leaves here went through an
allow-list, holds no scripts, styles or forms, and asks no other server for anything.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from digestgen import tex
from digestgen.text import free_name, slugify

_ELEMENTS = (
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary"
    " sup table tbody td tfoot th thead tr u ul var"
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "details": {"open"},
    "img": {"alt", "height", "loading", "sizes", "src", "srcset", "width"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_SCHEMES = {"http", "https", "mailto"}
_CLASSES = {"math", "math display", "external-picture"}
# Pictures beside the page alone; another server would be asked by the browser.
_SRCSET = re.compile(r"(?:[\w-][\w.-]* [0-9]{1,5}w(?:, |\Z))+", re.ASCII)
_ANCHOR = re.compile(r"paper-[a-z0-9-]+|skipped")
_ANCHOR_IN_SOURCE = re.compile(rf'\bid="({_ANCHOR.pattern})"')
# The sanitiser writes every attribute as name="value" and no quote or tag inside a value.
_LINK_OR_PICTURE = re.compile(r'<a[ >]|</a>|<img(?: [a-z]+="[^"]*")*>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
# XML, and so a feed, cannot hold these in any form.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FAR = re.compile(r"(?:[a-z][a-z0-9+.-]*:/*|//)(?P<host>[^/?#]*)", re.IGNORECASE)
_OUTLINE_DEPTHS = range(1, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body; ``id`` is its anchor in the page, ``text`` is plain."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A body as HTML, safe as it is, and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


def render(body: str) -> Rendered:
    """Return the body as HTML. Pictures of other servers become links to them."""
    tokens = _parser().parse(_CONTROLS.sub("", body))
    headings = tuple(_name_headings(tokens, taken=set(_ANCHOR_IN_SOURCE.findall(body))))
    unsafe: str = _parser().renderer.render(tokens, _parser().options, {})
    safe = _sanitise(unsafe, ids={heading.id for heading in headings})
    return Rendered(html=_link_far_pictures(safe), headings=headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """A block of a body by its lines, from ``first`` (counted from 0) to before ``last``.

    ``text`` is a heading's source, or the block's own; ``level`` is a heading's.
    """

    kind: Literal["heading", "html", "code", "table", "list", "paragraph"]
    first: int
    last: int
    level: int = 0
    text: str = ""


def landmarks(body: str) -> tuple[Landmark, ...]:
    """Return the blocks of a body in order, without looking into their text."""
    found: list[Landmark] = []
    tokens = _block_parser().parse(body)
    for token, following in pairwise([*tokens, Token("end", "", 0)]):
        kind = _LANDMARKS.get(token.type)
        if kind is None or token.map is None:
            continue
        is_text = kind in ("heading", "paragraph")
        found.append(
            Landmark(
                kind=kind,
                first=token.map[0],
                last=token.map[1],
                level=int(token.tag[1:]) if kind == "heading" else 0,
                text=following.content if is_text else token.content,
            )
        )
    return tuple(found)


def outline(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the headings of the highest level that has more than one: a post's contents."""
    for level in _OUTLINE_DEPTHS:
        found = tuple(heading for heading in headings if heading.level == level)
        if len(found) > 1:
            return found
    return ()


_LANDMARKS: dict[str, Literal["heading", "html", "code", "table", "list", "paragraph"]] = {
    "heading_open": "heading",
    "html_block": "html",
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "ordered_list_open": "list",
    "bullet_list_open": "list",
    "paragraph_open": "paragraph",
}


@cache
def _block_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable(["inline", "text_join"])


@cache
def _parser() -> MarkdownIt:
    # Both Markdown renderers of Hexo break lines where the source does.
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.after("text_join", "math", _find_math)
    parser.add_render_rule("math", _render_math)
    return parser


def _find_math(state: StateCore) -> None:
    """Split the texts of a parsed body where mathematics stands in them."""
    for block in state.tokens:
        if block.children:
            block.children = [part for child in block.children for part in _split_math(child)]


def _split_math(token: Token) -> Iterator[Token]:
    if token.type != "text" or not {"$", "\\"} & set(token.content):
        yield token
        return
    for segment in tex.segments(token.content):
        if isinstance(segment, tex.Math):
            yield Token("math", "", 0, content=segment.tex, info="display" * segment.display)
        else:
            yield Token("text", "", 0, content=segment.source)


def _render_math(_renderer: object, tokens: list[Token], index: int, *_: object) -> str:
    token = tokens[index]
    name = f"math {token.info}".strip()
    return f'<span class="{name}">{html.escape(token.content.strip())}</span>'


def _name_headings(tokens: list[Token], taken: set[str]) -> Iterator[Heading]:
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = _plain(inline)
        name = free_name(slugify(text), taken)
        taken.add(name)
        opening.attrSet("id", name)
        yield Heading(level=int(opening.tag[1:]), id=name, text=text)


def _plain(inline: Token) -> str:
    """Return what a heading says, its mathematics as readable text."""
    words = (
        tex.plain(f"${token.content}$") if token.type == "math" else token.content
        for token in inline.children or []
        if token.type in {"text", "code_inline", "math", "softbreak"}
    )
    return " ".join("".join(words).split())


def _sanitise(unsafe: str, *, ids: set[str]) -> str:
    def kept(_element: str, attribute: str, value: str) -> str | None:
        if attribute == "id":
            return value if value in ids or _ANCHOR.fullmatch(value) else None
        if attribute == "class":
            return value if value in _CLASSES else None
        if attribute == "srcset":
            return value if _SRCSET.fullmatch(value) else None
        return value

    return nh3.clean(
        unsafe,
        tags=set(_ELEMENTS.split()),
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


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
        return (
            f'<a class="external-picture" href="{html.escape(address)}"'
            f' rel="noopener noreferrer">{label}</a>'
        )

    return _LINK_OR_PICTURE.sub(replace, safe)


def _as_browsers_read(address: str) -> str:
    """Return an address without what browsers drop from it, and with slashes for backslashes."""
    return re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
