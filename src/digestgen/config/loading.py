"""This module puts the layers of the settings together.

Later layers win: defaults, ``digestgen.toml``, ``DIGESTGEN_*``, flags. It reads no file and no
environment; both are handed in.
"""

import tomllib
from collections.abc import Mapping
from typing import get_args
from urllib.parse import urlsplit

from digestgen.config.checking import choice, explain, join, keys, make, refuse_unknown
from digestgen.config.settings import (
    ARXIV_PAUSE,
    LONGEST_NAME,
    SECTIONS,
    ArxivSettings,
    BuildSettings,
    CacheSettings,
    Config,
    HexoSettings,
    LlmSettings,
    PreviewSettings,
    TopicSettings,
)
from digestgen.errors import ConfigError
from digestgen.model import Lang, Topic
from digestgen.text import slugify, squeeze


def load(
    toml: str, *, path: str, environ: Mapping[str, str], flags: Mapping[str, object]
) -> Config:
    """Return the settings; ``flags`` maps a setting's path, as ``arxiv.interval``, to a value.

    Raises:
        ConfigError: a key is unknown, or a value is not what the setting wants.
    """
    tables = _tables(toml, path)
    topics = tables[""].pop("topics", [])
    refuse_unknown(tables[""], keys(BuildSettings), "")
    origins: dict[str, str] = {}
    values: dict[str, dict[str, object]] = {}
    for section, cls in SECTIONS.items():
        refuse_unknown(tables[section], keys(cls), section)
        values[section] = {}
        for key in keys(cls):
            full = join(section, key)
            layers = (
                (path, tables[section].get(key)),
                (variable(full), environ.get(variable(full)) or None),
                ("command line", flags.get(full)),
            )
            for place, value in layers:
                if value is not None:
                    values[section][key], origins[full] = value, place
    build = make(BuildSettings, values[""], "")
    return Config(
        build=build,
        arxiv=_polite(make(ArxivSettings, values["arxiv"], "arxiv")),
        llm=make(LlmSettings, values["llm"], "llm"),
        hexo=make(HexoSettings, values["hexo"], "hexo"),
        preview=make(PreviewSettings, values["preview"], "preview"),
        cache=make(CacheSettings, values["cache"], "cache"),
        topics=_topics(topics, build),
        origins=origins,
    )


def setting_paths(section: str) -> tuple[str, ...]:
    """Return the full path of each setting of a section, as ``arxiv.interval``."""
    return tuple(join(section, key) for key in keys(SECTIONS[section]))


def explanation(section: str, path: str) -> str:
    """Return the line that explains a setting."""
    return explain(SECTIONS[section], path.rpartition(".")[2])


def variable(path: str) -> str:
    """Return the environment variable that sets a setting."""
    return "DIGESTGEN_" + path.upper().replace(".", "_")


def make_topic(settings: TopicSettings, build: BuildSettings, *, path: str = "topic") -> Topic:
    """Return a topic, with the values of ``build`` where it says nothing.

    Raises:
        ConfigError: it has no name, or nothing that could be searched for.
    """
    name = squeeze(settings.name)
    if not name:
        raise ConfigError(
            f"{path}.name: is missing or empty", hint='write name = "Diffusion Models"'
        )
    if len(name) > LONGEST_NAME:
        raise ConfigError(
            f"{path}.name: wants at most {LONGEST_NAME} characters, got {len(name)}",
            hint="give it a short name, and say what to search for with phrases or query",
        )
    if settings.slug and settings.slug != slugify(settings.slug):
        raise ConfigError(
            f"{path}.slug: wants a-z, 0-9 and '-', got {settings.slug!r}",
            hint=f'write slug = "{slugify(settings.slug)}"',
        )
    phrases = (name,) if settings.phrases is None else settings.phrases
    if not (phrases or settings.query or settings.categories):
        raise ConfigError(
            f"{path}: has nothing to search for", hint="give it phrases, a query or categories"
        )
    language = choice(settings.language or build.language, get_args(Lang), f"{path}.language")
    return Topic(
        name=name,
        slug=settings.slug or slugify(name),
        phrases=phrases,
        query=settings.query,
        categories=settings.categories,
        limit=settings.limit or build.limit,
        window_days=settings.window or build.window,
        lang="en" if language == "en" else "zh",
        tags=settings.tags or (name,),
    )


def _tables(toml: str, path: str) -> dict[str, dict[str, object]]:
    try:
        top = tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}", hint="see https://toml.io") from error
    tables = {"": top}
    for section in filter(None, SECTIONS):
        tables[section] = top.pop(section, {})
        if not isinstance(tables[section], dict):
            raise ConfigError(f"{section}: wants a table", hint=f"write [{section}]")
    return tables


def _topics(raw: object, build: BuildSettings) -> tuple[Topic, ...]:
    if not isinstance(raw, list) or not all(isinstance(table, dict) for table in raw):
        raise ConfigError("topics: wants a list of tables", hint="write [[topics]] above each")
    topics: list[Topic] = []
    for number, table in enumerate(raw):
        path = f"topics[{number}]"
        refuse_unknown(table, keys(TopicSettings), path)
        topic = make_topic(make(TopicSettings, table, path), build, path=path)
        for earlier, other in enumerate(topics):
            if other.slug == topic.slug:
                raise ConfigError(
                    f"{path}: shares the file name {topic.slug!r} with topics[{earlier}]",
                    hint=f'give it another: slug = "{topic.slug}-2"',
                )
        topics.append(topic)
    return tuple(topics)


def _polite(arxiv: ArxivSettings) -> ArxivSettings:
    host = (urlsplit(arxiv.api_url).hostname or "").rstrip(".")
    if arxiv.interval < ARXIV_PAUSE and (host == "arxiv.org" or host.endswith(".arxiv.org")):
        raise ConfigError(
            f"arxiv.interval: wants at least {ARXIV_PAUSE:g} for {host}, got {arxiv.interval:g}",
            hint="arXiv asks for one request every three seconds; only other servers take less",
        )
    return arxiv
