"""This module lists what a server can do wrong: each fault turns a proper answer into a bad one.

Some spoil what is said, some how it is sent.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.arxiv_server import feed

FOREVER = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes over the wire, and how.

    ``wait`` seconds pass before the first byte and ``pause`` after each one; after ``sent``
    bytes of the body the connection ends, though the headers promise all of them.
    """

    body: bytes
    status: int = 200
    content_type: str = "application/atom+xml; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    pause: float = 0.0
    sent: int | None = None
    hung_up: bool = False


Fault = Callable[[Answer], Answer]


def none(answer: Answer) -> Answer:
    """Let this request pass."""
    return answer


def status(code: int, *, retry_after: str = "") -> Fault:
    """Answer with a status and a short page, as a proxy does."""
    headers = (("Retry-After", retry_after),) if retry_after else ()
    return lambda _: Answer(
        body=f"{code}\n".encode(), status=code, content_type="text/plain", headers=headers
    )


def page(body: bytes, *, content_type: str = "text/html; charset=utf-8", code: int = 200) -> Fault:
    """Say something else than was asked for, with status 200 as a rule."""
    return lambda _: Answer(body=body, content_type=content_type, status=code)


def redirected(location: str) -> Fault:
    """Send the client elsewhere."""
    return lambda _: Answer(body=b"", status=302, headers=(("Location", location),))


def refused(message: str, *, code: int = 200) -> Fault:
    """Answer with arXiv's own error entry."""
    return lambda _: Answer(body=feed.refusal(message), status=code)


def empty(total: int) -> Fault:
    """Promise ``total`` papers and give none, as arXiv sometimes does."""
    return lambda _: Answer(body=feed.results((), {}, total=total))


def cut_off(answer: Answer) -> Answer:
    """End the feed in its middle, with headers that know of nothing else."""
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def truncated(answer: Answer) -> Answer:
    """Close the connection in the middle of the body."""
    return replace(answer, sent=len(answer.body) // 2)


def stalled(answer: Answer) -> Answer:
    """Take the request and say nothing."""
    return replace(answer, wait=FOREVER)


def dripping(answer: Answer) -> Answer:
    """Send a byte now and then, so that no single read is slow."""
    return replace(answer, pause=0.05)


def hung_up(answer: Answer) -> Answer:
    """Close the connection without a word."""
    return replace(answer, hung_up=True)


def typed(content_type: str) -> Fault:
    """Give the proper body a wrong name."""
    return lambda answer: replace(answer, content_type=content_type)
