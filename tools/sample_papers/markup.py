"""This module reads the papers' texts, which are written in a small markup.

Blocks are parted by empty lines:

    title: Some Title          one line each for title, running and venue
    # Heading, ## Heading      a section, a subsection; #A Heading: one of the appendix
    @name                      the figure, table or algorithm of this name stands about here
    = formula                  a displayed formula; it gets a number
    [^] A note.                the footnote of the paragraph before, marked there by [^]
    [1] A reference.           an entry of the references

Within a block: *italic*, **bold**, `code`, x_{i}, x^{2}. Everything else is what it is.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from xml.sax.saxutils import escape

from tools.sample_papers.syllables import SYLLABLES

Kind = Literal[
    "text", "section", "subsection", "appendix", "float", "formula", "footnote", "reference"
]

_STARTS: tuple[tuple[str, Kind], ...] = (
    ("## ", "subsection"),
    ("#A ", "appendix"),
    ("# ", "section"),
    ("@", "float"),
    ("= ", "formula"),
    ("[^] ", "footnote"),
)
_INLINE = (
    (re.compile(r"`([^`]+)`"), r'<font name="Courier" size="{small}">\1</font>'),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*([^*]+)\*"), r"<i>\1</i>"),
    (re.compile(r"_\{([^}]+)\}"), r'<sub rise="2" size="{tiny}">\1</sub>'),
    (re.compile(r"\^\{([^}]+)\}"), r'<super rise="3" size="{tiny}">\1</super>'),
)
_SYMBOLS = re.compile(r"[αβγδελμπρσθτφΔ∈∏∑∝√∞≠≤≥→−≈∇∂∗∀]+")
# A word that may be broken loses the space before another font: a fault of reportlab 5.1.
_WORD = re.compile(r"(?<![\w/.@&])[A-Za-z]{8,}(?![\w/@]|[.,;:?!)]* ?[^\sA-Za-z0-9.,;:()%-])")


@dataclass(frozen=True)
class Block:
    """One block of a paper's text, without the sign that tells its kind."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Manuscript:
    """A paper's text: what stands above it, and its blocks."""

    title: str
    running: str
    venue: str
    blocks: tuple[Block, ...]


def parse(text: str) -> Manuscript:
    """Read a paper's text."""
    head, _, rest = text.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    blocks = (_block(" ".join(part.split("\n"))) for part in rest.strip().split("\n\n"))
    return Manuscript(**fields, blocks=tuple(blocks))


def rich(text: str, *, size: float, hyphens: bool = True) -> str:
    """Return ``text`` in the markup of reportlab's paragraphs."""
    codes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        codes.append(match[0])
        return f"\x00{len(codes) - 1}\x00"

    marked = re.sub(r"`[^`]+`", keep, escape(text).replace("'", "’"))
    if hyphens:
        marked = _WORD.sub(lambda word: hyphenated(word[0]), marked)
    for pattern, replacement in _INLINE[1:]:
        marked = pattern.sub(_sized(replacement, size), marked)
    marked = _SYMBOLS.sub(r'<font name="Symbol">\g<0></font>', marked)
    code, style = _INLINE[0]
    return re.sub(
        r"\x00(\d+)\x00",
        lambda match: code.sub(_sized(style, size), codes[int(match[1])]),
        marked,
    )


def hyphenated(word: str) -> str:
    """Return the word with soft hyphens where it may be broken."""
    parts = SYLLABLES.get(word.lower())
    if parts is None:
        return word
    cuts = [sum(map(len, parts[:n])) for n in range(len(parts) + 1)]
    return "\u00ad".join(word[a:b] for a, b in pairwise(cuts))


def runs(text: str) -> list[tuple[str, bool]]:
    """Split a label into runs; the flag tells those that need the symbols' font."""
    parts = re.split(f"({_SYMBOLS.pattern})", text)
    return [(part, bool(_SYMBOLS.fullmatch(part))) for part in parts if part]


def _block(text: str) -> Block:
    for start, kind in _STARTS:
        if text.startswith(start):
            return Block(kind, text.removeprefix(start))
    return Block("reference" if re.match(r"\[\d+\] ", text) else "text", text)


def _sized(replacement: str, size: float) -> str:
    return replacement.replace("{tiny}", f"{0.72 * size:g}").replace("{small}", f"{0.88 * size:g}")
