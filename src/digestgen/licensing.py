"""This module knows the licences of papers: what they are called, and what they allow.

A licence is an address. Nothing is guessed: one that is not known here allows nothing.
"""

import re
from typing import Literal

Condition = Literal["nc", "nd"]
"""What a reader may accept beside attribution: no commercial use, no derivatives."""

_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/licenses/"
    r"(?P<terms>by(?:-(?:nc|nd|sa)){0,2})/(?P<version>[1-9]\.[0-9])(?:/[a-z]{2,3})?/?",
    re.IGNORECASE,
)
_PUBLIC_DOMAIN = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/"
    r"(?:publicdomain/zero/(?P<version>[1-9]\.[0-9])|licenses/publicdomain)/?",
    re.IGNORECASE,
)
_ARXIV = re.compile(r"https?://(?:www\.)?arxiv\.org/licenses/[\w./-]+", re.IGNORECASE)
_ALWAYS_FINE = frozenset({"by", "sa"})


def licence_name(address: str) -> str:
    """Return what people call a licence, as "CC BY-SA 4.0"; "" when it is not known."""
    if cc := _CREATIVE_COMMONS.fullmatch(address):
        return f"CC {cc['terms'].upper()} {cc['version']}"
    if free := _PUBLIC_DOMAIN.fullmatch(address):
        return f"CC0 {free['version']}" if free["version"] else "public domain"
    return "arXiv licence" if _ARXIV.fullmatch(address) else ""


def allows_pictures(address: str, *, accepted: tuple[Condition, ...] = ()) -> bool:
    """Tell whether a licence lets anybody show a paper's pictures, with attribution.

    CC BY, CC BY-SA, CC0 and the public domain do; others of Creative Commons do when all their
    conditions are ``accepted``. arXiv's own licences are to arXiv only.
    """
    if cc := _CREATIVE_COMMONS.fullmatch(address):
        return set(cc["terms"].lower().split("-")) <= _ALWAYS_FINE | set(accepted)
    return _PUBLIC_DOMAIN.fullmatch(address) is not None
