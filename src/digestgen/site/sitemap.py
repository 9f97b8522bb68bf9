"""This module makes the map of the site for search engines, of a site with a public address."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from html import escape

from digestgen.site.library import Library, Placed, month_address
from digestgen.site.settings import SiteSettings
from digestgen.site.unit import Unit

MAP, ROBOTS, PART = "sitemap.xml", "robots.txt", "sitemap-{}.xml"
# Of one map, by the protocol of sitemaps.
MOST_PAGES = 50_000
MOST_BYTES = 52_428_800
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FRAME = 200  # bytes around an address, and around all of them
_LONGEST_CHARACTER = 5  # &amp;
_Page = tuple[str, str]  # its path, and the day when it last moved, if that is known


def units(
    library: Library,
    settings: SiteSettings,
    *,
    most_pages: int = MOST_PAGES,
    most_bytes: int = MOST_BYTES,
) -> Iterator[Unit]:
    """Yield the map and where robots find it; nothing for a site without a public address.

    What does not fit into one map goes into several, and the first one lists those.
    """
    if not settings.url:
        return
    pages = tuple(_pages(library, settings))
    most = min(most_pages, most_bytes // _most_bytes_of_a_page(pages, settings))
    parts = tuple(pages[start : start + most] for start in range(0, len(pages), most))
    if len(parts) == 1:
        yield Unit(paths=(MAP, ROBOTS), made_of=pages, make=partial(_whole, pages, settings))
        return
    names = [PART.format(number) for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Unit(paths=(name,), made_of=part, make=partial(_part, name, part, settings))
    newest = tuple(
        (name, max(day for _, day in part)) for name, part in zip(names, parts, strict=True)
    )
    yield Unit(paths=(MAP, ROBOTS), made_of=newest, make=partial(_list, newest, settings))


def _most_bytes_of_a_page(pages: tuple[_Page, ...], settings: SiteSettings) -> int:
    """Return more than any page takes in a map, without writing one."""
    longest = max(len(path) for path, _ in pages)
    return _FRAME + _LONGEST_CHARACTER * (len(settings.url) + longest)


def _pages(library: Library, settings: SiteSettings) -> Iterator[_Page]:
    """Yield each page with the moment when it last moved, the most read ones first."""
    newest = _moved(library.posts)
    yield "index.html", newest
    for topic in library.topics.values():
        yield topic.address, _moved(topic.posts)
    for post in library.posts:
        yield post.address, _day(post.record.updated)
    if settings.papers:
        for paper in library.papers.values():
            yield paper.address, _day(paper.newest.post.record.updated)
    yield "archive/index.html", newest
    for month, posts in library.months.items():
        yield month_address(month), _moved(posts)
    yield "trends/index.html", newest


def _whole(pages: tuple[_Page, ...], settings: SiteSettings) -> Mapping[str, bytes]:
    return {MAP: _map("urlset", "url", pages, settings), ROBOTS: _robots(settings)}


def _part(name: str, pages: tuple[_Page, ...], settings: SiteSettings) -> Mapping[str, bytes]:
    return {name: _map("urlset", "url", pages, settings)}


def _list(parts: tuple[_Page, ...], settings: SiteSettings) -> Mapping[str, bytes]:
    return {MAP: _map("sitemapindex", "sitemap", parts, settings), ROBOTS: _robots(settings)}


def _map(root: str, element: str, pages: tuple[_Page, ...], settings: SiteSettings) -> bytes:
    lines = "".join(
        f"<{element}><loc>{escape(settings.public(path), quote=False)}</loc>"
        f"{f'<lastmod>{day}</lastmod>' if day else ''}</{element}>\n"
        for path, day in pages
    )
    return f'{_HEAD}<{root} xmlns="{_SPACE}">\n{lines}</{root}>\n'.encode()


def _robots(settings: SiteSettings) -> bytes:
    return f"User-agent: *\nAllow: /\nSitemap: {settings.public(MAP)}\n".encode()


def _moved(posts: tuple[Placed, ...]) -> str:
    """Return the day when a list of posts last moved, if it has any."""
    return _day(max(post.record.updated for post in posts)) if posts else ""


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()
