"""This module fills the site's templates with what all pages have in common."""

from dataclasses import asdict
from urllib.parse import urlsplit

from digestgen.site.labels import LABELS
from digestgen.site.settings import SiteSettings
from digestgen.templating import Templates

# Holds for file: addresses too. Nothing is inline, and nothing comes from another server.
CONTENT_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)


class Press:
    """Makes pages of one site."""

    def __init__(self, templates: Templates, settings: SiteSettings) -> None:
        self.templates = templates
        self.settings = settings
        self.labels = LABELS[settings.lang]
        self._labels = asdict(self.labels)

    def page(self, name: str, root: str, **values: object) -> bytes:
        """Return a page by its template; ``root`` leads from the page to the site's root."""
        common = {
            "site_title": self.settings.title,
            "labels": self._labels,
            "policy": CONTENT_POLICY,
            "root": root,
        }
        return self.templates.html(f"site/{name}.html.j2", common | values).encode()

    @property
    def public_root(self) -> str:
        """Return the path of the site's root on its server."""
        return urlsplit(self.settings.url).path.rstrip("/") + "/"
