"""This module measures the detectors of untruth: what they find, and what they find wrongly.

Recall is counted on a post whose defects were listed by hand: a defect of a mechanical kind is
found when the kind agrees in its paper, or when a finding stands on its excerpt. The strict count
wants a finding of the defect's own kind on its excerpt. Precision is counted on real records, each
digested by digestgen itself, as an untouched post: any finding of level error there is a false one.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from tests.arxiv_server.records import Record, read
from tests.lent import tools

from digestgen.addresses import links_in
from digestgen.content import Ledger
from digestgen.content.posts import compose
from digestgen.formats.hexo import create as hexo
from digestgen.lint import File, Problem, Records, check_file
from digestgen.model import Author, Digest, Entry, Lang, Link, Paper, Topic, Window
from digestgen.summarize.extractive import create as extractive
from digestgen.templating import Templates
from digestgen.text import squeeze

POST = "posts/seed-2024-09-24-diffusion-models.md"
WANTED_RECALL = 0.95
WANTED_FALSE = 1.0  # of level error, per 100 clean papers
DAY = date(2024, 9, 24)
NOON = datetime(2024, 9, 24, 12, tzinfo=UTC)
FILES = ("cs.GR.tsv.xz", "eess.IV.tsv.xz", "cs.SD.tsv.xz", "recent_2025-06-29.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One line of the list of what is wrong in the post; absent things have no excerpt."""

    paper: str
    kind: str
    excerpt: str
    note: str


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure recall and precision of the detectors.")
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--papers", type=int, default=1000, help="clean papers (default: 1000)")
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    parser.add_argument("--false", action="store_true", help="list what was found wrongly")
    arguments = parser.parse_args()
    is_recalled = _recall(arguments.data, is_listed=arguments.missed)
    is_precise = _precision(arguments.data, arguments.papers, is_listed=arguments.false)
    return 0 if is_recalled and is_precise else 1


def _recall(data: Path, *, is_listed: bool) -> bool:
    defects = _defects(data / "posts" / "seed-defects.json")
    text = (data / POST).read_text(encoding="utf-8", errors="replace")
    records = Records(papers={paper.id: paper for paper in _seed_papers(data)})
    file = File(path=Path(POST).name, text=text)
    for name, known in (("with metadata", records), ("the post alone", Records())):
        found = check_file(file, known)
        missed = [defect for defect in defects if not _is_found(defect, found, file)]
        loose = [defect for defect in defects if not _is_found(defect, found, file, strict=True)]
        recall = 1 - len(missed) / len(defects)
        print(
            f"recall, {name}: {len(defects) - len(missed)} of {len(defects)} ({recall:.3f}), "
            f"strictly {len(defects) - len(loose)} ({1 - len(loose) / len(defects):.3f}); "
            f"{len(found)} findings"
        )
        if is_listed:
            _list(missed, loose)
    known_found = check_file(file, records)
    missed = [defect for defect in defects if not _is_found(defect, known_found, file)]
    _table(defects, missed)
    return 1 - len(missed) / len(defects) >= WANTED_RECALL


def _defects(path: Path) -> list[Defect]:
    listed = json.loads(path.read_text(encoding="utf-8"))
    return [
        Defect(
            paper=paper,
            kind=defect["kind"],
            excerpt=defect.get("excerpt", ""),
            note=f"{defect['where']} {defect.get('note', '')}",
        )
        for paper, entry in listed["papers"].items()
        for defect in entry["defects"]
        if defect["kind"] in listed["mechanical_kinds"]
    ]


def _is_found(
    defect: Defect, found: Sequence[Problem], file: File, *, strict: bool = False
) -> bool:
    own = [problem for problem in found if problem.paper == defect.paper]
    kind = defect.kind.replace("_", "-")
    if not strict:
        return any(problem.rule == kind or _is_on(problem, defect, file) for problem in own)
    of_kind = [problem for problem in own if problem.rule == kind]
    return any(not defect.excerpt or _is_on(problem, defect, file) for problem in of_kind)


def _is_on(problem: Problem, defect: Defect, file: File) -> bool:
    """Tell whether a finding and an excerpt share a character of the file."""
    start = file.line_start(problem.line) + problem.column - 1
    end = start + max(1, len(problem.excerpt))
    position = file.text.find(defect.excerpt) if defect.excerpt else -1
    while position >= 0:
        if start < position + len(defect.excerpt) and position < end:
            return True
        position = file.text.find(defect.excerpt, position + 1)
    return False


