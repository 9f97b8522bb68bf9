"""A server is asked in the way that it takes, within the budget, and never in vain for long.

What it answers is read item by item, and remembered as soon as it is paid.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from digestgen.config import LlmSettings, Secret
from digestgen.errors import ConfigError, RemoteError
from digestgen.model import Lang
from digestgen.ports import Charge
from digestgen.summarize.llm import create
from digestgen.summarize.llm.asked import PARTS, Said, understood
from digestgen.summarize.llm.prompts import Problem, Prompt, Prompts
from digestgen.summarize.llm.wire import manner
from digestgen.templating import Templates
from tests.arxiv_server.canned import CannedHttp
from tests.builders import paper
from tests.lent import DictMemo, tools
from tests.model_server import Answer, Asked, ModelServer, Speaker, honest, says
from tests.unit.test_llm import PAPER, SETTINGS, Make, http, make, obedient, written

__all__ = ["http", "make"]  # fixtures

BAD = Answer(status=400, body=b'{"error": {"message": "no such thing"}}')
PRICES = {"price_in": 1.0, "price_out": 2.0}


def picky(server: list[ModelServer], refuses: Callable[[dict[str, Any]], str]) -> Speaker:
    """A model that refuses what its server does not take, and says why."""

    def speak(asked: Asked) -> Answer:
        why = refuses(server[0].requests[asked.number][2])
        body = json.dumps({"error": {"message": why}}).encode()
        return Answer(status=400, body=body) if why else honest(asked)

    return speak


def summarized(make: Make, refuses: Callable[[dict[str, Any]], str]) -> list[dict[str, Any]]:
    """The requests of a paper to a server that refuses some, and answers all in the end."""
    servers: list[ModelServer] = []
    with ModelServer(picky(servers, refuses)) as server:
        servers.append(server)
        summarizer = make(server.url)
        summary = summarizer.summarize(PAPER, ())

    assert summary.gist.kind == "generated"
    assert summarizer.usage.failed == 0
    return [request for _, _, request in server.requests]


def test_a_server_that_refuses_temperatures_is_held_to_the_form_all_the_same(make: Make) -> None:
    requests = summarized(
        make, lambda asked: "unsupported value: temperature" if "temperature" in asked else ""
    )

    assert len(requests) == 5
    assert all("response_format" in each for each in requests)
    assert all("temperature" not in each for each in requests[1:])


def test_a_server_that_names_the_newer_bound_gets_it(make: Make) -> None:
    requests = summarized(
        make, lambda asked: "use max_completion_tokens" if "max_tokens" in asked else ""
    )

    assert len(requests) == 5
    assert all(each["max_completion_tokens"] == 1500 for each in requests[1:])
    assert all({"response_format", "temperature"} <= each.keys() for each in requests)


def test_a_server_that_takes_the_barest_question_only_gets_it_with_a_bound(make: Make) -> None:
    bare = {"model", "messages", "max_tokens"}
    requests = summarized(make, lambda asked: "no" if asked.keys() - bare else "")

    assert len(requests) == 2 + 4
    assert all(each["max_tokens"] == 1500 for each in requests)


@pytest.mark.parametrize(
    ("url", "bound"),
    [
        ("https://api.openai.com/v1", "max_completion_tokens"),
        ("https://mine.openai.azure.com/openai/v1", "max_completion_tokens"),
        ("https://api.openai.com.evil.example/v1", "max_tokens"),
        ("https://notapi.openai.com/v1", "max_tokens"),
        ("https://api.deepseek.com/v1", "max_tokens"),
        ("http://127.0.0.1:11434/v1", "max_tokens"),
    ],
)
def test_the_bound_of_an_answer_is_called_as_its_server_calls_it(url: str, bound: str) -> None:
    assert manner(LlmSettings(base_url=url)).bound == bound


def test_a_server_that_refuses_everything_is_left_alone_and_said_so(make: Make) -> None:
    with ModelServer(lambda _: BAD) as server:
        summarizer = make(server.url)
        summarizer.summarize(PAPER, ())
        summarizer.summarize(paper(), ())

    usage = summarizer.usage
    assert len(server.asked) == 3 * 3  # three questions, each put in three ways
    assert usage.failed == 3
    assert "no such thing" in usage.failure
    assert "refused 3 questions in a row" in usage.stopped


class Queue(CannedHttp):
    """A server that fails, and whose first question waits for its turn until others are over."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0
        self.others: list[Callable[[], object]] = []

    def post(
        self,
        url: str,
        *,
        content: bytes,
        headers: Mapping[str, str],
        max_bytes: int,
        seconds: float,
        charge: Charge | None = None,
    ) -> bytes:
        while self.others:
            self.others.pop()()
        assert charge is not None
        charge.before()
        self.sent += 1
        raise RemoteError("the server is ill")


def test_who_waited_while_the_server_was_given_up_does_not_ask_it() -> None:
    queue = Queue()
    options: Mapping[str, object] = {"settings": SETTINGS, "key": Secret("")}
    summarizer = create(options, tools(queue, prompt=Templates().verbatim))
    queue.others.append(lambda: summarizer.summarize(paper(), ()))
    summary = summarizer.summarize(PAPER, ())

    assert queue.sent == 3
    assert summary.gist.kind == "quote"
    assert summarizer.usage.failed == 3
    assert "failed 3 times in a row" in summarizer.usage.stopped


