"""A real language model, small enough to be mostly wrong, digests papers: nothing wrong is printed.

What it says is not asserted, only what is made of it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from digestgen.config import LlmSettings, Secret
from digestgen.model import Lang
from digestgen.net import Http
from digestgen.ports import Tools
from digestgen.summarize.llm import create
from digestgen.templating import Templates
from tests.e2e.conftest import Digestgen
from tests.lent import tools
from tests.model_server.real import CONTEXT, MODEL, real_model
from tests.unit.test_llm import PAPER, statements

pytestmark = pytest.mark.model
_TOKENS = 96  # of an answer; a busy core writes about ten in a second


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of the model."""
    with real_model() as address:
        yield address


@pytest.fixture
def lent(tmp_path: Path) -> Iterator[Tools]:
    with Http(user_agent="digestgen/0", intervals={}, pace_folder=tmp_path / "pace") as http:
        yield tools(http, prompt=Templates().verbatim)


def test_a_build_gives_a_complete_post_without_errors_and_true_provenance(
    digestgen: Digestgen, folder: Path, url: str, request: pytest.FixtureRequest
) -> None:
    papers, tokens = (2, 400) if request.config.getoption("--long") else (1, _TOKENS)
    (folder / "digestgen.toml").write_text(
        f'summarizer = "llm"\nlanguage = "en"\ndepth = "abstract"\nlimit = {papers}\n\n[llm]\n'
        f'base_url = "{url}"\nmodel = "{MODEL}"\ncontext = {CONTEXT}\nmax_tokens = {tokens}\n'
    )
    build = ("build", "--source", "sample", "--topic", "Diffusion Models", "--date", "2024-09-24")
    ran = digestgen(*build, "--no-site", "--json")
    again = digestgen(*build, "--no-site", "--force", "--json")
    checked = digestgen("check", "--json")
    [post] = (folder / "content" / "posts").glob("*.md")
    text = post.read_text(encoding="utf-8")

    assert ran.code == 0, ran.err
    assert ran.json["usage"]["answers"] >= 4 * papers
    assert ran.json["usage"]["failed"] == 0
    assert again.json["usage"]["answers"] == 0
    assert [each for each in checked.json["problems"] if each["level"] == "error"] == []
    kept, repaired = map(
        int, re.findall(r"passed the checks: (\d+), after rewriting: (\d+)", text)[0]
    )
    assert (f"{MODEL} wrote" in text) == (kept + repaired > 0)


@pytest.mark.parametrize(("api", "lang"), [("openai", "zh"), ("anthropic", "en")])
def test_every_statement_that_survives_has_its_evidence_and_nothing_foreign(
    url: str, lent: Tools, api: str, lang: Lang
) -> None:
    settings = LlmSettings(
        base_url=url,
        model=MODEL,
        api="anthropic" if api == "anthropic" else "openai",
        context=CONTEXT,
        max_tokens=_TOKENS,
    )
    summarizer = create({"settings": settings, "key": Secret("")}, lent).in_language(lang)
    summary = summarizer.summarize(PAPER, ())

    assert summarizer.usage.answers >= 4
    assert summarizer.usage.failed == 0
    assert summary.written_by.checks is not None
    assert summary.written_by.checks.unanswered == 0
    for statement in statements(summary):
        if statement.kind == "fact":
            continue
        cited = " ".join(each.sentence for each in statement.evidence)
        assert all(each.sentence in PAPER.abstract for each in statement.evidence)
        assert set(re.findall(r"\d+", statement.text)) <= set(re.findall(r"\d+", cited))
        assert "://" not in statement.text
