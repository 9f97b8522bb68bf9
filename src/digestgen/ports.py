"""This module says what a plug-in must do, and what it is lent to do it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from digestgen.model import Depth, Digest, Fetched, Lang, Paper, Section, Summary, Topic, Window
from digestgen.post import Post
from digestgen.report import Estimate, Usage


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What each request of a call costs, further tries as well.

    ``weight`` counts against the server's quota, where there is one: the tokens of a language
    model. ``before`` is called before each request is sent; what it raises ends the call.
    """

    weight: int = 0
    before: Callable[[], None] = _nothing


_FREE = Charge()


class Http(Protocol):
    """One polite HTTP client: paced per host, with deadlines, size limits and retries."""

    def get(
        self,
        url: str,
        *,
        accept: str,
        max_bytes: int,
        retry_if: Callable[[bytes], str | None] | None = None,
    ) -> bytes:
        """Return the body of a 200 answer.

        ``retry_if`` looks at the body of a 200 answer and returns why it is none really (a
        rate-limit page, a cut-off feed), which is then retried like a 503, or None.

        Raises:
            RemoteError: no proper answer came; ``status`` and ``body`` hold the last one.
            ConfigError: the address or the environment's proxy cannot be used.
            OutputError: the folder of locks cannot be used.
            StoppedError: the run is being ended.
        """
        ...

    def post(
        self,
        url: str,
        *,
        content: bytes,
        headers: Mapping[str, str],
        max_bytes: int,
        seconds: float,
        charge: Charge = _FREE,
    ) -> bytes:
        """Return the body of a 200 answer to a POST; redirects are not followed.

        One request takes ``seconds`` at most; waiting for what the server's quota allows is no part
        of it, and no failure.

        Raises:
            RemoteError, ConfigError, OutputError, StoppedError: as ``get``.
        """
        ...

    def download(self, url: str, target: Path, *, accept: str, max_bytes: int) -> None:
        """Write the body of a 200 answer to ``target``, all of it or nothing.

        Raises:
            TooLargeError: it has more than ``max_bytes``.
            RemoteError: as ``get``.
            OutputError: the target cannot be written.
        """
        ...


class Memo(Protocol):
    """Texts that outlive the run, by kind and key. Losing them loses nothing but time."""

    def get(self, kind: str, key: str) -> str | None:
        """Return the text last put under ``kind`` and ``key``, or None."""
        ...

    def put(self, kind: str, key: str, value: str) -> None:
        """Keep ``value`` under ``kind`` and ``key``, in place of what was there."""
        ...


class Downloads(Protocol):
    """PDFs on disk, each fetched once."""

    def pdf(self, paper: Paper, url: str) -> Path:
        """Return the file of this version of a paper, fetched from ``url`` unless it is there.

        Raises:
            NoPdfError: the server has none, now or when it was asked within the last day.
            RemoteError: the server did not answer properly.
            OutputError: the file cannot be written.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a plug-in is lent.

    ``progress`` takes a line for a person who waits; ``render`` fills in a Markdown template,
    where every string that is not ``escaping.Encoded`` comes out as literal text; ``prompt``
    fills in a template for a model, where nothing is encoded.
    """

    http: Http
    downloads: Downloads
    memo: Memo
    progress: Callable[[str], None]
    render: Callable[[str, dict[str, object]], str]
    prompt: Callable[[str, dict[str, object]], str]


@runtime_checkable
class Source(Protocol):
    """Where papers come from."""

    def fetch(self, topic: Topic, window: Window) -> Fetched:
        """Return the newest papers of the topic, submitted within the window.

        An answer without papers means that the topic has papers, but none in the window. What no
        reader sees in their texts is left out by `text.squeeze`, and counted by `text.unseen`.

        Raises:
            NothingFoundError: the topic finds no paper at all.
            RemoteError: the source did not answer properly.
        """
        ...


@runtime_checkable
class LookupSource(Protocol):
    """A source that finds a paper by its id."""

    def lookup(self, paper_id: str) -> Paper:
        """Return the paper with this id; the newest version, unless the id names one.

        Raises:
            ConfigError: that is no id of this source.
            NothingFoundError: there is no such paper.
            RemoteError: the source did not answer properly.
        """
        ...


@runtime_checkable
class RecordSource(Protocol):
    """A source that knows the metadata of many papers at once, by their ids."""

    def records(self, paper_ids: Sequence[str]) -> tuple[Paper, ...]:
        """Return those of the papers that there are, in any order, newest versions.

        Raises:
            RemoteError: the source did not answer properly.
        """
        ...


@runtime_checkable
class PdfSource(Protocol):
    """A source that has its papers' PDFs as well."""

    def pdf(self, paper: Paper) -> Path:
        """Return the file with this version of a paper, fetched if need be.

        Raises:
            NoPdfError: there is none; the message says why.
            RemoteError: the source did not answer properly.
            OutputError: the file cannot be written.
        """
        ...


@runtime_checkable
class LicenceSource(Protocol):
    """A source that knows the licences of papers, but does not fetch them with the rest."""

    def licence(self, paper: Paper) -> str:
        """Return the address of the paper's licence, or "" when it is not known.

        Raises:
            RemoteError: the source did not answer properly.
        """
        ...


@runtime_checkable
class Summarizer(Protocol):
    """Who fills the parts of a digest.

    Equal ``fingerprint``, equal paper, equal sections: equal summary. It keys the memo; of a
    language model it is true only through the memo, since a model may answer otherwise each time.
    """

    @property
    def fingerprint(self) -> str:
        """Name method, version, model and prompts, in a short printable string."""
        ...

    def summarize(self, paper: Paper, sections: tuple[Section, ...]) -> Summary:
        """Return the digest of one paper; ``sections`` is empty when only the abstract is read.

        Raises:
            ValueError: there is nothing to summarise; the message says why.
        """
        ...


@runtime_checkable
class MultilingualSummarizer(Protocol):
    """A summarizer that writes, and so has to be told in which language."""

    def in_language(self, lang: Lang) -> Summarizer:
        """Return the summarizer that writes in ``lang``; its fingerprint says so."""
        ...


@runtime_checkable
class MeteredSummarizer(Protocol):
    """A summarizer that may cost something."""

    @property
    def usage(self) -> Usage:
        """Return what it used since it was made, over all languages."""
        ...

    def estimate(self, papers: Sequence[Paper], depth: Depth) -> Estimate:
        """Return what it would use for papers whose full text nobody has read yet.

        What it remembers costs nothing.
        """
        ...


@runtime_checkable
class OutputFormat(Protocol):
    """How a blog engine wants a digest."""

    def render(self, digest: Digest) -> Post:
        """Return the digest as a post. Equal digests give equal posts."""
        ...


Options = Mapping[str, object]
