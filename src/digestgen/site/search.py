"""This module makes the index of the site's search, with Pagefind: a program, and an extra.

Only its extended build cuts Chinese into words; the plain one finds none of two characters.
"""

import os
import shutil
import subprocess  # Pagefind is a program; its Python package only starts it
import tempfile
from collections.abc import Mapping
from pathlib import Path

from digestgen.errors import ConfigError, OutputError
from digestgen.model import Lang

FOLDER = "pagefind"
SECONDS = 900
# What a search loads; the rest of what Pagefind writes are pages and styles of its own.
_LOADED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pagefind", "*.pf_meta")
_FOLDERS = ("fragment", "index")
_TEXT = "main"
_BESIDE = "nav, button, dialog, script, pre, .margin"


def program() -> Path:
    """Return where Pagefind is.

    Raises:
        ConfigError: it is not installed.
    """
    try:
        from pagefind_bin_extended import get_executable

        return Path(get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise ConfigError(
            "preview.search: Pagefind is not installed",
            hint="pip install 'digestgen[search]', or set search = false",
        ) from error


def make_index(pages: Mapping[str, Path], folder: Path, *, lang: Lang) -> None:
    """Write the index of these pages, one or more by their paths in the site, into a folder.

    All pages are of one index, since a search looks into one only: ``lang`` is Chinese as soon
    as some page is, because words in Latin letters are found in a Chinese index as well.

    Raises:
        ConfigError: Pagefind is not installed.
        OutputError: Pagefind failed.
    """
    pagefind = program()
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        site, made = Path(scratch, "site"), Path(scratch, "made")
        for path, page in pages.items():
            _lend(page, site / path)
        site.mkdir(exist_ok=True)
        _run([pagefind, "--site", site, "--output-path", made, "--force-language", lang])
        for name in _LOADED:
            for found in made.glob(name):
                found.rename(folder / found.name)
        for name in _FOLDERS:
            if (made / name).is_dir():
                (made / name).rename(folder / name)


def _lend(page: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(page, place)
    except OSError:  # another file system, or one without links
        shutil.copyfile(page, place)


def _run(command: list[str | Path]) -> None:
    options = ["--root-selector", _TEXT, "--exclude-selectors", _BESIDE, "--keep-index-url"]
    try:
        subprocess.run(  # noqa: S603  # an argument list, no shell
            [*command, *options, "--silent"],
            check=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error).encode()
        lines = said.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        raise OutputError(
            f"the search index could not be made: {lines[-1]}",
            hint="set preview.search = false to build the site without",
        ) from error
