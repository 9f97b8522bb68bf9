"""This module is `digestgen site` and `digestgen serve`: the preview of the posts."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from digestgen import content
from digestgen.commands.project import (
    Project,
    Surroundings,
    open_project,
    require_posts,
    short,
)
from digestgen.console import Console
from digestgen.files import locked
from digestgen.site import Builder, Built, Shop, SiteSettings
from digestgen.templating import Templates

_PATIENCE_SECONDS = 60.0
_NO_SEARCH = (
    "preview.search: the site has no search, because Pagefind is not installed; "
    "pip install 'digestgen[search]', or set search = false"
)


def refresh_site(project: Project, console: Console, builder: Builder | None = None) -> Built:
    """Make the preview of a project's posts; return what came of it.

    Posts that it cannot show, and a search that it cannot make, are told to ``console``. Who
    builds again and again lends ``builder``, which remembers.

    Raises:
        ContentError: a post cannot be read.
        OutputError: the preview cannot be written.
    """
    # Read within the lock, or an older reading might be written last.
    with locked(project.site, seconds=_PATIENCE_SECONDS):
        built = (builder or _builder(project)).build()
    for line in (*built.left_out, *([_NO_SEARCH] if _lacks_search(project) else [])):
        console.note(f"note: {line}")
    return built


def _lacks_search(project: Project) -> bool:
    """Tell whether the site should have a search, and its topics have to do."""
    if not project.config.preview.search:
        return False
    from digestgen.site import search  # few sites have one

    return not search.is_installed()


def _builder(project: Project) -> Builder:
    preview = project.config.preview
    shop = Shop(
        content=project.content,
        templates=Templates(project.templates),
        settings=SiteSettings(
            title=preview.title,
            url=preview.url,
            lang=project.config.build.language,
            papers=preview.papers,
            search=preview.search and not _lacks_search(project),
        ),
    )
    return Builder(shop, project.site)


def site(around: Surroundings, console: Console, flags: Mapping[str, object]) -> int:
    """Rebuild the preview; return the exit code."""
    project = open_project(around, flags)
    require_posts(project)
    began = time.monotonic()
    console.progress("building the preview")
    built = refresh_site(project, console)
    console.json(
        {
            "site": str(project.site),
            "posts": built.posts,
            "files_changed": built.changed,
            "seconds": round(time.monotonic() - began, 3),
        }
    )
    console.result(
        f"{short(project.site, around)}: {built.posts} posts, {built.changed} files changed"
    )
    return 0


@dataclass(frozen=True, slots=True)
class _Works:
    """What makes the preview of a project again and again."""

    project: Project
    console: Console
    builder: Builder

    def build(self) -> None:
        """See ``refresh_site``."""
        refresh_site(self.project, self.console, self.builder)

    def missed(self, path: str) -> bool:
        """See ``Builder``."""
        return self.builder.missed(path)


def serve(
    around: Surroundings, console: Console, flags: Mapping[str, object], *, host: str, port: int
) -> int:
    """Show the preview until interrupted."""
    from digestgen.site.preview import Shown
    from digestgen.site.server import serve as serve_site

    project = open_project(around, flags)
    (project.content / content.POSTS).mkdir(parents=True, exist_ok=True)  # where to begin

    serve_site(
        _Works(project, console, _builder(project)),
        Shown(
            folder=project.site,
            watch=(project.content, project.templates),
            lang=project.config.build.language,
        ),
        host=host,
        port=port,
        on_ready=lambda address: console.result(f"preview: {address} (stop it with Ctrl-C)"),
        on_trouble=console.note,
    )
    return 0
