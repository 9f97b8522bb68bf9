"""This module says what a build did: to a person line by line, to a program as one document."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from digestgen.console import Console
from digestgen.errors import DigestgenError
from digestgen.model import Note
from digestgen.report import Estimate, TopicReport, Usage
from digestgen.text import squeeze


def show_build(
    console: Console, reports: tuple[TopicReport, ...], *, content: Path, dry_run: bool
) -> None:
    """Print what a build did below ``content``, topic by topic."""
    for report in reports:
        console.result(_headline(report, content, dry_run=dry_run))
        if dry_run:
            for paper in report.new:
                console.result(f"  {paper.id}v{paper.version}  {squeeze(paper.title)}")
        for skip in report.skipped:
            console.result(f"  skipped {skip.id}: {squeeze(skip.reason)}")
        for paper_id, notes in report.notes.items():
            for note in notes:
                console.result(f"  {paper_id}: {_said(note)}")
        for paper in report.updated:
            console.result(f"  {paper.id} is published; version {paper.version} is out")
        for line in _hints(report):
            console.note(f"note: {line}")


def build_document(
    reports: tuple[TopicReport, ...],
    *,
    content: Path,
    failures: tuple[DigestgenError, ...],
    site_seconds: float,
) -> dict[str, object]:
    """Return what ``build --json`` prints of a run below ``content``."""
    stages = ("fetch", "summarize", "write")
    return {
        "posts": [
            {
                "path": (content / post.path).as_posix(),
                "topic": report.topic.name,
                "date": report.day.isoformat(),
                "papers": list(post.papers),
                "written": post.written,
            }
            for report in reports
            for post in report.posts
        ],
        "skipped": [
            {"id": skip.id, "stage": skip.stage, "reason": skip.reason}
            for report in reports
            for skip in report.skipped
        ],
        "notes": [note for report in reports for note in _notes(report)],
        "failed": [{"message": error.message, "hint": error.hint} for error in failures],
        "counts": _counts(reports),
        "new": [
            {"id": paper.id, "version": paper.version, "title": paper.title}
            for report in reports
            for paper in report.new
        ],
        "seconds": {
            **{
                stage: round(sum(r.seconds.get(stage, 0.0) for r in reports), 3) for stage in stages
            },
            "site": round(site_seconds, 3),
        },
    }


def _notes(report: TopicReport) -> Iterator[dict[str, object]]:
    for paper_id, notes in report.notes.items():
        for note in notes:
            yield {
                "id": paper_id,
                "kind": note.kind,
                "detail": note.detail,
                "passing": note.is_passing,
            }


def _hints(report: TopicReport) -> Iterator[str]:
    """Yield what a person may want to do something about."""
    for stem in report.edited:
        yield f"{stem}.md was edited by hand and is left alone"
    if report.incomplete:
        yield (
            f"a server did not give all of {_papers(len(report.incomplete))}; "
            "build again on the same day to complete the post"
        )
    if report.cut_off:
        yield (
            f"{_papers(report.cut_off, 'more ')} would match; the limit is "
            f"{report.topic.limit} a day: raise --limit, or narrow the topic"
        )


def show_spending(console: Console, spending: Usage | Estimate | None) -> None:
    """Print what a language model was used for, or would be."""
    if isinstance(spending, Usage):
        console.result(
            f"{squeeze(spending.model)}: {_answers(spending.answers)} asked for, "
            f"{spending.remembered} remembered, {spending.tokens_in + spending.tokens_out:,} tokens"
            f"{_price(spending.cost)}"
        )
        for line in _unanswered(spending):
            console.note(f"note: {line}")
    elif spending is not None:
        costs = spending.least_cost, spending.most_cost
        console.result(
            f"{_papers(spending.papers)}: {spending.least_tokens:,} to {spending.most_tokens:,} "
            f"tokens{_price(costs[0])}{_price(costs[1], ' to ')}"
        )
        if spending.remembered:
            console.result(
                f"{spending.remembered} of {spending.parts} parts are remembered, and cost nothing"
            )


def _unanswered(usage: Usage) -> Iterator[str]:
    """Yield what a model was not asked, or did not answer."""
    if usage.failed:
        yield (
            f"questions to the model without an answer: {usage.failed}; quotes stand there "
            f"instead; why, the last time: {squeeze(usage.failure)}"
        )
    if usage.stopped:
        yield (
            f"the model was not asked to the end: {squeeze(usage.stopped)}; build again with "
            "--force to make the day's post anew, what was answered is remembered"
        )


def spending_document(spending: Usage | Estimate | None) -> dict[str, object]:
    """Return what ``build --json`` says of a language model; empty without one."""
    if isinstance(spending, Usage):
        return {"usage": asdict(spending)}
    return {"estimate": asdict(spending)} if spending else {}


def _answers(count: int) -> str:
    return f"{count} answer{'' if count == 1 else 's'}"


def _price(cost: float | None, before: str = ", cost ") -> str:
    return "" if cost is None else f"{before}{cost:.4g}"


def _counts(reports: tuple[TopicReport, ...]) -> dict[str, int]:
    return {
        "fetched": sum(report.fetched for report in reports),
        "new": sum(len(report.new) for report in reports),
        "known": sum(report.known for report in reports),
        "updated": sum(len(report.updated) for report in reports),
        "digested": sum(report.digested for report in reports),
        "from_memo": sum(report.from_memo for report in reports),
    }


def _headline(report: TopicReport, content: Path, *, dry_run: bool) -> str:
    topic = f"{squeeze(report.topic.name)} ({report.day})"
    if not report.new:
        known = f", {_papers(report.known)} known already" if report.known else ""
        return f"{topic}: no new papers{known}"
    if dry_run:
        return f"{topic}: would digest {_papers(len(report.new), 'new ')}"
    if report.written is None:
        return f"{topic}: nothing to write"
    count = len(report.new) - len(report.skipped)
    return f"{topic}: {_papers(count, 'new ')} in {content / report.written.path}"


def _said(note: Note) -> str:
    return squeeze(f"{note.kind}: {note.detail}" if note.detail else note.kind)


def _papers(count: int, kind: str = "") -> str:
    return f"{count} {kind}paper{'' if count == 1 else 's'}"
