"""This module holds what the linter is given and what it finds: files, rules, problems."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from digestgen.content import front_matter
from digestgen.content.front_matter import Split, Unreadable
from digestgen.evidence import Level
from digestgen.markdown import Landmark, landmarks
from digestgen.model import Paper

# Characters; reading YAML takes seconds per megabyte, and a ledger of 200 papers has 80,000.
LONGEST_FRONT_MATTER = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong at a line of a file that exists; ``line`` and ``column`` count from 1.

    ``excerpt`` is the text as it stands there, on one line; ``paper`` is an arXiv id, or None when
    it is not about one paper.
    """

    path: str
    line: int
    column: int
    rule: str
    level: Level
    message: str
    hint: str = ""
    paper: str | None = None
    excerpt: str = ""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file to check, as it is on disk.

    ``assets`` are the addresses of pictures, as written in the text, that lead to files; None when
    that is not known. Lines end in line feeds alone.
    """

    path: str
    text: str
    assets: frozenset[str] | None = None

    @cached_property
    def split(self) -> Split:
        """Front matter and body."""
        return front_matter.split(self.text)

    @cached_property
    def meta(self) -> Mapping[str, object] | Unreadable:
        """The front matter, or why it cannot be read."""
        if len(self.split.yaml) > LONGEST_FRONT_MATTER:
            return Unreadable(line=self.split.yaml_line, reason="far too long for front matter")
        return front_matter.read(self.split)

    @cached_property
    def body_start(self) -> int:
        """Where the body begins in the text."""
        return len(self.text) - len(self.split.body)

    @cached_property
    def landmarks(self) -> tuple[Landmark, ...]:
        """The blocks of the body."""
        return landmarks(self.split.body)

    @cached_property
    def _lines(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset in the text."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def line_start(self, line: int) -> int:
        """Return where a line begins in the text; the end for one after the last."""
        return self._lines[line - 1] if line <= len(self._lines) else len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A problem before it is known where in the file it stands: offsets are in the file's text.

    ``level`` is None for the rule's own.
    """

    rule: str
    start: int
    end: int
    message: str
    level: Level | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What a source said of papers: those that it has, and the ids that it does not know."""

    papers: Mapping[str, Paper] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
