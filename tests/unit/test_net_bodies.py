import gzip
import tracemalloc
from collections import deque

import pytest

from digestgen.net.bodies import BrokenError, UnwantedError, pieces


def test_a_packed_body_that_comes_byte_by_byte_is_unpacked() -> None:
    text = bytes(range(256)) * 99
    packed = gzip.compress(text)

    raw = (packed[n : n + 1] for n in range(len(packed)))

    assert b"".join(pieces(raw, encoding="gzip", max_bytes=len(text))) == text


def test_a_packed_body_takes_little_memory_however_large_it_would_become() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    tracemalloc.start()
    unpacked = pieces([bomb], encoding="gzip", max_bytes=50_000_000)

    with pytest.raises(UnwantedError, match="larger than 50,000,000 bytes"):
        deque(unpacked, maxlen=0)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_body_too_large_on_the_wire_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnwantedError):
        list(pieces([b"\x1f\x8b" + b"x" * 99], encoding="gzip", max_bytes=100))


@pytest.mark.parametrize("body", [b"", gzip.compress(b"text")[:-1], gzip.compress(b"text") + b"\0"])
def test_a_packed_body_that_does_not_end_where_it_should_is_broken(body: bytes) -> None:
    with pytest.raises(BrokenError):
        list(pieces([body] if body else [], encoding="gzip", max_bytes=100))
