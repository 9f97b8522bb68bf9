"""This module remembers what a site was made of, so that the next build makes only what changed.

What is damaged, of another version or missing counts as nothing remembered: the next build then
makes everything. It is never an error.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from digestgen.values import Value

if TYPE_CHECKING:
    from digestgen.site.records import PostRecord

# Raise it with every change of the form. What records hold is guarded by the program's mark.
_FORMAT = b"digestgen site 3\n"
_CHECK = hashlib.sha256
_CHECK_BYTES = _CHECK().digest_size
_LENGTH_BYTES = 4
_Item = TypeVar("_Item")
_BATCH = 256  # so that a large site is never packed in one piece


class KeptUnit(Value, frozen=True, array_like=True):
    """A unit as it was made: the hash of what it was made of, and the size of each file.

    The sizes stay packed, because a site has many times more files than are asked for.
    """

    key: bytes
    packed: bytes

    @property
    def files(self) -> dict[str, int]:
        """Return the size of each file by its path."""
        return _FILES.decode(self.packed)


class State(Value, frozen=True, kw_only=True):
    """What a site was made of.

    ``program`` is the mark of the program that kept it, ``everything`` the hash of all that went
    in: while it stays, nothing is to be done. ``digests`` has each post's by path, also of those
    that are left out; ``left_out`` says why they are. ``units`` go by their first path.
    ``records`` stay packed until somebody asks for them; only what was read from a file has them.
    """

    program: bytes = b""
    everything: bytes = b""
    digests: dict[str, str] = msgspec.field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    units: dict[str, KeptUnit] = msgspec.field(default_factory=dict)
    records: tuple[bytes, ...] = ()

    def records_by_path(self) -> "dict[str, PostRecord]":
        """Return the record of every post that has one."""
        if not self.records:
            return {}
        from digestgen.site.records import PostRecord  # brings a Markdown parser along

        batch = msgspec.msgpack.Decoder(tuple[PostRecord, ...])
        return {record.path: record for packed in self.records for record in batch.decode(packed)}


class _Opening(Value, frozen=True, array_like=True):
    """What a state begins with; after it come as many batches of units, and then the records."""

    program: bytes
    everything: bytes
    digests: dict[str, str]
    left_out: tuple[str, ...]
    unit_batches: int


_FRONT = msgspec.msgpack.Decoder(_Opening)
_UNITS = msgspec.msgpack.Decoder(dict[str, KeptUnit])
_FILES = msgspec.msgpack.Decoder(dict[str, int])
_ENCODER = msgspec.msgpack.Encoder()


def keep_unit(key: bytes, sizes: Mapping[str, int]) -> KeptUnit:
    """Return what is remembered of a unit: its key, and the size of each file."""
    return KeptUnit(key, _ENCODER.encode(sizes))


def read_state(path: Path) -> State:
    """Return what was remembered in a file, or that nothing is."""
    try:
        kept = path.read_bytes()
        body = memoryview(kept)[len(_FORMAT) : -_CHECK_BYTES]
        if not kept.startswith(_FORMAT) or kept[-_CHECK_BYTES:] != _CHECK(body).digest():
            return State()
        front, *batches = _batches(body)
        return _state(_FRONT.decode(front), batches)
    except (OSError, ValueError, RecursionError):
        return State()


def pack_state(state: State, records: "Iterable[PostRecord]") -> Iterator[bytes]:
    """Yield the file that remembers a state and the records of its posts, a piece at a time."""
    check = _CHECK()
    yield _FORMAT
    for batch in _packed(state, records):
        for piece in (len(batch).to_bytes(_LENGTH_BYTES, "big"), batch):
            check.update(piece)
            yield piece
    yield check.digest()


def _packed(state: State, records: "Iterable[PostRecord]") -> Iterator[bytes]:
    count = -(-len(state.units) // _BATCH)
    front = _Opening(state.program, state.everything, state.digests, state.left_out, count)
    yield _ENCODER.encode(front)
    yield from map(_ENCODER.encode, map(dict, _cut(state.units.items())))
    yield from map(_ENCODER.encode, _cut(records))


def _cut(items: Iterable[_Item]) -> Iterator[tuple[_Item, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, _BATCH)):
        yield batch


def _batches(body: memoryview) -> Iterator[memoryview]:
    while body:
        end = _LENGTH_BYTES + int.from_bytes(body[:_LENGTH_BYTES], "big")
        yield body[_LENGTH_BYTES:end]
        body = body[end:]


def _state(front: _Opening, batches: list[memoryview]) -> State:
    units: dict[str, KeptUnit] = {}
    for batch in batches[: front.unit_batches]:
        units.update(_UNITS.decode(batch))
    return State(
        program=front.program,
        everything=front.everything,
        digests=front.digests,
        left_out=front.left_out,
        units=units,
        records=tuple(map(bytes, batches[front.unit_batches :])),
    )
