"""This module compares posts with each other: papers that come again, and as what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from digestgen.evidence import language_of
from digestgen.lint.checking import Parsed, problem
from digestgen.lint.values import Mark, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A paper in a post: which version, in which series of posts, on which day.

    A series is a title in a language: a post may have a translation.

    The two problems are what it is when an earlier post has it too, their messages still empty.
    """

    series: str
    day: str
    path: str
    id: str
    version: int
    is_update: bool
    repeated: Problem
    updated: Problem


def sightings(post: Parsed) -> tuple[Sighting, ...]:
    """Return the papers of a post that have an id."""
    meta = post.file.meta if isinstance(post.file.meta, Mapping) else {}
    series = f"{meta.get('title', '')} {language_of(post.file.split.body) or ''}"
    return tuple(
        Sighting(
            series=series,
            day=str(meta.get("date", "")),
            path=post.file.path,
            id=block.id,
            version=block.version or 1,
            is_update=block.is_update,
            repeated=problem(_mark(post, index, "repeated-paper"), post.file),
            updated=problem(_mark(post, index, "update-as-new"), post.file),
        )
        for index, block in enumerate(post.blocks)
        if block.id
    )


def across(seen: Iterable[Sighting]) -> Iterator[Problem]:
    """Find papers that an earlier post of the same title has already."""
    first: dict[tuple[str, str], Sighting] = {}
    for sighting in sorted(seen, key=lambda each: (each.day, each.path)):
        earlier = first.setdefault((sighting.series, sighting.id), sighting)
        if earlier.path == sighting.path:
            continue
        if sighting.version <= earlier.version:
            yield _told(sighting.repeated, f"{sighting.id} stands in {earlier.path} already")
        elif not sighting.is_update:
            said = (
                f"version {sighting.version} of {sighting.id}, of which {earlier.path} has version"
            )
            yield _told(sighting.updated, f"{said} {earlier.version}, looks like a new paper")


def _mark(post: Parsed, index: int, rule: str) -> Mark:
    block = post.blocks[index]
    end = block.title_start + len(block.title)
    return Mark(rule=rule, start=block.title_start, end=end, message="", paper=block.id)


def _told(found: Problem, said: str) -> Problem:
    return replace(found, message=said)
