"""This module reads a paper's PDF as a whole: its sections, figures, facts and hidden text."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

import pypdfium2
import pypdfium2.raw as pdfium

from digestgen.model import Section
from digestgen.paper.body import find_body
from digestgen.paper.facts import Facts, find_facts
from digestgen.paper.figures import Found, find_figures
from digestgen.paper.hidden import find_hidden
from digestgen.paper.limits import Limits
from digestgen.paper.lines import Page, read_pages
from digestgen.paper.outline import read_outline
from digestgen.paper.reading_order import in_order
from digestgen.paper.sections import divide, headings_of
from digestgen.paper.words import Box

Reason = Literal["not a PDF", "damaged", "encrypted", "no text", "too many pages"]

_FEWEST_LETTERS = 20  # a page, on average; less is a scan with a stamp on it


class UnreadablePdf(ValueError):  # noqa: N818 - named by what it is, as the errors of the house
    """A PDF that cannot be read; ``reason`` is the kind, the message is for a person."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a PDF holds; ``pages`` is their number, ``hidden`` what a reader does not see."""

    pages: int
    sections: tuple[Section, ...]
    figures: tuple[Found, ...]
    facts: Facts
    hidden: tuple[str, ...]


def read(pdf: bytes, *, authors: Sequence[str] = (), limits: Limits = Limits()) -> Reading:  # noqa: B008
    """Return what the PDF holds; ``authors`` are the names whose affiliations are looked for.

    Raises:
        UnreadablePdf: it is not a PDF, encrypted, too long, or holds no text.
    """
    with opened(pdf, limits=limits) as document:
        pages = read_pages(document, limits=limits)
        pages = _legible(pages)
        body = find_body(pages)
        figures = find_figures(pages, body, document)
        rows = in_order(pages, body, boxes_of(figures))
        headings = headings_of(rows, body, read_outline(document))
        return Reading(
            pages=len(pages),
            sections=divide(rows, headings, body),
            figures=figures,
            facts=find_facts(pages, body, authors=authors),
            hidden=find_hidden(pages),
        )


@contextmanager
def opened(pdf: bytes, *, limits: Limits) -> Iterator[pypdfium2.PdfDocument]:
    """Lend the open document.

    Raises:
        UnreadablePdf: it is not a PDF, encrypted, or too long.
    """
    if b"%PDF-" not in pdf[:1024]:
        raise UnreadablePdf("not a PDF", "the file is not a PDF")
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadablePdf("encrypted", "the PDF is protected by a password") from error
        raise UnreadablePdf("damaged", "the PDF is damaged") from error
    try:
        if len(document) > limits.pages:
            raise UnreadablePdf(
                "too many pages", f"the PDF has {len(document)} pages, more than {limits.pages}"
            )
        yield document
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf("damaged", "the PDF is damaged") from error
    finally:
        document.close()


def _legible(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return the pages with the text that a scanner recognised, where that is all there is."""
    seen = sum(len(line.text) for page in pages for line in page.lines if not line.hidden)
    if seen >= _FEWEST_LETTERS * len(pages):
        return pages
    shown = tuple(
        replace(page, lines=tuple(replace(line, hidden=False) for line in page.lines))
        for page in pages
    )
    if sum(len(line.text) for page in shown for line in page.lines) < _FEWEST_LETTERS * len(pages):
        raise UnreadablePdf("no text", "the PDF holds pictures of pages, but no text")
    return shown


def boxes_of(figures: Sequence[Found]) -> dict[int, list[Box]]:
    """Return what figures and their captions take, by page number."""
    boxes: dict[int, list[Box]] = {}
    for found in figures:
        boxes.setdefault(found.page, []).extend((found.bbox, found.caption_bbox))
    return boxes
