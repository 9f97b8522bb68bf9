"""This package is an arXiv of our own: an HTTP server on loopback that speaks arXiv's API.

It really evaluates queries, over records that a test hands it, gives PDFs and OAI-PMH records,
and misbehaves on request. By hand: ``python -m tests.arxiv_server RECORDS``, which says what to
set.
"""

from tests.arxiv_server.records import Record
from tests.arxiv_server.server import Server, serve

__all__ = ["Record", "Server", "serve"]
