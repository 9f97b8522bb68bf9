"""This module compares what a post says of its papers with what a source's metadata says."""

import re
from collections.abc import Iterator, Sequence

from digestgen.evidence.values import flattened
from digestgen.lint.papers import Block
from digestgen.lint.plain import plain
from digestgen.lint.values import Mark, Records
from digestgen.model import Paper


def metadata_marks(blocks: Sequence[Block], records: Records) -> Iterator[Mark]:
    """Find ids, titles and authors that are not the source's."""
    for block in blocks:
        paper = records.papers.get(block.id or "")
        if block.id in records.unknown:
            yield _mark("unknown-paper", block, f"the source has no paper {block.id}")
        elif paper is not None:
            yield from _of_paper(block, paper)


def _of_paper(block: Block, paper: Paper) -> Iterator[Mark]:
    title = plain(re.sub(r"^\[|\]\([^)]*\)\s*$", "", block.title)).text
    if _letters(paper.title) not in _letters(title):
        yield _mark("title-not-in-source", block, f"the paper is called {paper.title!r}")
    if block.version is not None and block.version > paper.version:
        said = f"the source has version {paper.version}, not {block.version}"
        yield _mark("unknown-paper", block, said)
    if not block.authors:
        return
    header = _letters(" ".join(block.authors))
    missing = [a.name for a in paper.authors if _letters(a.name) not in header]
    known = {_letters(author.name) for author in paper.authors}
    strangers = [name for name in block.authors if not _is_known(_letters(name), known)]
    if strangers or missing:
        wrong = [f"not an author: {', '.join(strangers[:3])}"] if strangers else []
        wrong += [f"missing: {', '.join(missing[:3])}"] if missing else []
        yield _mark("authors-not-in-source", block, "; ".join(wrong))


def _is_known(name: str, known: set[str]) -> bool:
    return not name or any(name in author or author in name for author in known)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", flattened(text))


def _mark(rule: str, block: Block, said: str) -> Mark:
    start = block.title_start
    return Mark(rule=rule, start=start, end=start + len(block.title), message=said, paper=block.id)
