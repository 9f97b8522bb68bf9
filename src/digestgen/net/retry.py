"""This module knows which answers may pass, and how long to wait before the next try."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from math import ceil

# 529 is how Anthropic says that it is overloaded.
PASSING_STATUSES = frozenset({408, 429, 500, 502, 503, 504, 529})

_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 30.0
_A_YEAR = 365 * 24 * 3600.0


def backoff(tries: int, jitter: float) -> float:
    """Return the pause after ``tries`` failures: exponential, with full jitter."""
    return jitter * min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (tries - 1))


def retry_after(value: str, now: float) -> float:
    """Return the seconds that a Retry-After header asks for, in its seconds or its date form.

    A header that is neither asks for nothing; nobody waits longer than a year.
    """
    if value.isascii() and value.isdigit():
        return min(_A_YEAR, float(value))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(_A_YEAR, max(0.0, moment.timestamp() - now))


def try_again(seconds: float) -> str:
    """Return the hint for a server that wants to be left alone."""
    return f"try again in {ceil(seconds / 60)} min"
