"""This module reports the text of a PDF that a reader of its pages does not see."""

import re
from collections.abc import Iterator, Sequence

from digestgen.paper.lines import Page
from digestgen.text import squeeze

_FEWEST_LETTERS = 12  # less says nothing
_LONGEST = 2_000
_MOST = 100

# Twins of ASCII without a glyph, which programs read as ASCII and readers not at all.
_TAGS = range(0xE0020, 0xE007F)
_FIRST_TWIN = 0xE0000
# Letters are coded in rows of these; alone each has an honest use.
_ZERO_WIDTH = re.compile("[\u180e\u200b-\u200f\u2060-\u2064\ufeff]{12,}")


def find_hidden(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the runs of hidden text, page by page; a drawing's own labels may be among them."""
    found: list[str] = []
    for page in pages:
        run: list[str] = []
        for line in page.lines:
            if line.hidden:
                run.append(line.text)
                continue
            if run:
                found.append(" ".join(run))
                run = []
            found.extend(_within(line.text))
        if run:
            found.append(" ".join(run))
    texts = (squeeze(text)[:_LONGEST] for text in found)
    return tuple(text for text in texts if len(text) >= _FEWEST_LETTERS)[:_MOST]


def _within(text: str) -> Iterator[str]:
    """Yield what characters without a glyph say in a line that is there to be seen.

    What zero-width ones say is not known: they are given by their numbers.
    """
    if text.isascii():
        return
    yield "".join(chr(ord(each) - _FIRST_TWIN) for each in text if ord(each) in _TAGS)
    for match in _ZERO_WIDTH.finditer(text):
        yield " ".join(f"U+{ord(each):04X}" for each in match[0])
