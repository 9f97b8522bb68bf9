"""This module says everything that a person reads: results, progress, errors, and ``--json``.

Results go to stdout, everything else to stderr. Foreign text loses its control characters
before it reaches a terminal.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from digestgen.errors import DigestgenError
from digestgen.model import TopicReport
from digestgen.text import squeeze

# Work shorter than this needs no progress; a log that is no terminal gets a line this often.
QUIET_SECONDS = 2.0
LOG_SECONDS = 10.0


@dataclass(slots=True, kw_only=True)
class Console:
    """A person's terminal, or a program that reads JSON."""

    out: TextIO
    err: TextIO
    as_json: bool = False
    color: bool = False
    clock: Callable[[], float] = time.monotonic
    _began: float | None = field(default=None, init=False)
    _told: float = field(default=0.0, init=False)
    _line_open: bool = field(default=False, init=False)

    def result(self, text: str) -> None:
        """Print a line of the result; silent under ``--json``."""
        if not self.as_json:
            self._close_line()
            print(text, file=self.out)

    def json(self, document: object) -> None:
        """Print the one JSON document of a run with ``--json``."""
        if self.as_json:
            self._close_line()
            print(json.dumps(document, ensure_ascii=False, indent=2), file=self.out)

    def note(self, text: str) -> None:
        """Print a line beside the result."""
        self._close_line()
        print(text, file=self.err)

    def error(self, error: DigestgenError) -> None:
        """Print what went wrong and what to try."""
        self.note(f"{self._paint('error:', 31)} {squeeze(error.message)}")
        if error.hint:
            self.note(f"{self._paint('hint:', 36)} {squeeze(error.hint)}")

    def progress(self, text: str) -> None:
        """Say how far the work is, once it has taken two seconds."""
        now = self.clock()
        if self._began is None:
            self._began = self._told = now
        if now - self._began < QUIET_SECONDS:
            return
        if self.err.isatty():
            print(f"\r\x1b[K{squeeze(text)[:78]}", end="", file=self.err, flush=True)
            self._line_open = True
        elif now - self._told >= LOG_SECONDS or self._told == self._began:
            self._told = now
            print(squeeze(text), file=self.err, flush=True)

    def _close_line(self) -> None:
        if self._line_open:
            print("\r\x1b[K", end="", file=self.err, flush=True)
            self._line_open = False

    def _paint(self, text: str, code: int) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text


def console(*, as_json: bool, environ: Mapping[str, str]) -> Console:
    """Return the console of this process; NO_COLOR and FORCE_COLOR as elsewhere."""
    forced = bool(environ.get("FORCE_COLOR"))
    wanted = forced or (sys.stderr.isatty() and not environ.get("NO_COLOR"))
    return Console(out=sys.stdout, err=sys.stderr, as_json=as_json, color=wanted)


def show_build(
    console: Console, reports: tuple[TopicReport, ...], *, content: Path, dry_run: bool
) -> None:
    """Print what a build did below ``content``, topic by topic."""
    for report in reports:
        console.result(_headline(report, content, dry_run=dry_run))
        if dry_run:
            for paper in report.new:
                console.result(f"  {paper.id}v{paper.version}  {squeeze(paper.title)}")
        for skip in report.skipped:
            console.result(f"  skipped {skip.id}: {squeeze(skip.reason)}")
        for paper in report.updated:
            console.result(f"  {paper.id} is published; version {paper.version} is out")
        for stem in report.edited:
            console.note(f"note: {stem}.md was edited by hand and is left alone")
        if report.cut_off:
            console.note(
                f"note: {report.cut_off} more papers match; raise --limit (now "
                f"{report.topic.limit}) or narrow the topic"
            )


def build_document(
    reports: tuple[TopicReport, ...],
    *,
    content: Path,
    failures: tuple[DigestgenError, ...],
    site_seconds: float,
) -> dict[str, object]:
    """Return what ``build --json`` prints of a run below ``content``."""
    stages = ("fetch", "summarize", "write")
    return {
        "posts": [
            {
                "path": (content / report.path).as_posix(),
                "topic": report.topic.name,
                "date": report.day.isoformat(),
                "papers": list(report.papers),
                "written": report.written,
            }
            for report in reports
            if report.path is not None
        ],
        "skipped": [
            {"id": skip.id, "stage": skip.stage, "reason": skip.reason}
            for report in reports
            for skip in report.skipped
        ],
        "failed": [{"message": error.message, "hint": error.hint} for error in failures],
        "counts": {
            "fetched": sum(report.fetched for report in reports),
            "new": sum(len(report.new) for report in reports),
            "known": sum(report.known for report in reports),
            "updated": sum(len(report.updated) for report in reports),
            "digested": sum(report.digested for report in reports),
            "from_memo": sum(report.from_memo for report in reports),
        },
        "new": [
            {"id": paper.id, "version": paper.version, "title": paper.title}
            for report in reports
            for paper in report.new
        ],
        "seconds": {
            **{
                stage: round(sum(r.seconds.get(stage, 0.0) for r in reports), 3) for stage in stages
            },
            "site": round(site_seconds, 3),
        },
    }


def _headline(report: TopicReport, content: Path, *, dry_run: bool) -> str:
    topic = f"{squeeze(report.topic.name)} ({report.day})"
    if not report.new:
        known = f", {_papers(report.known)} known already" if report.known else ""
        return f"{topic}: no new papers{known}"
    if dry_run:
        return f"{topic}: would digest {_papers(len(report.new), 'new ')}"
    if report.path is None or not report.written:
        return f"{topic}: nothing to write"
    count = len(report.new) - len(report.skipped)
    return f"{topic}: {_papers(count, 'new ')} in {content / report.path}"


def _papers(count: int, kind: str = "") -> str:
    return f"{count} {kind}paper{'' if count == 1 else 's'}"
