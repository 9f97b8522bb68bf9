"""This module reports the text of a PDF that a reader of its pages does not see."""

from collections.abc import Sequence

from digestgen.paper.lines import Page
from digestgen.text import squeeze

_FEWEST_LETTERS = 12  # less says nothing
_LONGEST = 2_000
_MOST = 100


def find_hidden(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the runs of hidden text, page by page; a drawing's own labels may be among them."""
    found: list[str] = []
    for page in pages:
        run: list[str] = []
        for line in page.lines:
            if line.hidden:
                run.append(line.text)
            elif run:
                found.append(" ".join(run))
                run = []
        if run:
            found.append(" ".join(run))
    texts = (squeeze(text)[:_LONGEST] for text in found)
    return tuple(text for text in texts if len(text) >= _FEWEST_LETTERS)[:_MOST]
