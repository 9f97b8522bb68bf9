"""This package keeps ``content/``: posts, their front matter, and the ledger in it."""

from digestgen.content.ledger import Ledger, is_unedited, ledger_of
from digestgen.content.posts import (
    POSTS,
    Place,
    PostFiles,
    find_place,
    post_files,
    published,
    read_asset,
    read_document,
    read_documents,
    write_post,
)
from digestgen.content.scanning import (
    ScannedPost,
    Stamp,
    body_of,
    front_of,
    read_beside,
    read_body,
    scan,
)

__all__ = [
    "POSTS",
    "Ledger",
    "Place",
    "PostFiles",
    "ScannedPost",
    "Stamp",
    "body_of",
    "find_place",
    "front_of",
    "is_unedited",
    "ledger_of",
    "post_files",
    "published",
    "read_asset",
    "read_beside",
    "read_body",
    "read_document",
    "read_documents",
    "scan",
    "write_post",
]
