"""A real language model, small enough to be mostly wrong, digests papers: nothing wrong is printed.

What it says is not asserted, only what is made of it. One paper a language with short answers;
with `--long` two papers, and answers as long as they get.
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from digestgen.sources.sample import SampleSource
from tests import paper_file
from tests.builders import WINDOW, topic
from tests.model_server.passing import Passing
from tests.model_server.real import CONTEXT, MODEL, real_model
from tests.unit.test_llm import PAPER

pytestmark = pytest.mark.model
_TOKENS = 192  # of an answer; a busy core writes about ten in a second
_PATIENCE = 600  # seconds for a build on a busy machine; it takes one of them
_CUT_OFF_AFTER = 3  # questions
ROOT = Path(__file__).parents[2]
BUILD = (
    "build", "--topic", "Diffusion Models", "--date", "2024-09-24",
    "--no-site", "--json", "--workers", "1",  # else an answer may be on its way when it is killed
)  # fmt: skip
COUNTS = re.compile(
    rf"statements of {MODEL} that passed the checks: (\d+), after rewriting: (\d+), "
    r"replaced by quotes: (\d+), dropped: (\d+)"
    rf"|{MODEL} 所写陈述经核对：通过 (\d+) 条，重写后通过 (\d+) 条，"
    r"以原句代替 (\d+) 条，弃用 (\d+) 条"
)


# Shows a small model what is wanted by the first sentence, which it may well say.
SHOWN = """
Say briefly what the numbered sentences say, in their own words, as in:
{"evidence": [1], "text": "{{ sentences[0] }}"}
Each text is a whole sentence and ends with a full stop.
"""


@dataclass(frozen=True)
class Way:
    """How a model is asked: in which language and dialect, and with an example in the prompt."""

    lang: str
    api: str = "openai"
    is_shown: bool = False


WAYS = (Way("zh"), Way("en", api="anthropic"), Way("en", is_shown=True))


@dataclass(frozen=True)
class Built:
    """A build that was killed in the middle of a paper, went on, and was made once more."""

    way: Way
    papers: int
    killed: list[bytes]  # the questions that the model answered before
    resumed: list[bytes]  # and after
    ran: Any
    again: Any
    problems: list[Any]
    post: str
    memo: dict[str, list[str]]

    @property
    def summaries(self) -> list[Any]:
        """What was made of each paper."""
        return [json.loads(text) for text in self.memo["summary"]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of the model."""
    with real_model() as address:
        yield address


