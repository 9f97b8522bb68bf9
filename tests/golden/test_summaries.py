"""The digests that read worst once, mended. ``--update-golden`` writes them anew; read them then.

The papers are invented; each stands for a real one whose digest went wrong: a problem taken for
the contribution, an address taken for a result, a condition cut off, the contribution among the
background, a list with an item missing.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from digestgen.model import Statement, Summary
from digestgen.summarize.extractive import Extractive
from tests.builders import paper

HERE = Path(__file__).parent / "summaries"
PAPERS: list[dict[str, Any]] = json.loads((HERE / "papers.json").read_text(encoding="utf-8"))


def lines(summary: Summary) -> Iterator[str]:
    """The digest as a person reads it."""
    mark = " (shortened)" if summary.gist.shortened else ""
    yield f"gist: {summary.gist.text}{mark}"
    yield f"keywords: {', '.join(summary.keywords)}"
    for field in fields(summary):
        part = getattr(summary, field.name)
        if isinstance(part, tuple) and field.name != "keywords":
            yield f"{field.name}:"
            yield from (f"- {each.text}" for each in part if isinstance(each, Statement))


@pytest.mark.parametrize("record", PAPERS, ids=lambda record: record["name"])
def test_a_digest_that_read_badly_once_reads_well(
    record: dict[str, Any], is_golden: Callable[[Path, str], bool]
) -> None:
    found = Extractive().summarize(paper(title=record["title"], abstract=record["abstract"]), ())

    assert is_golden(HERE / f"{record['name']}.txt", "\n".join(lines(found)) + "\n")
