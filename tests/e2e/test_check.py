"""`digestgen check`: what is wrong with posts of any generator, and what is mended."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.arxiv_server import Record, Server, faults, invented, records, serve
from tests.e2e.conftest import Digestgen, tree

POST = """---
title: "Noise"
date: 2024-09-24 12:00:00
---

## A Filter for Noise

**Authors:Ada Lovelace, Charles Babbage**

We propose a filter for noise. It removes 93.4% of the noise from 4,768 pictures.

[PDF](http://arxiv.org/abs/2409.80001v1)

**Summary**
提出一种去除噪声的滤波器。

8. 结论：意义在于：xxx（请根据实际情况填写）。
"""
RECORD = Record(
    id="2409.80001",
    published=invented.at(20, 1),
    title="A Filter for Noise",
    abstract="We propose a filter for noise. It removes 93.4% of the noise from 4,768 pictures.",
    authors=(("Ada Lovelace", ()), ("Charles Babbage", ())),
)


@pytest.fixture
def arxiv(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An arXiv that knows one paper."""
    with serve([RECORD]) as server:
        monkeypatch.setenv("DIGESTGEN_ARXIV_API_URL", server.url)
        monkeypatch.setenv("DIGESTGEN_ARXIV_INTERVAL", "0")
        yield server


def write(folder: Path, text: str = POST, name: str = "noise.md") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def rules(ran: object) -> list[str]:
    return [problem["rule"] for problem in ran.json["problems"]]  # type: ignore[attr-defined]


def test_a_problem_is_told_with_its_place_rule_hint_and_paper(
    digestgen: Digestgen, folder: Path
) -> None:
    write(folder)

    ran = digestgen("check", "noise.md")

    assert ran.code == 1
    line = "noise.md:17:12: error: placeholder: a slot that was not filled in: 'xxx' (2409.80001)"
    assert f"{line}\n    hint: write what the paper says, or delete it\n" in ran.out
    assert ran.err.startswith("1 post: ")


def test_json_is_one_document_and_nothing_else(digestgen: Digestgen, folder: Path) -> None:
    write(folder)

    ran = digestgen("check", "--json", "noise.md")

    assert (ran.code, ran.json["files"], ran.json["mended"]) == (1, 1, [])
    [found] = [each for each in ran.json["problems"] if each["rule"] == "template-leak"]
    assert found == {
        "path": "noise.md",
        "line": 17,
        "column": 16,
        "rule": "template-leak",
        "level": "error",
        "message": "an instruction to the writer was left in: '请根据实际情况填写'",
        "hint": "write what the paper says, or delete it",
        "paper": "2409.80001",
        "excerpt": "请根据实际情况填写",
    }


def test_posts_of_ours_have_nothing_wrong(digestgen: Digestgen, folder: Path) -> None:
    for lang in ("zh", "en"):
        day = {"zh": "2024-09-24", "en": "2024-09-25"}[lang]
        flags = ("--source", "sample", "--topic", f"Topic {lang}", "--lang", lang, "--date", day)
        assert digestgen("build", *flags).code == 0

    ran = digestgen("check", "--json")

    assert (ran.code, ran.json["files"], ran.json["problems"]) == (0, 2, [])


def test_warnings_alone_are_no_failure(digestgen: Digestgen, folder: Path) -> None:
    write(folder, POST.replace("A Filter", "A   Filter").partition("8. ")[0])

    ran = digestgen("check", "--json", "noise.md")

    assert (ran.code, rules(ran)) == (0, ["title-whitespace"])


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (("--select", "placeholder"), ["placeholder"]),
        (("--select", "placeholder,template-leak"), ["placeholder", "template-leak"]),
        (("--ignore", "placeholder", "--ignore", "missing-section,template-leak"), []),
    ],
)
def test_rules_are_selected_and_ignored(
    digestgen: Digestgen, folder: Path, flags: tuple[str, ...], expected: list[str]
) -> None:
    write(folder)

    ran = digestgen("check", "--json", "noise.md", *flags)

    assert (ran.code, rules(ran)) == (int(bool(expected)), expected)


