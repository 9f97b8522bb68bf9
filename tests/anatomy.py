"""This module takes posts and pages apart with real parsers: their elements, addresses and text."""

import re
import unicodedata
from collections.abc import Iterator

import lxml.html
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What these attributes say matters, of the others only that they are there.
_TELLING = frozenset({"href", "src", "srcset", "style", "action", "formaction", "xlink:href"})
_ANCHOR = re.compile(r"\A#[a-z0-9_-]+\Z")  # of the page itself
_ID = re.compile(r"\d{4}[.-]\d{5}")
_JOINERS = "\u200c\u200d"  # shape words of some scripts, and compose emoji
_SHIELD = "\u2060"  # our own encoders part braces with it
_FORMULA = re.compile(r"\$\$(?:[^\\$]|\\.)+\$\$|\$(?:[^\\$]|\\.)+\$", re.DOTALL)
# MathJax begins a formula, or looks for one of another place, at these in running text.
_BEGINS_TEX = re.compile(r"\\(?:[(\[]|begin\s*\{|(?:eq)?ref\s*\{)")


def html_of(body: str) -> str:
    """The body of a post as CommonMark with tables has it, raw HTML and all."""
    return str(_MARKDOWN.render(body))


def shape(html: str) -> frozenset[str]:
    """Every element, and every attribute on one, that a text has: "p", "a@href=https://..."."""
    return frozenset(_parts(html))


def texts(html: str) -> list[str]:
    """The text of each block, where a dollar in an element of its own is no longer one."""
    root = _root(html)
    for span in list(root.iter("span")):
        if span.text == "$":
            span.text = "＄"
    blocks = root.iter("p", "li", "h1", "h2", "h3", "summary", "figcaption", "td", "title")
    return ["".join(block.itertext()) for block in blocks]


def unseen(text: str, *, shields: bool = False) -> list[str]:
    """Control, bidirectional, zero-width, tag and other characters that nobody sees, by number.

    Line ends are none of them; with ``shields`` neither is what our own encoders put in.
    """
    wrong = []
    for index, character in enumerate(text):
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            continue
        is_joiner = character in _JOINERS and not text[max(0, index - 1) : index].isascii()
        if not (character == "\n" or is_joiner or (shields and character == _SHIELD)):
            wrong.append(f"U+{ord(character):04X}")
    return wrong


def tex_in(text: str) -> tuple[list[str], list[str]]:
    """The formulas of a text as MathJax finds them, and what of TeX acts outside of them."""
    outside = _FORMULA.sub(" ", text)
    return _FORMULA.findall(text), _BEGINS_TEX.findall(outside)


def strings(value: object) -> Iterator[str]:
    """Every string in what a post's front matter holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def _root(html: str) -> lxml.html.HtmlElement:
    is_page = html.lstrip().lower().startswith(("<!doctype", "<html"))
    return lxml.html.document_fromstring(html if is_page else f"<main>{html}</main>")


def _parts(html: str) -> Iterator[str]:
    for element in _root(html).iter():
        if not isinstance(element.tag, str):
            yield type(element).__name__  # a comment, an instruction, an entity
            continue
        yield element.tag
        for name, value in element.attrib.items():
            told = _ID.sub("0000.00000", _ANCHOR.sub("#", value))
            yield f"{element.tag}@{name}" + (f"={told}" if name in _TELLING else "")
