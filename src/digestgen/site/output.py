"""This module puts a site on disk in two steps: what is new is staged, then moved into place.

Until the moving begins, the old site stands untouched; a journal lets the next run end a moving
that was cut short. Only what an earlier site left there is ever replaced or taken away.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePosixPath

from digestgen.errors import OutputError
from digestgen.files import BINARY, output_errors, replacing

MANIFEST = ".digestgen-site.json"
PRIVATE = ".digestgen-site"  # a folder that no server shows
_STATE = f"{PRIVATE}/state"
_JOURNAL = "journal.json"
_STAGED = "new"
_FILES, _LIST, _NEW_STATE = "files", "list", "state"  # of what is staged
_KIND, _PLAIN = 0o170000, 0o100000  # as `stat` has them; called for tens of thousands of files
_BATCH = 1000  # paths that are written at once
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
    the block fails. The staged files lie in folders as they will in the site, so that a whole new
    folder is moved at once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = folder / PRIVATE / _STAGED
        self._files = f"{self._new / _FILES}/"

    @property
    def folder(self) -> Path:
        """Return the folder of what is staged, for what is made on the way."""
        return self._new

    def __enter__(self) -> "Staging":
        """See the class."""
        with output_errors(self._new):
            (self._new / _FILES).mkdir(parents=True)
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
            _write(self._files + path, pieces)
        except OSError:
            with output_errors(self._folder / path):
                raise

    def list_files(self, paths: Iterable[str]) -> None:
        """Stage the list of all files that the site has from now on.

        Raises:
            OutputError: it cannot be written.
        """
        with output_errors(self._folder / MANIFEST):
            _write(f"{self._new / _LIST}", _listing(paths))

    def place(self, path: str) -> Path:
        """Return where a file of the site lies for now, staged or as it stands."""
        staged = Path(self._files + path)
        return staged if staged.exists() else self._folder / path

    def commit(self, *, remove: Iterable[str], state: Iterable[bytes]) -> None:
        """Put everything in its place, and take away the files that are to go.

        ``state`` are the pieces of what the next build reads again.

        Raises:
            OutputError: it cannot be done; the next run goes on with it.
        """
        with output_errors(state_file(self._folder)):
            _write(f"{self._new / _NEW_STATE}", state)
        journal = _journal(self._folder)
        with output_errors(journal), replacing(journal) as temporary:
            temporary.write_text(json.dumps({"remove": sorted(remove)}), encoding="utf-8")
        finish(self._folder)


def _write(path: str, pieces: Iterable[bytes]) -> None:
    """Write a new file, in folders that need not be there."""
    try:
        # Lower than pathlib: a site has tens of thousands of files.
        descriptor = os.open(path, _NEW_FILE, 0o666)
    except FileNotFoundError:
        os.makedirs(path.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  # as above
        descriptor = os.open(path, _NEW_FILE, 0o666)
    try:
        for piece in pieces:
            written = os.write(descriptor, piece)
            while written < len(piece):
                written += os.write(descriptor, memoryview(piece)[written:])
    finally:
        os.close(descriptor)


def finish(folder: Path) -> None:
    """End a commit that was begun, and clear away a staging that was not; often there is neither.

    Raises:
        OutputError: something cannot be moved or taken away.
    """
    journal = _journal(folder)
    gone = _read_journal(journal)
    if gone is not None:
        staged = folder / PRIVATE / _STAGED
        with output_errors(folder):
            _move(f"{staged / _FILES}/", f"{folder}/")
            for path in filter(_is_plain, gone):
                _remove(folder, path)
            with suppress(FileNotFoundError):  # moved already, before this run; or none is new
                (staged / _LIST).replace(folder / MANIFEST)
            with suppress(FileNotFoundError):
                (staged / _NEW_STATE).replace(state_file(folder))
            journal.unlink()
    _clear(folder)


def _clear(folder: Path) -> None:
    staged = folder / PRIVATE / _STAGED
    with output_errors(staged), suppress(FileNotFoundError):
        shutil.rmtree(staged)


def _journal(folder: Path) -> Path:
    return folder / PRIVATE / _JOURNAL


def _read_journal(journal: Path) -> list[str] | None:
    """Return what is to go, None when no commit was begun."""
    try:
        kept: object = json.loads(journal.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.keys() != {"remove"}:
        return None
    remove = kept["remove"]
    return [path for path in remove if isinstance(path, str)] if isinstance(remove, list) else None


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


def _move(staged: str, root: str) -> None:
    """Move what is staged into its place, a folder that is not there yet as a whole."""
    waiting = [""] if os.path.isdir(staged) else []  # noqa: PTH112  # both are strings
    while waiting:
        inside = waiting.pop()
        with os.scandir(staged + inside) as entries:
            found = [entry for entry in entries if not entry.name.startswith(".")]
        for entry in found:
            target = f"{root}{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False) and os.path.isdir(target):  # noqa: PTH112
                waiting.append(f"{inside}{entry.name}/")
                continue
            try:
                os.replace(entry.path, target)  # noqa: PTH105
            except OSError as error:
                raise OSError(error.errno, error.strerror, target) from error


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
