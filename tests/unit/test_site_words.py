"""A site speaks one language: what is not its posts' own words is in its own, wherever it stands.

The posts are in Greek, so that whatever else has letters was said by the site.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import get_args

import html5lib
import pytest
from lxml import etree

from digestgen.content import front_matter
from digestgen.content.posts import compose
from digestgen.formats.hexo import Hexo
from digestgen.model import (
    Author,
    Digest,
    Entry,
    Evidence,
    Lang,
    Link,
    LinkKind,
    Note,
    NoteKind,
    Picture,
    Statement,
)
from digestgen.post import Document
from digestgen.site.library import arrange
from digestgen.site.making import units
from digestgen.site.settings import SiteSettings
from digestgen.templating import Templates
from tests.builders import DAY, WINDOW, ledger, paper, summary, topic
from tests.unit.site_posts import foreign, recorded

GREEK = "Διάχυση θορύβου"
# What is written in Latin letters in any language: names of formats, of digestgen, of keys.
NAMES = {
    "digestgen", "arXiv", "BibTeX", "RIS", "Atom", "JSON", "JavaScript", "DOI", "PDF", "CC", "BY",
    "Esc", "j", "k", "v1", "v2", "cs", "CV", "HTML", "UTC",
}  # fmt: skip
# For programs, or as a source wrote it: citations, code, what an engine reads.
UNSAID = {"script", "style", "pre", "code"}
SAID = ("title", "aria-label", "alt", "placeholder", "label", "summary", "aria-roledescription")
WORD = re.compile("[A-Za-z][A-Za-z0-9]*")
# Addresses, names of files, and which summarizer it was, are what they are.
SIGNS = re.compile(r"https?://\S+|\b\w+\.(?:bib|ris)\b|\(test-1\)")
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def statement(index: int = 0) -> Statement:
    source = Evidence(sentence=f"{GREEK}.", where="3 Μέθοδος", page=4, index=index)
    return Statement(text=f"{GREEK}.", evidence=(source,))


def entry(id_: str, *, version: int = 1) -> Entry:
    """A paper with everything that a digest may show."""
    said = (statement(1),)
    return Entry(
        paper=paper(
            id_,
            version=version,
            title=GREEK,
            abstract=f"{GREEK}.",
            authors=(Author(name="Άδα Παππά", affiliations=(GREEK,)), Author(name="Νίκος Παππάς")),
            updated=datetime(2024, 9, 23, tzinfo=UTC),
            comment=GREEK,
            journal_ref=GREEK,
            doi="10.1/1",
            licence="http://creativecommons.org/licenses/by/4.0/",
            venue=GREEK,
            links=tuple(
                Link(kind=kind, url="https://παράδειγμα.gr/1")
                for kind in get_args(LinkKind)
            ),
        ),
        summary=summary(
            gist=statement(), takeaways=said, keywords=(GREEK,), background=said,
            past_methods=said, proposed_method=said, task_and_performance=said, methods=said,
            significance=said, innovation=said, performance=said, workload=(),
        ),
        pictures=tuple(
            Picture(
                kind=kind, label="1", caption=GREEK, alt=GREEK, page=2,
                file_name=f"{id_}-{kind}.webp", image=Path(), width=9, height=9,
            )
            for kind in ("figure", "table", "algorithm")
        ),
        notes=tuple(Note(kind=kind, detail="2") for kind in get_args(NoteKind)),
    )  # fmt: skip


def post(day: int, lang: Lang, *entries: Entry) -> Document:
    when = DAY.replace(day=day)
    digest = Digest(
        topic=topic(GREEK, lang=lang), day=when, window=WINDOW, entries=entries, skipped=()
    )
    made = Hexo(render_template=Templates().markdown).render(digest)
    record = ledger(
        topic=GREEK,
        lang=lang,
        day=when,
        papers=tuple(block.ledger for block in made.blocks),
        updated=datetime(2024, 9, day, 10, tzinfo=UTC),
    )
    text = compose(made, record, updated=datetime(2024, 9, day, 18, 30))
    path = PurePosixPath(f"posts/2024-09-{day}-x.md")
    kept = front_matter.split(text)
    return Document(
        path=path,
        meta=front_matter.parse(kept, path=path.as_posix()),
        body=kept.body,
        assets=(),
    )


@cache
def pages(lang: Lang, *, is_empty: bool = False) -> dict[str, bytes]:
    """A site, with a search: of two digests in its language and a post of somebody else."""
    documents = (
        post(24, lang, entry("2409.00001"), entry("2409.00002")),
        post(26, lang, entry("2409.00001", version=2)),
        foreign("2024-03-04-n", f"# {GREEK}\n\n![{GREEK}](https://παράδειγμα.gr/a.png)\n"),
    )
    settings = SiteSettings(title=GREEK, url="https://blog.example", lang=lang, search=True)
    found = () if is_empty else documents
    bodies = {document.path.as_posix(): document.body for document in found}
    records = (recorded(document) for document in found)
    library = arrange((record for record in records if record), lang=lang)
    made = units(library, Templates(), settings, lambda placed: bodies[placed.record.path])
    return {
        path: file
        for unit in made
        if not unit.paths[0].startswith("static/")
        for path, file in unit.make().items()
    }


def said(path: str, file: bytes) -> Iterator[str]:
    """Every text and attribute that a reader sees or hears, or that a script says."""
    if path.endswith((".bib", ".ris", ".txt")) or path.startswith("sitemap"):
        return
    if path.endswith(".json"):
        yield from in_json(json.loads(file))
        return
    if path.endswith(".html"):
        tree = html5lib.parse(file, treebuilder="lxml", namespaceHTMLElements=False)
    else:
        tree = etree.ElementTree(etree.fromstring(file))
    for element in tree.iter(etree.Element):
        yield element.tail or ""
        if etree.QName(element).localname in UNSAID:
            continue
        if etree.QName(element).localname not in {"id", "updated"}:
            yield element.text or ""
        yield from (element.get(name, "") for name in SAID)
        if element.get("name") == "description" or element.get("property") in {
            "og:title", "og:description", "og:site_name", "og:image:alt",
        }:  # fmt: skip
            yield element.get("content", "")
        yield from json.loads(element.get("data-strings", "{}")).values()


def in_json(value: object) -> Iterator[str]:
    """The texts of a JSON feed; addresses and dates are none."""
    if isinstance(value, dict):
        for name, field in value.items():
            if name == "content_html":
                yield etree.HTML(str(field)).xpath("string()")
            elif name in {"title", "name", "summary", "tags", "items", "authors"}:
                yield from in_json(field)
    elif isinstance(value, list):
        yield from chain.from_iterable(map(in_json, value))
    elif isinstance(value, str):
        yield value


def test_all_kinds_of_pages_are_looked_at() -> None:
    looked = {path for path, file in pages("zh").items() if GREEK in "".join(said(path, file))}

    assert looked >= {
        "404.html", "archive/2024/09/index.html", "archive/index.html", "feed.json", "feed.xml",
        "index.html", "papers/2409.00001/index.html", "posts/2024-03-04-n/index.html",
        "posts/2024-09-26-x/index.html", "search/index.html", "trends/index.html",
    }  # fmt: skip


@pytest.mark.parametrize("is_empty", [False, True], ids=["full", "empty"])
def test_no_word_of_another_language_stays_in_a_chinese_site(*, is_empty: bool) -> None:
    foreign_words = {
        (path, word)
        for path, file in pages("zh", is_empty=is_empty).items()
        for text in said(path, file)
        for word in WORD.findall(SIGNS.sub("", text))
        if word not in NAMES
    }

    assert foreign_words == set()


@pytest.mark.parametrize("is_empty", [False, True], ids=["full", "empty"])
def test_no_chinese_word_stays_in_an_english_site(*, is_empty: bool) -> None:
    chinese = {
        (path, text)
        for path, file in pages("en", is_empty=is_empty).items()
        for text in said(path, file)
        if CHINESE.search(text)
    }

    assert chinese == set()
