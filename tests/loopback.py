"""This module is a real server on this machine that plays a script, faults included."""

import re
import socket
import threading
import time
from collections.abc import Callable
from typing import Self

from digestgen.net import Clock

Answer = Callable[[socket.socket, threading.Event], None]


class Server:
    """Answers one request per connection, from a script whose last answer repeats."""

    def __init__(self, *script: Answer) -> None:
        self.requests: list[str] = []
        self.bodies: list[bytes] = []
        self.arrivals: list[float] = []
        self._script = script
        self._ending = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.split()[1] for request in self.requests]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        with socket.create_connection(("127.0.0.1", self.port)):
            self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                if self._ending.is_set():
                    return
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        self.arrivals.append(time.monotonic())
        request = b""
        while b"\r\n\r\n" not in request and (more := connection.recv(65536)):
            request += more
        head, _, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        while len(body) < (int(length[1]) if length else 0):
            body += connection.recv(65536)
        self.bodies.append(body)
        self.requests.append(head.decode("latin-1") + "\r\n\r\n")
        answer = self._script[min(len(self.requests), len(self._script)) - 1]
        try:
            answer(connection, self._ending)
        except OSError:
            return  # the client went away, as some tests want it to


def reply(status: int, body: bytes = b"", *headers: str) -> Answer:
    """A whole and proper answer."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}", *headers]
    return raw("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def raw(content: bytes) -> Answer:
    """Exactly these bytes, then the end of the connection."""
    return lambda connection, _: connection.sendall(content)


def stall(before: bytes = b"") -> Answer:
    """Silence after these bytes, for as long as the client bears it."""

    def answer(connection: socket.socket, _: threading.Event) -> None:
        connection.sendall(before)
        connection.recv(1)

    return answer


def drip(before: bytes) -> Answer:
    """A byte now and then after these bytes: never silent for long, never done."""

    def answer(connection: socket.socket, ending: threading.Event) -> None:
        connection.sendall(before)
        while not ending.wait(0.05):
            connection.sendall(b"x")

    return answer


class FakeTime:
    """Time that passes only when somebody sleeps."""

    def __init__(self, wall: float = 1_700_000_000.0) -> None:
        self.now = wall
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> Clock:
        """With the jitter at its middle."""
        return Clock(
            monotonic=lambda: self.now,
            wall=lambda: self.now,
            sleep=self.sleep,
            jitter=lambda: 0.5,
        )
