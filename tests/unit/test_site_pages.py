import re
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

from digestgen.content import yaml_form
from digestgen.post import Document
from digestgen.site.labels import LABELS
from digestgen.site.pages import CARDS
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, foreign, page, site

NOTES = "posts/2024-09-24-notes/index.html"
POST = "posts/2024-09-24-diffusion-models/index.html"
HOSTILE = '<b onclick="x">&"\'{{ 7 }}</b>'


class Page(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.open: str = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        # JSON-LD is read by machines and run by none.
        self.open = "data" if values.get("type") == "application/ld+json" else tag
        self.ids += [values["id"]] if "id" in values else []
        self.inline += [name for name in values if name == "style" or name.startswith("on")]
        if self.open in {"img", "script"}:
            self.loads.append(values["src"])
        elif tag == "link" and values["rel"] != "canonical":
            self.loads.append(values["href"])
        elif tag == "a":
            self.links.append(values["href"])

    def handle_data(self, data: str) -> None:
        if self.open in {"script", "style"} and data.strip():
            self.inline.append(data)


def test_the_home_page_shows_the_newest_day_first_with_its_first_gists() -> None:
    papers = [
        ledger_entry(f"2409.0000{n}", title=f"Title {n}", gist=f"Gist {n}.") for n in range(5)
    ]
    home = page(site(digest("2024-09-23"), digest("2024-09-24", *papers)), "index.html")

    assert home.index("24 September 2024") < home.index("23 September 2024")
    assert "5 papers" in home
    assert "Gist 2." in home
    assert "Gist 3." not in home
    assert "and 2 more" in home
    assert f'href="{POST}#paper-2409-00001"' in home


def test_many_posts_leave_the_older_ones_in_short_lines() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 29)]
    built = site(*(digest(day, ledger_entry()) for day in days))
    home, topic, month = (
        page(built, path)
        for path in (
            "index.html",
            "topics/diffusion-models/index.html",
            "archive/2024/01/index.html",
        )
    )

    assert home.count('<article class="card"') == topic.count('<article class="card"') == CARDS
    assert 'href="archive/2024/01/index.html"' in home
    assert all(f"posts/{day}-diffusion-models/index.html" in topic for day in days)
    assert all((f'id="day-{day}"' in month) == day.startswith("2024-01") for day in days)
    assert '<time datetime="2024-01">January 2024</time>' in month


def test_an_empty_folder_makes_a_friendly_home_page() -> None:
    built = site()

    assert "Nothing here yet" in page(built, "index.html")
    assert set(built.pages) == {
        "404.html",
        "archive/index.html",
        "feed.json",
        "feed.xml",
        "index.html",
        "static/digest.css",
        "static/favicon.svg",
        "static/page.css",
        "static/print.css",
        "static/search.css",
        "static/search.js",
        "static/site.js",
        "static/theme.css",
        "static/theme.js",
        "static/vendor/photoswipe-LICENSE.txt",
        "static/vendor/photoswipe.css",
        "static/vendor/photoswipe.umd.min.js",
        "trends/index.html",
    }


def test_each_topic_has_a_page_with_its_posts_only() -> None:
    built = site(digest(), digest(topic="C++", slug="c-plus-plus"), digest("2024-09-23"))

    topic = page(built, "topics/diffusion-models/index.html")
    assert topic.count('<article class="card"') == 2
    assert "C++" not in topic
    assert "<h1>C++</h1>" in page(built, "topics/c-plus-plus/index.html")


def test_a_post_page_lists_its_papers_and_shows_the_body() -> None:
    body = '<div id="paper-1"></div>\n\n## One & only $x$\n\nText.\n\n## Two\n'
    paper = ledger_entry("1", title="One & only $x$")
    post = page(site(digest("2024-09-24", paper, body=body)), POST)

    assert '<li><a href="#paper-1">One &amp; only <math' in post
    assert '<div id="paper-1"></div>' in post
    assert '<div class="reading" lang="zh-Hans">' in post
    assert '<h2 id="two">Two</h2>' in post
    assert "updated 24 September 2024 18:05 UTC<" in post


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("date: 2024-09-24", "24 September 2024"),
        ("date: 2024-09-24\nupdated: 2024-09-26", "26 September 2024"),
        ("date: 2024-09-24 03:00:00", "24 September 2024 03:00 UTC"),
        ("date: 2024-09-24 03:00:00 +08:00", "23 September 2024 19:00 UTC"),
        ("date: 2024-09-24 03:00:00\nupdated: 2024-09-25 04:30:00", "25 September 2024 04:30 UTC"),
    ],
)
def test_a_post_names_no_time_that_nobody_wrote(front: str, said: str) -> None:
    meta = yaml_form.load(front)
    assert isinstance(meta, dict)
    post = page(site(foreign("2024-09-24-notes", meta=meta)), NOTES)

    assert f"updated {said}<" in post


def test_the_contents_of_a_post_say_what_its_headings_say() -> None:
    body = "## Use `$HOME` and `$PATH`\n\n## With $x$ at [home](https://far.example)\n"
    post = page(site(foreign("2024-09-24-notes", body)), NOTES)

    assert '<a href="#use-home-and-path">Use <code>$HOME</code> and <code>$PATH</code></a>' in post
    assert '<a href="#with-x-at-home">With <math data-tex="x"><mi>x</mi></math> at home</a>' in post


