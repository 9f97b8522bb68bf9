"""Values for tests, with every field filled in that the test does not speak of."""

from datetime import UTC, date, datetime
from pathlib import Path

from digestgen.content import Ledger
from digestgen.model import (
    Author,
    Evidence,
    LedgerEntry,
    Paper,
    Picture,
    Provenance,
    Statement,
    Summary,
    Topic,
    Window,
)
from digestgen.post import Block, Post

DAY = date(2024, 9, 24)
NOON = datetime(2024, 9, 24, 12, 0, 0)
WINDOW = Window(
    start=datetime(2024, 9, 17, tzinfo=UTC), end=datetime(2024, 9, 24, 23, 59, 59, tzinfo=UTC)
)
ABSTRACT = "Noise is everywhere. We propose a filter. It removes 93.4 % of the noise."


def topic(name: str = "Diffusion Models", **fields: object) -> Topic:
    values: dict[str, object] = {
        "name": name,
        "slug": "diffusion-models",
        "phrases": (name,),
        "tags": (name,),
        **fields,
    }
    return Topic(**values)  # type: ignore[arg-type]  # a test names real fields


def paper(id: str = "2409.00001", **fields: object) -> Paper:  # noqa: A002  # the field's name
    values: dict[str, object] = {
        "id": id,
        "version": 1,
        "title": f"A Filter for Noise {id}",
        "authors": (Author(name="Ada Example"),),
        "abstract": ABSTRACT,
        "categories": ("cs.CV",),
        "published": datetime(2024, 9, 20, 8, tzinfo=UTC),
        "updated": datetime(2024, 9, 20, 8, tzinfo=UTC),
        **fields,
    }
    return Paper(**values)  # type: ignore[arg-type]  # a test names real fields


def quote(text: str = "We propose a filter.", index: int = 1) -> Statement:
    return Statement(text=text, evidence=(Evidence(sentence=text, where="abstract", index=index),))


def summary(**fields: object) -> Summary:
    values: dict[str, object] = {
        "gist": quote(),
        "takeaways": (quote(),),
        "keywords": ("noise",),
        "background": (),
        "past_methods": (),
        "proposed_method": (quote(),),
        "task_and_performance": (),
        "methods": (),
        "significance": (),
        "innovation": (),
        "performance": (),
        "workload": (),
        "written_by": Provenance(method="extractive", fingerprint="test-1", input="abstract"),
        **fields,
    }
    return Summary(**values)  # type: ignore[arg-type]  # a test names real fields


def picture(folder: Path, name: str = "2409-00001-figure-1.webp", **fields: object) -> Picture:
    """A picture on disk, whose bytes are its name."""
    (folder / name).write_bytes(name.encode())
    values: dict[str, object] = {
        "kind": "figure",
        "label": "1",
        "caption": "Figure 1: A filter.",
        "alt": "Figure 1: A filter.",
        "page": 2,
        "file_name": name,
        "image": folder / name,
        "width": 300,
        "height": 125,
        **fields,
    }
    return Picture(**values)  # type: ignore[arg-type]  # a test names real fields


def ledger_entry(id: str = "2409.00001", **fields: object) -> LedgerEntry:  # noqa: A002  # the field's name
    values: dict[str, object] = {
        "id": id,
        "version": 1,
        "title": "A Filter",
        "gist": "We propose a filter.",
        "by": "extractive",
        "fingerprint": "test-1",
        **fields,
    }
    return LedgerEntry(**values)  # type: ignore[arg-type]  # a test names real fields


def ledger(*ids: str, **fields: object) -> Ledger:
    values: dict[str, object] = {
        "topic": "Diffusion Models",
        "slug": "diffusion-models",
        "lang": "zh",
        "day": DAY,
        "window": WINDOW,
        "papers": tuple(ledger_entry(id_) for id_ in ids),
        **fields,
    }
    return Ledger(**values)  # type: ignore[arg-type]  # a test names real fields


def post(*ids: str, **fields: object) -> Post:
    values: dict[str, object] = {
        "stem": "2024-09-24-diffusion-models",
        "meta": {"title": "Diffusion Models", "date": NOON},
        "head": "> how this was made\n",
        "blocks": tuple(
            Block(ledger=ledger_entry(id_), text=f"## Paper {id_}\n\nBody of {id_}.") for id_ in ids
        ),
        **fields,
    }
    return Post(**values)  # type: ignore[arg-type]  # a test names real fields
