"""This module cuts the HTML of a digest post into the blocks of its papers, and these into pieces.

It goes by the structure that our posts have in every language: anchors, headings, bold labels in
their order, folded lists. A block that has not exactly this structure, because a person wrote or
changed it, stays whole, so that nothing is ever lost. The pieces are as safe as the body was.

A post has several hundred passages, so these are written as HTML here, and not made into values
for a template to go through, which takes longer. Templates arrange the pieces.
"""

from dataclasses import dataclass

from digestgen.model import Lang
from digestgen.site.pieces import (
    Figure,
    IrregularError,
    Links,
    Passage,
    Piece,
    Reader,
    facts,
    figures,
    is_whole,
    items,
    labelled,
    part,
    passage,
    sources,
    stated,
    stated_list,
    terms,
)
from digestgen.templating import Html

_ANCHOR = '<div id="paper-'
_SKIPPED = '<div id="skipped">'
_OVERVIEW = '<ol>\n<li><a href="#paper-'
_LABEL = "<p><strong>"
_LABEL_END = "</strong></p>"
_NOTHING = Html()
_NO_LINKS: Links = {}
_METADATA_PARTS = 5  # the first five of the eight repeat what the facts say
_ALL_PARTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """A paper's pictures under their label; ``credit`` says where they are from."""

    label: str
    figures: tuple[Figure, ...]
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paper's block in pieces; ``name`` is what its anchor says behind ``paper-``.

    ``metadata`` are those of the eight parts that repeat the facts, under all their labels, and
    ``findings`` the others; ``parts`` is the label of them all. ``facts``, ``evidence`` and a
    numbered list of takeaways are the insides of their lists.
    """

    name: str
    heading: str
    title: Passage
    facts: str
    abstract: Piece
    gist: Piece
    takeaways: Piece
    is_list: bool
    parts: str
    metadata: Piece
    findings: tuple[Piece, ...]
    evidence: Piece
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
    overview: tuple[Passage, ...] = ()
    blocks: tuple[Block | Whole, ...] = ()
    closing: Html = _NOTHING


def cut(html: str, *, lang: Lang, marks: str = "") -> Body:
    """Return a post's body in pieces; ``lang`` is the post's own.

    ``marks`` are the attributes of links to evidence, the last one up to its number.
    """
    opening, *papers = html.split(_ANCHOR)
    whole = Body(opening=Html(html))
    if not papers or not is_whole(opening):
        return whole
    papers[-1], anchor, rest = papers[-1].partition(_SKIPPED)
    closing = anchor + rest
    blocks = tuple([_block(_ANCHOR + paper, lang, marks) for paper in papers])
    # What could be cut is whole, since all its pieces are.
    uncut = [block.html for block in blocks if isinstance(block, Whole)]
    if not all(map(is_whole, (*uncut, closing))):
        return whole
    before, overview = _overview(opening, lang)
    return Body(opening=Html(before), overview=overview, blocks=blocks, closing=Html(closing))


def _overview(opening: str, lang: Lang) -> tuple[str, tuple[Passage, ...]]:
    before, mark, _ = opening.partition(_OVERVIEW)
    reader = Reader(opening[len(before) :])
    try:
        listed = reader.between("<ol>", "</ol>")
        reader.finish()
        found = tuple(passage(item, lang) for item in items(listed))
    except IrregularError:
        return opening, ()
    return (before, found) if mark else (opening, ())


def _block(paper: str, lang: Lang, marks: str) -> Block | Whole:
    name = paper[len(_ANCHOR) :].partition('"')[0]
    try:
        return _cut_block(Reader(paper), lang, marks)
    except IrregularError:
        return Whole(name=name, html=Html(paper))


def _cut_block(reader: Reader, lang: Lang, marks: str) -> Block:
    name = reader.between(_ANCHOR, '"></div>')
    heading = reader.between('<h2 id="', '">')
    title = passage(reader.until("</h2>"), lang)
    known, sign = facts(reader.between("<ul>", "</ul>"), lang)
    colon = "：" if sign == "：" else ": "
    abstract, gist = _read_passage(reader), _read_passage(reader)
    takeaways = _read_section(reader)
    parts_label = reader.between(_LABEL, _LABEL_END)
    eight = items(reader.between("<ol>", "</ol>"))
    evidence_label = reader.between("<details>\n<summary>", "</summary>")
    listed = reader.between("<ol>", "</ol>")
    evidence, links = sources(listed, name, lang, colon=colon, attributes=marks)
    reader.expect("</details>")
    gallery = _gallery(reader, lang) if reader.sees("<details>") else None
    provenance = reader.between("<p>", "</p>")
    reader.finish()
    if len(eight) != _ALL_PARTS:
        raise IrregularError
    return Block(
        name=name,
        heading=heading,
        title=title,
        facts=known,
        abstract=_section(abstract, lang, _NO_LINKS),
        gist=_section(gist, lang, links),
        takeaways=_section(takeaways, lang, links),
        is_list=takeaways.is_list,
        parts=parts_label,
        metadata=_metadata(eight[:_METADATA_PARTS], lang, links),
        findings=tuple([part(item, "p", lang, links) for item in eight[_METADATA_PARTS:]]),
        evidence=Piece(evidence_label, evidence),
        gallery=gallery,
        provenance=provenance,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A section before it is known what carries it."""

    label: str
    texts: list[str]
    is_list: bool


def _read_passage(reader: Reader) -> _Read:
    label = reader.between(_LABEL, _LABEL_END)
    return _Read(label=label, texts=[reader.between("<p>", "</p>")], is_list=False)


def _read_section(reader: Reader) -> _Read:
    label = reader.between(_LABEL, _LABEL_END)
    if reader.sees("<ol>"):
        return _Read(label=label, texts=items(reader.between("<ol>", "</ol>")), is_list=True)
    return _Read(label=label, texts=[reader.between("<p>", "</p>")], is_list=False)


def _section(read: _Read, lang: Lang, links: Links) -> Piece:
    if read.is_list:
        return Piece(read.label, stated_list(read.label, read.texts, lang, links))
    return Piece(read.label, stated("p", read.texts[0], lang, links.get(read.label, "")))


def _metadata(listed: list[str], lang: Lang, links: Links) -> Piece:
    labels = " · ".join([labelled(item)[0] for item in listed])
    return Piece(labels, terms([part(item, "dd", lang, links) for item in listed]))


def _gallery(reader: Reader, lang: Lang) -> Gallery:
    label = reader.between("<details>\n<summary>", "</summary>")
    shown = figures(reader.between("<div>", "</div>"), lang)
    credit = reader.until("</details>").strip()
    return Gallery(label=label, figures=shown, credit=credit)
