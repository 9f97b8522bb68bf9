"""A build with a language model gives complete posts, says what it cost, and never pays twice."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.conftest import Digestgen, tree
from tests.e2e.test_paper import drawn
from tests.model_server import Answer, Asked, ModelServer, Speaker, honest
from tests.model_server.bad_days import bad_days

BUILD = (
    "build", "--source", "sample", "--topic", "Diffusion Models", "--date", "2024-09-24",
    "--depth", "abstract", "--no-site", "--summarizer", "llm",
)  # fmt: skip
KEY = "sk-sesame-0123456789"


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> object:
    """Start a model's server that digestgen asks."""

    @contextmanager
    def start(speaker: Speaker) -> Iterator[ModelServer]:
        with ModelServer(speaker) as server:
            monkeypatch.setenv("DIGESTGEN_LLM_BASE_URL", server.url)
            monkeypatch.setenv("DIGESTGEN_LLM_MODEL", "parrot-1")
            monkeypatch.setenv("DIGESTGEN_LLM_API_KEY", KEY)
            yield server

    return start


def post(folder: Path) -> str:
    [path] = (folder / "content" / "posts").glob("*.md")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("speaker", [honest, None], ids=["a good day", "bad days"])
def test_a_post_is_complete_and_true_whatever_the_model_says(
    digestgen: Digestgen, folder: Path, serving: object, lang: str, speaker: Speaker | None
) -> None:
    assert callable(serving)
    with serving(speaker or bad_days()) as server:
        ran = digestgen(*BUILD, "--lang", lang, "--json")
    checked = digestgen("check", "--json")
    text = post(folder)

    assert ran.code == 0, ran.err
    assert len(ran.json["posts"][0]["papers"]) == 8
    assert ran.json["usage"]["answers"] > 0
    assert len(server.asked) >= 32
    assert [p for p in checked.json["problems"] if p["level"] == "error"] == []
    made = re.findall(r"(?:生成方式：|Made by: )(.*?)</p>", text)
    assert len(made) == 8
    kept = [int(n) for n in re.findall(r"(?:核对：通过 |passed the checks: )(\d+)", " ".join(made))]
    assert all(kept) if speaker else not any(kept)
    assert all(("parrot-1" in line) for line in made)
    assert ("parrot-1 根据" in text or "parrot-1 wrote" in text) == bool(speaker)
    assert KEY not in text + ran.out + ran.err


def test_what_was_put_in_the_place_of_a_statement_is_marked(
    digestgen: Digestgen, folder: Path, serving: object
) -> None:
    assert callable(serving)

    def sulking(asked: Asked) -> Answer:
        return Answer(text="No.") if "performance" in asked.lists else honest(asked)

    with serving(sulking):
        digestgen(*BUILD, "--lang", "en", "--limit", "1")
    text = post(folder)
    [results] = re.findall(r"- \*\*Performance\*\*: (.*)", text)
    [gist] = re.findall(r"\*\*Summary\*\*\n\n(.*)", text)

    assert results.endswith("(quoted)")
    assert not gist.endswith("(quoted)")
    assert re.search(r"passed the checks: 7, after rewriting: 0, replaced by quotes: \d", text)


def test_the_full_text_is_read_and_named(
    digestgen: Digestgen, folder: Path, serving: object
) -> None:
    assert callable(serving)
    full = [word for word in BUILD if word not in ("--depth", "abstract")]
    with serving(honest) as server:
        full += ["--lang", "en", "--limit", "2", "--no-figures"]
        ran = digestgen(*full, "--json")
        planned = digestgen(*full, "--force", "--dry-run", "--json")
    checked = digestgen("check", "--json")

    assert ran.code == 0, ran.err
    assert (planned.json["estimate"]["parts"], planned.json["estimate"]["remembered"]) == (8, 8)
    assert any(len(asked.sentences) > 15 for asked in server.asked)
    assert "from full text" in post(folder)
    assert [each for each in checked.json["problems"] if each["level"] == "error"] == []


def test_one_paper_is_digested_by_the_model_as_well(
    digestgen: Digestgen, folder: Path, serving: object
) -> None:
    assert callable(serving)
    (folder / "paper.pdf").write_bytes(drawn())
    (folder / "digestgen.toml").write_text('summarizer = "llm"\nlanguage = "en"\n')
    with serving(honest):
        ran = digestgen("paper", "paper.pdf", "--json")

    assert ran.code == 0, ran.err
    assert ran.json["summary"]["gist"]["text"] == (
        "Overall, noise is everywhere in pictures as well."
    )
    assert ran.json["summary"]["written_by"]["checks"]["kept"] > 0


def test_a_second_build_changes_nothing_and_asks_nothing(
    digestgen: Digestgen, folder: Path, serving: object
) -> None:
    assert callable(serving)
    with serving(honest) as server:
        digestgen(*BUILD)
        before, asked = tree(folder / "content"), len(server.asked)
        again = digestgen(*BUILD, "--json")
        forced = digestgen(*BUILD, "--force", "--json")

    assert again.json["usage"]["answers"] == 0
    assert forced.json["usage"]["remembered"] == asked
    assert tree(folder / "content").keys() == before.keys()
    assert len(server.asked) == asked


