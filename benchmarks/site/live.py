"""This module measures how long a saved post takes until the browser has its new page.

python -m benchmarks.site.live FOLDER --saves 20, where FOLDER is a blog that was built; a client
of the event stream stands for the browser, and asks for the page as soon as it is told to.
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

GOAL = 0.3  # seconds from the save to the page
PATIENCE = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of a blog")
    parser.add_argument("--saves", type=int, default=20, help="posts to save (default: 20)")
    arguments = parser.parse_args()
    with _serving(arguments.folder) as port:
        posts = sorted((arguments.folder / "content/posts").glob("*.md"))
        taken = [_save(posts[len(posts) // 3], port, number) for number in range(arguments.saves)]
    print(f"{len(posts)} posts, {len(taken)} saves: from the save to the new page")
    print(f"median {median(taken):.3f} s, least {min(taken):.3f} s, most {max(taken):.3f} s")
    print(f"goal: {GOAL} s: {'met' if median(taken) < GOAL else 'missed'}")


@contextmanager
def _serving(folder: Path) -> Iterator[int]:
    """Lend the port of a preview that has built its site."""
    program = Path(sys.executable).with_name("digestgen")
    process = subprocess.Popen(
        [program, "serve", "--port", "0"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert found, "the preview does not serve"
        yield int(found[1])
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _save(post: Path, port: int, number: int) -> float:
    """Return the seconds from a save until its text is in the page."""
    told = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    told.request("GET", "/_digestgen/events")
    stream = told.getresponse()
    _next(stream.fp)
    word = f"Saved for the {number}th time at {time.time_ns()}."
    with post.open("a", encoding="utf-8") as file:
        file.write(f"\n{word}\n")
    began = time.monotonic()
    _next(stream.fp)
    page = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    page.request("GET", f"/posts/{post.stem}/index.html")
    text = page.getresponse().read().decode()
    taken = time.monotonic() - began
    assert word in text, "the page is the old one"
    told.close()
    page.close()
    return taken


def _next(stream: Iterator[bytes]) -> None:
    """Wait for an event."""
    for line in stream:
        if line.startswith(b"data: "):
            return
    sys.exit("the preview ended")


if __name__ == "__main__":
    main()
