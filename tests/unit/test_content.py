from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml

from digestgen import content
from digestgen.content import front_matter
from digestgen.content.scanning import body_text
from digestgen.errors import ContentError, OutputError
from digestgen.post import Asset, Block
from tests.builders import DAY, ledger, ledger_entry, post

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2024, 9, 24, 19, 45, 30, tzinfo=CHINA)
LATER = datetime(2024, 9, 25, 8, 0, 0, tzinfo=CHINA)
STEM = "2024-09-24-diffusion-models"


def place(folder: Path, slug: str = "diffusion-models", day: date = DAY) -> content.Place:
    return content.find_place(folder, STEM, slug=slug, day=day)


def write(folder: Path, *ids: str, now: datetime = NOW) -> Path:
    content.write_post(folder, post(*ids), ledger(*ids), place=place(folder), now=now)
    return folder / "posts" / f"{STEM}.md"


def test_a_post_reads_back_with_its_ledger_and_blocks(tmp_path: Path) -> None:
    path = write(tmp_path, "2409.00001", "2409.00002")

    document = content.read_document(tmp_path, path)

    assert content.ledger_of(document) == ledger("2409.00001", "2409.00002", updated=NOW)
    assert [p.block for p in content.published(document)] == [
        "## Paper 2409.00001\n\nBody of 2409.00001.",
        "## Paper 2409.00002\n\nBody of 2409.00002.",
    ]


def test_the_file_begins_with_its_front_matter_and_ends_with_one_newline(tmp_path: Path) -> None:
    text = write(tmp_path, "2409.00001").read_bytes()

    assert text.startswith(
        b'---\ntitle: "Diffusion Models"\ndate: 2024-09-24 12:00:00\nupdated: 2024-09-24 19:45:30\n'
    )
    assert text.endswith(b".\n")
    assert not text.endswith(b"\n\n")
    assert b"\r" not in text


def test_writing_the_same_post_again_touches_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "2409.00001")
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    written = content.write_post(
        tmp_path, post("2409.00001"), ledger("2409.00001"), place=place(tmp_path), now=LATER
    )

    assert written == "unchanged"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_updated_moves_when_the_post_moves(tmp_path: Path) -> None:
    path = write(tmp_path, "2409.00001")

    content.write_post(
        tmp_path,
        post("2409.00002", "2409.00001"),
        ledger("2409.00002", "2409.00001"),
        place=place(tmp_path),
        now=LATER,
    )

    assert b"\nupdated: 2024-09-25 08:00:00\n" in path.read_bytes()
    assert b'\n  updated: "2024-09-25T00:00:00Z"\n' in path.read_bytes()


@pytest.mark.parametrize(
    ("old", "new"),
    [("Body of", "My view of"), ('title: "Diffusion', 'title: "My Diffusion'), (".\n", ".\n\n")],
)
def test_a_post_that_a_person_changed_is_passed_over(tmp_path: Path, old: str, new: str) -> None:
    path = write(tmp_path, "2409.00001")
    path.write_text(path.read_text().replace(old, new))

    found = place(tmp_path)

    assert (found.stem, found.standing, found.edited) == (f"{STEM}-2", None, (STEM,))


def test_line_ends_that_git_changed_are_no_edit(tmp_path: Path) -> None:
    path = write(tmp_path, "2409.00001")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    found = place(tmp_path)

    assert found.standing is not None
    assert (
        content.published(found.standing)[0].block == "## Paper 2409.00001\n\nBody of 2409.00001."
    )


def test_a_post_by_somebody_else_is_passed_over_and_has_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "posts" / f"{STEM}.md"
    path.parent.mkdir()
    path.write_text("\n---\ntitle: theirs\n---\nbody\n")

    document = content.read_document(tmp_path, path)

    assert content.ledger_of(document) is None
    assert (document.body, document.body_line) == ("body\n", 5)
    assert place(tmp_path).stem == f"{STEM}-2"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: a\nb: [\n---\n", 4),
        ("---\n- a\n---\n", 2),
        ("---\ndate: 2024-99-99\n---\n", 2),
        ("---\na: !!python/object:os.system x\n---\n", 2),
    ],
)
def test_front_matter_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    path = tmp_path / "posts" / "x.md"
    path.parent.mkdir()
    path.write_text(text)

    with pytest.raises(ContentError, match=rf"x\.md:{line}: front matter cannot be read"):
        content.read_documents(tmp_path)


