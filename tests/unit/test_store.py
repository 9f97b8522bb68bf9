import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from digestgen import store
from digestgen.errors import OutputError, StoreError
from digestgen.store import Store, open_store

WRITE = """
import sys
from pathlib import Path
from digestgen.store import open_store

path, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for _ in range(3):
    with open_store(path) as memo:
        for number in range(times):
            memo.put("summary", f"{name}-{number}", name * 100)
            memo.put("summary", "shared", name)
"""

WRITE_FOREVER = """
import itertools, sys
from pathlib import Path
from digestgen.store import open_store

with open_store(Path(sys.argv[1])) as memo:
    for number in itertools.count():
        memo.put("summary", str(number), "x" * 5000)
        print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "memo.sqlite"


def test_what_was_put_is_there_after_reopening(path: Path) -> None:
    with open_store(path) as memo:
        memo.put("summary", "2405.00001", "第一 \0 'quoted' 😀")
    with open_store(path) as memo:
        found = memo.get("summary", "2405.00001")

    assert found == "第一 \0 'quoted' 😀"


def test_what_was_never_put_is_none(path: Path) -> None:
    with open_store(path) as memo:
        memo.put("summary", "a", "text")

        assert memo.get("summary", "b") is None
        assert memo.get("page", "a") is None


def test_the_last_text_put_counts(path: Path) -> None:
    with open_store(path) as memo:
        memo.put("summary", "a", "first")
        memo.put("summary", "a", "second")

        assert memo.get("summary", "a") == "second"


def test_missing_folders_are_made(tmp_path: Path) -> None:
    with open_store(tmp_path / "a" / "b" / "memo.sqlite") as memo:
        assert memo.get("summary", "a") is None


def test_a_memo_is_in_wal_mode_and_knows_its_version(path: Path) -> None:
    open_store(path).close()
    connection = sqlite3.connect(path)
    mode = connection.execute("PRAGMA journal_mode").fetchone()
    version = connection.execute("PRAGMA user_version").fetchone()
    connection.close()

    assert (mode, version) == (("wal",), (len(store.MIGRATIONS),))


def test_an_older_memo_is_brought_up_to_date_with_its_contents(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(path) as memo:
        memo.put("summary", "a", "kept")
    monkeypatch.setattr(
        store, "MIGRATIONS", (*store.MIGRATIONS, "CREATE TABLE later (name TEXT NOT NULL);")
    )
    with open_store(path) as memo:
        assert memo.get("summary", "a") == "kept"
    connection = sqlite3.connect(path)
    version = connection.execute("PRAGMA user_version").fetchone()
    connection.close()

    assert version == (2,)


def test_a_migration_that_fails_leaves_the_memo_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(path) as memo:
        memo.put("summary", "a", "kept")
    with monkeypatch.context() as patch:
        patch.setattr(store, "MIGRATIONS", (*store.MIGRATIONS, "DROP TABLE memo; DROP TABLE no;"))
        with pytest.raises(StoreError):
            open_store(path)
    with open_store(path) as memo:
        assert memo.get("summary", "a") == "kept"


def test_a_memo_from_a_newer_digestgen_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(StoreError, match=r"newer digestgen \(version 99, known 1\)") as caught:
        open_store(path)

    assert caught.value.hint.startswith("update digestgen, or delete memo.sqlite")


@pytest.mark.parametrize(
    "content", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_what_is_no_memo_is_refused_with_the_names_of_what_to_delete(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"memo\.sqlite: is no memo, or damaged") as caught:
        open_store(path)

    assert "delete memo.sqlite, memo.sqlite-wal and memo.sqlite-shm" in caught.value.hint
    assert "always safe" in caught.value.hint
    assert path.read_bytes() == content


def test_a_damaged_memo_is_noticed_when_it_is_opened(path: Path) -> None:
    with open_store(path) as memo:
        for number in range(200):
            memo.put("summary", str(number), "x" * 500)
    content = bytearray(path.read_bytes())
    content[8192 : len(content) // 2] = b"\x5a" * (len(content) // 2 - 8192)
    path.write_bytes(content)

    with pytest.raises(StoreError, match=r"is no memo, or damaged: [^\n]+$"):
        open_store(path)


def test_a_table_of_somebody_else_is_no_memo(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()

    with open_store(path) as memo, pytest.raises(StoreError, match="no such table"):
        memo.get("summary", "a")


def test_a_memo_that_stays_locked_is_an_error(path: Path) -> None:
    with open_store(path, busy_seconds=0.1) as memo:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked by another process") as caught:
            memo.put("summary", "a", "text")
        other.close()
        memo.put("summary", "a", "text")

    assert "wait for the other run to end" in caught.value.hint


def test_a_memo_locked_by_another_program_cannot_be_opened(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="is locked by another process"):
        open_store(path, busy_seconds=0.1)
    other.close()


def test_a_read_only_memo_is_an_output_error(path: Path) -> None:
    open_store(path).close()
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with Store(connection, path) as memo, pytest.raises(OutputError) as caught:
        memo.put("summary", "a", "text")

    assert caught.value.message.startswith(f"{path}: cannot be written: ")
    assert "DIGESTGEN_CACHE_DIR" in caught.value.hint


def test_a_full_disk_is_an_output_error_and_what_was_there_is_intact(path: Path) -> None:
    with open_store(path) as memo:
        memo.put("summary", "a", "kept")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA max_page_count = 5")
    with Store(connection, path) as memo:
        with pytest.raises(OutputError, match="cannot be written: database or disk is full"):
            memo.put("summary", "b", "x" * 100_000)

        assert memo.get("summary", "a") == "kept"


@pytest.mark.parametrize("target", ["file/memo.sqlite", "folder"])
def test_a_path_that_cannot_be_a_memo_is_an_output_error(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()

    with pytest.raises(OutputError, match="cannot be written"):
        open_store(tmp_path / target)


def test_processes_open_and_write_at_once(path: Path) -> None:
    runs = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(path), name, "100"]) for name in "abcd"
    ]
    codes = [run.wait(timeout=60) for run in runs]
    with open_store(path) as memo:
        found = [memo.get("summary", f"{name}-{n}") for name in "abcd" for n in range(100)]

    assert codes == [0, 0, 0, 0]
    assert found == [name * 100 for name in "abcd" for _ in range(100)]


def test_threads_share_one_memo(path: Path) -> None:
    with open_store(path) as memo:

        def write(name: str) -> None:
            for number in range(100):
                memo.put("summary", f"{name}-{number}", name)

        threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = [memo.get("summary", f"{name}-{n}") for name in "abcd" for n in range(100)]

    assert None not in found


def test_a_memo_survives_a_kill_in_the_middle_of_writing(path: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", WRITE_FOREVER, str(path)], stdout=subprocess.PIPE, text=True
    )
    with run:
        assert run.stdout is not None
        while int(run.stdout.readline()) < 300:
            pass
        run.send_signal(signal.SIGKILL)
        last = [int(line) for line in run.stdout.read().splitlines() if line][-1:]
    with open_store(path) as memo:
        found = [memo.get("summary", str(n)) for n in range((last or [300])[0])]

    assert all(text == "x" * 5000 for text in found)
