"""This module makes what a build has found to be made, and puts it in its place.

Nothing is kept in memory but what the site knows of each post; a body is read when its page is
made, and written as soon as it is.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from digestgen import content
from digestgen.site import citations, feeds, pages, posts, sitemap, statics
from digestgen.site.library import Library, Placed, arrange
from digestgen.site.output import Staging, holds, is_listed, refuse_foreign
from digestgen.site.press import Press
from digestgen.site.records import PostRecord
from digestgen.site.settings import SiteSettings
from digestgen.site.shop import Built, Shop
from digestgen.site.state import KeptUnit, State, keep_unit, pack_state
from digestgen.site.stock import Stock
from digestgen.site.unit import Unit
from digestgen.templating import Templates

_KEY_BYTES = 16
_LARGEST_STRING = 1 << 24


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
    yield from feeds.units(library, templates, settings)
    yield from citations.units(library)
    yield from sitemap.units(library, settings)
    yield from statics.units(templates)


class Making:
    """One build that has something to do.

    ``state`` is what the last build remembered, ``lost`` its units whose files are not as it left
    them, and ``listed`` the files that it left when it remembered nothing.
    """

    def __init__(  # what a build begins with
        self,
        shop: Shop,
        folder: Path,
        stock: Stock,
        *,
        state: State,
        lost: frozenset[str],
        listed: frozenset[str],
    ) -> None:
        self._shop = shop
        self._folder = folder
        self._stock = stock
        self._before = state
        self._lost = lost
        self._listed = listed
        self._units: dict[str, KeptUnit] = {}
        self._moved: set[str] = set()

    def run(
        self, kept: Mapping[str, PostRecord], program: bytes
    ) -> tuple[Built, State, tuple[PostRecord, ...]]:
        """Do it, and return what came of it, what is remembered, and the posts' records.

        ``kept`` has the records of unchanged posts, ``program`` is the program's own mark.

        Raises:
            DigestgenError: see ``building.build``; the old site stands.
        """
        shop = self._shop
        _keep_freed_memory()
        records = self._records(kept)
        library = arrange(records, lang=shop.settings.lang)
        with Staging(self._folder) as staging:
            wanted = units(library, shop.templates, shop.settings, self._read_body)
            changed = sum(self._make(unit, staging) for unit in wanted)
            changed += sum(self._copy(post, staging) for post in library.posts)
            changed += self._index(library, staging)
            gone = self._gone()
            is_listed_anew = gone or self._has_other_files() or not is_listed(self._folder)
            state = self._state(records, program)
            staging.commit(
                files=self._files if is_listed_anew else None,
                remove=gone,
                state=pack_state(state, records),
            )
        built = Built(posts=len(records), changed=changed + len(gone), left_out=state.left_out)
        return built, state, records

    def _records(self, kept: Mapping[str, PostRecord]) -> tuple[PostRecord, ...]:
        parsed = self._stock.parsed
        found = (parsed[path] if path in parsed else kept.get(path) for path in self._stock.digests)
        return tuple(record for record in found if record)

    def _read_body(self, post: Placed) -> str:
        body = content.read_body(self._shop.content, post.record.path)
        if body.stamp != self._stock.stamps[post.record.path]:  # a person saved it at this moment
            self._moved.add(post.record.path)
        return body.text

    def _make(self, unit: Unit, staging: Staging) -> int:
        """Stage what a unit makes, unless it stands; return how many files changed."""
        key = _key(self._stock.maker, unit.made_of)
        if self._stands(unit.paths[0], key):
            return 0
        return self._put(key, unit.paths, unit.make().items(), staging)

    def _copy(self, post: Placed, staging: Staging) -> int:
        """Stage the pictures of a post, unless they stand; return how many changed."""
        path, names = post.record.path, post.record.pictures
        paths = [f"posts/{post.slug}/{name}" for name in names]
        key = _key(b"pictures", (names, self._stock.beside[path]))
        if not paths or self._stands(paths[0], key):
            return 0
        pictures = (content.read_beside(self._shop.content, path, name) for name in names)
        return self._put(key, paths, zip(paths, pictures, strict=True), staging)

    def _index(self, library: Library, staging: Staging) -> int:
        """Stage the index of the search when a page in it changed; return how many files."""
        if not self._shop.settings.search:
            return 0
        from digestgen.site import search  # few sites have one, and it is a program to be started

        wanted = frozenset(search.pages(library, self._shop.settings))
        if not wanted:
            return 0
        made_of = [unit.key for unit in self._units.values() if not wanted.isdisjoint(unit.files)]
        key = _key(b"search", (sorted(wanted), made_of))
        if self._stands(search.FOLDER, key):
            return 0
        places = {path: staging.place(path) for path in wanted}
        with search.index(places, staging.folder, lang=search.language(library)) as files:
            made = ((path, file.read_bytes()) for path, file in files)
            return self._put(key, (), made, staging, name=search.FOLDER)

    def _stands(self, name: str, key: bytes) -> bool:
        """Tell whether the unit of this name is as the last build left it, and keep it if so."""
        assert name not in self._units, f"two units make {name}"
        kept = self._before.units.get(name)
        if kept is None or kept.key != key or name in self._lost:
            return False
        self._units[name] = kept
        return True

    def _put(
        self,
        key: bytes,
        paths: Sequence[str],
        made: Iterable[tuple[str, bytes]],
        staging: Staging,
        *,
        name: str = "",
    ) -> int:
        """Stage what is not there already, byte for byte; return how many files that are."""
        name = name or paths[0]
        before = _files_of(self._before.units.get(name))
        self._refuse_foreign(set(paths) - before.keys())
        sizes = {}
        changed = 0
        for path, file in made:
            sizes[path] = len(file)
            if path in before and holds(self._folder, path, file):
                continue
            if not paths and path not in before:
                self._refuse_foreign({path})
            staging.add(path, (file,))
            changed += 1
        # What was made of something else than was looked at is made again the next time.
        self._units[name] = keep_unit(b"" if self._moved else key, sizes)
        return changed

    def _refuse_foreign(self, paths: set[str]) -> None:
        there = {
            path
            for path in paths
            if path.partition("/")[0] in self._top and os.path.lexists(f"{self._folder}/{path}")
        }
        if there:
            refuse_foreign(self._folder, there - self._ours)

    @cached_property
    def _top(self) -> frozenset[str]:
        """Return what lies in the site's folder: where nothing does, nothing is in the way."""
        return frozenset(os.listdir(self._folder))  # noqa: PTH208  # names are enough

    @cached_property
    def _ours(self) -> frozenset[str]:
        """Return all files that the last build left; seldom needed."""
        left = (path for unit in self._before.units.values() for path in unit.files)
        return self._listed.union(left)

    def _gone(self) -> set[str]:
        """Return the files of the last build that the site has no longer."""
        before, now = self._before.units, self._units
        moved = [
            name for name in before.keys() | now.keys() if before.get(name) is not now.get(name)
        ]
        left = set(self._listed)
        for name in moved:
            left.update(_files_of(before.get(name)).keys() - _files_of(now.get(name)).keys())
        for name in moved if left else ():
            left.difference_update(_files_of(now.get(name)))  # another unit has them now
        return left

    def _has_other_files(self) -> bool:
        """Tell whether a unit has files that it had not."""
        before = self._before.units
        return any(
            unit is not before.get(name) and unit.files.keys() != _files_of(before.get(name)).keys()
            for name, unit in self._units.items()
        )

    def _files(self) -> Iterator[str]:
        """Yield all files of the site, in the same order however it came to be."""
        for name in sorted(self._units):
            yield from sorted(self._units[name].files)

    def _state(self, records: tuple[PostRecord, ...], program: bytes) -> State:
        shown = {record.path for record in records}
        left_out = (path for path in self._stock.digests if path not in shown)
        return State(
            program=program,
            everything=b"" if self._moved else self._stock.everything,
            digests=dict(self._stock.digests),
            left_out=tuple(map(_left_out, left_out)),
            units=self._units,
        )


def _keep_freed_memory() -> None:
    """Let the GNU C library hold on to memory that pages gave back.

    It asks the system for every page longer than 128 KB, and gives it back at once, which costs
    each page of memory again; that bound rises to the size of what was freed last.
    """
    bytes(_LARGEST_STRING)  # never touched, so it takes no memory


def _files_of(unit: KeptUnit | None) -> Mapping[str, int]:
    return unit.files if unit else {}


def _key(made_with: bytes, made_of: object) -> bytes:
    return hashlib.sha256(made_with + repr(made_of).encode()).digest()[:_KEY_BYTES]


def _left_out(path: str) -> str:
    return (
        f"{path} is left out of the site, because nothing tells its day; "
        "give it a 'date: YYYY-MM-DD' in front, or name the file YYYY-MM-DD-<topic>.md"
    )