def test_a_form_that_was_taken_once_is_not_given_up(make: Make) -> None:
    """What is refused then is the question, as by a filter of contents."""

    def speak(asked: Asked) -> Answer:
        return BAD if "methods" in asked.lists else honest(asked)

    with ModelServer(speak) as server:
        summarizer = make(server.url)
        for more in ("", "It is good.", "It is very good."):
            summarizer.summarize(paper(abstract=f"{PAPER.abstract} {more}"), ())

    others = [
        request
        for asked, (_, _, request) in zip(server.asked, server.requests, strict=True)
        if "methods" not in asked.lists
    ]
    assert len(server.asked) == 3 * (3 + 3)  # the fourth is put in three ways
    assert len(others) == 3 * 3
    assert all("response_format" in request for request in others)
    assert (summarizer.usage.failed, summarizer.usage.stopped) == (3, "")


def test_a_budget_of_nothing_asks_for_nothing_and_uses_what_is_remembered(make: Make) -> None:
    memo = DictMemo()
    with ModelServer(honest) as server:
        make(server.url, memo=memo).summarize(PAPER, ())
        summarizer = make(server.url, memo=memo, budget=0.0)
        summary = summarizer.summarize(PAPER, ())
        other = summarizer.summarize(paper(), ())

    assert len(server.asked) == 4
    assert summary.gist.kind == "generated"
    assert other.gist.kind == "quote"
    assert summarizer.usage.stopped == "the budget is used up"


def test_each_try_of_a_question_has_to_be_within_the_budget(make: Make) -> None:
    """One that failed may be charged for, and so is not forgotten."""
    with ModelServer(lambda _: Answer(status=500, body=b"")) as server:
        summarizer = make(server.url, max_tokens=700, budget=0.008, **PRICES)
        summarizer.summarize(PAPER, ())

    assert len(server.asked) == 1
    assert summarizer.usage.stopped == "the budget is used up"


def test_what_is_refused_costs_nothing(make: Make) -> None:
    bare = {"model", "messages", "max_tokens"}
    servers: list[ModelServer] = []
    with ModelServer(picky(servers, lambda asked: "no" if asked.keys() - bare else "")) as server:
        servers.append(server)
        summarizer = make(server.url, max_tokens=700, budget=0.008, **PRICES)
        summary = summarizer.summarize(PAPER, ())

    assert summary.gist.kind == "generated"
    assert not summarizer.usage.stopped


def test_a_refused_question_is_asked_again_by_a_later_run(make: Make) -> None:
    memo = DictMemo()
    with ModelServer(lambda _: Answer(text="", ending="refused")) as server:
        make(server.url, memo=memo).summarize(PAPER, ())
    with ModelServer(honest) as server:
        summarizer = make(server.url, memo=memo)
        summary = summarizer.summarize(PAPER, ())

    assert len(server.asked) == 4
    assert summarizer.usage.remembered == 0
    assert summary.gist.kind == "generated"


@pytest.mark.parametrize(("cut", "ending"), [(-9, "length"), (-9, "done"), (0, "done")])
def test_an_answer_of_no_use_is_paid_once_unless_other_words_are_asked_for(
    make: Make, cut: int, ending: str
) -> None:
    memo = DictMemo()

    def speak(asked: Asked) -> Answer:
        return Answer(text=honest(asked).text[:cut], ending=ending)

    with ModelServer(speak) as server:
        first = make(server.url, memo=memo).summarize(PAPER, ())
        paid = len(server.asked)
        summarizer = make(server.url, memo=memo)
        second = summarizer.summarize(PAPER, ())
        after = len(server.asked)
        make(server.url, memo=memo, max_tokens=2000).summarize(PAPER, ())

    assert (first, paid) == (second, after)
    assert (summarizer.usage.answers, summarizer.usage.remembered) == (0, paid)
    assert len(server.asked) > after


def test_a_repaired_part_is_not_paid_twice_although_its_first_answer_was_no_use(
    make: Make,
) -> None:
    memo = DictMemo()

    def speak(asked: Asked) -> Answer:
        return honest(asked) if asked.is_again else Answer(text="No.")

    with ModelServer(speak) as server:
        first = make(server.url, memo=memo).summarize(PAPER, ())
        summarizer = make(server.url, memo=memo)
        second = summarizer.summarize(PAPER, ())

    assert first == second
    assert len(server.asked) == 8
    assert (summarizer.usage.answers, summarizer.usage.remembered) == (0, 8)


