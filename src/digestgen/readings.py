"""This module remembers what was read in PDFs, so that none is read twice.

A reading is a file, its pictures are files beside it; what is missing or cannot be read back
counts as never read. Deleting any of it is always safe.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from digestgen.files import output_errors, used, write_atomic
from digestgen.model import Figure, Picture
from digestgen.paper import Extract, Reading
from digestgen.paper.pictures import THUMBNAIL

# Who read it: raise it with every change of `paper` that changes what is read.
_READER = "reader-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A reading, and its pictures on disk under the names that they were cut by."""

    reading: Reading
    pictures: tuple[Picture, ...]


class Readings:
    """The readings in ``folder``, by what was read and what was asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> Kept | None:
        """Return what was kept under ``key``, if all of it is there."""
        try:
            extract = _DECODER.decode(self._path(key).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        kept = self._kept(key, extract)
        files = [self._path(key), *(file for one in kept.pictures for file in _files(one))]
        return kept if all(map(used, files)) else None

    def keep(self, key: str, extract: Extract) -> Kept:
        """Remember what was read, the pictures first.

        Raises:
            OutputError: it cannot be written.
        """
        kept = self._kept(key, extract)
        with output_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        for figure, picture in zip(extract.pictures, kept.pictures, strict=True):
            write_atomic(picture.image, figure.image)
            if picture.thumbnail_name:
                write_atomic(picture.thumbnail, figure.thumbnail)
        bare = tuple(replace(figure, image=b"", thumbnail=b"") for figure in extract.pictures)
        write_atomic(self._path(key), msgspec.json.encode(replace(extract, pictures=bare)))
        return kept

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _kept(self, key: str, extract: Extract) -> Kept:
        pictures = tuple(self._picture(key, figure) for figure in extract.pictures)
        return Kept(reading=extract.reading, pictures=pictures)

    def _picture(self, key: str, figure: Figure) -> Picture:
        small = f"{Path(figure.file_name).stem}-small.webp" if figure.width > THUMBNAIL else ""
        return Picture(
            kind=figure.kind,
            label=figure.label,
            caption=figure.caption,
            alt=figure.alt,
            page=figure.page,
            file_name=figure.file_name,
            image=self._folder / f"{key}-{figure.file_name}",
            width=figure.width,
            height=figure.height,
            thumbnail_name=small,
            thumbnail=self._folder / f"{key}-{small}" if small else Path(),
            thumbnail_width=THUMBNAIL if small else 0,
        )


_DECODER = msgspec.json.Decoder(Extract)


def reading_key(pdf: bytes, *, authors: Sequence[str], most_pictures: int) -> str:
    """Return what a reading is kept under: it changes with all that the reading depends on."""
    asked = json.dumps([_READER, list(authors), most_pictures])
    return hashlib.sha256(asked.encode() + hashlib.sha256(pdf).digest()).hexdigest()


def _files(picture: Picture) -> list[Path]:
    return [picture.image, *([picture.thumbnail] if picture.thumbnail_name else [])]
