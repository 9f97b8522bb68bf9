"""This module measures how many figures and tables are found where people say that they are.

A region counts when page, kind and label agree and the boxes share at least 0.8 of the area that
they cover together, as in PDFFigures 2.0 (Clark and Divvala, JCDL 2016).
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2

from digestgen.paper.body import find_body
from digestgen.paper.boxes import area, shared
from digestgen.paper.figures import Found, find_figures
from digestgen.paper.limits import Limits
from digestgen.paper.lines import read_pages
from digestgen.paper.pictures import render
from digestgen.paper.words import Box

SHARED = Path(__file__).parents[2] / "shared" / "data"
LABELS = ("cs150-icml13-human.json", "papers-10.json")
ENOUGH = 0.8
GOAL = 0.95  # precision and recall
FAST = 20  # pages a second, for finding
QUICK = 0.060  # seconds a picture, for drawing, encoding and its thumbnail

Key = tuple[int, str, str]  # page, kind, label
Paper = Mapping[str, Any]  # as the labels' JSON has it


def main() -> int:
    arguments = _arguments()
    met = True
    for labels in arguments.labels or [SHARED / "figures" / name for name in LABELS]:
        print(labels.name)
        papers = json.loads(labels.read_text(encoding="utf-8"))
        met &= _measure(papers, arguments.pdfs, pictures=arguments.pictures)
    print(f"goal: precision and recall {GOAL}, {FAST} pages/s: {'met' if met else 'missed'}")
    return 0 if met else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", nargs="*", type=Path, help="labelled boxes; default: both sets")
    parser.add_argument("--pdfs", type=Path, default=SHARED / "pdfs", help="where the papers are")
    parser.add_argument("--pictures", action="store_true", help="draw what is found, and time it")
    return parser.parse_args()


def _measure(papers: Mapping[str, Paper], folder: Path, *, pictures: bool) -> bool:
    right, said, there = Counter[str](), Counter[str](), Counter[str]()
    pages, seconds = 0, 0.0
    drawn: list[float] = []
    for name, paper in sorted(papers.items()):
        document = pypdfium2.PdfDocument(folder / f"{name}.pdf")
        found, count, taken = _find(document)
        pages, seconds = pages + count, seconds + taken
        drawn += _draw(document, found) if pictures else []
        document.close()
        for kind, outcome in _judged(name, paper, found):
            right[kind] += outcome == "right"
            said[kind] += outcome != "missing"
            there[kind] += outcome != "false"
    for kind in there:
        print(f"  {kind}: {_shares(right[kind], said[kind], there[kind])}")
    print(f"  all: {_shares(right.total(), said.total(), there.total())}")
    print(f"  {pages / seconds:.0f} pages/s of CPU to find them")
    if drawn:
        print(f"  {1000 * sum(drawn) / len(drawn):.0f} ms of CPU a picture ({len(drawn)})")
    enough = right.total() >= GOAL * max(said.total(), there.total())
    return enough and pages / seconds >= FAST and sum(drawn) <= QUICK * max(1, len(drawn))


def _find(document: pypdfium2.PdfDocument) -> tuple[tuple[Found, ...], int, float]:
    pages = read_pages(document, limits=Limits())
    body = find_body(pages)
    start = time.process_time()
    return find_figures(pages, body, document), len(pages), time.process_time() - start


def _draw(document: pypdfium2.PdfDocument, found: Sequence[Found]) -> list[float]:
    taken = []
    for one in found:
        start = time.process_time()
        render(document, [one])
        taken.append(time.process_time() - start)
    return taken


def _judged(name: str, paper: Paper, found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """Yield kind and outcome of each region that is said or there; print what is not right."""
    wanted = dict(_wanted(paper))
    said: dict[Key, Box] = {
        (f.page, f.kind, f.label): f.bbox for f in found if f.kind != "algorithm"
    }
    for key in sorted(wanted.keys() | said.keys()):
        outcome = _outcome(said.get(key), wanted.get(key, []))
        if outcome != "right":
            print(f"  {name}: page {key[0]}, {key[1]} {key[2]}: {outcome}")
        yield key[1], outcome
    for kind, count in Counter(f.kind for f in found if f.kind != "algorithm").items():
        twice = count - sum(key[1] == kind for key in said)
        yield from [(kind, "false")] * twice


def _outcome(said: Box | None, wanted: Sequence[Box]) -> str:
    if said is None:
        return "missing"
    if not wanted:
        return "false"
    best = max(_agreement(said, box) for box in wanted)
    return "right" if best >= ENOUGH else f"agrees by {best:.2f}"


def _wanted(paper: Paper) -> Iterator[tuple[Key, list[Box]]]:
    for figure in paper["figures"]:
        scale = 72 / figure.get("dpi", 72)
        boxes = [figure["region_bb"], *([figure["alt_bb"]] if "alt_bb" in figure else [])]
        kind = (figure.get("type") or figure["figure_type"]).lower()
        key = figure["page"], kind, figure["name"]
        yield key, [(a * scale, b * scale, c * scale, d * scale) for a, b, c, d in boxes]


def _agreement(a: Box, b: Box) -> float:
    both = shared(a, b)
    return both / (area(a) + area(b) - both)


def _shares(right: int, said: int, there: int) -> str:
    precision, recall = right / max(1, said), right / max(1, there)
    counts = f"{right} right, {said} said, {there} there"
    return f"precision {precision:.3f}, recall {recall:.3f} ({counts})"


if __name__ == "__main__":
    raise SystemExit(main())
