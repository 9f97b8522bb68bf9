"""This module runs the digest half, topic by topic, and is the only place that starts workers.

    ledgers in content/ ─▶ Window ─▶ source ─▶ Fetched ─▶ the papers that are new
        ─▶ their PDFs, one after the other ─▶ digest_one (in workers) ─▶ Entry | Skip
        ─▶ Digest (with the blocks that stand in the day's post) ─▶ Post ─▶ content/

What is decided on the way is decided in ``planning``; what a PDF gives comes by ``fulltext``.
"""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath

from digestgen import content, planning, registry
from digestgen.content import Ledger, Place
from digestgen.errors import StoppedError
from digestgen.fulltext import FullText, FullTexts
from digestgen.memo import SummaryMemo
from digestgen.model import (
    Digest,
    Entry,
    Fetched,
    Note,
    Outcome,
    Paper,
    Published,
    Skip,
    Summary,
    Topic,
    Window,
)
from digestgen.net import Stop
from digestgen.planning import Sorting
from digestgen.ports import OutputFormat, Source, Summarizer
from digestgen.post import Post
from digestgen.report import PostReport, TopicReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """Who does the work of each stage; ``progress`` is told how far it is.

    ``stop`` is heard by whatever asks servers in a worker, and ``note`` is told what a person
    who wants to end the run has to know.
    """

    source: Source
    texts: FullTexts
    summarizer: Summarizer
    output: OutputFormat
    memo: SummaryMemo
    workers: int
    stop: Stop
    progress: Callable[[str], None]
    note: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is wanted: a topic on a day, written below ``folder``.

    ``ledgers`` are those of the topic's posts, by the posts' paths. ``force`` makes the papers of
    the day's post again; ``dry_run`` stops before digesting.
    """

    topic: Topic
    day: date
    now: datetime
    folder: Path
    ledgers: Mapping[PurePosixPath, Ledger]
    since: date | timedelta | None = None
    until: date | None = None
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the source has, held against what has been published."""

    window: Window
    fetched: Fetched
    sorting: Sorting
    edited: tuple[str, ...]


def build_topic(order: Order, stages: Stages) -> TopicReport:
    """Digest what is new for a topic and write the day's post.

    Nothing is written when nothing is new. Finished papers stay in the memo whatever happens.

    Raises:
        DigestgenError: the source did not answer, or a post cannot be read or written.
    """
    began = time.monotonic()
    stages.progress(f"{order.topic.name}: asking for papers")
    found = _find(order, stages.source, reads_pdfs=stages.texts.reads_pdfs)
    asked = time.monotonic()
    report = _report(order, found, seconds={"fetch": asked - began})
    if order.dry_run or not found.sorting.new:
        return report
    lang = _topic_at(_place(order), order).lang
    stages = replace(stages, summarizer=registry.in_language(stages.summarizer, lang))
    digested = _digest_all(order, stages, found.sorting.new)
    done = time.monotonic()
    outcomes = [outcome for outcome, _ in digested]
    report = _write(order, stages.output, found.window, outcomes, report)
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
    text: FullText, summarizer: Summarizer, memo: SummaryMemo, *, force: bool = False
) -> tuple[Outcome, bool]:
    """Return a paper's entry, or why there is none, and whether the memo had its summary."""
    paper, sections = text.paper, text.sections
    kept = None if force else memo.find(summarizer.fingerprint, paper, sections)
    if kept is not None:
        return _entry(text, kept), True
    try:
        summary = summarizer.summarize(paper, sections)
    except ValueError as error:
        return Skip(id=paper.id, stage="summary", reason=str(error)), False
    if summary.written_by.is_final:
        memo.keep(summarizer.fingerprint, paper, sections, summary)
    return _entry(text, summary), False


def _entry(text: FullText, summary: Summary) -> Entry:
    return Entry(paper=text.paper, summary=summary, pictures=text.pictures, notes=text.notes)


def _find(order: Order, source: Source, *, reads_pdfs: bool) -> _Found:
    ledgers = order.ledgers.values()
    window = planning.window_for(
        order.topic,
        [ledger.day for ledger in ledgers],
        day=order.day,
        since=order.since,
        until=order.until,
    )
    place = _place(order)
    remade = [
        block.ledger.id
        for block in _standing(place)
        if order.force or (block.ledger.incomplete and reads_pdfs)
    ]
    limit = planning.most_to_fetch(order.topic, ledgers, window)
    fetched = source.fetch(replace(order.topic, limit=limit), window)
    sorting = planning.sort_out(
        fetched,
        planning.published_versions(ledgers),
        room=planning.room_left(order.topic, ledgers, day=order.day),
        remade=frozenset(remade),
    )
    return _Found(window=window, fetched=fetched, sorting=sorting, edited=place.edited)


def _place(order: Order) -> Place:
    stem = f"{order.day}-{order.topic.slug}"
    return content.find_place(order.folder, stem, slug=order.topic.slug, day=order.day)


def _standing(place: Place) -> tuple[Published, ...]:
    return content.published(place.standing) if place.standing else ()


