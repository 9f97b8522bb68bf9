"""Each paper has a page at one address, whatever digests it appeared in."""

import re
from datetime import date
from pathlib import Path

import pytest

from digestgen.post import Document
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, page, site
from tests.unit.test_site_blocks import digest as blog_body
from tests.unit.test_site_blocks import full

BODY = '<div id="paper-2409-00001"></div>\n\n## {0}\n\n![figure](a.png)\n\nThe block of {0}.\n'
ADDRESS = "papers/2409.00001/index.html"


def twice() -> tuple[Document, Document]:
    """A paper in two digests, the newer of which has a newer version."""
    old = ledger_entry(title="Old title", published=date(2024, 9, 20))
    new = ledger_entry(
        title="A $\\sqrt{2}$ filter & more",
        version=2,
        published=date(2024, 9, 20),
        revised=date(2024, 9, 24),
        doi="10.1000/a<b>",
        journal="Noise & Sound",
        authors=("Ada Example",),
    )
    return (
        digest("2024-09-23", old, body=BODY.format("old"), topic="Faces", slug="faces"),
        digest("2024-09-25", new, body=BODY.format("new"), assets=("a.png",)),
    )


def test_a_paper_page_shows_its_newest_block_and_every_digest() -> None:
    paper = page(site(*twice()), ADDRESS)

    assert "The block of new." in paper
    assert "The block of old." not in paper
    assert "posts/2024-09-25-diffusion-models/index.html#paper-2409-00001" in paper
    assert "posts/2024-09-23-faces/index.html#paper-2409-00001" in paper
    assert re.findall(r" · (v\d)</span>", paper) == ["v2", "v1"]


def test_an_older_version_in_a_newer_post_is_not_what_a_paper_page_shows() -> None:
    late = digest("2024-09-26", ledger_entry(), body=BODY.format("late"), topic="Old", slug="old")

    paper = page(site(*twice(), late), ADDRESS)

    assert "The block of new." in paper
    assert re.findall(r" · (v\d)</span>", paper) == ["v1", "v2", "v1"]
    assert re.search(r"\bversion += \{2\}", paper)


def test_pictures_of_a_block_are_found_from_the_paper_page() -> None:
    assert 'src="../../posts/2024-09-25-diffusion-models/a.png"' in page(site(*twice()), ADDRESS)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[a](notes.pdf)", 'href="{}notes.pdf"'),
        ("[a](./notes.pdf)", 'href="{}./notes.pdf"'),
        ("[a](../x/index.html#b)", 'href="{}../x/index.html#b"'),
        ("![a](./a.webp)", 'src="{}./a.webp"'),
        ("![a](a%20b.webp)", 'src="{}a%20b.webp"'),
        ('<img srcset="a.png 4w, b.png 9w">', 'srcset="{0}a.png 4w, {0}b.png 9w"'),
        ("[a](#paper-2409-00002)", 'href="{}index.html#paper-2409-00002"'),
        ("[a](#paper-2409-00001)", 'href="#paper-2409-00001"'),
        ("### Note\n\n[a](#note)", 'href="#note"'),
        ("[a](/notes.pdf)", 'href="/notes.pdf"'),
        ("[a](https://a.example/b)", 'href="https://a.example/b"'),
        ("[a](mailto:a@example.org)", 'href="mailto:a@example.org"'),
        ('`<img src="a.png">`', '<code>&lt;img src="a.png"&gt;</code>'),
        ('`srcset="a.png 4w"`', '<code>srcset="a.png 4w"</code>'),
        ('<b title="a href=b.png src=">c</b>', 'title="a href=b.png src="'),
    ],
)
def test_links_of_a_block_lead_from_the_paper_page_where_they_led(written: str, shown: str) -> None:
    folder = "../../posts/2024-09-25-diffusion-models/"
    body = f"{BODY.format('a')}\n{written}\n"

    paper = page(site(digest("2024-09-25", ledger_entry(), body=body)), ADDRESS)

    assert shown.format(folder) in paper


@pytest.mark.parametrize(
    "mark", ["**一句话总结**\n\n", "**摘要**\n\n", "1. **标题**：", "<figcaption>", "生成方式："]
)
def test_links_in_any_piece_of_a_block_lead_from_the_paper_page_where_they_led(
    mark: str, tmp_path: Path
) -> None:
    body = blog_body(full(tmp_path))
    assert mark in body
    link = '<a href="notes.pdf">a</a> <a href="#paper-2409-00001">b</a> <img src="c.png">'
    post = digest("2024-09-25", ledger_entry(), body=body.replace(mark, mark + link))

    shown = page(site(post), ADDRESS)

    folder = "../../posts/2024-09-25-diffusion-models/"
    assert '<a class="evidence"' in shown
    assert f'href="{folder}notes.pdf"' in shown
    assert f'src="{folder}c.png"' in shown
    assert '"#paper-2409-00001" rel' in shown
    assert re.search(r'class="evidence"[^>]* href="#e_2409-00001_1"', shown)


def test_a_paper_page_says_how_to_cite_it() -> None:
    paper = page(site(*twice()), ADDRESS)

    assert "@article{arXiv:2409.00001," in paper
    assert "TY  - JOUR" in paper
    assert 'href="paper.bib"' in paper
    assert "<dd>Noise &amp; Sound</dd>" in paper
    assert 'href="https://doi.org/10.1000/a%3Cb%3E"' in paper
    assert 'href="https://arxiv.org/abs/2409.00001"' in paper


def test_a_new_version_of_a_known_paper_is_news_on_the_first_page() -> None:
    built = site(*twice())

    news = page(built, "index.html").partition("New versions")[2]
    assert 'href="papers/2409.00001/index.html"' in news
    assert "v2 · 25 September 2024" in news
    assert '<span class="mark">new version</span>' in page(
        built, "topics/diffusion-models/index.html"
    )
    assert "New versions" not in page(site(twice()[0]), "index.html")


def test_a_site_without_paper_pages_links_to_none() -> None:
    built = site(*twice(), papers=False)

    assert not any(path.startswith("papers/") for path in built.pages)
    assert not any(b"papers/2409" in content for content in built.pages.values())


def test_a_post_leads_to_its_neighbours_in_the_topic() -> None:
    built = site(*(digest(f"2024-09-{day}", ledger_entry(str(day))) for day in (21, 22, 23)))
    post = page(built, "posts/2024-09-22-diffusion-models/index.html")

    assert re.findall(r'rel="(prev|next)" href="../../posts/2024-09-(\d\d)', post) == [
        ("prev", "21"),
        ("next", "23"),
    ]
