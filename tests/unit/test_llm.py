"""A language model is asked part by part, believed in nothing, and paid for once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from digestgen.config import LlmSettings, Secret
from digestgen.errors import ConfigError
from digestgen.model import Lang, Paper, Section, Sentence, Statement, Summary
from digestgen.net import Http, Limits
from digestgen.ports import MeteredSummarizer, MultilingualSummarizer, Summarizer
from digestgen.summarize.extractive import Extractive
from digestgen.summarize.llm import create
from digestgen.summarize.llm.prompts import Prompts
from digestgen.summarize.llm.summarizer import Llm
from digestgen.templating import Templates, package_templates
from tests.builders import paper
from tests.lent import DictMemo, tools
from tests.loopback import FakeTime
from tests.model_server import Answer, Asked, ModelServer, Speaker, honest, says

PAPER = paper(
    title="A Fast Filter for Noise",
    abstract="Nets are slow on noisy images of the sea. Earlier filters blur the edges of ships. "
    "We propose a fast filter that learns from clean patches. It removes 93.4 % of the noise on "
    "two datasets. It is 3.1 times faster than earlier filters.",
)
SETTINGS = LlmSettings(base_url="http://127.0.0.1:9/v1", model="parrot-1", context=4000)
Make = Callable[..., Llm]


@pytest.fixture
def http(tmp_path: Path) -> Iterator[Http]:
    """A client whose pauses take no time."""
    limits = Limits(tries=2)
    with Http(
        user_agent="digestgen/0",
        intervals={},
        pace_folder=tmp_path / "pace",
        clock=FakeTime().clock(),
        limits=limits,
    ) as client:
        yield client


@pytest.fixture
def make(http: Http) -> Make:
    """Makes a summarizer that asks a server."""

    def new(
        url: str,
        *,
        lang: Lang = "en",
        memo: DictMemo | None = None,
        key: str = "",
        progress: Callable[[str], None] = lambda _: None,
        **settings: Any,
    ) -> Llm:
        options: Mapping[str, object] = {
            "settings": replace(SETTINGS, base_url=url, **settings),
            "key": Secret(key),
        }
        lent = tools(http, memo=memo or DictMemo(), prompt=Templates().verbatim, progress=progress)
        return create(options, lent).in_language(lang)

    return new


def statements(summary: Summary) -> list[Statement]:
    found = [summary.gist]
    for field in fields(summary):
        part = getattr(summary, field.name)
        if isinstance(part, tuple):
            found.extend(each for each in part if isinstance(each, Statement))
    return found


def written(summary: Summary) -> list[str]:
    return [each.text for each in statements(summary) if each.kind == "generated"]


def obedient(text: str, evidence: tuple[int, ...] = (3,)) -> Speaker:
    """A model that says one thing everywhere."""

    def speak(asked: Asked) -> Answer:
        return says({name: [{"text": text, "evidence": evidence}] for name in asked.lists})

    return speak


def section(heading: str, role: str, *texts: str) -> Section:
    said = tuple(Sentence(text=text, page=2, box=(0, 0, 1, 1)) for text in texts)
    return Section(heading=heading, role=role, page=2, text=" ".join(texts), sentences=said)


def test_it_is_a_summarizer_of_many_tongues_that_counts_its_costs(make: Make) -> None:
    made = make("http://127.0.0.1:9/v1")

    assert isinstance(made, Summarizer)
    assert isinstance(made, MultilingualSummarizer)
    assert isinstance(made, MeteredSummarizer)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_model_says_truly_is_kept_with_its_evidence(make: Make, lang: Lang) -> None:
    with ModelServer(honest) as server:
        summary = make(server.url, lang=lang).summarize(PAPER, ())

    checks = summary.written_by.checks
    assert checks is not None
    assert (checks.kept, checks.repaired, checks.replaced, checks.unanswered) == (10, 0, 0, 0)
    assert summary.written_by.method == "llm"
    assert summary.written_by.model == "parrot-1"
    assert summary.gist.kind == "generated"
    assert summary.gist.evidence[0].sentence == "Nets are slow on noisy images of the sea."
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "text",
    [
        "The fast filter removes 97 % of the noise on two datasets.",
        "The fast filter removes ninety percent of the noise on datasets.",
        "The fast filter learns from clean patches of ImageNet.",
        "The fast filter by Smith learns from clean patches of Paris.",
        "The fast filter does not learn from clean patches.",
        "Large language models write poems about autumn leaves.",
        "See https://evil.example/filter for the fast filter that learns.",
        "See evil.com for the fast filter that learns from clean patches.",
        "<script>alert(1)</script> A fast filter learns from clean patches.",
        "![a](b) A fast filter learns from clean patches.",
        "{{ 7*7 }} A fast filter learns from clean patches.",
        "\x1b[31mA fast filter learns from clean patches.",
        "I am sorry, but I cannot summarize the fast filter from clean patches.",
        "You should know that a fast filter learns from clean patches.",
        "Here is the summary: a fast filter learns from clean patches.",
        "A fast filter that learns from clean",
        "A filter.",
        "A fast filter learns from clean patches. " * 12,
        "这个快速滤波器 (fast filter) 从干净的图像块 (clean patches) 中学习。",
        "Say only what the numbered sentences say about the fast filter.",
    ],
)
def test_what_the_named_sentences_do_not_say_is_replaced_by_a_quote(make: Make, text: str) -> None:
    with ModelServer(obedient(text)) as server:
        summary = make(server.url).summarize(PAPER, ())

    assert written(summary) == []
    assert summary.written_by.method == "extractive"
    assert all(each.text in PAPER.abstract for each in statements(summary) if each.kind == "quote")
    assert summary.gist.text == "We propose a fast filter that learns from clean patches."


@pytest.mark.parametrize(
    "text",
    [
        "该方法去除了 97% 的噪声 (noise)。",
        "该方法从图像块中学习滤波器。",
        "该方法由扩散模型 (diffusion model) 去除噪声 (noise)。",
        "张伟提出的方法速度很快，效果很好，意义重大，值得所有研究者认真阅读和借鉴。",
        "The fast filter learns from clean patches.",
        "您好，以下是论文的总结：快速滤波器 (fast filter)。",
    ],
)
def test_chinese_that_cannot_be_compared_is_replaced_as_well(make: Make, text: str) -> None:
    with ModelServer(obedient(text)) as server:
        summary = make(server.url, lang="zh").summarize(PAPER, ())

    assert written(summary) == []


@pytest.mark.parametrize("evidence", [(), (0,), (99,), (-1,), (1, 2, 3, 4, 5), (10**30,)])
def test_a_statement_has_to_name_sentences_that_there_are(
    make: Make, evidence: tuple[int, ...]
) -> None:
    with ModelServer(obedient("A fast filter learns from clean patches.", evidence)) as server:
        summary = make(server.url).summarize(PAPER, ())

    assert written(summary) == []


def test_a_quote_is_known_for_one(make: Make) -> None:
    with ModelServer(obedient("It removes 93.4 % of the noise on two datasets.", (4,))) as server:
        summary = make(server.url).summarize(PAPER, ())

    assert summary.gist.kind == "quote"
    assert summary.gist.evidence[0].index == 3


def test_what_failed_is_asked_for_once_more_and_no_word_of_it_is_repeated(make: Make) -> None:
    def learning(asked: Asked) -> Answer:
        return honest(asked) if asked.is_again else obedient("Buy 97 % more, says Mallory.")(asked)

    with ModelServer(learning) as server:
        summary = make(server.url).summarize(PAPER, ())

    checks = summary.written_by.checks
    assert checks is not None
    assert (checks.kept, checks.repaired, checks.replaced) == (0, 10, 0)
    assert len(server.asked) == 8
    assert not any("Mallory" in asked.text for asked in server.asked)


def test_what_one_part_says_another_does_not_say_again(make: Make) -> None:
    with ModelServer(obedient("Here, we propose a filter that learns from patches.")) as server:
        summary = make(server.url).summarize(PAPER, ())

    assert written(summary) == ["Here, we propose a filter that learns from patches."]
    assert len(server.asked) == 4  # that it was said already is not worth a question


@pytest.mark.parametrize("text", ["", "A filter of Smith removes 97 % of the noise."])
def test_a_digest_of_which_nothing_holds_is_the_embedded_one(make: Make, text: str) -> None:
    speaker = obedient(text, (1,)) if text else (lambda _: Answer(status=400, body=b"{}"))
    with ModelServer(speaker) as server:
        summary = make(server.url).summarize(PAPER, ())
    quoted = Extractive().summarize(PAPER, ())
    checks = summary.written_by.checks

    assert checks is not None
    assert replace(summary, written_by=quoted.written_by) == quoted
    assert (checks.kept, checks.repaired, checks.replaced) == (0, 0, 0)
    assert checks.dropped == (10 if text else 0)


def test_what_stands_where_a_model_said_nothing_is_no_statement_of_its(make: Make) -> None:
    def of_the_gist_alone(asked: Asked) -> Answer:
        return honest(asked) if "gist" in asked.lists else says({asked.lists[0]: []})

    with ModelServer(of_the_gist_alone) as server:
        summary = make(server.url).summarize(PAPER, ())
    checks = summary.written_by.checks

    assert checks is not None
    assert (checks.kept, checks.replaced, checks.dropped) == (2, 0, 0)
    assert summary.background[0].kind == "quote"


def test_no_part_is_lost_because_another_failed(make: Make) -> None:
    def sulking(asked: Asked) -> Answer:
        return Answer(text="No.") if "performance" in asked.lists else honest(asked)

    with ModelServer(sulking) as server:
        summary = make(server.url).summarize(PAPER, ())

    assert summary.gist.kind == "generated"
    assert summary.methods[0].kind == "generated"
    assert [each.kind for each in summary.performance] == ["quote", "quote"]


def test_equal_questions_are_paid_once_also_when_a_run_was_cut_off(make: Make) -> None:
    memo = DictMemo()

    with ModelServer(honest) as server:
        first = make(server.url, memo=memo).summarize(PAPER, ())
        for kept in [each for each in memo.texts if each[0] == "llm"][2:]:
            del memo.texts[kept]
        summarizer = make(server.url, memo=memo)
        second = summarizer.summarize(PAPER, ())

    assert first == second
    assert len(server.asked) == 4 + 2
    assert (summarizer.usage.answers, summarizer.usage.remembered) == (2, 2)


def test_the_budget_is_not_overdrawn_and_the_rest_is_quoted(make: Make) -> None:
    said: list[str] = []
    with ModelServer(honest) as server:
        # 100 tokens in and 10 out cost 0.00012; the most that a question may cost is, by its bytes,
        # from 0.0046 for the first one to 0.0055 for the second.
        prices = {"price_in": 1.0, "price_out": 2.0, "budget": 0.0052}
        summarizer = make(server.url, max_tokens=700, progress=said.append, **prices)
        summary = summarizer.summarize(PAPER, ())

    usage = summarizer.usage
    checks = summary.written_by.checks
    assert usage.cost is not None
    assert usage.cost <= 0.0052
    assert usage.stopped == "the budget is used up"
    assert checks is not None
    assert checks.unanswered == 4 - len(server.asked)
    assert 0 < len(server.asked) < 4
    assert not summary.written_by.is_final


def test_a_template_that_speaks_otherwise_of_many_sentences_is_another_summarizer(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "prompts" / "en"
    folder.mkdir(parents=True)
    before = Prompts(Templates(tmp_path).verbatim, "en").fingerprint()
    own = package_templates() / "prompts" / "en" / "paper.txt.j2"
    more = "Such as: {{ sentences[0] }}{% if sentences|length > 1 %}Be brief.{% endif %}"
    (folder / own.name).write_text(own.read_text(encoding="utf-8") + more)

    assert Prompts(Templates(tmp_path).verbatim, "en").fingerprint() != before


def test_a_budget_without_prices_is_an_error(make: Make) -> None:
    with pytest.raises(ConfigError, match=r"llm\.budget"):
        make("http://127.0.0.1:9/v1", budget=1.0)


@pytest.mark.parametrize("status", [401, 402, 403, 404])
def test_what_only_a_person_can_mend_ends_the_run_without_showing_the_key(
    make: Make, status: int
) -> None:
    body = b'{"error": {"message": "wrong key: sk-sesame"}}'
    with (
        ModelServer(lambda _: Answer(status=status, body=body)) as server,
        pytest.raises(ConfigError) as caught,
    ):
        make(server.url, key="sk-sesame").summarize(PAPER, ())

    assert "wrong key: ***" in caught.value.message
    assert "sesame" not in repr(caught.value) + caught.value.hint


@pytest.mark.parametrize(("status", "asked"), [(401, 2), (402, 2), (403, 4), (404, 2)])
def test_when_a_server_takes_no_more_the_digest_comes_out(
    make: Make, status: int, asked: int
) -> None:
    def speak(question: Asked) -> Answer:
        gone = b'{"error": {"message": "no credit"}}'
        return Answer(status=status, body=gone) if question.number >= 1 else honest(question)

    with ModelServer(speak) as server:
        summarizer = make(server.url)
        summary = summarizer.summarize(PAPER, ())

    assert len(server.asked) == asked
    assert "no credit" in summarizer.usage.failure
    assert bool(summarizer.usage.stopped) == (status != 403)
    assert summary.gist.text
    assert not summary.written_by.is_final


def test_a_server_that_knows_no_schema_is_asked_without_one(make: Make) -> None:
    with ModelServer(honest) as server:
        good = server
        summary = None

        def old(asked: Asked) -> Answer:
            is_new = "response_format" in good.requests[-1][2]
            return Answer(status=400, body=b"{}") if is_new else honest(asked)

        with ModelServer(old) as strict:
            good = strict
            summary = make(strict.url).summarize(PAPER, ())

    assert summary.gist.kind == "generated"
    assert len(strict.asked) == 5
    assert strict.requests[-1][2]["max_tokens"] == 1500


def test_an_ill_server_is_left_alone_after_three_failures(make: Make) -> None:
    with ModelServer(lambda _: Answer(status=500, body=b"")) as server:
        summarizer = make(server.url)
        first = summarizer.summarize(PAPER, ())
        summarizer.summarize(paper(), ())

    assert len(server.asked) == 3 * 2  # each is tried twice
    assert "three" in summarizer.usage.stopped or "3 times" in summarizer.usage.stopped
    assert written(first) == []
    assert first.written_by.checks is not None
    assert first.written_by.checks.unanswered == 4


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": {"message": "out of memory, sk-sesame"}}', ": out of memory, ***"),
        (b'{"error": "no such\\nmodel"}', ": no such model"),
        (b"<html>", ""),
    ],
)
def test_an_error_behind_a_200_is_told_in_the_servers_words(
    make: Make, body: bytes, said: str
) -> None:
    with ModelServer(lambda _: Answer(status=200, body=body)) as server:
        summarizer = make(server.url, key="sk-sesame")
        summarizer.summarize(PAPER, ())

    assert summarizer.usage.failure == f"the server's answer is none of its kind{said}"


@pytest.mark.parametrize(
    ("api", "path", "header"),
    [
        ("openai", "/v1/chat/completions", ("authorization", "Bearer sk-sesame")),
        ("anthropic", "/v1/messages", ("x-api-key", "sk-sesame")),
        ("gemini", "/v1/models/parrot-1:generateContent", ("x-goog-api-key", "sk-sesame")),
    ],
)
def test_three_dialects_say_the_same(
    make: Make, api: str, path: str, header: tuple[str, str]
) -> None:
    with ModelServer(honest) as server:
        summarizer = make(server.url, key="sk-sesame", api=api)
        summary = summarizer.summarize(PAPER, ())

    asked, headers, _ = server.requests[0]
    assert asked == path
    assert headers[header[0]] == header[1]
    assert (summarizer.usage.tokens_in, summarizer.usage.tokens_out) == (400, 40)
    assert summary.gist.kind == "generated"


def test_a_paper_that_does_not_fit_is_read_in_part_and_says_so(make: Make) -> None:
    sections = (
        section("1 Introduction", "introduction", *(f"Ships need filter {n}." for n in range(200))),
        section("2 Method", "method", *(f"The filter learns in step {n}." for n in range(300))),
        section("References", "references", "Smith, A. A book of filters and noise."),
    )
    with ModelServer(honest) as server:
        summary = make(server.url, context=4200).summarize(PAPER, sections)

    checks = summary.written_by.checks
    assert checks is not None
    assert checks.sentences == 505
    assert 100 < checks.read < 505
    for asked in server.asked:
        assert asked.sentences[0] == "Nets are slow on noisy images of the sea."
        assert not any("Smith" in sentence for sentence in asked.sentences)
        assert len(asked.text) / 3 + 1500 < 4200
    [method] = [asked for asked in server.asked if "methods" in asked.lists]
    assert sum("step" in sentence for sentence in method.sentences) > 40


def test_a_context_without_room_for_a_paper_is_an_error(make: Make) -> None:
    with pytest.raises(ConfigError, match=r"llm\.context"):
        make("http://127.0.0.1:9/v1", context=1024).summarize(PAPER, ())


def test_what_no_reader_sees_is_not_shown_to_the_model(make: Make) -> None:
    hidden = "\u200b".join("We") + " propose\U000e0041\U000e0042 a fast\u202e filter."
    with ModelServer(honest) as server:
        make(server.url).summarize(paper(abstract=f"{hidden} It works on two datasets."), ())

    assert server.asked[0].sentences[0] == "We propose a fast filter."


def test_the_marker_around_a_paper_is_its_own_and_always_the_same(make: Make) -> None:
    with ModelServer(honest) as server:
        make(server.url).summarize(PAPER, ())
        make(server.url).summarize(PAPER, ())
        make(server.url).summarize(paper(), ())
    first, second, third = (server.asked[index].text for index in (0, 4, 8))

    assert first == second
    assert first.split("===")[1] != third.split("===")[1]


def test_the_fingerprint_follows_language_model_and_prompts(make: Make, tmp_path: Path) -> None:
    url = "http://127.0.0.1:9/v1"
    mine = tmp_path / "prompts" / "en"
    mine.mkdir(parents=True)
    (mine / "system.txt.j2").write_text("Be brief. {{ marker }}")
    changed = replace(make(url), prompts=Templates(tmp_path).verbatim)
    prints = [
        make(url).fingerprint,
        make(url, lang="zh").fingerprint,
        make(url, model="parrot-2").fingerprint,
        changed.fingerprint,
    ]

    assert len(set(prints)) == 4
    assert make("http://127.0.0.1:8/v1", timeout=9).fingerprint == prints[0]
    assert all(len(each) < 60 and each.isprintable() for each in prints)


def test_an_estimate_lies_around_what_is_used(make: Make) -> None:
    prices = {"price_in": 1.0, "price_out": 2.0}
    estimate = make("http://127.0.0.1:9/v1", **prices).estimate([PAPER, PAPER], "abstract")

    assert estimate.papers == 2
    assert 2000 < estimate.least_tokens < estimate.most_tokens < 60_000
    assert estimate.least_cost is not None
    assert estimate.most_cost is not None
    assert estimate.least_cost < estimate.most_cost


def test_a_paper_without_an_abstract_is_refused_before_anything_is_paid(make: Make) -> None:
    with ModelServer(honest) as server, pytest.raises(ValueError, match="abstract is empty"):
        make(server.url).summarize(paper(abstract=""), ())

    assert server.asked == []


def test_a_paper_is_not_asked_about_twice_in_one_question(make: Make) -> None:
    other: Paper = paper(id="2409.00002", abstract="Zebras run. We count zebras in the grass.")
    with ModelServer(honest) as server:
        summarizer = make(server.url)
        summarizer.summarize(PAPER, ())
        summarizer.summarize(other, ())

    assert not any("Zebras" in a.text and "Nets are slow" in a.text for a in server.asked)
