"""This module cuts a post into its papers: heading, metadata, and the rest of the block.

It takes posts of any generator as they come: a paper is a heading with an arXiv id or a line of
authors below it, and its own words are what stands before the first part of the digest.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from digestgen.evidence import Sources
from digestgen.lint.labels import is_section
from digestgen.lint.parts import Sections, sections_in
from digestgen.lint.plain import Plain, plain
from digestgen.lint.values import File
from digestgen.markdown import Landmark
from digestgen.model import Paper

_ID = r"\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
ARXIV_ID = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|\barxiv[:：]\s?|\[)(?P<id>{_ID})(?:v(?P<version>\d+))?(?![\d.]\d|\d)",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+)?(?:\*\*|__)?(?:Authors?|作者)(?:\*\*|__)?[ \t]*[:：]"
    r"[ \t]*(?:\*\*)?(?P<names>[^\n]+)",
    re.MULTILINE | re.IGNORECASE,
)
_FOLDED = re.compile(r"<details>\s*<summary>[^<]*</summary>(?P<names>[^<]*)</details>")
_URL = re.compile(r"https?://[^\s<>\"'（）()，。；、\]]+")
_VALUE = re.compile(r"[^\s:：]{1,16}(?: [a-z]{1,12})?\s?[:：]")
_TOP = 12_000  # characters of a block in which its id or authors stand
_FEWEST = 50  # characters of prose that make an abstract
_UPDATE = re.compile(r"更新[:：]|修订于|\bupdate:|\brevised\b|\[update\]|【更新】", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paper's block in a post. Offsets are in the file's text; ``title`` is as written there."""

    file: File
    title: str
    title_start: int
    start: int
    end: int
    level: int
    id: str | None
    version: int | None
    sections: Sections

    @property
    def has_arxiv_id(self) -> bool:
        """Tell whether arXiv can be asked for this paper."""
        return re.fullmatch(_ID, self.id or "") is not None

    @cached_property
    def header(self) -> Plain:
        """What stands between the heading and the first part of the digest."""
        after = self.file.text.find("\n", self.title_start, self.end)
        return plain(self.file.text, after if after >= 0 else self.end, self.sections.start)

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """The authors of the header, also those that are folded away."""
        found = _AUTHORS.search(self.header.text)
        if not found:
            return ()
        raw = self.file.text[self.start : self.sections.start]
        folded = " ".join(plain(match["names"]).text for match in _FOLDED.finditer(raw))
        names = re.split(r"[,，、;；]|\band\b", f"{found['names']},{folded}".replace("*", ""))
        return tuple(name.strip() for name in names if name.strip())

    @cached_property
    def sources(self) -> Sources:
        """What the block itself gives of the paper's words and metadata."""
        header = self.header.text
        raw = self.file.text[self.title_start : self.sections.start]
        prose = [line for line in header.split("\n") if _is_prose(line)]
        own = (header, *self.sections.evidence) if prose else ()
        return Sources(
            id=self.id or "",
            title=plain(self.title).text,
            authors=self.authors,
            texts=own,
            links=tuple(dict.fromkeys(_URL.findall(f"{raw} {plain(raw).text}"))),
        )

    @property
    def is_update(self) -> bool:
        """Tell whether the header says that this is a new version of a paper."""
        return _UPDATE.search(self.header.text) is not None

    def sources_with(self, paper: Paper | None, known: Sources | None) -> Sources:
        """Return the sources, from the metadata of ``known`` where there is any."""
        if paper is None or known is None:
            return self.sources
        return Sources(
            id=known.id,
            title=known.title,
            authors=known.authors,
            affiliations=known.affiliations,
            texts=(*known.texts, *self.sections.evidence),
            links=(*known.links, f"https://arxiv.org/abs/{paper.id}"),
        )


def _is_prose(line: str) -> bool:
    """Tell whether a line is of an abstract: long, with a full stop, and no value of a label."""
    return (
        len(line) >= _FEWEST
        and line[0] not in "-*[("
        and re.search(r"[.。!?！？](?:\s|$)", line) is not None
        and (len(line) > 4 * _FEWEST or not _VALUE.match(line))  # "Purpose: ..." begins many
    )


def papers_in(file: File) -> tuple[Block, ...]:
    """Return the papers of a post, in order; none when there are none that can be told."""
    headings = [mark for mark in file.landmarks if mark.kind == "heading"]
    level = _level(file, headings)
    if level is None:
        return ()
    stops = [h.first for h in headings if h.level < level or _is_title(h, level)]
    blocks = [_block(file, h, _next(stops, h.first)) for h in headings if _is_title(h, level)]
    kept = [block for block in blocks if block.id or block.authors or len(block.sections.all) > 2]
    return tuple(_named(kept, file))


def _is_title(heading: Landmark, level: int) -> bool:
    return heading.level == level and not is_section(heading.text)


def _next(lines: Sequence[int], line: int) -> int | None:
    """Return the first of some lines, in order, after a line; None when there is none."""
    index = bisect_right(lines, line)
    return lines[index] if index < len(lines) else None


def _named(blocks: Sequence[Block], file: File) -> Iterator[Block]:
    """Give the blocks; those of a post of ours with the ids that its ledger remembers."""
    ledger = file.meta.get("digestgen") if isinstance(file.meta, Mapping) else None
    entries = ledger.get("papers") if isinstance(ledger, Mapping) else None
    if not isinstance(entries, list) or len(entries) != len(blocks):
        yield from blocks
        return
    for block, entry in zip(blocks, entries, strict=True):
        remembered = entry.get("id") if isinstance(entry, Mapping) else None
        is_nameless = block.id is None and remembered
        yield replace(block, id=str(remembered)) if is_nameless else block


def _level(file: File, headings: Sequence[Landmark]) -> int | None:
    """Return the level of headings whose blocks look like papers, of several the most frequent."""
    best: tuple[int, int] | None = None
    for level in (1, 2, 3):
        stops = [h.first for h in headings if h.level <= level]
        titles = [h for h in headings if _is_title(h, level)]
        count = sum(_is_paper(file, h, _next(stops, h.first)) for h in titles)
        if count and (best is None or count >= best[0]):
            best = (count, level)
    return best[1] if best else None


def _is_paper(file: File, heading: Landmark, end: int | None) -> bool:
    start = _offset(file, heading.first)
    top = file.text[start : min(start + _TOP, _offset(file, end))]
    return bool(ARXIV_ID.search(top) or _AUTHORS.search(top))


def _offset(file: File, line: int | None) -> int:
    """Return where a line of the body begins in the file; the file's end for None."""
    return len(file.text) if line is None else file.line_start(file.split.body_line + line)


def _block(file: File, heading: Landmark, end_line: int | None) -> Block:
    start, end = _offset(file, heading.first), _offset(file, end_line)
    title_start = start + max(0, file.text[start:end].find(heading.text.split("\n")[0]))
    sections = sections_in(file.text, _offset(file, heading.last), end)
    named = ARXIV_ID.search(file.text, start, sections.start) or ARXIV_ID.search(
        file.text, start, end
    )
    return Block(
        file=file,
        title=_title(file.text[title_start:end], heading),
        title_start=title_start,
        start=start,
        end=end,
        level=heading.level,
        id=named["id"] if named else None,
        version=int(named["version"]) if named and named["version"] else None,
        sections=sections,
    )


def _title(raw: str, heading: Landmark) -> str:
    """Return the heading's text with its white space, which the parser keeps inside a line."""
    return raw.split("\n", 1)[0].rstrip(" #\r") if "\n" not in heading.text else heading.text
