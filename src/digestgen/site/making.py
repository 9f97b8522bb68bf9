"""This module makes what a build has found to be made, and puts it in its place.

Nothing is kept in memory but what the site knows of each post; a body is read when its page is
made, and written as soon as it is.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from digestgen import content
from digestgen.site import citations, feeds, pages, posts, search, sitemap, statics
from digestgen.site.library import Library, Placed, arrange
from digestgen.site.output import Staging, refuse_foreign
from digestgen.site.press import Press
from digestgen.site.records import PostRecord
from digestgen.site.settings import SiteSettings
from digestgen.site.shop import Built, Shop
from digestgen.site.state import KeptPicture, KeptUnit, State, pack_records, pack_state
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
    yield from citations.units(library, settings)
    yield from sitemap.units(library, settings)
    yield from statics.units(templates)


class Making:
    """One build that has something to do.

    ``state`` is what the last build remembered, ``ours`` the files that it left, and ``there``
    the sizes of those that are still there.
    """

    def __init__(  # what a build begins with
        self,
        shop: Shop,
        folder: Path,
        stock: Stock,
        *,
        state: State,
        ours: frozenset[str],
        there: Mapping[str, int],
    ) -> None:
        self._shop = shop
        self._folder = folder
        self._stock = stock
        self._before = state
        self._ours = ours
        self._there = there
        self._units: dict[str, KeptUnit] = {}
        self._pictures: dict[str, KeptPicture] = {}
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
        wanted = tuple(units(library, shop.templates, shop.settings, self._read_body))
        sources = self._sources(library)
        declared = {path for unit in wanted for path in unit.paths} | sources.keys()
        refuse_foreign(self._folder, declared - self._ours)
        with Staging(self._folder) as staging:
            changed = sum(self._make(unit, staging) for unit in wanted)
            changed += sum(self._copy(path, *source, staging) for path, source in sources.items())
            changed += self._index(library, staging)
            state = replace(self._state(records), program=program)
            files = state.files().keys()
            refuse_foreign(self._folder, files - declared - self._ours)
            gone = self._ours - files
            staging.commit(remove=gone, files=files, state=pack_state(state))
        built = Built(posts=len(records), changed=changed + len(gone), left_out=state.left_out)
        return built, state, records

    def _records(self, kept: Mapping[str, PostRecord]) -> tuple[PostRecord, ...]:
        parsed = self._stock.parsed
        found = (parsed[path] if path in parsed else kept.get(path) for path in self._stock.digests)
        return tuple(record for record in found if record)

    def _read_body(self, post: Placed) -> str:
        body = content.read_body(self._shop.content, post.record.path)
        if not post.record.digest.startswith(body.digest):  # a person saved it at this moment
            self._moved.add(post.record.path)
        return body.text

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
        assert name not in self._units, f"two units make {name}"
        made_of = repr(unit.made_of).encode()
        key = hashlib.sha256(self._stock.maker + made_of).digest()[:_KEY_BYTES]
        kept = self._before.units.get(name)
        if kept and kept.key == key and self._stands(kept.files):
            self._units[name] = kept
            return 0
        made = unit.make()
        for path, page in made.items():
            staging.add(path, page)
        sizes = {path: len(page) for path, page in made.items()}
        # What was made of something else than was looked at is made again the next time.
        self._units[name] = KeptUnit(b"" if self._moved else key, sizes)
        return len(made)

    def _copy(self, path: str, post: str, found: content.Beside, staging: Staging) -> int:
        now = KeptPicture(found.size, found.modified)
        self._pictures[path] = now
        stands = self._there.get(path) == found.size
        if stands and self._before.pictures.get(path) == now:
            return 0
        picture = content.read_beside(self._shop.content, post, found.name)
        if stands and (self._folder / path).read_bytes() == picture:
            return 0
        staging.add(path, picture)
        return 1

    def _index(self, library: Library, staging: Staging) -> int:
        """Stage the index of the search when a page in it changed; return how many files."""
        wanted = frozenset(search.pages(library, self._shop.settings))
        if not wanted:
            return 0
        made_of = [unit.key for unit in self._units.values() if not wanted.isdisjoint(unit.files)]
        key = hashlib.sha256(repr((sorted(wanted), made_of)).encode()).digest()[:_KEY_BYTES]
        kept = self._before.units.get(search.FOLDER)
        if kept and kept.key == key and self._stands(kept.files):
            self._units[search.FOLDER] = kept
            return 0
        staged = staging.places()
        places = {path: staged.get(path, self._folder / path) for path in wanted}
        sizes = {}
        with search.index(places, staging.folder, lang=search.language(library)) as files:
            for path, file in files:
                made = file.read_bytes()
                staging.add(path, made)
                sizes[path] = len(made)
        self._units[search.FOLDER] = KeptUnit(b"" if self._moved else key, sizes)
        return len(sizes)

    def _stands(self, files: Mapping[str, int]) -> bool:
        return all(self._there.get(path) == size for path, size in files.items())

    def _state(self, records: tuple[PostRecord, ...]) -> State:
        shown = {record.path for record in records}
        left_out = (path for path in self._stock.digests if path not in shown)
        return State(
            everything=b"" if self._moved else self._stock.everything,
            digests=dict(self._stock.digests),
            left_out=tuple(map(_left_out, left_out)),
            records=pack_records(records),
            units=self._units,
            pictures=self._pictures,
        )


def _keep_freed_memory() -> None:
    """Let the GNU C library hold on to memory that pages gave back.

    It asks the system for every page longer than 128 KB, and gives it back at once, which costs
    each page of memory again; that bound rises to the size of what was freed last.
    """
    bytes(_LARGEST_STRING)  # never touched, so it takes no memory


def _left_out(path: str) -> str:
    return (
        f"{path} is left out of the site, because nothing tells its day; "
        "give it a 'date: YYYY-MM-DD' in front, or name the file YYYY-MM-DD-<topic>.md"
    )
