"""This module is the built-in sample: eight invented papers, for a digest without a network.

Their ids cannot be arXiv's, their authors are called "Sample Author", and nothing links to arXiv.
"""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from digestgen.model import Author, Fetched, Link, Paper, Topic, Window
from digestgen.ports import Options, Tools
from digestgen.text import squeeze


def create(_options: Options, _tools: Tools) -> "SampleSource":
    """Return the sample; it has no options and needs no tools."""
    return SampleSource()


class SampleSource:
    """The sample, see `ports.Source`. Every topic and every window get the same papers."""

    def fetch(self, topic: Topic, window: Window) -> Fetched:  # noqa: ARG002  # any window will do
        """See `ports.Source`."""
        papers = _papers()
        return Fetched(papers=papers[: topic.limit], total=len(papers))


def _papers() -> tuple[Paper, ...]:
    text = resources.files("digestgen.sources").joinpath("sample.toml").read_text(encoding="utf-8")
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
        links=tuple(Link(kind="code", url=url) for url in record.get("code", ())),
    )
