import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, wait
from pathlib import Path

import pytest

from digestgen.cage import Cage, CageError, Limits
from digestgen.cage.confinement import _NEW_NETWORK, _NEW_USERS
from tests import caged
from tests.loopback import Server, reply
from tests.processes import children, descriptors, wait_for_death

LINUX = sys.platform == "linux"
QUICK = Limits(seconds=20)


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(1, QUICK) as shared:
        yield shared


def words(cage: Cage, function: object, *args: object) -> str:
    """What a task fails with."""
    error = cage.submit(function, *args).exception()  # type: ignore[arg-type] # any function

    assert isinstance(error, CageError)
    return error.message


def test_a_value_comes_back_as_it_was(cage: Cage) -> None:
    assert cage.submit(caged.picture, "Figure 1").result() == caged.picture("Figure 1")


def test_large_values_go_both_ways(cage: Cage) -> None:
    assert cage.submit(caged.length, b"x" * 30_000_000).result() == 30_000_000
    assert cage.submit(caged.copies, 30_000_000).result() == b"x" * 30_000_000


def test_a_worker_is_warm_between_tasks_and_replaced_after_a_failure_only(cage: Cage) -> None:
    first = cage.submit(caged.worker_id).result()
    words(cage, caged.refuse, "it is no PDF")
    second = cage.submit(caged.worker_id).result()
    words(cage, caged.stumble)
    third = cage.submit(caged.worker_id).result()

    assert first == second != third


def test_results_of_many_tasks_come_in_order() -> None:
    with Cage(2, QUICK) as cage:
        assert list(cage.map(caged.add, range(50), range(50))) == list(range(0, 100, 2))


@pytest.mark.parametrize(
    ("function", "args", "expected"),
    [
        (caged.refuse, ("the file is\nencrypted \x1b[2J",), "the file is encrypted [2J"),
        (caged.refuse, ("long " * 1000,), ("long " * 60).strip()),
        (caged.stumble, (), "failed the PDF reader (KeyError: 'page')"),
        (caged.liar, (), "gave an answer that cannot be read"),
        (caged.crash, (), "crashed the PDF reader (signal 11)"),
        (caged.leave, (), "ended the PDF reader (exit code 7)"),
        (caged.hang_up, (), "was killed by the system, perhaps for its memory"),
    ],
)
def test_a_failure_has_words(
    cage: Cage, function: object, args: tuple[object, ...], expected: str
) -> None:
    assert words(cage, function, *args).rstrip() == expected


