"""`digestgen build --source sample`: everything but the network."""

import re
import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import Digestgen, tree

SAMPLE = ("build", "--source", "sample", "--topic", "Diffusion Models", "--date", "2024-09-24")
POST = Path("content/posts/2024-09-24-diffusion-models.md")


def test_the_first_run_writes_a_post_and_a_preview(digestgen: Digestgen, folder: Path) -> None:
    ran = digestgen(*SAMPLE)

    assert ran.code == 0
    assert "8 new papers in content/posts/2024-09-24-diffusion-models.md" in ran.out
    assert (folder / POST).is_file()
    assert (folder / "site" / "index.html").is_file()


def test_the_second_run_changes_no_byte(digestgen: Digestgen, folder: Path) -> None:
    digestgen(*SAMPLE)
    before = tree(folder)

    ran = digestgen(*SAMPLE)

    assert "no new papers, 8 papers known already" in ran.out
    assert tree(folder) == before


def test_the_second_run_changes_no_byte_without_the_cache(
    digestgen: Digestgen, folder: Path
) -> None:
    digestgen(*SAMPLE)
    before = tree(folder)
    shutil.rmtree(folder.parent / "cache")

    digestgen(*SAMPLE)

    assert tree(folder) == before


@pytest.mark.parametrize("workers", ["1", "7"])
def test_the_number_of_workers_changes_no_byte(
    digestgen: Digestgen, folder: Path, workers: str
) -> None:
    digestgen(*SAMPLE)
    before = without_times(folder / POST)
    (folder / POST).unlink()
    shutil.rmtree(folder.parent / "cache")

    digestgen(*SAMPLE, "--workers", workers)

    assert without_times(folder / POST) == before


def test_json_says_everything_and_nothing_else_is_on_stdout(digestgen: Digestgen) -> None:
    ran = digestgen(*SAMPLE, "--json")

    [post] = ran.json["posts"]
    assert post["path"] == "content/posts/2024-09-24-diffusion-models.md"
    assert (post["topic"], post["date"], post["written"]) == (
        "Diffusion Models",
        "2024-09-24",
        True,
    )
    assert len(post["papers"]) == 8
    assert ran.json["skipped"] == []
    assert ran.json["counts"] == {
        "fetched": 8,
        "new": 8,
        "known": 0,
        "updated": 0,
        "digested": 8,
        "from_memo": 0,
    }
    assert set(ran.json["seconds"]) == {"fetch", "summarize", "write", "site"}


def test_the_same_papers_under_another_topic_are_summarised_once(digestgen: Digestgen) -> None:
    digestgen(*SAMPLE)

    ran = digestgen(*SAMPLE[:4], "Generative Models", "--date", "2024-09-24", "--json")

    assert ran.json["counts"]["new"] == 8
    assert (ran.json["counts"]["digested"], ran.json["counts"]["from_memo"]) == (0, 8)


def test_new_papers_of_the_day_join_the_post_and_old_blocks_stay_as_they_are(
    digestgen: Digestgen, folder: Path
) -> None:
    digestgen(*SAMPLE, "--limit", "3")
    before = blocks(folder / POST)

    ran = digestgen(*SAMPLE, "--json")

    after = blocks(folder / POST)
    assert (ran.json["counts"]["new"], ran.json["counts"]["known"]) == (5, 3)
    assert len(after) == 8
    assert {key: after[key] for key in before} == before


def test_a_post_edited_by_hand_is_left_alone_and_new_papers_go_beside_it(
    digestgen: Digestgen, folder: Path
) -> None:
    digestgen(*SAMPLE, "--limit", "3")
    edited = (folder / POST).read_text() + "\nmy own words\n"
    (folder / POST).write_text(edited)

    ran = digestgen(*SAMPLE)
    again = digestgen(*SAMPLE)

    assert (folder / POST).read_text() == edited
    assert len(blocks(folder / "content/posts/2024-09-24-diffusion-models-2.md")) == 5
    assert "2024-09-24-diffusion-models.md was edited by hand and is left alone" in ran.err
    assert "no new papers, 8 papers known already" in again.out


def test_papers_of_an_earlier_day_are_not_published_again(
    digestgen: Digestgen, folder: Path
) -> None:
    digestgen(*SAMPLE, "--limit", "3")

    ran = digestgen(*SAMPLE[:-1], "2024-09-25", "--json")

    [post] = ran.json["posts"]
    assert ran.json["counts"]["known"] == 3
    assert len(post["papers"]) == 5
    assert len(blocks(folder / POST)) == 3


def test_a_limit_that_cuts_papers_off_says_so(digestgen: Digestgen) -> None:
    ran = digestgen(*SAMPLE, "--limit", "3")

    assert "5 more papers would match; the limit is 3 a day" in ran.err


def test_the_limit_is_a_days_so_a_second_run_changes_no_byte(
    digestgen: Digestgen, folder: Path
) -> None:
    digestgen(*SAMPLE, "--limit", "3")
    before = tree(folder)

    digestgen(*SAMPLE, "--limit", "3")

    assert tree(folder) == before


