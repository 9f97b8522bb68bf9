"""This module reads the texts to train on from a data folder; it fetches nothing."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digestgen.summarize.aspects import ASPECTS, PLACES, Aspect, Place
from digestgen.summarize.labels import ROLES, Role
from digestgen.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstract:
    """An abstract of SciTLDR with its reference summaries."""

    title: str
    sentences: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An abstract of CSAbstruct; ``agreement`` is the annotators' for each label, from 0 to 1."""

    sentences: tuple[str, ...]
    roles: tuple[Role, ...]
    agreement: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A paper of ACLSum; per aspect a summary and, per place, which sentences carry it."""

    title: str
    sentences: dict[Place, tuple[str, ...]]
    summaries: dict[Aspect, str]
    highlights: dict[Aspect, dict[Place, tuple[bool, ...]]]


def scitldr(data: Path, split: str) -> tuple[Abstract, ...]:
    """Return the abstracts of ``train`` or ``dev``."""
    return tuple(
        Abstract(
            title=squeeze(record["title"] or ""),
            sentences=tuple(filter(None, map(squeeze, record["source"]))),
            references=tuple(record["target"]),
        )
        for record in _records(data / "scitldr" / f"{split}.jsonl")
    )


def csabstruct(data: Path, split: str) -> tuple[Labelled, ...]:
    """Return the abstracts of ``train`` or ``dev``."""
    return tuple(
        Labelled(
            sentences=tuple(record["sentences"]),
            roles=tuple(ROLES[ROLES.index(label)] for label in record["labels"]),
            agreement=tuple(record["confs"]),
        )
        for record in _records(data / "csabstruct" / f"{split}.jsonl")
    )


def aclsum(data: Path, split: str) -> tuple[Reviewed, ...]:
    """Return the papers of ``train`` or ``val``, their tokens put together as they are written."""
    return tuple(
        Reviewed(
            title=record.get("title") or "",
            sentences={place: tuple(map(written, record["sentences"][place])) for place in PLACES},
            summaries={aspect: record["summary"][aspect] for aspect in ASPECTS},
            highlights={
                aspect: {
                    place: tuple(map(bool, record["highlights"][aspect][place])) for place in PLACES
                }
                for aspect in ASPECTS
            },
        )
        for record in _records(data / "aclsum" / f"{split}.jsonl")
    )


def written(tokens: str) -> str:
    """Return a line of tokens as a person writes it: no space before a comma."""
    text = re.sub(r"\s+([,.;:)\]%])", r"\1", re.sub(r"([(\[])\s+", r"\1", tokens))
    return squeeze(text.replace(" n't", "n't").replace(" 's", "'s"))


def _records(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]  # JSON of other people
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
