"""This module measures the embedded summarizer on texts with known answers, and its speed.

    python benchmarks/summarize.py ../shared/data [--split test] [--pdfs]

It scores every split that the data folder has, with the shipped weights. They were trained on
the splits marked with *, whose figures say nothing; `python -m training.validate` cross-validates.
"""

import argparse
import csv
import json
import lzma
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the package `training`

try:
    from training.rouge import best_rouge, rouge
except ImportError:
    sys.exit("benchmarks/summarize.py needs rouge-score: .venv/bin/pip install rouge-score==0.1.2")

from training.corpora import Abstract, aclsum, csabstruct, scitldr

from digestgen.model import Paper, Statement, Summary
from digestgen.summarize.aspects import ASPECTS, PLACES, Place
from digestgen.summarize.compression import opened
from digestgen.summarize.extractive import Extractive
from digestgen.summarize.keywords import keywords
from digestgen.summarize.labels import ROLES
from digestgen.summarize.outline import outline
from digestgen.summarize.reading import rate, read
from digestgen.summarize.takeaways import has_number
from digestgen.summarize.vectors import Stems
from digestgen.summarize.weights import load
from digestgen.summarize.words import content_words, overlap
from digestgen.text import sentences, squeeze

SEEN = {
    "scitldr": ("train", "dev"), "csabstruct": ("train",), "aclsum": ("train", "val"),
}  # fmt: skip
GIST_PUBLISHED = (
    ("PACSUM", 19.3, 4.0, 15.1), ("BERTSumExt", 38.5, 16.6, 30.5), ("MatchSum", 42.7, 20.0, 34.0),
    ("BART", 43.3, 20.8, 35.0), ("CATTS", 43.8, 20.9, 35.5), ("CATTS-XSum", 44.3, 21.3, 35.9),
)  # fmt: skip
ROLES_PUBLISHED = (("BERT+Transformer+CRF", 78.5), ("SciBERT sequential", 83.1))
ABSTRACTS = 500
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
Figures = Sequence[float]


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the embedded summarizer.")
    parser.add_argument("data", type=Path, help="the data folder")
    parser.add_argument("--split", help="only this split")
    parser.add_argument("--pdfs", action="store_true", help="the speed on full texts as well")
    arguments = parser.parse_args()
    data, only = arguments.data, arguments.split
    for split in splits(data, "scitldr", only):
        show_gists(data, split)
    for split in splits(data, "csabstruct", only):
        show_roles(data, split)
    for split in splits(data, "aclsum", only):
        show_aspects(data, split)
    if not only:
        show_sentences(data)
        show_takeaways(data)
        show_keywords(data)
        show_truth(data)
        show_speed(data)
    if arguments.pdfs:
        show_full_texts(data)
    return 0


def splits(data: Path, corpus: str, only: str | None) -> Iterator[str]:
    for split in ("train", "dev", "val", "test"):
        if (data / corpus / f"{split}.jsonl").is_file() and only in (None, split):
            yield split


def show(name: str, figures: Figures, note: str = "") -> None:
    print(f"{name:52}", " ".join(f"{figure:7.2f}" for figure in figures), note, flush=True)


def marked(corpus: str, split: str) -> str:
    return f"{split}*" if split in SEEN[corpus] else split


def mean(rows: Sequence[Figures]) -> list[float]:
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


def show_gists(data: Path, split: str) -> None:
    abstracts = scitldr(data, split)
    scores = [best_rouge(each.references, gist(each)) for each in abstracts]
    percent = [100 * x for x in mean(scores)]
    show(f"SciTLDR-A {marked('scitldr', split)}: ROUGE-1, 2, L of gists", percent)
    if split == "test":
        for name, *published in GIST_PUBLISHED:
            show(f"    {name}, published", published)


def gist(abstract: Abstract) -> str:
    return outline(abstract.sentences, abstract.title, load()).gist[1].text


def show_roles(data: Path, split: str) -> None:
    texts = csabstruct(data, split)
    found = [role for text in texts for role in read(text.sentences, "", load()).roles]
    wanted = [role for text in texts for role in text.roles]
    pairs = list(zip(found, wanted, strict=True))
    right = sum(one == other for one, other in pairs)
    each = [
        2 * pairs.count((role, role)) / max(1, found.count(role) + wanted.count(role))
        for role in ROLES
    ]
    figures = [100 * right / len(pairs), 100 * sum(each) / len(each)]
    show(f"CSAbstruct {marked('csabstruct', split)}: micro and macro F1 of roles", figures)
    if split == "test":
        for name, published in ROLES_PUBLISHED:
            show(f"    {name}, published", [published])


