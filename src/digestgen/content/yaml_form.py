"""This module turns front matter into YAML and back.

It quotes every string as JSON, which is YAML that no engine misreads.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import yaml
from frontmatter.default_handlers import YAMLHandler

from digestgen import escaping

_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_WORDS_OF_YAML = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """YAML that is no mapping: at which line, counted from 0, and why."""

    line: int
    reason: str


class JsonScalars(YAMLHandler):
    """python-frontmatter's YAML, with every string written as a JSON string."""

    def export(self, metadata: Mapping[str, object], **_: object) -> str:
        """Return block YAML whose lists of mappings have one flow mapping a line."""
        return "".join(_block(key, value, "") for key, value in metadata.items())


def load(source: str) -> dict[str, object] | Broken:
    """Return YAML as a mapping, or why it is none."""
    try:
        loaded = JsonScalars().load(source) if source.strip() else {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        return Broken(line=line, reason=error.problem or "not valid YAML")
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else "not valid YAML"
        return Broken(line=0, reason=reason)
    if not isinstance(loaded, dict):
        return Broken(line=0, reason="not a mapping of keys to values")
    return {str(key): value for key, value in loaded.items()}


def dump(meta: Mapping[str, object]) -> str:
    """Return block YAML; lists of mappings have one flow mapping a line."""
    return JsonScalars().export(meta)


def _block(key: str, value: object, indent: str) -> str:
    if isinstance(value, Mapping) and value:
        inner = "".join(_block(str(k), v, indent + "  ") for k, v in value.items())
        return f"{indent}{_key(key)}:\n{inner}"
    members = _members(value)
    if any(isinstance(member, Mapping) for member in members):
        lines = "".join(f"{indent}  - {_flow(member)}\n" for member in members)
        return f"{indent}{_key(key)}:\n{lines}"
    return f"{indent}{_key(key)}: {_flow(value)}\n"


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(k))}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(member) for member in value) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    return escaping.yaml(str(value))


def _members(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _key(key: str) -> str:
    plain = _BARE_KEY.match(key) and key.lower() not in _WORDS_OF_YAML
    return key if plain else escaping.yaml(key)
