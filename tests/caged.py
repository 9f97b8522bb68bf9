"""This module holds what the tests run inside of a cage: good work and every kind of mischief."""

import ctypes
import os
import resource
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    kind: Literal["figure", "table"]
    box: tuple[float, float, float, float]
    image: bytes
    caption: str = ""
    parts: tuple["Picture", ...] = ()


def picture(name: str) -> Picture:
    inner = Picture(kind="table", box=(0, 0.5, 1, 2), image=b"")
    return Picture(kind="figure", box=(1, 2, 3, 4), image=b"\0\xff", caption=name, parts=(inner,))


def add(first: int, second: int) -> int:
    return first + second


def length(content: bytes) -> int:
    return len(content)


def copies(size: int) -> bytes:
    return b"x" * size


def untyped(number: int):  # type: ignore[no-untyped-def] # noqa: ANN201 - what a test is about
    return number


def liar() -> int:
    return "no number"  # type: ignore[return-value] # what a test is about


def refuse(words: str) -> int:
    raise ValueError(words)


def stumble() -> int:
    raise KeyError("page")


def worker_id(number: int = 0) -> int:
    return os.getpid()


def spin(started: str = "") -> int:
    """Compute without end, after telling the process id through a pipe that waits for it."""
    if started:
        Path(started).write_text(f"{os.getpid()}\n", encoding="ascii")
    while True:
        pass


def wait_for_ever() -> int:
    signal.pause()
    return 0


def hoard() -> int:
    return len([bytearray(1 << 20) for _ in range(1 << 20)])


def hoard_and_abort() -> int:
    """Do what PDFium does when memory is refused to it."""
    hoarded = []
    with suppress(MemoryError):
        while True:
            hoarded.append(bytearray(1 << 20))
    os.abort()


def keep(size: int, kept: list[bytes] = []) -> int:  # noqa: B006 - what it keeps is the point
    kept.append(b"x" * size)
    return os.getpid()


def crash() -> int:
    ctypes.string_at(8)
    return 0


def leave() -> int:
    os._exit(7)


def hang_up() -> int:
    """Close the line to the parent and live on."""
    os.closerange(3, 64)
    return wait_for_ever()


def speak_garbage(content: bytes) -> int:
    """Answer over the function's head with bytes of its own, then live on."""
    socket.socket(fileno=3).sendall(content)
    return wait_for_ever()


def drip() -> int:
    """Answer for ever, a byte now and then."""
    line = socket.socket(fileno=3)
    line.sendall(b"V" + bytes(15) + b"\xff")
    while True:
        with suppress(OSError):
            line.send(b" ")
        time.sleep(0.01)


def shout(size: int, ending: str) -> int:
    """Write to the standard error as a C library does."""
    while size > 0:
        with suppress(BlockingIOError):
            os.write(2, b"noise \x1b[2J" * 100)
        size -= 1000
    raise ValueError(ending)


def mutter() -> int:
    os.write(2, b"\x1b[2J a library's last\nwords")
    os.abort()


def environment() -> dict[str, str]:
    return dict(os.environ)


def descriptors() -> list[str]:
    """What the open descriptors lead to."""
    found = []
    for number in range(64):
        with suppress(OSError):
            found.append(str(Path(f"/proc/self/fd/{number}").readlink()))
    return found


def standard_input() -> str:
    return sys.stdin.read()


def core_limit() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_CORE)


def connect(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def write(path: str) -> str:
    try:
        Path(path).write_bytes(b"something")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def processor_seconds() -> tuple[float, float]:
    """What was used before, and the limit."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, resource.getrlimit(resource.RLIMIT_CPU)[0]


def burn(seconds: float) -> int:
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        pass
    return os.getpid()
