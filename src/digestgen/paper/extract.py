"""This module takes out of a PDF all that a digest shows: its reading, and pictures of figures."""

from dataclasses import dataclass

from digestgen.model import Figure
from digestgen.paper.choice import choose
from digestgen.paper.limits import Limits
from digestgen.paper.pictures import render
from digestgen.paper.reading import Reading, opened, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A PDF's reading, and the pictures that were asked for, in the order to show them."""

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
        pictures = render(document, choose(reading.figures, reading.sections, most_pictures))
    return Extract(reading=reading, pictures=pictures)
