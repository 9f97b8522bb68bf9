"""This module takes from a worker, from inside, what it does not need to read a file.

Linux: no network (where an unprivileged process may have that), death with the parent, no core
dump, no file written, memory and processor time bounded. Elsewhere only what POSIX has: no bound
on memory, and the network stays reachable. It does not hide the user's files from a worker.
"""

import ctypes
import math
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from digestgen.cage.limits import Limits
from digestgen.cage.wire import LINE

# From Linux's sched.h and prctl.h.
_NEW_USERS = 0x10000000
_NEW_NETWORK = 0x40000000
_DEATH_SIGNAL = 1
_DUMPABLE = 4
_NO_NEW_PRIVILEGES = 38

_OPEN_FILES = 64  # importing and reading need about ten at a time
_STATUS = Path("/proc/self/statm")  # in pages: all address space, then what is resident


def confine(parent: int) -> None:
    """Give up for good what no task needs; end at once when ``parent`` is gone already."""
    for name in os.listdir("/dev/fd"):  # noqa: PTH208 - descriptors, no files
        if int(name) > LINE:
            with suppress(OSError):  # the one that lists them is closed by now
                os.close(int(name))
    for kind, amount in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        resource.setrlimit(kind, (amount, amount))
    if sys.platform == "linux":
        _isolate()
    if os.getppid() != parent:
        os._exit(0)


def allow(limits: Limits) -> None:
    """Let the worker use from now on what one task may; what it used before does not count."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = used.ru_utime + used.ru_stime + limits.processor_seconds
    _set_soft(resource.RLIMIT_CPU, math.ceil(seconds))
    if _STATUS.exists():
        _set_soft(resource.RLIMIT_AS, _pages(0) + limits.memory)


def resident() -> int:
    """Return the bytes of memory that the worker holds, or where nobody says, 0."""
    return _pages(1) if _STATUS.exists() else 0


def _isolate() -> None:
    libc = ctypes.CDLL(None)
    # Alone first: it keeps root's rights to read modules. Others need a namespace of users.
    if libc.unshare(_NEW_NETWORK) != 0:
        libc.unshare(_NEW_USERS | _NEW_NETWORK)
    for option, value in ((_DUMPABLE, 0), (_NO_NEW_PRIVILEGES, 1)):
        libc.prctl(option, *map(ctypes.c_ulong, (value, 0, 0, 0)))
    # Last, because a change of rights resets it.
    libc.prctl(_DEATH_SIGNAL, *map(ctypes.c_ulong, (signal.SIGKILL, 0, 0, 0)))


def _set_soft(kind: int, amount: int) -> None:
    _, hard = resource.getrlimit(kind)
    soft = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(kind, (soft, hard))


def _pages(column: int) -> int:
    return int(_STATUS.read_text().split()[column]) * resource.getpagesize()
