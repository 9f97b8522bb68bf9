"""This module is `digestgen init`: a new blog folder with commented settings and a schedule."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from digestgen import HOMEPAGE, __version__
from digestgen.config import SECTIONS, BuildSettings, TopicSettings
from digestgen.config.checking import explain, keys
from digestgen.console import Console
from digestgen.errors import ConfigError
from digestgen.files import output_errors, write_atomic
from digestgen.templating import Templates

_FILES = {
    ".gitignore": "init/gitignore.j2",
    ".github/workflows/digest.yml": "init/digest.yml.j2",
    "content/posts/.gitkeep": "init/gitkeep.j2",
    # Last, because it is what makes a folder a blog.
    "digestgen.toml": "init/digestgen.toml.j2",
}
# What has no default that could be written down.
_TOPIC = TopicSettings(name="Another Topic", slug="another-topic", phrases=("Another Topic",))


def init_command(target: Path, console: Console) -> int:
    """Make a blog folder and say what to do next; return the exit code."""
    for path in init(target, Templates()):
        console.result(f"made {path}")
    console.note(f"next: cd {target}, edit digestgen.toml, digestgen build")
    return 0


def init(target: Path, templates: Templates) -> tuple[Path, ...]:
    """Write the files of a new blog and return their paths; all of them or none.

    Raises:
        ConfigError: a file stands there already, or the target is no folder.
        OutputError: a file cannot be written.
    """
    values = _values()
    files = {
        target / name: templates.verbatim(template, values).encode()
        for name, template in _FILES.items()
    }
    with output_errors(target):
        _refuse_standing(target, files)
        missing = {parent for path in files for parent in path.parents if not parent.exists()}
    written: list[Path] = []
    try:
        for path, content in files.items():
            written.append(path)
            write_atomic(path, content)
    except BaseException:
        _remove(written, missing)
        raise
    return tuple(files)


def _refuse_standing(target: Path, files: Mapping[Path, bytes]) -> None:
    if target.exists() and not target.is_dir():
        raise ConfigError(f"{target}: is not a folder", hint="name another: digestgen init DIR")
    for path in files:
        if os.path.lexists(path):
            raise ConfigError(
                f"{path}: exists already, and nothing is overwritten",
                hint="move it away, or name a new folder: digestgen init DIR",
            )


def _remove(files: list[Path], folders: set[Path]) -> None:
    for path in files:
        with suppress(OSError):
            path.unlink()
    for folder in sorted(folders, reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _values() -> dict[str, object]:
    return {
        "version": __version__,
        "homepage": HOMEPAGE,
        "build": _settings(BuildSettings()),
        "sections": [
            {"name": name, "settings": _settings(section())}
            for name, section in SECTIONS.items()
            if name
        ],
        "topic": _settings(_TOPIC),
    }


def _settings(section: object) -> list[dict[str, str]]:
    return [
        {
            "key": key,
            "explanation": explain(type(section), key),
            "value": _toml(getattr(section, key)),
        }
        for key in keys(type(section))
    ]


def _toml(value: object) -> str:
    """Return a default as TOML, which writes texts, numbers and lists as JSON does.

    It has no word for a setting that is not set, so that is empty.
    """
    if value is None:
        return ""
    if isinstance(value, Mapping):
        assert not value, "no setting has a default table"
        return "{}"
    return json.dumps(value, ensure_ascii=False)
