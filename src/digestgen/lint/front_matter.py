"""This module finds front matter that Hexo, Jekyll or YAML itself read otherwise than it looks."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from digestgen.content.front_matter import Unreadable
from digestgen.lint.values import File, Mark
from digestgen.text import slugify

KEY = re.compile(r"^(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?P<value>[^\n]*)$", re.MULTILINE)
# TOML between two lines of plus signs, or a JSON object.
_HUGO = re.compile(
    r"\+\+\+[ \t]*\n(?>(?:(?!\+\+\+).*\n)*)\+\+\+[ \t]*(?:\n|\Z)"
    r"|\{[ \t]*\n[ \t]*\"[^\"\n]+\"[ \t]*:"
)
_UNCLOSED = re.compile(r"\s*---[ \t]*\n[A-Za-z_][\w-]*[ \t]*:")
# As Jekyll writes it: YAML reads no zone without a colon after a space.
_JEKYLL_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? [+-]\d{4}")
_ZONE = re.compile(r"\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)\s*$")
_MARKUP = re.compile(r"[<>\\$\x00-\x1f]|&[a-z]+;|\*\*|`")
_TEXT_KEYS = ("title", "description", "author", "keywords", "subtitle")
_CUT_COMMENT = re.compile(r"^\s*[^\s\"'#\[{|>][^\n]*?\s#")


def front_matter_marks(file: File) -> Iterator[Mark]:
    """Find everything that is wrong with a file's front matter."""
    split = file.split
    if not split.yaml and split.body_line == 1:
        if said := _without_yaml(file.text):
            yield Mark(rule="front-matter-missing", start=0, end=0, message=said)
        return
    start = file.line_start(split.yaml_line)
    fence = file.text.find("---")
    if fence > 0:
        what = "a byte order mark" if file.text[0] == "\ufeff" else "a blank line"
        yield Mark(
            rule="front-matter-start",
            start=0,
            end=fence,
            message=f"{what} before the front matter",
        )
    meta = file.meta
    if isinstance(meta, Unreadable):
        at = file.line_start(meta.line)
        said = f"front matter cannot be read: {meta.reason}"
        yield Mark(rule="front-matter-unreadable", start=at, end=at, message=said)
        return
    yield from _keys(split.yaml, start)
    yield from _values(meta, split.yaml, start)


def _without_yaml(text: str) -> str:
    """Say what is wrong with a file that has no front matter in YAML; Hugo reads two others."""
    if _HUGO.match(text):
        return ""
    if _UNCLOSED.match(text):
        return "the front matter is never closed: there is no second ---"
    return "there is no front matter"


def slug_marks(file: File) -> Iterator[Mark]:
    """Find a file name or tags whose addresses break or fall together."""
    stem = re.sub(r"\.(?:md|markdown)$", "", re.split(r"[\\/]", file.path)[-1])
    if not re.fullmatch(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*", stem, re.IGNORECASE):
        said = f"file name {stem[:60]!r}: its address is percent-encoded or changed"
        yield Mark(rule="slug", start=0, end=0, message=said)
    if isinstance(file.meta, Unreadable):
        return
    for key in ("tags", "categories"):
        names: dict[str, str] = {}
        for name in _names(file.meta.get(key)):
            slug = _hexo_slug(name)
            if names.setdefault(slug, name) != name:
                said = f"{key}: {names[slug]!r} and {name!r} have one address"
                at = _line_of(key, file)
                yield Mark(rule="slug", start=at, end=at, message=said)


def _keys(yaml: str, start: int) -> Iterator[Mark]:
    seen: set[str] = set()
    empty: list[tuple[str, int]] = []
    lines = list(KEY.finditer(yaml))
    ends = [match.start() for match in lines[1:]] + [len(yaml)]
    for match, end in zip(lines, ends, strict=False):
        at = start + match.start()
        if match["key"] in seen:
            said = f"{match['key']!r} stands twice: Hexo drops such a post"
            yield Mark(rule="front-matter-unreadable", start=at, end=at, message=said)
        seen.add(match["key"])
        if not yaml[match.start("value") : end].split("#", 1)[0].strip():
            empty.append((match["key"], at))
    if empty:
        said = f"keys without a value: {', '.join(key for key, _ in empty)}"
        yield Mark(rule="front-matter-empty", start=empty[0][1], end=empty[0][1], message=said)


def _values(meta: Mapping[str, object], yaml: str, start: int) -> Iterator[Mark]:
    for match in KEY.finditer(yaml):
        key, raw, value = match["key"], match["value"], meta.get(match["key"])
        at, end = start + match.start(), start + match.end()
        if key in _TEXT_KEYS and value is not None and not isinstance(value, str | list):
            said = f"{key} is read as {_kind(value)}: {raw.strip()[:40]!r}"
            yield Mark(rule="front-matter-type", start=at, end=end, message=said)
        elif isinstance(value, str) and _CUT_COMMENT.match(raw):
            said = f"{key} is cut off at '#': {value[:60]!r}"
            yield Mark(rule="front-matter-type", start=at, end=end, message=said)
        if key == "title" and isinstance(value, str):
            yield from _title(value, at, end)
        if key == "date" and (said := _date(value, raw)):
            yield Mark(rule="front-matter-date", start=at, end=end, message=said)
    if "date" not in meta:
        yield Mark(rule="front-matter-date", start=start, end=start, message="there is no date")
    if not str(meta.get("title") or "").strip():
        said = "there is no title"
        yield Mark(rule="front-matter-title", start=start, end=start, message=said)


def _title(value: str, at: int, end: int) -> Iterator[Mark]:
    if found := _MARKUP.search(value):
        said = f"the title holds {found[0]!r}, which is shown or run by themes: {value[:60]!r}"
        yield Mark(rule="front-matter-title", start=at, end=end, message=said)


def _date(value: object, raw: str) -> str:
    if isinstance(value, str) and _JEKYLL_DATE.fullmatch(value.strip()):
        return ""
    if not isinstance(value, date):  # a datetime is one
        return f"no date that YAML knows: {raw.strip()[:40]!r}"
    if _ZONE.search(raw):
        return f"Hexo drops the zone of {raw.strip()[:40]!r}"
    if not isinstance(value, datetime) or (value.hour, value.minute) == (0, 0):
        return f"midnight falls on another day where the clock is another: {raw.strip()[:40]!r}"
    return ""


def _kind(value: object) -> str:
    return {bool: "true or false", int: "a number", float: "a number"}.get(
        type(value), "a date" if isinstance(value, date) else "a mapping"
    )


def _names(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for member in value:
            yield from _names(member)
    elif value is not None:
        yield str(value)


def _hexo_slug(name: str) -> str:
    """Return a tag's address as Hexo makes it: marks become hyphens, and hyphens one."""
    bare = re.sub(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+", "-", name).strip("-")
    return bare or slugify(name)


def _line_of(key: str, file: File) -> int:
    found = re.search(rf"^{key}[ \t]*:", file.split.yaml, re.MULTILINE)
    return file.line_start(file.split.yaml_line) + (found.start() if found else 0)
