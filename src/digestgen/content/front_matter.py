"""This module reads and writes the front matter of posts.

Reading keeps the body byte for byte and knows line numbers. It does not know what the keys mean.
"""

import re
from collections.abc import Mapping
from functools import partial

from digestgen.errors import ContentError
from digestgen.values import Value

_FENCED = re.compile(
    r"\A(?:\ufeff)?(?:[ \t]*\r?\n)*---[ \t]*\r?\n"
    r"((?>(?:(?!---[ \t]*(?:\r?\n|\Z))[^\n]*\n)*))"  # by lines, which is faster than by signs
    r"---[ \t]*(?:\r?\n|\Z)"
)
_FENCE = b"\n---\n"
# PyYAML's parser in C recurses without a bound of its own.
_DEEPEST = 500
_NESTING = re.compile(r"[][{}]")
_STAIRS = re.compile(
    rf"^(?:[ \t]*[-?:][ \t]+){{{_DEEPEST}}}|^[ \t]{{{2 * _DEEPEST}}}", re.MULTILINE
)


class Split(Value, frozen=True, kw_only=True):
    """A post's text in two: front matter as YAML source, and the body untouched.

    ``yaml_line`` and ``body_line`` count from 1; without front matter ``yaml`` is empty.
    """

    yaml: str
    yaml_line: int
    body: str
    body_line: int


class Unreadable(Value, frozen=True, kw_only=True):
    """Front matter that is no YAML mapping: at which line of the file, and why."""

    line: int
    reason: str


def head(raw: bytes) -> bytes:
    """Return a post's first bytes, with its front matter; all of them where its end is unclear."""
    end = raw.find(_FENCE, len(_FENCE) - 2) if raw.startswith(_FENCE[1:]) else -1
    return raw[: end + len(_FENCE)] if end >= 0 else raw


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
    from digestgen.content import quick_yaml  # who parses no front matter needs no patterns for it

    return quick_yaml.load(source.yaml, partial(_read_yaml, line=source.yaml_line))


def _read_yaml(source: str, *, line: int) -> dict[str, object] | Unreadable:
    from digestgen.content import yaml_form  # whose posts are all our own loads no YAML

    if _is_deep(source):
        return Unreadable(line=line, reason="lists or mappings nested too deeply")
    found = yaml_form.load(source)
    if isinstance(found, yaml_form.Broken):
        return Unreadable(line=line + found.line, reason=found.reason)
    return found


def _is_deep(source: str) -> bool:
    """Tell whether values are nested so deeply that the parser's own stack would overflow.

    Signs in texts count as well: what comes near the bound is no front matter.
    """
    depth = 0
    if source.count("[") + source.count("{") > _DEEPEST:
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
    from digestgen.content import yaml_form

    return f"---\n{yaml_form.dump(meta)}---\n"