def test_when_the_credit_ends_in_the_middle_of_a_paper_the_digest_comes_out_and_can_go_on(
    digestgen: Digestgen, folder: Path, serving: object
) -> None:
    assert callable(serving)

    def leaving(asked: Asked) -> Answer:
        gone = b'{"error": {"message": "no credit"}}'
        return Answer(status=402, body=gone) if asked.number >= 6 else honest(asked)

    with serving(leaving) as server:
        cut = digestgen(*BUILD, "--workers", "1")
        paid = {asked.text for asked in server.asked[:6]}
    with serving(honest) as server:
        ran = digestgen(*BUILD, "--force", "--json")

    assert cut.code == 0
    assert "no credit" in cut.err
    assert ran.code == 0
    assert paid.isdisjoint(asked.text for asked in server.asked)
    assert len(server.asked) == 32 - 6


def test_a_dry_run_estimates_and_asks_nothing(
    digestgen: Digestgen, folder: Path, serving: object
) -> None:
    assert callable(serving)
    (folder / "digestgen.toml").write_text("[llm]\nprice_in = 0.5\nprice_out = 2\n")
    with serving(honest) as server:
        ran = digestgen(*BUILD, "--dry-run", "--json")
        real = digestgen(*BUILD, "--json")
        again = digestgen(*BUILD, "--force", "--dry-run")

    assert "0 to 0 tokens, cost 0 to 0\n32 of 32 parts are remembered" in again.out
    estimate = ran.json["estimate"]
    assert estimate["papers"] == 8
    assert 0 < estimate["least_cost"] < estimate["most_cost"]
    assert len(server.asked) == 32
    assert real.json["usage"]["cost"] == pytest.approx(32 * (100 * 0.5 + 10 * 2) / 1e6)


def test_a_budget_bounds_a_build_whatever_the_number_of_workers(
    digestgen: Digestgen, folder: Path, serving: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(serving)
    (folder / "digestgen.toml").write_text("[llm]\nprice_in = 1000\nprice_out = 1000\n")
    spent, asked = [], []
    for workers in ("1", "4"):
        with serving(honest) as server:
            build = (*BUILD, "--budget", "9", "--workers", workers, "--content", workers, "--json")
            ran = digestgen(*build)
        monkeypatch.setenv("DIGESTGEN_CACHE_DIR", str(folder / "another cache"))
        usage = ran.json["usage"]
        spent.append(usage["cost"])
        asked.append([each.text for each in server.asked])
        assert ran.code == 0
        assert 0 < usage["cost"] <= 9
        assert usage["stopped"] == "the budget is used up"
        assert len(ran.json["posts"][0]["papers"]) == 8

    assert spent[0] == spent[1]
    assert asked[0] == asked[1]
    assert len(asked[0]) > 4


def test_a_budget_of_nothing_pays_nothing(
    digestgen: Digestgen, folder: Path, serving: object
) -> None:
    assert callable(serving)
    with serving(honest) as server:
        ran = digestgen(*BUILD, "--budget", "0", "--lang", "en")

    assert ran.code == 0
    assert server.asked == []
    assert "0 answers asked for" in ran.out
    assert "the budget is used up" in ran.err
    assert "parrot-1 wrote" not in post(folder)


def test_a_server_that_refuses_everything_is_named_in_the_report(
    digestgen: Digestgen, folder: Path, serving: object
) -> None:
    assert callable(serving)
    refusal = Answer(status=400, body=b'{"error": {"message": "not with me"}}')
    with serving(lambda _: refusal) as server:
        ran = digestgen(*BUILD, "--workers", "1")

    assert ran.code == 0
    assert len(server.asked) == 3 * 3
    assert "questions to the model without an answer: 3" in ran.err
    assert "not with me" in ran.err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BASE_URL", "", "llm.base_url: is not set"),
        ("MODEL", "", "llm.model: is not set"),
        ("BASE_URL", "http://192.0.2.7:1/v1", "plain http"),
        ("API_KEY", "sk-…", "characters that no key has"),
        ("BASE_URL", "https://h.example/v1?key=sk-hidden", "ends with its path"),
        ("BASE_URL", "https://me:sk-hidden@h.example/v1", "without a password"),
        ("CONTEXT", "1024", "llm.context: 1024 tokens leave no room"),
    ],
)
@pytest.mark.parametrize("flags", [(), ("--dry-run",)], ids=["build", "dry run"])
def test_what_is_missing_or_wrong_is_said(
    digestgen: Digestgen,
    serving: object,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    said: str,
    flags: tuple[str, ...],
) -> None:
    assert callable(serving)
    with serving(honest):
        monkeypatch.setenv(f"DIGESTGEN_LLM_{name}", value)
        ran = digestgen(*BUILD, *flags)

    assert ran.code == 2
    assert said in ran.err
    assert "sk-hidden" not in ran.err


def test_the_key_is_shown_nowhere_and_is_no_setting(
    digestgen: Digestgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGESTGEN_LLM_API_KEY", KEY)
    shown = digestgen("config")
    (folder / "digestgen.toml").write_text(f'[llm]\napi_key = "{KEY}"\n')
    refused = digestgen("config")

    assert "llm.api_key" in shown.out
    assert "***" in shown.out
    assert refused.code == 2
    assert KEY not in shown.out + shown.err + refused.out + refused.err


def test_who_asks_for_no_model_imports_nothing_of_it(folder: Path) -> None:
    program = (
        "import sys; from digestgen.cli import main; code = main(sys.argv[1:]);"
        "print(*sorted(name for name in sys.modules"
        " if name.startswith(('pydantic', 'digestgen.summarize.llm'))), file=sys.stderr);"
        "sys.exit(code)"
    )
    quoting = BUILD[:-2]
    ran = subprocess.run(
        [sys.executable, "-c", program, *quoting], capture_output=True, text=True, check=True
    )

    assert ran.stderr.splitlines()[-1] == ""
