"""This module puts a site on disk in two steps: what is new is staged, then moved into place.

Until the moving begins, the old site stands untouched; a journal lets the next run end a moving
that was cut short. Only what an earlier site left there is ever replaced or taken away.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from digestgen.errors import OutputError
from digestgen.files import BINARY, output_errors, replacing

MANIFEST = ".digestgen-site.json"
PRIVATE = ".digestgen-site"  # a folder that no server shows
_STATE = f"{PRIVATE}/state"
_JOURNAL = "journal.json"
_STAGED = "new"
_NOTES = "notes"  # the staged files have numbers
_KIND, _PLAIN = 0o170000, 0o100000  # as `stat` has them; called for tens of thousands of files
_BATCH = 1000  # paths in a line
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY
_IGNORE_ALL = b"# Made by digestgen; deleting this folder is always safe.\n*\n"


def state_file(folder: Path) -> Path:
    """Return where a site's state lies."""
    return folder / _STATE


def is_listed(folder: Path) -> bool:
    """Tell whether there is a list of the folder's files."""
    return (folder / MANIFEST).is_file()


def listed_files(folder: Path) -> frozenset[str]:
    """Return what the folder's list names, without what could never have been ours."""
    try:
        listed: object = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return frozenset()
    paths = listed.get("files") if isinstance(listed, dict) else None
    if not isinstance(paths, list):
        return frozenset()
    return frozenset(path for path in paths if isinstance(path, str) and _is_plain(path))


def stand(folder: Path, sizes: Mapping[str, int]) -> bool:
    """Tell whether all of these plain files are there, each of its size."""
    root = f"{folder}/"
    try:
        for path, size in sizes.items():
            status = os.lstat(root + path)
            if status.st_size != size or status.st_mode & _KIND != _PLAIN:
                return False
    except OSError:
        return False
    return True


def holds(folder: Path, path: str, content: bytes) -> bool:
    """Tell whether a plain file is there, with this content."""
    if not stand(folder, {path: len(content)}):
        return False
    with suppress(OSError):
        return (folder / path).read_bytes() == content
    return False


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
    the block fails. What is staged is noted on disk, because a site has many files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = folder / PRIVATE / _STAGED
        self._notes = self._new / _NOTES
        self._count = 0
        self._batch: list[str] = []

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

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        """Stage a file, which may come in pieces.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            # Lower than pathlib: a site has tens of thousands of files.
            descriptor = os.open(self._next(path), _NEW_FILE, 0o666)
            try:
                for piece in pieces:
                    written = os.write(descriptor, piece)
                    while written < len(piece):
                        written += os.write(descriptor, memoryview(piece)[written:])
            finally:
                os.close(descriptor)
        except OSError:
            with output_errors(self._folder / path):
                raise

    def list_files(self, paths: Iterable[str]) -> None:
        """Stage the list of all files that the site has from now on.

        Raises:
            OutputError: it cannot be written.
        """
        self.add(MANIFEST, _listing(paths))

    def places(self) -> dict[str, Path]:
        """Return where the staged files lie for now, by their paths."""
        self._note({"new": self._batch})
        self._batch = []
        staged = (path for note in _notes(self._notes) for path in note.new)
        return {path: self._new / str(number) for number, path in enumerate(staged)}

    def commit(self, *, remove: Iterable[str], state: Iterable[bytes]) -> None:
        """Put everything in its place, and take away the files that are to go.

        ``state`` are the pieces of what the next build reads again.

        Raises:
            OutputError: it cannot be done; the next run goes on with it.
        """
        self.add(_STATE, state)
        self._note({"new": self._batch, "remove": sorted(remove)})
        journal = _journal(self._folder)
        with output_errors(journal), replacing(journal) as temporary:
            shutil.copyfile(self._notes, temporary)
        finish(self._folder)

    def _next(self, path: str) -> str:
        self._batch.append(path)
        if len(self._batch) == _BATCH:
            self._note({"new": self._batch})
            self._batch = []
        self._count += 1
        return f"{self._new}/{self._count - 1}"

    def _note(self, note: Mapping[str, list[str]]) -> None:
        with output_errors(self._notes), self._notes.open("ab") as notes:
            notes.write(json.dumps(note).encode() + b"\n")


@dataclass(frozen=True, slots=True)
class _Note:
    """A line of a journal: what is to be moved, the next numbers in turn, and what is to go."""

    new: list[str]
    remove: list[str]


def finish(folder: Path) -> None:
    """End a commit that was begun, and clear away a staging that was not; often there is neither.

    Raises:
        OutputError: something cannot be moved or taken away.
    """
    journal = _journal(folder)
    if _is_sound(journal):
        with output_errors(folder):
            _move(folder, journal)
            for note in _notes(journal):
                for path in filter(_is_plain, note.remove):
                    _remove(folder, path)
            journal.unlink()
    _clear(folder)


def _clear(folder: Path) -> None:
    staged = folder / PRIVATE / _STAGED
    with output_errors(staged), suppress(FileNotFoundError):
        shutil.rmtree(staged)


def _journal(folder: Path) -> Path:
    return folder / PRIVATE / _JOURNAL


def _is_sound(journal: Path) -> bool:
    """Tell whether a journal can be read to its end, and moves nothing to where no site is."""
    known = {MANIFEST, _STATE}
    try:
        return all(
            path in known or _is_plain(path) for note in _notes(journal) for path in note.new
        )
    except (OSError, ValueError, RecursionError):
        return False


def _notes(journal: Path) -> Iterator[_Note]:
    """Yield the lines of a journal.

    Raises:
        OSError: it is not there, or cannot be read.
        ValueError: it is none.
    """
    with journal.open("rb") as lines:
        for line in lines:
            kept: object = json.loads(line)
            if not isinstance(kept, Mapping):
                raise ValueError("a line is no mapping")  # noqa: TRY004  # all damage is alike
            new, remove = kept.get("new"), kept.get("remove", [])
            if not isinstance(new, list) or not isinstance(remove, list):
                raise ValueError("paths are no list")  # noqa: TRY004
            if not all(isinstance(path, str) for path in new):
                raise ValueError("a path is no text")
            yield _Note(new, [path for path in remove if isinstance(path, str)])


def _listing(paths: Iterable[str]) -> Iterator[bytes]:
    """Yield the list of a site's files, one a line."""
    yield b'{\n "files": ['
    comma = ""
    rest = iter(paths)
    while batch := list(islice(rest, _BATCH)):
        lines = ",".join(f"\n  {json.dumps(path, ensure_ascii=False)}" for path in batch)
        yield f"{comma}{lines}".encode()
        comma = ","
    yield b"\n ]\n}\n"


def _move(folder: Path, journal: Path) -> None:
    staged = f"{folder / PRIVATE / _STAGED}/"
    root = f"{folder}/"
    for number, path in enumerate(path for note in _notes(journal) for path in note.new):
        try:
            _replace(f"{staged}{number}", root + path)
        except FileNotFoundError:  # moved already, before this run
            continue
        except OSError as error:
            raise OSError(error.errno, error.strerror, root + path) from error


def _replace(staged: str, target: str) -> None:
    try:
        os.replace(staged, target)  # noqa: PTH105  # hot
    except FileNotFoundError:
        os.makedirs(target.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  # hot
        os.replace(staged, target)  # noqa: PTH105  # hot


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
