"""A site reaches the disk in two steps, and nobody else's files are touched."""

import json
from pathlib import Path

import pytest

from digestgen.errors import OutputError
from digestgen.site.output import (
    MANIFEST,
    PRIVATE,
    Staging,
    finish,
    listed_files,
    refuse_foreign,
    state_file,
)


def put(folder: Path, files: dict[str, str], *, remove: tuple[str, ...] = ()) -> None:
    with Staging(folder) as staging:
        for path, text in files.items():
            staging.add(path, [text.encode()])
        staging.list_files(files)
        staging.commit(remove=remove, state=[b"state"])


def interrupt(staging: Staging) -> None:
    with staging:
        staging.add("index.html", [b"new"])
        raise KeyboardInterrupt


def names(folder: Path) -> set[str]:
    """The files of a site, without what digestgen keeps for itself."""
    paths = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {path for path in paths if not path.startswith(f"{PRIVATE}/")} - {MANIFEST}


def test_what_is_staged_is_seen_only_when_it_is_committed(tmp_path: Path) -> None:
    with Staging(tmp_path) as staging:
        staging.add("posts/a/index.html", [b"", b"a"])
        before = names(tmp_path)
        staging.list_files(["posts/a/index.html"])
        staging.commit(remove=(), state=[b"st", b"ate"])

    assert before == set()
    assert (tmp_path / "posts/a/index.html").read_bytes() == b"a"
    assert state_file(tmp_path).read_bytes() == b"state"
    assert listed_files(tmp_path) == {"posts/a/index.html"}


def test_a_staging_that_fails_leaves_the_old_site_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, {"index.html": "old"})
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(KeyboardInterrupt):
        interrupt(Staging(tmp_path))

    assert (tmp_path / "index.html").read_text() == "old"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_commit_that_was_cut_short_is_ended_by_the_next_run(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": "old", "b.html": "old", "c.html": "old"})
    (tmp_path / "d.html").mkdir()  # nothing can be moved there
    (tmp_path / "d.html" / "x").touch()
    with pytest.raises(OutputError, match=r"d\.html"):
        put(tmp_path, {"a.html": "new", "d.html": "new", "b.html": "new"}, remove=("c.html",))
    between = names(tmp_path)
    (tmp_path / "d.html" / "x").unlink()
    (tmp_path / "d.html").rmdir()
    finish(tmp_path)

    assert "c.html" in between
    assert {name: (tmp_path / name).read_text() for name in names(tmp_path)} == dict.fromkeys(
        ("a.html", "b.html", "d.html"), "new"
    )
    assert listed_files(tmp_path) == {"a.html", "b.html", "d.html"}


def test_a_site_of_many_files_is_moved_and_listed_whole(tmp_path: Path) -> None:
    old = {f"pages/{number}.html": "old" for number in range(2100)}
    new = {path: f"new {number}" for number, path in enumerate(old)}
    put(tmp_path, old)
    put(tmp_path, new)

    assert {path: (tmp_path / path).read_text() for path in names(tmp_path)} == new
    assert listed_files(tmp_path) == frozenset(new)
    put(tmp_path, {}, remove=tuple(new))
    assert names(tmp_path) == set()
    assert listed_files(tmp_path) == frozenset()


def test_where_staged_files_lie_is_known_of_each(tmp_path: Path) -> None:
    with Staging(tmp_path) as staging:
        for number in range(2100):
            staging.add(f"{number}.html", [str(number).encode()])
            if number % 900 == 0:
                staging.places()
        places = staging.places()

        assert {path: place.read_text() for path, place in places.items()} == {
            f"{number}.html": str(number) for number in range(2100)
        }


def test_what_goes_goes_with_its_empty_folders(tmp_path: Path) -> None:
    put(tmp_path, {"posts/a/index.html": "a", "posts/b/index.html": "b"})
    (tmp_path / "posts" / "b" / "note.txt").write_text("mine")
    put(tmp_path, {}, remove=("posts/a/index.html", "posts/b/index.html"))

    assert not (tmp_path / "posts" / "a").exists()
    assert names(tmp_path) == {"posts/b/note.txt"}


def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("my own home page")
    with pytest.raises(OutputError, match=r"index\.html: this file was not made by digestgen"):
        refuse_foreign(tmp_path, {"index.html"})


@pytest.mark.parametrize(
    "listed",
    [
        ["../outside.txt"],
        ["/etc/passwd"],
        [".gitignore"],
        ["a\\..\\b", "", ".", 7, None],
        {"not": "a list"},
    ],
)
def test_a_forged_list_names_nothing_outside(tmp_path: Path, listed: object) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"files": listed}))

    assert listed_files(tmp_path) == set()


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff", b"null", b"[" * 100_000])
def test_a_broken_list_is_as_good_as_none(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(broken)

    assert listed_files(tmp_path) == set()


@pytest.mark.parametrize(
    "journal",
    [
        {"new": ["../outside.txt"], "remove": []},
        {"new": ["/tmp/outside.txt"], "remove": []},
        {"new": [".gitignore"], "remove": []},
        {"new": [], "remove": ["../outside.txt", "link/outside.txt", ".gitignore", 7]},
        {"new": [7], "remove": []},
        {"new": ["a.html"], "remove": {}},
        {"new": {}, "remove": []},
        ["new"],
    ],
)
def test_a_forged_journal_touches_nothing_outside(tmp_path: Path, journal: object) -> None:
    folder = tmp_path / "site"
    put(folder, {"index.html": "a"})
    (folder / PRIVATE / "new").mkdir(exist_ok=True)
    (folder / PRIVATE / "new" / "0").write_text("forged")
    (tmp_path / "outside.txt").write_text("mine")
    (folder / ".gitignore").write_text("*")
    (folder / "link").symlink_to(tmp_path)
    sound = json.dumps({"new": []})
    (folder / PRIVATE / "journal.json").write_text(f"{sound}\n{json.dumps(journal)}\n{sound}\n")
    finish(folder)

    assert (tmp_path / "outside.txt").read_text() == "mine"
    assert (folder / ".gitignore").read_text() == "*"
    assert names(folder) >= {"index.html", ".gitignore"}
