"""This module tells one state of the program from another, so that none believes what another kept.

The version alone does not: a checkout has the same one for months, and what renders Markdown is
upgraded on its own.
"""

import hashlib
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from digestgen import __version__

# Beside it lie the other packages that pages are made with.
_NEIGHBOUR = "jinja2"
_INSTALLED = ".dist-info"


def program_mark() -> bytes:
    """Return a hash that moves with every change of the program and of what it stands on."""
    own = str(Path(__file__).parents[1])
    parts = (__version__, sorted(_sources(own)), sorted(_installed()))
    return hashlib.sha256(repr(parts).encode()).digest()


def _sources(folder: str) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry.path)


def _installed() -> Iterator[str]:
    """Yield the names, with their versions, of what is installed beside a package of ours."""
    found = find_spec(_NEIGHBOUR)
    if found and found.origin:
        names = os.listdir(Path(found.origin).parents[1])  # noqa: PTH208  # names are enough
        yield from (name for name in names if name.endswith(_INSTALLED))
