"""This module is a source whose papers are what ``papers.json`` in the current folder says.

Nothing is cleaned on the way, so that the worst can be handed in.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digestgen.model import Author, Fetched, Paper, Topic, Window
from digestgen.ports import Options, Tools

FILE = "papers.json"
NAME = "tests.paper_file:create"
_DAY = datetime(2024, 9, 20, 8, tzinfo=UTC)


class PaperFile:
    """See `ports.Source`."""

    def fetch(self, topic: Topic, window: Window) -> Fetched:
        records = json.loads(Path(FILE).read_text(encoding="utf-8"))
        papers = tuple(_paper(record) for record in records)
        return Fetched(papers=papers[: topic.limit], total=len(papers))


def create(_options: Options, _tools: Tools) -> PaperFile:
    return PaperFile()


def _paper(record: dict[str, Any]) -> Paper:
    return Paper(
        id=record["id"],
        version=1,
        title=record["title"],
        authors=tuple(
            Author(name=name, affiliations=tuple(record.get("affiliations", ())))
            for name in record.get("authors", ("Ada Example",))
        ),
        abstract=record["abstract"],
        categories=tuple(record.get("categories", ("cs.CV",))),
        published=_DAY,
        updated=_DAY,
        comment=record.get("comment", ""),
        journal_ref=record.get("journal_ref", ""),
    )
