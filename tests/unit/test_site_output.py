import json
from pathlib import Path

import pytest

from digestgen.errors import OutputError
from digestgen.post import Document
from digestgen.site import Site, write_site
from digestgen.site.output import MANIFEST
from tests.unit.site_posts import digest, site


def picture(document: Document, name: str) -> bytes:
    return f"{document.path.stem}/{name}".encode()


def write(built: Site, folder: Path) -> int:
    return write_site(built, folder, read_asset=picture)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_pages_and_pictures_are_written(tmp_path: Path) -> None:
    built = site(digest(assets=("a.png",)))
    write(built, tmp_path)

    assert names(tmp_path) == {*built.pages, *built.pictures, MANIFEST}
    copied = tmp_path / "posts" / "2024-09-24-diffusion-models" / "a.png"
    assert copied.read_bytes() == b"2024-09-24-diffusion-models/a.png"


def test_writing_the_same_site_again_touches_nothing(tmp_path: Path) -> None:
    write(site(digest()), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    assert write(site(digest()), tmp_path) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_an_earlier_site_left_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    write(site(digest(), digest("2024-09-23", assets=("a.png",))), tmp_path)
    write(site(digest()), tmp_path)

    assert not (tmp_path / "posts" / "2024-09-23-diffusion-models").exists()
    assert names(tmp_path) == {*site(digest()).pages, MANIFEST}


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*")
    (tmp_path / "CNAME").write_text("blog.example")
    write(site(digest("2024-09-23")), tmp_path)
    note = tmp_path / "posts" / "2024-09-23-diffusion-models" / "note.txt"
    note.write_text("mine")
    write(site(), tmp_path)

    assert (tmp_path / ".gitignore").read_text() == "*"
    assert (tmp_path / "CNAME").read_text() == "blog.example"
    assert note.read_text() == "mine"


def test_a_page_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("my own home page")
    with pytest.raises(OutputError, match=r"index\.html: this file was not made by digestgen"):
        write(site(digest()), tmp_path)

    assert names(tmp_path) == {"index.html"}
    assert (tmp_path / "index.html").read_text() == "my own home page"


@pytest.mark.parametrize(
    "listed",
    [
        ["../outside.txt"],
        ["/etc/passwd"],
        [".gitignore"],
        ["link/outside.txt"],
        ["a\\..\\b", "", ".", 7, None],
        {"not": "a list"},
    ],
)
def test_a_forged_list_removes_nothing_outside(tmp_path: Path, listed: object) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("mine")
    (folder / ".gitignore").write_text("*")
    (folder / "link").symlink_to(tmp_path)
    (folder / MANIFEST).write_text(json.dumps({"files": listed}))
    write(site(), folder)

    assert (tmp_path / "outside.txt").read_text() == "mine"
    assert (folder / ".gitignore").read_text() == "*"


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff", b"null"])
def test_a_broken_list_is_as_good_as_none(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(broken)
    write(site(), tmp_path)

    assert (tmp_path / "index.html").is_file()


def test_a_run_that_stopped_in_between_is_picked_up(tmp_path: Path) -> None:
    def unreadable(_document: Document, _name: str) -> bytes:
        raise OutputError("stopped here")

    with pytest.raises(OutputError):
        write_site(site(digest(assets=("a.png",))), tmp_path, read_asset=unreadable)
    write(site(), tmp_path)

    assert names(tmp_path) == {*site().pages, MANIFEST}
