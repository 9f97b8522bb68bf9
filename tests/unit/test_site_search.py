"""The index of the site's search, as the real Pagefind makes it."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from digestgen.errors import ConfigError, OutputError
from digestgen.site import search

PAGE = """<!doctype html><html lang="en"><title>T</title><body><nav>menu</nav>
<main><h1>{0}</h1><p>扩散模型 of a sampler</p><button>copy</button></main>
<footer>colophon</footer>"""


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, Path]:
    """Two pages, which lie elsewhere than they will stand."""
    found = {}
    for name in ("one", "two"):
        page = tmp_path / f"{name}.html"
        page.write_text(PAGE.format(name), encoding="utf-8")
        found[f"papers/{name}/index.html"] = page
    return found


def made(pages: dict[str, Path], folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    search.make_index(pages, folder, lang="zh")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fragments(files: dict[str, bytes]) -> list[dict[str, str]]:
    texts = (gzip.decompress(found) for name, found in files.items() if "fragment/" in name)
    return sorted(
        (json.loads(text.removeprefix(b"pagefind_dcd")) for text in texts), key=lambda it: it["url"]
    )


def test_an_index_has_the_text_of_each_page_and_nothing_around_it(
    pages: dict[str, Path], tmp_path: Path
) -> None:
    found = fragments(made(pages, tmp_path / "index"))

    assert [it["url"] for it in found] == ["/papers/one/index.html", "/papers/two/index.html"]
    # A sign without width stands between words, also of a language that writes none there.
    words = {word.strip() for word in found[0]["content"].split("\u200b")}
    assert {"扩散", "模型", "sampler"} <= words
    assert not {"menu", "copy", "colophon"} & words


def test_an_index_is_all_of_one_language_and_brings_no_pages_of_its_own(
    pages: dict[str, Path], tmp_path: Path
) -> None:
    files = made(pages, tmp_path / "index")

    entry = json.loads(files["pagefind-entry.json"])
    assert set(entry["languages"]) == {"zh"}
    assert {name for name in files if name.endswith((".js", ".css", ".html"))} == {
        "pagefind-worker.js",
        "pagefind.js",
    }


def test_equal_pages_make_an_equal_index_and_leave_nothing_else(
    pages: dict[str, Path], tmp_path: Path
) -> None:
    first = made(pages, tmp_path / "first")
    second = made(dict(reversed(pages.items())), tmp_path / "second")

    assert first == second
    assert {path.name for path in tmp_path.iterdir()} == {
        "first", "second", "one.html", "two.html",
    }  # fmt: skip


def test_a_program_that_is_not_there_is_told_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin_extended", None)

    with pytest.raises(ConfigError, match="Pagefind is not installed") as told:
        search.program()

    assert "digestgen[search]" in told.value.hint


def test_a_program_that_fails_is_told_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch, pages: dict[str, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho first >&2\necho last words >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(search, "program", lambda: broken)

    with pytest.raises(OutputError, match="last words"):
        made(pages, tmp_path / "index")
