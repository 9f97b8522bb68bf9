"""This module takes out of a PDF all that a digest shows: its reading, and pictures of figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from digestgen.model import Figure
from digestgen.paper.figures import Found
from digestgen.paper.limits import Limits
from digestgen.paper.pictures import render
from digestgen.paper.reading import Reading, opened, read

# What a reader who leafs through a paper looks at first.
_RANKS = {"figure": 0, "table": 1, "algorithm": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A PDF's reading, and the pictures of the figures that were asked for, in page order."""

    reading: Reading
    pictures: tuple[Figure, ...]


def extract(
    pdf: bytes,
    *,
    authors: tuple[str, ...] = (),
    most_pictures: int,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Extract:
    """Return the reading of a PDF and at most ``most_pictures`` of its figures as pictures.

    Raises:
        UnreadablePdf: as `read`.
    """
    reading = read(pdf, authors=authors, limits=limits)
    with opened(pdf, limits=limits) as document:
        pictures = render(document, choose(reading.figures, most_pictures))
    return Extract(reading=reading, pictures=pictures)


def choose(found: Sequence[Found], most: int) -> tuple[Found, ...]:
    """Return the ``most`` figures worth showing, figures before tables, in the order found."""
    ranked = sorted(range(len(found)), key=lambda index: (_RANKS[found[index].kind], index))
    return tuple(found[index] for index in sorted(ranked[:most]))
