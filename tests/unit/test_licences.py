"""What arXiv's OAI-PMH records say of licences, and what is remembered of them."""

import re
from pathlib import Path

import pytest

from digestgen.errors import RemoteError
from digestgen.licensing import licence_name
from digestgen.sources.licences import Licences, licence_in
from tests.arxiv_server import Record, oai
from tests.arxiv_server.canned import CannedHttp
from tests.arxiv_server.invented import at
from tests.builders import paper
from tests.lent import DictMemo

URL = "http://127.0.0.1:9/oai"
CC_BY = "http://creativecommons.org/licenses/by/4.0/"
ID = "2409.00001"


def record(licence: str = CC_BY, id: str = ID) -> bytes:  # noqa: A002  # the field's name
    asked = {"verb": "GetRecord", "metadataPrefix": "arXiv", "identifier": f"oai:arXiv.org:{id}"}
    return oai.respond([Record(id=id, published=at(17), licence=licence)], asked)


UNKNOWN = oai.error("idDoesNotExist", "unknown")


def test_the_record_of_one_paper_is_asked_for() -> None:
    http = CannedHttp(record(id="quant-ph/0201999"))

    found = Licences(http, DictMemo(), oai_url=URL).find(paper("quant-ph/0201999"))

    assert found == CC_BY
    assert http.asked == [
        {
            "verb": "GetRecord",
            "identifier": "oai:arXiv.org:quant-ph/0201999",
            "metadataPrefix": "arXiv",
        }
    ]


@pytest.mark.parametrize("licence", [CC_BY, ""])
def test_a_record_is_asked_for_once_a_version(licence: str) -> None:
    http, memo = CannedHttp(record(licence), record(CC_BY)), DictMemo()

    first = Licences(http, memo, oai_url=URL).find(paper())
    again = Licences(http, memo, oai_url=URL).find(paper())
    other = Licences(http, memo, oai_url=URL).find(paper(version=2))

    assert (first, again, other) == (licence, licence, CC_BY)
    assert len(http.urls) == 2


def test_a_paper_whose_record_is_not_there_yet_is_asked_for_again() -> None:
    http, memo = CannedHttp(UNKNOWN, record()), DictMemo()

    first = Licences(http, memo, oai_url=URL).find(paper())
    later = Licences(http, memo, oai_url=URL).find(paper())

    assert (first, later) == ("", CC_BY)


@pytest.mark.parametrize("status", [404, 422])
def test_a_refusal_may_come_with_a_status_of_its_own(status: int) -> None:
    http = CannedHttp(RemoteError("said no", status=status, body=UNKNOWN))

    assert Licences(http, DictMemo(), oai_url=URL).find(paper()) == ""


def test_what_is_no_answer_is_asked_for_again() -> None:
    http = CannedHttp(b"<html>wait</html>", b"", record()[:-30], record())

    assert Licences(http, DictMemo(), oai_url=URL).find(paper()) == CC_BY


def test_a_server_that_stays_away_is_an_error_and_not_remembered() -> None:
    memo = DictMemo()
    http = CannedHttp(RemoteError("no connection"))

    with pytest.raises(RemoteError, match="no connection"):
        Licences(http, memo, oai_url=URL).find(paper())

    assert memo.texts == {}


def test_a_server_that_does_not_understand_the_question_is_an_error() -> None:
    http = CannedHttp(oai.error("cannotDisseminateFormat", "no\n such format"))

    with pytest.raises(RemoteError, match="cannotDisseminateFormat no such format") as raised:
        Licences(http, DictMemo(), oai_url=URL).find(paper())

    assert "arxiv.oai_url" in raised.value.hint


@pytest.mark.parametrize(
    "licence",
    ["all rights reserved", "javascript:alert(1)", 'https://x/"><script>', "https://" + "x" * 300],
)
def test_a_licence_that_is_no_address_counts_as_none(licence: str) -> None:
    assert licence_in(record(licence), ID) == ""


def test_the_record_of_another_paper_is_not_taken() -> None:
    assert licence_in(record(id="2409.99999"), ID) is None


def test_a_deleted_record_is_none() -> None:
    deleted = re.sub(rb"<metadata>.*</metadata>", b"", record(), flags=re.DOTALL)

    assert licence_in(deleted, ID) is None


def test_entities_of_a_hostile_record_are_not_expanded() -> None:
    bomb = b"<!DOCTYPE r [<!ENTITY a 'https://a.example/'>]><OAI-PMH"
    answer = record("LICENCE").replace(b"<OAI-PMH", bomb, 1).replace(b"LICENCE", b"&a;")

    assert licence_in(answer, ID) == ""


def test_real_records_are_understood(shared: Path) -> None:
    answer = (shared / "data/oai/listrecords_cs_page1.xml").read_bytes()
    ids = re.findall(r"<id>(.*?)</id>", answer.decode())
    licences = {paper_id: licence_in(answer, paper_id) for paper_id in ids[:40]}
    edited = (shared / "data/oai/sample_arxiv_record.xml").read_bytes()

    assert len(licences) == 40
    assert None not in licences.values()
    assert licences["0704.0002"] == "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
    assert licences["0704.0046"] == ""
    assert all(licence_name(address) for address in licences.values() if address)
    assert licence_name(licence_in(edited, "1601.03238") or "") == "CC BY 3.0"