def _list(missed: Sequence[Defect], loose: Sequence[Defect]) -> None:
    for defect in loose:
        mark = "missed " if defect in missed else "loosely"
        print(f"  {mark} {defect.paper} {defect.kind}: {defect.excerpt[:60]!r} {defect.note}")


def _table(defects: Sequence[Defect], missed: Sequence[Defect]) -> None:
    all_, lost = Counter(d.kind for d in defects), Counter(d.kind for d in missed)
    for kind, count in all_.most_common():
        print(f"  {kind:24s} {count - lost[kind]:3d} of {count:3d}")


def _precision(data: Path, papers: int, *, is_listed: bool) -> bool:
    bad = 0
    for lang in ("zh", "en"):
        started = time.process_time()
        false, warnings, checked = _false_findings(data, papers, lang)
        seconds = time.process_time() - started
        rate = 100 * len(false) / max(1, checked)
        bad += rate > WANTED_FALSE
        print(
            f"false findings, labels {lang}: {len(false)} errors in {checked} clean papers "
            f"({rate:.2f} per 100); warnings {sum(warnings.values())} {dict(warnings)}; "
            f"{seconds:.0f} s of CPU with digesting"
        )
        for problem in false if is_listed else ():
            print(f"  {problem.paper} {problem.rule}: {problem.message} | {problem.excerpt[:80]!r}")
    return bad == 0


def _false_findings(data: Path, papers: int, lang: str) -> tuple[list[Problem], Counter[str], int]:
    errors: list[Problem] = []
    warnings: Counter[str] = Counter()
    checked = 0
    records = iter(_records(data, papers))
    while batch := list(islice(records, 20)):
        text, count = _post(batch, "zh" if lang == "zh" else "en")
        checked += count
        for problem in check_file(File(path="2024-09-24-post.md", text=text)):
            if problem.level == "error":
                errors.append(problem)
            else:
                warnings[problem.rule] += 1
    return errors, warnings, checked


def _post(batch: Sequence[Paper], lang: Lang) -> tuple[str, int]:
    """Return the text of the post that digestgen writes for these papers."""
    lent = tools(render=Templates(Path("no-templates-of-a-project")).markdown)
    summarizer = extractive({}, lent)
    entries = []
    for paper in batch:
        with suppress(ValueError):  # withdrawn, or without an abstract: digestgen skips it
            entries.append(Entry(paper=paper, summary=summarizer.summarize(paper, ())))
    topic = Topic(name="Diffusion Models", slug="diffusion-models", lang=lang)
    window = Window(start=NOON, end=NOON)
    post = hexo({}, lent).render(
        Digest(topic=topic, day=DAY, window=window, entries=tuple(entries))
    )
    ledger = Ledger(
        topic=topic.name,
        slug=topic.slug,
        lang=lang,
        day=DAY,
        window=window,
        papers=tuple(block.ledger for block in post.blocks),
    )
    return compose(post, ledger, updated=NOON.replace(tzinfo=None)), len(entries)


def _records(data: Path, most: int) -> Iterator[Paper]:
    """Give real records, as many of each file."""
    for name in FILES:
        records = read(data / "metadata" / name, day=DAY)
        yield from map(_paper, islice(records, -(-most // len(FILES))))


def _seed_papers(data: Path) -> Iterator[Paper]:
    yield from map(_paper, read(data / "metadata" / "seed-papers.jsonl", day=DAY))


def _paper(record: Record) -> Paper:
    abstract, comment = squeeze(record.abstract), squeeze(record.comment)
    versioned = f"{record.id}v{record.version}"
    return Paper(
        id=record.id,
        version=record.version,
        title=squeeze(record.title),
        authors=tuple(Author(name=squeeze(name)) for name, _ in record.authors if name.strip()),
        abstract=abstract,
        categories=record.categories,
        published=record.published,
        updated=record.revised or record.published,
        comment=comment,
        links=(
            Link(kind="abstract", url=f"https://arxiv.org/abs/{versioned}"),
            Link(kind="pdf", url=f"https://arxiv.org/pdf/{versioned}"),
            *links_in(f"{abstract} {comment}"),
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
