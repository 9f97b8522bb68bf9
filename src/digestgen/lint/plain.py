"""This module reads Markdown as the text that a reader sees, and remembers where it stood."""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

_MARKUP = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|<(?P<address>https?://[^<>\s]*)>"
    r"|(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]*+)(?:\s[^<>]*+)?>)"
    r"|(?P<strong>\*\*|__(?=\S)|(?<=\S)__)"
    r"|(?P<joiner>\u2060)"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without markup; ``raw`` tells where a character of it stood in the file."""

    text: str
    _plain: tuple[int, ...]
    _raw: tuple[int, ...]

    def raw(self, offset: int) -> int:
        """Return the offset in the source of an offset in the text."""
        index = bisect_right(self._plain, offset) - 1
        return self._raw[index] + offset - self._plain[index]


def plain(source: str, start: int = 0, end: int | None = None) -> Plain:
    """Return ``source[start:end]`` as a reader sees it, line for line."""
    end = len(source) if end is None else end
    pieces: list[str] = []
    at_plain, at_raw = [0], [start]
    length, position = 0, start
    for match in _MARKUP.finditer(source, start, end):
        shown = _shown(match)
        before = source[position : match.start()]
        pieces += (before, shown)
        length += len(before)
        at_plain.append(length)
        at_raw.append(match.start())
        length += len(shown)
        position = match.end()
        at_plain.append(length)
        at_raw.append(position)
    pieces.append(source[position:end])
    return Plain("".join(pieces), tuple(at_plain), tuple(at_raw))


def _shown(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "escaped":
        return match["escaped"]
    if kind == "entity":
        return html.unescape(match["entity"])
    if kind == "address":
        return match["address"]
    return "\n" if kind == "tag" and match["name"].lower() == "br" else ""