def test_a_post_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "posts" / "x.md"
    path.parent.mkdir()
    path.write_bytes(b"---\ntitle: a\n---\n\xff\n")

    with pytest.raises(ContentError, match=r"x\.md:4: not UTF-8"):
        content.read_documents(tmp_path)


def test_a_ledger_that_lost_a_key_is_an_error_and_not_an_empty_one(tmp_path: Path) -> None:
    path = write(tmp_path, "2409.00001")
    path.write_text(path.read_text().replace("  papers:", "  pappers:"))

    with pytest.raises(ContentError, match="the ledger under 'digestgen:' cannot be read"):
        content.ledger_of(content.read_document(tmp_path, path))


def test_pictures_are_written_before_the_post_and_listed(tmp_path: Path) -> None:
    source = tmp_path / "cached.webp"
    source.write_bytes(b"RIFF")
    with_picture = post("2409.00001", assets=(Asset(name="fig-1.webp", source=source),))
    content.write_post(tmp_path, with_picture, ledger("2409.00001"), place=place(tmp_path), now=NOW)

    [found] = content.post_files(tmp_path)

    assert [asset.name for asset in found.assets] == ["fig-1.webp"]
    document = content.read_document(tmp_path, found.markdown)
    assert content.read_asset(tmp_path, document, "fig-1.webp") == b"RIFF"


def write_with_picture(folder: Path, *names: str) -> None:
    """Write a post whose paper shows the pictures, in place of the one that stands there."""
    source = folder / "cached.webp"
    source.write_bytes(b"RIFF")
    papers = (ledger_entry("2409.00001", pictures=names),)
    content.write_post(
        folder,
        post("2409.00001", assets=tuple(Asset(name=name, source=source) for name in names)),
        ledger(papers=papers),
        place=place(folder),
        now=NOW,
    )


def test_a_picture_that_the_post_no_longer_shows_goes_with_it(tmp_path: Path) -> None:
    first, second, third = (f"2409-00001-figure-{number}.webp" for number in (1, 2, 3))
    write_with_picture(tmp_path, first, second)
    folder = tmp_path / "posts" / STEM
    (folder / "2409-00001-table-iv-small.webp").write_bytes(b"left by a killed run")
    for name in ("mine.png", "2409-00002-figure-1.webp"):
        (folder / name).write_bytes(b"none of this paper's")

    write_with_picture(tmp_path, second, third)

    [found] = content.post_files(tmp_path)
    assert [asset.name for asset in found.assets] == [
        second,
        third,
        "2409-00002-figure-1.webp",
        "mine.png",
    ]


def test_a_folder_of_pictures_goes_with_the_last_of_them(tmp_path: Path) -> None:
    write_with_picture(tmp_path, "2409-00001-figure-1.webp")

    write_with_picture(tmp_path)

    assert not (tmp_path / "posts" / STEM).exists()


def test_no_picture_is_put_beside_a_post_that_a_person_changed_meanwhile(tmp_path: Path) -> None:
    found = place(tmp_path)
    path = write(tmp_path, "2409.00001")
    shown = post("2409.00001", assets=(Asset(name="a.webp", source=path),))

    done = content.write_post(tmp_path, shown, ledger("2409.00001"), place=found, now=NOW)

    assert done == "taken"
    assert not path.with_suffix("").exists()


def test_a_picture_that_is_gone_before_it_is_written_is_an_error_that_keeps_the_post(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "2409.00001")
    before = path.read_bytes()
    gone = post("2409.00002", assets=(Asset(name="a.webp", source=tmp_path / "gone.webp"),))

    with pytest.raises(OutputError, match=r"gone\.webp: a picture .* cannot be read"):
        content.write_post(tmp_path, gone, ledger("2409.00002"), place=place(tmp_path), now=LATER)
    assert path.read_bytes() == before


