"""This module finds characters and marks that do something else than to be read.

Invisible and reversing characters, tags of template engines, HTML that acts, TeX that is shown as
its source, mathematics that does not end.
"""

import re
from collections.abc import Iterator

from digestgen import tex
from digestgen.evidence.values import Finding, Passage, Sources

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\ufff0-\uffff\ud800-\udfff"
    "\U000e0000-\U000e00ff]+"
)
# Our own posts part braces, and shield backslashes and angles, with U+2060.
_SHIELD = re.compile(r"(?:(?<=[{}%#\\<>])|(?<=;))\u2060|\u2060(?=[{}%#\\&])")
_TEMPLATE = re.compile(r"\{\{[^\n]{0,40}|\{%[^\n]{0,40}|\{#(?![0-9a-fA-F]{3,8}\})[^\n]{0,40}")
_ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|form|input|button|link|meta|base|style|svg|audio|video|"
    r"applet|frame(?:set)?|textarea|noscript|template)\b[^>\n]{0,60}"
    r"|<[a-zA-Z][^>\n]{0,200}?\son[a-z]{3,20}\s*=[^>\n]{0,40}"
    r"|(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|vbscript|data:text/html)[^\s>\"']{0,40}",
    re.IGNORECASE,
)
_TEX_SOURCE = re.compile(
    r"``[^`'\n]{1,80}''"
    r"|\\(?:emph|textbf|textit|texttt|textsc|text|cite[tp]?|footnote|url|href|mathbf|mathcal|ref)\s*\{"
    r"[^{}\n]{0,60}\}"
    r"|\{?\\['`^\"~=.][ \t]?\{?\\?[A-Za-z]\}?\}?"
)
_LONE_SYMBOL = re.compile(r"(?<!\\)\$\\[a-zA-Z]+\$")


def invisible_characters(passage: Passage, _: Sources) -> Iterator[Finding]:
    """Find control, bidirectional, zero-width and replacement characters."""
    shields = {match.start() for match in _SHIELD.finditer(passage.text)}
    for match in _INVISIBLE.finditer(passage.text):
        if set(range(match.start(), match.end())) <= shields:
            continue
        codes = " ".join(f"U+{ord(character):04X}" for character in match[0][:4])
        is_damage = "\ufffd" in match[0]
        yield Finding(
            rule="invisible-character",
            start=match.start(),
            end=match.end(),
            message=f"characters were lost in decoding: {codes}"
            if is_damage
            else f"characters that nobody sees: {codes}",
            level="warning" if match[0] == "\xad" else "error",
        )


def template_tags(passage: Passage, _: Sources) -> Iterator[Finding]:
    """Find braces that Hexo, Jekyll or Hugo run as code."""
    for match in _TEMPLATE.finditer(passage.text):
        yield Finding(
            rule="template-tag",
            start=match.start(),
            end=match.end(),
            message=f"a template engine runs this: {match[0][:40]!r}",
        )


def active_html(passage: Passage, _: Sources) -> Iterator[Finding]:
    """Find elements and attributes that run code, embed or style."""
    for match in _ACTIVE.finditer(passage.text):
        yield Finding(
            rule="active-html",
            start=match.start(),
            end=match.end(),
            message=f"HTML that acts: {match[0][:60]!r}",
        )


def tex_source(passage: Passage, _: Sources) -> Iterator[Finding]:
    """Find TeX outside of formulas, which a page shows as it is, and formulas of one symbol."""
    offset = 0
    for segment in tex.segments(passage.text):
        pattern = _LONE_SYMBOL if isinstance(segment, tex.Math) else _TEX_SOURCE
        for match in pattern.finditer(segment.source):
            yield Finding(
                rule="latex-leak",
                start=offset + match.start(),
                end=offset + match.end(),
                message=f"TeX source in the text: {match[0][:40]!r}",
                level="warning",
            )
        offset += len(segment.source)
