"""This module is the inside of a caged process: it answers task after task until its line ends."""

import pickle
import socket
import sys
from io import BufferedReader

import msgspec

from digestgen.cage.confinement import allow, confine, resident
from digestgen.cage.wire import ANSWER, FAILURE, LINE, MEMORY, REFUSAL, REQUEST, VALUE, Task


def main() -> None:
    """Serve the parent, whose process id is the last word of the command line."""
    confine(int(sys.argv[-1]))
    with socket.socket(fileno=LINE) as line, line.makefile("rb") as stream:
        while request := _next(stream):
            kind, content = _answer(request)
            del request
            line.sendall(ANSWER.pack(kind, resident(), len(content)))
            line.sendall(content)
            del content


def _next(stream: BufferedReader) -> bytes:
    """Return the next pickled task, or nothing when the parent has hung up."""
    head = stream.read(REQUEST.size)
    if len(head) < REQUEST.size:
        return b""
    (size,) = REQUEST.unpack(head)
    return stream.read(size)


def _answer(request: bytes) -> tuple[bytes, bytes]:
    try:
        task: Task = pickle.loads(request)  # noqa: S301 - the parent's own bytes
        allow(task.limits)
        return VALUE, msgspec.json.encode(task.function(*task.args, **task.kwargs))
    except MemoryError:
        return MEMORY, b""
    except ValueError as error:
        return REFUSAL, _encoded(str(error))
    except Exception as error:  # noqa: BLE001 - the parent tells it in the worker's name
        return FAILURE, _encoded(f"{type(error).__name__}: {error}")


def _encoded(words: str) -> bytes:
    return words.encode(errors="replace")
