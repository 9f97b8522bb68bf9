"""Feeds as others read them: Atom by feedparser, JSON Feed by the rules of its specification."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree

from digestgen.post import Document
from digestgen.site import feeds
from digestgen.site.settings import SiteSettings
from digestgen.templating import Templates
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, foreign, library

PUBLIC = "https://blog.example/papers"
HOME = "http://127.0.0.1:8000/"  # where a site without a public address is read
TOPIC = "topics/diffusion-models/"
HOSTILE = "</script><img src=x onerror=alert(1)>]]>&amp; \u2028 \x0b扩散"
SHOWN = "</script><img src=x onerror=alert(1)>]]>&amp; 扩散"
# By the JSON Feed's specification: what an item and a feed may have, and of which type.
ITEM: Mapping[str, type] = {
    "id": str, "url": str, "title": str, "content_html": str, "summary": str,
    "date_modified": str, "tags": list, "language": str,
}  # fmt: skip
FEED: Mapping[str, type] = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "authors": list,
    "language": str, "items": list,
}  # fmt: skip


def files(*posts: Document, url: str = PUBLIC) -> dict[str, str]:
    settings = SiteSettings(title="Digests & more", url=url, lang="en")
    made = [unit.make() for unit in feeds.units(library(*posts, lang="en"), Templates(), settings)]
    return {path: file.decode() for each in made for path, file in each.items()}


def read(made: Mapping[str, str], path: str) -> Any:
    """What feedparser makes of a feed that it fetched from a preview."""
    headers = {"content-type": "application/atom+xml", "content-location": HOME + path}
    feed = feedparser.parse(made[path].encode(), response_headers=headers)
    assert not feed.bozo, feed.get("bozo_exception")
    assert (feed.version, feed.encoding) == ("atom10", "utf-8")
    return feed


def at(hour: int, *, version: int = 1, day: int = 24) -> Document:
    papers = (ledger_entry(version=version), ledger_entry("hep-th/9901001", title="Branes"))
    moment = datetime(2024, 9, day, hour, tzinfo=UTC)
    return digest(f"2024-09-{day}", *papers, updated=moment)


NOTE = foreign("2024-01-02-note", "# A note\n")
POSTS = (at(8), at(9, day=23), NOTE)


@pytest.mark.parametrize("url", [PUBLIC, ""])
def test_a_reader_of_atom_finds_every_post_and_paper_at_its_address(url: str) -> None:
    made = files(*POSTS, url=url)
    root = f"{url}/" if url else HOME
    index = "" if url else "index.html"

    for path, posts in (("feed.xml", 3), (f"{TOPIC}feed.xml", 2)):
        feed = read(made, path)
        links = {link.rel: (link.type, link.href) for link in feed.feed.links}
        assert links == {
            "self": ("application/atom+xml", root + path),
            "alternate": ("text/html", f"{root}{path.removesuffix('feed.xml')}{index}"),
        }
        assert len(feed.entries) == posts
        newest = feed.entries[0]
        assert newest.link == f"{root}posts/2024-09-24-diffusion-models/{index}"
        [content] = newest.content
        assert (content.type, content.language) == ("application/xhtml+xml", "zh-Hans")
        for paper in ("2409.00001", "hep-th/9901001"):
            assert f'<a href="{root}papers/{paper}/{index}">' in content.value
    assert read(made, "feed.xml").entries[-1].title == "A note · 2024-01-02"


def test_a_reader_of_atom_keeps_entries_apart_and_dates_them() -> None:
    feed = read(files(*POSTS), "feed.xml")
    moments = [entry.updated for entry in feed.entries]

    assert len({entry.id for entry in feed.entries} | {feed.feed.id}) == 4
    assert len(set(moments)) == len(moments)
    assert feed.feed.updated == moments[0] == max(moments)
    assert feed.entries[0].updated_parsed[:6] == (2024, 9, 24, 8, 0, 0)
    assert feed.feed.title == "Digests & more"
    assert feed.feed.author_detail.name == "Digests & more"


@pytest.mark.parametrize("name", ["feed.xml", "feed.json"])
@pytest.mark.parametrize("folder", ["", TOPIC])
def test_a_new_version_of_a_paper_is_the_same_entry_moved(folder: str, name: str) -> None:
    before, after = (
        entries(files(post, at(9, day=23)), folder + name) for post in (at(8), at(20, version=2))
    )

    assert before.keys() == after.keys()
    moved = {key for key in before if before[key] != after[key]}
    assert moved == {f"{PUBLIC}/posts/2024-09-24-diffusion-models/"}
    assert [after[key] for key in moved] == ["2024-09-24T20:00:00Z"]


def entries(made: Mapping[str, str], path: str) -> dict[str, str]:
    """When each entry moved last, by its id."""
    if path.endswith(".json"):
        return {item["id"]: item["date_modified"] for item in json.loads(made[path])["items"]}
    return {entry.id: entry.updated for entry in read(made, path).entries}


def test_hostile_words_reach_a_reader_as_text() -> None:
    paper = ledger_entry(title=HOSTILE, gist=HOSTILE)
    made = files(digest("2024-09-24", paper, topic=HOSTILE, slug="hostile"))

    [entry] = read(made, "feed.xml").entries
    assert entry.title == f"{SHOWN} · 2024-09-24"
    assert entry.title_detail.type == "text/plain"
    assert entry.content[0].value.count("&lt;img src=x onerror=alert(1)&gt;") == 2
    # What feedparser takes for dangerous is gone by now: nothing was.
    shown = SHOWN.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert entry.content[0].value.count(shown) == 2


@pytest.mark.parametrize("url", [PUBLIC, ""])
@pytest.mark.parametrize("path", ["feed.json", f"{TOPIC}feed.json"])
def test_a_json_feed_is_what_its_specification_asks_for(url: str, path: str) -> None:
    feed = json.loads(files(*POSTS, url=url)[path])

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert has_types(feed, FEED, needed={"version", "title", "items"})
    assert feed["items"]
    for author in feed["authors"]:
        assert has_types(author, {"name": str, "url": str, "avatar": str}, needed={"name"})
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert has_types(item, ITEM, needed={"id", "content_html"})
        assert datetime.fromisoformat(item["date_modified"]).tzinfo is UTC
        assert etree.HTML(item["content_html"]).xpath("string()").strip(), "nothing to read"
        assert all(isinstance(tag, str) and tag for tag in item["tags"])
        assert urlsplit(urljoin(HOME + path, item["url"])).path.startswith(
            f"{urlsplit(url).path}/posts/"
        )


def has_types(found: Mapping[str, object], types: Mapping[str, type], needed: set[str]) -> bool:
    """Every field is known and of its type, none that is needed lacks, and no text is empty."""
    assert needed <= found.keys() <= types.keys()
    assert [key for key, value in found.items() if not isinstance(value, types[key])] == []
    assert [key for key, value in found.items() if value == ""] == []
    return True


def test_the_addresses_of_a_json_feed_are_whole_where_the_site_has_one() -> None:
    for path, text in files(*POSTS).items():
        if path.endswith(".json"):
            feed = json.loads(text)
            assert feed["feed_url"] == f"{PUBLIC}/{path}"
            assert feed["home_page_url"] == f"{PUBLIC}/{path.removesuffix('feed.json')}"
            assert all(item["url"].startswith(f"{PUBLIC}/posts/") for item in feed["items"])
