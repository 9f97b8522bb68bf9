"""This module gives each request its turn, over all processes of this user on this machine.

A group of hosts that has an interval is asked by one request at a time, and left alone for the
interval between the end of one and the start of the next. A lock of the operating system, which
ends with its process, says whose turn it is; a stamp beside it, since when and how long to wait.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from digestgen.errors import RemoteError
from digestgen.files import make_private, output_errors
from digestgen.net.failures import PassingError
from digestgen.net.retry import try_again
from digestgen.net.timing import Clock

# A server that asks for more is asked again after this, lest one bad answer locks it out forever.
_LONGEST_HOLD = 3600.0


class Pace:
    """Whose turn it is. ``intervals`` maps a group of hosts to seconds; others do not wait."""

    def __init__(
        self,
        intervals: Mapping[str, float],
        folder: Path,
        clock: Clock,
        *,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._progress = progress
        self._intervals = intervals
        self._folder = folder
        self._clock = clock

    @contextmanager
    def turn(self, group: str, *, until: float) -> Iterator[None]:
        """Wait for the group's turn and hold it while the block runs.

        A PassingError that leaves the block says how long the server wants to be left alone;
        every process then waits that long.

        Raises:
            RemoteError: the turn does not come before the monotonic time ``until``.
            OutputError: the folder of locks cannot be used.
        """
        if group not in self._intervals:
            yield
            return
        while True:
            with self._locked(group, until):
                pause = self._pause(group)
                if pause <= 0:
                    with self._stamped(group):
                        yield
                    return
            # Waiting without the lock lets other processes have their chance at the next turn.
            self._sleep(group, pause, until)

    @contextmanager
    def _locked(self, group: str, until: float) -> Iterator[None]:
        path = self._path(group, "lock")
        with output_errors(path):
            make_private(self._folder)
            lock = FileLock(path)
            try:
                lock.acquire(timeout=max(0.0, until - self._clock.monotonic()))
            except Timeout as error:
                raise RemoteError(
                    f"{group}: other runs of digestgen kept it busy",
                    hint="wait for the other runs to end, or stop them",
                ) from error
        try:
            yield
        finally:
            lock.release()

    def _pause(self, group: str) -> float:
        """Return the seconds still to wait; a stamp that makes no sense counts as made now."""
        path, now = self._path(group, "stamp"), self._clock.wall()
        with output_errors(path):
            if not path.exists():
                return 0.0
            ended, hold = _parsed(path.read_text(encoding="ascii", errors="replace"))
        if not (ended <= now and 0 <= hold <= _LONGEST_HOLD):
            ended, hold = now, 0.0
            self._stamp(group, hold)
        return ended + max(hold, self._intervals[group]) - now

    @contextmanager
    def _stamped(self, group: str) -> Iterator[None]:
        # Stamped before as well: a process killed within its request would leave no trace of it.
        self._stamp(group, 0.0)
        hold = 0.0
        try:
            yield
        except PassingError as error:
            hold = min(error.after, _LONGEST_HOLD)
            raise
        finally:
            self._stamp(group, hold)

    def _stamp(self, group: str, hold: float) -> None:
        path = self._path(group, "stamp")
        with output_errors(path):
            path.write_text(f"{self._clock.wall()!r} {hold!r}\n", encoding="ascii")

    def _sleep(self, group: str, pause: float, until: float) -> None:
        if pause > until - self._clock.monotonic():
            raise RemoteError(
                f"{group}: asked to be left alone for another {pause:.0f} s",
                hint=try_again(pause),
            )
        self._progress(f"{group}: our turn comes in {pause:.0f} s")
        self._clock.sleep(pause)

    def _path(self, group: str, suffix: str) -> Path:
        return self._folder / f"{quote(group, safe=':')}.{suffix}"


def _parsed(stamp: str) -> tuple[float, float]:
    try:
        ended, hold = map(float, stamp.split())
    except ValueError:
        return math.nan, math.nan
    return ended, hold
