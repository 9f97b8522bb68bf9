"""`digestgen build` against a real server on loopback that speaks arXiv's protocol."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.arxiv_server import Record, faults, invented, records
from tests.e2e.conftest import Arxiv, Digestgen, Ran, tree

BUILD = ("build", "--topic", "Diffusion Models", "--date", "2024-09-24", "--depth", "abstract")
POST = Path("content/posts/2024-09-24-diffusion-models.md")
PAPERS = tuple(
    Record(
        id=f"2409.8000{number}",
        published=invented.at(20, number),
        title=f"Diffusion Models, Part {number}",
        abstract="Noise is a problem. We propose a filter. It removes 93.4% of the noise.",
    )
    for number in range(1, 5)
)


def test_a_topic_becomes_a_post(digestgen: Digestgen, folder: Path, arxiv: Arxiv) -> None:
    server = arxiv(PAPERS)

    ran = digestgen(*BUILD, "--json")

    [post] = ran.json["posts"]
    assert (ran.code, post["papers"]) == (
        0,
        ["2409.80004", "2409.80003", "2409.80002", "2409.80001"],
    )
    assert "We propose a filter." in (folder / POST).read_text()
    [query] = server.queries
    assert query == (
        '(ti:"Diffusion Models" OR abs:"Diffusion Models")'
        " AND submittedDate:[202409170000 TO 202409242359]"
    )


def test_a_second_run_changes_no_byte_even_without_the_cache(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS)
    digestgen(*BUILD)
    before = tree(folder)

    digestgen(*BUILD)
    shutil.rmtree(folder.parent / "cache")
    again = digestgen(*BUILD)

    assert tree(folder) == before
    assert "no new papers, 4 papers known already" in again.out


def test_only_what_is_new_is_digested_and_old_blocks_stay(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS[:2])
    digestgen(*BUILD)
    before = (folder / POST).read_text()
    arxiv(PAPERS)

    ran = digestgen(*BUILD, "--json")

    assert ran.json["counts"] == {
        "fetched": 4,
        "new": 2,
        "known": 2,
        "updated": 0,
        "digested": 2,
        "from_memo": 0,
    }
    first_block = before[before.index('<div id="paper-2409-80002"></div>') :]
    assert (folder / POST).read_text().endswith(first_block)


def test_a_new_version_is_told_but_not_published_again(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS)
    digestgen(*BUILD)
    before = tree(folder)
    arxiv((replace(PAPERS[0], version=2, revised=invented.at(23)), *PAPERS[1:]))

    ran = digestgen(*BUILD)
    later = digestgen(*BUILD[:4], "2024-09-25", "--json")

    assert "2409.80001 is published; version 2 is out" in ran.out
    assert tree(folder) == before
    assert (later.json["posts"], later.json["counts"]["updated"]) == ([], 1)


def test_no_new_papers_is_no_failure_and_writes_no_post(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS)

    ran = digestgen(*BUILD[:4], "2024-12-24")

    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        "Diffusion Models (2024-12-24): no new papers",
    )
    assert not (folder / "content").exists()


def test_a_topic_that_arxiv_does_not_know_ends_with_3_and_a_hint(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS)

    ran = digestgen("build", "--topic", "Difusion Modles", "--date", "2024-09-24")

    assert (ran.code, ran.out) == (3, "")
    assert "arXiv has no paper for it" in ran.err
    assert 'the query was (ti:"Difusion Modles" OR abs:"Difusion Modles")' in ran.err
    assert tree(folder) == {}


def test_an_empty_answer_never_replaces_a_post_that_has_papers(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS)
    digestgen(*BUILD)
    before = tree(folder)
    arxiv(())

    plain, forced = digestgen(*BUILD), digestgen(*BUILD, "--force")

    assert (plain.code, forced.code) == (3, 3)
    assert tree(folder) == before


def test_one_unknown_topic_does_not_keep_the_others_from_being_written(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS)

    ran = digestgen("build", "--topic", "Nonsense", *BUILD[1:], "--json")

    assert ran.code == 3
    assert [post["topic"] for post in ran.json["posts"]] == ["Diffusion Models"]
    assert "Nonsense" in ran.json["failed"][0]["message"]
    assert (folder / POST).is_file()


def test_query_phrases_and_categories_narrow_the_topic(digestgen: Digestgen, arxiv: Arxiv) -> None:
    server = arxiv(PAPERS)

    what = ("--query", "au:author", "--category", "cs.CV", "--category", "cs.LG")
    when = ("--since", "3d", "--until", "2024-09-23")
    digestgen(*BUILD, *what, *when, "--phrase", "Part 1", "--phrase", "Part 2")

    assert server.queries[0] == (
        '(ti:"Part 1" OR abs:"Part 1" OR ti:"Part 2" OR abs:"Part 2") AND (au:author)'
        " AND (cat:cs.CV OR cat:cs.LG) AND submittedDate:[202409200000 TO 202409232359]"
    )


def test_a_paper_without_an_abstract_is_skipped_and_told(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv((*PAPERS, replace(PAPERS[0], id="2409.80009", abstract=" ")))

    ran = digestgen(*BUILD, "--strict", "--json")

    assert ran.code == 1
    assert ran.json["skipped"] == [
        {"id": "2409.80009", "stage": "summary", "reason": "the abstract is empty"}
    ]
    assert "2409.80009" in (folder / POST).read_text().split('<div id="skipped"></div>')[1]


def test_a_passing_failure_costs_nothing_but_time(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    server = arxiv(PAPERS, faults.status(503), faults.none)

    ran = digestgen(*BUILD)

    assert (ran.code, len(server.requests)) == (0, 2)


def test_without_network_the_error_names_the_sample(
    digestgen: Digestgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("DIGESTGEN_ARXIV_API_URL", f"http://127.0.0.1:{port}/api/query")

    ran = digestgen(*BUILD)

    assert (ran.code, ran.out) == (3, "")
    assert "no connection" in ran.err
    assert "--source sample" in ran.err
    assert tree(folder) == {}


def test_hostile_names_and_texts_stay_text(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    hostile = "Diffusion Models {{ range.constructor('x')() }} {% raw %} <script>alert(1)</script>"
    arxiv((replace(PAPERS[0], title=hostile, abstract=f"{hostile} We propose <b>x</b>."),))

    ran = digestgen("build", "--topic", "Diffusion Models", "--date", "2024-09-24")

    text = (folder / POST).read_text()
    page = (folder / "site/posts/2024-09-24-diffusion-models/index.html").read_text()
    body = text.split("\n---\n", 1)[1]
    assert ran.code == 0
    assert not any(tag in body for tag in ("{{", "{%", "<script", "<b>"))
    assert "alert(1)" in page
    assert "<script>alert" not in page


def test_the_real_records_give_a_post_and_twice_is_once(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv, shared: Path
) -> None:
    arxiv(records.read(shared / "data/metadata/seed-papers.jsonl", day=date(2024, 9, 23)))

    first = digestgen(*BUILD, "--json")
    before = tree(folder)
    digestgen(*BUILD)

    assert first.json["counts"]["digested"] >= 7
    assert first.json["skipped"] == []
    assert tree(folder) == before


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "digestgen", *BUILD],
        cwd=folder,
        env=os.environ.copy(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> Ran:
    out, err = process.communicate(timeout=60)
    return Ran(process.returncode, out, err)


def test_two_runs_at_once_write_one_post(folder: Path, arxiv: Arxiv) -> None:
    arxiv(PAPERS)

    first, second = start(folder), start(folder)
    outs = sorted(ran.out.splitlines()[0] for ran in (finish(first), finish(second)))

    assert outs == [
        f"Diffusion Models (2024-09-24): 4 new papers in {POST}",
        "Diffusion Models (2024-09-24): no new papers, 4 papers known already",
    ]
    assert [path.name for path in (folder / "content/posts").iterdir()] == [POST.name]


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_run_that_is_cut_off_leaves_nothing_half_done(
    folder: Path, arxiv: Arxiv, sent: signal.Signals, code: int
) -> None:
    server = arxiv(PAPERS, faults.stalled)
    process = start(folder)
    server.wait_for_request()

    process.send_signal(sent)
    ran = finish(process)
    again = finish(start(folder))

    assert ran.code == code
    assert "Traceback" not in ran.err
    assert again.code == 0
    assert (folder / POST).is_file()
