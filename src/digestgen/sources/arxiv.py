"""This module asks arXiv's API for papers.

Queries, results and feeds are those of the ``arxiv`` package; requests go through `ports.Http`,
because the package's own client (4.0.2) has no timeout, repeats a refused query, and takes a
rate-limit page, a cut-off feed or an empty first page for "no papers". So no answer is believed
here before it was checked: it is a whole Atom feed, it is no refusal, and it is not empty where
papers are promised.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

import arxiv
from arxiv import _feed
from lxml import etree

from digestgen.addresses import links_in
from digestgen.errors import ConfigError, NothingFoundError, RemoteError
from digestgen.model import Author, Fetched, Link, LinkKind, Paper, Topic, Window
from digestgen.ports import Options, Source, Tools
from digestgen.sources.licences import Licences
from digestgen.text import squeeze, unseen

# arXiv serves up to 2,000 papers a request, and asks to take them in moderate slices.
_PAGE_SIZE = 1000
# An address of 100 ids stays under the 2,000 characters that any server and proxy takes.
_IDS_AT_ONCE = 100
_MAX_PAGE_BYTES = 64 * 1024 * 1024
_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES = {"atom": _ATOM, "opensearch": "http://a9.com/-/spec/opensearch/1.1/"}
_ID = re.compile(
    r"/abs/(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{7})"
    r"(?:v(?P<version>[1-9][0-9]{0,2}))?\Z"
)
# Feeds name ACM and MSC classes ("I.2.6", "68T05") among the categories.
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?")
_WANTED_CATEGORY = re.compile(rf"{_CATEGORY.pattern}|[a-z-]+\.?\*")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")


def create(options: Options, tools: Tools) -> Source:
    """Return the source that asks the servers whose addresses the options name."""
    return ArxivSource(
        tools,
        api_url=str(options["api_url"]),
        pdf_url=str(options["pdf_url"]),
        oai_url=str(options["oai_url"]),
    )


class ArxivSource:
    """Papers from arXiv's API at ``api_url``, see `ports.Source`.

    Their PDFs are at ``pdf_url``, where ``{id}`` stands for id and version, and their licences
    in the records of ``oai_url``; see `ports.PdfSource` and `ports.LicenceSource`.
    """

    def __init__(self, tools: Tools, *, api_url: str, pdf_url: str, oai_url: str) -> None:
        self._http = tools.http
        self._downloads = tools.downloads
        self._progress = tools.progress
        self._licences = Licences(tools.http, tools.memo, oai_url=oai_url)
        self._api_url = api_url
        self._pdf_url = pdf_url

    def fetch(self, topic: Topic, window: Window) -> Fetched:
        """See `ports.Source`.

        Raises:
            ConfigError: the topic asks for nothing.
        """
        query = _query(topic)
        found = self._newest(f"{query} AND {_dates(window)}", limit=topic.limit)
        if found.total == 0 and self._ask(query, start=0, size=1).total == 0:
            raise NothingFoundError(
                f"topic {topic.name!r}: arXiv has no paper for it, whatever the date",
                hint=f"the query was {query}; change the topic's phrases, --query or --category",
            )
        return found

    def lookup(self, paper_id: str) -> Paper:
        """See `ports.LookupSource`."""
        bare = paper_id.removeprefix("arXiv:")
        if not _ID.search(f"/abs/{bare}"):
            raise ConfigError(
                f"{paper_id!r}: is no arXiv id, and no PDF of that name is here",
                hint="ids look like 2409.12099, 2409.12099v2 or quant-ph/0201082",
            )
        answer = self._answer(_address(self._api_url, arxiv.Search(id_list=[bare]), 0, 1), bare)
        papers = self._readable(answer)
        if not papers:
            raise NothingFoundError(f"arXiv has no paper {bare!r}", hint="look at the id again")
        return papers[0]

    def records(self, paper_ids: Sequence[str]) -> tuple[Paper, ...]:
        """See `ports.RecordSource`. What is no arXiv id is not asked for."""
        ids = [paper_id for paper_id in paper_ids if _ID.search(f"/abs/{paper_id}")]
        papers: list[Paper] = []
        for start in range(0, len(ids), _IDS_AT_ONCE):
            some = ids[start : start + _IDS_AT_ONCE]
            self._progress(f"asking arXiv for {len(ids)} papers: {start} known")
            search = arxiv.Search(id_list=some)
            answer = self._answer(_address(self._api_url, search, 0, len(some)), f"{len(some)} ids")
            papers += self._readable(answer)
        return tuple(papers)

    def pdf(self, paper: Paper) -> Path:
        """See `ports.PdfSource`. No link of a feed is followed."""
        name = quote(f"{paper.id}v{paper.version}", safe="/")
        return self._downloads.pdf(paper, self._pdf_url.replace("{id}", name))

    def licence(self, paper: Paper) -> str:
        """See `ports.LicenceSource`."""
        return paper.licence or self._licences.find(paper)

    def _newest(self, query: str, *, limit: int) -> Fetched:
        papers: dict[str, Paper] = {}
        start = total = 0
        while len(papers) < limit:
            answer = self._ask(query, start=start, size=min(_PAGE_SIZE, limit - len(papers)))
            total = answer.total
            start += answer.received
            page = self._readable(answer)
            if page and all(paper.id in papers for paper in page):
                self._progress(f"arXiv repeats itself: {len(papers)} of {total} papers came")
                break
            _merge(papers, page)
            if start >= total or not answer.received:
                break
        if start and not papers:
            raise RemoteError(
                f"arXiv gave {start} entries, none of which can be read",
                hint="try again later; if it stays so, its feed has changed: report it",
            )
        newest = sorted(papers.values(), key=lambda paper: paper.published, reverse=True)
        return Fetched(papers=tuple(newest[:limit]), total=max(total, len(papers)))

    def _ask(self, query: str, *, start: int, size: int) -> "_Answer":
        search = arxiv.Search(
            query=query,
            sort_by=arxiv.SortCriterion.SubmittedDate,
            sort_order=arxiv.SortOrder.Descending,
        )
        return self._answer(_address(self._api_url, search, start, size), query, start=start)

    def _answer(self, address: str, query: str, *, start: int = 0) -> "_Answer":
        try:
            body = self._http.get(
                address,
                accept="application/atom+xml",
                max_bytes=_MAX_PAGE_BYTES,
                retry_if=partial(_why_retry, start=start),
            )
        except RemoteError as error:
            refusal = _refusal(error.body)
            if not refusal:
                raise
            raise _refused(refusal, query, status=error.status) from error
        answer = _read(body)
        if answer.refusal:
            raise _refused(answer.refusal, query, status=200)
        return answer

    def _readable(self, answer: "_Answer") -> list[Paper]:
        missing = answer.received - len(answer.results)
        if missing:
            self._progress(f"arXiv: {missing} entries without id or date, left out")
        papers = []
        for result in answer.results:
            try:
                papers.append(_paper(result))
            except ValueError as error:
                self._progress(f"arXiv: {error}, left out")
        return papers


def _query(topic: Topic) -> str:
    """Return the topic in arXiv's query language, without a window."""
    phrases = [squeeze(re.sub(r'["\\]', " ", phrase)) for phrase in topic.phrases]
    alternatives = [f'ti:"{phrase}" OR abs:"{phrase}"' for phrase in phrases if phrase]
    categories = [f"cat:{_checked(category, topic)}" for category in topic.categories]
    raw = [query] if (query := squeeze(topic.query)) else []
    parts = [f"({' OR '.join(part)})" for part in (alternatives, raw, categories) if part]
    if not parts:
        raise ConfigError(
            f"topic {topic.name!r}: says nothing to ask arXiv for",
            hint="give it phrases, a query (--query) or categories (--category)",
        )
    return " AND ".join(parts)


