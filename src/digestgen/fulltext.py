"""This module gets the full text of papers: fetched from the source, read in a cage, remembered.

A paper whose PDF is missing, broken or hostile is digested from its abstract, and its entry says
why. Sources are asked by who owns the run alone; reading is for any number of threads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from digestgen.cage import Cage, CageError
from digestgen.errors import NoPdfError, RemoteError
from digestgen.licensing import Condition, allows_pictures, licence_name
from digestgen.model import Depth, Entry, Galleries, Note, NoteKind, Paper, Picture, Section
from digestgen.paper import Extract, Facts, extract, venue_in
from digestgen.ports import LicenceSource, PdfSource, Source
from digestgen.readings import Kept, Readings, reading_key
from digestgen.text import paper_slug


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
        self._pdfs = _Patience()
        self._licences = _Patience()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the processes; at once after an exception."""
        self._cage.shutdown(cancel_futures=kind is not None)

    def stop(self) -> None:
        """End all reading at once; who waits for it is told."""
        self._cage.shutdown(wait=False, cancel_futures=True)

    @property
    def reads_pdfs(self) -> bool:
        """Tell whether more than abstracts is wanted and the source has it."""
        return self._rules.depth == "full" and isinstance(self._source, PdfSource)

    def fetch(self, paper: Paper) -> Path | Note | None:
        """Return the paper's PDF, or why there is none; None when only abstracts are read.

        Raises:
            OutputError: the PDF cannot be written.
        """
        if not isinstance(self._source, PdfSource) or self._rules.depth == "abstract":
            return None
        try:
            with self._pdfs.trying():
                return self._source.pdf(paper)
        except NoPdfError as error:
            return Note(kind="no pdf", detail=str(error).removeprefix("no PDF: "))
        except RemoteError as error:
            return Note(kind="pdf unavailable", detail=error.message)

    def read(self, paper: Paper, pdf: Path | Note | None) -> FullText:
        """Return what `fetch`'s answer holds, from memory where it was read before.

        Raises:
            OutputError: what was read cannot be remembered.
        """
        if not isinstance(pdf, Path):
            return _unread(paper, pdf)
        try:
            kept = self._kept(paper, pdf.read_bytes())
        except CageError as error:
            return _unread(paper, Note(kind="pdf unreadable", detail=error.message))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            return _unread(paper, Note(kind="pdf unreadable", detail=why))
        return FullText(
            paper=enriched(paper, kept.reading.facts),
            sections=kept.reading.sections,
            pictures=tuple(_named(picture, paper) for picture in kept.pictures),
            notes=_hidden(paper.hidden + len(kept.reading.hidden)),
        )

    def licensed(self, entry: Entry) -> Entry:
        """Return the entry with its licence where it matters, and without what that forbids."""
        if not entry.pictures:
            return entry
        strict = self._rules.galleries == "licensed"
        if (strict or self._rules.show_licence) and not entry.paper.licence:
            try:
                licence = self._licence(entry.paper)
            except RemoteError:
                return _withheld(entry, "licence unavailable") if strict else entry
            entry = replace(entry, paper=replace(entry.paper, licence=licence))
        if strict and not allows_pictures(entry.paper.licence, accepted=self._rules.conditions):
            return _withheld(entry, "pictures withheld", licence_name(entry.paper.licence))
        return entry

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
        if not isinstance(self._source, LicenceSource):
            return ""
        with self._licences.trying():
            return self._source.licence(paper)


class _Patience:
    """Leaves a server alone that failed for several papers in a row: it is not the papers."""

    def __init__(self, most: int = 3) -> None:
        self._most = most
        self._failed = 0

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Count how the block ends; raise a RemoteError at once when it failed too often."""
        if self._failed >= self._most:
            raise RemoteError("the server failed for others before")
        try:
            yield
        except RemoteError:
            self._failed += 1
            raise
        self._failed = 0


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


def _unread(paper: Paper, why: Note | None) -> FullText:
    """Return what there is without a PDF; ``why`` there is none, unless none was wanted."""
    notes = ((why,) if why else ()) + _hidden(paper.hidden)
    return FullText(paper=enriched(paper, Facts()), notes=notes)


def _withheld(entry: Entry, kind: NoteKind, detail: str = "") -> Entry:
    note = Note(kind=kind, detail=detail)
    return replace(entry, pictures=(), notes=(*entry.notes, note))
