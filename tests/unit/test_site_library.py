"""The site knows its posts by their records, arranged by day, topic and paper."""

from datetime import UTC, date, datetime

import pytest

from digestgen.content import yaml_form
from digestgen.errors import ContentError
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, foreign, library, recorded, site


def test_a_record_holds_what_lists_and_citations_need() -> None:
    entry = ledger_entry(
        title="A  $x^2$ Filter", authors=("Ann Bee",), published=date(2024, 9, 1), doi="10.1/a"
    )

    record = recorded(digest("2024-09-24", entry, assets=("a.webp", "notes.txt")))

    assert record is not None
    assert (record.title, record.day, record.lang) == (
        "Diffusion Models",
        date(2024, 9, 24),
        "zh",
    )
    assert record.pictures == ("a.webp",)
    [paper] = record.papers
    assert (paper.title, paper.authors, paper.doi) == ("A $x^2$ Filter", ("Ann Bee",), "10.1/a")
    assert paper.published == date(2024, 9, 1)


def test_a_post_by_somebody_else_is_named_by_its_first_heading() -> None:
    record = recorded(foreign("2024-01-02-note", "Hello\n\n# A *word* on this\n"))

    assert record is not None
    assert (record.title, record.lang, record.papers) == ("A word on this", None, ())


def test_a_post_without_any_day_has_no_record() -> None:
    assert recorded(foreign("about", "Hello")) is None


@pytest.mark.parametrize("slip", ["0001-01-01", "0999-12-31", "3000-01-01", "9999-12-31"])
@pytest.mark.parametrize("time", ["", " 00:00:00 +08:00", " 23:59:59 -08:00"])
def test_a_year_that_is_a_slip_counts_as_none(slip: str, time: str) -> None:
    meta = yaml_form.load(f"date: {slip}{time}\nupdated: {slip}{time}\n")
    assert isinstance(meta, dict)
    record = recorded(foreign("2024-01-02-note", meta=meta))

    assert record is not None
    assert (record.day, record.updated.date()) == (date(2024, 1, 2), date(2024, 1, 2))
    assert recorded(foreign("note", meta=meta)) is None
    assert recorded(foreign(f"{slip}-note")) is None


def test_a_digest_of_a_year_that_is_a_slip_has_no_record() -> None:
    assert recorded(digest("0999-12-31", ledger_entry())) is None

    moment = datetime(9999, 12, 31, tzinfo=UTC)
    entry = ledger_entry(published=date(999, 12, 31), revised=moment.date())
    record = recorded(digest("2024-09-24", entry, updated=moment))
    assert record is not None
    assert record.updated.date() == date(2024, 9, 24)
    assert (record.papers[0].published, record.papers[0].revised) == (None, None)


@pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31"])
def test_the_first_and_the_last_day_have_pages(day: str) -> None:
    meta = yaml_form.load(f"updated: {day} 00:00:00 +14:00\n")
    assert isinstance(meta, dict)
    posts = (digest(day, ledger_entry()), foreign(f"{day}-note", meta=meta))

    assert f"archive/{day[:4]}/{day[5:7]}/index.html" in site(*posts).pages


def test_a_paper_is_one_shelf_over_all_its_posts_and_versions() -> None:
    found = library(
        digest("2024-09-24", ledger_entry("2409.00001", version=1)),
        digest("2024-09-30", ledger_entry("2409.00001", version=2), topic="Faces", slug="faces"),
    )

    [shelf] = found.papers.values()

    assert [(a.paper.version, a.post.slug) for a in shelf.appearances] == [
        (2, "2024-09-30-faces"),
        (1, "2024-09-24-diffusion-models"),
    ]
    assert shelf.address == "papers/2409.00001/index.html"
    assert [topic.slug for topic in found.topics.values()] == ["faces", "diffusion-models"]
    assert list(found.days) == [date(2024, 9, 30), date(2024, 9, 24)]


@pytest.mark.parametrize(
    ("paths", "slugs"),
    [
        (["b/2024-01-01-x"], ["2024-01-01-x"]),
        (["a/2024-01-01-x", "b/2024-01-01-x"], ["a-2024-01-01-x", "b-2024-01-01-x"]),
        (["2024-01-01-x", "a/B/2024-01-01-x"], ["2024-01-01-x", "a-b-2024-01-01-x"]),
        (
            ["a/2024-01-01-x", "z/2024-01-01-x", "2024-01-01-x"],
            ["a-2024-01-01-x", "z-2024-01-01-x", "2024-01-01-x"],
        ),
        (["2024-01-01 X", "2024-01-01-x"], ["2024-01-01-x-2", "2024-01-01-x"]),
        (
            ["2024-01-01-X", "2024-01-01-x", "2024-01-01-x-2"],
            ["2024-01-01-x-3", "2024-01-01-x", "2024-01-01-x-2"],
        ),
        (
            ["a/2024-01-01-x", "a-2024-01-01-x", "2024-01-01-x"],
            ["a-2024-01-01-x-2", "a-2024-01-01-x", "2024-01-01-x"],
        ),
    ],
)
def test_no_post_takes_the_place_of_one_at_the_top(paths: list[str], slugs: list[str]) -> None:
    found = library(*(foreign(path, meta={"date": date(2024, 1, 1)}) for path in paths))

    places = {post.record.path: post.slug for post in found.posts}
    assert places == {f"posts/{path}.md": slug for path, slug in zip(paths, slugs, strict=True)}


@pytest.mark.parametrize(
    ("ids", "first"),
    [
        ((["Sample 0001"], ["sample-0001"]), "posts/2024-09-25-b.md"),
        ((["Sample 0001", "sample-0001"],), "posts/2024-09-24-a.md"),
        ((["2409.00001", "2409-00001"],), "posts/2024-09-24-a.md"),
    ],
)
def test_two_papers_that_would_have_one_place_are_named(ids: list[list[str]], first: str) -> None:
    posts = [
        digest(f"2024-09-{day}", *map(ledger_entry, papers), slug=slug)
        for day, slug, papers in zip((24, 25), "ab", ids, strict=False)
    ]

    with pytest.raises(ContentError) as raised:
        library(*posts)

    told = raised.value.message
    assert told.startswith("posts/2024-09-24-a.md: the id ")
    assert told.endswith(f" in {first}")
    assert {name for names in ids for name in names} <= set(told.split("'"))


def test_the_same_paper_may_stand_in_many_posts() -> None:
    entries = [ledger_entry("sample-0001"), ledger_entry("2409.00001")]
    found = library(digest("2024-09-24", *entries), digest("2024-09-25", *entries))

    assert [len(shelf.appearances) for shelf in found.papers.values()] == [2, 2]
