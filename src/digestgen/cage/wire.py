"""This module says how a worker and its parent speak: frames over a socket pair.

What the parent sends is pickled. What a worker answers is JSON, read against the type that the
function promises: a file that took the worker over can lie, but cannot run code out here.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any  # a task is any function over any values

from digestgen.cage.limits import Limits

LINE = 3  # the worker's descriptor of its end, beside the three standard ones

REQUEST = struct.Struct("!Q")  # size of the pickled task that follows
ANSWER = struct.Struct("!cQQ")  # kind, memory that the worker now holds, size of what follows

VALUE = b"V"  # the result, as JSON
REFUSAL = b"R"  # the words of a ValueError: what the function finds wrong with the file
FAILURE = b"F"  # the words of any other exception
MEMORY = b"M"  # nothing: there was no memory left


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A function of a module's top level, and what it is to be called with."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    limits: Limits
