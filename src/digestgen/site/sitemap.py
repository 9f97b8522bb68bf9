"""This module makes the map of the site for search engines, of a site with a public address."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from xml.sax.saxutils import escape

from digestgen.site.library import Library
from digestgen.site.settings import SiteSettings
from digestgen.site.unit import Unit

MAP, ROBOTS = "sitemap.xml", "robots.txt"
MOST_PAGES = 50_000  # of one map, by the protocol of sitemaps


def units(library: Library, settings: SiteSettings) -> Iterator[Unit]:
    """Yield the map and where robots find it; nothing for a site without a public address."""
    if settings.url:
        moments = tuple(_pages(library, settings))
        yield Unit(paths=(MAP, ROBOTS), made_of=moments, make=partial(_files, moments, settings))


def _pages(library: Library, settings: SiteSettings) -> Iterator[tuple[str, str]]:
    """Yield each page with the moment when it last moved, the most read ones first."""
    posts = [(post.address, post.record.updated) for post in library.posts]
    newest = max((moment for _, moment in posts), default=None)
    yield "index.html", _day(newest)
    for topic in library.topics.values():
        yield topic.address, _day(max(post.record.updated for post in topic.posts))
    for address, moment in posts:
        yield address, _day(moment)
    if settings.papers:
        for paper in library.papers.values():
            yield paper.address, _day(paper.newest.post.record.updated)
    yield "archive/index.html", _day(newest)
    yield "trends/index.html", _day(newest)


def _files(moments: tuple[tuple[str, str], ...], settings: SiteSettings) -> Mapping[str, bytes]:
    lines = "".join(
        f"<url><loc>{escape(settings.public(path))}</loc>"
        f"{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"
        for path, day in moments[:MOST_PAGES]
    )
    sitemap = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    )
    robots = f"User-agent: *\nAllow: /\nSitemap: {settings.public(MAP)}\n"
    return {MAP: sitemap.encode(), ROBOTS: robots.encode()}


def _day(moment: datetime | None) -> str:
    return moment.astimezone(UTC).date().isoformat() if moment else ""
