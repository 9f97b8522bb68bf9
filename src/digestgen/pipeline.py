"""This module runs the digest half, topic by topic, and is the only place that starts workers.

    ledgers in content/ ─▶ Window ─▶ source ─▶ Fetched ─▶ the papers that are new
        ─▶ digest_one (in workers, through the memo) ─▶ Entry | Skip
        ─▶ Digest (with the blocks that stand in the day's post) ─▶ Post ─▶ content/

What is decided on the way is decided in ``planning``.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from digestgen import content, planning
from digestgen.content import Ledger, Place
from digestgen.memo import SummaryMemo
from digestgen.model import (
    Digest,
    Entry,
    Fetched,
    Outcome,
    Paper,
    Published,
    Skip,
    Topic,
    TopicReport,
    Window,
)
from digestgen.planning import Sorting
from digestgen.ports import OutputFormat, Source, Summarizer


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """Who does the work of each stage; ``progress`` is told how far it is."""

    source: Source
    summarizer: Summarizer
    output: OutputFormat
    memo: SummaryMemo
    workers: int
    progress: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is wanted: a topic on a day, written below ``folder``.

    ``ledgers`` are those of the topic's posts. ``force`` makes the papers of the day's post again; ``dry_run`` stops before digesting.
    """

    topic: Topic
    day: date
    now: datetime
    folder: Path
    ledgers: tuple[Ledger, ...]
    since: date | timedelta | None = None
    until: date | None = None
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the source has, held against what stands on disk."""

    window: Window
    fetched: Fetched
    sorting: Sorting
    place: Place
    standing: tuple[Published, ...]


def build_topic(order: Order, stages: Stages) -> TopicReport:
    """Digest what is new for a topic and write the day's post.

    Nothing is written when nothing is new. Finished papers stay in the memo whatever happens.

    Raises:
        DigestgenError: the source did not answer, or a post cannot be read or written.
    """
    began = time.monotonic()
    stages.progress(f"{order.topic.name}: asking for papers")
    found = _find(order, stages.source)
    asked = time.monotonic()
    report = _report(order, found, seconds={"fetch": asked - began})
    if order.dry_run or not found.sorting.new:
        return report
    digested = _digest_all(order, stages, found.sorting.new)
    done = time.monotonic()
    report = _write(order, stages.output, found, [outcome for outcome, _ in digested], report)
    return replace(
        report,
        digested=sum(1 for _, remembered in digested if not remembered),
        from_memo=sum(1 for _, remembered in digested if remembered),
        seconds={
            "fetch": asked - began,
            "summarize": done - asked,
            "write": time.monotonic() - done,
        },
    )


def digest_one(
    paper: Paper, summarizer: Summarizer, memo: SummaryMemo, *, force: bool = False
) -> tuple[Outcome, bool]:
    """Return a paper's entry, or why there is none, and whether the memo had its summary."""
    kept = None if force else memo.find(summarizer.fingerprint, paper, ())
    if kept is not None:
        return Entry(paper=paper, summary=kept), True
    try:
        summary = summarizer.summarize(paper, ())
    except ValueError as error:
        return Skip(id=paper.id, stage="summary", reason=str(error)), False
    memo.keep(summarizer.fingerprint, paper, (), summary)
    return Entry(paper=paper, summary=summary), False


def _find(order: Order, source: Source) -> _Found:
    window = planning.window_for(
        order.topic,
        [ledger.day for ledger in order.ledgers],
        day=order.day,
        since=order.since,
        until=order.until,
    )
    place = content.find_place(order.folder, f"{order.day}-{order.topic.slug}")
    standing = content.published(place.standing) if place.standing else ()
    versions = planning.published_versions(order.ledgers)
    for block in standing if order.force else ():
        versions.pop(block.ledger.id, None)
    fetched = source.fetch(order.topic, window)
    return _Found(
        window=window,
        fetched=fetched,
        sorting=planning.sort_out(fetched, versions),
        place=place,
        standing=standing,
    )


def _report(order: Order, found: _Found, *, seconds: dict[str, float]) -> TopicReport:
    standing = found.place.standing
    return TopicReport(
        topic=order.topic,
        day=order.day,
        path=standing.path if standing else None,
        papers=tuple(block.ledger.id for block in found.standing),
        fetched=len(found.fetched.papers),
        new=found.sorting.new,
        known=len(found.sorting.known),
        updated=found.sorting.updated,
        cut_off=max(0, found.fetched.total - len(found.fetched.papers)),
        edited=found.place.edited,
        seconds=seconds,
    )


def _digest_all(
    order: Order, stages: Stages, papers: tuple[Paper, ...]
) -> list[tuple[Outcome, bool]]:
    """Return the papers' outcomes in their order, whatever the number of workers."""
    digested: list[tuple[Outcome, bool]] = []
    executor = ThreadPoolExecutor(max_workers=stages.workers)
    try:
        futures = [
            executor.submit(digest_one, paper, stages.summarizer, stages.memo, force=order.force)
            for paper in papers
        ]
        for number, future in enumerate(futures, start=1):
            digested.append(future.result())
            stages.progress(f"{order.topic.name}: digested {number} of {len(papers)} papers")
    finally:
        executor.shutdown(cancel_futures=True)
    return digested


def _write(
    order: Order,
    output: OutputFormat,
    found: _Found,
    outcomes: list[Outcome],
    report: TopicReport,
) -> TopicReport:
    entries, skipped = planning.arrange(outcomes, found.standing)
    if not any(isinstance(entry, Entry) for entry in entries):
        return replace(report, skipped=skipped)
    digest = Digest(
        topic=order.topic,
        day=order.day,
        window=found.window,
        entries=entries,
        skipped=skipped,
    )
    post = replace(output.render(digest), stem=found.place.stem)
    ledger = Ledger(
        topic=order.topic.name,
        slug=order.topic.slug,
        lang=order.topic.lang,
        day=order.day,
        window=found.window,
        papers=tuple(block.ledger for block in post.blocks),
    )
    written = content.write_post(
        order.folder, post, ledger, standing=found.place.standing, now=order.now
    )
    return replace(
        report,
        path=content.POSTS / f"{post.stem}.md",
        papers=tuple(block.ledger.id for block in post.blocks),
        written=written,
        skipped=skipped,
    )
