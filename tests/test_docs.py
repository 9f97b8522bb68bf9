"""The docs name everything that there is, and nothing that there is not."""

import argparse
import re
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from digestgen import arguments
from digestgen.config import SECTIONS, TopicSettings, load, setting_paths, variable

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SETTING_KEYS = [(section, path) for section in SECTIONS for path in setting_paths(section)]


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command by its name."""
    [subparsers] = [
        action for action in arguments.parser()._actions if isinstance(action.choices, Mapping)
    ]
    return dict(subparsers.choices or {})


def flags(parser: argparse.ArgumentParser) -> set[str]:
    """The long flags of a command, without --help."""
    options = {option for action in parser._actions for option in action.option_strings}
    return {option for option in options if option.startswith("--")} - {"--help"}


def shown(text: str) -> list[list[str]]:
    """The commands in the shell examples of a page, split into words, without comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    steps = [step for line in lines for step in re.split(r"&&|>", line.split("# ")[0])]
    return [words for step in steps if (words := shlex.split(step))]


@pytest.mark.parametrize("name", commands())
def test_a_command_and_its_flags_are_described_and_nothing_else(name: str) -> None:
    section = re.search(
        rf"^## digestgen {name}\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL
    )

    assert section is not None
    described = section[1].split("```json")[0]
    assert set(re.findall(r"--[a-z][a-z-]+", described)) == flags(commands()[name])


def test_no_command_is_described_that_does_not_exist() -> None:
    assert re.findall(r"^## digestgen (\S+)", COMMANDS, re.MULTILINE) == list(commands())


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_example_is_a_command_that_is_understood(path: Path) -> None:
    examples = shown(path.read_text(encoding="utf-8"))
    for words in examples:
        if words[0] == "digestgen":
            arguments.parser().parse_args(words[1:])
    targets = {words[1] for words in examples if words[0] == "make"}

    assert {target for target in targets if f"\n{target}: " not in MAKEFILE} == set()


@pytest.mark.parametrize(("section", "path"), SETTING_KEYS, ids=lambda key: key)
def test_a_setting_stands_in_its_table_with_variable_default_and_explanation(
    section: str, path: str
) -> None:
    key = path.rpartition(".")[2]
    kind, explanation, *_ = get_args(get_type_hints(SECTIONS[section], include_extras=True)[key])
    default = getattr(SECTIONS[section](), key)
    default = ", ".join(default) if isinstance(default, tuple) else default
    default = str(default).lower() if isinstance(default, bool) else default  # as TOML has it
    row = table_row(SETTINGS, path)

    assert explanation.partition(" (")[0] in row
    assert f"`{variable(path)}`" in row or not fits_a_variable(kind)
    assert f"`{default}`" in row or not default


@pytest.mark.parametrize("key", get_type_hints(TopicSettings))
def test_a_topics_setting_stands_in_its_table(key: str) -> None:
    annotated = get_type_hints(TopicSettings, include_extras=True)[key]
    explanation = str(get_args(annotated)[1]).partition(" (")[0]

    assert explanation in table_row(SETTINGS.partition("## `[[topics]]`")[2], key)


def test_the_example_of_the_settings_is_accepted() -> None:
    [example] = re.findall(r"^```toml\n(.*?)^```", SETTINGS, re.MULTILINE | re.DOTALL)

    assert len(load(example, path="digestgen.toml", environ={}, flags={}).topics) == 2


def test_every_template_is_listed_and_every_listed_one_exists() -> None:
    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    templates = ROOT / "templates"
    there = {path.relative_to(templates).as_posix() for path in templates.rglob("*.j2")}

    assert set(re.findall(r"^\| `([^`]+)`", page, re.MULTILINE)) == there
    static = {path.name for path in (templates / "site" / "static").iterdir()}
    assert {name for name in static if f"`{name}`" not in page} == set()


def test_every_room_stands_on_the_plan_and_every_room_on_the_plan_exists() -> None:
    table = ARCHITECTURE.partition("## Rooms")[2].partition("\n## ")[0]
    rooms = set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE))
    house = ROOT / "src" / "digestgen"
    modules = {path.stem for path in house.glob("*.py") if not path.stem.startswith("__")}
    packages = {f"{path.parent.name}/" for path in house.glob("*/__init__.py")}

    assert rooms == modules | packages


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_a_link_within_the_repository_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_a_line_holds_one_sentence(path: Path) -> None:
    text = re.sub(r"(?ms)^```.*?^```", "", path.read_text(encoding="utf-8"))
    prose = [line for line in text.splitlines() if line[:1].isalpha()]

    assert [line for line in prose if re.search(r"[a-z)`][.!?] [A-Z]|[。！？](?=.)", line)] == []


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        shown((ROOT / name).read_text(encoding="utf-8"))
        for name in ("README.md", "README.zh-CN.md")
    )

    assert english == chinese


def test_the_classifiers_name_the_versions_that_ci_runs() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    claimed = re.findall(r":: (3\.\d+)", "\n".join(project["classifiers"]))
    [matrix] = re.findall(r"python: \[(.*)\]", workflow)

    assert re.findall(r"3\.\d+", matrix) == claimed


def table_row(page: str, name: str) -> str:
    """The row of a table that begins with ``name``."""
    found = re.search(rf"^\| `{re.escape(name)}` \|.*$", page, re.MULTILINE)
    assert found is not None, f"{name} is in no table"
    return found[0]


def fits_a_variable(kind: object) -> bool:
    """Tell whether a setting's value can be written in a variable."""
    return "Mapping" not in str(kind)
