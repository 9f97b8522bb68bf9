import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digestgen.errors import OutputError
from digestgen.files import locked, output_errors, replacing, sweep, trim, used, write_atomic

NOW = datetime(2024, 9, 24, 12, tzinfo=UTC)


def test_a_file_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "post.md"

    assert write_atomic(path, b"new")
    assert not write_atomic(path, b"new")
    assert write_atomic(path, b"newer")
    assert path.read_bytes() == b"newer"


def test_a_failure_on_the_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")

    def write_half() -> None:
        with replacing(path) as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()

    assert [found.name for found in tmp_path.iterdir()] == ["post.md"]
    assert path.read_bytes() == b"old"


def test_a_killed_writer_leaves_the_old_file_and_a_leftover_that_is_swept(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"old")
    killed = (
        "import os, signal, sys; from pathlib import Path; from digestgen.files import replacing\n"
        "with replacing(Path(sys.argv[1])) as t:\n"
        "    t.write_bytes(b'half'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(path)], check=False)

    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    sweep(tmp_path)
    assert [found.name for found in tmp_path.iterdir()] == ["post.md"]


def test_new_files_are_as_readable_as_the_umask_says_and_old_ones_keep_their_mode(
    tmp_path: Path,
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"")
    old.chmod(0o600)
    before = os.umask(0o022)
    try:
        write_atomic(old, b"x")
        write_atomic(new, b"x")
    finally:
        os.umask(before)

    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    assert stat.S_IMODE(new.stat().st_mode) == 0o644


def test_a_target_that_is_a_folder_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_atomic(tmp_path, b"x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_output_error_with_a_hint(tmp_path: Path) -> None:
    def fill() -> None:
        with output_errors(tmp_path), Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"x")

    with pytest.raises(OutputError, match="no space left") as raised:
        fill()

    assert "make room" in raised.value.hint


def test_only_one_run_at_a_time_works_in_a_folder(tmp_path: Path) -> None:
    told: list[str] = []

    with (
        locked(tmp_path, seconds=1),
        pytest.raises(OutputError, match="another digestgen worked there"),
        locked(tmp_path, seconds=0.1, on_wait=lambda: told.append("waiting")),
    ):
        pass

    assert told == ["waiting"]
    with locked(tmp_path, seconds=0.1):
        pass


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    killed = (
        "import os, signal, sys; from pathlib import Path; from digestgen.files import locked\n"
        "with locked(Path(sys.argv[1]), seconds=1): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=False)

    with locked(tmp_path, seconds=0.1):
        pass


def test_a_folder_for_locks_that_is_somebody_elses_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"digestgen-{os.getuid()}").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OutputError, match="is no folder of this user"), locked(tmp_path, seconds=1):
        pass


def cached(folder: Path, name: str, *, size: int, age: int) -> Path:
    """A file of ``size`` bytes that was last used ``age`` hours ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    moment = (NOW - timedelta(hours=age)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_what_was_not_used_for_longest_makes_room(tmp_path: Path) -> None:
    oldest = cached(tmp_path, "a/old.pdf", size=5, age=90)
    older = cached(tmp_path, "b/c/reading.json", size=5, age=80)
    newer = cached(tmp_path, "a/new.pdf", size=5, age=70)

    removed = trim([tmp_path / "a", tmp_path / "b"], most_bytes=9, before=NOW)

    assert removed == 2
    assert [path.exists() for path in (oldest, older, newer)] == [False, False, True]


def test_what_is_used_by_now_stays_however_large(tmp_path: Path) -> None:
    cached(tmp_path, "a.pdf", size=500, age=5)

    assert trim([tmp_path, tmp_path / "nothing"], most_bytes=0, before=NOW - timedelta(days=1)) == 0
    assert trim([tmp_path], most_bytes=500, before=NOW) == 0


def test_a_file_that_is_used_is_as_good_as_new(tmp_path: Path) -> None:
    path = cached(tmp_path, "a.pdf", size=1, age=9)

    assert used(path)
    assert trim([tmp_path], most_bytes=0, before=NOW) == 0
    assert not used(tmp_path / "nothing")
