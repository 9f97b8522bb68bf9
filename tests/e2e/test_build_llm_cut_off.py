"""A build with a language model may be ended at any moment: it pays no more, and nothing twice.

Each build is a process of its own, which asks a server that counts what it is asked.
"""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from tests.model_server import Answer, Asked, ModelServer, honest

DIGESTGEN = ("-m", "digestgen")
BUILD = (
    "build", "--source", "sample", "--topic", "Diffusion Models", "--date", "2024-09-24",
    "--depth", "abstract", "--no-site", "--summarizer", "llm",
)  # fmt: skip
IMPATIENT = """
import os, signal, sys
from digestgen.cli import main
from digestgen.console import Console

note = Console.note

def note_and_be_interrupted(self, text):
    note(self, text)
    if text.startswith("waiting for"):
        os.kill(os.getpid(), signal.SIGINT)

Console.note = note_and_be_interrupted
sys.exit(main())
"""
HANGING = 60  # seconds after which a process is taken for one that hangs


class Slow:
    """A model that answers the first questions at once, and the others when it is let."""

    def __init__(self, *, at_once: int) -> None:
        self.arrived: Queue[int] = Queue()
        self.let = threading.Event()
        self._at_once = at_once

    def __call__(self, asked: Asked) -> Answer:
        self.arrived.put(asked.number)
        if asked.number >= self._at_once:
            self.let.wait(HANGING)
        return honest(asked)

    def wait_for(self, questions: int) -> None:
        for _ in range(questions):
            self.arrived.get(timeout=HANGING)


@contextmanager
def building(
    server: ModelServer, *flags: str, program: tuple[str, ...] = DIGESTGEN
) -> Iterator[subprocess.Popen[str]]:
    environ = os.environ | {
        "DIGESTGEN_LLM_BASE_URL": server.url,
        "DIGESTGEN_LLM_MODEL": "parrot-1",
    }
    with subprocess.Popen(
        [sys.executable, *program, *BUILD, *flags],
        env=environ,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def interrupt(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C, and wait until the process has heard it."""
    process.send_signal(signal.SIGINT)
    return line_of(process, "waiting for")


def line_of(process: subprocess.Popen[str], beginning: str) -> str:
    """Wait for a line; lines that say how far the work is may stand before it."""
    assert process.stderr is not None
    return next((line for line in process.stderr if line.startswith(beginning)), "")


def post(folder: Path) -> str:
    """The post, but for the moment at which it was written."""
    [path] = (folder / "content" / "posts").glob("*.md")
    return re.sub(r"(?m)^ *(?:updated|hash): .*\n", "", path.read_text(encoding="utf-8"))


def test_after_ctrl_c_nothing_more_is_asked_and_what_was_asked_is_remembered(folder: Path) -> None:
    slow = Slow(at_once=1)
    with ModelServer(slow) as server, building(server, "--workers", "2") as process:
        slow.wait_for(3)
        said = interrupt(process)
        slow.let.set()
        _, rest = process.communicate(timeout=HANGING)
        asked = {each.text for each in server.asked}

        with building(server, "--workers", "2") as again:
            again.communicate(timeout=HANGING)

    assert said == "waiting for what was asked already (2); Ctrl-C leaves it\n"
    assert rest == "interrupted; what is finished is kept\n"
    assert process.returncode == 130
    assert len(asked) == 3
    assert again.returncode == 0
    assert len({each.text for each in server.asked}) == len(server.asked) == 32


def test_a_second_ctrl_c_ends_at_once_and_without_a_traceback(folder: Path) -> None:
    slow = Slow(at_once=1)
    with ModelServer(slow) as server, building(server, "--workers", "2") as process:
        slow.wait_for(3)
        interrupt(process)
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=HANGING)
        slow.let.set()

    assert rest == "interrupted; what is finished is kept\n"
    assert process.returncode == 130
    assert len(server.asked) == 3


def test_a_second_ctrl_c_may_come_while_the_first_is_answered(folder: Path) -> None:
    slow = Slow(at_once=1)
    flags = ("--workers", "2")
    with (
        ModelServer(slow) as server,
        building(server, *flags, program=("-c", IMPATIENT)) as process,
    ):
        slow.wait_for(3)
        interrupt(process)
        _, rest = process.communicate(timeout=HANGING)
        slow.let.set()

    assert rest == "interrupted; what is finished is kept\n"
    assert process.returncode == 130
    assert len(server.asked) == 3


def test_ctrl_c_ends_the_pause_that_a_busy_server_asked_for(folder: Path) -> None:
    busy = Answer(status=429, body=b"", headers={"Retry-After": "250"})
    arrived: Queue[int] = Queue()

    def speak(asked: Asked) -> Answer:
        arrived.put(asked.number)
        return busy

    with ModelServer(speak) as server, building(server, "--workers", "1") as process:
        arrived.get(timeout=HANGING)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=HANGING)

    assert said.endswith("interrupted; what is finished is kept\n")
    assert "Traceback" not in said
    assert process.returncode == 130
    assert len(server.asked) == 1


def test_a_failure_that_ends_the_run_ends_its_other_questions(folder: Path) -> None:
    slow = Slow(at_once=0)

    def speak(asked: Asked) -> Answer:
        if asked.number == 1:
            return Answer(status=401, body=b"{}")
        return slow(asked)

    with ModelServer(speak) as server, building(server, "--workers", "2") as process:
        assert line_of(process, "waiting for what was asked already (1)")
        slow.let.set()
        _, said = process.communicate(timeout=HANGING)

    assert process.returncode == 2
    assert "error: llm: " in said
    assert len(server.asked) == 2


def test_a_build_that_is_killed_between_any_two_questions_pays_nothing_twice(
    folder: Path,
) -> None:
    """Each run is killed when it asks its second question: the answer to its first is in."""
    answered: list[str] = []
    runs: list[int] = []

    def speak(asked: Asked) -> Answer:
        if len(runs) > 1 and asked.number == runs[-1] + 1:
            processes[-1].kill()
            processes[-1].wait(HANGING)
            return Answer(status=503)
        answered.append(asked.text)
        return honest(asked)

    processes: list[subprocess.Popen[str]] = []
    two = ("--limit", "2", "--workers", "1")
    with ModelServer(speak) as server:
        with building(server, *two) as process:
            process.communicate(timeout=HANGING)
        whole, paid = post(folder), sorted(answered)
        cache = Path(os.environ["DIGESTGEN_CACHE_DIR"])
        cache.rename(cache.with_name("cache of the whole run"))
        [written] = (folder / "content" / "posts").glob("*.md")
        written.unlink()
        answered.clear()
        runs.append(0)
        while not runs[1:] or process.returncode:
            runs.append(len(server.asked))
            with building(server, *two) as process:
                processes.append(process)
                process.communicate(timeout=HANGING)

    assert len(paid) == 8
    assert [each.returncode for each in processes] == [-signal.SIGKILL] * 7 + [0]
    assert sorted(answered) == paid
    assert post(folder) == whole
