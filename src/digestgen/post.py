"""This module defines what a digest becomes: a post as a blog engine wants it, and one on disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from digestgen.model import LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A picture beside a post: a copy of the file ``source`` under the bare name ``name``."""

    name: str
    source: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paper's part of a post: the ledger's line on it, and its Markdown."""

    ledger: LedgerEntry
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A digest as a blog engine wants it, before it meets the disk.

    ``stem`` is the file name without suffix; ``meta`` the front matter in order, without the
    ledger and without ``updated``; ``head``, ``blocks`` and ``tail`` make the body.
    """

    stem: str
    meta: Mapping[str, object]
    head: str
    blocks: tuple[Block, ...]
    tail: str = ""
    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A post on disk as far as its front matter tells, and the names of the files beside it.

    ``path`` is relative to the content folder.
    """

    path: PurePosixPath
    meta: Mapping[str, object]
    assets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Front):
    """A post as it is on disk, perhaps after a person edited it.

    ``body`` is byte for byte what follows the front matter, which begins at line ``body_line`` of
    the file (counted from 1).
    """

    body: str
    body_line: int = 1