def show_aspects(data: Path, split: str) -> None:
    papers = aclsum(data, split)
    depths: tuple[tuple[Place, ...], ...] = (("abstract",), PLACES)
    for places in depths:
        scores = []
        for paper in papers:
            texts = {
                place: read(paper.sentences[place], paper.title, load())
                for place in places
                if paper.sentences[place]
            }
            rated = [each for found in rate(texts, load()).values() for each in found]
            lines = [line for text in texts.values() for line in text.sentences]
            for aspect in ASPECTS:
                best = max(range(len(lines)), key=lambda i: rated[i].rating(aspect))
                scores.append(rouge(paper.summaries[aspect], opened(lines[best]).text))
        name = f"ACLSum {marked('aclsum', split)} from {', '.join(places)}"
        show(f"{name[:50]}", [100 * x for x in mean(scores)])


def show_sentences(data: Path) -> None:
    """Compare sentence ends; SciTLDR also cuts where a line of its PDFs ended, at no full stop."""
    for corpus, split in (("scitldr", "dev"), ("csabstruct", "dev")):
        texts = scitldr(data, split) if corpus == "scitldr" else csabstruct(data, split)
        right = found = wanted = stopped = right_stopped = 0
        for text in texts:
            given = [squeeze(sentence) for sentence in text.sentences if squeeze(sentence)]
            ends, ours = ends_of(given), ends_of(sentences(" ".join(given)))
            stops = ends_of(given, only_stops=True)
            right, found, wanted = right + len(ends & ours), found + len(ours), wanted + len(ends)
            stopped, right_stopped = stopped + len(stops), right_stopped + len(stops & ours)
        figures = [100 * right / found, 100 * right / wanted, 100 * right_stopped / stopped]
        show(f"sentence ends, {corpus} {split}: precision, recall,", figures)
    print("    and recall of those at a full stop")


def ends_of(lines: Sequence[str], *, only_stops: bool = False) -> set[int]:
    """Return where sentences end, counted in characters that are no spaces."""
    ends, place = set(), 0
    for line in lines[:-1]:
        place += len(line.replace(" ", ""))
        if not only_stops or re.search(r"[.!?][\"')\]”’]*$", line):
            ends.add(place)
    return ends