def test_what_a_citation_needs_comes_back_from_the_ledger(tmp_path: Path) -> None:
    entry = ledger_entry(
        authors=("Ann Bee", "李明"),
        published=date(2024, 9, 20),
        revised=date(2024, 9, 23),
        categories=("cs.CV", "cs.LG"),
        doi="10.1/a: b",
        journal="J. Filters 3 (2024)",
    )
    record = ledger(papers=(entry,))
    shown = replace(post("2409.00001"), blocks=(Block(ledger=entry, text="## A"),))
    content.write_post(tmp_path, shown, record, place=place(tmp_path), now=NOW)

    [document] = content.read_documents(tmp_path)

    assert content.ledger_of(document) == replace(record, updated=NOW)


@pytest.mark.parametrize("harm", ['authors: "Ann Bee"', 'published: "soon"', "pictures: 3"])
def test_a_ledger_with_a_value_of_another_kind_is_an_error(tmp_path: Path, harm: str) -> None:
    content.write_post(
        tmp_path, post("2409.00001"), ledger("2409.00001"), place=place(tmp_path), now=NOW
    )
    path = tmp_path / "posts/2024-09-24-diffusion-models.md"
    path.write_text(path.read_text().replace("version: 1", f"version: 1, {harm}"))

    with pytest.raises(ContentError, match="the ledger under 'digestgen:' cannot be read"):
        content.ledger_of(content.read_document(tmp_path, path))


def test_a_ledger_of_before_there_were_pictures_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "2409.00001")
    path.write_text(path.read_text().replace(', licence: "", pictures: []', ""))

    [entry] = content.ledger_of(content.read_document(tmp_path, path)).papers  # type: ignore[union-attr]
    assert "licence" not in path.read_text()
    assert (entry.licence, entry.pictures) == ("", ())


def test_a_content_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "posts").write_text("a file where the folder should be")

    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path, "2409.00001")


def test_an_empty_or_missing_folder_has_no_posts(tmp_path: Path) -> None:
    assert content.read_documents(tmp_path / "nothing") == ()


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "yes",
        "1.0",
        "a: b",
        "# no comment",
        "'",
        '"',
        "\\",
        "---",
        "\u2028",
        "一",
        "{{x}}",
        "",
    ],
)
def test_every_text_survives_the_front_matter_as_text(value: str) -> None:
    meta = {"title": value, "list": [value], "table": {"key": value}, "rows": [{"a": value}]}

    loaded = yaml.safe_load(front_matter.dump(meta).split("---\n")[1])

    expected = value.replace("\u2028", " ").strip() if value == "\u2028" else value
    assert loaded["title"].strip() == expected
    assert loaded["rows"][0]["a"].strip() == expected


def test_keys_that_yaml_would_misread_are_quoted() -> None:
    assert front_matter.dump({"yes": 1, "a b": True, "ok": None}) == (
        '---\n"yes": 1\n"a b": true\nok: null\n---\n'
    )


def test_a_paper_with_an_old_style_id_has_a_block_like_any_other(tmp_path: Path) -> None:
    path = write(tmp_path, "quant-ph/0201082")

    [block] = content.published(content.read_document(tmp_path, path))

    assert block.ledger == ledger_entry("quant-ph/0201082")


def test_a_post_of_another_topic_or_day_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "2409.00001")

    assert place(tmp_path, slug="other").stem == f"{STEM}-2"
    assert place(tmp_path, day=date(2024, 9, 25)).stem == f"{STEM}-2"
    assert place(tmp_path, slug="other").edited == ()


def test_an_edit_that_comes_between_looking_and_writing_is_not_overwritten(tmp_path: Path) -> None:
    path = write(tmp_path, "2409.00001")
    found = place(tmp_path)
    path.write_text(path.read_text() + "my own words\n")

    written = content.write_post(
        tmp_path, post("2409.00002"), ledger("2409.00002"), place=found, now=LATER
    )

    assert written == "taken"
    assert path.read_text().endswith("my own words\n")


def test_a_file_that_appears_between_looking_and_writing_is_not_overwritten(
    tmp_path: Path,
) -> None:
    found = place(tmp_path)
    path = tmp_path / "posts" / f"{STEM}.md"
    path.parent.mkdir()
    path.write_text("mine")

    written = content.write_post(tmp_path, post("1"), ledger("1"), place=found, now=NOW)

    assert (written, path.read_text()) == ("taken", "mine")


