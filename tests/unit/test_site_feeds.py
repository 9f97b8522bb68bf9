"""Feeds: valid, with ids for good, and moving when something new is there."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from digestgen.model import Lang
from digestgen.post import Document
from digestgen.site import feeds
from digestgen.site.settings import SiteSettings
from digestgen.site.unit import Unit
from digestgen.templating import Templates
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, foreign, library

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "atom.rng"))
ATOM = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
PUBLIC = "https://blog.example/papers"
HOSTILE = "</script><img src=x onerror=alert(1)>]]>&amp; \u2028 {{ 7 }} $\\alpha_1$ 扩散"


def units(
    *posts: Document, url: str = "", lang: Lang = "en", papers: bool = True
) -> Iterator[Unit]:
    settings = SiteSettings(title="Digests", url=url, lang=lang, papers=papers)
    return feeds.units(library(*posts, lang=lang), Templates(), settings)


def files(*posts: Document, **chosen: Any) -> dict[str, bytes]:
    return {
        path: content for unit in units(*posts, **chosen) for path, content in unit.make().items()
    }


def atom(content: bytes) -> etree._Element:
    feed = etree.fromstring(content)
    SCHEMA.assertValid(feed)
    return feed


def texts(feed: etree._Element, path: str) -> list[str]:
    return [str(text) for text in feed.xpath(path, namespaces=ATOM)]


def a_post(day: str = "2024-09-24", **fields: Any) -> Document:
    entry = ledger_entry(title="A $x^2$ Filter", gist="Noise < signal.")
    return digest(day, entry, **fields)


@pytest.mark.parametrize("url", ["", PUBLIC, f"{PUBLIC}/"])
def test_every_feed_is_what_the_rfc_asks_for(url: str) -> None:
    hostile = digest(
        "2024-09-25",
        ledger_entry("hep-th/9901001", title=HOSTILE, gist=HOSTILE),
        topic=HOSTILE,
        slug="hostile",
    )
    other = foreign("2024-01-02-note", "# Note")

    made = files(a_post(), hostile, other, url=url)

    assert {path for path in made if path.endswith("xml")} == {
        "feed.xml",
        "topics/diffusion-models/feed.xml",
        "topics/hostile/feed.xml",
        "topics/note/feed.xml",
    }
    for path in made:
        if path.endswith("xml"):
            atom(made[path])


def test_the_ids_of_posts_are_those_that_were_always_published() -> None:
    [named] = texts(atom(files(a_post())["feed.xml"]), "//a:entry/a:id/text()")
    [public] = texts(atom(files(a_post(), url=PUBLIC)["feed.xml"]), "//a:entry/a:id/text()")

    assert named == "urn:uuid:05e6283c-ce7c-5ded-84d6-3ae70461f337"
    assert public == f"{PUBLIC}/posts/2024-09-24-diffusion-models/"


def test_a_post_has_one_id_in_all_feeds_and_a_feed_has_its_own() -> None:
    made = files(a_post())
    all_posts, topic = (
        atom(made[path]) for path in ("feed.xml", "topics/diffusion-models/feed.xml")
    )

    assert texts(all_posts, "//a:entry/a:id/text()") == texts(topic, "//a:entry/a:id/text()")
    assert texts(all_posts, "/a:feed/a:id/text()") != texts(topic, "/a:feed/a:id/text()")


def test_links_are_absolute_with_a_public_address_and_count_from_the_feed_without() -> None:
    folder = "topics/diffusion-models/"
    public = atom(files(a_post(), url=PUBLIC)[f"{folder}feed.xml"])
    local = atom(files(a_post())[f"{folder}feed.xml"])

    assert texts(public, "/a:feed/a:link/@href") == [
        f"{PUBLIC}/{folder}feed.xml",
        f"{PUBLIC}/{folder}",
    ]
    assert texts(local, "//a:link/@href") == [
        "feed.xml",
        "index.html",
        "../../posts/2024-09-24-diffusion-models/index.html",
    ]
    assert texts(local, "//h:a/@href") == ["../../papers/2409.00001/index.html"]


def test_a_paper_without_a_page_of_its_own_is_found_in_the_post() -> None:
    feed = atom(files(a_post(), url=PUBLIC, papers=False)["feed.xml"])

    assert texts(feed, "//h:a/@href") == [
        f"{PUBLIC}/posts/2024-09-24-diffusion-models/#paper-2409-00001"
    ]


def test_an_entry_names_each_paper_in_plain_words() -> None:
    feed = atom(files(a_post())["feed.xml"])

    assert texts(feed, "//h:li/h:a/text()") == ["A x^2 Filter"]
    assert texts(feed, "//h:li/text()") == ["Noise < signal."]
    assert texts(feed, "//a:entry/@xml:lang") == ["zh-Hans"]
    assert texts(feed, "/a:feed/@xml:lang") == ["en"]


@pytest.mark.parametrize("name", ["feed.xml", "topics/diffusion-models/feed.xml"])
def test_a_feed_moves_with_a_new_version_and_with_a_new_digest(name: str) -> None:
    moments = []
    for posts in (
        [a_post(updated=datetime(2024, 9, 24, 8, tzinfo=UTC))],
        [a_post(updated=datetime(2024, 9, 24, 9, tzinfo=UTC))],
        [a_post(), a_post("2024-09-25", updated=datetime(2024, 9, 25, 8, tzinfo=UTC))],
    ):
        moments += texts(atom(files(*posts)[name]), "/a:feed/a:updated/text()")

    assert moments == ["2024-09-24T08:00:00Z", "2024-09-24T09:00:00Z", "2024-09-25T08:00:00Z"]


def test_a_feed_without_posts_is_valid() -> None:
    made = files()

    assert set(made) == {"feed.xml", "feed.json"}
    assert texts(atom(made["feed.xml"]), "//a:updated/text()") == ["1970-01-01T00:00:00Z"]


def test_a_feed_holds_the_newest_posts_only() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 29)]
    feed = atom(files(*map(a_post, days))["feed.xml"])

    titles = texts(feed, "//a:entry/a:title/text()")
    assert len(titles) == feeds.FEED_POSTS
    assert titles[0] == "Diffusion Models · 2024-02-28"


def test_the_json_feed_says_the_same_as_the_atom_feed() -> None:
    made = files(a_post(), a_post("2024-09-23"), foreign("2024-01-02-n", "# N"), url=PUBLIC)
    feed, said = json.loads(made["feed.json"]), atom(made["feed.xml"])

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Digests"
    assert feed["feed_url"] == f"{PUBLIC}/feed.json"
    assert feed["home_page_url"] == f"{PUBLIC}/"
    assert feed["language"] == "en"
    items = feed["items"]
    assert [item["id"] for item in items] == texts(said, "//a:entry/a:id/text()")
    assert [item["date_modified"] for item in items] == texts(said, "//a:entry/a:updated/text()")
    assert all(item["url"].startswith(f"{PUBLIC}/posts/") for item in items)
    assert all("content_html" in item and "title" in item for item in items)


def test_hostile_words_are_text_in_both_feeds() -> None:
    made = files(
        digest("2024-09-24", ledger_entry(title=HOSTILE, gist=HOSTILE), topic=HOSTILE), url=PUBLIC
    )

    shown = etree.HTML(json.loads(made["feed.json"])["items"][0]["content_html"])
    assert {element.tag for element in shown.iter()} == {"html", "body", "ul", "li", "a", "br"}
    assert {e.tag.rpartition("}")[2] for e in atom(made["feed.xml"]).iter()} == {
        "feed", "id", "title", "updated", "author", "name", "link", "entry", "category",
        "summary", "content", "div", "ul", "li", "a", "br",
    }  # fmt: skip


def test_a_unit_changes_with_what_its_feeds_show_and_with_nothing_else() -> None:
    before = [repr(unit.made_of) for unit in units(a_post(body="One"))]
    same = [repr(unit.made_of) for unit in units(a_post(body="Two"))]
    other = [repr(unit.made_of) for unit in units(a_post(topic="Diffusion"))]

    assert before == same
    assert all(one != another for one, another in zip(before, other, strict=True))
    for unit in units(a_post()):
        assert set(unit.make()) == set(unit.paths)
