"""This module runs generators in turn, and counts what they take and what they make.

In turn, so that a busy minute of the machine falls on all of them alike.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.site import measured
from benchmarks.site.rivals import Tool

SCENARIOS = ("cold", "nothing changed", "one post changed")
# As where they are installed, programs in Python have their bytecode.
_QUIET = {"CI": "true", "NO_UPDATE_NOTIFIER": "1", "PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One build: seconds of CPU and of the clock, and megabytes at the peak."""

    tool: str
    scenario: str
    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a build left."""

    files: int
    pages: int
    megabytes: float


def race(tools: tuple[Tool, ...], folder: Path, rounds: int) -> Iterator[Run]:
    """Yield each run; every tool's site lies below ``folder`` under the tool's name."""
    for number in range(rounds):
        for scenario in SCENARIOS:
            for tool in tools:
                site = folder / tool.name
                if scenario == "cold":
                    _clear(tool, site)
                elif scenario == "one post changed":
                    _edit(tool, site, number)
                yield _run(tool, site, scenario)


def output_of(tool: Tool, site: Path) -> Output:
    """Count what stands of a site."""
    files = [
        path
        for path in (site / tool.output).rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.parts)
    ]
    return Output(
        files=len(files),
        pages=sum(path.suffix == ".html" for path in files),
        megabytes=sum(path.stat().st_size for path in files) / 1e6,
    )


def medians(runs: list[Run], tool: str, scenario: str) -> Run:
    """Return the middle of each figure."""
    those = [run for run in runs if (run.tool, run.scenario) == (tool, scenario)]
    return Run(
        tool=tool,
        scenario=scenario,
        cpu=median(run.cpu for run in those),
        wall=median(run.wall for run in those),
        peak=median(run.peak for run in those),
    )


def _clear(tool: Tool, site: Path) -> None:
    for name in (tool.output, *tool.caches):
        path = site / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _edit(tool: Tool, site: Path, number: int) -> None:
    """Add a line to a post in the middle."""
    folder, _, name = tool.posts.partition("{}")
    posts = sorted(path for path in (site / folder).iterdir() if (site / folder / path).exists())
    stems = sorted({path.name.removesuffix(".md") for path in posts})
    page = site / f"{folder}{stems[len(stems) // 3]}{name}"
    with page.open("a", encoding="utf-8") as file:
        file.write(f"\nEdited for round {number} at {time.time_ns()}.\n")


def _run(tool: Tool, site: Path, scenario: str) -> Run:
    ran = subprocess.run(
        [sys.executable, "-I", "-S", measured.__file__, *tool.command],
        cwd=site,
        env={**os.environ, **_QUIET, **tool.environ},
        stdout=subprocess.PIPE,
        text=True,
    )
    if ran.returncode:
        sys.exit(f"{tool.name}: ended with {ran.returncode}; see {site / 'errors.log'}")
    cpu, wall, peak = map(float, ran.stdout.split())
    return Run(tool=tool.name, scenario=scenario, cpu=cpu, wall=wall, peak=peak)
