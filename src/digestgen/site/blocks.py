"""This module cuts a digest post into the blocks of its papers, and these into pieces of HTML.

A block that has not exactly the structure of our posts, because a person wrote or changed it, stays
whole, so that nothing is ever lost. The pieces are as safe as a body that ``markdown`` rendered.

A post has several hundred passages, so these are written as HTML here, and not made into values
for a template to go through, which takes longer. Templates arrange the pieces.
"""

import re
from collections.abc import Callable, Iterable
from itertools import chain

from digestgen import markdown
from digestgen.markdown import Anchors, Heading, Passages, Safe
from digestgen.model import Lang
from digestgen.site.languages import lang_attribute
from digestgen.site.pieces import Finding, Passage, Piece, Pieces
from digestgen.site.reader import Figure, IrregularError, Overview, Source, read, read_overview
from digestgen.templating import Html
from digestgen.values import Value, replace

_NOTHING = Html()
_PAPER = '<div id="paper-'
_SKIPPED = '\n<div id="skipped">'
_ID = '<div id="'
_LIST_END = "</ol>\n"
_ANCHOR = re.compile('(?:paper-[a-z0-9-]+|skipped)(?=")')
_NAME = re.compile('[a-z0-9-]+(?=")')
_METADATA_PARTS = 5  # the first five of the eight repeat what the facts say
_FINDINGS = range(6, 9)


class Gallery(Value, frozen=True):
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


class Block(Value, frozen=True):
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
    findings: tuple[Finding, ...]
    evidence: Piece
    gallery: Gallery | None
    provenance: str

    def changed(self, change: Callable[[str], str]) -> "Block":
        """Return the block with the HTML of each of its pieces changed."""
        return replace(
            self,
            title=Passage(change(self.title.html), self.title.lang),
            facts=change(self.facts),
            abstract=self.abstract.changed(change),
            gist=self.gist.changed(change),
            takeaways=self.takeaways.changed(change),
            parts=change(self.parts),
            metadata=self.metadata.changed(change),
            findings=tuple(
                [
                    Finding(number, change(label), change(html))
                    for number, label, html in self.findings
                ]
            ),
            evidence=self.evidence.changed(change),
            gallery=self.gallery and self.gallery.changed(change),
            provenance=change(self.provenance),
        )


class Whole(Value, frozen=True):
    """A paper's block that is shown as it stands."""

    name: str
    html: Html

    def changed(self, change: Callable[[str], str]) -> "Whole":
        """Return the block with its HTML changed."""
        return Whole(name=self.name, html=Html(change(self.html)))


class Body(Value, frozen=True):
    """A post's body: what stands before its papers, the papers, and what stands behind them.

    ``overview`` are the items of the list of papers at the end of ``opening``. ``headings`` are
    those of a body without blocks.
    """

    opening: Html
    overview: tuple[Passage, ...] = ()
    blocks: tuple[Block | Whole, ...] = ()
    closing: Html = _NOTHING
    headings: tuple[Heading, ...] = ()


def cut(body: str, *, lang: Lang, attributes: str = "") -> Body:
    """Return the Markdown of a post as HTML in pieces; ``lang`` is the post's own.

    The body has plain line ends, and no control characters. ``attributes`` are those of links to
    evidence, the last one up to its number.
    """
    found = _cut(body, lang, attributes)
    if found:
        return found
    rendered = markdown.render(body)
    return Body(opening=Html(rendered.html), headings=rendered.headings)


