"""This module turns what a settings file, a variable or a flag says into typed values."""

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Literal, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from digestgen.errors import ConfigError
from digestgen.text import squeeze

FrontMatter = Mapping[str, str | int | float | bool | tuple[str, ...]]
# What a post says of itself; a build rests on it.
OUR_KEYS = frozenset(
    {
        "title",
        "date",
        "updated",
        "categories",
        "tags",
        "description",
        "disableNunjucks",
        "digestgen",
    }
)
_SWITCHES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
Section = TypeVar("Section")


@dataclass(frozen=True, slots=True)
class Within:
    """A number lies between ``low`` and ``high``, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """Each text of a list is one of ``choices``."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """A text is an http or https address, with ``slot`` somewhere behind its host.

    A ``bare`` one ends with its path; the text is the hint for who writes more, which may be a key.
    """

    slot: str = ""
    or_empty: bool = False
    bare: str = ""


def make(section: type[Section], values: Mapping[str, object], path: str) -> Section:
    """Return a section of the settings with ``values`` checked, defaults for the rest.

    Raises:
        ConfigError: a value is not what the setting wants; the message names its path.
    """
    hints = get_type_hints(section, include_extras=True)
    return section(
        **{key: _value(value, hints[key], join(path, key)) for key, value in values.items()}
    )


def explain(section: type, key: str) -> str:
    """Return the line that explains a setting."""
    return str(get_args(get_type_hints(section, include_extras=True)[key])[1])


def refuse_unknown(given: Iterable[str], known: Iterable[str], path: str) -> None:
    """Raise a ConfigError for the first key that is no setting."""
    names = list(known)
    for key in given:
        if key not in names:
            hint = _did_you_mean(key, names) or "`digestgen config` lists every setting"
            raise ConfigError(f"{join(path, key)}: no such setting", hint=hint)


def keys(section: type) -> tuple[str, ...]:
    """Return the names of a section's settings in order."""
    return tuple(f.name for f in fields(section))


def join(path: str, key: str) -> str:
    """Return the full path of a setting, as ``arxiv.interval``."""
    return f"{path}.{key}" if path else key


def choice(value: object, choices: tuple[str, ...], path: str) -> str:
    """Return ``value`` if it is one of ``choices``.

    Raises:
        ConfigError: it is none.
    """
    if not isinstance(value, str) or value not in choices:
        raise ConfigError(
            f"{path}: wants one of {', '.join(choices)}, got {value!r}",
            hint=_did_you_mean(str(value), choices) or f"write {choices[0]!r}",
        )
    return value


def _value(value: object, annotated: object, path: str) -> object:
    assert get_origin(annotated) is Annotated
    wanted, _, *limits = get_args(annotated)
    if wanted == FrontMatter:
        return _front_matter(value, path)
    if get_origin(wanted) is Literal:
        return choice(value, get_args(wanted), path)
    if wanted in (int, float, bool, float | None):
        kind = int if wanted is int else float
        return _switch(value, path) if wanted is bool else _number(value, kind, limits[0], path)
    if wanted is str:
        return _text(value, path, *limits)
    members = _list(value, path)
    for limit in limits:
        for member in members:
            choice(member, limit.choices, path)
    return members


def _switch(value: object, path: str) -> bool:
    """Return a truth value; variables can only say it in words."""
    said = _SWITCHES.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(said, bool):
        raise ConfigError(f"{path}: wants true or false, got {value!r}", hint="write true or false")
    return said


def _text(value: object, path: str, address: Address | None = None) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{path}: wants text, got {value!r}", hint='write it in "quotes"')
    if address and address.bare:
        _refuse_more_than_a_path(value, path, hint=address.bare)
    if address and not (_is_address(value, address.slot) or (address.or_empty and not value)):
        wanted = f"an address with {address.slot}" if address.slot else "an address"
        got = "without a password" if "@" in value else f"got {value!r}"
        example = f"https://host/path/{address.slot}".rstrip("/")
        raise ConfigError(f"{path}: wants {wanted}, {got}", hint=f"write {example}")
    return value


def _refuse_more_than_a_path(address: str, path: str, *, hint: str) -> None:
    """Raise a ConfigError, which does not show what may be a key, for what follows a path."""
    if "?" in address or "#" in address:
        raise ConfigError(
            f"{path}: wants an address that ends with its path, without '?' and '#'",
            hint=hint,
        )


def _is_address(value: str, slot: str) -> bool:
    try:
        parts = urlsplit(value)
        proper = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    if " " in value or not value.isprintable():
        return False
    # A password in an address would be shown in errors and in pages.
    return proper and "@" not in parts.netloc and slot in parts.path + parts.query


def _list(value: object, path: str) -> tuple[str, ...]:
    members = value.split(",") if isinstance(value, str) else value
    if not isinstance(members, list | tuple) or not all(isinstance(m, str) for m in members):
        raise ConfigError(f"{path}: wants a list of texts, got {value!r}", hint='write ["a", "b"]')
    return tuple(squeezed for member in members if (squeezed := squeeze(member)))


def _number(value: object, kind: type, limits: Within, path: str) -> int | float:
    noun = "a whole number" if kind is int else "a number"
    problem = ConfigError(
        f"{path}: wants {noun} from {limits.low} to {limits.high}, got {value!r}",
        hint=f"the most is {limits.high}"
        if _is_above(value, limits)
        else f"the least is {limits.low}",
    )
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise problem
    try:
        number = int(value) if kind is int and not isinstance(value, float) else float(value)
    except (ValueError, OverflowError) as error:
        raise problem from error
    if not limits.low <= number <= limits.high or (kind is int and number != int(number)):
        raise problem
    return number


def _is_above(value: object, limits: Within) -> bool:
    return isinstance(value, int | float) and value > limits.high


def _front_matter(value: object, path: str) -> FrontMatter:
    if not isinstance(value, Mapping):
        raise ConfigError(
            f"{path}: wants a table, got {value!r}", hint='write {author = "A. Person"}'
        )
    for key in value:
        if key in OUR_KEYS:
            raise ConfigError(
                f"{join(path, key)}: digestgen writes this key itself",
                hint="topics have name, tags and language; [hexo] has categories",
            )
    return types.MappingProxyType(
        {str(key): _front_matter_value(member, join(path, key)) for key, member in value.items()}
    )


def _front_matter_value(value: object, path: str) -> str | int | float | bool | tuple[str, ...]:
    if isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list):
        return _list(value, path)
    raise ConfigError(
        f"{path}: wants a text, a number, true, false or a list of texts, got {value!r}",
        hint="front matter cannot hold more than that",
    )


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # for slips only

    close = get_close_matches(word, list(known), n=1)
    return f"did you mean {close[0]!r}?" if close else ""