def test_a_post_without_papers_lists_its_headings() -> None:
    post = page(site(foreign("2024-09-24-notes", "## One $x$\n\n## Two\n")), NOTES)

    assert '<a href="#one-x">One <math data-tex="x"><mi>x</mi></math></a>' in post
    assert '<li><a href="#two">Two</a></li>' in post


def test_every_link_and_file_of_the_site_is_there() -> None:
    built = site(digest("2024-09-24", ledger_entry(), body='<div id="paper-2409-00001"></div>'))
    for path in (name for name in built.pages if name.endswith(".html") and name != "404.html"):
        there = Page(page(built, path))
        for address in (link for link in there.links + there.loads if "://" not in link):
            target, _, anchor = address.partition("#")
            resolved = resolve(path, target) if target else path
            assert resolved in built.pages, (path, address)
            assert not anchor or anchor in Page(page(built, resolved)).ids, (path, address)


def resolve(path: str, target: str) -> str:
    parts: list[str] = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(target).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_no_page_has_inline_code_or_asks_another_server() -> None:
    built = site(digest(body="![a](https://far.example/a.png)\n\n<p style='color:red'>x</p>"))
    for path in (name for name in built.pages if name.endswith(".html")):
        there = Page(page(built, path))

        assert there.inline == []
        assert [address for address in there.loads if "//" in address] == []
        assert "default-src &#39;none&#39;" in page(built, path)
        assert "font-src &#39;self&#39;" in page(built, path)  # a theme may bring fonts along


def test_ids_of_the_page_itself_cannot_be_taken_by_a_post() -> None:
    body = "# The content\n\n# The contents\n\n<p id=the_content></p>"
    ids = Page(page(site(digest(body=body)), POST)).ids

    assert len(ids) == len(set(ids))


def test_foreign_text_stays_text_everywhere() -> None:
    entry = ledger_entry(title=HOSTILE, gist=HOSTILE)
    built = site(
        digest("2024-09-24", entry, topic=HOSTILE, slug="../../x"), foreign("2024-01-01-y")
    )

    for path, content in built.pages.items():
        assert ".." not in PurePosixPath(path).parts
        is_plain = path.endswith((".json", ".bib", ".ris"))
        assert is_plain or not re.search(rb"<b[\s/>]", content)


@pytest.mark.parametrize(
    ("name", "meta", "expected"),
    [
        ("a-post", {"date": datetime(2024, 3, 4, 21, 30)}, "2024-03-04"),
        ("a-post", {"date": date(2024, 3, 4)}, "2024-03-04"),
        ("a-post", {"date": "2024-03-04 21:30:23"}, "2024-03-04"),
        ("docs_2024-03-04_a", {}, "2024-03-04"),
        ("2024-03-04-a", {"date": "2024-99-99"}, "2024-03-04"),
    ],
)
def test_a_foreign_post_has_its_day_from_front_matter_or_file_name(
    name: str, meta: dict[str, object], expected: str
) -> None:
    assert f'datetime="{expected}"' in page(site(foreign(name, meta=meta)), "index.html")


def test_a_foreign_post_is_named_by_its_first_heading_when_nothing_else_does() -> None:
    built = site(foreign("2024-03-04-a", "# ArtLLM: *Assets*\n"))

    assert "<h1>ArtLLM: Assets</h1>" in page(built, "posts/2024-03-04-a/index.html")


@pytest.mark.parametrize("stem", ["..2024-01-01", "我的 2024-01-01", "A 2024-01-01 & b"])
def test_a_strange_file_name_becomes_a_plain_address(stem: str) -> None:
    built = site(Document(path=PurePosixPath(f"posts/{stem}.md"), meta={}, body=""))

    (path,) = (path for path in built.pages if path.startswith("posts/"))
    assert re.fullmatch(r"posts/[a-z0-9-]+/index\.html", path)


def test_two_names_that_become_one_address_stay_two_pages() -> None:
    built = site(foreign("2024-01-01 a"), foreign("2024-01-01-A"))

    assert {path for path in built.pages if path.startswith("posts/")} == {
        "posts/2024-01-01-a/index.html",
        "posts/2024-01-01-a-2/index.html",
    }


def test_equal_posts_in_any_order_give_equal_bytes() -> None:
    posts = [digest("2024-09-24", ledger_entry()), digest("2024-09-23"), digest(slug="nerf")]

    assert site(*posts) == site(*reversed(posts))


def test_the_site_speaks_the_language_that_was_chosen() -> None:
    home = page(site(digest("2024-09-24", ledger_entry()), lang="zh"), "index.html")

    assert '<html lang="zh-Hans" ' in home
    assert "2024年9月24日" in home
    assert "1 篇论文" in home


def test_every_word_of_the_site_is_there_in_both_languages() -> None:
    en, zh = LABELS["en"], LABELS["zh"]

    assert all(getattr(en, name) and getattr(zh, name) for name in en.__struct_fields__)


def test_a_project_replaces_templates_and_files_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "site" / "static").mkdir(parents=True)
    (tmp_path / "site" / "static" / "theme.css").write_text("mine")
    (tmp_path / "site" / "404.html.j2").write_text("gone")
    built = site(templates=tmp_path)

    assert built.pages["static/theme.css"] == b"mine"
    assert built.pages["404.html"] == b"gone"
    assert "static/site.js" in built.pages
