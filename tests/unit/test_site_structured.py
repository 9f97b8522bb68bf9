"""What machines read of a page: complete, true, and never a way out of its script."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

import html5lib
import pytest
from lxml import etree

from digestgen.site import sitemap
from digestgen.site.library import Library, arrange
from digestgen.site.records import PaperRecord
from digestgen.site.settings import SiteSettings
from digestgen.site.structured import Head, head
from digestgen.templating import Templates
from digestgen.values import replace
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, foreign, library, site

PUBLIC = SiteSettings(title="Digests", url="https://blog.example/papers", lang="en")
LOCAL = SiteSettings(title="Digests", lang="en")
HOSTILE = "</script><script>alert(1)</script><!--<script> \u2028 ]]> & \" ' \\"
PAPER = PaperRecord(
    id="2409.00001",
    version=2,
    title="A $x^2$ Filter",
    gist="",
    by="extractive",
    authors=("Ada Example", "The ATLAS Collaboration"),
    published=date(2024, 9, 1),
    revised=date(2024, 9, 20),
    categories=("cs.CV", "cs.LG"),
    doi="10.1/a",
    journal="J. Noise 1",
    licence="https://creativecommons.org/licenses/by/4.0/",
)


@dataclass(frozen=True)
class Page:
    """A page as ``structured`` wants to know it."""

    kind: str = "post"
    path: str = "posts/a/index.html"
    title: str = "Diffusion"
    lang: str = "zh-Hans"
    description: str = "One paper."
    image: str = ""
    day: date | None = date(2024, 9, 24)
    updated: datetime | None = datetime(2024, 9, 24, 8, tzinfo=UTC)
    papers: tuple[PaperRecord, ...] = (PAPER,)


def paper_page(**fields: Any) -> Page:
    return Page(**{"kind": "paper", "path": "papers/2409.00001/index.html", **fields})


def thing(page: Page, settings: SiteSettings = PUBLIC) -> Any:
    return json.loads(head(page, settings).json_ld)


def test_a_paper_is_a_scholarly_article_with_everything_that_is_known() -> None:
    image = "posts/a/figure.webp"

    assert thing(paper_page(title=PAPER.title, image=image)) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "name": "A x^2 Filter",
        "headline": "A x^2 Filter",
        "author": [
            {"@type": "Person", "name": "Ada Example"},
            {"@type": "Organization", "name": "The ATLAS Collaboration"},
        ],
        "datePublished": "2024-09-01",
        "dateModified": "2024-09-20",
        "version": "2",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2409.00001"},
            {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1/a"},
        ],
        "sameAs": "https://arxiv.org/abs/2409.00001",
        "keywords": "cs.CV, cs.LG",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isPartOf": {"@type": "Periodical", "name": "J. Noise 1"},
        "mainEntityOfPage": "https://blog.example/papers/papers/2409.00001/",
        "description": "One paper.",
        "image": f"https://blog.example/papers/{image}",
    }


def test_a_post_belongs_to_the_blog_and_mentions_its_papers() -> None:
    said = thing(Page())

    assert (said["@type"], said["headline"]) == ("BlogPosting", "Diffusion")
    assert said["isPartOf"]["@type"] == "Blog"
    assert said["url"] == "https://blog.example/papers/posts/a/"
    assert (said["datePublished"], said["dateModified"]) == ("2024-09-24", "2024-09-24T08:00:00Z")
    assert [paper["name"] for paper in said["mentions"]] == ["A x^2 Filter"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("home", "Blog"), ("topic", "CollectionPage"), ("trends", "CollectionPage")],
)
def test_other_pages_say_what_they_are(kind: str, expected: str) -> None:
    assert thing(Page(kind=kind))["@type"] == expected


def test_previews_of_links_find_title_text_and_picture() -> None:
    found = dict(head(paper_page(image="posts/a/figure.webp"), PUBLIC).properties)

    assert found == {
        "og:type": "article",
        "og:site_name": "Digests",
        "og:title": "Diffusion",
        "og:description": "One paper.",
        "og:url": "https://blog.example/papers/papers/2409.00001/",
        "og:image": "https://blog.example/papers/posts/a/figure.webp",
        "og:locale": "zh_CN",
        "article:published_time": "2024-09-24",
        "article:modified_time": "2024-09-24T08:00:00Z",
    }


def test_no_page_is_missing_in_the_map_but_those_that_are_for_readers_alone() -> None:
    paper = ledger_entry()
    posts = (digest("2024-09-24", paper), digest("2023-01-02", paper), foreign("2022-03-04-n"))
    root = "https://blog.example/"
    built = site(*posts, url=root)

    found = {str(url[0].text) for url in etree.fromstring(built.pages["sitemap.xml"])}

    pages = {path for path in built.pages if path.endswith(".html")}
    assert found == {root + path.removesuffix("index.html") for path in pages - {"404.html"}}


def test_a_site_without_a_public_address_claims_none() -> None:
    found = head(paper_page(image="posts/a/figure.webp"), LOCAL)

    assert found.canonical == ""
    assert {"og:url", "og:image"} & {name for name, _ in found.properties} == set()
    assert {"mainEntityOfPage", "image"} & set(json.loads(found.json_ld)) == set()


def test_the_page_for_a_missing_one_tells_machines_nothing() -> None:
    assert head(Page(kind="missing"), PUBLIC) == Head(canonical="", properties=(), json_ld="")


@pytest.mark.parametrize("kind", ["home", "post", "paper", "topic"])
def test_hostile_words_stay_in_their_place(kind: str) -> None:
    paper = PaperRecord(
        id=HOSTILE, version=1, title=HOSTILE, gist="", by="", authors=(HOSTILE,), doi=HOSTILE,
        journal=HOSTILE, categories=(HOSTILE,), licence=f"javascript:{HOSTILE}",
    )  # fmt: skip
    page = Page(kind=kind, title=HOSTILE, description=HOSTILE, papers=(paper,))
    settings = SiteSettings(title=HOSTILE, url="https://blog.example", lang="en")

    made = Templates().html("site/machines.html.j2", {"head": head(page, settings)})

    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    tree = parser.parse(f"<!doctype html><title>t</title>{made}")
    assert {element.tag for element in tree.iter()} == {
        "html", "head", "title", "link", "meta", "script", "body",
    }  # fmt: skip
    [script] = tree.iter("script")
    assert json.loads(script.text)["@context"] == "https://schema.org"
    assert "javascript:" not in made
    assert parser.errors == []


def test_the_map_has_every_page_at_its_public_address() -> None:
    posts = library(
        digest("2024-09-24", ledger_entry(), updated=datetime(2024, 9, 24, 23, 30, tzinfo=UTC)),
        digest("2024-09-23", ledger_entry("hep-th/9901001")),
    )

    [unit] = sitemap.units(posts, PUBLIC)

    made = unit.make()
    tree = etree.fromstring(made["sitemap.xml"])
    root = "https://blog.example/papers/"
    assert [[child.text for child in url] for url in tree] == [
        [root, "2024-09-24"],
        [f"{root}topics/diffusion-models/", "2024-09-24"],
        [f"{root}posts/2024-09-24-diffusion-models/", "2024-09-24"],
        [f"{root}posts/2024-09-23-diffusion-models/", "2024-09-23"],
        [f"{root}papers/2409.00001/", "2024-09-24"],
        [f"{root}papers/hep-th/9901001/", "2024-09-23"],
        [f"{root}archive/", "2024-09-24"],
        [f"{root}archive/2024/09/", "2024-09-24"],
        [f"{root}trends/", "2024-09-24"],
    ]
    assert made["robots.txt"].endswith(b"Sitemap: https://blog.example/papers/sitemap.xml\n")


def test_a_site_without_a_public_address_has_no_map() -> None:
    assert list(sitemap.units(library(digest()), LOCAL)) == []


@dataclass(frozen=True)
class Maps:
    """All that is written for search engines, by path."""

    files: dict[str, bytes]

    def addresses(self, path: str = "sitemap.xml") -> list[str]:
        root = etree.fromstring(self.files[path])
        assert {etree.QName(child).localname for child in root} == {
            {"urlset": "url", "sitemapindex": "sitemap"}[etree.QName(root).localname]
        }
        return [str(entry[0].text) for entry in root]

    def days(self) -> list[str]:
        return [str(entry[1].text) for entry in etree.fromstring(self.files["sitemap.xml"])]


def maps(posts: Library, settings: SiteSettings = PUBLIC, **bounds: int) -> Maps:
    made = [(unit, unit.make()) for unit in sitemap.units(posts, settings, **bounds)]
    assert all(set(unit.paths) == files.keys() for unit, files in made)
    return Maps({path: file for _, files in made for path, file in files.items()})


def test_a_large_site_has_several_maps_and_a_list_of_them() -> None:
    posts = library(
        digest("2024-09-24", ledger_entry(), ledger_entry("2409.00002")),
        digest("2024-09-23", ledger_entry("2409.00003")),
    )
    root = "https://blog.example/papers/"
    whole = maps(posts)
    assert whole.files.keys() == {"sitemap.xml", "robots.txt"}

    pages = whole.addresses()
    assert len(pages) == 10
    assert maps(posts, most_pages=10) == whole
    for most, parts in ((9, 2), (4, 3), (3, 4), (1, 10)):
        cut = maps(posts, most_pages=most)
        names = [f"sitemap-{number}.xml" for number in range(1, parts + 1)]
        assert cut.files.keys() == {"sitemap.xml", "robots.txt", *names}
        assert cut.addresses() == [root + name for name in names]
        found = [cut.addresses(name) for name in names]
        assert list(chain.from_iterable(found)) == pages
        assert max(map(len, found)) <= most
        assert cut.files["robots.txt"] == whole.files["robots.txt"]
    assert maps(posts, most_pages=4).days() == ["2024-09-24", "2024-09-24", "2024-09-24"]
    assert maps(posts, most_pages=1).days()[3] == "2024-09-23"


@pytest.mark.parametrize("name", ["a", "a&" * 100, "扩散" * 50])
def test_no_map_is_larger_than_it_may_be(name: str) -> None:
    posts = library(digest("2024-09-24", *(ledger_entry(f"2409.{n:05}") for n in range(90))))
    settings = replace(PUBLIC, url=f"https://blog.example/{name}")
    whole = maps(posts, settings)
    bound = len(whole.files["sitemap.xml"]) - 1

    cut = maps(posts, settings, most_bytes=bound)

    assert len(cut.files) > 3
    assert max(map(len, cut.files.values())) <= bound


def test_the_fifty_thousandth_page_fits_and_the_next_one_does_not() -> None:
    [record] = library(digest("2024-09-24", ledger_entry())).posts
    [paper] = record.record.papers
    # Beside the papers' there are six: the first one, topic, post, archive, its month, trends.
    papers = tuple(replace(paper, id=f"2409.{number:05}") for number in range(49_995))

    full = maps(arrange([replace(record.record, papers=papers[1:])], lang="en"))
    more = maps(arrange([replace(record.record, papers=papers)], lang="en"))

    assert len(full.addresses()) == 50_000
    assert len(full.files) == 2
    assert [len(more.addresses(f"sitemap-{number}.xml")) for number in (1, 2)] == [50_000, 1]
