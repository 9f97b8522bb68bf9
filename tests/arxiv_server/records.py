"""This module holds what the server knows of a paper, and reads it from the forms it comes in."""

import csv
import json
import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

_ID_AND_VERSION = re.compile(r"(?P<id>.+?)(?:v(?P<version>\d+))?")

_FIVE_DIGITS_SINCE = 1501  # January 2015


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A paper as arXiv keeps it: text as the authors typed it, white space and all.

    Each author is a name and the affiliations.
    """

    id: str
    published: datetime
    title: str = "A title"
    abstract: str = "An abstract."
    authors: tuple[tuple[str, tuple[str, ...]], ...] = (("Ada Author", ()),)
    categories: tuple[str, ...] = ("cs.CV",)
    version: int = 1
    revised: datetime | None = None
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""
    licence: str = ""

    @property
    def updated(self) -> datetime:
        """When the last version came."""
        return self.revised or self.published


def read(path: Path, *, day: date) -> tuple[Record, ...]:
    """Return the papers of a ``.tsv.xz`` or ``.jsonl`` file; those without a date are of ``day``.

    A day becomes its noon, UTC.
    """
    if path.name.endswith(".tsv.xz"):
        return tuple(_of_archive(path))
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return _merged(_of_seed(row) if "id" in row else _of_listing(row, day) for row in rows)


def _of_archive(path: Path) -> Iterator[Record]:
    csv.field_size_limit(10_000_000)
    with lzma.open(path, "rt", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text, delimiter="\t"):
            yield Record(
                id=_repaired(row["arxiv_id"]),
                # The archive counts no versions; a paper with a later date has had at least two.
                version=2 if row["updated"] else 1,
                title=row["title"],
                abstract=row["abstract"],
                authors=_named(row["author_text"].split(", ")),
                categories=_primary_first(row["primary_cat"], row["categories"].split(",")),
                published=_noon(row["created"]),
                revised=_noon(row["updated"]) if row["updated"] else None,
                comment=row["comments"],
                doi=row["doi"],
            )


def _repaired(id_: str) -> str:
    """Return the id that the archive wrote as a number: "1804.0849699999999" is 1804.08497."""
    if "/" in id_:
        return id_
    number = float(id_)
    digits = 5 if number >= _FIVE_DIGITS_SINCE else 4
    return f"{number:0{digits + 5}.{digits}f}"


def _of_seed(row: dict[str, Any]) -> Record:  # JSON of a known form
    return Record(
        id=row["id"],
        version=row["version"],
        title=row["title"],
        abstract=row["abstract"],
        authors=_named(row["authors"]),
        categories=tuple(row["categories"]),
        published=_noon(row["created"]),
        comment=row["comment"],
    )


def _of_listing(row: dict[str, Any], day: date) -> Record:  # JSON of a known form
    named = _ID_AND_VERSION.fullmatch(row["pdf_url"].partition("/pdf/")[2])
    assert named is not None, row["pdf_url"]
    return Record(
        id=named["id"],
        version=int(named["version"] or 1),
        title=row["title"],
        abstract=row["abstract"],
        authors=_named(row["authors"].split(",")),
        categories=(row["topic"],),
        published=_noon(day.isoformat()),
    )


def _merged(records: Iterable[Record]) -> tuple[Record, ...]:
    """Make one record of those that list the same paper under several categories."""
    merged: dict[str, Record] = {}
    for record in records:
        known = merged.setdefault(record.id, record)
        both = tuple(dict.fromkeys(known.categories + record.categories))
        merged[record.id] = replace(known, categories=both)
    return tuple(merged.values())


def _named(names: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, ()) for name in names)


def _primary_first(primary: str, categories: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((primary, *categories)))


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), UTC)
