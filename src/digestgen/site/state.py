"""This module remembers what a site was made of, so that the next build makes only what changed.

What is damaged, of another version or missing counts as nothing remembered: the next build then
makes everything. It is never an error.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from digestgen.site.records import PostRecord

# Raise it with every change of the form. What records hold is guarded by the program's mark.
_FORMAT = b"digestgen site 1\n"
_CHECK = hashlib.sha256
_CHECK_BYTES = _CHECK().digest_size


@dataclass(frozen=True, slots=True)
class KeptUnit:
    """A unit as it was made: the hash of what it was made of, and the size of each file."""

    key: bytes
    files: dict[str, int]


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture as it was copied: the size and time of its source, in nanoseconds."""

    size: int
    modified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a site was made of.

    ``program`` is the mark of the program that kept it, ``everything`` the hash of all that went
    in: while it stays, nothing is to be done. ``digests`` has each post's by path, also of those
    that are left out; ``left_out`` says why they are. ``records`` stay as bytes until somebody
    asks for them. ``units`` go by their first path.
    """

    program: bytes = b""
    everything: bytes = b""
    digests: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    records: bytes = b""
    units: dict[str, KeptUnit] = field(default_factory=dict)
    pictures: dict[str, KeptPicture] = field(default_factory=dict)

    def files(self) -> dict[str, int]:
        """Return the size of every file of the site."""
        sizes = {path: picture.size for path, picture in self.pictures.items()}
        for unit in self.units.values():
            sizes.update(unit.files)
        return sizes

    def records_by_path(self) -> "dict[str, PostRecord]":
        """Return the record of every post that has one."""
        if not self.records:
            return {}
        from digestgen.site.records import PostRecord  # brings a Markdown parser along

        records = msgspec.msgpack.decode(self.records, type=tuple[PostRecord, ...])
        return {record.path: record for record in records}


_STATE = msgspec.msgpack.Decoder(State)
_ENCODER = msgspec.msgpack.Encoder()


def pack_records(records: "tuple[PostRecord, ...]") -> bytes:
    """Return records as a state keeps them."""
    return _ENCODER.encode(records)


def read_state(path: Path) -> State:
    """Return what was remembered in a file, or that nothing is."""
    try:
        kept = path.read_bytes()
        body = memoryview(kept)[len(_FORMAT) + _CHECK_BYTES :]
        if kept[: len(_FORMAT) + _CHECK_BYTES] != _FORMAT + _CHECK(body).digest():
            return State()
        return _STATE.decode(body)
    except (OSError, ValueError, RecursionError):
        return State()


def pack_state(state: State) -> bytes:
    """Return the file that remembers a state."""
    body = _ENCODER.encode(state)
    return _FORMAT + _CHECK(body).digest() + body
