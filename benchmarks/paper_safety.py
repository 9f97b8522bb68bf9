"""This module measures what hostile and broken PDFs do to their caged readers, and to us: nothing.

    python -m benchmarks.paper_safety DATA_FOLDER [--bombs FOLDER] [--mutations 500] [--first 0]

Every file must end in a value or in words within its limits, and leave no process and no file.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from tests.hostile import bombs, mutated, read_and_draw

from digestgen.cage import Cage, CageError, Limits
from digestgen.paper import Reading

LIMITS = Limits()
GRACE = 5.0  # seconds to end a process on a busy machine
GOAL = 300 << 20  # bytes of the parent's memory


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder) / "temporary"
        temporary.mkdir()
        tempfile.tempdir = str(temporary)
        files = Path(folder) / "files"
        files.mkdir()
        problems = _read_all(_hostile(arguments, files), arguments.workers)
        if any(temporary.iterdir()):
            problems.append("a temporary file is left")
    if _has_children():
        problems.append("a process is left")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"peak of the parent's memory: {peak >> 20} MB")
    if peak > GOAL:
        problems.append("the parent holds too much memory")
    print("\n".join(["goal: " + ("missed" if problems else "met"), *problems]))
    return 1 if problems else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path, help="folder of real PDFs to be wounded")
    parser.add_argument("--bombs", type=Path, help="folder of further hostile PDFs")
    parser.add_argument("--mutations", type=int, default=500, help="how many (default: 500)")
    parser.add_argument("--first", type=int, default=0, help="number of the first (default: 0)")
    parser.add_argument("--workers", type=int, default=2, help="at once (default: 2)")
    return parser.parse_args()


def _hostile(arguments: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Path]]:
    """Make file after file; each is removed when the next ones are long read."""
    for name, content in bombs().items():
        yield name, _written(folder / f"{name}.pdf", content)
    for path in sorted(arguments.bombs.glob("*.pdf")) if arguments.bombs else ():
        yield path.name, path
    papers = sorted(arguments.papers.glob("*.pdf"))
    for number in range(arguments.first, arguments.first + arguments.mutations):
        paper = papers[number % len(papers)]
        content = mutated(paper.read_bytes(), random.Random(number))  # noqa: S311 - no secret
        yield f"mutation {number}", _written(folder / f"{number % 100}.pdf", content)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _read_all(files: Iterator[tuple[str, Path]], workers: int) -> list[str]:
    """Read the files a few at a time; return what went wrong."""
    problems: list[str] = []
    kinds: Counter[str] = Counter()
    waiting: dict[Future[Reading], tuple[str, float]] = {}
    with Cage(workers, LIMITS) as cage:
        for name, path in files:
            waiting[cage.submit(read_and_draw, str(path))] = name, time.monotonic()
            while len(waiting) >= workers:
                problems += _settle(waiting, kinds)
        while waiting:
            problems += _settle(waiting, kinds)
    for words, count in kinds.most_common():
        print(f"{count:>5}  {words}")
    return problems


def _settle(waiting: dict[Future[Reading], tuple[str, float]], kinds: Counter[str]) -> list[str]:
    problems = []
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        name, begun = waiting.pop(future)
        seconds = time.monotonic() - begun
        error = future.exception()
        words = "read" if error is None else str(error)
        kinds[words] += 1
        if not name.startswith("mutation") or words.startswith(("crashed", "ended", "failed")):
            print(f"{seconds:>6.1f} s  {name:<32}{words}")
        if error is not None and not isinstance(error, CageError):
            problems.append(f"{name}: {error!r}")
        if seconds > LIMITS.seconds + GRACE:
            problems.append(f"{name}: took {seconds:.0f} s")
    return problems


def _has_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
