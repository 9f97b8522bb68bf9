"""This module serves records over HTTP as arXiv does: the API, PDFs, and OAI-PMH records."""

import re
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

from tests.arxiv_server import feed, oai
from tests.arxiv_server.faults import Answer, Fault
from tests.arxiv_server.query import QueryError, matcher
from tests.arxiv_server.records import Record

PATH = "/api/query"
PDF_PATH = "/pdf/"
_MOST_ASKED, _MOST_SERVED, _DEFAULT_SIZE = 30_000, 2_000, 10
_ID = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came in; ``time`` is monotonic, header names are lower case."""

    time: float
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server: the address of its host, and what it was asked so far.

    ``asked`` is set with the first request.
    """

    host: str
    requests: list[Request] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """The address of the query API."""
        return f"{self.host}{PATH}"

    @property
    def pdf_url(self) -> str:
        """The address of a PDF, with {id} in it."""
        return f"{self.host}{PDF_PATH}{{id}}"

    @property
    def oai_url(self) -> str:
        """The address of OAI-PMH."""
        return f"{self.host}{oai.PATH}"

    @property
    def paths(self) -> list[str]:
        """The path of each request."""
        return [request.path for request in self.requests]

    @property
    def queries(self) -> list[str]:
        """The search query of each request."""
        return [request.query.get("search_query", "") for request in self.requests]

    def wait_for_request(self) -> None:
        """Wait until the first request has come in."""
        assert self.asked.wait(timeout=60)


@contextmanager
def serve(
    records: Iterable[Record],
    *,
    pdfs: Mapping[str, bytes] = MappingProxyType({}),
    faults: Sequence[Fault] = (),
    port: int = 0,
) -> Iterator[Server]:
    """Serve ``records`` on loopback while the block runs.

    ``pdfs`` maps an id, with or without version, to the file. The first fault spoils the answer
    to the first request, and so on; later ones are answered
    properly.
    """
    httpd = _Httpd(port, tuple(records), pdfs, tuple(faults))
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield httpd.server
    finally:
        httpd.stopping.set()
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def pdf(pdfs: Mapping[str, bytes], name: str) -> Answer:
    """Return the PDF of an id with or without version; one without is of every version."""
    named = _ID.fullmatch(name)
    content = pdfs.get(name, pdfs.get(named[1])) if named else None
    if content is None:
        page = f"<html><body>No document for '{escape(name)}'</body></html>\n".encode()
        return Answer(body=page, status=404, content_type="text/html; charset=utf-8")
    return Answer(body=content, content_type="application/pdf")


def respond(records: Sequence[Record], asked: Mapping[str, str]) -> Answer:
    """Return the proper answer to the parameters of a request."""
    try:
        start = _count(asked, "start", 0)
        size = min(_count(asked, "max_results", _DEFAULT_SIZE), _MOST_SERVED)
        found = _found(records, asked)
    except ValueError as error:
        return Answer(body=feed.refusal(str(error)), status=400)
    return Answer(body=feed.results(found[start : start + size], asked, total=len(found)))


def _count(asked: Mapping[str, str], name: str, default: int) -> int:
    text = asked.get(name, str(default))
    if not re.fullmatch(r"-?\d+", text):
        raise ValueError(f"{name} must be an integer")
    if int(text) < 0:
        raise ValueError(f"{name} must be non-negative")
    if int(text) > _MOST_ASKED and name == "max_results":
        raise ValueError(f"{name} must be at most {_MOST_ASKED}")
    return int(text)


def _found(records: Sequence[Record], asked: Mapping[str, str]) -> list[Record]:
    ids = [id_ for id_ in asked.get("id_list", "").split(",") if id_]
    query = asked.get("search_query", "")
    if not ids and not query:
        raise QueryError("the query is empty")
    found = list(records)
    if ids:
        wanted = {_bare(id_) for id_ in ids}
        found = [record for record in found if record.id in wanted]
    if query:
        matches = matcher(query)
        found = [record for record in found if matches(record)]
    return _sorted(found, asked)


def _bare(id_: str) -> str:
    named = _ID.fullmatch(id_)
    if named is None:
        raise ValueError(f"incorrect id format for {id_}")
    return named[1]


def _sorted(found: list[Record], asked: Mapping[str, str]) -> list[Record]:
    newest_first = asked.get("sortOrder", "descending") == "descending"
    match asked.get("sortBy", "relevance"):
        case "submittedDate":
            found.sort(key=lambda record: record.published, reverse=newest_first)
        case "lastUpdatedDate":
            found.sort(key=lambda record: record.updated, reverse=newest_first)
        case "relevance":
            pass  # any order will do, the given one is
        case unknown:
            raise ValueError(f"sortBy must not be {unknown}")
    return found


class _Httpd(ThreadingHTTPServer):
    """The server behind `serve`; ``stopping`` ends every wait at once."""

    daemon_threads = False  # so that closing waits for the threads, and leaves no socket open

    def __init__(
        self,
        port: int,
        records: tuple[Record, ...],
        pdfs: Mapping[str, bytes],
        faults: tuple[Fault, ...],
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.records = records
        self.pdfs = pdfs
        self.faults = faults
        self.stopping = threading.Event()
        self.guard = threading.Lock()
        self.server = Server(host=f"http://127.0.0.1:{self.server_port}")

    def log(self, request: Request) -> int:
        """Keep the request, and return how many came before it."""
        with self.guard:
            self.server.requests.append(request)
            self.server.asked.set()
            return len(self.server.requests) - 1

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away; that is what some tests make them do."""


class _Handler(BaseHTTPRequestHandler):
    """One request, one answer, one connection."""

    server: _Httpd
    timeout = 10
    server_version, sys_version = "arxiv-server", ""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = dict(parse_qsl(url.query, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        count = self.server.log(
            Request(time=time.monotonic(), path=url.path, query=asked, headers=headers)
        )
        answer = self._proper(url.path, asked, headers)
        if count < len(self.server.faults):
            answer = self.server.faults[count](answer)
        with suppress(ConnectionError):
            self._send(answer)

    def _proper(self, path: str, asked: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        if "accept" not in headers:
            return Answer(status=406, body=b"Not Acceptable\n", content_type="text/plain")
        if path.startswith(PDF_PATH):
            return pdf(self.server.pdfs, unquote(path.removeprefix(PDF_PATH)))
        if path == oai.PATH:
            body = oai.respond(self.server.records, asked)
            return Answer(body=body, content_type="text/xml")
        if path == PATH:
            return respond(self.server.records, asked)
        return Answer(status=404, body=b"Not Found\n", content_type="text/plain")

    def _send(self, answer: Answer) -> None:
        if self.server.stopping.wait(answer.wait) or answer.hung_up:
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        body = answer.body[: answer.sent]
        if not answer.pause:
            self.wfile.write(body)
            return
        for place in range(len(body)):
            self.wfile.write(body[place : place + 1])
            if self.server.stopping.wait(answer.pause):
                return

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as there
        """Stay silent; `Server.requests` is the log."""