def _checked(category: str, topic: Topic) -> str:
    if not _WANTED_CATEGORY.fullmatch(category):
        raise ConfigError(
            f"topic {topic.name!r}: {category!r} is no arXiv category",
            hint="write one as arXiv does: cs.CV, quant-ph, or cs.* for a whole archive",
        )
    return category


def _dates(window: Window) -> str:
    start, end = window.start.astimezone(UTC), window.end.astimezone(UTC)
    return f"submittedDate:[{start:%Y%m%d%H%M} TO {end:%Y%m%d%H%M}]"


def _address(api_url: str, search: arxiv.Search, start: int, size: int) -> str:
    arguments = search._url_args()  # noqa: SLF001 - held by tests/contract/test_arxiv_package.py
    arguments |= {"start": str(start), "max_results": str(size)}
    return f"{api_url}{'&' if '?' in api_url else '?'}{urlencode(arguments)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """One page. ``received`` counts its entries, also those that the parser drops."""

    refusal: str = ""
    total: int = 0
    received: int = 0
    results: tuple[arxiv.Result, ...] = ()


def _why_retry(body: bytes, *, start: int) -> str | None:
    """Say why this body of a 200 answer is none; see `ports.Http.get`."""
    try:
        answer = _read(body)
    except ValueError as error:
        return str(error)
    if answer.total > start and not answer.received:
        return f"an empty page, where {answer.total - start} papers were promised"
    return None


def _read(body: bytes) -> _Answer:
    """Return what a feed holds.

    Raises:
        ValueError: this is no whole Atom feed of search results; the message says what it is.
    """
    feed = _whole_feed(body)
    entries = feed.findall("atom:entry", _NAMESPACES)
    for entry in entries:
        if "/api/errors" in entry.findtext("atom:id", "", _NAMESPACES):
            return _Answer(refusal=_words(entry) or "it does not say why")
    if not feed.findtext("opensearch:totalResults", "", _NAMESPACES).strip().isdecimal():
        raise ValueError("a feed that does not say how many papers match")
    for entry in entries:
        if not _is_dated(entry):
            feed.remove(entry)
    parsed = _feed.parse(etree.tostring(feed))
    return _Answer(
        total=parsed.header.total_results, received=len(entries), results=tuple(parsed.results)
    )


def _whole_feed(body: bytes) -> etree._Element:
    # The package parses with recover=True, which hides that a feed was cut off.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        if body.lstrip().startswith((b"<?xml", b"<feed")):
            raise ValueError("a feed that is cut off or damaged") from error
        raise ValueError(f"a page that is no feed: {_excerpt(body)!r}") from error
    if root.tag != f"{{{_ATOM}}}feed":
        raise ValueError(f"a page that is no feed: {_excerpt(body)!r}")
    return root


def _excerpt(body: bytes) -> str:
    return squeeze(body[:400].decode(errors="replace"))[:80]


def _words(error_entry: etree._Element) -> str:
    return squeeze(error_entry.findtext("atom:summary", "", _NAMESPACES))[:200]


def _is_dated(entry: etree._Element) -> bool:
    """Tell whether both dates can be read; one that cannot stops the package's whole page."""
    texts = [entry.findtext(f"atom:{name}", "", _NAMESPACES) for name in ("published", "updated")]
    try:
        return all(_feed._parse_datetime(text) for text in texts)  # noqa: SLF001 - as above
    except (ValueError, OverflowError):
        return False


