"""``digestgen summarize``: JSON lines in, JSON lines out, one for one."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from digestgen.commands.summarize import LONGEST_LINE
from tests.e2e.conftest import Digestgen, Ran

SENTENCES = [
    "Nets are slow on maps of the weather, however fast the machine.",
    "In this paper, we propose DriftNet, a net for maps.",
    "Experiments show that DriftNet is 3.1x faster than the best baseline.",
]
PAPER = {"id": "1", "title": "DriftNet: A Net for Maps", "abstract": " ".join(SENTENCES)}


def answers(ran: Ran) -> list[Any]:
    return [json.loads(line) for line in ran.out.splitlines()]


def put(folder: Path, *lines: object) -> None:
    texts = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    (folder / "papers.jsonl").write_bytes(b"".join(text + b"\n" for text in texts))


def test_an_abstract_is_summed_up_by_its_own_sentences(digestgen: Digestgen, folder: Path) -> None:
    put(folder, PAPER)
    ran = digestgen("summarize", "papers.jsonl")
    (answer,) = answers(ran)

    assert ran.code == 0
    assert answer["id"] == "1"
    assert answer["gist"].endswith("we propose DriftNet, a net for maps.")
    assert answer["gist_evidence"] == [1]
    assert answer["gist_shortened"] == (answer["gist"] != SENTENCES[1])
    assert answer["takeaways"] == [{"text": SENTENCES[2], "evidence": [2]}]
    assert answer["roles"] == ["background", "objective", "result"]
    assert answer["sentences"] == SENTENCES
    assert {aspect: line["evidence"] for aspect, line in answer["aspects"].items()} == {
        "challenge": [0],
        "approach": [1],
        "outcome": [2],
    }


def test_given_sentences_are_kept_as_they_are_split(digestgen: Digestgen, folder: Path) -> None:
    put(folder, {"id": "1", "sentences": ["", *SENTENCES]})
    (answer,) = answers(digestgen("summarize", "papers.jsonl"))

    assert len(answer["roles"]) == 4
    assert answer["gist_evidence"] == [2]
    assert "sentences" not in answer


def test_ids_of_any_kind_come_back_in_order(digestgen: Digestgen, folder: Path) -> None:
    ids = [None, 0, 2.5, "a", ["b"], {"c": 1}, "\ud800\u200d", True]
    put(folder, *({**PAPER, "id": each} for each in ids))

    assert [answer["id"] for answer in answers(digestgen("summarize", "papers.jsonl"))] == ids


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"", "the line is no JSON"),
        (b"{", "the line is no JSON"),
        (b"[" * 100_000, "the line is no JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "the line is no JSON"),
        (b'{"id": NaN, "abstract": "We win."}', "the line is no JSON"),
        (b'{"id": [-Infinity], "abstract": "We win."}', "the line is no JSON"),
        (b'{"id": 1e400, "abstract": "We win."}', "the line is no JSON"),
        (b"\xff\xfe", "the line is not UTF-8"),
        (b"[]", "the line is no JSON object"),
        (b'{"abstract": "We win."}', "id: is missing"),
        (b'{"id": 1}', "abstract or sentences: wants a text, or a list of texts"),
        (b'{"id": 1, "sentences": [1]}', "abstract or sentences: wants a text, or a list of texts"),
        (b'{"id": 1, "abstract": "We win.", "title": 7}', "title: wants a text"),
        (b'{"id": 1, "abstract": " "}', "the abstract is empty"),
        (b'{"id": 1, "sentences": []}', "the abstract is empty"),
        (b'{"id": 1, "abstract": "Withdrawn."}',
         "the abstract only says that the paper is withdrawn"),
        (b'{"id": "' + b"a" * LONGEST_LINE + b'"}',
         f"the line is longer than {LONGEST_LINE} bytes"),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_are_summed_up(
    digestgen: Digestgen, folder: Path, line: bytes, error: str
) -> None:
    put(folder, PAPER, line, {**PAPER, "id": 2})
    ran = digestgen("summarize", "papers.jsonl")
    first, bad, last = answers(ran)

    assert ran.code == 1
    assert bad == {"line": 2, "error": error}
    assert (first["id"], last["id"]) == ("1", 2)


def test_what_is_far_too_long_for_an_abstract_is_summed_up_all_the_same(
    digestgen: Digestgen, folder: Path
) -> None:
    put(
        folder,
        {"id": 1, "sentences": SENTENCES * 1000},
        {"id": 2, "abstract": "a, which " * 90_000},
    )
    long, wide = answers(digestgen("summarize", "papers.jsonl"))

    assert len(long["roles"]) == 3000
    assert long["gist"] == SENTENCES[1]
    assert wide["gist_evidence"] == [0]


def test_stdin_is_read_without_a_file(
    digestgen: Digestgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked in ((), ("-",)):
        stdin = io.TextIOWrapper(io.BytesIO(json.dumps(PAPER).encode()), encoding="ascii")
        monkeypatch.setattr(sys, "stdin", stdin)

        assert len(answers(digestgen("summarize", *asked))) == 1


def test_an_empty_file_gives_nothing(digestgen: Digestgen, folder: Path) -> None:
    put(folder)
    ran = digestgen("summarize", "papers.jsonl")

    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize("name", ["nowhere.jsonl", "../blog"])
def test_what_is_no_file_is_said(digestgen: Digestgen, folder: Path, name: str) -> None:
    ran = digestgen("summarize", name)

    assert ran.code == 2
    assert name in ran.err


def test_a_reader_that_leaves_ends_it_quietly(folder: Path) -> None:
    put(folder, *[PAPER] * 400)
    command = [sys.executable, "-m", "digestgen", "summarize", "papers.jsonl"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ.copy()
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()

        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_lines_come_out_as_they_come_in() -> None:
    command = [sys.executable, "-m", "digestgen", "summarize"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(PAPER).encode() + b"\n")
        process.stdin.flush()

        assert json.loads(process.stdout.readline())["id"] == "1"


def test_a_chinese_abstract_has_a_gist_and_no_aspects(digestgen: Digestgen, folder: Path) -> None:
    put(
        folder,
        {"id": 1, "abstract": "扩散模型广泛用于图像生成。本文提出一种采样器。结果表明它更快。"},
    )
    (answer,) = answers(digestgen("summarize", "papers.jsonl"))

    assert answer["gist"] == "本文提出一种采样器。"
    assert answer["aspects"] == {}
