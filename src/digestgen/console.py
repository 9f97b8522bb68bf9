"""This module says everything that a person reads: results, progress, errors, and ``--json``.

Results go to stdout, everything else to stderr. Text loses its control characters, but for the
ends of its lines, before it reaches a terminal.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from digestgen.errors import DigestgenError
from digestgen.text import printable, squeeze

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
    color_out: bool = False
    clock: Callable[[], float] = time.monotonic
    _began: float | None = field(default=None, init=False)
    _told: float = field(default=0.0, init=False)
    _line_open: bool = field(default=False, init=False)

    def result(self, text: str) -> None:
        """Print lines of the result; silent under ``--json``."""
        if not self.as_json:
            self._print(_harmless(text), file=self.out)

    def json(self, document: object) -> None:
        """Print the one JSON document of a run with ``--json``."""
        if self.as_json:
            self._print(json.dumps(document, ensure_ascii=False, indent=2), file=self.out)

    def problem(self, place: str, level: str, text: str) -> None:
        """Print a line of the result that says what is wrong where; silent under ``--json``."""
        if not self.as_json:
            code = {"error": 31, "warning": 33}.get(level, 0)
            mark = f"\x1b[{code}m{level}\x1b[0m" if self.color_out else level
            self._print(f"{_harmless(place)}: {mark}: {_harmless(text)}", file=self.out)

    def note(self, text: str) -> None:
        """Print lines beside the result."""
        self._print(_harmless(text), file=self.err)

    def error(self, error: DigestgenError) -> None:
        """Print what went wrong and what to try."""
        self._print(f"{self._paint('error:', 31)} {squeeze(error.message)}", file=self.err)
        if error.hint:
            self._print(f"{self._paint('hint:', 36)} {squeeze(error.hint)}", file=self.err)

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

    def _print(self, text: str, *, file: TextIO) -> None:
        if self._line_open:
            print("\r\x1b[K", end="", file=self.err, flush=True)
            self._line_open = False
        print(text, file=file)

    def _paint(self, text: str, code: int) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text


def console(*, as_json: bool, environ: Mapping[str, str]) -> Console:
    """Return the console of this process; NO_COLOR and FORCE_COLOR as elsewhere."""
    forced = bool(environ.get("FORCE_COLOR"))
    wanted = forced or (sys.stderr.isatty() and not environ.get("NO_COLOR"))
    on_stdout = forced or (sys.stdout.isatty() and not environ.get("NO_COLOR"))
    return Console(
        out=sys.stdout, err=sys.stderr, as_json=as_json, color=wanted, color_out=on_stdout
    )


def _harmless(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))
