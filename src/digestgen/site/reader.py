"""This module reads the HTML of our posts line by line, one whole piece after the other.

What it reads came from ``markdown.render``: every tag is closed, and no angle bracket stands for
itself, so that counting tells whether a piece is whole, and what an element holds is.
"""

import re

_ITEM, _ITEM_END = "<li>", "</li>"
_LABELLED = re.compile(r"<li><strong>([^<]*)</strong>\s*([:：]|(?=</li>))\s*(.*)</li>", re.DOTALL)
_LABEL_OF_LIST = re.compile("<li><strong>([^<]*)</strong>")
_END = "\x00"  # no line of HTML


class IrregularError(Exception):
    """The HTML has not the structure of our posts."""


class Reader:
    """Reads the lines of HTML from the first to the last, but for empty ones."""

    def __init__(self, html: str) -> None:
        self._lines = html.split("\n")
        self._lines.append(_END)
        self._next = 0

    def sees(self, line: str) -> bool:
        """Return whether ``line`` comes next."""
        while not self._lines[self._next]:
            self._next += 1
        return self._lines[self._next] == line

    def expect(self, line: str) -> None:
        """Read ``line``, which must come next."""
        if not self.sees(line):
            raise IrregularError
        self._next += 1

    def passage(self, begin: str, end: str) -> str:
        """Return what an element holds that begins a line, and ends the same or another one."""
        read = self._lines_to(end)
        if not read.startswith(begin):
            raise IrregularError
        held = read[len(begin) : -len(end)]
        if "<" in held and (end in held or not is_whole(held)):
            raise IrregularError
        return held

    def items(self, end: str) -> list[str]:
        """Return what the items of a flat list hold, and read its last line."""
        begin = self._next
        self._next = self._behind(end)
        listed = "\n".join(self._lines[begin : self._next - 1])
        if not listed.startswith(_ITEM) or not listed.endswith(_ITEM_END):
            raise IrregularError
        found = listed[len(_ITEM) : -len(_ITEM_END)].split(f"{_ITEM_END}\n{_ITEM}")
        for item in found:
            if "<" in item and (_ITEM_END in item or not is_whole(item)):
                raise IrregularError
        return found

    def labelled(self) -> tuple[str, str, str]:
        """Return the bold label of an item, its colon, and what it holds besides."""
        item = _LABELLED.fullmatch(self._lines_to(_ITEM_END))
        if not item:
            raise IrregularError
        label, colon, held = item.groups()
        if "<" in held and (_ITEM_END in held or not is_whole(held)):
            raise IrregularError
        return label, colon, held.rstrip()

    def label_of_list(self) -> str | None:
        """Read the label that an item's first line is, when a list follows; None otherwise."""
        line = self._lines[self._next]
        label = _LABEL_OF_LIST.fullmatch(line) if line.endswith("</strong>") else None
        if not label:
            return None
        self._next += 1
        return label[1]

    def rest(self, end: str) -> str:
        """Return what stands before a line, and read that."""
        begin = self._next
        self._next = self._behind(end)
        found = "\n".join(self._lines[begin : self._next - 1])
        if end in found or not is_whole(found):
            raise IrregularError
        return found.strip()

    def finish(self) -> None:
        """Make sure that nothing is left."""
        self.expect(_END)

    def _behind(self, line: str) -> int:
        """Return the place behind the next such line."""
        try:
            return self._lines.index(line, self._next) + 1
        except ValueError:
            raise IrregularError from None

    def _lines_to(self, end: str) -> str:
        """Return the next line, with those behind it up to the first that has the ``end``."""
        while not self._lines[self._next]:
            self._next += 1
        begin = self._next
        while not self._lines[self._next].endswith(end):
            if self._lines[self._next] == _END:
                raise IrregularError
            self._next += 1
        self._next += 1
        return "\n".join(self._lines[begin : self._next])


def is_whole(html: str) -> bool:
    """Return whether a piece closes what it opens, given that everything before it does."""
    left_open = html.count("<") - 2 * html.count("</")
    return left_open == html.count("<br") + html.count("<img") + html.count("<hr")