def metadata(data: Path) -> list[Paper]:
    """Return real papers, every so many of each file."""
    records = []
    for file in sorted((data / "metadata").glob("*.tsv.xz")):
        csv.field_size_limit(10_000_000)
        with lzma.open(file, "rt", encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t"))
        records += rows[:: max(1, len(rows) // (ABSTRACTS // 5))][: ABSTRACTS // 5]
    recent = (data / "metadata/recent_2025-06-29.jsonl").read_text(encoding="utf-8").splitlines()
    records += [json.loads(line) for line in recent[:: len(recent) * 5 // (2 * ABSTRACTS)]]
    kept = [record for record in records if squeeze(record["abstract"])]
    return [_paper(record) for record in kept][:ABSTRACTS]


def _paper(record: dict[str, str]) -> Paper:
    return Paper(
        id="0", version=1, title=squeeze(record["title"]), authors=(),
        abstract=squeeze(record["abstract"]), categories=(), published=EPOCH, updated=EPOCH,
    )  # fmt: skip


def show_takeaways(data: Path) -> None:
    papers = metadata(data)
    alike = covered = with_numbers = 0
    counts = []
    for paper in papers:
        texts = sentences(paper.abstract)
        found = outline(texts, paper.title, load())
        words = [content_words(texts[i]) for i in found.takeaways]
        alike += sum(overlap(one, other) > 0.5 for one, other in combinations(words, 2))
        numbers = [
            i for i, role in enumerate(found.roles) if role == "result" and has_number(texts[i])
        ]
        with_numbers += bool(numbers)
        index, form = found.gist
        told = {*found.takeaways, *([index] if keeps_numbers(form.text, texts[index]) else [])}
        covered += bool(numbers) and told.issuperset(numbers)
        counts.append([float(len(found.takeaways))])
    show(f"takeaways of {len(papers)} papers: mean count", mean(counts))
    show("    pairs that share more than half of their words", [alike])
    show("    papers with every result with a number covered, %", [100 * covered / with_numbers])


def keeps_numbers(shown: str, sentence: str) -> bool:
    return re.findall(r"\d+", shown) == re.findall(r"\d+", sentence)


def show_keywords(data: Path) -> None:
    """Hold keywords of abstracts alone against titles, ours and YAKE's when it is installed."""
    papers = metadata(data)
    show("keywords: precision, recall of the title's words, %", title_words(papers, ours))
    try:
        import yake
    except ImportError:
        print("    for YAKE beside it: .venv/bin/pip install yake")
        return
    extractor = yake.KeywordExtractor(lan="en", n=3, top=8, dedupLim=0.7)
    figures = title_words(papers, lambda text: [k for k, _ in extractor.extract_keywords(text)])
    show("    YAKE 3-grams, top 8", figures)


def ours(abstract: str) -> Sequence[str]:
    return keywords("", abstract)


def title_words(papers: Sequence[Paper], find: Callable[[str], Sequence[str]]) -> Figures:
    """Return how many phrases the title holds whole, and how many of its words they hold."""
    scores = []
    for paper in papers:
        title = stems_of(paper.title)
        phrases = [stems_of(phrase) for phrase in find(paper.abstract)]
        if phrases and title:
            found = frozenset[str]().union(*phrases)
            right = sum(phrase <= title for phrase in phrases) / len(phrases)
            scores.append((100 * right, 100 * len(found & title) / len(title)))
    return mean(scores)


def stems_of(text: str) -> frozenset[str]:
    return frozenset(Stems.of(text).content)


def show_truth(data: Path) -> None:
    """Count what is shown and is not a subsequence of the words of its evidence."""
    wrong = total = 0
    for paper in metadata(data):
        for statement in statements(Extractive().summarize(paper, ())):
            rest = iter(words_of(statement.evidence[0].sentence))
            total += 1
            wrong += not all(word in rest for word in words_of(statement.text))
    show(f"of {total} statements, no subsequence of their evidence", [wrong])


def words_of(text: str) -> list[str]:
    """Return words and marks; a bracket that was left out takes the space before it along."""
    return re.findall(r"\w+|[^\w\s]", text)


def statements(summary: Summary) -> Iterator[Statement]:
    yield summary.gist
    for field in fields(summary):
        part = getattr(summary, field.name)
        if isinstance(part, tuple):
            yield from (each for each in part if isinstance(each, Statement))


def show_speed(data: Path) -> None:
    papers = metadata(data)
    summarizer = Extractive()
    start = time.process_time()
    load.__wrapped__()
    show("loading the weights, ms", [1000 * (time.process_time() - start)])
    summarizer.summarize(papers[0], ())
    start = time.process_time()
    for paper in papers:
        summarizer.summarize(paper, ())
    show("a whole digest of an abstract, ms", [1000 * (time.process_time() - start) / len(papers)])
    show("memory of 'digestgen summarize', MB", [memory(papers)])


def memory(papers: Sequence[Paper]) -> float:
    """Return the peak of a process of its own; what it inherits from this one does not count."""
    lines = "".join(json.dumps({"id": 0, "abstract": paper.abstract}) + "\n" for paper in papers)
    script = (
        "import sys; from digestgen.cli import main; code = main(['summarize']);"
        "print(open('/proc/self/status').read(), file=sys.stderr); sys.exit(code)"
    )
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    answers = ran.stdout.count(b"\n")
    if answers != len(papers):
        sys.exit(f"{len(papers)} abstracts gave {answers} answers")
    peak = re.search(rb"VmHWM:\s+(\d+) kB", ran.stderr)
    return int(peak[1]) / 1024 if peak else float("nan")


def show_full_texts(data: Path) -> None:
    from digestgen.fulltext import read_pdf

    times = []
    for file in sorted((data / "pdfs").glob("*.pdf")):
        reading = read_pdf(file.read_bytes(), authors=(), most_pictures=0).reading
        abstract = next((s.text for s in reading.sections if s.role == "abstract"), "")
        if squeeze(abstract):
            paper = _paper({"title": reading.facts.title, "abstract": abstract})
            start = time.process_time()
            Extractive().summarize(paper, reading.sections)
            times.append(1000 * (time.process_time() - start))
    show(f"a digest of a full text ({len(times)} papers): mean, most, ms",
         [sum(times) / len(times), max(times)])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