@pytest.fixture(scope="module", params=WAYS, ids=["zh", "en", "shown"])
def built(
    url: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Built:
    """A post of the real command, one for all tests, since a model takes its time."""
    way: Way = request.param
    papers, tokens = (2, 400) if request.config.getoption("--long") else (1, _TOKENS)
    folder = tmp_path_factory.mktemp("blog")
    cache = folder.with_name(f"{folder.name}-cache")
    if way.is_shown:  # of a paper with short sentences
        papers, tokens = 1, 400
        prompt = Path("prompts", way.lang, "paper.txt.j2")
        (folder / "templates" / prompt).parent.mkdir(parents=True)
        (folder / "templates" / prompt).write_text(
            (ROOT / "templates" / prompt).read_text() + SHOWN
        )
        record = {"id": PAPER.id, "title": PAPER.title, "abstract": PAPER.abstract}
        (folder / paper_file.FILE).write_text(json.dumps([record]))
    (folder / "digestgen.toml").write_text(
        f'summarizer = "llm"\nlanguage = "{way.lang}"\ndepth = "abstract"\nlimit = {papers}\n'
        f'source = "{paper_file.NAME if way.is_shown else "sample"}"\n\n[llm]\napi = "{way.api}"\n'
        f'model = "{MODEL}"\ncontext = {CONTEXT}\nmax_tokens = {tokens}\ntimeout = {_PATIENCE}\n'
    )

    def start(server: str, *words: str) -> subprocess.Popen[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("DIGESTGEN_")}
        own = {"DIGESTGEN_CACHE_DIR": str(cache), "DIGESTGEN_LLM_BASE_URL": server}
        own["PYTHONPATH"] = str(ROOT)
        return subprocess.Popen(
            [sys.executable, "-m", "digestgen", *words],
            cwd=folder, env=kept | own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def said(server: str, *words: str) -> Any:
        with start(server, *words) as process:
            out, err = process.communicate(timeout=_PATIENCE)
        assert out, err
        return json.loads(out)

    with Passing(url, most=_CUT_OFF_AFTER) as first, start(first.url, *BUILD) as process:
        while not first.is_full.wait(1):
            assert process.poll() is None, process.communicate()[1]
        process.kill()
    with Passing(url) as second:
        ran = said(second.url, *BUILD)
        again = said(second.url, *BUILD, "--force")
        problems = said(second.url, "check", "--json")["problems"]
    [post] = (folder / "content" / "posts").glob("*.md")
    memo: dict[str, list[str]] = {"llm": [], "summary": []}
    with closing(sqlite3.connect(cache / "memo.sqlite")) as connection:
        for kind, value in connection.execute("SELECT kind, value FROM memo"):
            memo.setdefault(kind, []).append(value)
    return Built(
        way=way,
        papers=papers,
        killed=first.answered,
        resumed=second.answered,
        ran=ran,
        again=again,
        problems=problems,
        post=post.read_text(encoding="utf-8"),
        memo=memo,
    )


def test_a_build_gives_a_complete_post_without_errors(built: Built) -> None:
    assert built.ran["usage"]["failed"] == 0
    assert built.ran["usage"]["stopped"] == ""
    assert len(built.ran["posts"][0]["papers"]) == built.papers
    assert len(built.killed) + len(built.resumed) >= 4 * built.papers
    assert built.again["usage"]["answers"] == 0
    assert [each for each in built.problems if each["level"] == "error"] == []
    for summary in built.summaries:
        assert summary["gist"]["text"]
        assert summary["takeaways"]
        assert summary["proposed_method"]


def test_a_build_that_is_killed_in_the_middle_of_a_paper_pays_no_question_twice(
    built: Built,
) -> None:
    asked = [*built.killed, *built.resumed]

    assert len(built.killed) == _CUT_OFF_AFTER
    assert len(set(asked)) == len(asked)
    assert built.ran["usage"]["answers"] == len(built.resumed)
    assert built.ran["usage"]["remembered"] == _CUT_OFF_AFTER
    assert built.again["usage"]["remembered"] == len(asked)


def test_the_provenance_in_the_post_is_true(built: Built) -> None:
    told = [tuple(int(n) for n in found if n) for found in COUNTS.findall(built.post)]
    counted = []
    for summary in built.summaries:
        checks = summary["written_by"]["checks"]
        counted.append(tuple(checks[n] for n in ("kept", "repaired", "replaced", "dropped")))
        generated = [each for each in of(summary) if each["kind"] == "generated"]
        # What it said in the paper's very words passed as well, and is a quote.
        assert len(generated) <= checks["kept"] + checks["repaired"]
        assert (summary["written_by"]["method"] == "llm") == (
            checks["kept"] + checks["repaired"] > 0
        )
        assert checks["unanswered"] == 0
        assert checks["read"] == checks["sentences"]

    assert len(built.memo["llm"]) == len(built.killed) + len(built.resumed)
    assert sorted(told) == sorted(counted)
    assert len(told) == built.papers
    wrote = f"{MODEL} 根据" if built.way.lang == "zh" else f"{MODEL} wrote"
    assert (wrote in built.post) == any(kept + repaired for kept, repaired, *_ in told)


def test_every_statement_in_the_post_has_its_evidence_and_nothing_foreign(built: Built) -> None:
    sample = SampleSource().fetch(topic(limit=8), WINDOW).papers
    abstracts = [paper.abstract for paper in (*sample, PAPER)]
    for summary in built.summaries:
        for statement in of(summary):
            if statement["kind"] == "fact":
                continue
            sentences = [each["sentence"] for each in statement["evidence"]]
            cited = " ".join(sentences)
            assert cited
            assert any(all(each in abstract for each in sentences) for abstract in abstracts)
            assert_nothing_foreign(statement["text"], cited)


def test_a_model_that_is_shown_how_by_a_prompt_of_ones_own_is_printed(built: Built) -> None:
    passed = [summary["written_by"]["checks"]["kept"] for summary in built.summaries]
    passed += [summary["written_by"]["checks"]["repaired"] for summary in built.summaries]

    # By the built-in prompts it repeats the form, or writes half a sentence.
    assert any(passed) or not built.way.is_shown


def of(summary: Any) -> list[Any]:
    """The statements of a summary as the memo keeps it."""
    lists = [each for each in summary.values() if isinstance(each, list)]
    return [summary["gist"], *(each for some in lists for each in some if isinstance(each, dict))]


def assert_nothing_foreign(text: str, cited: str) -> None:
    """Assert that a text has no number, name or link that the sentences behind it do not have."""
    assert set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", cited))
    names = re.findall(r"(?<=[\w,;:)] )[A-Z]\w+", text)
    assert [name for name in names if name not in cited] == []
    assert re.search(r"://|www\.|\]\(|<\w", text) is None or text in cited
