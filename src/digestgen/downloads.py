"""This module fetches PDFs once, and keeps them in a folder by paper and version.

That a paper has no PDF is remembered for a day, so that the next run does not ask again; that a
server was busy or away is not. Deleting the folder, or any of it, is always safe.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from digestgen.errors import NoPdfError, RemoteError, TooLargeError
from digestgen.files import output_errors, replacing, used
from digestgen.model import Paper
from digestgen.ports import Http, Memo

MAX_PDF_BYTES = 60 * 1024 * 1024

_KIND = "no-pdf"
_REMEMBERED = timedelta(days=1)
_MARK = b"%PDF-"
_MARK_WITHIN = 1024  # what readers of PDF allow before it
_LOOKED_AT = 64 * 1024
_GONE = frozenset({404, 410})
_REFUSED = frozenset({400, 401, 403, 406, 451})


class Downloads:
    """See `ports.Downloads`. ``now`` is the time of the run."""

    def __init__(
        self,
        folder: Path,
        *,
        http: Http,
        memo: Memo,
        now: datetime,
        max_bytes: int = MAX_PDF_BYTES,
    ) -> None:
        self._folder = folder
        self._http = http
        self._memo = memo
        self._now = now
        self._max_bytes = max_bytes

    def pdf(self, paper: Paper, url: str) -> Path:
        """See `ports.Downloads`."""
        target = self._folder / f"{quote(paper.id, safe='')}v{paper.version}.pdf"
        with output_errors(target):
            if target.is_file() and not _flaw(target) and used(target):
                return target
        if reason := self._remembered(url):
            raise NoPdfError(reason)
        try:
            self._fetch(url, target)
        except NoPdfError as error:
            self._memo.put(_KIND, url, json.dumps([self._now.isoformat(), str(error)]))
            raise
        return target

    def _remembered(self, url: str) -> str:
        """Return why there was no PDF within the last day; what cannot be read back is missing."""
        try:
            noted, reason = json.loads(self._memo.get(_KIND, url) or "")
            age = self._now - datetime.fromisoformat(noted)
        except (TypeError, ValueError):
            return ""
        return str(reason) if timedelta() <= age < _REMEMBERED else ""

    def _fetch(self, url: str, target: Path) -> None:
        with output_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target) as temporary:
                self._download(url, temporary)
                if flaw := _flaw(temporary):
                    raise NoPdfError(f"no PDF: {flaw}")

    def _download(self, url: str, target: Path) -> None:
        try:
            self._http.download(url, target, accept="application/pdf", max_bytes=self._max_bytes)
        except TooLargeError as error:
            size = self._max_bytes / 1024**2
            raise NoPdfError(f"no PDF: it is larger than {size:g} MB") from error
        except RemoteError as error:
            if reason := _refusal(error):
                raise NoPdfError(f"no PDF: {reason}") from error
            raise


def _refusal(error: RemoteError) -> str:
    """Say why the server will not give it tomorrow either; "" when nobody knows."""
    if error.status not in _GONE | _REFUSED:
        return ""
    if _speaks_of_withdrawal(error.body):
        return "the paper has been withdrawn"
    if error.status in _GONE:
        return f"the server has none ({error.status})"
    return f"the server refuses it ({error.status})"


def _flaw(path: Path) -> str:
    """Say what a file is instead of a PDF; "" when it begins like one."""
    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT)
    if _MARK in beginning[:_MARK_WITHIN]:
        return ""
    if not beginning.strip():
        return "the file is empty"
    if _speaks_of_withdrawal(beginning):
        return "the paper has been withdrawn"
    if b"<html" in beginning.lower():
        return "a web page came in its place"
    return "what came is something else"


def _speaks_of_withdrawal(page: bytes) -> bool:
    return b"been withdrawn" in page.lower()
