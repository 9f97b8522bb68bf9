"""This module cuts the HTML of a digest post into the blocks of its papers, and these into pieces.

It goes by the structure that our posts have in every language: anchors, headings, bold labels in
their order, folded lists. A block that has not exactly this structure, because a person wrote or
changed it, stays whole, so that nothing is ever lost. The pieces are as safe as the body was.

A post has several hundred passages, so these are written as HTML here, and not made into values
for a template to go through, which takes longer. Templates arrange the pieces.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from digestgen.markdown import Marked
from digestgen.model import Lang
from digestgen.site.languages import lang_attribute
from digestgen.site.pieces import (
    Figure,
    Links,
    Passage,
    Piece,
    facts,
    figures,
    part,
    sources,
    stated,
    stated_list,
    terms,
)
from digestgen.site.reader import IrregularError, Reader, is_whole
from digestgen.templating import Html

_ANCHOR = '<div id="paper-'
_SKIPPED = '<div id="skipped">'
_OVERVIEW = '<ol>\n<li><a href="#paper-'
_EVIDENCE = "</ol>\n<details>\n<summary>"  # and the end of the parts
_LABEL = "<p><strong>"
_LABEL_END = "</strong></p>"
_NOTHING = Html()
_NO_LINKS: Links = {}
_METADATA_PARTS = 5  # the first five of the eight repeat what the facts say
_FINDINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """A paper's pictures under their label; ``credit`` says where they are from."""

    label: str
    figures: tuple[Figure, ...]
    credit: str

    def changed(self, change: Callable[[str], str]) -> "Gallery":
        """Return the gallery with its HTML changed, but not the addresses of its pictures."""
        return Gallery(
            label=change(self.label),
            figures=tuple(
                [figure._replace(caption=change(figure.caption)) for figure in self.figures]
            ),
            credit=change(self.credit),
        )


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

    def changed(self, change: Callable[[str], str]) -> "Block":
        """Return the block with the HTML of each of its pieces changed."""
        return replace(
            self,
            title=self.title._replace(html=change(self.title.html)),
            facts=change(self.facts),
            abstract=Piece(*map(change, self.abstract)),
            gist=Piece(*map(change, self.gist)),
            takeaways=Piece(*map(change, self.takeaways)),
            parts=change(self.parts),
            metadata=Piece(*map(change, self.metadata)),
            findings=tuple([Piece(*map(change, finding)) for finding in self.findings]),
            evidence=Piece(*map(change, self.evidence)),
            gallery=self.gallery and self.gallery.changed(change),
            provenance=change(self.provenance),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A paper's block that is shown as it stands."""

    name: str
    html: Html

    def changed(self, change: Callable[[str], str]) -> "Whole":
        """Return the block with its HTML changed."""
        return Whole(name=self.name, html=Html(change(self.html)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A post's body: what stands before its papers, the papers, and what stands behind them.

    ``overview`` are the items of the list of papers at the end of ``opening``.
    """

    opening: Html
    overview: tuple[Passage, ...] = ()
    blocks: tuple[Block | Whole, ...] = ()
    closing: Html = _NOTHING


def cut(body: Marked, *, lang: Lang, attributes: str = "") -> Body:
    """Return a post's body in pieces; ``lang`` is the post's own.

    ``attributes`` are those of links to evidence, the last one up to its number.
    """
    return _Cutter(body.shown, lang, attributes).cut(body.html)


class _Cutter:
    """Cuts bodies with marks for formulas: what these stand for has dozens of tags to count."""

    def __init__(self, shown: Callable[[str], str], lang: Lang, attributes: str) -> None:
        self._shown = shown
        self._lang: Lang = lang
        self._attributes = attributes

    def cut(self, html: str) -> Body:
        opening, *papers = html.split(_ANCHOR)
        cut = self._cut(papers) if papers and is_whole(opening) else None
        if not cut:
            return Body(opening=self._html(html))
        blocks, closing = cut
        before, overview = self._overview(opening)
        return Body(
            opening=self._html(before),
            overview=overview,
            blocks=blocks,
            closing=self._html(closing),
        )

    def _cut(self, papers: list[str]) -> tuple[tuple[Block | Whole, ...], str] | None:
        """Return the blocks of papers and what stands behind them; None when these overlap."""
        last, anchor, rest = papers[-1].partition(_SKIPPED)
        closing = anchor + rest
        blocks = tuple([self._block(_ANCHOR + paper) for paper in (*papers[:-1], last)])
        # What could be cut is whole, since all its pieces are.
        uncut = [block.html for block in blocks if isinstance(block, Whole)]
        return (blocks, closing) if all(map(is_whole, (*uncut, closing))) else None

    def _html(self, html: str) -> Html:
        return Html(self._shown(html))

    def _overview(self, opening: str) -> tuple[str, tuple[Passage, ...]]:
        before, mark, listed = opening.partition(_OVERVIEW)
        if not mark:
            return opening, ()
        reader = Reader(_OVERVIEW + listed)
        try:
            reader.expect("<ol>")
            found = tuple([self._passage(item) for item in reader.items("</ol>")])
            reader.finish()
        except IrregularError:
            return opening, ()
        return before, found

    def _passage(self, html: str) -> Passage:
        return Passage(self._shown(html), lang_attribute(html, self._lang))

    def _block(self, paper: str) -> Block | Whole:
        try:
            return self._cut_block(paper)
        except IrregularError:
            name = paper[len(_ANCHOR) :].partition('"')[0]
            return Whole(name=name, html=self._html(paper))

    def _cut_block(self, paper: str) -> Block:
        shown, lang = self._shown, self._lang
        above, _, below = paper.partition(_EVIDENCE)
        reader = Reader(above)
        name = reader.passage(_ANCHOR, '"></div>')
        heading, _, title = reader.passage('<h2 id="', "</h2>").partition('">')
        if '"' in name or '"' in heading:  # an attribute besides
            raise IrregularError
        reader.expect("<ul>")
        known, sign = facts(reader, lang)
        abstract, gist, takeaways = _read(reader), _read(reader), _read(reader)
        if abstract.is_list or gist.is_list:
            raise IrregularError
        parts_label = _label(reader)
        # Evidence says what it carries, so it is read before what it carries is written.
        behind = self._behind(Reader(below), name, "：" if sign == "：" else ": ")
        reader.expect("<ol>")
        metadata = [part(reader, "dd", lang, behind.links) for _ in range(_METADATA_PARTS)]
        findings = [part(reader, "p", lang, behind.links) for _ in range(_FINDINGS)]
        reader.finish()
        return Block(
            name=name,
            heading=heading,
            title=self._passage(title),
            facts=shown(known),
            abstract=self._section(abstract, _NO_LINKS),
            gist=self._section(gist, behind.links),
            takeaways=self._section(takeaways, behind.links),
            is_list=takeaways.is_list,
            parts=shown(parts_label),
            metadata=self._piece(" · ".join([label for label, _, _ in metadata]), terms(metadata)),
            findings=tuple([self._piece(label + colon, html) for label, colon, html in findings]),
            evidence=behind.evidence,
            gallery=behind.gallery,
            provenance=behind.provenance,
        )

    def _behind(self, reader: Reader, name: str, colon: str) -> "_Behind":
        label = reader.passage("", "</summary>")
        reader.expect("<ol>")
        listed, links = sources(reader, name, self._lang, colon=colon, attributes=self._attributes)
        reader.expect("</details>")
        gallery = self._gallery(reader) if reader.sees("<details>") else None
        provenance = reader.passage("<p>", "</p>")
        reader.finish()
        return _Behind(self._piece(label, listed), links, gallery, self._shown(provenance))

    def _piece(self, label: str, html: str) -> Piece:
        return Piece(self._shown(label), self._shown(html))

    def _section(self, section: "_Section", links: Links) -> Piece:
        label, texts = section.label, section.texts
        if section.is_list:
            html = stated_list(label, texts, self._lang, links)
        else:
            html = stated("p", texts[0], self._lang, links.get(label, ""))
        return self._piece(label, html)

    def _gallery(self, reader: Reader) -> Gallery:
        reader.expect("<details>")
        label = reader.passage("<summary>", "</summary>")
        reader.expect("<div>")
        found = figures(reader, self._lang)
        credit = reader.rest("</details>")
        return Gallery(label=label, figures=found, credit=credit).changed(self._shown)


class _Section(NamedTuple):
    """A section before it is known what carries it."""

    label: str
    texts: list[str]
    is_list: bool


class _Behind(NamedTuple):
    """What stands below a block's parts, and the links that lead to its evidence."""

    evidence: Piece
    links: Links
    gallery: Gallery | None
    provenance: str


def _read(reader: Reader) -> _Section:
    label = _label(reader)
    if reader.sees("<ol>"):
        reader.expect("<ol>")
        return _Section(label, reader.items("</ol>"), is_list=True)
    return _Section(label, [reader.passage("<p>", "</p>")], is_list=False)


def _label(reader: Reader) -> str:
    label = reader.passage(_LABEL, _LABEL_END)
    if "</strong>" in label:  # two bold passages, or one in another
        raise IrregularError
    return label
