"""This module defines what a run says of itself, topic by topic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from digestgen.model import Note, Paper, Skip, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReport:
    """A post of a topic's day, its papers in order, and whether this run wrote it."""

    path: PurePosixPath
    papers: tuple[str, ...]
    written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a language model was asked in a run: answers it gave, and answers from the memo.

    ``failure`` says why the last of the ``failed`` questions got no answer. ``cost`` is None
    without prices; ``stopped`` says why it was not asked any more, if so.
    """

    model: str
    answers: int = 0
    remembered: int = 0
    failed: int = 0
    failure: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    stopped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What papers would cost: from when all is short and right at once, to the longest way.

    Costs are None without prices. Of the ``parts`` of their digests so many are ``remembered``, and
    cost nothing.
    """

    papers: int
    parts: int
    remembered: int
    least_tokens: int
    most_tokens: int
    least_cost: float | None = None
    most_cost: float | None = None

    def plus(self, other: "Estimate") -> "Estimate":
        """Return what these papers and the others would cost."""
        return Estimate(
            papers=self.papers + other.papers,
            parts=self.parts + other.parts,
            remembered=self.remembered + other.remembered,
            least_tokens=self.least_tokens + other.least_tokens,
            most_tokens=self.most_tokens + other.most_tokens,
            least_cost=_sum(self.least_cost, other.least_cost),
            most_cost=_sum(self.most_cost, other.most_cost),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReport:
    """What a run did for one topic; ``posts`` are those of the day, written or not.

    ``new`` are the papers to digest; ``cut_off`` counts further ones that the limit left out, at
    least; ``updated`` are published papers that the source has in a newer version; ``notes`` are
    those on the new papers' entries, by id; ``edited`` names posts that a person changed and that
    were left alone.
    """

    topic: Topic
    day: date
    posts: tuple[PostReport, ...] = ()
    fetched: int = 0
    new: tuple[Paper, ...] = ()
    known: int = 0
    updated: tuple[Paper, ...] = ()
    digested: int = 0
    from_memo: int = 0
    cut_off: int = 0
    skipped: tuple[Skip, ...] = ()
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    edited: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Return the ids of papers of which a later run may have more."""
        return tuple(
            paper_id
            for paper_id, notes in self.notes.items()
            if any(note.is_passing for note in notes)
        )

    @property
    def written(self) -> PostReport | None:
        """Return the post that this run wrote, if it did."""
        return next((post for post in self.posts if post.written), None)


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
