"""This module defines what every build of a site needs, and what comes of one."""

from pathlib import Path

from digestgen.site.settings import SiteSettings
from digestgen.templating import Templates
from digestgen.values import Value


class Shop(Value, frozen=True, kw_only=True):
    """Where the posts lie, and how pages are made of them."""

    content: Path
    templates: Templates
    settings: SiteSettings


class Built(Value, frozen=True, kw_only=True):
    """What became of a build: how many posts the site has, and how many files changed.

    ``left_out`` says of each post that has no page which one it is, why, and what to do.
    """

    posts: int
    changed: int
    left_out: tuple[str, ...]
