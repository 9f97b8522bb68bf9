"""This module lets a person try digestgen against real records, without asking arXiv."""

import argparse
import sys
import threading
from datetime import date
from pathlib import Path
from urllib.parse import unquote

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
    parser.add_argument(
        "--pdfs", type=Path, help="folder of PDFs named by id, %%2F for the slash of an old one"
    )
    arguments = parser.parse_args()
    files = sorted(arguments.pdfs.glob("*.pdf")) if arguments.pdfs else []
    pdfs = {unquote(file.stem): file.read_bytes() for file in files}
    records = [record for file in arguments.files for record in read(file, day=arguments.day)]
    with serve(records or INVENTED, pdfs=pdfs, port=arguments.port) as server:
        days = sorted(record.published.date() for record in records or INVENTED)
        sys.stdout.write(
            f"{len(days)} papers of {days[0]} to {days[-1]}, {len(pdfs)} PDFs\n"
            f"export DIGESTGEN_ARXIV_API_URL={server.url} DIGESTGEN_ARXIV_INTERVAL=0\n"
            f"export DIGESTGEN_ARXIV_PDF_URL='{server.pdf_url}'\n"
            f"export DIGESTGEN_ARXIV_OAI_URL={server.oai_url}\n"
        )
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write(f"{len(server.requests)} requests\n")


if __name__ == "__main__":
    main()
