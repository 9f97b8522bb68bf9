"""This package reads a paper's PDF: bytes in, values out."""

from digestgen.paper.extract import Extract, extract
from digestgen.paper.facts import Facts, venue_in
from digestgen.paper.figures import Found
from digestgen.paper.limits import Limits
from digestgen.paper.reading import Reading, UnreadablePdf, read

__all__ = [
    "Extract",
    "Facts",
    "Found",
    "Limits",
    "Reading",
    "UnreadablePdf",
    "extract",
    "read",
    "venue_in",
]
