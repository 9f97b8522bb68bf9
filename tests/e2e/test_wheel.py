"""What `pip install` gives: the wheel made from the sdist, in a venv of its own."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from digestgen import __version__

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Installed:
    """A built wheel, the sdist it was made from, and the venv that holds it."""

    sdist: Path
    wheel: Path
    venv: Path

    def run(self, *command: str, folder: Path) -> str:
        """Run a program of the venv in ``folder`` and return what it prints."""
        environ = {"PATH": os.defpath, "DIGESTGEN_CACHE_DIR": str(self.venv / "cache")}
        program, *arguments = command
        done = subprocess.run(
            [self.venv / "bin" / program, *arguments],
            cwd=folder,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, installed where only its dependencies are lent by the running Python."""
    folder = tmp_path_factory.mktemp("wheel")
    python("-m", "build", "--no-isolation", "--outdir", folder / "dist", ROOT)
    [sdist] = (folder / "dist").glob("*.tar.gz")
    [wheel] = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", symlinks=True)
    target = folder / "venv" / "bin" / "python"
    python("-m", "pip", "--python", target, "install", "--no-index", "--no-deps", wheel)
    [packages] = (folder / "venv").glob("lib/python*/site-packages")
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "lent.pth").write_text("\n".join(sorted(lent)))
    return Installed(sdist=sdist, wheel=wheel, venv=folder / "venv")


def python(*arguments: str | Path) -> None:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_sdist_holds_what_the_wheel_is_made_of_and_nothing_else(installed: Installed) -> None:
    with tarfile.open(installed.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert "templates/hexo/paper.md.j2" in names
    # hatchling puts .gitignore into every sdist.
    assert {name.split("/")[0] for name in names} == {
        *("src", "templates", "pyproject.toml", "PKG-INFO", ".gitignore"),
        *("README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE"),
    }


def test_the_wheel_holds_the_package_with_its_templates_and_nothing_else(
    installed: Installed,
) -> None:
    names = set(ZipFile(installed.wheel).namelist())
    templates = {
        f"digestgen/templates/{path.relative_to(ROOT / 'templates').as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }

    assert templates <= names
    assert "digestgen/py.typed" in names
    assert {name.split("/")[0] for name in names} == {
        "digestgen",
        f"digestgen-{__version__}.dist-info",
    }


def test_the_installed_program_is_the_one_from_the_wheel(
    installed: Installed, tmp_path: Path
) -> None:
    place = installed.run(
        "python", "-c", "import digestgen; print(digestgen.__file__)", folder=tmp_path
    )

    assert Path(place).is_relative_to(installed.venv)
    assert installed.run("digestgen", "--version", folder=tmp_path) == f"digestgen {__version__}\n"


def test_a_digest_is_built_in_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    installed.run(
        *("digestgen", "build", "--source", "sample", "--topic", "Diffusion Models"),
        *("--date", "2024-09-24"),
        folder=tmp_path,
    )

    assert (tmp_path / "content" / "posts" / "2024-09-24-diffusion-models.md").is_file()
    assert (tmp_path / "site" / "index.html").is_file()
    assert (tmp_path / "site" / "feed.xml").is_file()


def test_a_new_blog_is_made_from_the_wheels_templates(installed: Installed, tmp_path: Path) -> None:
    installed.run("digestgen", "init", "blog", folder=tmp_path)

    assert (tmp_path / "blog" / "digestgen.toml").is_file()
