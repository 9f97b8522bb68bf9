"""This module reads what digestgen wrote into front matter itself, much faster than YAML is read.

Half of the time that it takes to look at new posts goes into the papers of their ledgers: long
lines, and YAML is slow. They are JSON but for bare keys and days, and are read as such. It is the
YAML parser that says where they belong, and whatever is not exactly in that form is left to it.
"""

import json
import re
from collections.abc import Callable
from datetime import date

# What JSON and YAML 1.1 take for the same: no signs that YAML refuses or folds (its line ends are
# more than those of JSON), no halves of characters, no words that are values where keys stand.
_SIGN = r'[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]'
_ESCAPE = r'\\(?:["\\bfnrt]|u(?!0000|[dD][89a-fA-F])[0-9a-fA-F]{4})'
_TEXT = rf'"(?>(?:{_SIGN}+|{_ESCAPE})*)"'
_KEY = r"(?!(?:null|true|false|yes|no|on|off|y|n):)[a-z_]+"
_VALUE = (
    rf"{_TEXT}|\d{{4}}-\d\d-\d\d|0|[1-9]\d{{0,14}}|true|false|\[\]|\[{_TEXT}(?>(?:, {_TEXT})*)\]"
)
_MEMBER = re.compile(rf"({_KEY}): ({_VALUE})(?:, |$)")
_LINE = re.compile(
    rf"^    - \{{((?>(?:{_KEY}: (?:{_VALUE})(?:, (?!\}})|(?=\}})))+))\}}$", re.MULTILINE
)
_DAY = re.compile(r"\d{4}-")
_MARK = "a_line_of_the_ledger_"


def load(source: str, load_yaml: Callable[[str], object]) -> object:
    """Return what ``load_yaml`` returns for a source, or raise what it raises."""
    return _quickly(source, load_yaml) or load_yaml(source)


def _quickly(source: str, load_yaml: Callable[[str], object]) -> object:
    """Return the same, None when it has to be asked."""
    entries: list[dict[str, object]] = []

    def remember(line: re.Match[str]) -> str:
        entries.append({key: _value(value) for key, value in _MEMBER.findall(line[1])})
        return f"    - {_MARK}{len(entries)}"

    try:
        rest = _LINE.sub(remember, source)
        loaded = load_yaml(rest) if entries and _MARK not in source else None
    except Exception:  # noqa: BLE001  # the whole source says what is wrong, and at which line
        return None
    ledger = loaded.get("digestgen") if isinstance(loaded, dict) else None
    papers = ledger.get("papers") if isinstance(ledger, dict) else None
    # Each line has to come back as an entry: it might stand elsewhere, or in a text.
    if papers != [f"{_MARK}{number}" for number in range(1, len(entries) + 1)]:
        return None
    papers[:] = entries  # also where YAML has another name for them
    return loaded


def _value(text: str) -> object:
    return date.fromisoformat(text) if _DAY.match(text) else json.loads(text)
