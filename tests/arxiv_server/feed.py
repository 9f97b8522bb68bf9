"""This module writes feeds, byte for byte in the shape of arXiv's answers of 2026."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from tests.arxiv_server.records import Record

_HEAD = """\
<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" \
xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
"""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOW = "2026-01-01T00:00:00Z"  # a server without a clock gives the same bytes twice
_DEFAULT_SIZE = 10


def results(records: Iterable[Record], asked: Mapping[str, str], *, total: int) -> bytes:
    """Return one page of results to what was ``asked``."""
    start, size = int(asked.get("start", 0)), int(asked.get("max_results", _DEFAULT_SIZE))
    search, ids = asked.get("search_query", ""), asked.get("id_list", "")
    if search and ":" not in search:
        search = f"all:{search}"
    title = f"search_query={search}&id_list={ids}&start={start}&max_results={size}"
    address = f"search_query={search}&start={start}&max_results={size}&id_list={ids}"
    digest = base64.b64encode(hashlib.sha1(title.encode()).digest()).decode().rstrip("=")
    lines = [
        f"  <id>https://arxiv.org/api/{digest}</id>",
        f"  <title>arXiv Query: {escape(title)}</title>",
        f"  <updated>{_NOW}</updated>",
        f"  <link href={_quoted(f'https://arxiv.org/api/query?{address}')}"
        ' type="application/atom+xml"/>',
        *_counts(size, total, start),
        *(line for record in records for line in _entry(record)),
    ]
    return _document(lines)


def refusal(message: str) -> bytes:
    """Return the feed whose only entry says what is wrong with the request."""
    address = f"https://arxiv.org/api/errors#{re.sub(r'[^A-Za-z0-9.-]+', '_', message)}"
    lines = [
        "  <id>https://arxiv.org/</id>",
        "  <title>arXiv Search Results</title>",
        f"  <updated>{_NOW}</updated>",
        *_counts(1, 1, 0),
        "  <entry>",
        f"    <id>{escape(address)}</id>",
        "    <title>Error</title>",
        f"    <updated>{_NOW}</updated>",
        f'    <link href={_quoted(address)} rel="alternate" type="text/html"/>',
        f"    <summary>{_text(message)}</summary>",
        "    <author>",
        "      <name>arXiv api core</name>",
        "    </author>",
        "  </entry>",
    ]
    return _document(lines)


def _document(lines: Iterable[str]) -> bytes:
    return (_HEAD + "\n".join(lines) + "\n</feed>\n").encode()


def _counts(size: int, total: int, start: int) -> tuple[str, ...]:
    return (
        f"  <opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>",
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>",
        f"  <opensearch:startIndex>{start}</opensearch:startIndex>",
    )


def _entry(record: Record) -> Iterator[str]:
    name = f"{record.id}v{record.version}"
    yield "  <entry>"
    yield f"    <id>http://arxiv.org/abs/{name}</id>"
    yield f"    <title>{_text(record.title)}</title>"
    yield f"    <updated>{_moment(record.updated)}</updated>"
    yield f'    <link href="https://arxiv.org/abs/{name}" rel="alternate" type="text/html"/>'
    yield (
        f'    <link href="https://arxiv.org/pdf/{name}" rel="related" type="application/pdf"'
        ' title="pdf"/>'
    )
    yield f"    <summary>{_text(record.abstract)}</summary>"
    for category in record.categories:
        yield (f'    <category term={_quoted(category)} scheme="http://arxiv.org/schemas/atom"/>')
    yield f"    <published>{_moment(record.published)}</published>"
    yield from _optional("comment", record.comment)
    yield f"    <arxiv:primary_category term={_quoted(record.categories[0])}/>"
    yield from _optional("journal_ref", record.journal_ref)
    for author, affiliations in record.authors:
        yield "    <author>"
        yield f"      <name>{_text(author)}</name>"
        for affiliation in affiliations:
            yield f"      <arxiv:affiliation>{_text(affiliation)}</arxiv:affiliation>"
        yield "    </author>"
    yield from _optional("doi", record.doi)
    if record.doi:
        address = _quoted(f"https://doi.org/{record.doi}")
        yield f'    <link rel="related" href={address} title="doi"/>'
    yield "  </entry>"


def _optional(name: str, text: str) -> Iterator[str]:
    if text:
        yield f"    <arxiv:{name}>{_text(text)}</arxiv:{name}>"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text), {'"': "&quot;"})
