"""This module measures the detectors of untruth: what they find, and what they find wrongly.

Recall is counted on a post whose defects were listed by hand: a defect of a mechanical kind is
found when the kind agrees in its paper, or when a finding stands on its excerpt. The strict count
wants a finding of the defect's own kind on its excerpt. Precision is counted on real records, each
digested by digestgen itself, as an untouched post: any finding of level error there is a false one.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
from digestgen.model import (
    Author,
    Digest,
    Entry,
    Evidence,
    Lang,
    Link,
    Paper,
    Provenance,
    Statement,
    Statements,
    Summary,
    Topic,
    Window,
)
from digestgen.paper import extract
from digestgen.summarize.extractive import create as extractive
from digestgen.templating import Templates
from digestgen.text import squeeze

POST = "posts/seed-2024-09-24-diffusion-models.md"
WANTED_RECALL = 0.95
WANTED_FALSE = 1.0  # of level error, per 100 clean papers
DAY = date(2024, 9, 24)
NOON = datetime(2024, 9, 24, 12, tzinfo=UTC)
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
_PAPERS_IN_A_POST = 20
PARTS = (
    "background",
    "past_methods",
    "proposed_method",
    "task_and_performance",
    "methods",
    "significance",
    "innovation",
    "performance",
    "workload",
)
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
    abstracts = _posts(list(_records(arguments.data, arguments.papers)))
    texts = _posts_of_full_texts(arguments.data / "pdfs", arguments.papers)
    are_clean = [
        _precision(posts, what, is_listed=arguments.false)
        for posts, what in ((abstracts, "abstracts"), (texts, "full texts"))
    ]
    return 0 if is_recalled and all(are_clean) else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """What of the listed defects was not found, and not strictly."""

    defects: Sequence[Defect]
    missed: Sequence[Defect]
    loose: Sequence[Defect]
    findings: int


def recall_of(data: Path, *, with_metadata: bool) -> Recall:
    """Check the post of the list, by itself or with the metadata of its papers."""
    defects = _defects(data / "posts" / "seed-defects.json")
    text = (data / POST).read_text(encoding="utf-8", errors="replace")
    papers = {paper.id: paper for paper in _seed_papers(data)} if with_metadata else {}
    file = File(path=Path(POST).name, text=text)
    found = check_file(file, Records(papers=papers))
    return Recall(
        defects=defects,
        missed=[each for each in defects if not _is_found(each, found, file)],
        loose=[each for each in defects if not _is_found(each, found, file, strict=True)],
        findings=len(found),
    )


def _recall(data: Path, *, is_listed: bool) -> bool:
    """Print how much of the list is found, and tell whether it is enough."""
    alone = recall_of(data, with_metadata=False)
    known = recall_of(data, with_metadata=True)
    for name, recall in (("the post alone", alone), ("with metadata", known)):
        total = len(recall.defects)
        found, strictly = total - len(recall.missed), total - len(recall.loose)
        print(
            f"recall, {name}: {found} of {total} ({found / total:.3f}), "
            f"strictly {strictly} ({strictly / total:.3f}); {recall.findings} findings"
        )
        if is_listed:
            _list(recall.missed, recall.loose)
    _table(known.defects, known.missed)
    return 1 - len(known.missed) / len(known.defects) >= WANTED_RECALL


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A post that digestgen writes, and how many papers are in it."""

    text: str
    papers: int


def _precision(posts: Iterable[Written], what: str, *, is_listed: bool) -> bool:
    """Print what is found wrongly in clean posts, and tell whether it is little enough."""
    errors: list[Problem] = []
    warnings: Counter[str] = Counter()
    papers, size, seconds = 0, 0, 0.0
    for post in posts:
        began = time.process_time()
        found = check_file(File(path="2024-09-24-post.md", text=post.text))
        seconds += time.process_time() - began
        papers, size = papers + post.papers, size + len(post.text.encode())
        errors += [problem for problem in found if problem.level == "error"]
        warnings.update(problem.rule for problem in found if problem.level == "warning")
    rate = 100 * len(errors) / max(1, papers)
    print(
        f"false findings, {what}: {len(errors)} errors in {papers} clean papers ({rate:.2f} per "
        f"100), {warnings.total()} warnings {dict(warnings)}; "
        f"{1000 * seconds / max(1, size / 40_960):.0f} ms of CPU for 40 KB"
    )
    for problem in errors if is_listed else ():
        print(f"  {problem.paper} {problem.rule}: {problem.message} | {problem.excerpt[:80]!r}")
    return rate <= WANTED_FALSE


def _posts(papers: Sequence[Paper]) -> Iterator[Written]:
    """Give the posts that digestgen writes for papers from their abstracts, in both languages."""
    summarizer = extractive({}, tools())
    for lang in LANGUAGES:
        for start in range(0, len(papers), _PAPERS_IN_A_POST):
            entries = []
            for paper in papers[start : start + _PAPERS_IN_A_POST]:
                with suppress(ValueError):  # withdrawn, or without an abstract: not published
                    entries.append(Entry(paper=paper, summary=summarizer.summarize(paper, ())))
            yield _post(entries, lang)


def _posts_of_full_texts(folder: Path, papers: int) -> Iterator[Written]:
    """Give posts whose every statement is a sentence drawn from a real PDF.

    No summarizer chooses as badly: what such posts are free of, those of a good one are.
    """
    drawn = random.Random(1)  # noqa: S311 - the same draw every time
    files = sorted(folder.glob("*.pdf"))
    for number, file in enumerate(files):
        try:
            sections = extract(file.read_bytes(), authors=(), most_pictures=0).reading.sections
        except ValueError:
            continue
        known = [
            Evidence(sentence=sentence.text, where=section.heading, index=index, page=sentence.page)
            for section in sections
            for index, sentence in enumerate(section.sentences)
            if section.role != "references" and not sentence.noise and 20 < len(sentence.text) < 600
        ]
        for lang in LANGUAGES:
            count = papers // len(files) // len(LANGUAGES)
            entries = [
                _drawn_entry(known, drawn, f"2409.{number:02d}{n:03d}") for n in range(count)
            ]
            yield _post(entries, lang)


def _drawn_entry(known: Sequence[Evidence], drawn: random.Random, id_: str) -> Entry:
    def some(most: int) -> Statements:
        chosen = drawn.sample(known, k=min(most, len(known)))
        return tuple(Statement(text=each.sentence, evidence=(each,)) for each in chosen)

    abstract = " ".join(each.sentence for each in known[:8])
    summary = Summary(
        gist=some(1)[0],
        takeaways=some(7),
        keywords=("noise", "filter"),
        written_by=Provenance(method="extractive", fingerprint="drawn", input="full"),
        **{name: some(2) for name in PARTS},
    )
    return Entry(paper=_paper(Record(id=id_, published=NOON, abstract=abstract)), summary=summary)


def _post(entries: Sequence[Entry], lang: Lang) -> Written:
    """Return the post that digestgen writes for these entries."""
    lent = tools(render=Templates(Path("no-templates-of-a-project")).markdown)
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
    text = compose(post, ledger, updated=NOON.replace(tzinfo=None))
    return Written(text=text, papers=len(entries))


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
