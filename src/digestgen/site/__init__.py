"""This package makes a site to read the posts on, and shows it while they are written.

``digestgen.site.server`` is imported by who serves, because it brings a web server along.
"""

from digestgen.site.output import write_site
from digestgen.site.pages import Picture, Site, SiteSettings, build_site

__all__ = ["Picture", "Site", "SiteSettings", "build_site", "write_site"]
