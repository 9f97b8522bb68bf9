import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from digestgen.errors import OutputError, RemoteError
from digestgen.files import machine_folder
from digestgen.net import Http
from digestgen.net.failures import PassingError
from digestgen.net.pace import Pace
from tests.loopback import FakeTime, Server, reply

HOUR = 3600.0

ASK = """
import sys
from pathlib import Path
from digestgen.net import Http, pace_group

url, folder, times = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
with Http(user_agent="test", intervals={pace_group(url): 0.3}, pace_folder=folder) as http:
    for _ in range(times):
        http.get(url, accept="*/*", max_bytes=99)
"""

HOLD = """
import sys
from pathlib import Path
from digestgen.net.pace import Pace
from digestgen.net.timing import Clock

with Pace({"arxiv.org": 0.0}, Path(sys.argv[1]), Clock()).turn("arxiv.org", until=1e18):
    print("holding", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


def pace(folder: Path, fake_time: FakeTime) -> Pace:
    return Pace({"arxiv.org": 3.0}, folder / "pace", fake_time.clock())


def take_turn(pace: Pace, fake_time: FakeTime, *, lasting: float = 0.0) -> None:
    with pace.turn("arxiv.org", until=fake_time.now + HOUR):
        fake_time.now += lasting


def test_the_interval_counts_from_the_end_of_one_to_the_start_of_the_next(
    tmp_path: Path, fake_time: FakeTime
) -> None:
    take_turn(pace(tmp_path, fake_time), fake_time, lasting=20.0)
    fake_time.now += 1.0
    take_turn(pace(tmp_path, fake_time), fake_time)

    assert fake_time.slept == [2.0]


def test_who_comes_later_than_the_interval_does_not_wait(
    tmp_path: Path, fake_time: FakeTime
) -> None:
    take_turn(pace(tmp_path, fake_time), fake_time)
    fake_time.now += 3.0
    take_turn(pace(tmp_path, fake_time), fake_time)

    assert fake_time.slept == []


def test_a_failed_request_counts_as_one(tmp_path: Path, fake_time: FakeTime) -> None:
    with pytest.raises(ValueError, match="x"), pace(tmp_path, fake_time).turn("arxiv.org", until=0):
        raise ValueError("x")
    take_turn(pace(tmp_path, fake_time), fake_time)

    assert fake_time.slept == [3.0]


def test_a_pause_that_the_server_asked_for_holds_for_all(
    tmp_path: Path, fake_time: FakeTime
) -> None:
    with (
        pytest.raises(PassingError),
        pace(tmp_path, fake_time).turn("arxiv.org", until=fake_time.now),
    ):
        raise PassingError("arxiv.org: answered 429", hint="", after=60.0)
    take_turn(pace(tmp_path, fake_time), fake_time)

    assert fake_time.slept == [60.0]


def test_a_longer_pause_than_there_is_time_is_an_error_at_once(
    tmp_path: Path, fake_time: FakeTime
) -> None:
    with (
        pytest.raises(PassingError),
        pace(tmp_path, fake_time).turn("arxiv.org", until=fake_time.now),
    ):
        raise PassingError("arxiv.org: answered 429", hint="", after=1e9)
    with (
        pytest.raises(RemoteError, match="asked to be left alone for another 3600 s"),
        pace(tmp_path, fake_time).turn("arxiv.org", until=fake_time.now + 600),
    ):
        pytest.fail("this turn must not come")

    assert fake_time.slept == []


@pytest.mark.parametrize(
    "stamp",
    ["", "nonsense", "1 2 3", "1.7e9 nan", "nan 0", "inf 0", "2700000000.0 0.0", "1 -9", "1 1e9"],
)
def test_a_stamp_that_makes_no_sense_counts_as_made_now(
    tmp_path: Path, fake_time: FakeTime, stamp: str
) -> None:
    take_turn(pace(tmp_path, fake_time), fake_time)
    (tmp_path / "pace" / "arxiv.org.stamp").write_text(stamp)
    fake_time.now += HOUR
    take_turn(pace(tmp_path, fake_time), fake_time)

    assert fake_time.slept == [3.0]


def test_a_group_without_an_interval_leaves_no_trace(tmp_path: Path, fake_time: FakeTime) -> None:
    with pace(tmp_path, fake_time).turn("127.0.0.1:80", until=0):
        pass

    assert list(tmp_path.iterdir()) == []


def test_locks_are_kept_in_a_folder_closed_to_others(tmp_path: Path, fake_time: FakeTime) -> None:
    (tmp_path / "pace").mkdir(mode=0o755)
    take_turn(pace(tmp_path, fake_time), fake_time)

    assert (tmp_path / "pace").stat().st_mode & 0o777 == 0o700


def test_the_default_folder_is_one_per_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    assert machine_folder() == tmp_path / f"digestgen-{os.getuid()}"


def test_a_folder_planted_as_a_link_is_refused(tmp_path: Path, fake_time: FakeTime) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pace").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="is no folder of this user") as caught:
        take_turn(pace(tmp_path, fake_time), fake_time)

    assert "TMPDIR" in caught.value.hint


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, fake_time: FakeTime) -> None:
    (tmp_path / "pace").mkdir()
    os.chown(tmp_path / "pace", 12345, 12345)
    with pytest.raises(OutputError, match="is no folder of this user"):
        take_turn(pace(tmp_path, fake_time), fake_time)


def test_a_folder_that_cannot_be_made_is_an_output_error(
    tmp_path: Path, fake_time: FakeTime
) -> None:
    (tmp_path / "pace").write_text("a file")
    with pytest.raises(OutputError, match="pace"):
        take_turn(pace(tmp_path, fake_time), fake_time)


def test_redirects_and_retries_are_paced_too(tmp_path: Path, fake_time: FakeTime) -> None:
    with Server(reply(503), reply(302, b"", "Location: /b"), reply(200, b"good")) as server:
        group = f"127.0.0.1:{server.port}"
        with Http(
            user_agent="test",
            intervals={group: 3.0},
            pace_folder=tmp_path / "pace",
            clock=fake_time.clock(),
        ) as http:
            body = http.get(server.url(), accept="*/*", max_bytes=99)

    assert body == b"good"
    assert fake_time.slept == [1.0, 2.0, 3.0]


def test_processes_together_keep_the_interval(tmp_path: Path) -> None:
    with Server(reply(200, b"good")) as server:
        command = [sys.executable, "-c", ASK, server.url(), str(tmp_path / "pace"), "3"]
        runs = [subprocess.Popen(command) for _ in range(3)]
        codes = [run.wait(timeout=60) for run in runs]

    gaps = [b - a for a, b in zip(server.arrivals, server.arrivals[1:], strict=False)]
    assert codes == [0, 0, 0]
    assert len(gaps) == 8
    assert min(gaps) > 0.299  # the wall clock may be slewed against the test's


def test_a_turn_is_held_against_other_processes_and_a_kill_ends_it(
    tmp_path: Path, fake_time: FakeTime
) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "pace")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holding\n"
        with (
            pytest.raises(RemoteError, match="other runs of digestgen kept it busy"),
            pace(tmp_path, fake_time).turn("arxiv.org", until=fake_time.now),
        ):
            pytest.fail("this turn must not come")
        holder.send_signal(signal.SIGKILL)

    fake_time.now += 1e9
    take_turn(pace(tmp_path, fake_time), fake_time)

    assert fake_time.slept == []
