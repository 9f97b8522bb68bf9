"""This module builds a site: it looks at the posts, decides what is to be made, and has it made.

Nothing is kept in memory but what the site knows of each post; a body is read when its page is
made. Equal posts, templates and settings give equal bytes, whatever was built before.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from digestgen import __version__, content
from digestgen.site import feed, pages, posts, statics
from digestgen.site.library import Library, Placed, arrange
from digestgen.site.output import (
    Staging,
    finish,
    listed_files,
    refuse_foreign,
    sizes_on_disk,
    state_file,
)
from digestgen.site.press import Press
from digestgen.site.records import PostRecord, record_of
from digestgen.site.settings import SiteSettings
from digestgen.site.state import (
    KeptPicture,
    KeptUnit,
    State,
    pack_records,
    pack_state,
    read_state,
)
from digestgen.site.unit import Unit
from digestgen.templating import Templates

_KEY_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of a build: how many posts the site has, and how many files changed.

    ``left_out`` says of each post that has no page which one it is, why, and what to do.
    """

    posts: int
    changed: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What every build needs: where posts lie, and how pages are made."""

    content: Path
    templates: Templates
    settings: SiteSettings

    def read_body(self, post: Placed) -> str:
        """Return a post's Markdown."""
        return content.read_body(self.content, post.record.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stock:
    """The posts as they are now; only those that changed were parsed.

    ``beside`` has the files next to each post, by the post's path.
    """

    mark: bytes
    digests: dict[str, str]
    parsed: dict[str, PostRecord | None]
    beside: dict[str, tuple[content.Beside, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What an earlier build left: what it remembered, its files, and those that are there."""

    state: State
    ours: frozenset[str]
    there: dict[str, int]


def build(shop: Shop, folder: Path) -> Built:
    """Make ``folder`` hold the site; only for who holds the folder's lock.

    Raises:
        ContentError: a post cannot be read.
        ConfigError: a template cannot be used.
        OutputError: it cannot be written, or a file of somebody else stands in the way.
    """
    finish(folder)
    state = read_state(state_file(folder))
    maker = _maker(shop)
    stock = _take_stock(shop, state if state.maker == maker else State(), maker)
    files = state.files()
    there = sizes_on_disk(folder, files)
    if stock.mark == state.mark and there == files:
        posts = len(stock.digests) - len(state.left_out)
        return Built(posts=posts, changed=0, left_out=state.left_out)
    ours = frozenset(files or listed_files(folder))
    return _Build(shop, folder, _Found(state=state, ours=ours, there=there), stock, maker).run()


def units(
    library: Library,
    templates: Templates,
    settings: SiteSettings,
    read_body: Callable[[Placed], str],
) -> Iterator[Unit]:
    """Yield everything that a site consists of, but for its pictures."""
    press = Press(templates, settings)
    yield from pages.units(library, press)
    yield from posts.units(library, press, read_body)
    yield from feed.units(library, templates, settings)
    yield from statics.units(templates)


class _Build:
    """One build that has something to do."""

    def __init__(
        self, shop: Shop, folder: Path, found: _Found, stock: _Stock, maker: bytes
    ) -> None:
        self._shop = shop
        self._folder = folder
        self._found = found
        self._stock = stock
        self._maker = maker
        self._units: dict[str, KeptUnit] = {}
        self._pictures: dict[str, KeptPicture] = {}

    def run(self) -> Built:
        records = self._records()
        library = arrange(records, lang=self._shop.settings.lang)
        shop = self._shop
        wanted = tuple(units(library, shop.templates, shop.settings, shop.read_body))
        sources = self._sources(library)
        declared = {path for unit in wanted for path in unit.paths} | set(sources)
        refuse_foreign(self._folder, declared - self._found.ours)
        with Staging(self._folder) as staging:
            changed = sum(self._make(unit, staging) for unit in wanted)
            changed += sum(self._copy(path, found, staging) for path, found in sources.items())
            state = self._state(records)
            files = state.files().keys()
            refuse_foreign(self._folder, files - declared - self._found.ours)
            gone = self._found.ours - files
            staging.commit(remove=gone, files=files, state=pack_state(state))
        return Built(posts=len(records), changed=changed + len(gone), left_out=state.left_out)

    def _records(self) -> tuple[PostRecord, ...]:
        kept = self._found.state.records_by_path()
        found = (
            self._stock.parsed[path] if path in self._stock.parsed else kept.get(path)
            for path in self._stock.digests
        )
        return tuple(record for record in found if record)

    def _sources(self, library: Library) -> dict[str, tuple[str, content.Beside]]:
        """Return where each picture of the site comes from: its post's path, and which it is."""
        return {
            f"posts/{post.slug}/{found.name}": (post.record.path, found)
            for post in library.posts
            for found in self._stock.beside[post.record.path]
            if found.name in post.record.pictures
        }

    def _make(self, unit: Unit, staging: Staging) -> int:
        """Stage what a unit makes, unless it stands; return how many files that are."""
        name = unit.paths[0]
        key = _hash(self._maker, repr(unit.made_of).encode())[:_KEY_BYTES]
        kept = self._found.state.units.get(name)
        if kept and kept.key == key and self._stands(kept.files):
            self._units[name] = kept
            return 0
        made = unit.make()
        assert name not in self._units, f"{name}: two units of one name"
        for path, page in made.items():
            staging.add(path, page)
        self._units[name] = KeptUnit(key, {path: len(page) for path, page in made.items()})
        return len(made)

    def _copy(self, path: str, source: tuple[str, content.Beside], staging: Staging) -> int:
        post, found = source
        now = KeptPicture(found.size, found.modified)
        self._pictures[path] = now
        if self._stands({path: found.size}) and self._found.state.pictures.get(path) == now:
            return 0
        picture = content.read_beside(self._shop.content, post, found.name)
        if self._stands({path: found.size}) and (self._folder / path).read_bytes() == picture:
            return 0
        staging.add(path, picture)
        return 1

    def _stands(self, files: dict[str, int]) -> bool:
        return all(self._found.there.get(path) == size for path, size in files.items())

    def _state(self, records: tuple[PostRecord, ...]) -> State:
        shown = {record.path for record in records}
        left_out = (path for path in self._stock.digests if path not in shown)
        return State(
            maker=self._maker,
            mark=self._stock.mark,
            digests=self._stock.digests,
            left_out=tuple(map(_left_out, left_out)),
            records=pack_records(records),
            units=self._units,
            pictures=self._pictures,
        )


def _take_stock(shop: Shop, known: State, maker: bytes) -> _Stock:
    mark = hashlib.sha256(maker)
    for unit in statics.units(shop.templates):
        mark.update(repr((unit.paths, unit.made_of)).encode())
    digests: dict[str, str] = {}
    parsed: dict[str, PostRecord | None] = {}
    beside: dict[str, tuple[content.Beside, ...]] = {}
    for post in content.scan(shop.content):
        mark.update(repr((post.path, post.digest, post.beside)).encode())
        digests[post.path] = post.digest
        beside[post.path] = post.beside
        if known.digests.get(post.path) != post.digest:
            document = content.document_of(post, shop.content)
            parsed[post.path] = record_of(document, digest=post.digest)
    return _Stock(mark=mark.digest(), digests=digests, parsed=parsed, beside=beside)


def _left_out(path: str) -> str:
    return (
        f"{path} is left out of the site, because nothing tells its day; "
        "give it a 'date: YYYY-MM-DD' in front, or name the file YYYY-MM-DD-<topic>.md"
    )


def _maker(shop: Shop) -> bytes:
    """Return the hash of what all pages are made with: templates, settings and program."""
    parts = (__version__, shop.settings, shop.templates.digest("site"))
    return _hash(repr(parts).encode())


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