def _refusal(body: bytes) -> str:
    try:
        return _read(body).refusal
    except ValueError:
        return ""


def _refused(refusal: str, query: str, *, status: int | None) -> RemoteError:
    return RemoteError(
        f"arXiv refuses the query: {refusal}",
        hint=f"the query was {query}; correct --query, --category or the topic's phrases",
        status=status,
    )


def _merge(papers: dict[str, Paper], page: list[Paper]) -> None:
    """Add a page; of a paper that comes twice, as pages shift, the higher version stays."""
    for paper in page:
        known = papers.get(paper.id)
        if known is None or paper.version > known.version:
            papers[paper.id] = paper


def _paper(result: arxiv.Result) -> Paper:
    """Return the paper of one entry. A withdrawn one stays: its text says that it is.

    Raises:
        ValueError: it has no proper id or no title; the message says which.
    """
    named = _ID.search(result.entry_id.strip())
    if named is None:
        raise ValueError(f"{squeeze(result.entry_id)[:80]!r} is no arXiv id")
    title = squeeze(result.title)
    if not title:
        raise ValueError(f"{named['id']} has no title")
    abstract, comment = squeeze(result.summary), squeeze(result.comment or "")
    version = int(named["version"] or 1)
    return Paper(
        id=named["id"],
        version=version,
        title=title,
        authors=tuple(_authors(result)),
        abstract=abstract,
        categories=_categories(result),
        published=result.published,
        updated=result.updated,
        comment=comment,
        journal_ref=squeeze(result.journal_ref or ""),
        doi=squeeze(result.doi or ""),
        links=(*_links(result, f"{named['id']}v{version}"), *links_in(f"{abstract} {comment}")),
        hidden=_hidden(result),
    )


def _hidden(result: arxiv.Result) -> int:
    texts = [result.title, result.summary, result.comment, result.journal_ref]
    for author in result.authors:
        texts += [author.name, *author.affiliation]
    return sum(1 for text in texts for _ in unseen(text or ""))


def _authors(result: arxiv.Result) -> Iterator[Author]:
    for author in result.authors:
        if name := squeeze(author.name):
            affiliations = (squeeze(affiliation) for affiliation in author.affiliation)
            yield Author(name=name, affiliations=tuple(filter(None, affiliations)))


def _categories(result: arxiv.Result) -> tuple[str, ...]:
    named = (result.primary_category, *result.categories)
    return tuple(dict.fromkeys(name for name in named if _CATEGORY.fullmatch(name)))


def _links(result: arxiv.Result, versioned_id: str) -> Iterator[Link]:
    yield Link(kind="abstract", url=f"https://arxiv.org/abs/{versioned_id}")
    offered: tuple[LinkKind, ...] = ("pdf", "html")
    for kind in offered:
        if any(f"/{kind}/" in link.href for link in result.links):
            yield Link(kind=kind, url=f"https://arxiv.org/{kind}/{versioned_id}")
    if doi := _DOI.search(result.doi or ""):
        yield Link(kind="doi", url=f"https://doi.org/{quote(doi[0], safe='/:;()')}")
