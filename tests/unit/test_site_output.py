"""A site reaches the disk in two steps, and nobody else's files are touched."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from digestgen.errors import OutputError
from digestgen.site.output import (
    MANIFEST,
    PRIVATE,
    Staging,
    finish,
    listed_files,
    lost,
    refuse_foreign,
    state_file,
)


def put(folder: Path, files: dict[str, str], *, remove: tuple[str, ...] = ()) -> None:
    with Staging(folder) as staging:
        for path, text in files.items():
            staging.add(path, [text.encode()])
        staging.commit(files=lambda: files, remove=remove, state=[b"state"])


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
        staging.commit(files=lambda: ["posts/a/index.html"], remove=(), state=[b"st", b"ate"])

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


def cut_short(folder: Path) -> None:
    """Begin a commit, and end before its second file is moved."""
    listed = json.dumps({"files": ["a.html", "b.html", "c.html", "d/e.html"]})
    with Staging(folder) as staging:
        (folder / PRIVATE / "new" / "list-meanwhile").write_text(listed)
        for path in ("a.html", "d/e.html", "b.html"):
            staging.add(path, [b"new"])
        (folder / PRIVATE / "journal.json").write_text('{"remove": ["c.html"]}')
        (folder / PRIVATE / "new" / "files" / "a.html").rename(folder / "a.html")
        raise KeyboardInterrupt


def test_a_commit_that_was_cut_short_is_ended_by_the_next_run(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": "old", "b.html": "old", "c.html": "old"})
    with pytest.raises(KeyboardInterrupt):
        cut_short(tmp_path)
    between = names(tmp_path)
    finish(tmp_path)

    assert between == {"a.html", "b.html", "c.html"}
    assert {name: (tmp_path / name).read_text() for name in names(tmp_path)} == dict.fromkeys(
        ("a.html", "b.html", "d/e.html"), "new"
    )


def in_the_way(folder: Path, kind: str) -> None:
    """Put something where a page, or the folder of pages, has to go."""
    if kind == "a folder as a page":
        (folder / "a.html").mkdir()
        (folder / "a.html" / "note.txt").write_text("mine")
    elif kind == "a file as a folder":
        (folder / "d").write_text("mine")
    elif kind == "a link as a folder":
        (folder.parent / "elsewhere").mkdir()
        (folder / "d").symlink_to(folder.parent / "elsewhere")
    else:
        (folder / "d").symlink_to(folder.parent / "nowhere")


@pytest.mark.parametrize(
    "kind", ["a folder as a page", "a file as a folder", "a link as a folder", "a dangling link"]
)
def test_what_is_in_the_way_is_told_before_anything_moves(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "site"
    put(folder, {"b.html": "old"})
    in_the_way(folder, kind)
    before = sorted(tmp_path.rglob("*"))
    for _ in range(2):
        with pytest.raises(OutputError, match="is in the way"):
            put(folder, {"a.html": "new", "b.html": "new", "d/e.html": "new"})

    assert (folder / "b.html").read_text() == "old"
    assert sorted(tmp_path.rglob("*")) == before


def test_our_own_list_names_what_is_going_until_it_has_gone(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": "old", "b.html": "old"})
    listed = []

    def state() -> Iterator[bytes]:
        listed.append((tmp_path / PRIVATE / "new" / "list-meanwhile").read_text())
        yield b"state"

    with Staging(tmp_path) as staging:
        staging.add("c.html", [b"new"])
        staging.commit(files=lambda: ["a.html", "c.html"], remove=["b.html"], state=state())

    assert json.loads(listed[0]) == {"files": ["a.html", "c.html", "b.html"]}
    assert listed_files(tmp_path) == {"a.html", "c.html"}


@pytest.mark.parametrize("name", ["new", "journal.json"])
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_strange_things_in_the_private_folder_stop_nothing(
    tmp_path: Path, name: str, kind: str
) -> None:
    folder = tmp_path / "site"
    put(folder, {"a.html": "old"})
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "note.txt").write_text("mine")
    strange = folder / PRIVATE / name
    if kind == "file":
        strange.write_text("strange")
    elif kind == "folder":
        (strange / "a").mkdir(parents=True)
    else:
        strange.symlink_to(mine)
    finish(folder)
    put(folder, {"a.html": "new"})

    assert (folder / "a.html").read_text() == "new"
    assert (mine / "note.txt").read_text() == "mine"


def test_a_private_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    folder, victim = tmp_path / "site", tmp_path / "victim"
    folder.mkdir()
    (victim / "new").mkdir(parents=True)
    (victim / "new" / "precious.txt").write_text("mine")
    (folder / PRIVATE).symlink_to(victim)
    with pytest.raises(OutputError, match="is in the way"):
        finish(folder)
    with pytest.raises(OutputError, match="is in the way"):
        put(folder, {"a.html": "new"})

    assert [path.name for path in victim.rglob("*")] == ["new", "precious.txt"]


def test_a_forged_journal_takes_away_nothing_that_is_not_ours(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": "old"})
    (tmp_path / "CNAME").write_text("mine")
    (tmp_path / PRIVATE / "journal.json").write_text('{"remove": ["CNAME", "a.html"]}')
    finish(tmp_path)

    assert names(tmp_path) == {"CNAME"}


def test_a_forged_staging_writes_nothing_outside(tmp_path: Path) -> None:
    folder, home = tmp_path / "site", tmp_path / "home"
    put(folder, {"a.html": "old"})
    home.mkdir()
    (home / "rc").write_text("mine")
    (folder / "posts").symlink_to(home)
    forged = folder / PRIVATE / "new" / "files" / "posts"
    forged.mkdir(parents=True)
    (forged / "rc").write_text("forged")
    (folder / PRIVATE / "journal.json").write_text('{"remove": []}')
    with pytest.raises(OutputError, match="is in the way"):
        finish(folder)

    assert (home / "rc").read_text() == "mine"


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


def test_where_a_file_lies_is_known_before_it_is_moved(tmp_path: Path) -> None:
    put(tmp_path, {"a.html": "old", "b.html": "old"})
    with Staging(tmp_path) as staging:
        staging.add("b.html", [b"new"])
        staging.add("c/d.html", [b"new"])
        places = {path: staging.place(path) for path in ("a.html", "b.html", "c/d.html")}

        assert {path: place.read_text() for path, place in places.items()} == {
            "a.html": "old",
            "b.html": "new",
            "c/d.html": "new",
        }
        assert not (tmp_path / "c").exists()


def test_a_new_folder_joins_one_that_stands(tmp_path: Path) -> None:
    put(tmp_path, {"posts/a/index.html": "old", "posts/b/index.html": "old"})
    (tmp_path / "posts" / "a" / "note.txt").write_text("mine")
    put(tmp_path, {"posts/a/index.html": "new", "posts/a/c/d.html": "new", "e/f/g.html": "new"})

    assert {path: (tmp_path / path).read_text() for path in names(tmp_path)} == {
        "posts/a/index.html": "new",
        "posts/a/c/d.html": "new",
        "posts/a/note.txt": "mine",
        "posts/b/index.html": "old",
        "e/f/g.html": "new",
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
        {"remove": ["../outside.txt", "link/outside.txt", ".gitignore", 7]},
        {"remove": {}},
        {"remove": [], "new": ["../outside.txt"]},
        {},
        ["remove"],
        7,
    ],
)
def test_a_forged_journal_touches_nothing_outside(tmp_path: Path, journal: object) -> None:
    folder = tmp_path / "site"
    put(folder, {"index.html": "a"})
    forged = folder / PRIVATE / "new" / "files"
    forged.mkdir(parents=True)
    (forged / ".gitignore").write_text("forged")
    (tmp_path / "outside.txt").write_text("mine")
    (folder / ".gitignore").write_text("*")
    (folder / "link").symlink_to(tmp_path)
    (folder / PRIVATE / "journal.json").write_text(json.dumps(journal))
    finish(folder)

    assert (tmp_path / "outside.txt").read_text() == "mine"
    assert (folder / ".gitignore").read_text() == "*"
    assert names(folder) >= {"index.html", ".gitignore"}


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_broken_journal_moves_nothing(tmp_path: Path, broken: bytes) -> None:
    put(tmp_path, {"index.html": "old"})
    forged = tmp_path / PRIVATE / "new" / "files"
    forged.mkdir(parents=True)
    (forged / "index.html").write_text("new")
    (tmp_path / PRIVATE / "journal.json").write_bytes(broken)
    finish(tmp_path)

    assert (tmp_path / "index.html").read_text() == "old"
    assert not forged.exists()


def test_a_unit_is_lost_when_one_of_its_files_is_not_as_it_was_left(tmp_path: Path) -> None:
    put(tmp_path, {"index.html": "home", "posts/a/index.html": "a", "posts/a/a.webp": "picture"})
    (tmp_path / "link.html").symlink_to("index.html")
    units = [
        ("whole", {"index.html": 4, "posts/a/index.html": 1}),
        ("cut", {"index.html": 4, "posts/a/a.webp": 8}),
        ("gone", {"posts/b/index.html": 1}),
        ("link", {"link.html": 10}),
        ("folder", {"posts": 4096}),
    ]

    assert lost(tmp_path, units) == {"cut", "gone", "link", "folder"}


def test_every_file_of_a_folder_that_is_gone_is_lost(tmp_path: Path) -> None:
    units = [("page", {"index.html": 4}), ("nothing", {})]

    assert lost(tmp_path / "gone", units) == {"page"}
