"""This module defines what every build of a site needs, and what comes of one."""

from dataclasses import dataclass
from pathlib import Path

from digestgen.site.settings import SiteSettings
from digestgen.templating import Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Where the posts lie, and how pages are made of them."""

    content: Path
    templates: Templates
    settings: SiteSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of a build: how many posts the site has, and how many files changed.

    ``left_out`` says of each post that has no page which one it is, why, and what to do.
    """

    posts: int
    changed: int
    left_out: tuple[str, ...]
