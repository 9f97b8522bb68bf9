"""This package is an arXiv of our own: an HTTP server on loopback that speaks arXiv's API.

It really evaluates queries, over records that a test hands it, and misbehaves on request.
By hand: ``python -m tests.arxiv_server RECORDS`` and set ``DIGESTGEN_ARXIV_API_URL``.
"""

from tests.arxiv_server.records import Record
from tests.arxiv_server.server import Server, serve

__all__ = ["Record", "Server", "serve"]
