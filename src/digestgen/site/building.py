"""This module builds a site: it looks at what goes in and at what stands, and decides.

It is quick when nothing changed: nothing is parsed, and what makes pages is not even imported.
Equal posts, templates and settings give equal bytes, whatever was built before.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from digestgen.site.output import finish, listed_files, lost, state_file
from digestgen.site.program import program_mark
from digestgen.site.shop import Built, Shop
from digestgen.site.state import State, read_state
from digestgen.site.stock import Stock, take_stock
from digestgen.values import Value, replace

if TYPE_CHECKING:
    from digestgen.site.records import PostRecord

_SELDOM = 50_000  # new objects between two looks for rings; 700 otherwise


def build(shop: Shop, folder: Path) -> Built:
    """Make ``folder`` hold the site; only for who holds the folder's lock.

    Raises:
        ContentError: a post cannot be read.
        ConfigError: a template cannot be used.
        OutputError: it cannot be written, or a file of somebody else stands in the way.
    """
    return Builder(shop, folder).build()


class _Last(Value, frozen=True, kw_only=True):
    """The last build: what was kept of it, and which units have files that are not as it left them.

    ``kept_at`` tells whether the file of the state is still the one that was read or written.
    """

    state: State
    records: "Mapping[str, PostRecord] | None"
    lost: frozenset[str]
    kept_at: tuple[int, ...]


class Builder:
    """Builds one site again and again, without reading again what it left itself.

    It looks at the files of the site the first time only, and again when somebody else has built
    it, or has missed one.
    """

    def __init__(self, shop: Shop, folder: Path) -> None:
        self._shop = shop
        self._folder = folder
        self._program = program_mark()
        self._last: _Last | None = None

    def build(self) -> Built:
        """See ``build``."""
        with _collecting_seldom():
            return self._build()

    def _build(self) -> Built:
        finish(self._folder)
        self._last = last = self._recall()
        stock = take_stock(self._shop, known=last.state.digests, program=self._program)
        if stock.everything == last.state.everything and not last.lost:
            posts = len(stock.digests) - len(last.state.left_out)
            return Built(posts=posts, changed=0, left_out=last.state.left_out)
        del last
        return self._make(stock)

    def missed(self, path: str) -> bool:
        """Tell whether a file that somebody missed is the site's; the next build then makes it."""
        if not self._last or not _has(self._last.state, path):
            return False
        self._last = None  # so that the next build looks at all files again
        return True

    def _recall(self) -> _Last:
        kept_at = stamp(self._folder)
        if self._last and kept_at and self._last.kept_at == kept_at:
            return self._last
        state = read_state(state_file(self._folder))
        if state.program != self._program:  # what another one kept of the posts is of no use
            state = replace(state, digests={}, records=())
        files = ((name, unit.files) for name, unit in state.units.items())
        return _Last(state=state, records=None, lost=lost(self._folder, files), kept_at=kept_at)

    def _make(self, stock: Stock) -> Built:
        from digestgen.site.making import Making  # its imports take longer than all of the above

        last, self._last = self._last, None  # what a build has used is not kept besides
        assert last
        listed = frozenset() if last.state.units else listed_files(self._folder)
        kept = last.state.records_by_path() if last.records is None else last.records
        making = Making(
            self._shop,
            self._folder,
            stock,
            state=replace(last.state, records=()),
            lost=last.lost,
            listed=listed,
        )
        del last
        built, state, records = making.run(kept, self._program)
        self._last = _Last(
            state=state,
            records={record.path: record for record in records},
            lost=frozenset(),
            kept_at=stamp(self._folder),
        )
        return built


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Look for rings of objects seldom: records and pages are many objects and hardly a ring."""
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _has(state: State, path: str) -> bool:
    name = path.encode()  # packed as it is, and unpacking everything takes several times as long
    return any(name in unit.packed and path in unit.files for unit in state.units.values())


def stamp(folder: Path) -> tuple[int, ...]:
    """Return what is another after each build that had something to do, whoever built."""
    with suppress(OSError):
        status = state_file(folder).stat()
        return status.st_ino, status.st_size, status.st_mtime_ns
    return ()