def test_what_a_days_limit_left_out_is_in_the_next_days_post(
    digestgen: Digestgen, folder: Path
) -> None:
    digestgen(*SAMPLE, "--limit", "3")

    ran = digestgen(*SAMPLE[:-1], "2024-09-25", "--limit", "3", "--json")

    assert (ran.json["counts"]["known"], ran.json["counts"]["new"]) == (3, 3)


def test_force_makes_the_days_papers_again_with_todays_template(
    digestgen: Digestgen, folder: Path
) -> None:
    digestgen(*SAMPLE)
    template = folder / "templates/hexo/paper.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text("## {{ title }}\n\nmine\n")

    plain = digestgen(*SAMPLE)
    before = (folder / POST).read_text()
    forced = digestgen(*SAMPLE, "--force", "--json")

    assert "no new papers" in plain.out
    assert "\nmine\n" not in before
    assert (folder / POST).read_text().count("\nmine\n") == 8
    assert (forced.json["counts"]["digested"], forced.json["counts"]["from_memo"]) == (8, 0)


def test_force_leaves_an_edited_post_alone(digestgen: Digestgen, folder: Path) -> None:
    digestgen(*SAMPLE)
    (folder / POST).write_text((folder / POST).read_text() + "\nmy own words\n")
    before = tree(folder / "content")

    ran = digestgen(*SAMPLE, "--force")

    assert ran.code == 0
    assert tree(folder / "content") == before


def test_a_third_post_follows_when_two_were_edited(digestgen: Digestgen, folder: Path) -> None:
    for number, limit in enumerate(("2", "4"), start=1):
        digestgen(*SAMPLE, "--limit", limit)
        stem = POST.stem if number == 1 else f"{POST.stem}-{number}"
        post = folder / POST.with_name(f"{stem}.md")
        post.write_text(post.read_text() + "\nmy own words\n")

    ran = digestgen(*SAMPLE, "--json")

    assert [len(post["papers"]) for post in ran.json["posts"]] == [2, 2, 4]
    assert [post["written"] for post in ran.json["posts"]] == [False, False, True]


def test_a_topic_whose_name_ends_in_a_number_keeps_its_post(
    digestgen: Digestgen, folder: Path
) -> None:
    build = ("build", "--source", "sample", "--date", "2024-09-24", "--topic")
    digestgen(*build, "GAN 2")
    mine = (folder / "content/posts/2024-09-24-gan-2.md").read_text()
    digestgen(*build, "GAN", "--limit", "2")
    post = folder / "content/posts/2024-09-24-gan.md"
    post.write_text(post.read_text() + "\nmy own words\n")

    digestgen(*build, "GAN")

    assert (folder / "content/posts/2024-09-24-gan-2.md").read_text() == mine
    assert len(blocks(folder / "content/posts/2024-09-24-gan-3.md")) == 6


def test_a_post_keeps_its_language(digestgen: Digestgen, folder: Path) -> None:
    digestgen(*SAMPLE, "--limit", "3")

    digestgen(*SAMPLE, "--lang", "en")

    assert "Key Takeaways" not in (folder / POST).read_text()
    assert len(blocks(folder / POST)) == 8


def test_an_edit_during_the_run_is_not_overwritten(digestgen: Digestgen, folder: Path) -> None:
    digestgen(*SAMPLE, "--limit", "3")
    (folder / "meddling.py").write_text(
        "from pathlib import Path\n"
        "from digestgen.sources.sample import SampleSource\n"
        "class Source(SampleSource):\n"
        "    def fetch(self, topic, window):\n"
        f"        with Path({str(folder / POST)!r}).open('a') as post: post.write('mine')\n"
        "        return super().fetch(topic, window)\n"
        "def create(options, tools): return Source()\n"
    )

    ran = digestgen(*SAMPLE, "--source", "meddling:create")

    assert ran.code == 0, ran.err
    assert (folder / POST).read_text().endswith("mine")
    assert len(blocks(folder / POST.with_name(f"{POST.stem}-2.md"))) == 5


def test_posts_moved_to_a_sub_folder_are_still_published(
    digestgen: Digestgen, folder: Path
) -> None:
    digestgen(*SAMPLE)
    (folder / "content/posts/2024").mkdir()
    (folder / POST).rename(folder / "content/posts/2024" / POST.name)

    ran = digestgen(*SAMPLE)

    assert "no new papers, 8 papers known already" in ran.out
    assert not (folder / POST).exists()


def test_what_a_killed_run_left_behind_is_swept(digestgen: Digestgen, folder: Path) -> None:
    leftover = folder / "content/posts/.digestgen-x.tmp"
    leftover.parent.mkdir(parents=True)
    leftover.write_text("half")

    digestgen(*SAMPLE)

    assert not leftover.exists()


def test_a_dry_run_lists_the_papers_and_writes_nothing(digestgen: Digestgen, folder: Path) -> None:
    ran = digestgen(*SAMPLE, "--dry-run")

    assert "would digest 8 new papers" in ran.out
    assert "sample-0001v1" in ran.out
    assert tree(folder) == {}


