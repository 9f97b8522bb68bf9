"""This module looks at everything that goes into a site; it parses only posts that changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digestgen import content
from digestgen.site import statics
from digestgen.site.shop import Shop

if TYPE_CHECKING:
    from digestgen.site.records import PostRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What goes into a site.

    ``maker`` is the hash of what all pages are made with, ``everything`` that of all that goes
    in. ``digests`` has each post's by path; ``parsed`` what the site keeps of those that changed,
    None when nothing tells their day; ``beside`` the files next to each post.
    """

    maker: bytes
    everything: bytes
    digests: Mapping[str, str]
    parsed: Mapping[str, "PostRecord | None"]
    beside: Mapping[str, tuple[content.Beside, ...]]


def take_stock(shop: Shop, *, known: Mapping[str, str], program: bytes) -> Stock:
    """Return what there is; ``known`` has the digests of posts that need not be parsed.

    Raises:
        ContentError: a post cannot be read.
    """
    made_with = (program, shop.settings, shop.templates.digest("site"))
    maker = hashlib.sha256(repr(made_with).encode()).digest()
    everything = hashlib.sha256(maker)
    for unit in statics.units(shop.templates):
        everything.update(repr((unit.paths, unit.made_of)).encode())
    digests: dict[str, str] = {}
    parsed: dict[str, PostRecord | None] = {}
    beside: dict[str, tuple[content.Beside, ...]] = {}
    for post in content.scan(shop.content):
        everything.update(_mark(post))
        digests[post.path] = post.digest
        beside[post.path] = post.beside
        if known.get(post.path) != post.digest:
            parsed[post.path] = _parse(post, shop)
    return Stock(
        maker=maker,
        everything=everything.digest(),
        digests=digests,
        parsed=parsed,
        beside=beside,
    )


def _mark(post: content.ScannedPost) -> bytes:
    # By hand, because a dataclass takes ten times as long to say what it holds.
    pictures = [f"{found.name}\0{found.size}\0{found.modified}" for found in post.beside]
    return "\0".join([post.path, post.digest, *pictures, ""]).encode(errors="surrogateescape")


def _parse(post: content.ScannedPost, shop: Shop) -> "PostRecord | None":
    from digestgen.site.records import record_of  # brings a Markdown parser along

    return record_of(content.document_of(post, shop.content), digest=post.digest)
