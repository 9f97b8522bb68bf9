"""This module says what a caged task may use, and names the failure to keep within it."""

from dataclasses import dataclass

_KIB = 1024
_UNITS = ("bytes", "KB", "MB", "GB")

MIB = _KIB**2
GIB = _KIB**3


class CageError(Exception):
    """A caged task has no result; the message says why, to follow the name of what it read.

    ``noise`` is what the worker's libraries wrote to its standard error, the end of it.
    """

    def __init__(self, message: str, *, noise: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.noise = noise


class RefusalError(CageError):
    """The function itself found that it cannot do it, and its worker is as good as before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one task may use, and how long a worker lives.

    ``seconds`` is by the wall clock and counts the start of a worker; ``memory`` is in bytes
    beyond what the worker held before, as is ``processor_seconds``; ``result`` is the size of
    the result on its way, where three bytes of a picture take four. A worker is replaced after
    ``tasks`` tasks, or when it keeps more than ``kept`` bytes between two of them.
    """

    seconds: float = 60
    processor_seconds: float = 60
    memory: int = GIB
    result: int = 64 * MIB
    tasks: int = 50
    kept: int = 512 * MIB


def in_words(size: int) -> str:
    """Return a number of bytes as a person says it: "1 GB", "64 MB"."""
    amount = float(size)
    for unit in _UNITS:
        if amount < _KIB or unit == _UNITS[-1]:
            break
        amount /= _KIB
    return f"{amount:.3g} {unit}"
