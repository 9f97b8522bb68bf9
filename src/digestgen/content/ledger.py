"""This module keeps the ledger: what a post's front matter says has been published.

It also tells whether a post is still as digestgen wrote it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from digestgen.errors import ContentError
from digestgen.model import LedgerEntry, Window
from digestgen.post import Front

KEY = "digestgen"
FORMAT = 1
_HASH_LINE = re.compile(r'^(  hash: ")([^"\n]*)("\r?)$', re.MULTILINE)
_OPTIONAL = frozenset(
    {"authors", "published", "revised", "categories", "doi", "journal"}
    | {"licence", "pictures", "incomplete"}
)
_TEXTS = ("id", "title", "gist", "by", "fingerprint")
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What one post has published: the papers in the order of their blocks.

    ``updated`` is when the post last moved; the front matter beside it has no zone.
    """

    topic: str
    slug: str
    lang: str
    day: date
    window: Window
    papers: tuple[LedgerEntry, ...]
    updated: datetime | None = None


def ledger_of(front: Front) -> Ledger | None:
    """Return the ledger of a post of ours, None for a post by somebody else.

    Raises:
        ContentError: there is a ledger, but it cannot be read.
    """
    if KEY not in front.meta:
        return None
    table = front.meta[KEY]
    try:
        return _read(table)
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(
            f"{front.path}:1: the ledger under '{KEY}:' cannot be read: {error}",
            hint="restore the post from git; it says which papers have been published",
        ) from error


def to_meta(ledger: Ledger) -> dict[str, object]:
    """Return the ledger as front matter, its hash still empty; see ``sealed``."""
    return {
        "format": FORMAT,
        "topic": ledger.topic,
        "slug": ledger.slug,
        "lang": ledger.lang,
        "day": ledger.day.isoformat(),
        "updated": _utc(ledger.updated) if ledger.updated else None,
        "window": [_utc(ledger.window.start), _utc(ledger.window.end)],
        "papers": [_entry_meta(entry) for entry in ledger.papers],
        "hash": "",
    }


def _entry_meta(entry: LedgerEntry) -> dict[str, object]:
    """Return an entry without what is not so, as most papers have no note and many no picture."""
    meta = asdict(entry)
    return {key: value for key, value in meta.items() if value or key not in _OPTIONAL}


def sealed(text: str) -> str:
    """Return a post's text with its ledger's hash filled in."""
    return _HASH_LINE.sub(rf"\g<1>{_digest(text)}\g<3>", text, count=1)


def is_unedited(text: str) -> bool:
    """Tell whether nobody changed a post's text since digestgen sealed it."""
    found = _HASH_LINE.search(text)
    return found is not None and found[2] == _digest(text)


def _digest(text: str) -> str:
    # Git may have turned line ends into CRLF on the way through a checkout: no edit by hand.
    unix = text.replace("\r\n", "\n")
    blank = _HASH_LINE.sub(r"\g<1>\g<3>", unix, count=1)
    return "sha256:" + hashlib.sha256(blank.encode()).hexdigest()


def _read(table: object) -> Ledger:
    if not isinstance(table, Mapping):
        raise TypeError("it is not a mapping")
    if table["format"] != FORMAT:
        raise ValueError(f"format {table['format']!r} is not {FORMAT}; use a newer digestgen")
    start, end = (_from_utc(str(moment)) for moment in table["window"])
    return Ledger(
        topic=str(table["topic"]),
        slug=str(table["slug"]),
        lang=str(table["lang"]),
        day=date.fromisoformat(str(table["day"])),
        window=Window(start=start, end=end),
        papers=tuple(_read_entry(entry) for entry in table["papers"]),
        updated=_from_utc(str(table["updated"])) if table.get("updated") else None,
    )


def _read_entry(table: Mapping[str, object]) -> LedgerEntry:
    return LedgerEntry(
        **{name: str(table[name]) for name in _TEXTS},
        version=int(str(table["version"])),
        authors=_list(table, "authors"),
        published=_day(table, "published"),
        revised=_day(table, "revised"),
        categories=_list(table, "categories"),
        doi=str(table.get("doi", "")),
        journal=str(table.get("journal", "")),
        licence=str(table.get("licence", "")),
        pictures=_list(table, "pictures"),
        incomplete=table.get("incomplete") is True,
    )


def _list(table: Mapping[str, object], name: str) -> tuple[str, ...]:
    members = table.get(name, ())
    if not isinstance(members, list | tuple):
        raise TypeError(f"{name} is not a list")
    return tuple(map(str, members))


def _day(table: Mapping[str, object], name: str) -> date | None:
    value = table.get(name)
    if type(value) is date:  # a moment is one as well
        return value
    return date.fromisoformat(str(value)) if value else None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_TIME)


def _from_utc(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise ValueError(f"{text!r} is no time like 2024-09-24T12:00:00Z")
    return datetime.fromisoformat(text)
