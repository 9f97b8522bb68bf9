"""This module words what can go wrong with a request, and marks what is worth another try."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from digestgen.errors import RemoteError, TooLargeError
from digestgen.net.bodies import BrokenError, OversizedError, UnwantedError
from digestgen.net.deadline import Deadline

NO_NETWORK = "try again later, or try digestgen without network: --source sample"

_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (httpx.ConnectTimeout, "no connection in time"),
    (httpx.TimeoutException, "no answer in time"),
    (httpx.ProxyError, "no connection through the proxy"),
    (httpx.ConnectError, "no connection"),
    (Exception, "the answer broke off"),
)


class PassingError(RemoteError):
    """A failure worth another try, ``after`` seconds at the earliest when the server said so.

    One that is ``late`` used up the whole time of a request, and is worth one try only.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str,
        status: int | None = None,
        body: bytes = b"",
        after: float = 0.0,
        late: bool = False,
    ) -> None:
        super().__init__(message, hint=hint, status=status, body=body)
        self.after = after
        self.late = late


@contextmanager
def translated(host: str, deadline: Deadline, status: int | None = None) -> Iterator[None]:
    """Turn what httpx and `bodies` raise into errors that name the host."""
    try:
        yield
    except UnwantedError as error:
        kind = TooLargeError if isinstance(error, OversizedError) else RemoteError
        raise kind(
            f"{host}: {error}", hint="look at the address in the settings", status=status
        ) from error
    except (httpx.HTTPError, BrokenError) as error:
        late = f"not done within {deadline.seconds:g} s"
        what = late if deadline.passed else _what(error)
        raise PassingError(
            f"{host}: {what}", hint=NO_NETWORK, status=status, late=deadline.passed
        ) from error


def one_line(error: Exception) -> str:
    """Return what a library says of its error, as one line."""
    return " ".join(str(error).split()) or type(error).__name__


def _what(error: Exception) -> str:
    words = next(words for kind, words in _WORDS if isinstance(error, kind))
    return f"{words}: {one_line(error)}"
