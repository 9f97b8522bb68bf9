"""This module looks at everything that goes into a site; it parses only posts that changed."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from digestgen import content
from digestgen.site import statics
from digestgen.site.shop import Shop
from digestgen.values import Value

if TYPE_CHECKING:
    from digestgen.site.records import PostRecord


class Stock(Value, frozen=True, kw_only=True):
    """What goes into a site.

    ``maker`` is the hash of what all pages are made with, ``everything`` that of all that goes
    in. ``digests`` has each post's by path; ``parsed`` what the site keeps of those that changed,
    None when nothing tells their day; ``beside`` the hash of the files next to each post, by
    names, sizes and times; ``stamps`` what tells whether a post was written to since then.
    """

    maker: bytes
    everything: bytes
    digests: Mapping[str, str]
    parsed: Mapping[str, "PostRecord | None"]
    beside: Mapping[str, bytes]
    stamps: Mapping[str, content.Stamp]


def take_stock(shop: Shop, *, known: Mapping[str, str], program: bytes) -> Stock:
    """Return what there is; ``known`` has the digests of posts that need not be parsed.

    Raises:
        ContentError: a post cannot be read.
    """
    made_with = (program, shop.settings, shop.templates.digest("site", copied="site/static"))
    maker = hashlib.sha256(repr(made_with).encode()).digest()
    everything = hashlib.sha256(maker)
    for unit in statics.units(shop.templates):
        everything.update(repr((unit.paths, unit.made_of)).encode())
    digests: dict[str, str] = {}
    parsed: dict[str, PostRecord | None] = {}
    beside: dict[str, bytes] = {}
    stamps: dict[str, content.Stamp] = {}
    for post in content.scan(shop.content):
        digests[post.path] = post.digest
        stamps[post.path] = post.stamp
        beside[post.path] = hashlib.sha256(repr(post.beside).encode()).digest()
        everything.update(f"{post.path}\0{post.digest}\0".encode() + beside[post.path])
        if known.get(post.path) != post.digest:
            parsed[post.path] = _parse(post, shop)
    return Stock(
        maker=maker,
        everything=everything.digest(),
        digests=digests,
        parsed=parsed,
        beside=beside,
        stamps=stamps,
    )


def _parse(post: content.ScannedPost, shop: Shop) -> "PostRecord | None":
    from digestgen.site.records import record_of  # brings a Markdown parser along

    front = content.front_of(post, shop.content)
    return record_of(
        front, digest=post.digest, read_body=lambda: content.body_of(post, shop.content)
    )
