"""This module looks through all posts cheaply: their bytes are hashed, and nothing is parsed."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from digestgen.content import front_matter
from digestgen.content.posts import POSTS, decoded, reading_errors
from digestgen.errors import ContentError
from digestgen.files import BINARY, is_text
from digestgen.post import Front
from digestgen.values import Value

_SUFFIX = ".md"
_HASH = 32  # digits
_PIECE = 1 << 16  # bytes
# What no page may hold, all but the last two as bytes too; tabs and line ends are left.
_CONTROLS = bytes([*range(9), *range(11, 32)])
_NO_CHARACTERS = "\ufffe\uffff"
_LINE_END = re.compile("\r\n?")
_NOT_IN_PAGES = re.compile(f"[{re.escape(_CONTROLS.decode())}{_NO_CHARACTERS}]")
_Listed = dict[str, os.DirEntry[str]]  # what lies in a folder, in the order of the names
_Beside = dict[str, tuple[int, int]]  # the size of each file, and when it was modified
Stamp = tuple[int, int, int]


class ScannedPost(Value, frozen=True, kw_only=True):
    """A post as bytes. ``path`` counts from the content folder.

    ``digest`` moves with the bytes and with the names of the files beside it. ``beside`` has the
    size of each of these files by its name, and when it was last modified, in nanoseconds.
    ``stamp`` is that of the post's own file before it was read.
    """

    path: str
    raw: bytes
    stamp: Stamp
    digest: str
    beside: Mapping[str, tuple[int, int]]


class Body(Value, frozen=True, kw_only=True):
    """A post's Markdown without its front matter, and the stamp of the file after it was read.

    ``text`` is as a page can show it: its line ends are plain, and control characters left out.

    A stamp is a file's size, when it was modified, and its number on its disk: while it stays,
    nobody wrote to the file.
    """

    text: str
    stamp: Stamp


def scan(content: Path) -> Iterator[ScannedPost]:
    """Yield every post below ``content`` in the order of the paths, one in memory at a time.

    Raises:
        ContentError: one of them, or a folder, cannot be read, or has a name that is no text.
    """
    root = f"{content}/"  # a Path for each post would take as long as reading it
    for path, beside in _posts(_listed(f"{root}{POSTS}"), f"{POSTS}/"):
        if not is_text(path):
            raise ContentError(f"{_shown(root + path)}: the name is not UTF-8", hint="rename it")
        stamp = _stamp(content, path)
        raw = _read(content, path)
        digest = _hash(raw) + _hash("\0".join(beside).encode())
        yield ScannedPost(path=path, raw=raw, stamp=stamp, digest=digest, beside=beside)


def front_of(post: ScannedPost, content: Path) -> Front:
    """Return the front matter of a scanned post.

    Raises:
        ContentError: it cannot be read; the message begins with path and line.
    """
    path = f"{content}/{post.path}"
    parts = front_matter.split(decoded(front_matter.head(post.raw), path))
    return Front(
        path=PurePosixPath(post.path),
        meta=front_matter.parse(parts, path=path),
        assets=tuple(post.beside),
    )


def body_of(post: ScannedPost, content: Path) -> str:
    """Return the Markdown of a scanned post as ``read_body`` does."""
    return body_text(post.raw, f"{content}/{post.path}")


def read_body(content: Path, path: str) -> Body:
    """Return a post's Markdown as it is now; ``path`` counts from the content folder.

    Raises:
        ContentError: it cannot be read.
    """
    text = body_text(_read(content, path), f"{content}/{path}")
    return Body(text=text, stamp=_stamp(content, path))


def body_text(raw: bytes, path: str) -> str:
    """Return a post's Markdown with plain line ends, and without control characters.

    Raises:
        ContentError: it is no UTF-8; the message begins with ``path`` and line.
    """
    body = front_matter.split(decoded(raw, path)).body
    # To look for each by itself takes a tenth of what an expression for all of them takes.
    if any(map(raw.__contains__, _CONTROLS)) or any(map(body.__contains__, _NO_CHARACTERS)):
        return _NOT_IN_PAGES.sub("", _LINE_END.sub("\n", body))
    return body


def read_beside(content: Path, path: str, name: str) -> bytes:
    """Return a file beside a post; the post's ``path`` counts from the content folder.

    Raises:
        ContentError: it cannot be read.
    """
    return _read(content, f"{path.removesuffix(_SUFFIX)}/{name}")


def _posts(listed: _Listed, path: str) -> Iterator[tuple[str, _Beside]]:
    """Yield each post in a folder and below, and the files beside it, in the order of the paths.

    Links to folders are passed over, and posts that are links refused: a site is public, and they
    may lead to what is not.
    """
    inside: dict[str, _Listed] = {}  # so that no folder is listed twice
    for name, entry in listed.items():
        if name.endswith("/"):
            below = inside.pop(name) if name in inside else _listed(entry.path)
            yield from _posts(below, path + name)
        elif name.endswith(_SUFFIX) and entry.is_symlink():
            raise ContentError(
                f"{_shown(entry.path)}: a link, which may lead to what is not public",
                hint="put the file itself there",
            )
        elif name.endswith(_SUFFIX) and entry.is_file(follow_symlinks=False):
            folder = f"{name.removesuffix(_SUFFIX)}/"
            if folder in listed:
                inside[folder] = _listed(listed[folder].path)
            yield path + name, _beside(inside.get(folder, {}), entry.path)


def _beside(listed: _Listed, post: str) -> _Beside:
    """Return the files of the folder beside a post, each with its size and time."""
    found = {}
    with _looking_errors(post.removesuffix(_SUFFIX)):
        for name, entry in listed.items():
            # No page could name a file whose name is no text.
            if not entry.is_file(follow_symlinks=False) or not is_text(name):
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # it went at this moment
                continue
            found[name] = (status.st_size, status.st_mtime_ns)
    return found


def _listed(folder: str) -> _Listed:
    """Return what lies in a folder and is not hidden; nothing when there is no such folder.

    The names of folders end with a slash, so that what lies in them comes in the order of its path.
    """
    found: list[tuple[str, os.DirEntry[str]]] = []
    with _looking_errors(folder), os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name[0] != ".":
                is_folder = entry.is_dir(follow_symlinks=False)
                found.append((f"{name}/" if is_folder else name, entry))
    return dict(sorted(found))


def _shown(path: str) -> str:
    """Return a path as messages may have it, which have to be text."""
    return path.encode(errors="backslashreplace").decode()


@contextmanager
def _looking_errors(path: str) -> Iterator[None]:
    """Pass over what is not there; what cannot be looked at might hold posts that have pages."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        pass  # files may go at any moment
    except OSError as error:
        raise ContentError(
            f"{_shown(path)}: cannot be looked into: {(error.strerror or str(error)).lower()}",
            hint="give permission to read it, or move it away",
        ) from error


def _read(content: Path, path: str) -> bytes:
    try:
        # Lower than a file object, which asks what kind of file it is: a site has many pictures.
        descriptor = os.open(f"{content}/{path}", os.O_RDONLY | BINARY)
        try:
            pieces = []
            while piece := os.read(descriptor, _PIECE):
                pieces.append(piece)
        finally:
            os.close(descriptor)
    except OSError:
        with reading_errors(content / path):
            raise
    return b"".join(pieces)


def _stamp(content: Path, path: str) -> Stamp:
    try:
        status = os.lstat(f"{content}/{path}")
    except OSError:
        with reading_errors(content / path):
            raise
    return status.st_size, status.st_mtime_ns, status.st_ino


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH]
