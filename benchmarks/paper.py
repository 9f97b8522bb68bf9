"""This module measures how well and how fast papers are read, against labelled ones.

    python benchmarks/paper.py DATA_FOLDER [--only boxes titles speed pictures] [--show]

DATA_FOLDER holds pdfs/*.pdf, boxes in figures/*.json and titles in figures/section-outlines.json.
A box counts when page, kind and label are right and it shares 0.8 of the area that it covers
together with the labelled one, as PDFFigures 2.0 counts (Clark and Divvala, JCDL 2016).

Titles are found without the bookmarks that they are held against. Outlines leave things out: what
follows their last title, and abstract, references and the like, counts as neither right nor wrong.

The papers of a folder were there while the reader was written, or were not: the figures say how it
does on unseen ones only then.
"""

import argparse
import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # what json.loads gives

from digestgen.paper import Found, Limits, read
from digestgen.paper.body import find_body
from digestgen.paper.figures import find_figures
from digestgen.paper.headings import title_key
from digestgen.paper.lines import read_pages
from digestgen.paper.pictures import render
from digestgen.paper.reading import boxes_of, opened
from digestgen.paper.reading_order import in_order
from digestgen.paper.sections import headings_of

ENOUGH = 0.8
OUTLINES = "section-outlines.json"
PARTS = ("boxes", "titles", "speed", "pictures")
_BY_CUSTOM = re.compile(
    r"abstract|references|bibliography|acknowledge?ments?|appendi(?:x|ces)|key ?words|ccs concepts",
    re.IGNORECASE,
)
Box = tuple[float, ...]
Key = tuple[int, str, str]  # page, kind, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a figure is to reach: at least, or at most where ``least`` is negative."""

    name: str
    least: float
    reached: float

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.reached >= self.least if self.least > 0 else self.reached <= -self.least

    def __str__(self) -> str:
        """Say both, and whether it is met."""
        met = "met" if self.met else "missed"
        bound = "at least" if self.least > 0 else "at most"
        return f"{self.name:<44}{self.reached:>8.3f}   goal {bound} {abs(self.least):g}: {met}"


