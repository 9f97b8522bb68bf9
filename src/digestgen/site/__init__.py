"""This package makes a site to read the posts on, and shows it while they are written.

``digestgen.site.server`` is imported by who serves, because it brings a web server along.
"""

from digestgen.site.building import Builder, build
from digestgen.site.settings import SiteSettings
from digestgen.site.shop import Built, Shop

__all__ = ["Builder", "Built", "Shop", "SiteSettings", "build"]
