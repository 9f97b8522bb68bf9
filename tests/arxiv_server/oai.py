"""This module writes answers of OAI-PMH, in the shape of arXiv's, for ``GetRecord`` alone."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from tests.arxiv_server.records import Record

PATH = "/oai"
_PREFIX = "oai:arXiv.org:"
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2026-01-01T00:00:00Z</responseDate>
"""


def respond(records: Iterable[Record], asked: Mapping[str, str]) -> bytes:
    """Return the record that was ``asked`` for, or why there is none."""
    if asked.get("verb") != "GetRecord":
        return error("badVerb", "Illegal OAI verb")
    if asked.get("metadataPrefix") != "arXiv":
        return error("cannotDisseminateFormat", "Metadata format is not available")
    wanted = asked.get("identifier", "")
    for record in records:
        if wanted == _PREFIX + record.id:
            return _document(_answer(record, asked))
    return error("idDoesNotExist", f"{wanted} is unknown")


def error(code: str, words: str) -> bytes:
    """Return the answer that refuses a question."""
    return _document(f"<error code={quoteattr(code)}>{escape(words)}</error>")


def _answer(record: Record, asked: Mapping[str, str]) -> str:
    arguments = " ".join(f"{name}={quoteattr(value)}" for name, value in asked.items())
    authors = "".join(
        f"<author><keyname>{escape(name)}</keyname></author>" for name, _ in record.authors
    )
    licence = f"<license>{escape(record.licence)}</license>" if record.licence else ""
    return f"""\
<request {arguments}>https://oaipmh.arxiv.org/oai</request>
<GetRecord>
<record>
<header><identifier>{_PREFIX}{record.id}</identifier>\
<datestamp>{record.updated:%Y-%m-%d}</datestamp></header>
<metadata>
 <arXiv xmlns="http://arxiv.org/OAI/arXiv/">
 <id>{record.id}</id><created>{record.published:%Y-%m-%d}</created><authors>{authors}</authors>\
<title>{escape(record.title)}</title><categories>{" ".join(record.categories)}</categories>\
{licence}<abstract>{escape(record.abstract)}</abstract></arXiv>
</metadata>
</record>
</GetRecord>"""


def _document(inner: str) -> bytes:
    return f"{_HEAD}{inner}\n</OAI-PMH>\n".encode()
