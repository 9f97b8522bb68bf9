"""This module times digestgen's site beside other generators' sites of the same invented posts.

python -m benchmarks.site 100 1000 5000 --tools DIR --folder DIR
"""

import argparse
import shutil
import sys
from pathlib import Path

from benchmarks.site import posts, rivals
from benchmarks.site.race import SCENARIOS, Run, medians, output_of, race

BASE = "digestgen"
NO_PAPERS = "digestgen-no-papers"
NO_COMRAK = "digestgen-no-comrak"


def main() -> None:
    arguments = _arguments()
    tools: tuple[rivals.Tool, ...] = (
        rivals.digestgen(BASE, papers=True),
        rivals.digestgen(NO_PAPERS, papers=False),
        rivals.without_comrak(NO_COMRAK),
    )
    if arguments.tools:
        rivals.install(arguments.tools)
        tools += rivals.others(arguments.tools.resolve())
    if arguments.only:
        tools = tuple(tool for tool in tools if tool.name in arguments.only)
    for count in arguments.counts:
        folder = arguments.folder.resolve() / str(count)
        _lay_out(tools, count, folder, arguments.tools)
        runs = []
        for run in race(tools, folder / "sites", arguments.rounds):
            runs.append(run)
            print(f"  {run.scenario}: {run.tool} {run.cpu:.2f} s", file=sys.stderr)
        _show(runs, tools, count, folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="+", help="how many posts; one race each")
    parser.add_argument("--folder", type=Path, required=True, help="where posts and sites go")
    parser.add_argument("--tools", type=Path, help="where the others are, or will be, installed")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--only", nargs="+", help="names of tools, instead of all")
    return parser.parse_args()


def _lay_out(
    tools: tuple[rivals.Tool, ...], count: int, folder: Path, installed: Path | None
) -> None:
    content = folder / "content"
    if not (folder / "written").exists():
        shutil.rmtree(folder, ignore_errors=True)
        posts.write(content, count)
        (folder / "written").touch()
    for tool in tools:
        site = folder / "sites" / tool.name
        if not site.exists():
            place = installed.resolve() if installed else folder
            rivals.lay_out(tool, content, site, place)


def _show(runs: list[Run], tools: tuple[rivals.Tool, ...], count: int, folder: Path) -> None:
    size = sum(path.stat().st_size for path in (folder / "content/posts").glob("*.md")) / 1e6
    print(f"\n{count} posts, {size:.1f} MB of Markdown")
    for tool in tools:
        made = output_of(tool, folder / "sites" / tool.name)
        print(
            f"  {tool.name:<20}{made.pages:>7} pages{made.files:>7} files{made.megabytes:>8.1f} MB"
        )
    for scenario in SCENARIOS:
        print(f"\n{scenario:<22}{'CPU s':>8}{'wall s':>8}{'MB':>7}{'times ours':>12}")
        ours = medians(runs, tools[0].name, scenario).cpu
        for tool in tools:
            run = medians(runs, tool.name, scenario)
            ratio = run.cpu / ours
            print(f"  {tool.name:<20}{run.cpu:>8.2f}{run.wall:>8.2f}{run.peak:>7.0f}{ratio:>12.2f}")


if __name__ == "__main__":
    main()
