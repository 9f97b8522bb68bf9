"""This module keeps the posts: where they lie in ``content/``, how they are read and written.

A post is ``posts/<stem>.md``, its pictures lie in ``posts/<stem>/``. Every paper's block begins
with an anchor line, by which the blocks of a post on disk are found again.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Literal

from digestgen.content import front_matter, ledger
from digestgen.content.ledger import Ledger
from digestgen.errors import ContentError, OutputError
from digestgen.files import output_errors, write_atomic
from digestgen.model import Published
from digestgen.post import Block, Document, Post
from digestgen.text import paper_anchor, paper_slug

POSTS = PurePosixPath("posts")
_TAIL_ANCHOR = "skipped"

Write = Literal["written", "unchanged", "taken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFiles:
    """A post and its pictures on disk; ``stem`` is its path below ``posts/``, without suffix."""

    stem: str
    markdown: Path
    assets: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a post may be written: a free name, or a post of ours that nobody edited.

    ``standing`` is that post and ``raw`` its file, both None for a free name; ``edited`` names
    the posts of the same topic and day that a person changed.
    """

    stem: str
    standing: Document | None = None
    raw: bytes | None = None
    edited: tuple[str, ...] = ()


def post_files(content: Path) -> tuple[PostFiles, ...]:
    """Return every post below ``content``, in sub-folders too, in the order of their names."""
    folder = content / POSTS
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*.md"))
    return tuple(
        PostFiles(
            stem=path.with_suffix("").as_posix(),
            markdown=folder / path,
            assets=_assets((folder / path).with_suffix("")),
        )
        for path in paths
        if (folder / path).is_file() and not any(part.startswith(".") for part in path.parts)
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
    parts = front_matter.split(decoded(_read_bytes(path), path))
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


def find_place(content: Path, stem: str, *, slug: str, day: date) -> Place:
    """Return the first of ``stem``, ``stem-2``, ... where a topic's post of a day may be written.

    A post that a person edited, that somebody else wrote, or that is another topic's, is passed
    over.
    """
    edited: list[str] = []
    for name in _names(stem):
        path = content / POSTS / f"{name}.md"
        if not path.exists():
            return Place(stem=name, edited=tuple(edited))
        raw = _read_bytes(path)
        if not ledger.is_unedited(decoded(raw, path)):
            edited.append(name)
            continue
        document = read_document(content, path)
        found = ledger.ledger_of(document)
        if found and (found.slug, found.day) == (slug, day):
            return Place(stem=name, standing=document, raw=raw, edited=tuple(edited))
    raise AssertionError("the names do not end")


def published(document: Document) -> tuple[Published, ...]:
    """Return the blocks of an unedited post of ours, in order."""
    found = ledger.ledger_of(document)
    if found is None:
        return ()
    blocks = _blocks(document, [paper_anchor(entry.id) for entry in found.papers])
    return tuple(
        Published(ledger=entry, block=block)
        for entry, block in zip(found.papers, blocks, strict=True)
    )


def write_post(content: Path, post: Post, record: Ledger, *, place: Place, now: datetime) -> Write:
    """Write a post and its pictures to ``place``, unless all of it stands there already.

    ``updated`` moves to ``now`` (local time with its zone) only when something else in the post
    moved. Pictures come first, and those that the post no longer shows go last, so that a kill
    never leaves a post that shows missing ones. The place is "taken" when a person changed what
    stood there since it was found.

    Raises:
        OutputError: something cannot be written; the old post is intact.
    """
    path = content / POSTS / f"{place.stem}.md"
    if not _stands(path, place):
        return "taken"
    for asset in post.assets:
        write_atomic(_beside(path, asset.name), _picture(asset.source))
    if not _stands(path, place):
        return "taken"
    if place.standing is not None and _as_before(place.standing, post, record) == place.raw:
        done: Write = "unchanged"
    else:
        text = compose(post, replace(record, updated=now), updated=now.replace(tzinfo=None))
        done = "written" if write_atomic(path, text.encode()) else "unchanged"
    _remove_unused(path, record)
    return done


def _stands(path: Path, place: Place) -> bool:
    """Tell whether nobody touched the place since it was found."""
    return (_read_bytes(path) if path.exists() else None) == place.raw


def _beside(post: Path, picture: str) -> Path:
    return post.with_suffix("") / PurePosixPath(picture).name


def _picture(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise OutputError(
            f"{source}: a picture that was just made cannot be read: "
            f"{(error.strerror or str(error)).lower()}",
            hint="run it again; if the cache is cleared by somebody, set DIGESTGEN_CACHE_DIR",
        ) from error


def _remove_unused(path: Path, record: Ledger) -> None:
    """Remove the pictures of the post's papers that it does not show, also a killed run's."""
    shown = {name for entry in record.papers for name in entry.pictures}
    slugs = "|".join(re.escape(paper_slug(entry.id)) for entry in record.papers)
    ours = re.compile(rf"(?:{slugs})-(?:figure|table|algorithm)-[a-z0-9-]+\.webp")
    for found in _assets(path.with_suffix("")):
        if found.name not in shown and ours.fullmatch(found.name):
            with output_errors(found):
                found.unlink(missing_ok=True)
    with suppress(OSError):  # it is not there, or holds something
        path.with_suffix("").rmdir()


def _as_before(standing: Document, post: Post, record: Ledger) -> bytes:
    """Return the post with the times of the standing one, in its line ends."""
    before = ledger.ledger_of(standing)
    times = before.updated if before else None
    text = compose(post, replace(record, updated=times), updated=standing.meta.get("updated"))
    return text.replace("\n", "\r\n" if "\r\n" in standing.body else "\n").encode()


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


def _blocks(document: Document, anchors: list[str]) -> list[str]:
    """Return the text between one of these anchors and the next; other anchors are text."""
    body = document.body.replace("\r\n", "\n")
    starts: list[tuple[int, int]] = []
    for anchor in [*anchors, _TAIL_ANCHOR]:
        line = re.compile(rf'^<div id="{re.escape(anchor)}"></div>\n', re.MULTILINE)
        found = line.search(body, starts[-1][1] if starts else 0)
        if found:
            starts.append(found.span())
        elif anchor != _TAIL_ANCHOR:
            raise ContentError(
                f"{document.path}:{document.body_line}: the block of {anchor!r} is missing",
                hint="restore the post from git",
            )
    ends = [start for start, _ in starts[1:]] + [len(body)]
    return [
        body[begin:end].strip()
        for (_, begin), end in list(zip(starts, ends, strict=True))[: len(anchors)]
    ]


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


def decoded(raw: bytes, path: Path | str) -> str:
    """Return a post's text.

    Raises:
        ContentError: it is no UTF-8.
    """
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError(f"{path}:{line}: not UTF-8 text", hint="save it as UTF-8") from error


def _read_bytes(path: Path) -> bytes:
    with reading_errors(path):
        return path.read_bytes()


@contextmanager
def reading_errors(path: Path) -> Iterator[None]:
    """Turn what the system says of a post into a ContentError with a hint."""
    try:
        yield
    except OSError as error:
        raise ContentError(
            f"{path}:1: cannot be read: {(error.strerror or str(error)).lower()}",
            hint="give permission to read it, or move it away",
        ) from error
