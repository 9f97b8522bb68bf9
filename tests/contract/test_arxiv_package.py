"""What we use of the arxiv package is there, also its inner parts, and our server speaks to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import arxiv
import pytest
from arxiv import _feed

from tests.arxiv_server import feed, serve
from tests.arxiv_server.invented import INVENTED, at, many


@contextmanager
def client(url: str, *, page_size: int = 100) -> Iterator[arxiv.Client]:
    """The package's own client, unpatched, asking another address without delay."""
    made = arxiv.Client(page_size=page_size, delay_seconds=0, num_retries=0)
    made.query_url_format = url + "?{}"
    made._session.trust_env = False  # a proxy of this machine must not stand between
    with made._session:
        yield made


def newest(query: str = "", **more: list[str]) -> arxiv.Search:
    return arxiv.Search(
        query=query,
        max_results=None,
        sort_by=arxiv.SortCriterion.SubmittedDate,
        sort_order=arxiv.SortOrder.Descending,
        **more,
    )


def test_a_search_says_what_to_send() -> None:
    assert newest("ti:tea AND cat:cs.CV")._url_args() == {
        "search_query": "ti:tea AND cat:cs.CV",
        "id_list": "",
        "sortBy": "submittedDate",
        "sortOrder": "descending",
    }


def test_a_feed_is_parsed_into_a_header_and_results() -> None:
    parsed = _feed.parse(feed.results(INVENTED[:2], {"start": "4", "max_results": "2"}, total=9))

    header = parsed.header
    assert (header.total_results, header.items_per_page, header.start_index) == (9, 2, 4)
    assert [result.entry_id for result in parsed.results] == [
        "http://arxiv.org/abs/2409.90001v1",
        "http://arxiv.org/abs/2409.90002v3",
    ]


def test_a_result_has_the_fields_that_we_read() -> None:
    (result,) = _feed.parse(feed.results(INVENTED[:1], {}, total=1)).results

    assert result.title == "Diffusion Models for Teapots"
    assert result.summary.startswith("  We pour $x_i^*$ & drink.\n")
    assert (result.published, result.updated) == (at(17), at(17))
    assert [(author.name, author.affiliation) for author in result.authors] == [
        ("Ada\n  Author", ["Teapot University", " Institute\n of Leaves "]),
        ("Bo Śmith", []),
    ]
    assert (result.primary_category, result.categories[1]) == ("cs.CV", "cs.LG")
    assert (result.comment or "").startswith("12 pages,\n")
    assert (result.journal_ref, result.doi) == ("J. Tea 1 (2024)\n 1-12", "10.1000/tea(2024)<1>")
    assert [link.href for link in result.links][:2] == [
        "https://arxiv.org/abs/2409.90001v1",
        "https://arxiv.org/pdf/2409.90001v1",
    ]


def test_absent_fields_are_none_or_empty() -> None:
    (result,) = _feed.parse(feed.results(INVENTED[4:5], {}, total=1)).results

    assert (result.comment, result.journal_ref, result.doi) == (None, None, None)


def test_dates_are_read_by_the_function_that_we_ask_first() -> None:
    assert _feed._parse_datetime("2024-09-17T12:00:00Z") == datetime(2024, 9, 17, 12, tzinfo=UTC)
    assert _feed._parse_datetime(None) is None
    with pytest.raises(ValueError, match="Invalid isoformat"):
        _feed._parse_datetime("soon")


def test_the_parser_still_hides_a_cut_and_drops_entries_without_date() -> None:
    whole = feed.results(INVENTED[:2], {}, total=2)

    assert not _feed.parse(whole[:-200]).malformed
    assert (
        len(_feed.parse(whole.replace(b"<published>2024-09-17T12:00:00Z</published>", b"")).results)
        == 1
    )


def test_the_packages_own_client_gets_the_same_papers_from_our_server() -> None:
    with serve(INVENTED) as server, client(server.url) as theirs:
        results = list(theirs.results(newest('ti:"diffusion models" OR abs:"diffusion models"')))

    assert [result.get_short_id() for result in results] == [
        "2409.90004v1",
        "2409.90002v3",
        "2409.90001v1",
        "quant-ph/0201999v1",
    ]


def test_the_packages_own_client_pages_through_our_server() -> None:
    records = many(25)
    with serve(records) as server, client(server.url, page_size=10) as theirs:
        results = list(theirs.results(newest("all:tea")))

    assert [result.get_short_id() for result in results] == [f"{r.id}v1" for r in records[::-1]]
    assert [request.query["start"] for request in server.requests] == ["0", "10", "20"]


def test_the_packages_own_client_finds_papers_by_id() -> None:
    with serve(INVENTED) as server, client(server.url) as theirs:
        results = list(theirs.results(newest(id_list=["quant-ph/0201999v1", "2409.99999"])))

    assert [result.get_short_id() for result in results] == ["quant-ph/0201999v1"]


def test_the_packages_own_client_is_refused_where_arxiv_refuses() -> None:
    with (
        serve(INVENTED) as server,
        client(server.url) as theirs,
        pytest.raises(arxiv.HTTPError, match="HTTP 400"),
    ):
        list(theirs.results(newest(id_list=["abc"])))
