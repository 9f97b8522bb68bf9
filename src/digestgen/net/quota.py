"""This module keeps to what a server lets us post: so much at once, so much in a minute."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from digestgen.errors import RemoteError
from digestgen.net.failures import PassingError
from digestgen.net.retry import try_again
from digestgen.net.timing import Clock, Quota

_MINUTE = 60.0
_LOOK = 0.2  # seconds between two looks at whether a wait for a place is to end


class Gate:
    """Who may post now, over all threads of this process.

    ``progress`` is told of waits. What ``check`` raises ends the wait for a place, as what the
    clock's ``sleep`` raises ends the others.
    """

    def __init__(
        self,
        quota: Quota,
        clock: Clock,
        *,
        progress: Callable[[str], None] = lambda _: None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._quota = quota
        self._clock = clock
        self._progress = progress
        self._check = check
        self._places = threading.Semaphore(quota.at_once) if quota.at_once else None
        self._guard = threading.Lock()
        self._passed: deque[tuple[float, int]] = deque()
        self._closed_until = 0.0

    @contextmanager
    def turn(self, weight: int, *, until: float) -> Iterator[float]:
        """Wait for a place and for room in the minute, and hold the place while the block runs.

        The block gets ``until``, a monotonic time, later by what these limits of our own took: the
        server is not to blame for that. A PassingError that leaves the block says how long the
        server wants to be left alone; all threads then wait that long, and that does count.

        Raises:
            RemoteError: the server wants to be left alone beyond ``until``.
        """
        began = self._clock.monotonic()
        with self._place():
            until += self._clock.monotonic() - began
            until = self._let_in(weight, until)
            try:
                yield until
            except PassingError as error:
                with self._guard:
                    wanted = self._clock.monotonic() + error.after
                    self._closed_until = max(self._closed_until, wanted)
                raise

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Hold a place; nobody holds one longer than a request and the waits before it take."""
        if self._places is None:
            yield
            return
        while not self._places.acquire(timeout=_LOOK):
            self._check()
        try:
            yield
        finally:
            self._places.release()

    def _let_in(self, weight: int, until: float) -> float:
        """Wait until the server and the minute allow a request; return the new ``until``."""
        while True:
            self._leave_alone(until)
            pause = self._enter(weight)
            if not pause:
                return until
            if pause > 1:
                self._progress(f"the limits a minute leave room in {pause:.0f} s")
            self._clock.sleep(pause)
            until += pause

    def _leave_alone(self, until: float) -> None:
        """Sleep as long as the server asked for."""
        while (pause := self._closed_until - self._clock.monotonic()) > 0:
            if pause > until - self._clock.monotonic():
                raise RemoteError(
                    f"the server wants to be left alone for another {pause:.0f} s",
                    hint=try_again(pause),
                )
            if pause > 1:
                self._progress(f"the server wants to be left alone for {pause:.0f} s")
            self._clock.sleep(pause)

    def _enter(self, weight: int) -> float:
        """Return the seconds until there is room; 0 when the request has been counted."""
        limit = self._quota.weight
        # One request that is heavier than a minute's worth would otherwise wait forever.
        weight = min(weight, limit) if limit else weight
        with self._guard:
            now = self._clock.monotonic()
            while self._passed and self._passed[0][0] <= now - _MINUTE:
                self._passed.popleft()
            pause = self._pause(weight, now)
            if not pause:
                self._passed.append((now, weight))
            return pause

    def _pause(self, weight: int, now: float) -> float:
        """Return how long it takes until enough of the last minute's requests are over."""
        count, total, pause = len(self._passed), sum(each for _, each in self._passed), 0.0
        for moment, each in self._passed:
            if not self._is_full(count, total + weight):
                break
            count, total, pause = count - 1, total - each, moment + _MINUTE - now
        return pause

    def _is_full(self, count: int, weight: int) -> bool:
        is_many = bool(self._quota.requests) and count >= self._quota.requests
        return is_many or (bool(self._quota.weight) and weight > self._quota.weight)