def main() -> int:
    arguments = _arguments()
    measures = {"boxes": _boxes, "titles": _titles, "speed": _speed, "pictures": _pictures}
    goals = [
        goal
        for part in arguments.only or PARTS[:3]
        for goal in measures[part](arguments.folder, show=arguments.show)
    ]
    print("\n".join(map(str, goals)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak of memory: {peak:.0f} MB")
    return 0 if all(goal.met for goal in goals) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how papers are read.")
    parser.add_argument("folder", type=Path, help="folder of papers and labels")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="default: all but pictures")
    parser.add_argument("--show", action="store_true", help="name what is not right")
    return parser.parse_args()


def _boxes(folder: Path, *, show: bool) -> Iterator[Goal]:
    """Hold figures and tables against the labelled boxes."""
    for labels in sorted((folder / "figures").glob("*.json")):
        if labels.name != OUTLINES:
            papers = json.loads(labels.read_text(encoding="utf-8"))
            outcomes: Counter[str] = Counter()
            for name, paper in sorted(papers.items()):
                outcomes.update(_judged(folder / "pdfs" / f"{name}.pdf", paper, show=show))
            right, wrong = outcomes["right"], outcomes["elsewhere"]
            said, there = right + wrong + outcomes["false"], right + wrong + outcomes["missing"]
            yield Goal(name=f"boxes, precision, {labels.name}", least=0.95, reached=right / said)
            yield Goal(name=f"boxes, recall, {labels.name}", least=0.95, reached=right / there)


def _judged(pdf: Path, paper: Mapping[str, Any], *, show: bool) -> Iterator[str]:
    """Yield the outcome of each box that is labelled or found."""
    wanted = dict(map(_labelled, paper["figures"]))
    found: dict[Key, list[Found]] = {}
    for one in read(pdf.read_bytes()).figures:
        if one.kind != "algorithm":
            found.setdefault((one.page, one.kind, one.label), []).append(one)
    for key in sorted(wanted.keys() | found.keys()):
        own = found.get(key, [])
        shares = [_share(one.bbox, box) for one in own for box in wanted.get(key, [])]
        yield from ["false"] * (len(own) - 1)
        outcome = "missing" if not own else "false" if key not in wanted else "elsewhere"
        outcome = "right" if max(shares, default=0.0) >= ENOUGH else outcome
        if show and outcome != "right":
            print(pdf.stem, *key, outcome, *(f"{share:.2f}" for share in shares))
        yield outcome


def _labelled(label: dict[str, Any]) -> tuple[Key, list[Box]]:
    scale = 72 / label.get("dpi", 72)
    boxes = [tuple(edge * scale for edge in label["region_bb"])]
    if "alt_bb" in label:
        boxes.append(tuple(label["alt_bb"]))
    kind = (label.get("type") or label["figure_type"]).lower()
    return (label["page"], kind, label["name"]), boxes


def _share(one: Box, other: Box) -> float:
    """Return the intersection over the union."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    both = max(0.0, width) * max(0.0, height)
    return both / (_area(one) + _area(other) - both)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _titles(folder: Path, *, show: bool) -> Iterator[Goal]:
    """Hold the headings, found without bookmarks, against the bookmarks."""
    outlines = json.loads((folder / "figures" / OUTLINES).read_text(encoding="utf-8"))
    wanted: list[int] = []  # levels
    missed: list[int] = []
    wrong = 0
    for name, outline in sorted(outlines.items()):
        found = _headings((folder / "pdfs" / name).read_bytes())
        lost = [(level, title) for level, title in outline if title_key(title) not in found]
        extra = _unlisted(found, {title_key(title) for _, title in outline})
        wanted += [level for level, _ in outline]
        missed += [level for level, _ in lost]
        wrong += len(extra)
        told = [f"missed: {title}" for _, title in lost] + [f"wrong: {title}" for title in extra]
        for line in told if show else ():
            print(name, line)
    right = len(wanted) - len(missed)
    top = 1 - missed.count(0) / max(1, wanted.count(0))
    yield Goal(name="titles, recall, top level", least=0.97, reached=top)
    yield Goal(name="titles, recall", least=0.93, reached=right / max(1, len(wanted)))
    yield Goal(name="titles, precision", least=0.95, reached=right / max(1, right + wrong))


def _unlisted(found: Mapping[str, str], listed: set[str]) -> list[str]:
    """Return the headings up to the outline's last that it should have and has not."""
    keys = list(found)
    last = max((index for index, key in enumerate(keys) if key in listed), default=-1)
    unlisted = (found[key] for key in keys[: last + 1] if key not in listed)
    return [title for title in unlisted if not _BY_CUSTOM.fullmatch(title)]


def _headings(pdf: bytes) -> dict[str, str]:
    """Return the headings in reading order, by what counts of their text."""
    limits = Limits()
    with opened(pdf, limits=limits) as document:
        pages = read_pages(document, limits=limits)
        body = find_body(pages)
        rows = in_order(pages, body, boxes_of(find_figures(pages, body, document)))
        return {title_key(one.text): one.text for one in headings_of(rows, body, ())}


def _speed(folder: Path, *, show: bool) -> Iterator[Goal]:
    """Measure pages a second of processor time, for everything together."""
    total = pages = 0.0
    for path in sorted((folder / "pdfs").glob("*.pdf")):
        paper = path.read_bytes()
        begun = time.process_time()
        count = read(paper).pages
        taken = time.process_time() - begun
        pages, total = pages + count, total + taken
        if show:
            print(f"{path.stem}: {count / taken:.1f} pages a second")
    yield Goal(name="pages a second, on one core", least=12, reached=pages / total)


def _pictures(folder: Path, *, show: bool) -> Iterator[Goal]:
    """Measure what a picture costs: drawing, encoding and its thumbnail."""
    seconds: list[float] = []
    for path in sorted((folder / "pdfs").glob("*.pdf")):
        paper = path.read_bytes()
        figures = read(paper).figures
        with opened(paper, limits=Limits()) as document:
            for one in figures:
                begun = time.process_time()
                render(document, [one])
                seconds.append(time.process_time() - begun)
                if show:
                    print(f"page {one.page}, {one.kind} {one.label}: {1000 * seconds[-1]:.0f} ms")
    yield Goal(
        name="seconds a picture, on one core", least=-0.06, reached=sum(seconds) / len(seconds)
    )


if __name__ == "__main__":
    sys.exit(main())
