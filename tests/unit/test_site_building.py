"""A site is built from what lies in the folder of the posts, and only what changed is made."""

import os
import re
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from digestgen.errors import ConfigError, ContentError, OutputError
from digestgen.site import Built, building
from digestgen.site.output import MANIFEST, state_file
from digestgen.site.stock import Stock, take_stock
from tests.builders import ledger_entry
from tests.unit.site_posts import Blog, digest, foreign, post_text

HOME = "index.html"
POST = "posts/2024-09-24-diffusion-models/index.html"
PICTURE = "posts/2024-09-24-diffusion-models/a.png"


def test_pages_and_pictures_are_written(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest(assets=("a.png", "notes.txt")))
    built = blog.build()

    files = blog.files()
    assert {HOME, POST, PICTURE, "feed.xml", "404.html", "static/page.css"} <= set(files)
    assert files[PICTURE] == b"a.png"
    assert not any("notes.txt" in path for path in files)
    assert (built.posts, built.changed, built.left_out) == (1, len(files), ())


def test_no_drawing_that_could_run_scripts_is_published(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest(assets=("a.png", "b.svg", "c.SVG", "d.svgz")))
    blog.build()

    folder = PICTURE.removesuffix("a.png")
    files = {path.removeprefix(folder) for path in blog.files() if path.startswith(folder)}
    assert files == {"a.png", "index.html"}


def test_building_again_touches_nothing(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest(assets=("a.png",)), foreign("2024-01-02-note"))
    blog.build()
    before = {path: path.stat().st_mtime_ns for path in blog.site.rglob("*")}

    assert blog.build() == Built(posts=2, changed=0, left_out=())
    assert {path: path.stat().st_mtime_ns for path in blog.site.rglob("*")} == before


def test_a_changed_post_changes_its_own_pages_and_the_lists(tmp_path: Path) -> None:
    other = digest("2024-09-23", topic="Faces", slug="faces")
    blog = Blog(tmp_path, digest(), other)
    blog.build()
    before = blog.times()
    blog.save(digest(body="A new sentence.\n"))
    blog.build()

    changed = {path for path, time in blog.times().items() if time != before.get(path)}
    assert POST in changed
    assert "posts/2024-09-23-faces/index.html" not in changed
    assert "topics/faces/index.html" not in changed
    assert not any(path.startswith("static/") for path in changed)
    assert b"A new sentence." in blog.files()[POST]


def test_a_post_saved_during_the_build_is_made_again_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = Blog(tmp_path, digest(body="It was so.\n"))

    def interrupted(*given: Any, **more: Any) -> Stock:
        found = take_stock(*given, **more)
        blog.save(digest(body="It is thus.\n"))
        return found

    monkeypatch.setattr(building, "take_stock", interrupted)
    blog.build()
    monkeypatch.undo()
    assert b"It is thus." in blog.files()[POST]
    blog.save(digest(body="It was so.\n"))
    blog.build()

    assert b"It was so." in blog.files()[POST]
    assert blog.build().changed == 0


def test_a_post_that_went_takes_its_pages_and_pictures_along(tmp_path: Path) -> None:
    gone = digest("2024-09-23", assets=("a.png",))
    blog = Blog(tmp_path, digest(), gone)
    blog.build()
    blog.file(gone).unlink()
    blog.build()

    assert blog.files() == Blog(tmp_path, digest()).cold(tmp_path / "cold")
    assert not (blog.site / "posts" / "2024-09-23-diffusion-models").exists()


def test_a_post_without_any_day_is_left_out_and_told_with_a_hint(tmp_path: Path) -> None:
    blog = Blog(tmp_path, foreign("readme", "# Read me"), digest())
    for _ in range(2):
        built = blog.build()

        (told,) = built.left_out
        assert "posts/readme.md is left out" in told
        assert "YYYY-MM-DD" in told
        assert built.posts == 1