def test_an_unknown_rule_or_path_is_a_wrong_command(digestgen: Digestgen, folder: Path) -> None:
    write(folder)

    rule = digestgen("check", "noise.md", "--select", "placehodler")
    path = digestgen("check", "nosie.md")
    nothing = digestgen("check")

    assert (rule.code, path.code, nothing.code) == (2, 2, 2)
    assert "did you mean 'placeholder'?" in rule.err


def test_a_folder_stands_for_the_posts_below_it(digestgen: Digestgen, folder: Path) -> None:
    write(folder, name="posts/2024/noise.md")
    write(folder, name="posts/node_modules/readme.md")
    write(folder, name="posts/.drafts/noise.md")
    write(folder, name="posts/notes.txt")

    assert digestgen("check", "--json", "posts", "posts/2024").json["files"] == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
def test_whatever_lies_there_is_a_problem_and_no_traceback(
    digestgen: Digestgen, folder: Path
) -> None:
    (folder / "latin.md").write_bytes("Ren\u00e9\nMu\u00f1oz".encode("latin-1"))
    (folder / "binary.md").write_bytes(bytes(range(256)))
    (folder / "nul.md").write_bytes(b"a\n\0b")
    (folder / "empty.md").touch()
    (folder / "long.md").write_text("# a\n" * 60_000)
    with (folder / "huge.md").open("wb") as huge:
        huge.truncate(50 * 1024 * 1024)
    os.mkfifo(folder / "pipe.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "gone.md").symlink_to("nowhere.md")
    (folder / "dir.md").mkdir()
    (folder / "dir.md" / "up").symlink_to("..")

    ran = digestgen("check", "--json", ".")

    found = {each["path"]: (each["rule"], each["line"]) for each in ran.json["problems"]}
    assert (ran.code, ran.json["files"]) == (1, 9)
    assert found.pop("empty.md") == ("front-matter-missing", 1)
    assert {rule for rule, _ in found.values()} == {"unreadable-file"}
    assert (found["latin.md"][1], found["nul.md"][1]) == (1, 2)


def test_bad_front_matter_is_a_problem_with_its_line(digestgen: Digestgen, folder: Path) -> None:
    write(folder, POST.replace('title: "Noise"', "title: 'Noise"))

    ran = digestgen("check", "--json", "noise.md", "--select", "front-matter-unreadable")

    assert [(each["rule"], each["line"]) for each in ran.json["problems"]] == [
        ("front-matter-unreadable", 4)
    ]


BROKEN = (
    "\n"
    + POST.replace('title: "Noise"', "title: Noise: a survey").replace("A Filter", "A   Filter")
    + "\nTemplates {{ hold }} $\\frac{{a}}{b}$ braces.\n\n<details>\n<summary>Figures</summary>\n"
    '<img src="noise.webp" align="middle">\n</details>\n'
)


def test_fix_mends_what_is_safe_once_and_keeps_the_rest(digestgen: Digestgen, folder: Path) -> None:
    path = write(folder, BROKEN)
    (folder / "noise").mkdir()
    (folder / "noise" / "noise.webp").touch()

    ran = digestgen("check", "--fix", "--json", "noise.md")
    once = path.read_text(encoding="utf-8")
    before = tree(folder)
    again = digestgen("check", "--fix", "--json", "noise.md")

    assert (ran.json["mended"], again.json["mended"]) == (["noise.md"], [])
    assert tree(folder) == before
    assert set(rules(ran)) == {"placeholder", "template-leak", "missing-section"}
    assert once.startswith('---\ntitle: "Noise: a survey"\n')
    assert "\n## A Filter for Noise\n" in once
    assert "Templates {\u2060{ hold }\u2060} $\\frac{ {a} }{b}$ braces." in once
    assert '<img src="noise.webp" alt="Figures 1" loading="lazy">' in once


def test_fix_keeps_the_ends_of_lines(digestgen: Digestgen, folder: Path) -> None:
    path = folder / "noise.md"
    path.write_bytes(BROKEN.replace("\n", "\r\n").encode())

    digestgen("check", "--fix", "noise.md")

    assert b"\r\n## A Filter for Noise\r\n" in path.read_bytes()
    assert not re.search(rb"[^\r]\n", path.read_bytes())


def test_without_fix_nothing_is_written(digestgen: Digestgen, folder: Path) -> None:
    write(folder, BROKEN)
    before = tree(folder)

    digestgen("check", "noise.md")

    assert tree(folder) == before


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("## A Filter", "## A Sieve", "title-not-in-source"),
        ("Charles Babbage", "Grace Hopper", "authors-not-in-source"),
        (", Charles Babbage", "", "authors-not-in-source"),
        ("2409.80001", "2409.89999", "unknown-paper"),
        ("80001v1", "80001v7", "unknown-paper"),
    ],
)
def test_source_check_compares_with_the_metadata(
    digestgen: Digestgen, folder: Path, arxiv: Server, old: str, new: str, rule: str
) -> None:
    write(folder, POST.replace(old, new))

    ran = digestgen("check", "--source-check", "--json", "noise.md")

    assert rule in rules(ran)
    assert rule not in rules(digestgen("check", "--json", "noise.md"))


