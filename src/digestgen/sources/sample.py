"""This module is the built-in sample: eight invented papers, for a digest without a network.

Their ids cannot be arXiv's, their authors are called "Sample Author", and nothing links to arXiv.
Their PDFs lie in the folder ``sample_pdfs`` beside it.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digestgen.errors import NoPdfError
from digestgen.model import Author, Fetched, Link, Paper, Topic, Window
from digestgen.ports import Options, Tools
from digestgen.text import squeeze

_FOLDER = Path(__file__).parent
_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


def create(_options: Options, _tools: Tools) -> "SampleSource":
    """Return the sample; it has no options and needs no tools."""
    return SampleSource()


class SampleSource:
    """The sample, see `ports.Source` and `ports.PdfSource`.

    Every topic and every window get the same papers.
    """

    def fetch(self, topic: Topic, window: Window) -> Fetched:  # noqa: ARG002  # any window will do
        """See `ports.Source`."""
        papers = _papers()
        return Fetched(papers=papers[: topic.limit], total=len(papers))

    def pdf(self, paper: Paper) -> Path:
        """See `ports.PdfSource`."""
        path = _FOLDER / "sample_pdfs" / f"{paper.id}.pdf"
        if all(paper.id != known.id for known in _papers()) or not path.is_file():
            raise NoPdfError("no PDF: the sample has none")
        return path


def _papers() -> tuple[Paper, ...]:
    text = (_FOLDER / "sample.toml").read_text(encoding="utf-8")
    papers = (_paper(record) for record in tomllib.loads(text)["papers"])
    return tuple(sorted(papers, key=lambda paper: paper.published, reverse=True))


def _paper(record: Mapping[str, Any]) -> Paper:  # Any: what a TOML table holds
    affiliations = record.get("affiliations", {})
    return Paper(
        id=record["id"],
        version=record.get("version", 1),
        title=squeeze(record["title"]),
        authors=tuple(
            Author(name=name, affiliations=tuple(affiliations.get(name, ())))
            for name in record["authors"]
        ),
        abstract=squeeze(record["abstract"]),
        categories=tuple(record["categories"]),
        published=record["published"],
        updated=record.get("updated", record["published"]),
        comment=record["comment"],
        licence=_CC0,
        links=tuple(Link(kind="code", url=url) for url in record.get("code", ())),
    )