class Exploit:
    """Runs code in whoever unpickles it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (99,)


def answer(kind: bytes, content: bytes) -> bytes:
    return kind + bytes(8) + len(content).to_bytes(8) + content


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (answer(b"V", pickle.dumps(Exploit())), "gave an answer that cannot be read"),
        (answer(b"V", b"[" * 1_000_000), "gave an answer that cannot be read"),
        (answer(b"V", b'{"n": 1'), "gave an answer that cannot be read"),
        (answer(b"?", b"1"), "gave an answer that cannot be read"),
        (answer(b"F", b"\xff\x00" * 9), "failed the PDF reader (" + "�" * 9 + ")"),
        (b"V" + b"\xff" * 16, "gave more than 64 MB"),
    ],
    ids=["pickle", "deep", "cut off", "unknown", "no text", "too long"],
)
def test_an_answer_made_up_by_a_hostile_worker_does_no_harm(
    cage: Cage, content: bytes, expected: str
) -> None:
    assert words(cage, caged.speak_garbage, content) == expected


def test_the_deadline_ends_one_worker_while_the_others_go_on() -> None:
    with Cage(2, Limits(seconds=1.5)) as cage:
        slow = cage.submit(caged.wait_for_ever)
        ids = [cage.submit(caged.worker_id).result() for _ in range(3)]

        assert not slow.done()
        error = slow.exception()

    assert isinstance(error, CageError)
    assert error.message == "took longer than 1.5 s"
    assert len(set(ids)) == 1


@pytest.mark.parametrize("function", [caged.drip, caged.spin])
def test_a_worker_that_is_busy_for_ever_is_ended_at_the_deadline(function: object) -> None:
    with Cage(1, Limits(seconds=0.7)) as cage:
        assert words(cage, function) == "took longer than 0.7 s"
        assert cage.submit(caged.add, 1, 2).result() == 3


def test_processor_time_is_bounded() -> None:
    with Cage(1, Limits(seconds=20, processor_seconds=1)) as cage:
        assert words(cage, caged.spin) == "used more than 1 s of processor time"


def test_each_task_has_its_own_processor_time() -> None:
    # Both together need more than one may have; limits are whole seconds, rounded up.
    with Cage(1, Limits(seconds=60, processor_seconds=2)) as cage:
        first = cage.submit(caged.burn, 1.6).result()
        second = cage.submit(caged.burn, 1.6).result()

    assert first == second


@pytest.mark.skipif(not LINUX, reason="only Linux bounds memory")
@pytest.mark.parametrize("function", [caged.hoard, caged.hoard_and_abort])
def test_memory_is_bounded(function: object) -> None:
    with Cage(1, Limits(memory=256 << 20)) as cage:
        assert words(cage, function) == "needed more than 256 MB of memory"


def test_a_result_is_bounded() -> None:
    with Cage(1, Limits(result=1 << 20)) as cage:
        assert words(cage, caged.copies, 1 << 20) == "gave more than 1 MB"


def test_a_worker_is_replaced_after_its_share_of_tasks() -> None:
    with Cage(1, Limits(tasks=2)) as cage:
        ids = [cage.submit(caged.worker_id).result() for _ in range(4)]

    assert ids[0] == ids[1] != ids[2] == ids[3]


@pytest.mark.skipif(not LINUX, reason="only Linux tells what is resident")
def test_a_worker_that_keeps_memory_is_replaced() -> None:
    with Cage(1, Limits(kept=150 << 20)) as cage:
        ids = [cage.submit(caged.keep, 40 << 20).result() for _ in range(6)]

    assert 1 < len(set(ids)) < 6


def test_noise_is_kept_from_the_terminal_and_given_with_the_error(
    cage: Cage, capfd: pytest.CaptureFixture[str]
) -> None:
    error = cage.submit(caged.mutter).exception()

    assert isinstance(error, CageError)
    assert error.noise == "[2J a library's last words"
    assert capfd.readouterr() == ("", "")


def test_a_flood_of_noise_does_not_block_a_worker(cage: Cage) -> None:
    assert words(cage, caged.shout, 10_000_000, "done") == "done"


def test_a_worker_has_no_secrets_and_nothing_open(
    cage: Cage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DIGESTGEN_API_KEY", "secret")
    with (tmp_path / "open").open("w") as opened, Cage(1, QUICK) as fresh:
        os.set_inheritable(opened.fileno(), True)
        environment = fresh.submit(caged.environment).result()
        found = fresh.submit(caged.descriptors).result() if LINUX else []

    assert {"PYTHONPATH", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"} >= set(environment) - {
        "LC_CTYPE"  # which Python sets for itself
    }
    assert not any("/open" in target for target in found)
    assert not LINUX or [target.split(":")[0] for target in found] == [
        "/dev/null",
        "pipe",
        "pipe",
        "socket",
    ]


def test_a_worker_reads_nothing_writes_nothing_and_dumps_nothing(
    cage: Cage, tmp_path: Path
) -> None:
    assert cage.submit(caged.standard_input).result() == ""
    assert cage.submit(caged.write, str(tmp_path / "file")).result() == "File too large"
    assert cage.submit(caged.core_limit).result() == (0, 0)


def can_isolate() -> bool:
    program = (
        "import ctypes, sys; unshare = ctypes.CDLL(None).unshare; "
        f"sys.exit(unshare({_NEW_NETWORK}) and unshare({_NEW_NETWORK | _NEW_USERS}))"
    )
    return LINUX and subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.skipif(not can_isolate(), reason="this system lets nobody leave the network")
def test_a_worker_has_no_network(cage: Cage) -> None:
    with Server(reply(200)) as server:
        assert cage.submit(caged.connect, server.port).result() == "Network is unreachable"


def test_a_function_must_say_what_it_returns(cage: Cage) -> None:
    with pytest.raises(TypeError, match="untyped does not say what it returns"):
        cage.submit(caged.untyped, 1)


def test_what_cannot_be_sent_is_told_to_who_asked(cage: Cage) -> None:
    future = cage.submit(caged.length, threading.Lock())  # type: ignore[arg-type] # on purpose

    with pytest.raises(TypeError, match="cannot pickle"):
        future.result()


def test_a_closed_cage_takes_nothing() -> None:
    with Cage(1) as cage:
        pass

    with pytest.raises(RuntimeError, match="the cage is closed"):
        cage.submit(caged.add, 1, 2)


def test_an_interruption_stops_what_runs_and_cancels_what_waits() -> None:
    with pytest.raises(KeyboardInterrupt), Cage(1) as cage:  # noqa: PT012 - a block is interrupted
        running = cage.submit(caged.wait_for_ever)
        waiting = cage.submit(caged.add, 1, 2)
        while not running.running():
            wait([running], timeout=0.01)
        raise KeyboardInterrupt

    assert isinstance(running.exception(), CageError)
    assert str(running.exception()) == "was stopped before it was done"
    with pytest.raises(CancelledError):
        waiting.result()


@pytest.mark.skipif(not LINUX, reason="reads /proc")
def test_nothing_is_left_behind() -> None:
    before, open_before = children(), descriptors()
    with Cage(2, Limits(seconds=0.7)) as cage:
        futures = [cage.submit(task) for task in (caged.spin, caged.crash, caged.worker_id)]
        ids = {cage.submit(caged.worker_id).result()}
        wait(futures)

    assert children() == before
    assert descriptors() == open_before
    assert all(wait_for_death(one) for one in ids)


@pytest.mark.skipif(not LINUX, reason="only Linux ends children with their parent")
def test_a_busy_worker_dies_with_its_parent() -> None:
    program = (
        "import os, signal; from digestgen.cage import Cage; from tests import caged\n"
        "cage = Cage(1)\n"
        "print(cage.submit(caged.worker_id).result(), flush=True)\n"
        "cage.submit(caged.spin)\n"
        "signal.pause()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)

    assert wait_for_death(worker)


@pytest.mark.skipif(not LINUX, reason="reads /proc")
def test_the_parent_does_not_grow_with_the_tasks() -> None:
    def resident() -> int:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    with Cage(2, Limits(tasks=10)) as cage:
        for _ in range(4):
            cage.submit(caged.copies, 4 << 20).result()
        before = resident()
        for _ in range(40):
            cage.submit(caged.copies, 4 << 20).result()

        assert resident() - before < 30 << 20
