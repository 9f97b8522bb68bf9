"""What every implementation of `ports.OutputFormat` promises."""

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from digestgen import registry
from digestgen.model import Author, Digest, Entry, Lang, Link, Note, Picture, Published, Skip
from digestgen.ports import OutputFormat
from digestgen.post import Post
from digestgen.templating import Templates
from tests.builders import DAY, WINDOW, ledger_entry, paper, quote, summary, topic
from tests.lent import tools

EVIL = '{{ x }}{% raw %}<script>alert("x")</script>\n\n# *a* $b'
OLD = Published(ledger=ledger_entry("2409.00009"), block="## Old\n\n  as {{ it }} was\t\n")
PICTURE = Picture(
    kind="figure",
    label="1",
    caption=EVIL,
    alt=EVIL,
    page=2,
    file_name="2409-00002-figure-1.webp",
    image=Path("cache") / "a.webp",
    width=1200,
    height=500,
    thumbnail_name="2409-00002-figure-1-small.webp",
    thumbnail=Path("cache") / "b.webp",
    thumbnail_width=400,
)
HOSTILE = Entry(
    paper=paper(
        "2409.00002",
        version=2,
        title=EVIL,
        abstract=EVIL,
        authors=tuple(Author(name=f"{EVIL} {n}", affiliations=(EVIL,)) for n in range(30)),
        comment=EVIL,
        journal_ref=EVIL,
        categories=(EVIL,),
        links=(Link(kind="code", url=f"https://example.org/{EVIL}"),),
    ),
    summary=summary(keywords=(EVIL,), gist=quote(EVIL)),
    pictures=(PICTURE,),
    notes=(Note(kind="no pdf", detail=EVIL),),
)
DIGEST = Digest(
    topic=topic("C++ & <Diffusion>", tags=(EVIL, "C++")),
    day=DAY,
    window=WINDOW,
    entries=(Entry(paper=paper(), summary=summary()), OLD, HOSTILE),
    skipped=(Skip(id="2409.00003", stage="summary", reason=f"no abstract {EVIL}"),),
)


@pytest.fixture(params=sorted(registry._FORMATS))
def output(request: pytest.FixtureRequest) -> OutputFormat:
    """Each built-in format, with what a user may set against the rules."""
    options = {"categories": (), "front_matter": {"author": "A", "digestgen": "x", "updated": "y"}}
    return registry.output_format(request.param, options, tools(render=Templates().markdown))


def text_of(post: Post) -> str:
    return "\n\n".join((post.head, *(block.text for block in post.blocks), post.tail))


def test_equal_digests_give_equal_posts(output: OutputFormat) -> None:
    assert output.render(DIGEST) == output.render(DIGEST)


def test_a_post_is_named_by_its_day_and_topic(output: OutputFormat) -> None:
    assert output.render(DIGEST).stem == f"{DAY.isoformat()}-{DIGEST.topic.slug}"


def test_the_papers_stand_in_the_order_of_the_digest(output: OutputFormat) -> None:
    post = output.render(DIGEST)

    assert [(block.ledger.id, block.ledger.version) for block in post.blocks] == [
        ("2409.00001", 1),
        ("2409.00009", 1),
        ("2409.00002", 2),
    ]
    assert all(block.ledger.fingerprint and block.ledger.by for block in post.blocks)


def test_what_has_been_published_is_carried_over_byte_for_byte(output: OutputFormat) -> None:
    block = output.render(DIGEST).blocks[1]

    assert (block.ledger, block.text) == (OLD.ledger, OLD.block)


def test_a_block_does_not_depend_on_its_neighbours(output: OutputFormat) -> None:
    alone = output.render(replace(DIGEST, entries=DIGEST.entries[:1], skipped=()))

    assert alone.blocks[0] == output.render(DIGEST).blocks[0]


def test_front_matter_leaves_ledger_and_time_to_who_writes_the_post(output: OutputFormat) -> None:
    meta = output.render(DIGEST).meta

    assert not {"digestgen", "updated"} & set(meta)
    assert meta["author"] == "A"
    assert {"title", "date", "tags"} <= set(meta)


def test_a_picture_is_a_bare_file_that_its_paper_shows(output: OutputFormat) -> None:
    post = output.render(DIGEST)

    names = tuple(asset.name for asset in post.assets)
    assert (names[0], post.assets[0].source) == (PICTURE.file_name, PICTURE.image)
    assert all(PurePosixPath(name).name == name for name in names)
    assert PICTURE.file_name in post.blocks[2].text
    assert PICTURE.file_name not in post.blocks[0].text
    assert [block.ledger.pictures for block in post.blocks] == [(), (), names]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_foreign_text_is_neither_markup_nor_code(output: OutputFormat, lang: Lang) -> None:
    digest = replace(DIGEST, topic=replace(DIGEST.topic, lang=lang), entries=(HOSTILE,))
    post = output.render(digest)

    assert not re.search(r"\{[{%#]|[}%#]\}|<script|^# ", text_of(post), re.MULTILINE)
    assert "<" not in str(post.meta["title"])


def test_a_skipped_paper_is_told_with_its_reason(output: OutputFormat) -> None:
    assert re.search(r"2409\.00003.*no abstract", text_of(output.render(DIGEST)))


def test_a_digest_without_papers_can_be_written(output: OutputFormat) -> None:
    post = output.render(replace(DIGEST, entries=(), skipped=()))

    assert post.blocks == ()
    assert post.head
