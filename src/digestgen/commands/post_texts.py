"""This module finds posts on disk for `digestgen check`, reads them, and writes mended ones back.

Whatever lies there, it becomes a text to check or a reason why it is none: a pipe is not waited
for, a loop of links is not followed, a huge file is not read.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from digestgen.files import write_atomic
from digestgen.lint import File, Problem, near_pictures

LARGEST = 4 * 1024 * 1024  # bytes; a post of a hundred papers has a fifth of it
MOST_LINES = 50_000  # and a fortieth of these
_SUFFIXES = (".md", ".markdown")
_PASSED_OVER = {"node_modules", "__pycache__"}


def posts_below(path: Path) -> Iterator[Path]:
    """Give the Markdown files of a folder and below, in the order of their names; a file itself."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(f for f in folders if f[0] != "." and f not in _PASSED_OVER)
        for name in sorted(files):
            if name.endswith(_SUFFIXES) and not name.startswith("."):
                yield Path(folder) / name


def read_post(path: Path, *, shown: str) -> File | Problem:
    """Return a file's text, its lines ending in line feeds alone, or why it has none."""
    try:
        if refused := _why_not(path.stat()):
            return _unreadable(shown, refused, hint="name a Markdown file")
        text = path.read_bytes().decode().replace("\r\n", "\n")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return _unreadable(shown, f"cannot be read: {reason}", hint="give permission to read it")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return _unreadable(shown, "not UTF-8 text", hint="save it as UTF-8", line=line)
    is_binary, lines = "\0" in text, text.count("\n")
    if is_binary or lines > MOST_LINES:
        refused = "a binary file" if is_binary else f"too long for a post: {lines} lines"
        line = text.count("\n", 0, max(0, text.find("\0"))) + 1
        return _unreadable(shown, refused, hint="name a Markdown file", line=line)
    return File(path=shown, text=text, assets=_assets(path, text))


def _why_not(about: os.stat_result) -> str:
    """Say why a file is not even opened, "" when it is."""
    if not stat.S_ISREG(about.st_mode):
        return "not a regular file"
    is_large = about.st_size > LARGEST
    return f"too large for a post: {about.st_size / 2**20:.0f} MiB" if is_large else ""


def write_back(path: Path, text: str) -> None:
    """Write a mended text in the line ends that the file has.

    Raises:
        OutputError: it cannot be written; the old file is intact.
    """
    ends = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
    write_atomic(path.resolve(), text.replace("\n", ends).encode())


def _assets(path: Path, text: str) -> frozenset[str]:
    """Return the pictures that are in the post's own folder, or lie relative to it."""
    return frozenset(address for address in near_pictures(text) if _leads_to_a_file(path, address))


def _leads_to_a_file(path: Path, address: str) -> bool:
    name = unquote(address.partition("?")[0].partition("#")[0])
    with suppress(OSError, ValueError):
        return (path.with_suffix("") / name).is_file() or (path.parent / name).is_file()
    return False


def _unreadable(shown: str, reason: str, *, hint: str, line: int = 1) -> Problem:
    return Problem(
        path=shown,
        line=line,
        column=1,
        rule="unreadable-file",
        level="error",
        message=reason,
        hint=hint,
    )