def test_anchors_of_a_users_own_template_are_text_of_the_block(tmp_path: Path) -> None:
    own = '## A\n\n<div id="my-notes"></div>\n\nfooter\n\n<div id="paper-2"></div>\n\nmore'
    blocks = (
        Block(ledger=ledger_entry("1"), text=own),
        Block(ledger=ledger_entry("3"), text="## B"),
    )
    content.write_post(
        tmp_path,
        post(blocks=blocks, tail="skips"),
        ledger("1", "3"),
        place=place(tmp_path),
        now=NOW,
    )

    standing = place(tmp_path).standing

    assert standing is not None
    assert [block.block for block in content.published(standing)] == [own, "## B"]


def test_posts_in_sub_folders_are_posts(tmp_path: Path) -> None:
    path = write(tmp_path, "2409.00001")
    (tmp_path / "posts" / "2024").mkdir()
    path.rename(tmp_path / "posts" / "2024" / path.name)

    [document] = content.read_documents(tmp_path)

    assert document.path.as_posix() == f"posts/2024/{STEM}.md"
    assert [found.stem for found in content.post_files(tmp_path)] == [f"2024/{STEM}"]


def test_posts_are_scanned_in_the_order_of_their_paths(tmp_path: Path) -> None:
    paths = [
        "b.md",
        "a/c.md",
        "a-b.md",
        "a.md",
        "a.b/c.md",
        "a/c/d.md",
        "a/b.md",
        "ab.md",
        "a/a/z.md",
    ]
    for path in paths:
        (tmp_path / "posts" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "posts" / path).write_text("x")

    assert [post.path for post in content.scan(tmp_path)] == [
        f"posts/{path}" for path in sorted(paths)
    ]


def test_only_files_that_can_be_shown_lie_beside_a_scanned_post(tmp_path: Path) -> None:
    folder = tmp_path / "posts" / "a"
    (folder / "below").mkdir(parents=True)
    for name in ("z.png", "b.md", ".hidden", "below/c.png"):
        (folder / name).write_text(name)
    (folder / "link.png").symlink_to("z.png")
    folder.with_suffix(".md").write_text("x")

    scanned = {post.path: post.beside for post in content.scan(tmp_path)}

    sizes = {path: [(name, size) for name, (size, _) in scanned[path].items()] for path in scanned}
    assert sizes == {"posts/a.md": [("b.md", 4), ("z.png", 5)], "posts/a/b.md": []}


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\x00b\x02\x03\x0b\x0c\x1b\x1f\tc", "ab\tc"),
        ("a\ufffeb\uffff扩", "ab扩"),
        ("a\x7f\u2028b", "a\x7f\u2028b"),
        ("---\r\na: 1\r\n---\r\nb\r\n", "b\n"),
        ("---\n\x00a: 1\n---\nb", "b"),
        ("---\ra: 1\r---\rb", "---\na: 1\n---\nb"),  # no front matter, and shown as text
        ("-\x00--\na: 1\n---\nb", "---\na: 1\n---\nb"),
    ],
)
def test_a_body_is_read_without_what_no_page_may_hold(raw: str, body: str) -> None:
    assert body_text(raw.encode(), "") == body


def test_where_a_body_is_no_text_is_said_by_the_lines_of_the_file() -> None:
    with pytest.raises(ContentError, match=r"^a\.md:2: "):
        body_text(b"one\rtwo\n\xff", "a.md")


@pytest.mark.parametrize(
    "text",
    [
        "---\na: 1\n---\nbody\n---\nmore",
        "---\n---\nbody",
        "---\na: 1\n--- \nbody\n---\nmore",
        "---\na: 1\n----\nb: 2\n---\nbody",
        "---\na: 1\n---",
        "---\na: 1\nb: 2\n",
        "---\r\na: 1\r\n---\r\nbody\n---\n",
        "\ufeff\n---\na: 1\n---\nbody",
        "a: 1\n---\nbody\n---\n",
        "",
    ],
)
def test_the_head_of_a_post_has_all_of_its_front_matter(text: str) -> None:
    head = front_matter.head(text.encode()).decode()

    assert text.startswith(head)
    assert front_matter.split(head).yaml == front_matter.split(text).yaml
