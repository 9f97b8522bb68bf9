"""This module puts a site on disk, and takes away only what an earlier one left there."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from digestgen.errors import OutputError
from digestgen.files import output_errors, write_atomic
from digestgen.post import Document
from digestgen.site.pages import Site

MANIFEST = ".digestgen-site.json"


def write_site(site: Site, folder: Path, *, read_asset: Callable[[Document, str], bytes]) -> int:
    """Make ``folder`` hold the site; return how many files changed.

    Raises:
        OutputError: it cannot be written, or a file of somebody else stands in the way.
    """
    wanted = {*site.pages, *site.pictures}
    before = _written_before(folder)
    _refuse_foreign(folder, wanted - before)
    # A run that is killed must not leave files that nobody answers for.
    _record(folder, wanted | before)
    changed = sum(write_atomic(folder / path, page) for path, page in _files(site, read_asset))
    removed = sum(_remove(folder, path) for path in sorted(before - wanted))
    _record(folder, wanted)
    return changed + removed


def _files(site: Site, read_asset: Callable[[Document, str], bytes]) -> Iterator[tuple[str, bytes]]:
    yield from sorted(site.pages.items())
    for path, picture in sorted(site.pictures.items(), key=lambda named: named[0]):
        yield path, read_asset(picture.document, picture.name)


def _written_before(folder: Path) -> set[str]:
    """Return what the folder's list names, without what could never have been ours."""
    try:
        listed: object = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return set()
    paths = listed.get("files") if isinstance(listed, dict) else None
    if not isinstance(paths, list):
        return set()
    return {path for path in paths if isinstance(path, str) and _is_plain(path)}


def _is_plain(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not any(part.startswith((".", "/")) or "\\" in part for part in parts)


def _refuse_foreign(folder: Path, new: set[str]) -> None:
    for path in sorted(new):
        if (folder / path).exists():
            raise OutputError(
                f"{folder / path}: this file was not made by digestgen",
                hint="move it away, or name another folder with --site",
            )


def _record(folder: Path, paths: set[str]) -> None:
    listed = json.dumps({"files": sorted(paths)}, ensure_ascii=False, indent=1) + "\n"
    write_atomic(folder / MANIFEST, listed.encode())


def _remove(folder: Path, path: str) -> bool:
    target = folder / path
    if not target.is_file() or not target.resolve().is_relative_to(folder.resolve()):
        return False
    with output_errors(target):
        target.unlink()
    for parent in list(target.relative_to(folder).parents)[:-1]:
        with suppress(OSError):  # it holds something else
            (folder / parent).rmdir()
    return True
