"""This module measures what a build over many papers holds in memory, and how long it takes.

    python -m benchmarks.paper_memory DATA_FOLDER [--papers 500]

DATA_FOLDER holds pdfs/*.pdf. They are served over and over, each time as another paper by another
author, so that nothing is remembered; everything else is `digestgen build` as it is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from tests.arxiv_server import Record, serve

GOAL = 300  # MB of the parent's memory
DAY = datetime(2024, 9, 24, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with pdfs/*.pdf")
    parser.add_argument("--papers", type=int, default=500, help="how many (default: 500)")
    arguments = parser.parse_args()
    files = sorted((arguments.folder / "pdfs").glob("*.pdf"))
    records = _records(arguments.papers)
    pdfs = {
        record.id: file.read_bytes()
        for record, file in zip(records, islice(cycle(files), arguments.papers), strict=True)
    }
    with serve(records, pdfs=pdfs) as server, tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        environ = {
            **os.environ,
            "DIGESTGEN_ARXIV_API_URL": server.url,
            "DIGESTGEN_ARXIV_PDF_URL": server.pdf_url,
            "DIGESTGEN_ARXIV_INTERVAL": "0",
            "DIGESTGEN_CACHE_DIR": f"{folder}/cache",
        }
        peak, code = _peak(_command(arguments.papers), Path(folder), environ)
        seconds = time.monotonic() - begun
        shown = len(list(Path(folder).glob("content/posts/*/*.webp")))
    print(f"{arguments.papers} papers, {shown} pictures: {seconds:.0f} s, exit code {code}")
    met = peak <= GOAL and code == 0
    print(f"peak of the parent's memory: {peak:.0f} MB, goal {GOAL}: {'met' if met else 'missed'}")
    return 0 if met else 1


def _records(count: int) -> tuple[Record, ...]:
    return tuple(
        Record(
            id=f"2409.{number:05d}",
            published=DAY - timedelta(minutes=number),
            title=f"Diffusion models, part {number}",
            abstract="Noise is a problem. We propose a filter. It removes 93.4% of the noise.",
            authors=((f"Author Number{number}", ()),),
        )
        for number in range(1, count + 1)
    )


def _command(papers: int) -> Sequence[str]:
    build = [sys.executable, "-m", "digestgen", "build", "--topic", "Diffusion Models"]
    return [*build, "--date", DAY.date().isoformat(), "--limit", str(papers), "--no-site"]


def _peak(command: Sequence[str], folder: Path, environ: dict[str, str]) -> tuple[float, int]:
    """Return the most that the process itself held, in MB, and its exit code."""
    peak = 0.0
    with subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, _high_water(process.pid))
            time.sleep(0.1)
    return peak, process.returncode


def _high_water(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines())
    return next((int(line[1]) / 1024 for line in lines if line[0] == "VmHWM:"), 0.0)


if __name__ == "__main__":
    raise SystemExit(main())
