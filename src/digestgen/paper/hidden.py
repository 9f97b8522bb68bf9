"""This module reports the text of a PDF that a reader of its pages does not see."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

from digestgen.paper.lines import Page
from digestgen.text import squeeze, unseen

_FEWEST_LETTERS = 12  # of a run; less says nothing
_LONGEST = 2_000
_MOST = 100


def find_hidden(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the runs of hidden text, page by page; a drawing's own labels may be among them."""
    texts = (squeeze(text)[:_LONGEST] for page in pages for text in _on(page))
    return tuple(islice(texts, _MOST))


def _on(page: Page) -> Iterator[str]:
    for is_hidden, lines in groupby(page.lines, key=attrgetter("hidden")):
        texts = [line.text for line in lines]
        if is_hidden and len(squeeze(" ".join(texts))) >= _FEWEST_LETTERS:
            yield " ".join(texts)
        for text in texts:
            yield from unseen(text)