def test_an_estimate_takes_off_what_is_remembered(make: Make) -> None:
    memo = DictMemo()
    other = paper(id="2409.00002")

    def speak(asked: Asked) -> Answer:
        is_refused = "methods" in asked.lists
        return Answer(text="", ending="refused") if is_refused else honest(asked)

    with ModelServer(speak) as server:
        made = make(server.url, memo=memo)
        before = made.estimate([PAPER, other], "abstract")
        made.summarize(PAPER, ())
        after = made.estimate([PAPER, other], "abstract")

    assert (before.parts, before.remembered) == (8, 0)
    assert (after.parts, after.remembered) == (8, 3)
    assert after.least_tokens < before.least_tokens
    assert after.most_tokens < before.most_tokens
    assert made.estimate([PAPER], "full").remembered == 0


def test_one_bad_item_loses_only_itself(make: Make) -> None:
    def speak(asked: Asked) -> Answer:
        answer = json.loads(honest(asked).text)
        bad: tuple[object, ...] = (7, None, "text", {"text": "No evidence."}, {"evidence": [1]})
        if asked.is_again:
            return says({})
        name = asked.lists[0]
        answer[name] = [bad[asked.number % len(bad)], *answer[name]]
        if len(asked.lists) > 1:
            del answer[asked.lists[-1]]
        return Answer(text=json.dumps(answer | {"more": [1]}))

    with ModelServer(speak) as server:
        summary = make(server.url).summarize(PAPER, ())

    checks = summary.written_by.checks
    assert checks is not None
    assert summary.gist.kind == "generated"
    assert checks.kept >= 5
    assert checks.dropped == 4


def test_an_answer_is_read_list_by_list_and_item_by_item() -> None:
    part = PARTS[0]
    said = Said(evidence=(1,), text="So it is.")
    item = {"evidence": [1], "text": "So it is."}

    def read(answer: object) -> object:
        return understood(json.dumps(answer), part)

    assert read({"gist": [item], "takeaways": [item, 7, item]}) == {
        "gist": (said,),
        "takeaways": (said, None, said),
    }
    assert read({"gist": [item]}) == {"gist": (said,), "takeaways": ()}
    assert read({"gist": None, "takeaways": [{"evidence": "1", "text": "x"}]}) == {
        "gist": (),
        "takeaways": (None,),
    }
    others: tuple[object, ...] = ({}, {"gist": "text"}, {"other": [item]}, [], 7)
    assert [read(each) for each in others] == [None] * 5
    assert understood(f"<think>{{}}</think> Sure: {json.dumps({'gist': [item]})}.", part)


def test_a_budget_without_prices_is_an_error_but_for_one_of_nothing(make: Make) -> None:
    with pytest.raises(ConfigError, match=r"llm\.budget"):
        make("http://127.0.0.1:9/v1", budget=1.0)

    make("http://127.0.0.1:9/v1", budget=0.0)


def test_what_a_server_does_not_count_is_counted_here(make: Make) -> None:
    def speak(asked: Asked) -> Answer:
        text = honest(asked).text
        choice = {"message": {"content": text}, "finish_reason": "stop"}
        said = {"choices": [choice], "usage": {"prompt_tokens": 7}}
        return Answer(body=json.dumps(said).encode())

    with ModelServer(speak) as server:
        summarizer = make(server.url)
        summarizer.summarize(PAPER, ())

    assert summarizer.usage.tokens_in == 4 * 7
    assert summarizer.usage.tokens_out > 4 * 20


@pytest.mark.parametrize("count", [-1, pytest.param(10**400, id="huge"), 1e308, True, "many"])
def test_a_count_that_makes_no_sense_is_counted_here(make: Make, count: object) -> None:
    envelope = {
        "choices": [{"message": {"content": "{}"}}],
        "usage": {"prompt_tokens": count, "completion_tokens": count},
    }
    with ModelServer(lambda _: Answer(body=json.dumps(envelope).encode())) as server:
        summarizer = make(server.url, **PRICES)
        summarizer.summarize(PAPER, ())

    assert 0 < summarizer.usage.tokens_in < 50_000


def test_a_message_in_pieces_is_read_without_its_thoughts(make: Make) -> None:
    def pieces(asked: Asked) -> Answer:
        content = [
            {"type": "thinking", "thinking": [{"type": "text", "text": "{"}]},
            {"type": "text", "text": honest(asked).text},
        ]
        return Answer(body=json.dumps({"choices": [{"message": {"content": content}}]}).encode())

    with ModelServer(pieces) as server:
        summary = make(server.url).summarize(PAPER, ())

    assert summary.written_by.checks is not None
    assert summary.written_by.checks.kept == 10


def test_a_lie_is_still_no_use(make: Make) -> None:
    with ModelServer(obedient("It removes 97 % of the noise on two datasets.")) as server:
        summary = make(server.url).summarize(PAPER, ())

    assert written(summary) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_thing_that_was_wrong_is_told_on_a_line_of_its_own(lang: Lang) -> None:
    prompts = Prompts(Templates().verbatim, lang)
    asked = Prompt(system="", message="Summarize.")
    wrong = [Problem(reason=reason, field="gist", number=1) for reason in ("form", "number")]

    told = prompts.again(asked, wrong).message.splitlines()
    whole = prompts.again(asked, [Problem(reason="form")]).message

    assert sum(line.startswith('- "gist"') for line in told) == 2
    assert "JSON" not in "".join(told)
    assert "JSON" in whole
