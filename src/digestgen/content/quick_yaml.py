"""This module reads front matter as digestgen writes it, much faster than YAML is read.

Most of the time that it takes to look at new posts would go into it. Every line of ours is a key
and JSON, but for bare keys and times, and is read as such. Front matter with any other line, as
people write it, is left to the YAML parser as a whole.
"""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

# What JSON and YAML 1.1 take for the same: no signs that YAML refuses or folds (its line ends are
# more than those of JSON), no halves of characters, no words that are values where keys stand.
_SIGN = r'[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]'
_ESCAPE = r'\\(?:["\\bfnrt]|u(?!0000|[dD][89a-fA-F])[0-9a-fA-F]{4})'
_TEXT = rf'"(?>(?:{_SIGN}+|{_ESCAPE})*)"'
_KEY = r"(?!(?i:null|true|false|yes|no|on|off|y|n):)[A-Za-z_]{1,99}"
_VALUE = (
    rf"{_TEXT}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?: (?:[01][0-9]|2[0-3]):[0-9]{{2}}:[0-9]{{2}})?"
    rf"|0|[1-9][0-9]{{0,14}}|null|true|false|\[\]|\[{_TEXT}(?>(?:, {_TEXT})*)\]"
)
_PAIR = re.compile(rf'({_KEY}): (?:"({_SIGN}*+)"|({_VALUE}))')  # most texts stand as they are
_MEMBERS = re.compile(rf"(?>(?:{_KEY}: (?:{_VALUE})(?:, (?!\}})|(?=\}})))+)")
_DAY = len("2024-09-24")
_LEDGER, _PAPERS, _INDENT = "digestgen:", "  papers:", "  "
_ENTRY, _ENTRY_END = "    - {", "}"
_JSON = json.JSONDecoder()
_Loaded = TypeVar("_Loaded")


def load(source: str, load_yaml: Callable[[str], _Loaded]) -> dict[str, object] | _Loaded:
    """Return what ``load_yaml`` returns for a source, or raise what it raises."""
    return _quickly(source) or load_yaml(source)


def _quickly(source: str) -> dict[str, object] | None:
    """Return the same, None when it has to be asked."""
    try:
        return _Reader().read(source)
    except ValueError:  # not as we write it; the YAML parser says what is wrong, if anything is
        return None


class _Reader:
    """Reads front matter line by line: pairs, and in the ledger pairs and papers."""

    def __init__(self) -> None:
        self._meta: dict[str, object] = {}
        self._ledger: dict[str, object] | None = None
        self._papers: list[dict[str, object]] | None = None

    def read(self, source: str) -> dict[str, object]:
        *lines, end = source.split("\n")
        if end:
            raise ValueError
        for line in lines:
            self._read(line)
        self._leave_ledger()
        return self._meta

    def _read(self, line: str) -> None:
        if line.startswith(_ENTRY):
            self._add_paper(line)
        elif line == _PAPERS and self._ledger is not None:
            self._leave_papers()
            self._ledger["papers"] = self._papers = []
        elif line.startswith(_INDENT) and self._ledger is not None:
            self._leave_papers()
            self._add(self._ledger, line, len(_INDENT))
        elif line == _LEDGER:
            self._leave_ledger()
            self._meta["digestgen"] = self._ledger = {}
        else:
            self._leave_ledger()
            self._add(self._meta, line, 0)

    def _add(self, table: dict[str, object], line: str, start: int) -> None:
        pair = _PAIR.fullmatch(line, start)
        if pair is None:
            raise ValueError
        key, text, other = pair.groups("")
        table[key] = _value(other) if other else text

    def _add_paper(self, line: str) -> None:
        members = _MEMBERS.match(line, len(_ENTRY))
        if self._papers is None or not members or line[members.end() :] != _ENTRY_END:
            raise ValueError
        pairs = _PAIR.findall(members[0])
        self._papers.append({key: _value(other) if other else text for key, text, other in pairs})

    def _leave_papers(self) -> None:
        if self._papers is not None and not self._papers:  # nothing is null in YAML, no list
            raise ValueError
        self._papers = None

    def _leave_ledger(self) -> None:
        self._leave_papers()
        if self._ledger is not None and not self._ledger:
            raise ValueError
        self._ledger = None


def _value(text: str) -> object:
    """Return what is no plain text: a day or a moment, which has no zone in YAML, or JSON."""
    if text[0] == "[" and "\\" not in text:  # no text in it has a quote
        return text[2:-2].split('", "') if text != "[]" else []
    if text.isdigit():
        return int(text)
    if text[4:5] != "-" or not text[0].isdigit():
        return _JSON.raw_decode(text)[0]
    return date.fromisoformat(text) if len(text) == _DAY else datetime.fromisoformat(text)
