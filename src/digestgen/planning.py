"""This module decides what a run is to do: which window, which papers, in which order.

It computes from values only; ``pipeline`` fetches and writes.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from digestgen.config import MOST_PAPERS
from digestgen.content import Ledger
from digestgen.errors import ConfigError
from digestgen.model import Entry, Fetched, Outcome, Paper, Published, Skip, Topic, Window

# A paper shows up in arXiv's search when it is announced, up to four days after its submission
# over a weekend with a holiday; a window that began where the last one ended would lose it.
# Asking again for what is known costs nothing.
ANNOUNCEMENT_DELAY = timedelta(days=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """What came from the source, in its order, held against what has been published.

    ``new`` are the papers to digest; ``cut_off`` counts those beyond the limit, at least.
    """

    new: tuple[Paper, ...]
    known: tuple[Paper, ...]
    updated: tuple[Paper, ...]
    cut_off: int


def window_for(
    topic: Topic,
    digests: Iterable[date],
    *,
    day: date,
    since: date | timedelta | None = None,
    until: date | None = None,
) -> Window:
    """Return the span of submission days to ask for, in UTC.

    ``digests`` are the days of the topic's digests. Without ``since`` the window begins at the
    last of them before ``day``, less the time that arXiv takes to announce; the first time it
    looks back ``topic.window_days``. So all runs of one day ask for the same window.

    Raises:
        ConfigError: the window would end before it begins.
    """
    last = until or day
    earlier = [digest for digest in digests if digest < day]
    if isinstance(since, timedelta):
        first = last - since
    elif since is not None:
        first = since
    elif earlier:
        first = max(earlier) - ANNOUNCEMENT_DELAY
    else:
        first = last - timedelta(days=topic.window_days)
    if first > last:
        raise ConfigError(
            f"the window ends on {last}, before it begins on {first}",
            hint="give an earlier --since or a later --until",
        )
    return Window(
        start=datetime.combine(first, time.min, UTC),
        end=datetime.combine(last, time(23, 59, 59), UTC),
    )


def published_versions(ledgers: Iterable[Ledger]) -> dict[str, int]:
    """Return the highest version published of each paper in these ledgers."""
    versions: dict[str, int] = {}
    for ledger in ledgers:
        for entry in ledger.papers:
            versions[entry.id] = max(entry.version, versions.get(entry.id, 0))
    return versions


def most_to_fetch(topic: Topic, ledgers: Iterable[Ledger], window: Window) -> int:
    """Return how many papers to ask for so that the limit's worth of new ones can be among them.

    What was published since the window began may stand before them in the source's order.
    """
    in_the_way = sum(len(ledger.papers) for ledger in ledgers if ledger.day >= window.start.date())
    return min(topic.limit + in_the_way, MOST_PAPERS)


def room_left(topic: Topic, ledgers: Iterable[Ledger], *, day: date) -> int:
    """Return how many papers the topic's digest of a day may still take in.

    The limit is a day's, not a run's: running twice must not publish twice as much.
    """
    taken = sum(len(ledger.papers) for ledger in ledgers if ledger.day == day)
    return max(0, topic.limit - taken)


def sort_out(
    fetched: Fetched, versions: Mapping[str, int], *, room: int, remade: Set[str] = frozenset()
) -> Sorting:
    """Part the papers into new ones, published ones, and published ones that have moved on.

    At most ``room`` new papers are taken; those to be ``remade`` count as new beside them.
    """
    unpublished = [paper for paper in fetched.papers if paper.id not in versions]
    taken = remade | {paper.id for paper in unpublished[:room]}
    known = tuple(
        paper for paper in fetched.papers if paper.id in versions and paper.id not in remade
    )
    unseen = fetched.total - len(fetched.papers) - (len(versions) - len(known))
    return Sorting(
        new=tuple(paper for paper in fetched.papers if paper.id in taken),
        known=known,
        updated=tuple(paper for paper in known if paper.version > versions[paper.id]),
        cut_off=len(unpublished[room:]) + max(0, unseen),
    )


def arrange(
    outcomes: Iterable[Outcome], standing: Iterable[Published]
) -> tuple[tuple[Entry | Published, ...], tuple[Skip, ...]]:
    """Return the entries of a post and what was skipped: new papers first, then those on disk.

    A paper that could not be had in full this time keeps the block that stands.
    """
    outcomes, standing = tuple(outcomes), tuple(standing)
    there = {block.ledger.id for block in standing}
    made = (outcome for outcome in outcomes if isinstance(outcome, Entry))
    entries = tuple(
        entry for entry in made if not (entry.is_incomplete and entry.paper.id in there)
    )
    remade = {entry.paper.id for entry in entries}
    carried = tuple(block for block in standing if block.ledger.id not in remade)
    skips = tuple(outcome for outcome in outcomes if isinstance(outcome, Skip))
    return entries + carried, skips
