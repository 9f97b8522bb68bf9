"""This module makes units of the files that pages load: style, scripts and icons."""

import hashlib
from collections.abc import Iterator, Mapping

from digestgen.site.unit import Unit
from digestgen.templating import Templates

_FOLDER = "static"


def units(templates: Templates) -> Iterator[Unit]:
    """Yield each static file, the project's own before the package's."""
    for name, content in templates.files(f"site/{_FOLDER}").items():
        yield _unit(f"{_FOLDER}/{name}", content)


def _unit(path: str, content: bytes) -> Unit:
    def make() -> Mapping[str, bytes]:
        return {path: content}

    return Unit(paths=(path,), made_of=hashlib.sha256(content).hexdigest(), make=make)
