"""This module finds a project: its folder, its settings, and where its parts lie."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from digestgen.config import Config, Secret, load, variable
from digestgen.errors import ConfigError

SETTINGS_FILE = "digestgen.toml"
LLM_KEY = variable("llm.api_key")
_FOLDERS = ("content", "site", "templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the process was started with; ``now`` is local time, with its zone."""

    cwd: Path
    environ: Mapping[str, str] = field(repr=False)  # a key may be in it
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A blog's folder and settings; ``settings_file`` is None when there is none."""

    root: Path
    settings_file: Path | None
    config: Config

    @property
    def content(self) -> Path:
        """Return the folder of the posts."""
        return self.root / self.config.build.content

    @property
    def site(self) -> Path:
        """Return the folder of the preview."""
        return self.root / self.config.build.site

    @property
    def templates(self) -> Path:
        """Return the folder of the user's own templates, which need not exist."""
        return self.root / self.config.build.templates

    @property
    def cache(self) -> Path:
        """Return the folder of the memo."""
        chosen = self.config.cache.dir
        if chosen:
            return self.root / chosen
        from platformdirs import user_cache_path  # the site needs no cache

        return user_cache_path("digestgen")


def open_project(around: Surroundings, flags: Mapping[str, object]) -> Project:
    """Return the project of the current folder, or of DIGESTGEN_CONFIG.

    Folders given by flag are relative to the current folder, those in the settings file to it.

    Raises:
        ConfigError: the settings cannot be read or are wrong.
    """
    file = _settings_file(around)
    here = {
        key: str(around.cwd / str(value)) if key in _FOLDERS else value
        for key, value in flags.items()
        if value is not None
    }
    config = load(
        _read(file) if file else "",
        path=file.name if file else SETTINGS_FILE,
        environ=around.environ,
        flags=here,
    )
    project = Project(root=file.parent if file else around.cwd, settings_file=file, config=config)
    _refuse_one_in_the_other(project.content.resolve(), project.site.resolve())
    return project


def _refuse_one_in_the_other(content: Path, site: Path) -> None:
    if content.is_relative_to(site) or site.is_relative_to(content):
        raise ConfigError(
            f"content {content} and site {site}: one lies in the other",
            hint="keep the posts and the preview in two folders side by side",
        )


def require_posts(project: Project) -> None:
    """Raise a ConfigError when there is no folder of posts at all."""
    if not project.content.is_dir():
        raise ConfigError(
            f"{project.content}: there is no folder of posts",
            hint="run `digestgen build` first, or name the folder with --content",
        )


def llm_key(around: Surroundings) -> Secret:
    """Return the key for the language model's server, empty without one."""
    return Secret(around.environ.get(LLM_KEY, ""))


def short(path: Path, around: Surroundings) -> Path:
    """Return a path as a person in the current folder would write it."""
    return path.relative_to(around.cwd) if path.is_relative_to(around.cwd) else path


def _settings_file(around: Surroundings) -> Path | None:
    named = around.environ.get(variable("config"))
    if named:
        return (around.cwd / named).resolve()
    for folder in (around.cwd, *around.cwd.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder / SETTINGS_FILE
    return None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 text", hint="save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read: {(error.strerror or str(error)).lower()}",
            hint="run `digestgen init` for a commented one, or correct DIGESTGEN_CONFIG",
        ) from error
