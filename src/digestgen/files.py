"""This module writes files so that a kill at any instant leaves the old file or the new one."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from digestgen.errors import OutputError

BINARY = getattr(os, "O_BINARY", 0)  # for ``os.open``, which on Windows turns line ends otherwise
_PREFIX = ".digestgen-"
_SUFFIX = ".tmp"


def write_atomic(path: Path, content: bytes) -> bool:
    """Make ``path`` hold ``content``; return False when it did already and nothing was touched.

    Raises:
        OutputError: the file cannot be written; what stood there is intact.
    """
    with output_errors(path):
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as temporary:
            temporary.write_bytes(content)
    return True


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Lend a temporary file beside ``path`` that takes its place when the block ends well."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(mode)
        sync(temporary)
        temporary.replace(path)
        if os.name == "posix":
            sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what a killed run left below ``folder``; only for who holds the folder's lock."""
    with output_errors(folder):
        for leftover in folder.rglob(f"{_PREFIX}*{_SUFFIX}"):
            leftover.unlink(missing_ok=True)


def used(path: Path) -> bool:
    """Note that a file of the cache is of use now, see ``trim``; False when it is not there."""
    try:
        os.utime(path)
    except OSError:
        return path.is_file()  # what is not ours to mark may be used all the same
    return True


def trim(folders: Iterable[Path], *, most_bytes: int, before: datetime) -> int:
    """Remove the files in ``folders`` not used for longest until at most ``most_bytes`` are left.

    Those used since ``before`` stay in any case: somebody may be at work with them. What a killed
    run left half-written goes as well. Return how many were removed.

    Raises:
        OutputError: one of them cannot be removed.
    """
    found = sorted(_by_use(path for folder in folders for path in folder.rglob("*")))
    excess = sum(size for _, _, size in found) - most_bytes
    removed = 0
    for used_at, path, size in found:
        if used_at >= before.timestamp():
            break
        if excess <= 0 and not _is_leftover(path):
            continue
        with output_errors(path):
            path.unlink(missing_ok=True)
        excess -= size
        removed += 1
    return removed


def _is_leftover(path: Path) -> bool:
    return path.name.startswith(_PREFIX) and path.name.endswith(_SUFFIX)


def _by_use(paths: Iterable[Path]) -> Iterator[tuple[float, Path, int]]:
    """Yield when each file was last used, and its size; what nobody can look at is left out."""
    for path in paths:
        with suppress(OSError):
            status = path.stat()
            if stat.S_ISREG(status.st_mode):
                yield status.st_mtime, path, status.st_size


@contextmanager
def locked(
    folder: Path, *, seconds: float, on_wait: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Keep all other runs of this user on this machine from working in ``folder``.

    ``on_wait`` is called once if another one holds it at first.

    Raises:
        OutputError: it was held by another run for ``seconds``.
    """
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]
    lock_file = machine_folder() / f"{name}.lock"
    make_private(lock_file.parent)
    with output_errors(lock_file):
        lock = FileLock(lock_file)
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                on_wait()
                lock.acquire(timeout=seconds)
        except Timeout as error:
            raise OutputError(
                f"{folder}: another digestgen worked there for {seconds:.0f} s",
                hint="wait for the other run to end, or stop it",
            ) from error
    try:
        yield
    finally:
        lock.release()


def machine_folder() -> Path:
    """Return the folder for locks that all processes of this user on this machine share."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"digestgen-{user}"


def make_private(folder: Path) -> None:
    """Make sure that nobody else can hold the locks in ``folder`` or plant files there.

    Raises:
        OutputError: it cannot be made, or belongs to somebody else.
    """
    with output_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        if not mine or not stat.S_ISDIR(found.st_mode):
            raise OutputError(
                f"{folder}: is no folder of this user",
                hint="remove it, or set TMPDIR to a folder of your own",
            )
        if stat.S_IMODE(found.st_mode) != 0o700:
            folder.chmod(0o700)


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turn what the system says of ``path`` into an OutputError with a hint."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"{error.filename or path}: cannot be written: {reason}",
            hint="make room or give permission there, or name another folder",
        ) from error


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def is_text(name: str) -> bool:
    """Tell whether a name of the file system is UTF-8."""
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
