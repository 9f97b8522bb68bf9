"""This module measures the CPU time that the command line takes to say hello.

The commands take turns, so that a busy minute of the machine falls on all of them alike.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

GOAL = 0.150  # seconds of CPU for `digestgen --help`


def main() -> None:
    arguments = _arguments()
    program = str(Path(sys.executable).with_name("digestgen"))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "digestgen --version": [program, "--version"],
        "digestgen --help": [program, "--help"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(arguments.runs):
        for name, command in commands.items():
            seconds[name].append(_cpu_seconds(command))
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    _show(medians, seconds)
    slow = medians["digestgen --help"] > GOAL
    print(f"goal: digestgen --help under {GOAL * 1000:.0f} ms: {'missed' if slow else 'met'}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the CPU time of digestgen's start.")
    parser.add_argument("--runs", type=int, default=15, help="runs of each (default: 15)")
    return parser.parse_args()


def _cpu_seconds(command: list[str]) -> float:
    """Return the user and system time of a run, which must end well."""
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime


def _show(medians: dict[str, float], seconds: dict[str, list[float]]) -> None:
    bare = medians["python -c pass"]
    print(f"{'command':<22}{'median':>10}{'least':>10}{'ratio':>8}")
    for name, median in medians.items():
        least = min(seconds[name])
        print(f"{name:<22}{median * 1000:>7.0f} ms{least * 1000:>7.0f} ms{median / bare:>8.1f}")


if __name__ == "__main__":
    main()