def _cut(body: str, lang: Lang, attributes: str) -> Body | None:
    """Return a body in pieces; None without blocks, or if one is not read by itself."""
    opening, *papers = f"\n{body}".split(f"\n{_PAPER}")
    anchors = [found[0] for part in body.split(_ID) if (found := _ANCHOR.match(part))]
    if not papers or len(set(anchors)) != len(anchors) or not all(map(_NAME.match, papers)):
        return None
    papers[-1], mark, rest = papers[-1].partition(_SKIPPED)
    papers = [_PAPER + paper for paper in papers]
    overview = read_overview(opening)
    sources = [_source(paper) for paper in papers]
    known = [source for source in sources if source]
    passages = markdown.passages(
        chain(overview.lines(), *[source.lines() for source in known]),
        chain(*[source.texts() for source in known]),
        chain(*[source.values() for source in known]),
    )
    cutter = _Cutter(passages, lang, attributes, anchors)
    try:
        return cutter.cut(opening, overview, zip(papers, sources, strict=True), mark + rest)
    except _EntangledError:
        return None


def _source(paper: str) -> Source | None:
    try:
        return read(paper)
    except IrregularError:
        return None


class _EntangledError(Exception):
    """A part of a body is not read by itself."""


def _fragment(part: str, *, anchor: str = "") -> Safe:
    """Return a part that has no anchor but its own."""
    safe = markdown.fragment(part)
    if safe is None or not safe.anchors <= {anchor}:
        raise _EntangledError
    return safe


class _Cutter:
    """Writes the parts of one body from the first to the last."""

    def __init__(self, passages: Passages, lang: Lang, attributes: str, anchors: list[str]) -> None:
        self._passages = passages
        self._lang: Lang = lang
        self._attributes = attributes
        self._anchors = Anchors(anchors)

    def cut(
        self,
        opening: str,
        overview: Overview,
        papers: Iterable[tuple[str, Source | None]],
        closing: str,
    ) -> Body:
        listed = self._overview(overview)
        before = _fragment(overview.before) if listed else None
        if before is None or before.html.endswith(_LIST_END):  # one list with the overview
            listed, before = (), _fragment(opening)
        return Body(
            opening=self._html(before),
            overview=listed,
            blocks=tuple([self._block(paper, source) for paper, source in papers]),
            closing=self._html(_fragment(closing, anchor="skipped")) if closing else _NOTHING,
        )

    def _html(self, fragment: Safe) -> Html:
        return Html(self._anchors.render(fragment).html)

    def _overview(self, overview: Overview) -> tuple[Passage, ...]:
        lines, marked_up = self._passages.lines, self._passages.marked_up
        found = []
        for title, anchor, gist in overview.papers:
            # Other Markdown may go on behind the title, or be a link in a link.
            if title in marked_up and not markdown.is_literal(title):
                return ()
            if title not in lines or gist not in lines:
                return ()
            link = f'<a href="{anchor}" rel="{markdown.REL}">{lines[title]}</a>'
            found.append(self._passage(f"{link}<br>\n{lines[gist]}"))
        return tuple(found)

    def _passage(self, html: str) -> Passage:
        return Passage(self._passages.formulas.shown(html), lang_attribute(html, self._lang))

    def _block(self, paper: str, source: Source | None) -> Block | Whole:
        if source:
            try:
                return self._written(source)
            except (KeyError, IrregularError):  # a passage is more than text
                pass
        name = paper[len(_PAPER) :].partition('"')[0]
        return Whole(name=name, html=self._html(_fragment(paper, anchor=f"paper-{name}")))

    def _written(self, source: Source) -> Block:
        found = Pieces(source, self._passages, self._lang, self._attributes)
        title = self._passages.formulas.written(self._passages.lines[source.title])
        return Block(
            name=source.name,
            title=found.title(),
            facts=found.facts(),
            abstract=found.abstract(),
            gist=found.gist(),
            takeaways=found.takeaways(),
            is_list=source.takeaways.is_list,
            parts=source.parts_label,
            metadata=found.metadata(_METADATA_PARTS),
            findings=tuple(found.findings(_FINDINGS)),
            evidence=found.evidence(),
            gallery=_gallery(found) if source.pictures else None,
            provenance=found.provenance(),
            heading=self._anchors.heading_id(title),  # the last, for it takes a name
        )


def _gallery(found: Pieces) -> Gallery:
    return Gallery(
        label=found.gallery_label(), figures=tuple(found.figures()), credit=found.credit()
    )
