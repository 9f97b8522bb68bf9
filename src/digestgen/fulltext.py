"""This module gets the full text of papers: fetched from the source, read in a cage, remembered.

A paper whose PDF is missing, broken or hostile is digested from its abstract, and its entry says
why. Sources are asked by who owns the run alone; reading is for any number of threads.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from digestgen.cage import Cage, CageError
from digestgen.errors import NoPdfError, RemoteError
from digestgen.licensing import Condition, allows_pictures, licence_name
from digestgen.model import Depth, Entry, Galleries, Note, Paper, Picture, Section
from digestgen.paper import Extract, Facts, extract, venue_in
from digestgen.ports import LicenceSource, PdfSource, Source
from digestgen.readings import Kept, Readings, reading_key
from digestgen.text import paper_slug

# So many failures one after another are the server's, not the papers'.
_PATIENCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is read, and which pictures are shown.

    At most ``most`` a paper; ``conditions`` are those of a licence that are accepted.
    """

    depth: Depth = "full"
    galleries: Galleries = "all"
    most: int = 8
    show_licence: bool = False
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText:
    """What there is to digest: the paper with what its PDF adds, its sections and pictures."""

    paper: Paper
    sections: tuple[Section, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: tuple[Note, ...] = ()


class FullTexts:
    """The full texts of a source's papers; leave it like a file, and its processes end."""

    def __init__(self, source: Source, readings: Readings, rules: Rules, *, workers: int) -> None:
        self._source = source
        self._readings = readings
        self._rules = rules
        self._cage = Cage(workers)
        self._pdfs_failed = 0
        self._licences_failed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the processes; at once after an exception."""
        self._cage.__exit__(kind, error, traceback)

    def stop(self) -> None:
        """End all reading at once; who waits for it is told."""
        self._cage.shutdown(wait=False, cancel_futures=True)

    def fetch(self, paper: Paper) -> Path | Note | None:
        """Return the paper's PDF, or why there is none; None when only abstracts are read.

        A server that fails for several papers in a row is not asked again.

        Raises:
            OutputError: the PDF cannot be written.
        """
        if self._rules.depth == "abstract":
            return None
        try:
            return self._pdf(paper)
        except NoPdfError as error:
            return Note(kind="no full text", detail=str(error))

    @property
    def gave_up(self) -> bool:
        """Tell whether the server of PDFs was not asked any more."""
        return self._pdfs_failed >= _PATIENCE

    def read(self, paper: Paper, pdf: Path | Note | None) -> FullText:
        """Return what `fetch`'s answer holds, from memory where it was read before.

        Raises:
            OutputError: what was read cannot be remembered.
        """
        if not isinstance(pdf, Path):
            return FullText(paper=enriched(paper, Facts()), notes=(pdf,) if pdf else ())
        try:
            kept = self._kept(paper, pdf.read_bytes())
        except CageError as error:
            return _unread(paper, error.message)
        except OSError as error:
            return _unread(paper, (error.strerror or str(error)).lower())
        return FullText(
            paper=enriched(paper, kept.reading.facts),
            sections=kept.reading.sections,
            pictures=tuple(_named(picture, paper) for picture in kept.pictures),
            notes=_hidden(len(kept.reading.hidden)),
        )

    def licensed(self, entry: Entry) -> Entry:
        """Return the entry with its licence where it matters, and without what that forbids."""
        rules = self._rules
        if not entry.pictures:
            return entry
        strict = rules.galleries == "licensed"
        licence = entry.paper.licence
        if not licence and (strict or rules.show_licence):
            licence = self._licence(entry.paper)
        entry = replace(entry, paper=replace(entry.paper, licence=licence))
        if not strict or allows_pictures(licence, accepted=rules.conditions):
            return entry
        withheld = Note(kind="pictures withheld", detail=licence_name(licence))
        return replace(entry, pictures=(), notes=(*entry.notes, withheld))

    def _pdf(self, paper: Paper) -> Path:
        if not isinstance(self._source, PdfSource):
            raise NoPdfError("no PDF: the source has none")
        if self.gave_up:
            raise NoPdfError("no PDF: the server failed for others before")
        failed_before, self._pdfs_failed = self._pdfs_failed, 0
        try:
            return self._source.pdf(paper)
        except RemoteError as error:
            self._pdfs_failed = failed_before + 1
            raise NoPdfError(f"no PDF: {error.message}") from error

    def _kept(self, paper: Paper, pdf: bytes) -> Kept:
        authors = tuple(author.name for author in paper.authors)
        most = 0 if self._rules.galleries == "none" else self._rules.most
        key = reading_key(pdf, authors=authors, most_pictures=most)
        kept = self._readings.find(key)
        if kept is None:
            future = self._cage.submit(extract, pdf, authors=authors, most_pictures=most)
            kept = self._readings.keep(key, future.result())
        return kept

    def _licence(self, paper: Paper) -> str:
        """Return the licence, "" when nobody says; a server that only fails is left alone."""
        if not isinstance(self._source, LicenceSource) or self._licences_failed >= _PATIENCE:
            return ""
        try:
            licence = self._source.licence(paper)
        except RemoteError:
            self._licences_failed += 1
            return ""
        self._licences_failed = 0
        return licence


def read_pdf(pdf: bytes, *, authors: tuple[str, ...], most_pictures: int) -> Extract:
    """Return what a PDF holds, read in a caged process.

    Raises:
        ValueError: it cannot be read, or not within the limits; the message says why.
    """
    with Cage(1) as cage:
        future = cage.submit(extract, pdf, authors=authors, most_pictures=most_pictures)
        try:
            return future.result()
        except CageError as error:
            raise ValueError(error.message) from error


def enriched(paper: Paper, facts: Facts) -> Paper:
    """Return the paper with what its first page adds; what the metadata says stays."""
    said = {link.kind for link in paper.links}
    read = dict(enumerate(facts.affiliations))
    return replace(
        paper,
        authors=tuple(
            replace(author, affiliations=author.affiliations or read.get(number, ()))
            for number, author in enumerate(paper.authors)
        ),
        venue=paper.venue or venue_in(paper.comment) or facts.venue,
        links=(*paper.links, *(link for link in facts.links if link.kind not in said)),
    )


def _named(picture: Picture, paper: Paper) -> Picture:
    """Call the picture by its paper as well: a post holds those of several."""
    prefix = paper_slug(paper.id)
    small = f"{prefix}-{picture.thumbnail_name}" if picture.thumbnail_name else ""
    return replace(picture, file_name=f"{prefix}-{picture.file_name}", thumbnail_name=small)


def _hidden(passages: int) -> tuple[Note, ...]:
    return (Note(kind="hidden text", detail=str(passages)),) if passages else ()


def _unread(paper: Paper, why: str) -> FullText:
    note = Note(kind="no full text", detail=f"the PDF cannot be read: {why}")
    return FullText(paper=enriched(paper, Facts()), notes=(note,))
