"""This module reads and writes the front matter of posts.

Reading keeps the body byte for byte and knows line numbers; writing quotes every string as
JSON, which is YAML that no engine misreads. It does not know what the keys mean.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import yaml
from frontmatter.default_handlers import YAMLHandler

from digestgen import escaping
from digestgen.errors import ContentError

_FENCED = re.compile(
    r"\A(?:\ufeff)?(?:[ \t]*\r?\n)*---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
# PyYAML's parser in C recurses without a bound of its own.
_DEEPEST = 500
_NESTING = re.compile(r"[][{}]")
_STAIRS = re.compile(
    rf"^(?:[ \t]*[-?:][ \t]+){{{_DEEPEST}}}|^[ \t]{{{2 * _DEEPEST}}}", re.MULTILINE
)
_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_WORDS_OF_YAML = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A post's text in two: front matter as YAML source, and the body untouched.

    ``yaml_line`` and ``body_line`` count from 1; without front matter ``yaml`` is empty.
    """

    yaml: str
    yaml_line: int
    body: str
    body_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Front matter that is no YAML mapping: at which line of the file, and why."""

    line: int
    reason: str


class JsonScalars(YAMLHandler):
    """python-frontmatter's YAML, with every string written as a JSON string."""

    def export(self, metadata: Mapping[str, object], **_: object) -> str:
        """Return block YAML whose lists of mappings have one flow mapping a line."""
        return "".join(_block(key, value, "") for key, value in metadata.items())


def split(text: str) -> Split:
    """Return front matter and body; leading blank lines and a BOM are tolerated."""
    fenced = _FENCED.match(text)
    if fenced is None:
        return Split(yaml="", yaml_line=1, body=text, body_line=1)
    return Split(
        yaml=fenced[1],
        yaml_line=text.count("\n", 0, fenced.start(1)) + 1,
        body=text[fenced.end() :],
        body_line=text.count("\n", 0, fenced.end()) + 1,
    )


def read(source: Split) -> dict[str, object] | Unreadable:
    """Return the front matter as a mapping, or why it is none."""
    if _is_deep(source.yaml):
        return Unreadable(line=source.yaml_line, reason="lists or mappings nested too deeply")
    try:
        loaded: object = JsonScalars().load(source.yaml) if source.yaml.strip() else {}
    except yaml.MarkedYAMLError as error:
        line = source.yaml_line + (error.problem_mark.line if error.problem_mark else 0)
        return Unreadable(line=line, reason=error.problem or "not valid YAML")
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else "not valid YAML"
        return Unreadable(line=source.yaml_line, reason=reason)
    if not isinstance(loaded, dict):
        return Unreadable(line=source.yaml_line, reason="not a mapping of keys to values")
    return {str(key): value for key, value in loaded.items()}


def _is_deep(source: str) -> bool:
    """Tell whether values are nested so deeply that the parser's own stack would overflow.

    Signs in texts count as well: what comes near the bound is no front matter.
    """
    depth = 0
    for sign in _NESTING.findall(source):
        depth += 1 if sign in "[{" else -1
        if depth > _DEEPEST:
            return True
    return _STAIRS.search(source) is not None


def parse(source: Split, *, path: str) -> dict[str, object]:
    """Return the front matter as a mapping.

    Raises:
        ContentError: it is no YAML mapping; the message begins with path and line.
    """
    found = read(source)
    if isinstance(found, Unreadable):
        raise ContentError(
            f"{path}:{found.line}: front matter cannot be read: {found.reason}",
            hint="mend the lines between the two '---', or restore the post from git",
        )
    return found


def dump(meta: Mapping[str, object]) -> str:
    """Return the front matter with its fences, ending in one newline."""
    return f"---\n{JsonScalars().export(meta)}---\n"


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
