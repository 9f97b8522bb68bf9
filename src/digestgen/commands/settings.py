"""This module is `digestgen config`: each setting, its value, and where it came from."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from digestgen.commands.project import LLM_KEY, Surroundings, llm_key, open_project
from digestgen.config import SECTIONS, Config, explanation, setting_paths
from digestgen.console import Console
from digestgen.model import Topic


def show_config(around: Surroundings, console: Console) -> int:
    """Print every setting with its value and origin, then the topics."""
    project = open_project(around, {})
    rows = [*_rows(project.config), _key_row(around)]
    topics = [_as_set(topic) for topic in project.config.topics]
    file = str(project.settings_file) if project.settings_file else None
    console.json({"file": file, "settings": rows, "topics": topics})
    console.result(f"settings file: {file or 'none (digestgen init makes one)'}")
    width = max(len(str(row["setting"])) for row in rows)
    for row in rows:
        console.result(f"{row['setting']:<{width}}  {_shown(row['value'])}  ({row['origin']})")
    for topic in project.config.topics:
        console.result(f"topic {topic.name}")
        for key, value in _as_set(topic).items():
            console.result(f"  {key:<{width - 2}}  {_shown(value)}")
    return 0


def _as_set(topic: Topic) -> dict[str, object]:
    """Return a topic by the names of its settings."""
    names = {"lang": "language", "window_days": "window"}
    return {names.get(key, key): _plain(value) for key, value in asdict(topic).items()}


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(config: Config) -> list[dict[str, object]]:
    sections = {
        "": config.build,
        "arxiv": config.arxiv,
        "llm": config.llm,
        "hexo": config.hexo,
        "preview": config.preview,
        "cache": config.cache,
    }
    return [
        {
            "setting": path,
            "value": _plain(getattr(sections[section], path.rpartition(".")[2])),
            "origin": config.origins.get(path, "default"),
            "about": explanation(section, path),
        }
        for section in SECTIONS
        for path in setting_paths(section)
    ]


def _key_row(around: Surroundings) -> dict[str, object]:
    """Say whether there is a key for the language model, never which."""
    key = llm_key(around)
    return {
        "setting": "llm.api_key",
        "value": str(key),
        "origin": LLM_KEY if key else "default",
        "about": f"the key for the model's server, from {LLM_KEY} only",
    }


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
