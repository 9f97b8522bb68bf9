"""This module keeps the posts: where they lie in ``content/``, how they are read and written.

A post is ``posts/<stem>.md``, its pictures lie in ``posts/<stem>/``. Every paper's block begins
with an anchor line, by which the blocks of a post on disk are found again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from digestgen.content import front_matter, ledger
from digestgen.content.ledger import Ledger
from digestgen.errors import ContentError
from digestgen.files import output_errors, write_atomic
from digestgen.model import Block, Document, Post, Published
from digestgen.text import paper_anchor

POSTS = PurePosixPath("posts")
_ANCHOR = re.compile(r'^<div id="([a-z0-9-]+)"></div>\n', re.MULTILINE)
_TAIL_ANCHOR = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFiles:
    """A post and its pictures on disk."""

    stem: str
    markdown: Path
    assets: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a post may be written: a free name, or a post of ours that nobody edited."""

    stem: str
    standing: Document | None
    edited: tuple[str, ...] = ()


def post_files(content: Path) -> tuple[PostFiles, ...]:
    """Return every post below ``content`` in the order of their names."""
    folder = content / POSTS
    return tuple(
        PostFiles(stem=path.stem, markdown=path, assets=_assets(path.with_suffix("")))
        for path in sorted(folder.glob("*.md"))
        if path.is_file() and not path.name.startswith(".")
    )


def read_documents(content: Path) -> tuple[Document, ...]:
    """Return every post below ``content`` as it is on disk, in the order of their names.

    Raises:
        ContentError: one of them cannot be read.
    """
    return tuple(read_document(content, found.markdown) for found in post_files(content))


def read_document(content: Path, path: Path) -> Document:
    """Return one post as it is on disk.

    Raises:
        ContentError: it cannot be read; the message begins with path and line.
    """
    name = PurePosixPath(path.relative_to(content).as_posix())
    parts = front_matter.split(_read_text(path))
    return Document(
        path=name,
        meta=front_matter.parse(parts, path=str(path)),
        body=parts.body,
        body_line=parts.body_line,
        assets=tuple(asset.name for asset in _assets(path.with_suffix(""))),
    )


def read_asset(content: Path, document: Document, name: str) -> bytes:
    """Return a post's picture; ``name`` is one of ``document.assets``.

    Raises:
        ContentError: it cannot be read.
    """
    return _read_bytes(content / document.path.with_suffix("") / PurePosixPath(name).name)


def find_place(content: Path, stem: str) -> Place:
    """Return the first of ``stem``, ``stem-2``, ... that may be written.

    A post that a person edited, or that somebody else wrote, is passed over.
    """
    edited: list[str] = []
    for name in _names(stem):
        path = content / POSTS / f"{name}.md"
        if not path.exists():
            return Place(stem=name, standing=None, edited=tuple(edited))
        if ledger.is_unedited(_read_text(path)):
            return Place(stem=name, standing=read_document(content, path), edited=tuple(edited))
        edited.append(name)
    raise AssertionError("the names do not end")


def published(document: Document) -> tuple[Published, ...]:
    """Return the blocks of an unedited post of ours, in order."""
    found = ledger.ledger_of(document)
    if found is None:
        return ()
    blocks = dict(_blocks(document.body.replace("\r\n", "\n")))
    return tuple(
        Published(ledger=entry, block=blocks[paper_anchor(entry.id)]) for entry in found.papers
    )


def write_post(
    content: Path, post: Post, record: Ledger, *, standing: Document | None, now: datetime
) -> bool:
    """Write a post and its pictures; return False when all of it stood there already.

    ``updated`` moves to ``now`` only when something else in the post moved. Pictures come
    first, so that a kill never leaves a post that shows missing ones.

    Raises:
        OutputError: something cannot be written; the old post is intact.
    """
    path = content / POSTS / f"{post.stem}.md"
    for asset in post.assets:
        write_atomic(path.with_suffix("") / PurePosixPath(asset.name).name, asset.content)
    if standing is not None and (then := standing.meta.get("updated")):
        old = compose(post, record, updated=then).encode()
        with output_errors(path):
            if path.read_bytes().replace(b"\r\n", b"\n") == old:
                return False
    return write_atomic(path, compose(post, record, updated=now).encode())


def compose(post: Post, record: Ledger, *, updated: object) -> str:
    """Return the whole text of a post, sealed."""
    meta: dict[str, object] = {}
    for key, value in post.meta.items():
        meta[key] = value
        if key == "date":
            meta["updated"] = updated
    meta[ledger.KEY] = ledger.to_meta(record)
    return ledger.sealed(f"{front_matter.dump(meta)}\n{_body(post)}")


def _body(post: Post) -> str:
    parts = [post.head, *(_anchored(block) for block in post.blocks)]
    if post.tail:
        parts.append(f'<div id="{_TAIL_ANCHOR}"></div>\n\n{post.tail.strip()}')
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _anchored(block: Block) -> str:
    return f'<div id="{paper_anchor(block.ledger.id)}"></div>\n\n{block.text.strip()}'


def _blocks(body: str) -> Iterator[tuple[str, str]]:
    marks = list(_ANCHOR.finditer(body))
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    for mark, end in zip(marks, ends, strict=True):
        if mark[1] != _TAIL_ANCHOR:
            yield mark[1], body[mark.end() : end].strip()


def _names(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _assets(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    found = (path for path in folder.iterdir() if not path.name.startswith("."))
    return tuple(sorted(path for path in found if path.is_file()))


def _read_text(path: Path) -> str:
    raw = _read_bytes(path)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError(f"{path}:{line}: not UTF-8 text", hint="save it as UTF-8") from error


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContentError(
            f"{path}:1: cannot be read: {(error.strerror or str(error)).lower()}",
            hint="give permission to read it, or move it away",
        ) from error
