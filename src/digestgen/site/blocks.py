"""This module cuts the HTML of a digest post into the blocks of its papers, and these into pieces.

It goes by the structure that our posts have in every language: anchors, headings, bold labels in
their order, folded lists. A block that has not exactly this structure, because a person wrote or
changed it, stays whole, so that nothing is ever lost. The pieces are as safe as the body was.
"""

from dataclasses import dataclass

from digestgen.model import Lang
from digestgen.site.pieces import (
    Carried,
    Figure,
    IrregularError,
    Marks,
    Part,
    Reader,
    Source,
    Statement,
    figures,
    inside,
    is_whole,
    items,
    parts,
    sources,
    statement,
)
from digestgen.templating import Html

_ANCHOR = '<div id="paper-'
_SKIPPED = '<div id="skipped">'
_OVERVIEW = '<ol>\n<li><a href="#paper-'
_LABEL = "<p><strong>"
_LABEL_END = "</strong></p>"
_NOTHING = Html()
_NO_MARKS = Marks("", {}, "")
_METADATA_PARTS = 5  # the first five of the eight repeat what the facts say
_ALL_PARTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Passages under a bold label; those that are numbered are a list."""

    label: str
    statements: tuple[Statement, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The eight parts under their label: those that repeat the metadata, and the others."""

    label: str
    metadata: tuple[Part, ...]
    findings: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The source sentences under their label."""

    label: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """A paper's pictures under their label; ``credit`` says where they are from."""

    label: str
    figures: tuple[Figure, ...]
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paper's block in pieces; ``name`` is what its anchor says behind ``paper-``."""

    name: str
    heading: str
    title: Statement
    facts: tuple[Part, ...]
    abstract: Section
    gist: Section
    takeaways: Section
    parts: Parts
    evidence: Evidence
    gallery: Gallery | None
    provenance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A paper's block that is shown as it stands."""

    name: str
    html: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A post's body: what stands before its papers, the papers, and what stands behind them.

    ``overview`` are the items of the list of papers at the end of ``opening``.
    """

    opening: Html
    overview: tuple[Statement, ...] = ()
    blocks: tuple[Block | Whole, ...] = ()
    closing: Html = _NOTHING


def cut(html: str, *, lang: Lang, marks: str = "") -> Body:
    """Return a post's body in pieces; ``lang`` is the post's own.

    ``marks`` are the attributes of links to evidence, the last one up to its number.
    """
    opening, *papers = html.split(_ANCHOR)
    papers = [_ANCHOR + paper for paper in papers]
    if not papers or not all(is_whole(piece) for piece in (opening, *papers)):
        return Body(opening=Html(html))
    papers[-1], anchor, rest = papers[-1].partition(_SKIPPED)
    before, overview = _overview(opening, lang)
    return Body(
        opening=Html(before),
        overview=overview,
        blocks=tuple(_block(paper, lang, marks) for paper in papers),
        closing=Html(anchor + rest),
    )


def _overview(opening: str, lang: Lang) -> tuple[str, tuple[Statement, ...]]:
    before, mark, _ = opening.partition(_OVERVIEW)
    reader = Reader(opening[len(before) :])
    try:
        listed = reader.between("<ol>", "</ol>")
        reader.finish()
        found = tuple(statement(item, lang) for item in items(listed))
    except IrregularError:
        return opening, ()
    return (before, found) if mark else (opening, ())


def _block(paper: str, lang: Lang, marks: str) -> Block | Whole:
    reader = Reader(paper)
    name = reader.between(_ANCHOR, '"></div>')
    try:
        return _cut_block(name, reader, lang, marks)
    except IrregularError:
        return Whole(name=name, html=Html(paper))


def _cut_block(name: str, reader: Reader, lang: Lang, mark_attributes: str) -> Block:
    heading = reader.between('<h2 id="', '">')
    title = statement(reader.until("</h2>"), lang)
    facts = parts(reader.between("<ul>", "</ul>"), lang, _NO_MARKS)
    if not all(fact.text for fact in facts):
        raise IrregularError
    abstract, gist, takeaways = (_read_section(reader) for _ in range(3))
    parts_label = reader.between(_LABEL, _LABEL_END)
    eight = reader.between("<ol>", "</ol>")
    evidence, carried = _evidence(reader, lang, colon=_colon(facts))
    marks = Marks(name, carried, mark_attributes)
    gallery = _gallery(reader, lang) if reader.sees("<details>") else None
    provenance = reader.between("<p>", "</p>")
    reader.finish()
    return Block(
        name=name,
        heading=heading,
        title=title,
        facts=facts,
        abstract=_section(abstract, lang, _NO_MARKS),
        gist=_section(gist, lang, marks),
        takeaways=_section(takeaways, lang, marks),
        parts=_parts(parts_label, parts(eight, lang, marks)),
        evidence=evidence,
        gallery=gallery,
        provenance=provenance,
    )


def _colon(facts: tuple[Part, ...]) -> str:
    """Return the colon of the post's language, with the space that belongs to it."""
    return "：" if facts and facts[0].colon == "：" else ": "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A section before it is known what carries it."""

    label: str
    texts: tuple[str, ...]
    numbered: bool


def _read_section(reader: Reader) -> _Read:
    label = reader.between(_LABEL, _LABEL_END)
    if reader.sees("<ol>"):
        texts = tuple(items(reader.between("<ol>", "</ol>")))
        return _Read(label=label, texts=texts, numbered=True)
    return _Read(label=label, texts=(reader.between("<p>", "</p>"),), numbered=False)


def _section(read: _Read, lang: Lang, marks: Marks) -> Section:
    numbered = enumerate(read.texts, start=1)
    names = (f"{read.label} {number}" if read.numbered else read.label for number, _ in numbered)
    return Section(
        label=read.label,
        statements=tuple(
            [
                statement(text, lang, marks.of(name))
                for text, name in zip(read.texts, names, strict=True)
            ]
        ),
        numbered=read.numbered,
    )


def _parts(label: str, found: tuple[Part, ...]) -> Parts:
    if len(found) != _ALL_PARTS:
        raise IrregularError
    return Parts(label=label, metadata=found[:_METADATA_PARTS], findings=found[_METADATA_PARTS:])


def _evidence(reader: Reader, lang: Lang, *, colon: str) -> tuple[Evidence, Carried]:
    label = reader.between("<details>\n<summary>", "</summary>")
    listed = reader.until("</details>").strip()
    found, carried = sources(inside(listed, "ol") if listed else "", lang, colon=colon)
    return Evidence(label=label, sources=found), carried


def _gallery(reader: Reader, lang: Lang) -> Gallery:
    label = reader.between("<details>\n<summary>", "</summary>")
    shown = figures(reader.between("<div>", "</div>"), lang)
    credit = reader.until("</details>").strip()
    return Gallery(label=label, figures=shown, credit=credit)
