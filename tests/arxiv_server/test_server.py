"""The server evaluates queries, pages and refuses as arXiv does."""

from datetime import date
from pathlib import Path

import pytest

from tests.arxiv_server import oai
from tests.arxiv_server.invented import INVENTED, many
from tests.arxiv_server.query import QueryError, matcher
from tests.arxiv_server.records import read
from tests.arxiv_server.server import pdf, respond


def found(query: str) -> list[str]:
    return [record.id[-1] for record in INVENTED if matcher(query)(record)]


@pytest.mark.parametrize(
    ("query", "last_digits"),
    [
        ('ti:"diffusion models"', "149"),
        ('abs:"Diffusion Models"', "2"),
        ('ti:"diffusion models" OR abs:"diffusion models"', "1249"),
        ('(ti:"diffusion models" OR abs:"diffusion models") AND (cat:cs.CV OR cat:cs.LG)', "12"),
        ('ti:"models diffusion"', ""),
        ("ti:diff", ""),
        ("ti:models", "1349"),
        ("teapots coffee", "15"),
        ("all:coffee", "5"),
        ("au:müller", "5"),
        ("au:ada_author", "12349"),
        ('au:"ada author"', "12349"),
        ("cat:cs.*", "1234"),
        ("cat:CS.ai", "4"),
        ("co:pages AND jr:tea", "1"),
        ("ti:models ANDNOT cat:cs.CV", "49"),
        ("ti:faster OR ti:teapots AND cat:math.CO", "2"),
        ("(ti:faster OR ti:teapots) AND cat:cs.CV", "1"),
        ("submittedDate:[202409181200 TO 202409191200]", "23"),
        ("submittedDate:[20240918 TO 20240919]", "23"),
        ("submittedDate:[202409181201 TO 202409191159]", ""),
        ("lastUpdatedDate:[20240920 TO 20240920]", "24"),
    ],
)
def test_a_query_finds_who_belongs_to_it(query: str, last_digits: str) -> None:
    assert "".join(found(query)) == last_digits


@pytest.mark.parametrize(
    "query",
    ["(ti:a", "ti:a)", "AND", "ti:a AND", '"open', "xx:a", "ti:[1 TO 2]", "submittedDate:2024"],
)
def test_a_malformed_query_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        found(query)

    assert respond(INVENTED, {"search_query": query}).status == 400


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"start": "x"}, b"start must be an integer"),
        ({"start": "-1"}, b"start must be non-negative"),
        ({"max_results": "1.5"}, b"max_results must be an integer"),
        ({"max_results": "30001"}, b"max_results must be at most 30000"),
        ({"id_list": "abc"}, b"incorrect id format for abc"),
        ({"sortBy": "beauty"}, b"sortBy must not be beauty"),
        ({"search_query": ""}, b"the query is empty"),
    ],
)
def test_a_bad_request_is_refused_with_an_error_entry(asked: dict[str, str], words: bytes) -> None:
    answer = respond(INVENTED, {"search_query": "all:a", **asked})

    assert answer.status == 400
    assert words in answer.body


def test_pages_are_at_most_two_thousand_and_ten_unless_asked() -> None:
    records = many(2100)

    assert respond(records, {"search_query": "tea"}).body.count(b"<entry>") == 10
    assert (
        respond(records, {"search_query": "tea", "max_results": "30000"}).body.count(b"<entry>")
        == 2000
    )


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("2409.90001", 200),
        ("2409.90001v7", 200),
        ("2409.90002v3", 200),
        ("2409.90002", 404),
        ("2409.90002v1", 404),
        ("../2409.90001", 404),
    ],
)
def test_a_pdf_is_of_every_version_or_of_its_own(name: str, status: int) -> None:
    assert pdf({"2409.90001": b"%PDF-", "2409.90002v3": b"%PDF-"}, name).status == status


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, b"<id>2409.90001</id>"),
        ({"identifier": "oai:arXiv.org:2409.1"}, b'code="idDoesNotExist"'),
        ({"metadataPrefix": "oai_dc"}, b'code="cannotDisseminateFormat"'),
        ({"verb": "Identify"}, b'code="badVerb"'),
    ],
)
def test_oai_pmh_gives_a_record_or_says_why_not(asked: dict[str, str], words: bytes) -> None:
    proper = {
        "verb": "GetRecord",
        "metadataPrefix": "arXiv",
        "identifier": "oai:arXiv.org:2409.90001",
    }

    assert words in oai.respond(INVENTED, proper | asked)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("cs.GR.tsv.xz", 1900),
        ("recent_2025-06-29.jsonl", 517),
        ("seed-papers.jsonl", 14),
    ],
)
def test_real_records_are_read(name: str, count: int, shared: Path) -> None:
    records = read(shared / "data" / "metadata" / name, day=date(2025, 6, 27))

    assert len(records) == len({record.id for record in records}) == count
    assert respond(records, {"search_query": "cat:cs.*", "max_results": "5"}).status == 200
