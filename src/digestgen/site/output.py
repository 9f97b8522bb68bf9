"""This module puts a site on disk in two steps: what is new is staged, then moved into place.

Until the moving begins, the old site stands untouched; a journal lets the next run end a moving
that was cut short. Only what an earlier site left there is ever replaced or taken away.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EACCES
from itertools import chain, islice
from pathlib import Path, PurePosixPath

from digestgen.errors import OutputError
from digestgen.files import BINARY, output_errors, sync

MANIFEST = ".digestgen-site.json"
PRIVATE = ".digestgen-site"  # a folder that holds no page
_STATE = f"{PRIVATE}/state"
_JOURNAL = "journal.json"
_STAGED = "new"
# Of what is staged. The list that holds while files are moved names also those that are to go.
_FILES, _LIST_MEANWHILE, _LIST, _NEW_STATE = "files", "list-meanwhile", "list", "state"
# As `stat` has them; asked of tens of thousands of files.
_KIND, _PLAIN, _FOLDER = 0o170000, 0o100000, 0o040000
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


def lost(folder: Path, units: Iterable[tuple[str, Mapping[str, int]]]) -> frozenset[str]:
    """Return the names of units whose plain files are not all there, each of its size."""
    with _opened(folder) as root:
        start = f"{folder}/" if root is None else ""
        return frozenset(name for name, sizes in units if not _stand(sizes, start, root))


def holds(folder: Path, path: str, content: bytes) -> bool:
    """Tell whether a plain file is there, with this content."""
    if not _stand({path: len(content)}, f"{folder}/", None):
        return False
    with suppress(OSError):
        return (folder / path).read_bytes() == content
    return False


@contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """Lend a folder to look from, which spares a seventh of each look; None where there is none."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _stand(sizes: Mapping[str, int], start: str, root: int | None) -> bool:
    try:
        for path, size in sizes.items():
            status = os.lstat(start + path, dir_fd=root)
            if status.st_size != size or status.st_mode & _KIND != _PLAIN:
                return False
    except OSError:
        return False
    return True


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
        _refuse_link(self._new.parent)
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

    def place(self, path: str) -> Path:
        """Return where a file of the site lies for now, staged or as it stands."""
        staged = Path(self._files + path)
        return staged if staged.exists() else self._folder / path

    def commit(
        self,
        *,
        files: Callable[[], Iterable[str]] | None,
        remove: Iterable[str],
        state: Iterable[bytes],
    ) -> None:
        """Put everything in its place, and take away the files that are to go.

        ``files`` are all that the site has from now on, None when they are the same as before;
        ``state`` are the pieces of what the next build reads again.

        Raises:
            OutputError: it cannot be done. Nothing has been, or the next run goes on with it.
        """
        gone = sorted(remove)
        with output_errors(self._folder):
            if files:
                _write(f"{self._new / _LIST_MEANWHILE}", _listing(chain(files(), gone)))
            if files and gone:
                _write(f"{self._new / _LIST}", _listing(files()))
            _write(f"{self._new / _NEW_STATE}", state)
            for _ in _moves(self._files, f"{self._folder}/"):  # what is in the way is found now
                pass
            journal = self._new / _JOURNAL
            journal.write_text(json.dumps({"remove": gone}), encoding="utf-8")
            sync(journal)
            journal.replace(_journal(self._folder))
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
    _refuse_link(folder / PRIVATE)
    gone = _read_journal(_journal(folder))
    if gone is not None:
        staged = folder / PRIVATE / _STAGED
        with output_errors(folder):
            _take(staged / _LIST_MEANWHILE, folder / MANIFEST)
            _move(f"{staged / _FILES}/", f"{folder}/")
            for path in listed_files(folder).intersection(gone) if gone else ():
                _remove(folder, path)
            _take(staged / _LIST, folder / MANIFEST)
            _take(staged / _NEW_STATE, state_file(folder))
    _clear(folder)


def _take(staged: Path, place: Path) -> None:
    with suppress(FileNotFoundError):  # moved already, before this run; or none is new
        staged.replace(place)


def _clear(folder: Path) -> None:
    """Take away what is staged, the journal first; other things that stand there as well."""
    for path in (_journal(folder), folder / PRIVATE / _STAGED):
        with output_errors(path), suppress(FileNotFoundError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _refuse_link(private: Path) -> None:
    """Make sure that the private folder is one, and not a way to another."""
    if os.path.lexists(private) and (private.is_symlink() or not private.is_dir()):
        raise _in_the_way(str(private))


def _in_the_way(path: str) -> OutputError:
    return OutputError(
        f"{path}: a link, or something else that digestgen did not make, is in the way",
        hint="move it away, or name another folder with --site",
    )


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
        lines = json.dumps(batch, ensure_ascii=False, separators=(",\n  ", ""))[1:-1]
        yield f"{comma}\n  {lines}".encode()
        comma = ","
    yield b"\n ]\n}\n"


def _move(staged: str, root: str) -> None:
    """Move what is staged into its place, a folder that is not there yet as a whole."""
    for place, target in _moves(staged, root):
        try:
            os.replace(place, target)  # noqa: PTH105
        except OSError as error:
            raise OSError(error.errno, error.strerror, target) from error


def _moves(staged: str, root: str) -> Iterator[tuple[str, str]]:
    """Yield what is to be moved, and where to.

    Raises:
        OutputError: something else is in the way.
        OSError: a folder cannot be written to.
    """
    waiting = [""] if _kind(staged.rstrip("/")) == _FOLDER else []
    while waiting:
        inside = waiting.pop()
        if not os.access(root + inside, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), root + inside)
        with os.scandir(staged + inside) as entries:
            found = [(entry.name, _kind(entry.path)) for entry in entries]
        for name, kind in found:
            if name.startswith(".") or kind not in {_FOLDER, _PLAIN}:  # not staged by us
                continue
            target = f"{root}{inside}{name}"
            there = _kind(target)
            if kind == there == _FOLDER:
                waiting.append(f"{inside}{name}/")
            elif there in {None, kind}:
                yield f"{staged}{inside}{name}", target
            else:
                raise _in_the_way(target)


def _kind(path: str) -> int | None:
    """Return what kind of thing stands at a path, a link not followed; None for nothing."""
    try:
        return os.lstat(path).st_mode & _KIND
    except FileNotFoundError:
        return None


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
