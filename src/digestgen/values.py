"""This module defines what values are made of that a site makes by the hundred for each page.

A ``Value`` of msgspec, and its class, is made many times as fast as a frozen dataclass; every class
says ``frozen=True``.
"""

from msgspec import Struct as Value
from msgspec.structs import astuple, replace

__all__ = ["Value", "astuple", "replace"]