def test_english_labels_are_a_flag_away(digestgen: Digestgen, folder: Path) -> None:
    digestgen(*SAMPLE, "--lang", "en")

    assert "Key Takeaways" in (folder / POST).read_text()


def test_every_topic_of_the_settings_gets_its_post(digestgen: Digestgen, folder: Path) -> None:
    (folder / "digestgen.toml").write_text(
        'source = "sample"\n[[topics]]\nname = "Diffusion Models"\n[[topics]]\nname = "扩散模型"\n',
        encoding="utf-8",
    )

    ran = digestgen("build", "--date", "2024-09-24", "--json")

    assert [post["path"] for post in ran.json["posts"]] == [
        "content/posts/2024-09-24-diffusion-models.md",
        "content/posts/2024-09-24-kuo-san-mo-xing.md",
    ]


def test_no_site_leaves_the_preview_alone(digestgen: Digestgen, folder: Path) -> None:
    digestgen(*SAMPLE, "--no-site")

    assert not (folder / "site").exists()


def test_folders_can_be_named(digestgen: Digestgen, folder: Path) -> None:
    digestgen(*SAMPLE, "--content", "my posts", "--site", "out")

    assert (folder / "my posts" / "posts").is_dir()
    assert (folder / "out" / "index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build",), "there is no topic to build"),
        (("build", "--topic", " "), "is missing or empty"),
        (("build", "--topic", "x", "--source", "arxi"), "source: there is no 'arxi'"),
        (("build", "--topic", "x", "--format", "heox"), "format: there is no 'heox'"),
        (
            ("build", "--topic", "x", "--summarizer", "nowhere:create"),
            "'nowhere:create' cannot be loaded",
        ),
        (("build", "--topic", "x", "--source", "json:loads"), "'json:loads' cannot be started"),
        (("build", "--topic", "x", "--source", "builtins:dir"), "'builtins:dir' cannot be started"),
        (("build", "--topic", "x", "--limit", "0"), "limit: wants a whole number"),
        (
            ("build", "--topic", "a/b", "--topic", "a:b"),
            "would share its posts with the topic 'a/b'",
        ),
        (("build", "--topic", "x", "--site", "content"), "one lies in the other"),
        (("build", "--topic", "x", "--content", "site/in"), "one lies in the other"),
        (("build", "--topic", "x", "--date", "0005-01-01"), "wants a date from 1991 to 2100"),
        (("build", "--topic", "x", "--since", "3x"), "or days back as 7d"),
        (("build", "--topic", "x", "--source", "broken:create"), "ZeroDivisionError"),
        (("build", "--topic", "x", "--date", "24.9.2024"), "wants a date as 2024-09-24"),
        (("build", "--topic", "x", "--since", "2030-01-01"), "before it begins"),
        (("build", "--topic", "x", "--topic", "y", "--query", "z"), "narrow one topic"),
        (("bild",), "invalid choice"),
        ((), "required"),
    ],
)
def test_a_wrong_command_is_refused_with_exit_code_2(
    digestgen: Digestgen, folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    (folder / "broken.py").write_text("1 / 0")

    ran = digestgen(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_a_content_folder_that_cannot_be_written_ends_with_exit_code_3(
    digestgen: Digestgen, folder: Path
) -> None:
    (folder / "content").write_text("a file")

    ran = digestgen(*SAMPLE)

    assert ran.code == 3
    assert "cannot be written" in ran.err
    assert "hint:" in ran.err


def test_a_preview_that_cannot_be_written_does_not_hide_the_posts(
    digestgen: Digestgen, folder: Path
) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("mine")

    ran = digestgen(*SAMPLE)

    assert ran.code == 3
    assert "8 new papers in content/posts/2024-09-24-diffusion-models.md" in ran.out
    assert "was not made by digestgen" in ran.err
    assert (folder / "site" / "index.html").read_text() == "mine"


def test_a_post_without_a_day_is_told_and_left_out_of_the_preview(
    digestgen: Digestgen, folder: Path
) -> None:
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/posts/about.md").write_text("about me")

    ran = digestgen(*SAMPLE)

    assert ran.code == 0
    assert "about.md" in ran.err


def test_a_post_that_cannot_be_read_stops_the_build_with_exit_code_1(
    digestgen: Digestgen, folder: Path
) -> None:
    (folder / "content" / "posts").mkdir(parents=True)
    (folder / "content" / "posts" / "x.md").write_text("---\na: [\n---\n")

    ran = digestgen(*SAMPLE)

    assert ran.code == 1
    assert "x.md:3: front matter cannot be read" in ran.err


def without_times(path: Path) -> str:
    """The text of a post but for what tells when it was written."""
    return re.sub(r"(?m)^(updated:|  updated:|  hash:).*$", r"\1", path.read_text())


def blocks(path: Path) -> dict[str, str]:
    """The blocks of a post by their anchor."""
    text = path.read_text(encoding="utf-8").split('<div id="skipped"></div>')[0]
    parts = text.split('<div id="paper-')[1:]
    return {part.split('"')[0]: part.strip() for part in parts}
