"""This module makes the pages of posts, and of the papers whose newest version they digest.

Beside a paper's page lie its citations, which the page shows.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from urllib.parse import quote

from digestgen import markdown
from digestgen.markdown import Heading
from digestgen.site.blocks import Block, Body, Whole, cut
from digestgen.site.cards import Cards, day_of, minute_of, thumbnail
from digestgen.site.citations import bibtex, ris
from digestgen.site.labels import LABELS
from digestgen.site.languages import lang_attribute
from digestgen.site.library import Appearance, Library, PaperShelf, Placed
from digestgen.site.moving import anchors, moved
from digestgen.site.names import plain
from digestgen.site.press import Press
from digestgen.site.records import PaperRecord
from digestgen.site.unit import Unit
from digestgen.site.views import (
    AppearanceLine,
    Citation,
    LinkTo,
    OuterLink,
    Page,
    PaperBlock,
    PaperFact,
    PaperView,
    PostView,
    Text,
)
from digestgen.templating import Html

_BIBTEX, _RIS = "paper.bib", "paper.ris"
ReadBody = Callable[[Placed], str]


def units(library: Library, press: Press, read_body: ReadBody) -> Iterator[Unit]:
    """Yield a unit for each post: its page, and those of papers whose block it has."""
    return map(_Desk(library, press, read_body).unit, library.posts)


class _Desk:
    """Makes the views of posts and papers."""

    def __init__(self, library: Library, press: Press, read_body: ReadBody) -> None:
        self._library = library
        self._press = press
        self._read_body = read_body
        self._settings = press.settings
        self._labels = press.labels
        self._cards = Cards(library, press.settings)
        # A passage may be in another language than the word for evidence is.
        self._marks = f' lang="{self._labels.html_lang}" aria-label="{self._labels.evidence}'
        self._near = {
            post.slug: near
            for topic in library.topics.values()
            for post, near in _with_neighbours(topic.posts)
        }

    def unit(self, post: Placed) -> Unit:
        """Return what is made of one post."""
        papers = self._own_papers(post)
        newer, older = self._near[post.slug]
        topic = self._library.topics[post.record.topic_slug]
        return Unit(
            paths=(post.address, *(path for paper in papers for path in _paths(paper))),
            made_of=(
                *map(_mark, (post, newer, older)),
                (topic.name, topic.has_papers),
                [[_mark(found.post) for found in paper.appearances] for paper in papers],
            ),
            make=partial(self._make, post, papers),
        )

    def _make(self, post: Placed, papers: tuple[PaperShelf, ...]) -> Mapping[str, bytes]:
        body = cut(self._read_body(post), lang=post.lang, attributes=self._marks)
        made = {post.address: self._press.page(self._post(post, body))}
        blocks = {block.name: block for block in body.blocks}
        for paper in papers:
            block = blocks.get(paper.newest.paper.anchor.removeprefix("paper-"))
            made |= zip(_paths(paper), self._make_paper(paper, block), strict=True)
        return made

    def _make_paper(self, shelf: PaperShelf, block: Block | Whole | None) -> tuple[bytes, ...]:
        cited = bibtex(shelf.newest.paper), ris(shelf.newest.paper)
        page = self._press.page(self._paper(shelf, block, cited))
        return page, *(text.encode() for text in cited)

    def _own_papers(self, post: Placed) -> tuple[PaperShelf, ...]:
        """Return the papers whose pages show the block of this post."""
        if not self._settings.papers:
            return ()
        shelves = {paper.id: self._library.papers[paper.id] for paper in post.record.papers}
        return tuple(shelf for shelf in shelves.values() if shelf.newest.post is post)

    def _post(self, post: Placed, body: Body) -> PostView:
        record = post.record
        records = {paper.anchor.removeprefix("paper-"): paper for paper in record.papers}
        topic = self._library.topics[record.topic_slug]
        newer, older = self._near[post.slug]
        papers = tuple(self._block(post, block, records.get(block.name)) for block in body.blocks)
        return PostView(
            page=self._post_page(post),
            title=self._cards.text(record.title),
            day=day_of(record.day, self._labels),
            updated=minute_of(record.updated, self._labels)
            if record.is_timed
            else day_of(record.updated.date(), self._labels),
            count=self._cards.count(post),
            topic=LinkTo(name=self._cards.text(topic.name), address=topic.address)
            if topic.has_papers
            else None,
            lang=LABELS[post.lang].html_lang,
            contents=self._contents(papers, body.headings),
            opening=body.opening,
            overview=tuple([Text(html=Html(it.html), lang=it.lang) for it in body.overview]),
            papers=papers,
            closing=body.closing,
            newer=self._cards.dated(newer),
            older=self._cards.dated(older),
        )

    def _post_page(self, post: Placed) -> Page:
        record = post.record
        return Page(
            kind="post",
            path=post.address,
            title=f"{record.title} · {record.day.isoformat()}",
            lang=LABELS[post.lang].html_lang,
            description=record.description,
            feed=f"topics/{record.topic_slug}/",
            feed_title=record.topic,
            image=next(filter(None, (thumbnail(post, paper) for paper in record.papers)), ""),
            day=record.day,
            updated=record.updated,
            papers=record.papers,
        )

    def _block(self, post: Placed, block: Block | Whole, paper: PaperRecord | None) -> PaperBlock:
        if isinstance(block, Block):
            title = Text(html=Html(block.title.html), lang=block.title.lang)
        else:
            title = self._cards.text(paper.title if paper else block.name)
        address = ""
        if paper and self._settings.papers:
            address = self._cards.paper_address(post, paper)
        return PaperBlock(
            block=block,
            title=title,
            beside="",
            address=address,
            in_pieces=isinstance(block, Block),
        )

    def _contents(
        self, papers: tuple[PaperBlock, ...], headings: tuple[Heading, ...]
    ) -> tuple[LinkTo, ...]:
        if papers:
            return tuple(
                LinkTo(name=paper.title, address=f"#paper-{paper.block.name}") for paper in papers
            )
        return tuple(
            LinkTo(
                name=Text(
                    html=Html(heading.html),
                    lang=lang_attribute(heading.text, self._settings.lang),
                ),
                address=f"#{heading.id}",
            )
            for heading in markdown.outline(headings)
        )

    def _paper(
        self, shelf: PaperShelf, block: Block | Whole | None, cited: tuple[str, str]
    ) -> PaperView:
        as_bibtex, as_ris = cited
        post, paper = shelf.newest.post, shelf.newest.paper
        return PaperView(
            page=Page(
                kind="paper",
                path=shelf.address,
                title=plain(paper.title),
                lang=LABELS[post.lang].html_lang,
                description=plain(paper.gist),
                image=thumbnail(post, paper),
                day=paper.published,
                updated=post.record.updated,
                papers=(paper,),
            ),
            id=paper.id,
            title=self._cards.text(paper.title),
            gist=self._cards.text(paper.gist),
            facts=self._facts(paper, in_block=isinstance(block, Block)),
            links=_links(paper),
            appearances=tuple(map(self._appearance, shelf.appearances)),
            lang=LABELS[post.lang].html_lang,
            paper=self._moved(block, paper, shelf) if block else None,
            citations=(
                Citation(name="BibTeX", text=as_bibtex, file=_BIBTEX),
                Citation(name="RIS", text=as_ris.replace("\r\n", "\n"), file=_RIS),
            ),
        )

    def _moved(self, block: Block | Whole, paper: PaperRecord, shelf: PaperShelf) -> PaperBlock:
        """Return a block as the paper's own page shows it, in another folder than its pictures."""
        folder, slash, page = shelf.newest.post.address.rpartition("/")
        beside = "../" * shelf.address.count("/") + folder + slash
        here = anchors(block.html) if isinstance(block, Whole) else {f"paper-{block.name}"}
        block = block.changed(partial(moved, folder=beside, page=page, here=here))
        return PaperBlock(
            block=block,
            title=self._cards.text(paper.title),
            beside=beside,
            address="",
            in_pieces=isinstance(block, Block),
        )

    def _facts(self, paper: PaperRecord, *, in_block: bool) -> tuple[PaperFact, ...]:
        """Return the facts of a paper, without those that its block names."""
        labels = self._labels
        named = (
            (labels.authors, "" if in_block else labels.between_names.join(paper.authors)),
            (labels.categories, "" if in_block else ", ".join(paper.categories)),
            (labels.published, self._day(paper.published)),
            (labels.revised, self._day(paper.revised) if paper.version > 1 else ""),
            (labels.published_in, paper.journal),
        )
        return tuple(PaperFact(label=label, value=value) for label, value in named if value)

    def _day(self, day: date | None) -> str:
        return self._labels.date(day) if day else ""

    def _appearance(self, found: Appearance) -> AppearanceLine:
        return AppearanceLine(
            day=day_of(found.post.record.day, self._labels),
            link=LinkTo(
                name=self._cards.text(found.post.record.title),
                address=f"{found.post.address}#{found.paper.anchor}",
            ),
            version=f"v{found.paper.version}",
        )


def _paths(paper: PaperShelf) -> tuple[str, str, str]:
    """Return the files of a paper: its page, and its citations beside it."""
    beside = paper.address.rpartition("/")[0]
    return paper.address, f"{beside}/{_BIBTEX}", f"{beside}/{_RIS}"


def _mark(post: Placed | None) -> object:
    return (post.slug, post.record.digest) if post else None


def _with_neighbours(
    posts: tuple[Placed, ...],
) -> list[tuple[Placed, tuple[Placed | None, Placed | None]]]:
    """Return each post with the next newer and the next older one."""
    newer = (None, *posts[:-1])
    older = (*posts[1:], None)
    return list(zip(posts, zip(newer, older, strict=True), strict=True)) if posts else []


def _links(paper: PaperRecord) -> tuple[OuterLink, ...]:
    found = []
    if paper.is_arxiv:
        found.append(OuterLink(name="arXiv", url=f"https://arxiv.org/abs/{paper.id}"))
        found.append(OuterLink(name="PDF", url=f"https://arxiv.org/pdf/{paper.id}"))
    if paper.doi:
        found.append(OuterLink(name="DOI", url=f"https://doi.org/{quote(paper.doi)}"))
    return tuple(found)
