"""`digestgen init`: what it writes, and what it refuses."""

import re
import resource
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from digestgen.commands.init import init
from digestgen.config import Config, load
from digestgen.errors import ConfigError, OutputError
from digestgen.templating import Templates

FILES = {".gitignore", ".github/workflows/digest.yml", "content/posts/.gitkeep", "digestgen.toml"}


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}


def load_text(toml: str) -> Config:
    return load(toml, path="digestgen.toml", environ={}, flags={})


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    target = tmp_path / "a" / "my blog"
    init(target, Templates())
    return target


def test_a_new_blog_has_settings_a_place_for_posts_and_a_workflow(blog: Path) -> None:
    assert files_in(blog) == FILES


def test_the_paths_are_returned(tmp_path: Path) -> None:
    made = init(tmp_path, Templates())

    assert {path.relative_to(tmp_path).as_posix() for path in made} == FILES


def test_the_settings_load_and_hold_two_topics(blog: Path) -> None:
    config = load_text((blog / "digestgen.toml").read_text())

    assert [topic.slug for topic in config.topics] == [
        "diffusion-models",
        "retrieval-augmented-generation",
    ]
    assert config.origins == {}


def test_every_setting_is_there_at_its_default(blog: Path) -> None:
    settings = (blog / "digestgen.toml").read_text()
    taken_in = re.sub(r"^#(?=\w+ = |\[)", "", settings, flags=re.MULTILINE)

    config = load_text(taken_in)

    default = load_text("")
    for section in ("build", "arxiv", "llm", "hexo", "preview", "cache"):
        assert getattr(config, section) == getattr(default, section)
    assert "# (not set) budget = ...\n" in settings
    given = tomllib.loads(taken_in)
    assert set(given) > set(type(default.build).__dataclass_fields__)
    assert given["topics"][2]["name"] == config.topics[2].name == "Another Topic"


def test_every_setting_has_a_line_that_explains_it(blog: Path) -> None:
    lines = (blog / "digestgen.toml").read_text().splitlines()

    alone = [
        line
        for before, line in pairwise(lines)
        if re.match(r"#\w+ = ", line) and not re.match(r"# \w", before)
    ]

    assert alone == []


def test_the_workflow_asks_for_little_and_runs_alone(blog: Path) -> None:
    workflow = yaml.safe_load((blog / ".github/workflows/digest.yml").read_text())

    assert workflow["permissions"] == {"contents": "write"}
    assert workflow["concurrency"] == {"group": "digest", "cancel-in-progress": False}
    schedule = workflow[True]["schedule"][0]["cron"]  # YAML takes the key `on` for true
    assert not schedule.startswith("0 ")
    steps = workflow["jobs"]["digest"]["steps"]
    assert [step["uses"] for step in steps if "uses" in step] == [
        "actions/checkout@v5",
        "actions/setup-python@v6",
    ]
    assert steps[-1]["if"] == "${{ !cancelled() }}"
    assert "git add -- content" in steps[-1]["run"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_stands_there_is_named_and_nothing_is_written(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")

    with pytest.raises(ConfigError, match=re.escape(f"{tmp_path / name}: exists already")):
        init(tmp_path, Templates())
    assert files_in(tmp_path) == {name}


def test_a_link_to_nowhere_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "digestgen.toml").symlink_to(tmp_path / "nowhere")

    with pytest.raises(ConfigError, match="exists already"):
        init(tmp_path, Templates())
    assert files_in(tmp_path) == {"digestgen.toml"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "blog").write_text("")

    with pytest.raises(ConfigError, match="is not a folder"):
        init(tmp_path / "blog", Templates())


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")

    init(tmp_path, Templates())

    assert files_in(tmp_path) == {*FILES, "README.md"}


def test_a_failure_halfway_leaves_nothing(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500, limits[1]))
    try:
        with pytest.raises(OutputError, match=r"digestgen\.toml.*file too large"):
            init(tmp_path / "blog", Templates())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert list(tmp_path.iterdir()) == []
