"""This module says what a plug-in must do, and what it is lent to do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from digestgen.model import Digest, Fetched, Paper, Post, Section, Summary, Topic, Window


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
        """
        ...

    def download(self, url: str, target: Path, *, accept: str, max_bytes: int) -> None:
        """Write the body of a 200 answer to ``target``, all of it or nothing.

        Raises:
            RemoteError: as ``get``.
            OutputError: the target cannot be written.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a plug-in is lent.

    ``progress`` takes a line for a person who waits; ``render`` fills in a Markdown template,
    where every string that is not ``escaping.Encoded`` comes out as literal text.
    """

    http: Http
    progress: Callable[[str], None]
    render: Callable[[str, dict[str, object]], str]


@runtime_checkable
class Source(Protocol):
    """Where papers come from."""

    def fetch(self, topic: Topic, window: Window) -> Fetched:
        """Return the newest papers of the topic, submitted within the window.

        An answer without papers means that the topic has papers, but none in the window.

        Raises:
            NothingFoundError: the topic finds no paper at all.
            RemoteError: the source did not answer properly.
        """
        ...


@runtime_checkable
class Summarizer(Protocol):
    """Who fills the parts of a digest.

    Equal ``fingerprint``, equal paper, equal sections: equal summary. It keys the memo.
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
class OutputFormat(Protocol):
    """How a blog engine wants a digest."""

    def render(self, digest: Digest) -> Post:
        """Return the digest as a post. Equal digests give equal posts."""
        ...


Options = Mapping[str, object]
