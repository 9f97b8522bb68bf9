"""This module finds plug-ins: a built-in by its name, any other as ``package.module:create``."""

import importlib
import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path

from digestgen.errors import ConfigError, DigestgenError
from digestgen.model import Lang
from digestgen.ports import (
    MultilingualSummarizer,
    Options,
    OutputFormat,
    Source,
    Summarizer,
    Tools,
)

_SOURCES = {"arxiv": "digestgen.sources.arxiv", "sample": "digestgen.sources.sample"}
_SUMMARIZERS = {
    "extractive": "digestgen.summarize.extractive",
    "llm": "digestgen.summarize.llm",
}
_FORMATS = {"hexo": "digestgen.formats.hexo"}


def source(name: str, options: Options, tools: Tools) -> Source:
    """Return the source called ``name``.

    Raises:
        ConfigError: there is none, or it cannot be loaded.
    """
    made = _make(name, "source", _SOURCES, options, tools)
    if not isinstance(made, Source):
        raise _not_one(made, name, "source")
    return made


def summarizer(name: str, options: Options, tools: Tools) -> Summarizer:
    """Return the summarizer called ``name``; raises as ``source``."""
    made = _make(name, "summarizer", _SUMMARIZERS, options, tools)
    if not isinstance(made, Summarizer):
        raise _not_one(made, name, "summarizer")
    return made


def in_language(made: Summarizer, lang: Lang) -> Summarizer:
    """Return a summarizer as it writes in a language; one that only quotes as it is."""
    return made.in_language(lang) if isinstance(made, MultilingualSummarizer) else made


def output_format(name: str, options: Options, tools: Tools) -> OutputFormat:
    """Return the blog engine's format called ``name``; raises as ``source``."""
    made = _make(name, "format", _FORMATS, options, tools)
    if not isinstance(made, OutputFormat):
        raise _not_one(made, name, "format")
    return made


def look_in(folder: Path) -> None:
    """Let plug-ins be modules in ``folder``, after everything that is installed."""
    if str(folder) not in sys.path:
        sys.path.append(str(folder))


def _make(
    name: str, kind: str, built_in: Mapping[str, str], options: Options, tools: Tools
) -> object:
    factory = _factory(name, kind, built_in)
    try:
        return factory(options, tools)
    except DigestgenError:
        raise
    except Exception as error:  # a plug-in may raise anything
        raise ConfigError(
            f"{kind}: {name!r} cannot be started: {type(error).__name__}: {error}",
            hint="a plug-in is a function of (options, tools); see digestgen.ports",
        ) from error


def _factory(
    name: str, kind: str, built_in: Mapping[str, str]
) -> Callable[[Options, Tools], object]:
    module_name, _, attribute = name.partition(":")
    if name in built_in:
        module_name, attribute = built_in[name], "create"
    elif not attribute:
        close = get_close_matches(name, built_in, n=1)
        raise ConfigError(
            f"{kind}: there is no {name!r}",
            hint=f"did you mean {close[0]!r}?"
            if close
            else f"use {', '.join(built_in)} or package.module:create",
        )
    try:
        factory: Callable[[Options, Tools], object] = getattr(
            importlib.import_module(module_name), attribute
        )
    except Exception as error:  # a module may raise anything while it is imported
        raise ConfigError(
            f"{kind}: {name!r} cannot be loaded: {type(error).__name__}: {error}",
            hint="a plug-in is named package.module:create and must be importable",
        ) from error
    return factory


def _not_one(made: object, name: str, kind: str) -> ConfigError:
    return ConfigError(
        f"{kind}: {name!r} made a {type(made).__name__}, which is no {kind}",
        hint="digestgen.ports says what a plug-in must do",
    )
