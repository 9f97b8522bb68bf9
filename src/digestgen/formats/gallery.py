"""This module turns a paper's pictures into the values that a gallery's template shows."""

from collections.abc import Iterator

from digestgen import tex
from digestgen.escaping import Encoded, attribute, html, html_link
from digestgen.formats.labels import Labels
from digestgen.licensing import licence_name
from digestgen.model import Entry, Paper, Picture
from digestgen.post import Asset

_MOST_AUTHORS = 3
# What a column of the gallery is wide, so that a browser can choose the smaller picture.
_SIZES = "(max-width: 600px) 90vw, 300px"


def assets(entry: Entry) -> Iterator[Asset]:
    """Yield the files that belong beside a post for this paper."""
    for picture in entry.pictures:
        yield Asset(name=picture.file_name, source=picture.image)
        if picture.thumbnail_name:
            yield Asset(name=picture.thumbnail_name, source=picture.thumbnail)


def values(entry: Entry, labels: Labels) -> dict[str, object]:
    """Return everything that ``gallery.md.j2`` names."""
    return {
        "labels": labels,
        "summary": labels.gallery.format(count=len(entry.pictures)),
        "figures": [_figure(picture) for picture in entry.pictures],
        "attribution": attribution(entry.paper, labels),
    }


def attribution(paper: Paper, labels: Labels) -> Encoded:
    """Say whose pictures these are: authors, id, and the licence when it is known."""
    names = [author.name for author in paper.authors]
    authors = labels.comma.join(names[:_MOST_AUTHORS])
    if len(names) > _MOST_AUTHORS:
        authors = labels.and_others.format(authors=authors)
    page = next((link.url for link in paper.links if link.kind == "abstract"), "")
    parts = [html(authors), html_link(named(paper), page)]
    if name := licence_name(paper.licence):
        parts.append(html_link(name, paper.licence))
    return Encoded(" · ".join(filter(None, parts)))


def named(paper: Paper) -> str:
    """Return what a paper is called by its id and version: ``arXiv:2409.12099v1``."""
    is_there = any("//arxiv.org/" in link.url for link in paper.links if link.kind == "abstract")
    return f"{'arXiv:' if is_there else ''}{paper.id}v{paper.version}"


def _figure(picture: Picture) -> dict[str, object]:
    small = f"{picture.thumbnail_name} {picture.thumbnail_width}w"
    full = f"{picture.file_name} {picture.width}w"
    return {
        "src": attribute(picture.file_name),
        "srcset": attribute(f"{small}, {full}") if picture.thumbnail_name else Encoded(),
        "sizes": _SIZES,
        "alt": attribute(tex.plain(_legible(picture.alt))),
        "caption": _legible(picture.caption),
        "width": picture.width,
        "height": picture.height,
    }


def _legible(text: str) -> str:
    """Show a sign that the PDF gives no letter for as the box that readers know from elsewhere."""
    return text.replace("\N{REPLACEMENT CHARACTER}", "\N{WHITE SQUARE}")
