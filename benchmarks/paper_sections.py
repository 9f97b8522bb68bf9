"""This module measures the sections found in real papers against those papers' own outlines.

The outlines are not read; headings are found by their look. An outline that ends early says
nothing of what follows its last title, and titles that outlines leave out by custom (abstract,
references, acknowledgements) do not count against the precision.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from digestgen.paper.body import find_body
from digestgen.paper.figures import find_figures
from digestgen.paper.headings import Heading, title_key
from digestgen.paper.limits import Limits
from digestgen.paper.lines import read_pages
from digestgen.paper.reading import boxes_of
from digestgen.paper.reading_order import in_order
from digestgen.paper.sections import headings_of

GOALS = {"top level recall": 0.97, "recall": 0.93, "precision": 0.95}
_BY_CUSTOM = re.compile(
    r"abstract|references|bibliography|acknowledge?ments?|appendi(?:x|ces)|key ?words|ccs concepts",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What was found in one paper; titles are (level, title) with levels from 0."""

    name: str
    wanted: tuple[tuple[int, str], ...]
    missed: tuple[tuple[int, str], ...]
    wrong: tuple[str, ...]
    pages: int
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the sections found in real papers.")
    parser.add_argument("outlines", type=Path, help="section-outlines.json")
    parser.add_argument("pdfs", type=Path, help="the folder with the papers")
    arguments = parser.parse_args()
    outlines = json.loads(arguments.outlines.read_text(encoding="utf-8"))
    scores = [
        _score(arguments.pdfs / name, [(level, title) for level, title in titles])
        for name, titles in outlines.items()
    ]
    for score in scores:
        _show(score)
    return _conclude(scores)


def _score(path: Path, wanted: Sequence[tuple[int, str]]) -> Score:
    started = time.process_time()
    pages, headings = _headings(path)
    seconds = time.process_time() - started
    keys = [title_key(heading.text) for heading in headings]
    known = {title_key(title) for _, title in wanted}
    last = max((index for index, key in enumerate(keys) if key in known), default=-1)
    judged = zip(headings[: last + 1], keys, strict=False)
    wrong = (h for h, key in judged if key not in known and not _BY_CUSTOM.fullmatch(h.text))
    return Score(
        name=path.name,
        wanted=tuple(wanted),
        missed=tuple((level, title) for level, title in wanted if title_key(title) not in keys),
        wrong=tuple(heading.text for heading in wrong),
        pages=pages,
        seconds=seconds,
    )


def _headings(path: Path) -> tuple[int, tuple[Heading, ...]]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    pages = read_pages(document, limits=Limits())
    body = find_body(pages)
    boxes = boxes_of(find_figures(pages, body, document))
    headings = headings_of(in_order(pages, body, boxes), body)
    document.close()
    return len(pages), headings


def _show(score: Score) -> None:
    found = len(score.wanted) - len(score.missed)
    print(
        f"{score.name:<24}{found:>4} of {len(score.wanted):<4}"
        f"{score.pages / score.seconds:5.1f} pages/s"
    )
    for _, title in score.missed:
        print(f"    missed {title}")
    for title in score.wrong:
        print(f"    wrong  {title}")


def _conclude(scores: Sequence[Score]) -> int:
    wanted = [level for score in scores for level, _ in score.wanted]
    missed = [level for score in scores for level, _ in score.missed]
    found = len(wanted) - len(missed)
    wrong = sum(len(score.wrong) for score in scores)
    reached = {
        "top level recall": 1 - missed.count(0) / max(1, wanted.count(0)),
        "recall": found / max(1, len(wanted)),
        "precision": found / max(1, found + wrong),
    }
    for name, goal in GOALS.items():
        print(f"{name}: {reached[name]:.3f} (goal {goal})")
    return 0 if all(reached[name] >= goal for name, goal in GOALS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
