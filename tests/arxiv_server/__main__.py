"""This module lets a person try digestgen against real records, without asking arXiv."""

import argparse
import sys
import threading
from datetime import date
from pathlib import Path

from tests.arxiv_server.invented import INVENTED
from tests.arxiv_server.records import read
from tests.arxiv_server.server import serve


def main() -> None:
    """Serve until interrupted, and say how to use it."""
    parser = argparse.ArgumentParser(prog="python -m tests.arxiv_server", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help=".tsv.xz or .jsonl; none: invented")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (any)")
    parser.add_argument(
        "--day",
        type=date.fromisoformat,
        default=date(2025, 6, 27),
        help="submission day of records without one (2025-06-27)",
    )
    arguments = parser.parse_args()
    records = [record for file in arguments.files for record in read(file, day=arguments.day)]
    with serve(records or INVENTED, port=arguments.port) as server:
        days = sorted(record.published.date() for record in records or INVENTED)
        sys.stdout.write(
            f"{len(days)} papers of {days[0]} to {days[-1]}\n"
            f"DIGESTGEN_ARXIV_API_URL={server.url} digestgen build --topic ...\n"
        )
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write(f"{len(server.requests)} requests\n")


if __name__ == "__main__":
    main()
