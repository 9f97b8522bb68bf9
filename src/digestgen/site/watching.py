"""This module tells when something below some folders changed, whatever becomes of the folders."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch
from watchfiles.main import FileChange

_DEBOUNCE = 200  # milliseconds: what an editor writes at once is one change
_QUIET = 20  # milliseconds without another change, and it is told
_LOOK = 500  # milliseconds between two looks whether the folders are the same
_PAUSE = 1.0  # seconds until a watch that failed is tried again

_Folders = Mapping[Path, tuple[int, int]]


async def changes(
    folders: tuple[Path, ...], on_trouble: Callable[[str], None]
) -> AsyncGenerator[None, None]:
    """Yield after each change below ``folders``, also when they come, go or are replaced.

    What ends a watch is told once; another one begins a second later, and misses nothing.
    """
    began = False
    told = ""
    while True:
        there = _there(folders)
        try:
            async with aclosing(_changes_while(folders, there, missed=began)) as found:
                async for _ in found:
                    yield
        except Exception as error:  # noqa: BLE001  # such as a name that is not UTF-8
            trouble = f"the watch for changes failed, and begins again: {_first(error)}"
            if trouble != told:
                on_trouble(trouble)
            told = trouble
            await asyncio.sleep(_PAUSE)
        began = True


async def _changes_while(
    folders: tuple[Path, ...], there: _Folders, *, missed: bool
) -> AsyncGenerator[None, None]:
    """Yield after each change as long as the same folders are there.

    ``missed`` tells that something may have changed before.
    """
    if not there:
        await asyncio.sleep(_LOOK / 1000)
        return
    watch = awatch(
        *there,
        watch_filter=_Visible(tuple(there)),
        debounce=_DEBOUNCE,
        step=_QUIET,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
    )
    async with aclosing(watch) as found:
        async for changed in found:
            if changed or missed:
                yield
            missed = False
            # A watch stays with a folder that was moved away, and sees none that is new, nor what
            # lies behind a link that is new.
            if _there(folders) != there or any(map(_is_link, changed)):
                return


class _Visible(DefaultFilter):
    """Leaves out what editors and tools keep in the folders, but not by where the folders lie."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__()
        self._folders = folders

    def __call__(self, change: Change, path: str) -> bool:
        """See ``DefaultFilter``, which looks at the absolute path."""
        for folder in self._folders:
            with suppress(ValueError):
                return super().__call__(change, str(Path(path).relative_to(folder)))
        return True


def _is_link(change: FileChange) -> bool:
    path = Path(change[1])
    return path.is_symlink() and path.is_dir()


def _first(error: Exception) -> Exception:
    """Return what went wrong in a group of tasks."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _there(folders: tuple[Path, ...]) -> _Folders:
    """Return the folders that are there, and which ones they are."""
    found = {}
    for folder in folders:
        with suppress(OSError):
            status = folder.stat()
            found[folder] = (status.st_dev, status.st_ino)
    return found
