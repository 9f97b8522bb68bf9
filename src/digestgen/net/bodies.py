"""This module reads the body of an answer piece by piece, never more than was allowed.

The body is decoded here because a library's decoder may blow up a small chunk without a bound.
"""

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED_ENCODINGS = "gzip, identity"

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 64 * 1024


class UnwantedError(Exception):
    """The body is nothing we agreed to: too large, or packed in a way not asked for."""


class OversizedError(UnwantedError):
    """The body is larger than allowed."""


class BrokenError(Exception):
    """The packing of the body is damaged or cut off."""


def pieces(raw: Iterable[bytes], *, encoding: str, max_bytes: int) -> Iterator[bytes]:
    """Yield the decoded body in pieces of bounded size.

    Raises:
        OversizedError: more than ``max_bytes`` came or came out.
        UnwantedError: the packing is unknown.
        BrokenError: the packing is damaged or cut off.
    """
    came = _bounded(raw, max_bytes)
    if encoding in ("", "identity"):
        return came
    if encoding in ("gzip", "x-gzip"):
        return _bounded(_unpacked(came), max_bytes)
    raise UnwantedError(f"the answer is packed as {encoding!r}, which was not asked for")


def _bounded(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise OversizedError(f"the answer is larger than {max_bytes:,} bytes")
        yield chunk


def _unpacked(packed: Iterable[bytes]) -> Iterator[bytes]:
    decoder = zlib.decompressobj(_GZIP)
    try:
        for chunk in packed:
            waiting = chunk
            while waiting:
                if decoder.eof:
                    raise BrokenError("the packed answer goes on after its end")
                yield decoder.decompress(waiting, _PIECE)
                waiting = decoder.unconsumed_tail or decoder.unused_data
    except zlib.error as error:
        raise BrokenError(f"the packed answer is damaged: {error}") from error
    if not decoder.eof:
        raise BrokenError("the packed answer is cut off")
