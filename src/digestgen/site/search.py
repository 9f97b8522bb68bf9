"""This module makes the index of the site's search, with Pagefind: a program, and an extra.

Only its extended build cuts Chinese into words; the plain one finds none of two characters.
"""

import json
import os
import re
import shutil
import subprocess  # Pagefind is a program; its Python package only starts it
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from digestgen.errors import ConfigError, OutputError
from digestgen.files import output_errors
from digestgen.model import Lang
from digestgen.site.library import Library, Placed
from digestgen.site.settings import SiteSettings

FOLDER = "pagefind"
SECONDS = 900
# What a search loads; the rest of what Pagefind writes are pages and styles of its own.
_LOADED = (
    "pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pagefind", "*.pf_meta",
    "fragment/*", "index/*",
)  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff]")
# What is no text of a paper: ways elsewhere, citations, numbers of evidence, labels.
_SETTINGS: Mapping[str, object] = MappingProxyType(
    {
        "root_selector": "main",
        "exclude_selectors": [
            "nav",
            "button",
            "pre",
            ".margin",
            ".crumbs",
            ".files",
            ".label",
            ".evidence",
        ],
        "keep_index_url": True,
    }
)


def pages(library: Library, settings: SiteSettings) -> Iterator[str]:
    """Yield the pages that are to be found; none for a site without a search."""
    if not settings.search:
        return
    for post in library.posts:
        # A paper is found by its own page, and not once more by each post that has it.
        if not (settings.papers and post.record.papers):
            yield post.address
    if settings.papers:
        for paper in library.papers.values():
            yield paper.address


def language(library: Library) -> Lang:
    """Return the language of the index, of which a search sees one only.

    It is Chinese as soon as a post or a title is: words in Latin letters are found there as well,
    though only as they are written, while an English index knows "sampling" by "samples".
    """
    return "zh" if any(map(_is_chinese, library.posts)) else "en"


def _is_chinese(post: Placed) -> bool:
    record = post.record
    titles = (record.title, record.topic, record.description, *(it.title for it in record.papers))
    return post.lang == "zh" or any(map(_HAN.search, titles))


@contextmanager
def index(
    places: Mapping[str, Path], scratch: Path, *, lang: Lang
) -> Iterator[Iterator[tuple[str, Path]]]:
    """Lend the files of an index, by their paths in the site, as long as the block lasts.

    ``places`` are where the pages lie, one or more, by their paths; ``scratch`` is a folder for
    what is made on the way, best on the same disk.

    Raises:
        ConfigError: Pagefind is not installed.
        OutputError: Pagefind failed.
    """
    pagefind = program()
    with output_errors(scratch), tempfile.TemporaryDirectory(dir=scratch) as folder:
        site, made = Path(folder, "site"), Path(folder, "made")
        for path, page in places.items():
            _lend(page, site / path)
        settings = {**_SETTINGS, "site": "site", "output_path": "made", "force_language": lang}
        Path(folder, "pagefind.json").write_text(json.dumps(settings), encoding="utf-8")
        _run(pagefind, Path(folder))
        yield (
            (f"{FOLDER}/{file.relative_to(made).as_posix()}", file)
            for pattern in _LOADED
            for file in sorted(made.glob(pattern))
        )


def is_installed() -> bool:
    """Tell whether Pagefind is, which the extra ``search`` brings."""
    return find_spec("pagefind_bin_extended") is not None


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


def _lend(page: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(page, place)
    except OSError:  # another file system, or one without links
        shutil.copyfile(page, place)


def _run(pagefind: Path, folder: Path) -> None:
    """Run Pagefind by the settings in a folder; its options take one selector only."""
    try:
        subprocess.run(  # noqa: S603  # an argument list, no shell
            [pagefind, "--silent"],
            cwd=folder,
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
