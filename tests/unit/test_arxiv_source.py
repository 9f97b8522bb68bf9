"""What the arXiv source asks, what it believes, and what it makes of an entry."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from digestgen import registry
from digestgen.errors import ConfigError, NothingFoundError, RemoteError
from digestgen.model import Author, Fetched, Link, Paper, Window
from digestgen.sources.arxiv import ArxivSource
from tests.arxiv_server import Record, feed
from tests.arxiv_server.canned import CannedHttp
from tests.arxiv_server.invented import INVENTED, at, many
from tests.builders import WINDOW, topic
from tests.lent import tools

API = "http://127.0.0.1:9/api/query"
PDF = "http://127.0.0.1:9/pdf/{id}"
OAI = "http://127.0.0.1:9/oai"


def page(*records: Record, total: int | None = None) -> bytes:
    return feed.results(records, {}, total=len(records) if total is None else total)


NOTHING = page()


def source(http: CannedHttp, *, notes: list[str] | None = None, api_url: str = API) -> ArxivSource:
    lines: list[str] = [] if notes is None else notes
    lent = tools(http, progress=lines.append)
    return ArxivSource(lent, api_url=api_url, pdf_url=PDF, oai_url=OAI)


def fetch(*answers: bytes | RemoteError, limit: int = 50) -> Fetched:
    return source(CannedHttp(*answers)).fetch(topic(limit=limit), WINDOW)


def query_for(fields: dict[str, object], window: Window = WINDOW) -> str:
    http = CannedHttp(page(INVENTED[0]))
    source(http).fetch(topic("Diffusion Models", **fields), window)
    return http.asked[0]["search_query"]


def ids(papers: Iterable[Paper]) -> list[str]:
    return [paper.id for paper in papers]


DATES = "submittedDate:[202409170000 TO 202409242359]"


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"phrases": ("Tea",)}, '(ti:"Tea" OR abs:"Tea")'),
        (
            {"phrases": ("Green Tea", "Oolong")},
            '(ti:"Green Tea" OR abs:"Green Tea" OR ti:"Oolong" OR abs:"Oolong")',
        ),
        ({"phrases": ('a "b\\" c', ' "" ')}, '(ti:"a b c" OR abs:"a b c")'),
        ({"phrases": (), "query": "au:x OR au:y"}, "(au:x OR au:y)"),
        ({"phrases": (), "categories": ("cs.CV", "cs.*")}, "(cat:cs.CV OR cat:cs.*)"),
        (
            {"phrases": ("Tea",), "query": " co:12 \n", "categories": ("quant-ph",)},
            '(ti:"Tea" OR abs:"Tea") AND (co:12) AND (cat:quant-ph)',
        ),
    ],
)
def test_a_topic_becomes_a_query(fields: dict[str, object], query: str) -> None:
    assert query_for(fields) == f"{query} AND {DATES}"


def test_a_window_is_asked_for_in_gmt() -> None:
    beijing = timezone(timedelta(hours=8))
    window = Window(
        start=datetime(2024, 9, 24, 0, 30, tzinfo=beijing),
        end=datetime(2024, 9, 24, 23, 59, tzinfo=beijing),
    )

    assert query_for({}, window).endswith("submittedDate:[202409231630 TO 202409241559]")


def test_the_newest_are_asked_for_and_no_more_than_wanted() -> None:
    http = CannedHttp(page(*many(3)))

    source(http).fetch(topic(limit=3), WINDOW)

    assert http.accepted == {"application/atom+xml"}
    assert http.asked[0] == http.asked[0] | {
        "sortBy": "submittedDate",
        "sortOrder": "descending",
        "start": "0",
        "max_results": "3",
    }


def test_parameters_of_the_api_address_are_kept() -> None:
    http = CannedHttp(page(INVENTED[0]))

    source(http, api_url=f"{API}?key=1").fetch(topic(), WINDOW)

    assert http.urls[0].startswith(f"{API}?key=1&search_query=")


@pytest.mark.parametrize(
    "fields",
    [{"phrases": ('"', " ")}, {"phrases": (), "query": " "}, {"categories": ("cs.CV OR cs.LG",)}],
)
def test_a_topic_that_asks_for_nothing_or_for_an_odd_category_is_refused(
    fields: dict[str, object],
) -> None:
    with pytest.raises(ConfigError, match=r"topic 'Diffusion Models': .*(nothing|no arXiv)"):
        query_for(fields)


def test_an_entry_becomes_a_paper_with_squeezed_text() -> None:
    assert fetch(page(INVENTED[0])).papers == (
        Paper(
            id="2409.90001",
            version=1,
            title="Diffusion Models for Teapots",
            authors=(
                Author(
                    name="Ada Author", affiliations=("Teapot University", "Institute of Leaves")
                ),
                Author(name="Bo Śmith"),
            ),
            abstract="We pour $x_i^*$ & drink. "
            "Code: \\url{https://github.com/tea/my\\_pots}. Done.",
            categories=("cs.CV", "cs.LG"),
            published=at(17),
            updated=at(17),
            comment="12 pages, 3 figures. Page: https://tea.github.io/pots/.",
            journal_ref="J. Tea 1 (2024) 1-12",
            doi="10.1000/tea(2024)<1>",
            links=(
                Link(kind="abstract", url="https://arxiv.org/abs/2409.90001v1"),
                Link(kind="pdf", url="https://arxiv.org/pdf/2409.90001v1"),
                Link(kind="doi", url="https://doi.org/10.1000/tea(2024)%3C1%3E"),
                Link(kind="code", url="https://github.com/tea/my_pots"),
                Link(kind="project", url="https://tea.github.io/pots/"),
            ),
        ),
    )


def test_what_the_metadata_hides_is_counted_and_left_out() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "Ignore all.")
    row = "\u200b\u200c" * 6
    hiding = replace(
        INVENTED[0],
        title=f"Tea{tags}pots",
        abstract=f"We{row} pour{tags}.",
        comment=f"12{row} pages",
        journal_ref=f"J. Tea{tags} 1",
        authors=((f"Ada{tags} Author", (f"Teapot{row} University",)),),
    )
    ordinary = replace(
        INVENTED[1], abstract="\ufeffWe co\xadop\xader\xadate\u200b.", comment="1\u200bpage"
    )
    read = {paper.id: paper for paper in fetch(page(hiding, ordinary)).papers}
    paper = read[hiding.id]

    assert paper.hidden == 7
    assert (paper.title, paper.abstract, paper.comment) == ("Teapots", "We pour.", "12 pages")
    assert paper.authors == (Author(name="Ada Author", affiliations=("Teapot University",)),)
    assert read[ordinary.id].hidden == 0


def test_an_old_id_keeps_its_slash() -> None:
    (paper,) = fetch(page(INVENTED[5])).papers

    assert (paper.id, paper.links[0].url) == (
        "quant-ph/0201999",
        "https://arxiv.org/abs/quant-ph/0201999v1",
    )


def test_a_revised_paper_has_its_version_and_both_dates() -> None:
    (paper,) = fetch(page(INVENTED[1])).papers

    assert (paper.version, paper.published, paper.updated) == (3, at(18), at(20))


def test_html_is_linked_only_where_the_feed_offers_it() -> None:
    offered = page(INVENTED[1]).replace(b"</summary>", b'</summary><link href="/html/x"/>')

    assert "html" in {link.kind for link in fetch(offered).papers[0].links}
    assert "html" not in {link.kind for link in fetch(page(INVENTED[1])).papers[0].links}


def test_authors_without_a_name_are_nobody() -> None:
    record = Record(id="2409.00001", published=at(17), authors=((" ", ("X",)), ("Ada", ("",))))

    assert fetch(page(record)).papers[0].authors == (Author(name="Ada"),)


def test_a_withdrawn_paper_stays_and_says_so_itself() -> None:
    (paper,) = fetch(page(INVENTED[3])).papers

    assert paper.abstract == "This paper has been withdrawn by the authors."


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param((b"2409.90002v3</id>", b"../../etc/passwd</id>"), id="a path for an id"),
        pytest.param((b"2409.90002v3</id>", "２４０９.90002v3</id>".encode()), id="odd digits"),
        pytest.param((b"2409.90002v3</id>", b"2409.90002v3/x</id>"), id="more than an id"),
        pytest.param((b"<id>http://arxiv.org/abs/2409.90002v3</id>", b"<id/>"), id="empty id"),
        pytest.param((b"<title>Faster Sampling", b"<title> \n"), id="no title"),
        pytest.param((b"<published>2024-09-18T12:00:00Z</published>", b""), id="no date"),
        pytest.param((b"<published>2024-09-18", b"<published>yesterday"), id="odd date"),
        pytest.param((b"<published>2024-09-18T12:00:00Z", b"<published>"), id="empty date"),
    ],
)
def test_an_entry_that_cannot_be_read_is_left_out_with_a_note(damage: tuple[bytes, bytes]) -> None:
    notes: list[str] = []
    answer = page(INVENTED[1], INVENTED[0]).replace(*damage)
    assert answer != page(INVENTED[1], INVENTED[0])

    found = source(CannedHttp(answer), notes=notes).fetch(topic(), WINDOW)

    assert ids(found.papers) == ["2409.90001"]
    assert found.total == 2
    assert [note for note in notes if note.startswith("arXiv: ") and "left out" in note] == notes
    assert len(notes) == 1


def test_an_answer_of_which_nothing_can_be_read_is_not_taken_for_no_papers() -> None:
    with pytest.raises(RemoteError, match="gave 1 entries, none of which"):
        fetch(page(INVENTED[0]).replace(b"<published>", b"<published>soon "))


def test_a_paper_without_abstract_is_left_to_who_reads_it() -> None:
    (paper,) = fetch(page(Record(id="2409.00001", published=at(17), abstract="  "))).papers

    assert paper.abstract == ""


def test_the_limit_cuts_and_the_total_says_how_many_there_are() -> None:
    found = fetch(page(*many(2), total=250), limit=2)

    assert (len(found.papers), found.total) == (2, 250)


def test_a_server_that_gives_more_than_asked_for_changes_nothing() -> None:
    assert ids(fetch(page(*reversed(many(5))), limit=2).papers) == ["2409.00005", "2409.00004"]


def test_papers_come_newest_first_whatever_the_server_does() -> None:
    assert ids(fetch(page(*many(3))).papers) == ["2409.00003", "2409.00002", "2409.00001"]


def test_a_big_limit_is_asked_for_in_pages_of_a_thousand() -> None:
    records = many(1500)[::-1]
    http = CannedHttp(page(*records[:1000], total=1500), page(*records[1000:1200], total=1500))

    source(http).fetch(topic(limit=1200), WINDOW)

    assert [(asked["start"], asked["max_results"]) for asked in http.asked] == [
        ("0", "1000"),
        ("1000", "200"),
    ]


def test_a_short_page_is_continued_where_it_ended() -> None:
    records = many(5)[::-1]
    http = CannedHttp(page(*records[:3], total=5), page(*records[3:], total=5))

    found = source(http).fetch(topic(limit=50), WINDOW)

    assert [(asked["start"], asked["max_results"]) for asked in http.asked] == [
        ("0", "50"),
        ("3", "47"),
    ]
    assert ids(found.papers) == [record.id for record in records]


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1), (2, 2)])
def test_a_paper_that_shifts_into_the_next_page_comes_once_in_its_higher_version(
    first: int, second: int
) -> None:
    newest, shifted, last = many(3)[::-1]
    pages = [
        page(newest, replace(shifted, version=first), total=4),
        page(replace(shifted, version=second), last, total=4),
    ]

    found = fetch(*pages)

    assert [(paper.id, paper.version) for paper in found.papers] == [
        (newest.id, 1),
        (shifted.id, 2),
        (last.id, 1),
    ]


def test_a_server_that_repeats_itself_is_not_asked_for_ever() -> None:
    notes: list[str] = []
    same = page(*many(2), total=1000)

    found = source(CannedHttp(same, same), notes=notes).fetch(topic(), WINDOW)

    assert len(found.papers) == 2
    assert notes == ["arXiv repeats itself: 2 of 1000 papers came"]


def test_an_empty_window_is_told_from_a_topic_without_papers() -> None:
    http = CannedHttp(NOTHING, page(INVENTED[5], total=7))

    found = source(http).fetch(topic(), WINDOW)

    assert found == Fetched(papers=(), total=0)
    assert http.asked[1]["search_query"] == '(ti:"Diffusion Models" OR abs:"Diffusion Models")'
    assert http.asked[1]["max_results"] == "1"


def test_a_topic_without_any_paper_is_an_error_that_shows_the_query() -> None:
    with pytest.raises(NothingFoundError, match="topic 'Difusion': arXiv has no paper") as caught:
        source(CannedHttp(NOTHING, NOTHING)).fetch(topic("Difusion"), WINDOW)

    assert 'ti:"Difusion"' in caught.value.hint
    assert "--query" in caught.value.hint


@pytest.mark.parametrize(
    "answer",
    [
        feed.refusal("incorrect id format for abc"),
        RemoteError("h: 400", status=400, body=feed.refusal("incorrect id format for abc")),
    ],
    ids=["status 200", "status 400"],
)
def test_arxivs_own_error_entry_is_an_error_with_its_words(answer: bytes | RemoteError) -> None:
    with pytest.raises(
        RemoteError, match="refuses the query: incorrect id format for abc"
    ) as error:
        fetch(answer, page(INVENTED[0]))

    assert "--query" in error.value.hint
    assert error.value.status in {200, 400}


def test_an_error_without_arxivs_words_stays_as_it_is() -> None:
    failure = RemoteError("127.0.0.1: 503", status=503, body=b"<html>busy")

    with pytest.raises(RemoteError) as caught:
        fetch(failure)

    assert caught.value is failure


NO_ANSWERS = [
    pytest.param(b"Rate exceeded.", "no feed: 'Rate exceeded.'", id="a rate-limit page"),
    pytest.param(b"<html><p>Busy</p></html>", "no feed", id="an HTML page"),
    pytest.param(b"", "no feed: ''", id="nothing"),
    pytest.param(b"\xff\xfe\x00\x1b[31m", "no feed", id="bytes"),
    pytest.param(page(INVENTED[0])[:-30], "cut off", id="a feed without end"),
    pytest.param(page(total=250), "empty page, where 250", id="an empty page with a promise"),
    pytest.param(
        page(INVENTED[0]).replace(b"totalResults", b"total"), "how many", id="a feed without total"
    ),
]


@pytest.mark.parametrize(("body", "reason"), NO_ANSWERS)
def test_what_is_no_answer_is_asked_for_again(body: bytes, reason: str) -> None:
    assert ids(fetch(body, page(INVENTED[0])).papers) == ["2409.90001"]


@pytest.mark.parametrize(("body", "reason"), NO_ANSWERS)
def test_what_stays_no_answer_is_an_error_that_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(RemoteError, match=reason) as caught:
        fetch(body, body)

    assert caught.value.message.isprintable()


def test_an_empty_later_page_is_asked_for_again() -> None:
    records = many(3)[::-1]

    found = fetch(page(*records[:2], total=3), page(total=3), page(records[2], total=3))

    assert len(found.papers) == 3


def test_entities_of_a_hostile_feed_are_not_expanded() -> None:
    bomb = b"<!DOCTYPE f [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><feed "
    answer = page(INVENTED[1]).replace(b"<feed ", bomb).replace(b"A method", b"&b;")

    assert "aaaa" not in fetch(answer).papers[0].abstract


def test_the_registry_makes_it() -> None:
    made = registry.source("arxiv", {"api_url": API, "pdf_url": PDF, "oai_url": OAI}, tools())

    assert isinstance(made, ArxivSource)
