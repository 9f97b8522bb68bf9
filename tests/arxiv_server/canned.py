"""This module answers without a network: a `ports.Http` that gives what a test hands it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from digestgen.errors import RemoteError
from digestgen.ports import Charge


class CannedHttp:
    """Gives its answers in turn; an error among them is raised.

    ``retry_if`` is obeyed: an answer that it rejects is followed by the next one, and the last
    one by a RemoteError.
    """

    def __init__(self, *answers: bytes | RemoteError) -> None:
        self._answers = list(answers)
        self.urls: list[str] = []
        self.accepted: set[str] = set()

    @property
    def asked(self) -> list[dict[str, str]]:
        """The parameters of each request."""
        return [dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)) for url in self.urls]

    def get(
        self,
        url: str,
        *,
        accept: str,
        max_bytes: int,
        retry_if: Callable[[bytes], str | None] | None = None,
    ) -> bytes:
        self.accepted.add(accept)
        while True:
            self.urls.append(url)
            answer = self._answers.pop(0)
            if isinstance(answer, RemoteError):
                raise answer
            assert len(answer) <= max_bytes
            reason = retry_if(answer) if retry_if else None
            if not reason:
                return answer
            if not self._answers:
                raise RemoteError(f"canned: {reason}", status=200, body=answer)

    def post(
        self,
        url: str,
        *,
        content: bytes,
        headers: Mapping[str, str],
        max_bytes: int,
        seconds: float,
        charge: Charge | None = None,
    ) -> bytes:
        raise AssertionError(f"nobody should post to {url} here")

    def download(self, url: str, target: Path, *, accept: str, max_bytes: int) -> None:
        raise AssertionError(f"nobody should download {url} here")
