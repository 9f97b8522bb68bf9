"""This module tells work in proportion to its input from work that explodes.

Seconds say more of the machine than of the code, so only runs of one process are compared, the
collector of garbage waits (it walks what all earlier tests left behind), and a pair of runs that a
busy machine disturbed is run again: what explodes does so every time.
"""

import gc
from collections.abc import Callable
from time import process_time

_SMALL, _LARGE = 5_000, 20_000
# Four times the input may take twelve times as long (quadratic takes sixteen), and a moment in
# which a busy machine does something else.
_FACTOR, _MOMENT = 12, 0.05
_ATTEMPTS = 5
_SMALL_RUNS = 3  # the quickest counts: one that was disturbed would make everything look linear


def is_in_proportion(
    work: Callable[[str], object], piece: str, *, small: int = _SMALL, large: int = _LARGE
) -> bool:
    """Return whether ``work`` on ``piece``, repeated, grows no faster than its input."""
    # A little longer each time: what remembers its answers is not flattered.
    quickest = min(_seconds(work, piece, small + more) for more in range(_SMALL_RUNS))
    allowed = _FACTOR * quickest + _MOMENT
    return any(_seconds(work, piece, large + more) < allowed for more in range(_ATTEMPTS))


def _seconds(work: Callable[[str], object], piece: str, size: int) -> float:
    text = (piece * size)[:size]
    collecting = gc.isenabled()
    gc.disable()
    began = process_time()
    try:
        work(text)
        return process_time() - began
    finally:
        if collecting:
            gc.enable()
