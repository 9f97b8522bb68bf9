"""This module tells work in proportion to its input from work that explodes.

Seconds say more of the machine than of the code, so only two runs of one process are compared.
"""

from collections.abc import Callable
from time import process_time

_SMALL, _LARGE = 5_000, 20_000
# Four times the input may take twelve times as long (quadratic takes sixteen), and a moment in
# which a busy machine does something else.
_FACTOR, _MOMENT = 12, 0.2


def is_in_proportion(
    work: Callable[[str], object], piece: str, *, small: int = _SMALL, large: int = _LARGE
) -> bool:
    """Return whether ``work`` on ``piece``, repeated, grows no faster than its input."""
    return _seconds(work, piece, large) < _FACTOR * _seconds(work, piece, small) + _MOMENT


def _seconds(work: Callable[[str], object], piece: str, size: int) -> float:
    text = (piece * size)[:size]
    began = process_time()
    work(text)
    return process_time() - began
