"""This module writes foreign text so that a blog shows it and does nothing else with it.

The rules were measured with Hexo's two Markdown renderers, its template engine, CommonMark and
MathJax in the page. What an encoder made is ``Encoded``, everything else has to pass one. Each
encoder writes one line and takes time in proportion to its input.
"""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

from digestgen import tex as _tex
from digestgen.text import squeeze

_JOINER = "\u2060"  # zero-width; text compares equal without it
# A brace beside a brace, a percent or a number sign is a tag of Nunjucks, Liquid or Jinja.
_PAIR = re.compile(r"(?<=\{)(?=[{%#])|(?<=[}%#])(?=\})")
_TRAP_IN_YAML = re.compile(r"\{(?=[{%#])|(?<=[}%#])\}|<(?=[A-Za-z/!?])")
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "{": "&#123;",
    "}": "&#125;",
    '"': "&quot;",
    "'": "&#39;",
}
_IN_HTML = re.compile("[" + "".join(_ENTITIES) + "]")
_IN_PROSE = re.compile(
    r"[&<>{}$\\]"
    r"|(?P<number>\A\d{1,9}(?=[.)](?:\s|\Z)))"  # a list at the start of the line
    r"|\A[-+=:]"  # lists, headings, definitions there
    r"|[`*_\[\]~^|@#]"  # code, emphasis, links, tables, mail addresses, a heading's end
    r"|(?<=\w)\.(?=[^\W\d_])"  # hosts: "performance.In"
    r"|\((?=(?:c|r|p|tm)\))"  # the typographer's signs
    r"|(?P<twice>[-+=.,!?:/])(?=(?P=twice))|\+(?=-)",  # its dashes, dots, insertions; "//host"
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")

# MathJax leaves a dollar alone that has an element of its own; "\$" and "&#36;" do not help.
_LONE_DOLLAR = "<span>$</span>"
# MathJax reads \( and \begin in running text, but not behind a joiner.
_BACKSLASH = "\\" + _JOINER
_SPECIAL = {character: _ENTITIES[character] for character in "&<>{}"} | {
    "$": _LONE_DOLLAR,
    "\\": "\\" + _BACKSLASH,
}

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_OWN_ANCHOR = re.compile(r"#[a-z0-9-]+")
_ADDRESS_CHARACTERS = ":/?#@!&*+,=%~()"


class Encoded(str):
    """Text that one of the encoders made, or that is ours: fit to be written as it is."""

    __slots__ = ()


def markdown(s: str) -> Encoded:
    """Return foreign prose as Markdown that shows it literally, with its formulas as formulas.

    TeX's text markup is decoded as ``tex.readable`` says.
    """
    return _written(s, _prose, tex)


def html(s: str) -> Encoded:
    """Return foreign prose as the text of an element in a block of raw HTML.

    Markdown is not read there, so a backslash would be shown. Not for attributes.
    """
    return _written(s, _html_prose, _html_tex)


def attribute(s: str) -> Encoded:
    """Return ``s`` as a quoted attribute's value in a block of raw HTML.

    Unlike in ``html`` a dollar stays: an element cannot stand here. Lightboxes put ``alt`` into
    the page as HTML once more, so no name of a tag may follow a "<" even after decoding.
    """
    return Encoded(_entities(_unpaired(squeeze(s)).replace("<", "<" + _JOINER)))


def tex(formula: str, *, display: bool = False) -> Encoded:
    """Return TeX source without its dollars as mathematics that Markdown hands on unharmed.

    This is the escaped dialect, for MathJax in the page. An unsound formula becomes prose.
    """
    dollars = "$$" if display else "$"
    formula = squeeze(formula)
    if not _tex.is_sound(formula):
        return Encoded(_prose(f"{dollars}{formula}{dollars}"))
    return Encoded(dollars + _PUNCTUATION.sub(_tex_character, _unpaired(formula, " ")) + dollars)


def yaml(s: str) -> Encoded:
    """Return ``s`` as a double-quoted YAML scalar, which is a JSON string.

    Of two braces that touch one is written by its number, and so is what may begin a tag: every
    reader of YAML undoes it, and who takes front matter for Markdown or HTML finds none in it.
    """
    scalar = json.dumps(squeeze(s), ensure_ascii=False)
    return Encoded(_TRAP_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", scalar))


def autolink(url: str) -> Encoded:
    """Return a Markdown link that shows its own address; literal text unless it is http(s)."""
    address = _address(url)
    return Encoded(f"<{address}>") if _WEB_ADDRESS.match(address) else markdown(url)


def link(label: str, url: str) -> Encoded:
    """Return a Markdown link to a web address or an anchor of ours; else only its label."""
    text = label if isinstance(label, Encoded) else markdown(label)
    address = _address(url).replace("(", "%28").replace(")", "%29")
    if _WEB_ADDRESS.match(address) or _OWN_ANCHOR.fullmatch(address):
        return Encoded(f"[{text}]({address})")
    return text


def html_link(label: str, url: str) -> Encoded:
    """Return a link in a block of raw HTML to a web address; else only its label."""
    address = _address(url)
    if not _WEB_ADDRESS.match(address):
        return html(label)
    return Encoded(f'<a href="{attribute(address)}">{html(label)}</a>')


def _written(s: str, prose: Callable[[str], str], formula: Callable[..., str]) -> Encoded:
    written = []
    for part in _tex.segments(squeeze(s)):
        if isinstance(part, _tex.Math):
            written.append(formula(part.tex, display=part.display))
        else:
            text = _tex.readable(part.source)
            written.append(prose(text if written else text.lstrip()))
    return Encoded("".join(written).rstrip())


def _prose(s: str) -> str:
    return _IN_PROSE.sub(_prose_character, _unpaired(s))


def _prose_character(match: re.Match[str]) -> str:
    if match["number"]:
        return match[0] + "\\"
    return _SPECIAL.get(match[0], "\\" + match[0])


def _tex_character(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], "\\" + match[0])


def _html_prose(s: str) -> str:
    text = _entities(_unpaired(s)).replace("\\", _BACKSLASH)
    return text.replace("$", _LONE_DOLLAR)


def _html_tex(formula: str, *, display: bool) -> str:
    dollars = "$$" if display else "$"
    return dollars + _entities(_unpaired(formula.strip(), " ")) + dollars


def _entities(s: str) -> str:
    return _IN_HTML.sub(lambda match: _ENTITIES[match[0]], s)


def _unpaired(s: str, between: str = _JOINER) -> str:
    return _PAIR.sub(between, s)


def _address(url: str) -> str:
    """Percent-encode what could end the address or mean something to Markdown or MathJax."""
    return quote(squeeze(url), safe=_ADDRESS_CHARACTERS)
