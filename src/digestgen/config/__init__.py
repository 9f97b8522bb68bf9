"""This package holds the settings: typed, frozen, checked, each with the place it came from."""

from digestgen.config.loading import explanation, load, make_topic, setting_paths, variable
from digestgen.config.secret import Secret
from digestgen.config.settings import (
    ARXIV_PAUSE,
    MOST_PAPERS,
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

__all__ = [
    "ARXIV_PAUSE",
    "MOST_PAPERS",
    "SECTIONS",
    "ArxivSettings",
    "BuildSettings",
    "CacheSettings",
    "Config",
    "HexoSettings",
    "LlmSettings",
    "PreviewSettings",
    "Secret",
    "TopicSettings",
    "explanation",
    "load",
    "make_topic",
    "setting_paths",
    "variable",
]
