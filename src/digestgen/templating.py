"""This module renders Jinja templates, the project's own before the package's.

In Markdown templates every value passes the Markdown encoder on its way out unless it is
``escaping.Encoded`` already; in HTML templates Jinja's autoescape does the same.
"""

import hashlib
import os
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from digestgen import escaping
from digestgen.errors import ConfigError, DigestgenError
from digestgen.files import is_text

if TYPE_CHECKING:
    from jinja2 import Environment


class Html(str):
    """HTML that is safe as it is: templates put it out without escaping it."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def package_templates() -> Path:
    """Return the folder of the built-in templates, in a wheel or in a checkout."""
    packed = Path(__file__).parent / "templates"
    return packed if packed.is_dir() else Path(__file__).parents[2] / "templates"


class Templates:
    """The templates of one project; ``project`` is its folder of overriding templates."""

    def __init__(self, project: Path | None = None) -> None:
        folders = [package_templates()] if project is None else [project, package_templates()]
        self._folders = tuple(folders)
        self._environments: dict[str, Environment] = {}
        self._known = b""

    def markdown(self, name: str, values: dict[str, object]) -> str:
        """Return a Markdown template filled in; foreign text comes out as literal text."""
        return self._render("markdown", name, values)

    def html(self, name: str, values: dict[str, object]) -> str:
        """Return an HTML template filled in, with autoescape on."""
        return self._render("html", name, values)

    def verbatim(self, name: str, values: dict[str, object]) -> str:
        """Return a template filled in as it is: settings of our own, questions to a model."""
        return self._render("verbatim", name, values)

    def files(self, folder: str) -> dict[str, bytes]:
        """Return the files of a folder of templates and below as they are, by place in it."""
        found = {
            name.removeprefix(f"{folder}/"): path
            for templates in reversed(self._folders)
            for name, path in _files_below(templates, folder)
        }
        # No page could name a file whose name is no text.
        return {name: found[name].read_bytes() for name in sorted(filter(is_text, found))}

    def digest(self, folder: str, *, copied: str) -> str:
        """Return the hash of the templates in a folder, and of all that the project has.

        A template may include any file, so all of them count but for those in ``copied``, a
        folder of files that are no part of a template; of these ``*.j2`` alone does.
        When it is another than the last time, templates are loaded again; only then.
        """
        known = hashlib.sha256()
        *project, package = self._folders
        for root, below in (*((root, "") for root in project), (package, folder)):
            for name, path in _files_below(root, below):
                if name.startswith(f"{copied}/") and not name.endswith(".j2"):
                    continue
                with suppress(OSError):  # an editor's file that is gone; who includes it is told
                    source = path.read_bytes()
                    known.update(os.fsencode(f"{name}\0{len(source)}\0") + source)
        if known.digest() != self._known:
            self._environments.clear()
            self._known = known.digest()
        return known.hexdigest()

    def _render(self, kind: str, name: str, values: dict[str, object]) -> str:
        with self._template_errors(name):
            return self._environment(kind).get_template(name).render(values)

    def _environment(self, kind: str) -> "Environment":
        if kind not in self._environments:
            from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

            class PlainGlobals(Environment):
                """Knows what all templates see as one dictionary, which is quicker than a chain."""

                def make_globals(
                    self, d: MutableMapping[str, object] | None
                ) -> MutableMapping[str, object]:
                    return {**self.globals, **(d or {})}

            environment = PlainGlobals(
                loader=ChoiceLoader([FileSystemLoader(folder) for folder in self._folders]),
                autoescape=kind == "html",  # Markdown has an encoder of its own
                undefined=StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
                keep_trailing_newline=True,
                auto_reload=False,  # a page needs five templates; ``digest`` looks for edits
            )
            if kind == "markdown":
                environment.finalize = _encode
                environment.filters["html"] = escaping.html
            self._environments[kind] = environment
        return self._environments[kind]

    @contextmanager
    def _template_errors(self, name: str) -> Iterator[None]:
        from jinja2 import TemplateError, TemplateNotFound  # here: many need no template at all

        try:
            yield
        except DigestgenError:
            raise
        except TemplateNotFound as error:
            raise ConfigError(
                f"template {error.name!r} does not exist",
                hint="the built-in ones are listed in docs/templates.md",
            ) from error
        except Exception as error:  # a template may do anything
            kind = "" if isinstance(error, TemplateError) else f"{type(error).__name__}: "
            raise ConfigError(
                f"{self._place(error) or name}: {kind}{error}", hint="correct this template"
            ) from error

    def _place(self, error: Exception) -> str:
        """Return file and line of the template that an error came from; empty if from none."""
        places = [
            f"{frame.filename}:{frame.lineno}"
            for frame in traceback.extract_tb(error.__traceback__)
            if any(Path(frame.filename).is_relative_to(folder) for folder in self._folders)
        ]
        return places[-1] if places else ""


def _files_below(root: Path, below: str) -> Iterator[tuple[str, Path]]:
    """Yield the files in a folder and below, also behind links, by their names from ``root``.

    What is hidden is left out, and a folder that is met again, as behind a link to its parent.
    """
    met = set()
    waiting = [below]
    while waiting:
        inside = waiting.pop()
        with suppress(OSError):
            status = (root / inside).stat()
            if (status.st_dev, status.st_ino) in met:
                continue
            met.add((status.st_dev, status.st_ino))
            for path in sorted((root / inside).glob("[!.]*")):
                name = f"{inside}/{path.name}".lstrip("/")
                if path.is_dir():
                    # Behind links last, so that a folder has its own name and not that of a link.
                    waiting.insert(0 if path.is_symlink() else len(waiting), name)
                elif path.is_file():
                    yield name, path


def _encode(value: object) -> object:
    if isinstance(value, escaping.Encoded | int | float):
        return value
    return escaping.markdown(str(value))
