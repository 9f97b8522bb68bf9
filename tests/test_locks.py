"""The lock files hold what pyproject.toml asks for, for everyone, and nothing of one machine."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = {
    "run.txt": PROJECT["project"]["dependencies"],
    "dev.txt": PROJECT["project"]["dependencies"]
    + PROJECT["dependency-groups"]["dev"]
    + PROJECT["build-system"]["requires"],
    "model.txt": PROJECT["dependency-groups"]["model"],
}


def locked(name: str) -> dict[str, Requirement]:
    """The pinned packages of a lock file by their names."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    pins = [Requirement(line.rstrip(" \\")) for line in text.splitlines() if "==" in line]
    return {canonicalize_name(pin.name): pin for pin in pins}


@pytest.mark.parametrize("name", NEEDED)
def test_a_lock_holds_a_fitting_version_of_all_that_is_asked_for(name: str) -> None:
    pins = locked(name)
    wanted = [Requirement(line) for line in NEEDED[name]]
    unfit = [
        str(want)
        for want in wanted
        if (pin := pins.get(canonicalize_name(want.name))) is None
        or not want.specifier.contains(next(iter(pin.specifier)).version)
    ]

    assert unfit == []


def test_who_tests_runs_the_versions_that_users_install() -> None:
    run, dev = locked("run.txt"), locked("dev.txt")
    other = [name for name in run if name not in dev or dev[name].specifier != run[name].specifier]

    assert other == []


@pytest.mark.parametrize("name", NEEDED)
def test_a_lock_has_a_hash_for_every_package_and_no_place_to_fetch_it_from(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())

    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"https?://|^-|file:|@ |/\w+/", text, re.MULTILINE) == []
