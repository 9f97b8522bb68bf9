"""This module cuts a connection when its time is over, however lively it looks.

The timeouts of httpx bound each read, so a server that sends a byte a second, in headers or
body, is never late for them. A timer that shuts the socket down ends every read, whatever
library code is in it.
"""

import socket
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Self

import httpx


class Deadline:
    """The time of one request on its own connection, running while the block is entered."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.passed = False
        self._guard = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self.expire)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def expire(self) -> None:
        """Let the time be over now."""
        with self._guard:
            self.passed = True
            self._cut_if_passed()

    def watch(
        self,
        event: str,
        details: Mapping[str, Any],  # httpcore's trace extension promises no more
    ) -> None:
        """Learn the socket of the request; httpx calls this for its ``trace`` extension."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._guard:
                self._socket = details["return_value"].get_extra_info("socket")
                self._cut_if_passed()

    def bounded(self, raw: Iterable[bytes]) -> Iterator[bytes]:
        """Yield what comes in time.

        Raises:
            httpx.ReadTimeout: the time was over before the end. To a body that ends with its
                connection the cut alone would look like its proper end.
        """
        yield from raw
        if self.passed:
            raise httpx.ReadTimeout("the time was over before the end")

    def _cut_if_passed(self) -> None:
        if self.passed and self._socket is not None:
            # SSLSocket.shutdown would take its TLS state from under the thread that reads.
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
