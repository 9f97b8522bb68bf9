"""This module writes a digest as a post for Hexo with the Butterfly theme.

Facts about Hexo: it drops the zone of a date, makes tags that differ only in signs share an
address, and Butterfly prints titles and descriptions without escaping them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from digestgen import HOMEPAGE, tex
from digestgen.escaping import Encoded, link, markdown
from digestgen.formats import gallery, paper
from digestgen.formats.labels import LABELS, Labels
from digestgen.model import Depth, Digest, Entry, LedgerEntry, Published
from digestgen.ports import Options, Tools
from digestgen.post import Block, Post
from digestgen.text import paper_anchor, squeeze

_DESCRIPTION_LENGTH = 240
_CATEGORIES = ("Paper",)
# What the ledger, the date and a safe build rest on is not the user's to replace.
_FIXED = frozenset({"date", "updated", "digestgen", "disableNunjucks"})

_NOT_IN_HTML = str.maketrans({"<": "‹", ">": "›", "&": "＆", '"': "'", "{": "(", "}": ")"})
_SPELLED = {"+": " plus ", "#": " sharp ", "&": " and "}
_SLUG_BREAK = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")  # as Hexo's slugize has it

# A word that was cut; longer runs are a script without spaces.
_LAST_WORD = re.compile(r"[\s,;:]+\S{0,30}\Z")

Render = Callable[[str, dict[str, object]], str]


def create(options: Options, tools: Tools) -> "Hexo":
    """Return the format; ``categories``, ``cover`` and ``front_matter`` are what the user set."""
    categories = options.get("categories") or ()
    extras = options.get("front_matter") or {}
    assert isinstance(categories, Iterable)
    assert isinstance(extras, Mapping)
    return Hexo(
        render_template=tools.render,
        categories=tuple(str(name) for name in categories),
        with_cover=bool(options.get("cover")),
        front_matter=extras,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hexo:
    """See ``ports.OutputFormat``."""

    render_template: Render
    categories: tuple[str, ...] = ()
    with_cover: bool = False
    front_matter: Mapping[str, object] = field(default_factory=dict)

    def render(self, digest: Digest) -> Post:
        """See ``ports.OutputFormat``."""
        labels = LABELS[digest.topic.lang]
        blocks = tuple(self._block(entry, digest, labels) for entry in digest.entries)
        return Post(
            stem=f"{digest.day.isoformat()}-{digest.topic.slug}",
            meta=self._meta(digest, blocks, labels),
            head=self._head(blocks, labels),
            blocks=blocks,
            tail=self._tail(digest, labels),
            assets=tuple(asset for entry in _new(digest) for asset in gallery.assets(entry)),
        )

    def _meta(self, digest: Digest, blocks: tuple[Block, ...], labels: Labels) -> dict[str, object]:
        categories = names(self.categories or _CATEGORIES)
        meta: dict[str, object] = {
            "title": _title(digest.topic.name) or digest.topic.slug,
            "date": datetime.combine(digest.day, time(12)),
            "categories": [[name] for name in categories] if len(categories) > 1 else categories,
            "tags": names(digest.topic.tags or (digest.topic.name,)),
            "description": _description(digest, blocks, labels),
        }
        pictures = [name for block in blocks for name in block.ledger.pictures]
        if self.with_cover and pictures:
            meta["cover"] = pictures[0]
        meta |= {"mathjax": True, "toc_number": False, "toc_expand": True, "disableNunjucks": True}
        return meta | {k: v for k, v in self.front_matter.items() if k not in _FIXED}

    def _head(self, blocks: tuple[Block, ...], labels: Labels) -> str:
        updates = sum(block.ledger.version > 1 for block in blocks)
        count = labels.count.format(papers=len(blocks))
        return self.render_template(
            "hexo/post-head.md.j2",
            {
                "labels": labels,
                "disclaimer": _disclaimer(blocks, labels),
                "count": count + (labels.update_count.format(updates=updates) if updates else ""),
                "overview": [
                    {
                        "link": link(block.ledger.title, f"#{paper_anchor(block.ledger.id)}"),
                        "gist": block.ledger.gist,
                    }
                    for block in blocks
                ],
            },
        ).strip("\n")

    def _block(self, entry: Entry | Published, digest: Digest, labels: Labels) -> Block:
        if isinstance(entry, Published):
            return Block(ledger=entry.ledger, text=entry.block)
        ledger = LedgerEntry(
            id=entry.paper.id,
            version=entry.paper.version,
            title=entry.paper.title,
            gist=squeeze(paper.shown(entry.summary.gist)),
            by=paper.by(entry.summary),
            fingerprint=entry.summary.written_by.fingerprint,
            authors=tuple(author.name for author in entry.paper.authors),
            published=entry.paper.published.date(),
            revised=entry.paper.updated.date(),
            categories=entry.paper.categories,
            doi=entry.paper.doi,
            journal=entry.paper.journal_ref,
            licence=entry.paper.licence,
            pictures=tuple(asset.name for asset in gallery.assets(entry)),
            incomplete=entry.is_incomplete,
        )
        shown = paper.values(entry, labels, day=digest.day)
        text = self.render_template(
            "hexo/paper.md.j2", {**shown, "gallery": self._gallery(entry, labels)}
        )
        return Block(ledger=ledger, text=text.strip("\n"))

    def _gallery(self, entry: Entry, labels: Labels) -> Encoded:
        """Return the folded pictures; empty without any."""
        if not entry.pictures:
            return Encoded()
        text = self.render_template("hexo/gallery.md.j2", gallery.values(entry, labels))
        return Encoded(text.strip("\n"))

    def _tail(self, digest: Digest, labels: Labels) -> str:
        if not digest.skipped:
            return ""
        summary = labels.skipped.format(count=len(digest.skipped))
        return self.render_template(
            "hexo/skipped.md.j2",
            {"labels": labels, "summary": summary, "skipped": digest.skipped},
        ).strip("\n")


def names(wanted: Iterable[str]) -> list[str]:
    """Return tags or categories of which no two share an address in Hexo: C, C plus plus."""
    by_slug: dict[str, str] = {}
    for name in wanted:
        spelled = tex.plain(name)
        for sign, word in _SPELLED.items():
            spelled = spelled.replace(sign, word)
        spelled = squeeze(spelled.translate(_NOT_IN_HTML))
        slug = _SLUG_BREAK.sub("-", spelled).strip("-").lower()
        if slug:
            by_slug.setdefault(slug, spelled)
    return list(by_slug.values())


def _new(digest: Digest) -> Iterable[Entry]:
    return (entry for entry in digest.entries if isinstance(entry, Entry))


def _title(name: str) -> str:
    """Return the topic as written, but for TeX and for what would end a script around it."""
    has_tex = "\\" in name or "$" in name
    return (tex.plain(name) if has_tex else squeeze(name)).replace("<", "‹").replace(">", "›")


def _description(digest: Digest, blocks: tuple[Block, ...], labels: Labels) -> str:
    """Say how many papers there are, and as many of the first gists as there is room for."""
    count = labels.description.format(
        topic=_title(digest.topic.name), day=digest.day.isoformat(), papers=len(blocks)
    )
    text = " ".join([count, *(tex.plain(block.ledger.gist) for block in blocks[:3])])
    text = squeeze(text.translate(_NOT_IN_HTML))
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return _LAST_WORD.sub("", text[:_DESCRIPTION_LENGTH]) + "…"


def _disclaimer(blocks: tuple[Block, ...], labels: Labels) -> list[Encoded]:
    """Say how each of the papers' blocks was made, the ones from earlier runs as well."""
    project = Encoded(
        markdown(labels.made_by) + labels.colon + link("digestgen", HOMEPAGE) + labels.stop
    )
    ways = dict.fromkeys(_way(block.ledger.by, labels) for block in blocks)
    return [project, *(markdown(way) for way in ways), markdown(labels.screening)]


def _way(by: str, labels: Labels) -> str:
    method, _, rest = by.partition("/")
    depth, _, model = rest.partition("/")
    read: Depth = "full" if depth == "full" else "abstract"
    if method == paper.BUILT_IN:
        return labels.quoted[read]
    return labels.generated[read].format(model=model or method)