def test_source_check_of_a_true_post_adds_nothing(
    digestgen: Digestgen, folder: Path, arxiv: Server
) -> None:
    write(folder)

    ran = digestgen("check", "--source-check", "--json", "noise.md")

    assert rules(ran) == rules(digestgen("check", "--json", "noise.md"))
    assert arxiv.paths == ["/api/query"]


def test_source_check_asks_for_no_paper_that_cannot_be_arxivs(
    digestgen: Digestgen, folder: Path, arxiv: Server
) -> None:
    digestgen("build", "--source", "sample", "--topic", "Noise", "--date", "2024-09-24")

    ran = digestgen("check", "--source-check", "--json")

    assert (ran.code, ran.json["problems"], arxiv.paths) == (0, [], [])


def test_many_papers_are_asked_for_a_hundred_at_a_time(
    digestgen: Digestgen, folder: Path, arxiv: Server
) -> None:
    paper = POST.partition("## ")[2].partition("**Summary**")[0]
    papers = [paper.replace("80001", f"{number:05d}") for number in range(10_000, 10_250)]
    write(folder, POST.partition("## ")[0] + "".join(f"## {each}\n" for each in papers))

    ran = digestgen("check", "--source-check", "--json", "noise.md", "--select", "unknown-paper")

    assert len(ran.json["problems"]) == 250
    asked = [request.query["id_list"].split(",") for request in arxiv.requests]
    assert [len(ids) for ids in asked] == [100, 100, 50]


def test_a_source_that_does_not_answer_leaves_the_rest_of_the_check(
    digestgen: Digestgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder)
    with serve([RECORD], faults=[faults.status(404)]) as server:
        monkeypatch.setenv("DIGESTGEN_ARXIV_API_URL", server.url)
        monkeypatch.setenv("DIGESTGEN_ARXIV_INTERVAL", "0")
        ran = digestgen("check", "--source-check", "noise.md")

    assert ran.code == 3
    assert "error: placeholder" in ran.out
    assert "error:" in ran.err


def test_a_paper_that_comes_again_is_told_across_posts(digestgen: Digestgen, folder: Path) -> None:
    later = POST.replace("2024-09-24", "2024-10-01")
    write(folder, name="posts/2024-09-24-noise.md")
    write(folder, later, name="posts/2024-10-01-noise.md")
    write(folder, later.replace("80001v1", "80001v2"), name="posts/2024-10-02-noise.md")
    write(folder, POST.replace('"Noise"', '"Other"'), name="posts/2024-09-24-other.md")

    ran = digestgen("check", "--json", "posts", "--select", "repeated-paper,update-as-new")

    assert [(each["path"], each["rule"]) for each in ran.json["problems"]] == [
        ("posts/2024-10-01-noise.md", "repeated-paper"),
        ("posts/2024-10-02-noise.md", "update-as-new"),
    ]


def test_real_posts_of_others_are_read_and_found_wanting(
    digestgen: Digestgen, folder: Path, shared: Path
) -> None:
    posts = folder / "posts"
    posts.mkdir()
    for path in sorted((shared / "data" / "posts").glob("*.md")):
        shutil.copyfile(path, posts / path.name)
    known = records.read(shared / "data" / "metadata" / "seed-papers.jsonl", day=RECORD.published)

    ran = digestgen("check", "--json", "posts")

    papers = {each["paper"] for each in ran.json["problems"] if each["level"] == "error"}
    assert ran.code == 1
    assert {record.id for record in known} <= papers
