"""This module says how much of a PDF is read before the rest is left alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what one document may cost.

    A document with more ``pages`` is refused; what goes beyond ``letters``, ``objects`` or
    ``drawings`` of one page is not looked at.
    """

    pages: int = 400
    letters: int = 40_000
    objects: int = 20_000
    drawings: int = 2_000
