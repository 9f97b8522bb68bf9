"""This module fills the templates of pages with their views and with what all pages share."""

import json
from urllib.parse import urlsplit

from digestgen.site.labels import LABELS, Labels
from digestgen.site.settings import SiteSettings
from digestgen.site.structured import head
from digestgen.site.views import View
from digestgen.templating import Html, Templates

# Holds for file: addresses too. Nothing is inline, and nothing comes from another server; fonts
# are those that a theme may bring along.
CONTENT_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
# The search is compiled to WebAssembly, and runs in its own page only.
SEARCH_POLICY = CONTENT_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
_FOR_SCRIPTS = (
    "close copied copy_failed next_picture picture picture_failed pictures previous_picture "
    "theme_auto theme_dark theme_light zoom"
)
_FOR_SEARCH = "search_none search_failed one_result many_results"


class Press:
    """Makes pages out of views."""

    def __init__(self, templates: Templates, settings: SiteSettings) -> None:
        self.settings = settings
        self.labels = LABELS[settings.lang]
        self._templates = templates
        self._missing_root = urlsplit(settings.url).path.rstrip("/") + "/"
        self._shared: dict[str, object] = {
            "site": settings,
            "labels": self.labels,
            "strings": _strings(self.labels, _FOR_SCRIPTS),
            "search_strings": _strings(self.labels, _FOR_SEARCH),
            "has_search": settings.search,
        }
        self._frames: dict[tuple[str, str], dict[str, object]] = {}

    def page(self, view: View) -> bytes:
        """Return a page as HTML.

        Raises:
            ConfigError: a template cannot be used.
        """
        page = view.page
        # A server shows the page of what is missing at any depth: its links begin at the root.
        root = self._missing_root if page.kind == "missing" else "../" * page.path.count("/")
        own = {
            "view": view,
            "page": page,
            "root": root,
            "head": head(page, self.settings),
            "policy": SEARCH_POLICY if page.kind == "search" else CONTENT_POLICY,
        }
        values = self._shared | self._frame(page.kind, root) | own
        return self._templates.html(view.template, values).encode()

    def _frame(self, kind: str, root: str) -> dict[str, object]:
        """Return what is the same in tens of thousands of pages: their files, head and foot."""
        if (kind, root) not in self._frames:
            values = self._shared | {"kind": kind, "root": root}
            self._frames[kind, root] = {
                name: Html(self._templates.html(f"site/{name}.html.j2", values).removesuffix("\n"))
                for name in ("files", "masthead", "colophon")
            }
        return self._frames[kind, root]


def _strings(labels: Labels, names: str) -> str:
    said = {name: getattr(labels, name) for name in names.split()}
    return json.dumps(said, ensure_ascii=False)
