"""This module puts a site on disk in two steps: what is new is staged, then moved into place.

Until the moving begins, the old site stands untouched; a journal lets the next run end a moving
that was cut short. Only what an earlier site left there is ever replaced or taken away.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from digestgen.errors import OutputError
from digestgen.files import output_errors, write_atomic

MANIFEST = ".digestgen-site.json"
PRIVATE = ".digestgen-site"  # a folder that no server shows
_STATE = f"{PRIVATE}/state"
_JOURNAL = "journal.json"
_STAGED = "new"
_IGNORE_ALL = b"# Made by digestgen; deleting this folder is always safe.\n*\n"


def state_file(folder: Path) -> Path:
    """Return where a site's state lies."""
    return folder / _STATE


def listed_files(folder: Path) -> set[str]:
    """Return what the folder's list names, without what could never have been ours."""
    try:
        listed: object = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return set()
    paths = listed.get("files") if isinstance(listed, dict) else None
    if not isinstance(paths, list):
        return set()
    return {path for path in paths if isinstance(path, str) and _is_plain(path)}


def sizes_on_disk(folder: Path, paths: Iterable[str]) -> dict[str, int]:
    """Return the sizes of those of these files that are there; -1 for what is no plain file."""
    root = f"{folder}/"
    found = {}
    for path in paths:
        with suppress(OSError):
            status = os.lstat(root + path)
            found[path] = status.st_size if status.st_mode & 0o170000 == 0o100000 else -1
    return found


def refuse_foreign(folder: Path, paths: Iterable[str]) -> None:
    """Make sure that nothing stands in the way of files that are new.

    Raises:
        OutputError: something does, and was not made by digestgen.
    """
    for path in sorted(paths):
        if os.path.lexists(folder / path):
            raise OutputError(
                f"{folder / path}: this file was not made by digestgen",
                hint="move it away, or name another folder with --site",
            )


class Staging:
    """New files of a site, not yet in their places; to be made one at a time per site.

    It is for a folder that was ``finish``ed. As a context it leaves nothing behind, also when
    the block fails.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = folder / PRIVATE / _STAGED
        self._paths: list[str] = []

    @property
    def folder(self) -> Path:
        """Return the folder of what is staged, for what is made on the way."""
        return self._new

    def __enter__(self) -> "Staging":
        """See the class."""
        with output_errors(self._new):
            self._new.mkdir(parents=True)
            ignore = self._new.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_bytes(_IGNORE_ALL)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """See the class; a commit that has begun is left to the next run."""
        if kind is None or not _journal(self._folder).exists():
            _clear(self._folder)

    def add(self, path: str, content: bytes) -> None:
        """Stage a file.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            # Lower than pathlib: a site has tens of thousands of files.
            descriptor = os.open(self._next(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            try:
                written = os.write(descriptor, content)
                while written < len(content):
                    written += os.write(descriptor, memoryview(content)[written:])
            finally:
                os.close(descriptor)
        except OSError:
            with output_errors(self._folder / path):
                raise

    def places(self) -> dict[str, Path]:
        """Return where the staged files lie for now, by their paths."""
        return {path: self._new / str(number) for number, path in enumerate(self._paths)}

    def commit(self, *, remove: Iterable[str], files: Iterable[str], state: bytes) -> None:
        """Put everything in its place, and take away the files that are to go.

        ``files`` are all of the site from now on.

        Raises:
            OutputError: it cannot be done; the next run goes on with it.
        """
        listed = json.dumps({"files": sorted(files)}, ensure_ascii=False, indent=1) + "\n"
        self.add(MANIFEST, listed.encode())
        self.add(_STATE, state)
        journal = {"new": self._paths, "remove": sorted(remove)}
        write_atomic(_journal(self._folder), json.dumps(journal).encode())
        finish(self._folder)

    def _next(self, path: str) -> str:
        self._paths.append(path)
        return f"{self._new}/{len(self._paths) - 1}"


def finish(folder: Path) -> None:
    """End a commit that was begun, and clear away a staging that was not; often there is neither.

    Raises:
        OutputError: something cannot be moved or taken away.
    """
    journal = _journal(folder)
    moves = _read_journal(journal)
    if moves is not None:
        new, remove = moves
        with output_errors(folder):
            _move(folder, new)
            for path in remove:
                _remove(folder, path)
            journal.unlink()
    _clear(folder)


def _clear(folder: Path) -> None:
    staged = folder / PRIVATE / _STAGED
    with output_errors(staged), suppress(FileNotFoundError):
        shutil.rmtree(staged)


def _journal(folder: Path) -> Path:
    return folder / PRIVATE / _JOURNAL


def _read_journal(journal: Path) -> tuple[list[str], list[str]] | None:
    try:
        kept: object = json.loads(journal.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, Mapping):
        return None
    new, remove = kept.get("new"), kept.get("remove")
    if not isinstance(new, list) or not isinstance(remove, list):
        return None
    known = {MANIFEST, _STATE}
    if not all(isinstance(path, str) and (path in known or _is_plain(path)) for path in new):
        return None
    return new, [path for path in remove if isinstance(path, str) and _is_plain(path)]


def _move(folder: Path, new: list[str]) -> None:
    staged = f"{folder / PRIVATE / _STAGED}/"
    root = f"{folder}/"
    there = {""}
    for number, path in enumerate(new):
        parent = path.rpartition("/")[0]
        if parent not in there:
            os.makedirs(root + parent, exist_ok=True)  # noqa: PTH103  # hot
            there.add(parent)
        try:
            os.replace(f"{staged}{number}", root + path)  # noqa: PTH105  # hot
        except FileNotFoundError:  # moved already, before this run
            continue
        except OSError as error:
            raise OSError(error.errno, error.strerror, root + path) from error


def _is_plain(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not any(part.startswith((".", "/")) or "\\" in part for part in parts)


def _remove(folder: Path, path: str) -> None:
    target = folder / path
    if not target.is_file() or not target.resolve().is_relative_to(folder.resolve()):
        return
    target.unlink()
    for parent in list(target.relative_to(folder).parents)[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:  # it holds something else
            return
