"""The index of the site's search, as the real Pagefind makes it."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from digestgen.cli import main
from digestgen.errors import ConfigError, OutputError
from digestgen.post import Document
from digestgen.site import Built, Shop, SiteSettings, build, search
from digestgen.templating import Templates
from tests.builders import ledger_entry
from tests.e2e.conftest import tree
from tests.unit.site_posts import digest, foreign, library, save

PAGE = """<!doctype html><html lang="en"><title>T</title><body><nav>menu</nav>
<main><p class="crumbs">crumbs</p><h1>{0}</h1><p class="files">feeds</p>
<p>扩散模型 of a sampler</p><button>copy</button><pre>bibtex</pre>
<p>and <b class="evidence">first</b></p></main>
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
    with search.index(pages, folder, lang="zh") as files:
        return {path.removeprefix("pagefind/"): file.read_bytes() for path, file in files}


def fragments(files: dict[str, bytes]) -> list[dict[str, str]]:
    found = (content for name, content in files.items() if name.startswith("fragment/"))
    texts = (gzip.decompress(content).removeprefix(b"pagefind_dcd") for content in found)
    return sorted(map(json.loads, texts), key=lambda it: it["url"])


def test_an_index_has_the_text_of_each_page_and_nothing_around_it(
    pages: dict[str, Path], tmp_path: Path
) -> None:
    found = fragments(made(pages, tmp_path / "index"))

    assert [it["url"] for it in found] == ["/papers/one/index.html", "/papers/two/index.html"]
    # A sign without width stands between words, also of a language that writes none there.
    words = {word.strip() for word in found[0]["content"].split("\u200b")}
    assert {"扩散", "模型", "sampler"} <= words
    assert not {"menu", "copy", "bibtex", "first", "colophon", "crumbs", "feeds"} & words


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
    assert [*(tmp_path / "first").iterdir(), *(tmp_path / "second").iterdir()] == []
    assert all(page.stat().st_nlink == 1 for page in pages.values())


def test_a_program_that_is_not_there_is_told_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin_extended", None)

    with pytest.raises(ConfigError, match="Pagefind is not installed") as told:
        search.program()

    assert "digestgen[search]" in told.value.hint


def test_a_site_without_the_program_has_its_topics(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    save(tmp_path / "content", digest("2024-09-24", ledger_entry()))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGESTGEN_PREVIEW_SEARCH", "true")
    monkeypatch.setitem(sys.modules, "pagefind_bin_extended", None)

    assert main(["site"]) == 0

    assert "Pagefind is not installed; pip install" in capsys.readouterr().err
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "search/" not in home
    assert "topics/" in home
    assert not (tmp_path / "site/search").exists()


def test_a_program_that_fails_is_told_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch, pages: dict[str, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho first >&2\necho last words >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(search, "program", lambda: broken)

    with pytest.raises(OutputError, match="last words"):
        made(pages, tmp_path / "index")


def site_of(folder: Path, *documents: Document) -> Built:
    """What came of a build; posts are found, since papers have no pages of their own."""
    save(folder / "content", *documents)
    settings = SiteSettings(title="Digests", lang="en", papers=False, search=True)
    shop = Shop(content=folder / "content", templates=Templates(), settings=settings)
    return build(shop, folder / "site")


def texts(folder: Path) -> list[str]:
    made = folder / "site" / "pagefind" / "fragment"
    files = {f"fragment/{path.name}": path.read_bytes() for path in made.iterdir()}
    return [it["content"].replace("\u200b", "") for it in fragments(files)]


def test_the_index_is_part_of_the_site_and_made_again_only_when_a_page_changed(
    tmp_path: Path,
) -> None:
    first = site_of(tmp_path, digest(body="Filters"), foreign("2024-01-02-note", "Notes"))
    entry = tmp_path / "site" / "pagefind" / "pagefind-entry.json"
    written = entry.stat().st_mtime_ns
    nothing = site_of(tmp_path)
    feeds_only = site_of(tmp_path, digest(body="Filters", updated=None))
    assert (nothing.changed, feeds_only.changed) == (0, 0)
    assert entry.stat().st_mtime_ns == written

    site_of(tmp_path, digest(body="Samplers"))

    assert first.changed > 10
    assert any("Samplers" in text for text in texts(tmp_path))
    assert any("Notes" in text for text in texts(tmp_path))
    assert not any("Filters" in text for text in texts(tmp_path))


def test_an_index_that_fails_leaves_the_old_site_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site_of(tmp_path, digest(body="Filters"))
    before = tree(tmp_path / "site")
    monkeypatch.setattr(search, "program", lambda: tmp_path / "nothing")

    with pytest.raises(OutputError, match="search index"):
        site_of(tmp_path, digest(body="Samplers"))

    assert tree(tmp_path / "site") == before
    monkeypatch.undo()
    site_of(tmp_path)
    assert any("Samplers" in text for text in texts(tmp_path))


def test_a_search_that_is_no_longer_wanted_leaves_no_index(tmp_path: Path) -> None:
    site_of(tmp_path, digest(body="Filters"))
    settings = SiteSettings(title="Digests", lang="en", papers=False)
    shop = Shop(content=tmp_path / "content", templates=Templates(), settings=settings)

    build(shop, tmp_path / "site")

    assert not (tmp_path / "site" / "pagefind").exists()


def test_each_paper_is_found_by_its_own_page_and_once() -> None:
    posts = library(
        digest("2024-09-24", ledger_entry()),
        digest("2024-09-25", ledger_entry()),
        foreign("2024-01-02-note", "Notes"),
    )
    settings = SiteSettings(title="Digests", search=True)

    assert set(search.pages(posts, settings)) == {
        "papers/2409.00001/index.html",
        "posts/2024-01-02-note/index.html",
    }
    assert list(search.pages(posts, SiteSettings(title="Digests"))) == []


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (digest(lang="en"), "en"),
        (digest(lang="zh"), "zh"),
        (digest("2024-09-24", ledger_entry(title="Brushes (书法)"), lang="en"), "zh"),
        (foreign("2024-01-02-note", "# 一则笔记"), "zh"),
    ],
)
def test_an_index_is_chinese_as_soon_as_a_post_or_a_title_is(
    document: Document, expected: str
) -> None:
    assert search.language(library(digest("2024-01-01", lang="en"), document)) == expected
