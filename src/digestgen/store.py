"""This module keeps a memo of finished work in SQLite: a text for each kind and key.

Losing it loses nothing but time, so a memo that is in the way is deleted, never repaired.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from digestgen.errors import DigestgenError, OutputError, StoreError
from digestgen.files import locked, output_errors

MIGRATIONS = (
    """
    CREATE TABLE memo (
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (kind, key)
    );
    """,
)
"""Scripts that bring a memo from the version of their index to the next; only ever appended."""

# The low byte of an extended code; a path that cannot be opened or written is no damage.
_UNWRITABLE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def open_store(path: Path, *, busy_seconds: float = 30.0) -> "Store":
    """Open the memo at ``path``, made or brought up to date as needed.

    ``busy_seconds`` is how long to wait for other processes, here and at each use.

    Raises:
        StoreError: it is locked, damaged or from a newer digestgen.
        OutputError: it cannot be written.
    """
    with output_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    # Two first openings at once: SQLite does not wait for its lock when it changes to WAL.
    with locked(path.with_name(f"{path.name}.lock"), seconds=busy_seconds), _errors(path):
        connection = sqlite3.connect(
            path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return Store(connection, path)


class Store:
    """An open memo, for any number of threads; close it after use."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._guard = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the memo; what was put is on disk already."""
        with self._guard, _errors(self._path):
            self._connection.close()

    def get(self, kind: str, key: str) -> str | None:
        """Return the text last put under ``kind`` and ``key``, or None.

        Raises:
            StoreError: the memo is locked or damaged.
        """
        query = """
            SELECT value
            FROM memo
            WHERE kind = ? AND key = ?
        """
        with self._guard, _errors(self._path):
            row = self._connection.execute(query, (kind, key)).fetchone()
        return None if row is None else str(row[0])

    def put(self, kind: str, key: str, value: str) -> None:
        """Keep ``value`` under ``kind`` and ``key``, in place of what was there.

        Raises:
            StoreError: the memo is locked or damaged.
            OutputError: it cannot be written.
        """
        statement = """
            INSERT INTO memo (kind, key, value)
            VALUES (?, ?, ?)
            ON CONFLICT (kind, key) DO UPDATE
            SET value = excluded.value
        """
        with self._guard, _errors(self._path):
            self._connection.execute(statement, (kind, key, value))


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise _damaged(path, verdict)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path}: comes from a newer digestgen (version {version}, known {len(MIGRATIONS)})",
            hint=f"update digestgen, or {_delete(path)}",
        )
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
        )


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says into errors that name the file and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translated(path, error) from error


def _translated(path: Path, error: sqlite3.DatabaseError) -> DigestgenError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _UNWRITABLE:
        return OutputError(
            f"{path}: cannot be written: {error}",
            hint="make room or give permission there, or set DIGESTGEN_CACHE_DIR",
        )
    if code in _LOCKED:
        return StoreError(
            f"{path}: is locked by another process",
            hint=f"wait for the other run to end; if there is none, {_delete(path)}",
        )
    return _damaged(path, str(error))


def _damaged(path: Path, detail: str) -> StoreError:
    line = " ".join(detail.split())
    return StoreError(f"{path}: is no memo, or damaged: {line}", hint=_delete(path))


def _delete(path: Path) -> str:
    names = f"{path.name}, {path.name}-wal and {path.name}-shm"
    return f"delete {names}: that is always safe, the next run is only slower"
