"""This module measures how well and how fast papers are read, against labelled ones.

    python benchmarks/paper.py DATA_FOLDER

DATA_FOLDER holds pdfs/*.pdf, figures/cs150-icml13-human.json and figures/papers-10.json (boxes),
and figures/section-outlines.json (titles). A box counts when page, kind and label are right and
it overlaps the labelled one by 0.8 of their union, as PDFFigures 2.0 counts.

Outlines leave things out: titles deeper than an outline goes, and abstract, references and the
like when it has none, count neither as right nor as wrong. These papers were there while the
reader was written, so the figures say that nothing got worse, not how it does on unseen ones.
"""

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # what json.loads gives

from digestgen.paper import Found, Limits, read
from digestgen.paper.body import find_body
from digestgen.paper.figures import find_figures
from digestgen.paper.headings import split_number, title_key
from digestgen.paper.lines import read_pages
from digestgen.paper.reading import opened
from digestgen.paper.reading_order import in_order
from digestgen.paper.sections import headings_of

ENOUGH = 0.8
UNLISTED = {
    "abstract", "acknowledgement", "acknowledgements", "acknowledgment", "acknowledgments",
    "appendix", "appendices", "bibliography", "keywords", "references",
}  # fmt: skip
Box = tuple[float, ...]
Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The least that a figure is to reach."""

    name: str
    least: float
    reached: float

    def __str__(self) -> str:
        """Say both, and whether it is met."""
        met = "met" if self.reached >= self.least else "missed"
        return f"{self.name:<44}{self.reached:>8.3f}   goal {self.least:g}: {met}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how papers are read.")
    parser.add_argument("folder", type=Path, help="folder of papers and labels")
    folder = parser.parse_args().folder
    goals = [
        *_boxes(folder, "cs150-icml13-human.json"),
        *_boxes(folder, "papers-10.json"),
        *_titles(folder),
        _speed(folder),
    ]
    print("\n".join(map(str, goals)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak of memory: {peak:.0f} MB")
    return 0 if all(goal.reached >= goal.least for goal in goals) else 1


def _boxes(folder: Path, name: str) -> Iterator[Goal]:
    """Hold figures and tables against the labelled boxes."""
    right = found = there = 0
    labels = json.loads((folder / "figures" / name).read_text(encoding="utf-8"))
    for paper, label in sorted(labels.items()):
        wanted = dict(map(_labelled, label["figures"]))
        figures = read((folder / "pdfs" / f"{paper}.pdf").read_bytes()).figures
        found += sum(figure.kind in {"figure", "table"} for figure in figures)
        right += len({_key(figure) for figure in figures if _is_right(figure, wanted)})
        there += len(wanted)
    yield Goal(name=f"boxes, precision, {name}", least=0.95, reached=right / max(found, 1))
    yield Goal(name=f"boxes, recall, {name}", least=0.95, reached=right / max(there, 1))


def _labelled(label: dict[str, Any]) -> tuple[Key, list[Box]]:
    scale = 72 / label.get("dpi", 72)
    boxes = [tuple(edge * scale for edge in label["region_bb"])]
    if "alt_bb" in label:
        boxes.append(tuple(label["alt_bb"]))
    kind = (label.get("type") or label["figure_type"]).lower()
    return (label["page"], kind, label["name"]), boxes


def _key(figure: Found) -> Key:
    return figure.page, figure.kind, figure.label


def _is_right(figure: Found, wanted: dict[Key, list[Box]]) -> bool:
    boxes = wanted.get(_key(figure), [])
    return any(_overlap(figure.bbox, box) >= ENOUGH for box in boxes)


def _overlap(one: Box, other: Box) -> float:
    """Return the intersection over the union."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / (_area(one) + _area(other) - both)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _titles(folder: Path) -> Iterator[Goal]:
    """Hold the headings, found without bookmarks, against the bookmarks."""
    outlines = json.loads((folder / "figures" / "section-outlines.json").read_text("utf-8"))
    right: Counter[str] = Counter()
    there: Counter[str] = Counter()
    found = 0
    for name, outline in sorted(outlines.items()):
        listed = {title_key(split_number(title)[1]) for _, title in outline}
        deepest = 1 + max(level for level, _ in outline)
        keys = Counter(
            key
            for level, key in _headings((folder / "pdfs" / name).read_bytes())
            if key in listed or (level <= deepest and key not in UNLISTED)
        )
        found += keys.total()
        for level, title in outline:
            key = title_key(split_number(title)[1])
            hit = keys[key] > 0
            keys[key] -= hit
            for kind in ("all", "top") if level == 0 else ("all",):
                right[kind] += hit
                there[kind] += 1
    yield Goal(name="titles, recall, top level", least=0.97, reached=right["top"] / there["top"])
    yield Goal(name="titles, recall", least=0.93, reached=right["all"] / there["all"])
    yield Goal(name="titles, precision", least=0.95, reached=right["all"] / max(found, 1))


def _headings(pdf: bytes) -> list[tuple[int, str]]:
    limits = Limits()
    with opened(pdf, limits=limits) as document:
        pages = read_pages(document, limits=limits)
        body = find_body(pages)
        taken: dict[int, list[Any]] = {}
        for figure in find_figures(pages, body, document):
            taken.setdefault(figure.page, []).extend((figure.bbox, figure.caption_bbox))
        rows = in_order(pages, body, taken)
        return [(one.level, title_key(one.title)) for one in headings_of(rows, body, ())]


def _speed(folder: Path) -> Goal:
    """Return pages a second of processor time, for everything together."""
    papers = [path.read_bytes() for path in sorted((folder / "pdfs").glob("*.pdf"))]
    begun = time.process_time()
    pages = sum(read(paper).pages for paper in papers)
    return Goal(
        name="pages a second, on one core", least=12, reached=pages / (time.process_time() - begun)
    )


if __name__ == "__main__":
    sys.exit(main())