@pytest.mark.parametrize("path", [HOME, POST, PICTURE, "static/page.css"])
def test_a_file_that_was_lost_or_cut_off_is_made_again(tmp_path: Path, path: str) -> None:
    blog = Blog(tmp_path, digest(assets=("a.png",)))
    blog.build()
    before = blog.files()
    (blog.site / path).unlink()
    blog.build()
    assert blog.files() == before

    (blog.site / path).write_bytes(b"")
    assert blog.build().changed == 1
    assert blog.files() == before


def test_a_picture_is_copied_again_only_when_it_is_another(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest(assets=("a.png",)))
    blog.build()
    source = blog.content / "posts/2024-09-24-diffusion-models/a.png"
    before = blog.times()[PICTURE]
    os.utime(source, ns=(1, 1))
    blog.build()
    assert blog.times()[PICTURE] == before

    source.write_bytes(b"other")
    assert blog.build().changed == 1
    assert blog.files()[PICTURE] == b"other"


def test_a_title_of_the_site_changes_every_page_and_no_static_file(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.build()
    before = blog.files()
    blog.build(title="Noise weekly")

    after = blog.files()
    assert {path for path in after if after[path] == before[path]} == {
        path for path in after if path.startswith("static/")
    }
    assert all(b"Noise weekly" in after[path] for path in (HOME, POST, "feed.xml"))


def test_an_edited_template_is_followed_and_its_removal_too(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.build()
    before = blog.files()
    mine = blog.templates / "site" / "404.html.j2"
    mine.parent.mkdir(parents=True)
    mine.write_text('{% include "mine.j2" %}')
    (blog.templates / "mine.j2").write_text("one")
    blog.build()
    assert blog.files()["404.html"] == b"one"

    (blog.templates / "mine.j2").write_text("two")
    blog.build()
    assert blog.files()["404.html"] == b"two"

    mine.unlink()
    blog.build()
    assert blog.files() == before


def test_an_edited_style_changes_that_file_alone(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.build()
    (blog.templates / "site" / "static").mkdir(parents=True)
    (blog.templates / "site" / "static" / "page.css").write_text("mine")

    assert blog.build().changed == 1
    assert blog.files()["static/page.css"] == b"mine"


def test_a_theme_may_have_folders_of_files(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.build()
    before = blog.files()
    fonts = blog.templates / "site" / "static" / "fonts" / "serif"
    fonts.mkdir(parents=True)
    (fonts / "roman.woff2").write_bytes(b"letters")
    (fonts / ".hidden").write_bytes(b"mine alone")

    assert blog.build().changed == 1
    assert blog.files() == before | {"static/fonts/serif/roman.woff2": b"letters"}

    (fonts / "roman.woff2").unlink()
    blog.build()
    assert blog.files() == before


def test_a_folder_of_a_theme_has_its_name_whatever_links_lead_to_it(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    fonts = blog.templates / "site" / "static" / "fonts"
    fonts.mkdir(parents=True)
    (fonts / "roman.woff2").write_bytes(b"letters")
    (fonts / "up").symlink_to("..")
    (fonts.parent / "letters").symlink_to("fonts")
    (fonts.parent / "z").symlink_to("fonts")
    blog.build()

    assert [path for path in blog.files() if path.endswith("roman.woff2")] == [
        "static/fonts/roman.woff2"
    ]


def test_files_of_a_theme_whose_names_are_no_text_are_left_out(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.build()
    before = blog.files()
    odd = blog.templates / "site" / "static" / os.fsdecode(b"\xff")
    odd.mkdir(parents=True)
    (odd / "roman.woff2").write_bytes(b"letters")

    assert blog.build().changed == 0
    assert blog.files() == before


def test_files_of_others_stay(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest("2024-09-23"))
    blog.site.mkdir()
    (blog.site / ".gitignore").write_text("*")
    (blog.site / "CNAME").write_text("blog.example")
    blog.build()
    note = blog.site / "posts" / "2024-09-23-diffusion-models" / "note.txt"
    note.write_text("mine")
    blog.file(digest("2024-09-23")).unlink()
    blog.build()

    assert (blog.site / ".gitignore").read_text() == "*"
    assert (blog.site / "CNAME").read_text() == "blog.example"
    assert note.read_text() == "mine"


def test_a_page_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.site.mkdir()
    (blog.site / HOME).write_text("my own home page")
    with pytest.raises(OutputError, match=r"index\.html: this file was not made by digestgen"):
        blog.build()

    assert blog.files() == {HOME: b"my own home page"}


@pytest.mark.parametrize("damage", ["missing", "empty", "cut off", "older"])
def test_a_damaged_state_means_a_whole_build_and_no_error(tmp_path: Path, damage: str) -> None:
    blog = Blog(tmp_path, digest("2024-09-23"), digest(assets=("a.png",)))
    blog.build()
    before = blog.files()
    state = state_file(blog.site)
    if damage == "missing":
        state.unlink()
    elif damage == "empty":
        state.write_bytes(b"")
    elif damage == "cut off":
        state.write_bytes(state.read_bytes()[:-1])
    else:
        state.write_bytes(b"digestgen site 0\n" + state.read_bytes()[17:])
    blog.file(digest("2024-09-23")).unlink()
    blog.build()

    gone = "posts/2024-09-23-diffusion-models/index.html"
    assert before.keys() - blog.files().keys() == {gone}
    assert blog.files() == blog.cold(tmp_path / "cold")


def test_a_site_of_an_older_version_is_taken_over(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.site.mkdir()
    for name in (HOME, "old.html"):
        (blog.site / name).write_text("old")
    (blog.site / MANIFEST).write_text('{"files": ["index.html", "old.html"]}')
    blog.build()

    assert blog.files() == blog.cold(tmp_path / "cold")


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.build()
    before = blog.files()
    blog.templates.joinpath("site").mkdir(parents=True)
    broken = blog.templates / "site" / "post.html.j2"
    broken.write_text("fine\n{{ nothing.like.that }}\n")
    with pytest.raises(ConfigError, match=r"post\.html\.j2:2: "):
        blog.build()
    broken.unlink()
    assert blog.files() == before

    blog.file(digest()).write_text("---\ntitle: [\n---\n")
    with pytest.raises(ContentError, match=r"diffusion-models\.md:3: "):
        blog.build()
    assert blog.files() == before


def test_line_ends_of_windows_and_a_mark_in_front_do_no_harm(tmp_path: Path) -> None:
    blog = Blog(tmp_path)
    text = post_text(digest("2024-09-24", ledger_entry(), body="One.\n\nTwo.\n"))
    blog.save(digest())
    blog.file(digest()).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    blog.build()

    assert b"<p>Two.</p>" in blog.files()[POST]


def test_a_page_has_the_text_of_a_post_without_its_control_characters(tmp_path: Path) -> None:
    body = "Zero\x00 \x020\x03 x\x0b\x0c\x1b\x1f $x\x02$.\n\nOld\rMac\uffff\ufffe.\n"
    blog = Blog(tmp_path, digest("2024-09-24", ledger_entry()))
    text = post_text(digest("2024-09-24", ledger_entry(), body=""))
    blog.file(digest()).write_bytes((text + body).encode())
    blog.build()

    page = blog.files()[POST].decode()

    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", page)
    assert "<p>Zero 0 x <math" in page
    assert "<p>Old<br>\nMac.</p>" in page


def test_hidden_posts_and_linked_folders_are_passed_over(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "2024-01-01-x.md").write_text("x")
    (blog.content / "posts" / "link").symlink_to(tmp_path / "elsewhere")
    (blog.content / "posts" / ".2024-01-01-y.md").write_text("y")
    (blog.content / "posts" / ".git").mkdir()
    (blog.content / "posts" / ".git" / "2024-01-01-z.md").write_text("z")

    assert blog.build().posts == 1


def test_nothing_is_published_through_a_link(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.png").write_text("secret")
    blog = Blog(tmp_path, digest(assets=("a.png",)), foreign("2024-01-02-note", "# Note"))
    posts = blog.content / "posts"
    (posts / "2024-09-24-diffusion-models" / "b.png").symlink_to(secret / "a.png")
    (posts / "2024-01-02-note").symlink_to(secret)

    assert blog.build().posts == 2
    files = blog.files()
    assert {path for path in files if path.endswith(".png")} == {PICTURE}
    assert not [path for path, file in files.items() if b"secret" in file]


@pytest.mark.parametrize("target", ["../../secret", "2024-09-24-diffusion-models.md", "x.md", "no"])
def test_a_post_that_is_a_link_is_refused_and_never_lost(tmp_path: Path, target: str) -> None:
    blog = Blog(tmp_path, digest())
    (tmp_path / "secret").write_text("secret")
    (blog.content / "posts" / "x.md").symlink_to(target)
    with pytest.raises(ContentError, match=r"x\.md: a link, which may lead"):
        blog.build()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_told_of_a_post_and_passed_over_beside_one(
    tmp_path: Path,
) -> None:
    blog = Blog(tmp_path, digest(assets=("a.png",)))
    beside = os.fsencode(blog.file(digest()).with_suffix(""))
    Path(os.fsdecode(beside + b"/b\xff.png")).write_text("b")
    blog.build()
    assert [path for path in blog.files() if path.endswith(".png")] == [PICTURE]

    Path(os.fsdecode(beside + b"-\xff.md")).write_text("x")
    with pytest.raises(ContentError, match=r"models-\\udcff\.md: the name is not UTF-8") as raised:
        blog.build()
    assert raised.value.hint == "rename it"


def test_folders_that_cannot_be_looked_into_keep_their_pages(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    blog.build()
    before = blog.files()
    posts = blog.content / "posts"
    posts.rename(blog.content / "moved")
    posts.symlink_to("posts")  # leads to itself

    with pytest.raises(ContentError, match="posts: cannot be looked into: ") as raised:
        blog.build()
    assert "move it away" in raised.value.hint
    assert blog.files() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *product(("old", "2024-09-24-diffusion-models"), (0o000, 0o400)),
        (os.fsdecode(b"\xff"), 0o000),
    ],
)
def test_folders_without_permission_keep_their_pages(tmp_path: Path, name: str, mode: int) -> None:
    blog = Blog(tmp_path, digest(assets=("a.png",)), foreign("old/2024-01-02-note"))
    blog.build()
    before = blog.files()
    closed = blog.content / "posts" / name
    closed.mkdir(exist_ok=True)
    closed.chmod(mode)

    try:
        with pytest.raises(ContentError, match=r"posts/\S+: cannot be ") as raised:
            blog.build()
        raised.value.message.encode()
    finally:
        closed.chmod(0o755)
    assert blog.files() == before


def test_who_builds_again_and_again_notices_what_others_did(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest())
    builder = blog.builder()
    builder.build()
    assert builder.build().changed == 0

    blog.save(digest(body="Mine.\n"))
    assert builder.build().changed > 0
    blog.save(digest(body="Another's.\n"))
    assert blog.build().changed > 0
    assert builder.build().changed == 0

    blog.file(digest()).unlink()
    builder.build()
    assert blog.files() == blog.cold(tmp_path / "cold")


def test_who_builds_again_and_again_makes_anew_what_somebody_missed(tmp_path: Path) -> None:
    blog = Blog(tmp_path, digest(assets=("a.png",)))
    builder = blog.builder()
    assert not builder.missed(POST), "nothing was built yet"
    builder.build()
    before = blog.files()
    for path in (POST, PICTURE, "feed.json"):
        (blog.site / path).unlink()

    assert not builder.missed("nothing/here.html")
    assert builder.build().changed == 0
    assert builder.missed(PICTURE)
    assert builder.build().changed == 3
    assert blog.files() == before
    assert builder.build().changed == 0
