"""This module holds the times that net keeps to, and the clocks it reads them from."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from digestgen.net.stopping import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What may be posted to a server: requests at once, requests and weight in a minute.

    0 is no limit. ``plain`` lets it be asked without encryption, on the local network.
    """

    at_once: int = 0
    requests: int = 0
    weight: int = 0
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how often to try, in seconds and in numbers.

    ``connect`` and ``read`` bound one step, ``total`` one request with its whole body, and
    ``overall`` everything that one call does: waiting for its turn, tries, pauses, redirects; but
    not what it waits for because of ``quotas``, which map a pace group (see `pace_group`) to what
    may be posted there. A server that asks for a pause longer than ``retry_after`` is not asked
    again. ``stop`` may end it all earlier.
    """

    connect: float = 10.0
    read: float = 30.0
    total: float = 120.0
    overall: float = 600.0
    retry_after: float = 300.0
    tries: int = 4
    redirects: int = 5
    quotas: Mapping[str, Quota] = field(default_factory=dict)
    stop: Stop = field(default_factory=Stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Where time and chance come from; tests bring their own.

    ``monotonic`` measures deadlines, ``wall`` is what processes share, ``jitter`` is in [0, 1).
    """

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep  # noqa: TID251  this is the injected sleep
    jitter: Callable[[], float] = secrets.SystemRandom().random