def _report(order: Order, found: _Found, *, seconds: dict[str, float]) -> TopicReport:
    return TopicReport(
        topic=order.topic,
        day=order.day,
        posts=tuple(
            PostReport(path=path, papers=tuple(entry.id for entry in ledger.papers))
            for path, ledger in order.ledgers.items()
            if ledger.day == order.day
        ),
        fetched=len(found.fetched.papers),
        new=found.sorting.new,
        known=len(found.sorting.known),
        updated=found.sorting.updated,
        cut_off=found.sorting.cut_off,
        edited=found.edited,
        seconds=seconds,
    )


def _digest_all(
    order: Order, stages: Stages, papers: tuple[Paper, ...]
) -> list[tuple[Outcome, bool]]:
    """Return the papers' outcomes in their order, whatever the number of workers."""
    digested: list[tuple[Outcome, bool]] = []
    futures: list[Future[tuple[Outcome, bool]]] = []
    executor = ThreadPoolExecutor(max_workers=stages.workers)
    try:
        for number, paper in enumerate(papers, start=1):
            stages.progress(f"{order.topic.name}: taking up paper {number} of {len(papers)}")
            pdf = stages.texts.fetch(paper)
            futures.append(executor.submit(_read_and_digest, paper, pdf, stages, force=order.force))
        for number, future in enumerate(futures, start=1):
            outcome, remembered = future.result()
            if isinstance(outcome, Entry):
                outcome = stages.texts.licensed(outcome)
            digested.append((outcome, remembered))
            stages.progress(f"{order.topic.name}: digested {number} of {len(papers)} papers")
    except StoppedError as stopped:
        _end(executor, stages)
        raise _failure(futures) or stopped from None
    except BaseException:
        _end(executor, stages)
        raise
    executor.shutdown()
    return digested


def _end(executor: ThreadPoolExecutor, stages: Stages) -> None:
    """End the workers before their time.

    What a server has been asked for may cost something, so the answer is waited for and
    remembered. Who interrupts once more does not want to wait.
    """
    try:
        _ask_no_more(stages)
        stages.texts.stop()
        executor.shutdown(cancel_futures=True)
    except KeyboardInterrupt:
        stages.stop.cut()
        executor.shutdown(cancel_futures=True)


def _ask_no_more(stages: Stages) -> None:
    asked = stages.stop.ask_no_more()
    if asked:
        stages.note(f"waiting for what was asked already ({asked}); Ctrl-C leaves it")


def _failure(futures: list[Future[tuple[Outcome, bool]]]) -> BaseException | None:
    """Return what went wrong in the worker that stopped the others."""
    errors = [each.exception() for each in futures if each.done() and not each.cancelled()]
    return next((each for each in errors if each and not isinstance(each, StoppedError)), None)


def _read_and_digest(
    paper: Paper, pdf: Path | Note | None, stages: Stages, *, force: bool
) -> tuple[Outcome, bool]:
    try:
        text = stages.texts.read(paper, pdf)
        return digest_one(text, stages.summarizer, stages.memo, force=force)
    except BaseException:
        _ask_no_more(stages)  # the run ends with it, so nobody need pay for more
        raise


def _write(
    order: Order,
    output: OutputFormat,
    window: Window,
    outcomes: list[Outcome],
    report: TopicReport,
) -> TopicReport:
    skipped = tuple(outcome for outcome in outcomes if isinstance(outcome, Skip))
    entries = [outcome for outcome in outcomes if isinstance(outcome, Entry)]
    notes = {entry.paper.id: entry.notes for entry in entries if entry.notes}
    report = replace(report, skipped=skipped, notes=notes)
    if len(skipped) == len(outcomes):
        return report
    while True:  # once, but for a person who edits the post at this very moment
        place = _place(order)
        topic = _topic_at(place, order)
        post = _post(topic, order, output, window, outcomes, place)
        papers = tuple(block.ledger for block in post.blocks)
        ledger = Ledger(
            topic=topic.name,
            slug=topic.slug,
            lang=topic.lang,
            day=order.day,
            window=window,
            papers=papers,
        )
        done = content.write_post(order.folder, post, ledger, place=place, now=order.now)
        if done != "taken":
            break
    written = PostReport(
        path=content.POSTS / f"{place.stem}.md",
        papers=tuple(entry.id for entry in papers),
        written=done == "written",
    )
    others = tuple(post for post in report.posts if post.path != written.path)
    return replace(report, posts=(*others, written), edited=place.edited)


def _topic_at(place: Place, order: Order) -> Topic:
    """Return the topic in the language of the post that stands there: one post, one language."""
    standing = content.ledger_of(place.standing) if place.standing else None
    if standing is None or order.force:
        return order.topic
    return replace(order.topic, lang="en" if standing.lang == "en" else "zh")


def _post(
    topic: Topic,
    order: Order,
    output: OutputFormat,
    window: Window,
    outcomes: list[Outcome],
    place: Place,
) -> Post:
    entries, skipped = planning.arrange(outcomes, _standing(place))
    digest = Digest(topic=topic, day=order.day, window=window, entries=entries, skipped=skipped)
    return replace(output.render(digest), stem=place.stem)
