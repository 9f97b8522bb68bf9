"""This module defines what a person chooses of the site."""

from digestgen.model import Lang
from digestgen.values import Value


class SiteSettings(Value, frozen=True, kw_only=True):
    """The site as its owner wants it.

    ``url`` is its public address, or empty; ``lang`` its own language; ``papers`` says whether
    each paper has a page of its own, ``search`` whether there is one to search in.
    """

    title: str
    url: str = ""
    lang: Lang = "zh"
    papers: bool = True
    search: bool = False

    def public(self, path: str) -> str:
        """Return a page's public address, its folder where it is an index; "" without one."""
        if not self.url:
            return ""
        return f"{self.url.rstrip('/')}/{path.removesuffix('index.html')}"
