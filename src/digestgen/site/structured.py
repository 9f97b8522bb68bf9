"""This module says of a page what machines read: its address, OpenGraph, and JSON-LD.

JSON-LD stands in a script element that no browser runs; what could end that element is escaped.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Protocol

from digestgen.site.labels import LABELS
from digestgen.site.names import is_group, plain
from digestgen.site.records import PaperRecord
from digestgen.site.settings import SiteSettings
from digestgen.values import Value

_SCHEMA = "https://schema.org"
_LOCALES = {"en": "en_GB", "zh": "zh_CN"}
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # one for tens of thousands
_BREAKING = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_IN_SCRIPT = re.compile("[" + "".join(_BREAKING) + "]")


class Described(Protocol):
    """A page as far as machines want to know; texts may hold TeX, addresses count from the root.

    ``papers`` are the post's, or the one paper of a paper's page. ``image`` is "" without any.
    """

    @property
    def kind(self) -> str:
        """Return what kind of page it is: home, post, paper, topic or another."""

    @property
    def path(self) -> str:
        """Return the page's file."""

    @property
    def title(self) -> str:
        """Return the page's title, "" on the first page."""

    @property
    def lang(self) -> str:
        """Return the language of the main text, as HTML names it."""

    @property
    def description(self) -> str:
        """Return what is said of the page in short."""

    @property
    def image(self) -> str:
        """Return the picture that stands for it."""

    @property
    def day(self) -> date | None:
        """Return the day of a post."""

    @property
    def updated(self) -> datetime | None:
        """Return when the page's content last moved."""

    @property
    def papers(self) -> Sequence[PaperRecord]:
        """Return the papers in it."""


class Head(Value, frozen=True, kw_only=True):
    """What a page's head tells machines.

    ``canonical`` is "" without a public address; ``properties`` are OpenGraph's; ``json_ld`` is
    JSON that may stand in a script element as it is, "" for none.
    """

    canonical: str
    properties: tuple[tuple[str, str], ...]
    json_ld: str


def safe_json(thing: object) -> str:
    """Return JSON without the signs that could end a script element, or begin an element."""
    return _IN_SCRIPT.sub(lambda match: _BREAKING[match[0]], _JSON.encode(thing))


def head(page: Described, settings: SiteSettings) -> Head:
    """Return what a page tells machines; a page that is not there tells nothing."""
    if page.kind == "missing":
        return Head(canonical="", properties=(), json_ld="")
    return Head(
        canonical=settings.public(page.path),
        properties=tuple(_properties(page, settings).items()),
        json_ld=safe_json(_thing(page, settings)),
    )


def _properties(page: Described, settings: SiteSettings) -> dict[str, str]:
    article = page.kind in {"post", "paper"}
    properties = {
        "og:type": "article" if article else "website",
        "og:site_name": plain(settings.title),
        "og:title": plain(page.title) or plain(settings.title),
        "og:description": plain(page.description),
        "og:url": settings.public(page.path),
        "og:image": settings.public(page.image) if page.image else "",
        "og:locale": _LOCALES["zh" if page.lang.startswith("zh") else "en"],
        "article:published_time": page.day.isoformat() if article and page.day else "",
        "article:modified_time": _moment(page.updated) if article else "",
    }
    return {name: value for name, value in properties.items() if value}


def _thing(page: Described, settings: SiteSettings) -> dict[str, object]:
    if page.kind == "paper" and page.papers:
        thing = _article(page.papers[0])
        thing["mainEntityOfPage"] = settings.public(page.path)
        thing["description"] = plain(page.description)
    elif page.kind == "post":
        thing = _posting(page, settings)
    else:
        thing = _blog(settings) if page.kind == "home" else _collection(page, settings)
    if page.image:
        thing["image"] = settings.public(page.image)
    return {"@context": _SCHEMA, **_filled(thing)}


def _blog(settings: SiteSettings) -> dict[str, object]:
    return {
        "@type": "Blog",
        "name": plain(settings.title),
        "url": settings.public("index.html"),
        "inLanguage": LABELS[settings.lang].html_lang,
    }


def _collection(page: Described, settings: SiteSettings) -> dict[str, object]:
    return {
        "@type": "CollectionPage",
        "name": plain(page.title),
        "url": settings.public(page.path),
        "inLanguage": page.lang,
        "isPartOf": _filled(_blog(settings)),
    }


def _posting(page: Described, settings: SiteSettings) -> dict[str, object]:
    return {
        "@type": "BlogPosting",
        "headline": plain(page.title),
        "description": plain(page.description),
        "url": settings.public(page.path),
        "datePublished": page.day.isoformat() if page.day else "",
        "dateModified": _moment(page.updated),
        "inLanguage": page.lang,
        "isPartOf": _filled(_blog(settings)),
        "mentions": [_filled(_mention(paper)) for paper in page.papers],
    }


def _mention(paper: PaperRecord) -> dict[str, object]:
    """Return a paper by its name and address; the rest stands in its own page."""
    return {
        "@type": "ScholarlyArticle",
        "name": plain(paper.title),
        "sameAs": f"https://arxiv.org/abs/{paper.id}" if paper.is_arxiv else "",
    }


def _article(paper: PaperRecord) -> dict[str, object]:
    doi = plain(paper.doi)
    journal = plain(paper.journal)
    numbers = {"arXiv": paper.id if paper.is_arxiv else "", "DOI": doi}
    return {
        **_mention(paper),
        "headline": plain(paper.title),
        "author": [_author(author) for author in paper.authors if plain(author)],
        "datePublished": paper.published.isoformat() if paper.published else "",
        "dateModified": paper.revised.isoformat() if paper.revised else "",
        "version": str(paper.version),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": number}
            for name, number in numbers.items()
            if number
        ],
        "keywords": ", ".join(map(plain, paper.categories)),
        "license": paper.licence if _WEB.match(paper.licence) else "",
        "isPartOf": {"@type": "Periodical", "name": journal} if journal else "",
    }


def _author(author: str) -> dict[str, object]:
    return {"@type": "Organization" if is_group(author) else "Person", "name": plain(author)}


def _filled(thing: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in thing.items() if value}


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
