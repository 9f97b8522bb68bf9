"""This module ends what threads ask for: at first nothing more begins, then nothing goes on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from digestgen.errors import StoppedError


class Stop:
    """The wish that a run end, heard by any number of threads."""

    def __init__(self) -> None:
        self._is_wished = threading.Event()
        self._guard = threading.Lock()
        self._under_way: list[Callable[[], None]] = []

    def ask_no_more(self) -> int:
        """Let no request begin and no sleep go on.

        Who wishes it first is told how many requests are under way; the others get 0.
        """
        with self._guard:
            count = 0 if self._is_wished.is_set() else len(self._under_way)
            self._is_wished.set()
            return count

    def cut(self) -> None:
        """End the requests that are under way as well."""
        self.ask_no_more()
        with self._guard:
            for end in self._under_way:
                end()

    def check(self) -> None:
        """Go on, unless the run is to end.

        Raises:
            StoppedError: it is.
        """
        if self._is_wished.is_set():
            raise StoppedError

    def sleep(self, seconds: float) -> None:
        """Sleep; raises as `check`, as soon as the run is to end."""
        self._is_wished.wait(seconds)
        self.check()

    @contextmanager
    def request(self, end: Callable[[], None]) -> Iterator[None]:
        """Count the block as a request, which ``end`` ends from another thread.

        Raises:
            StoppedError: the run is to end, so it must not begin.
        """
        with self._guard:
            self.check()
            self._under_way.append(end)
        try:
            yield
        finally:
            with self._guard:
                self._under_way.remove(end)
