"""This module asks arXiv under which licence a paper stands, once a paper.

The API's feeds do not say it; the records of OAI-PMH do, in the format ``arXiv``.
"""

import re
from urllib.parse import urlencode

from lxml import etree

from digestgen.errors import RemoteError
from digestgen.model import Paper
from digestgen.ports import Http, Memo
from digestgen.text import squeeze

_KIND = "licence"
_MAX_RECORD_BYTES = 1024 * 1024
_ROOT = "{http://www.openarchives.org/OAI/2.0/}OAI-PMH"
_NO_RECORD = "idDoesNotExist"
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\]{1,200}")


class Licences:
    """The licences in the records at ``oai_url``, remembered in ``memo`` by paper and version."""

    def __init__(self, http: Http, memo: Memo, *, oai_url: str) -> None:
        self._http = http
        self._memo = memo
        self._oai_url = oai_url

    def find(self, paper: Paper) -> str:
        """See `ports.LicenceSource`.

        A paper without a record is asked for again next time: records come a night later.
        """
        key = f"{paper.id}v{paper.version}"
        known = self._memo.get(_KIND, key)
        if known is None:
            known = self._ask(paper.id)
            if known is None:
                return ""
            self._memo.put(_KIND, key, known)
        return known

    def _ask(self, paper_id: str) -> str | None:
        arguments = {
            "verb": "GetRecord",
            "identifier": f"oai:arXiv.org:{paper_id}",
            "metadataPrefix": "arXiv",
        }
        try:
            body = self._http.get(
                f"{self._oai_url}{'&' if '?' in self._oai_url else '?'}{urlencode(arguments)}",
                accept="text/xml",
                max_bytes=_MAX_RECORD_BYTES,
                retry_if=_why_retry,
            )
        except RemoteError as error:
            if _why_retry(error.body):
                raise
            body = error.body  # a proper refusal, under a status that says so as well
        return licence_in(body, paper_id)


def licence_in(answer: bytes, paper_id: str) -> str | None:
    """Return the licence that the paper's record in ``answer`` names.

    "" when it names none, None when there is no such record.

    Raises:
        RemoteError: the server refuses the question.
        ValueError: this is no whole answer of OAI-PMH; the message says what it is.
    """
    root = _whole(answer)
    for refusal in root.iterfind("{*}error"):
        if refusal.get("code") != _NO_RECORD:
            words = squeeze(f"{refusal.get('code')} {refusal.text or ''}")[:200]
            raise RemoteError(
                f"arXiv's OAI-PMH refuses the question: {words}", hint="look at arxiv.oai_url"
            )
    for record in root.iterfind(".//{*}metadata/{*}arXiv"):
        if squeeze(record.findtext("{*}id", "")) == paper_id:
            address = squeeze(record.findtext("{*}license", ""))
            return address if _ADDRESS.fullmatch(address) else ""
    return None


def _why_retry(answer: bytes) -> str | None:
    """Say why this is no answer; see `ports.Http.get`."""
    try:
        _whole(answer)
    except ValueError as error:
        return str(error)
    return None


def _whole(answer: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(answer, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("an answer of OAI-PMH that is cut off, or none") from error
    if root.tag != _ROOT:
        raise ValueError("a page that is no answer of OAI-PMH")
    return root
