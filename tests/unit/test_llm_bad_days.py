"""Two hundred bad replies, none of them published, and the digest always comes out."""

import importlib.util
import os
import re
from collections import Counter
from itertools import islice

import pytest

from digestgen.model import Lang
from tests import attacks
from tests.builders import paper
from tests.model_server import Answer, Asked, ModelServer, says
from tests.model_server.bad_days import BAD_DAYS, bad_days, silent
from tests.model_server.untrue import Untrue, untrue
from tests.unit.test_llm import PAPER, Make, http, make, statements, written

__all__ = ["http", "make"]  # fixtures

_REACHES_OUT = re.compile(r"://|<\w|\]\(|!\[|\{\{|\{%|\{#|[\x00-\x1f\x7f-\x9f]|javascript:|&\w+;")


def more_attacks() -> tuple[str, ...]:
    """The payloads of brs-kb, where it is installed; in CI it has to be."""
    is_there = importlib.util.find_spec("brs_kb") is not None or os.environ.get("CI") == "true"
    return attacks.brs_kb() if is_there else ()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_of_two_hundred_bad_replies_none_is_published_and_every_digest_comes_out(
    make: Make, lang: Lang
) -> None:
    published: list[str] = []
    digests = 0
    with ModelServer(bad_days()) as server:
        summarizer = make(server.url, lang=lang)
        while len(server.asked) < 200:
            # Each paper of its own, so that nothing is answered from the memo.
            summary = summarizer.summarize(
                paper(id=f"2409.{digests:05}", title=PAPER.title, abstract=f"{PAPER.abstract} "
                f"Ships of class {'abcdefghij'[digests % 10] * (digests + 2)} are seen."), ()
            )  # fmt: skip
            digests += 1
            published += written(summary)
            assert summary.gist.text
            assert summary.proposed_method
        assert not summarizer.usage.stopped

    assert len(server.asked) >= 200
    assert published == []
    assert digests > 20


@pytest.mark.parametrize(("lang", "fewest"), [("en", 58), ("zh", 77)])
def test_nothing_untrue_of_the_paper_is_published(make: Make, lang: Lang, fewest: int) -> None:
    every = tuple(untrue(lang))
    served: list[Untrue] = []
    published: list[str] = []

    def lie(asked: Asked) -> Answer:
        said = {}
        for name in asked.lists:
            each = every[len(served) % len(every)]
            said[name] = [{"text": each.text, "evidence": [each.sentence]}]
            served.append(each)
        return says(said)

    with ModelServer(lie) as server:
        summarizer = make(server.url, lang=lang)
        while len(served) < len(every):
            # Each paper of its own, so that nothing is answered from the memo.
            number = len(served)
            abstract = f"{PAPER.abstract} Ships of {'abcdefghij'[number % 10] * number} are seen."
            other = paper(id=f"2409.{number:05}", title=PAPER.title, abstract=abstract)
            published += written(summarizer.summarize(other, ()))

    assert published == []
    assert len(set(every)) == len(every) >= fewest


@pytest.mark.parametrize("day", BAD_DAYS, ids=lambda day: day.__name__)
def test_a_bad_day_that_does_not_end_gives_the_quotes(make: Make, day: object) -> None:
    assert callable(day)
    numbers: Counter[str] = Counter()

    def speak(asked: Asked) -> Answer:
        numbers["n"] += 1
        answer: Answer = day(asked, numbers["n"])
        return answer

    with ModelServer(speak) as server:
        summary = make(server.url).summarize(PAPER, ())

    assert written(summary) == []
    assert summary.gist.kind == "quote"


def test_a_server_that_never_answers_is_not_waited_for_in_every_part(make: Make) -> None:
    with ModelServer(lambda asked: silent(asked, 0)) as server:
        summary = make(server.url, timeout=1).summarize(PAPER, ())

    assert summary.gist.kind == "quote"
    assert len(server.asked) <= 3 * 2


@pytest.mark.parametrize("wrapped", ["{}", "The fast filter {} learns from clean patches."])
def test_no_attack_of_an_obedient_model_gets_through(make: Make, wrapped: str) -> None:
    strings = [wrapped.format(attack) for attack in (*attacks.OWN, *more_attacks())]
    waiting = iter(strings)
    served: list[str] = []

    def obey(asked: Asked) -> Answer:
        room = {"gist": 1, "takeaways": 5, "methods": 6, "performance": 3}
        said = {}
        for name in asked.lists:
            taken = list(islice(waiting, room.get(name, 2)))
            served.extend(taken)
            said[name] = [{"text": text, "evidence": [3]} for text in taken]
        return says(said)

    published: list[str] = []
    with ModelServer(obey) as server:
        summarizer = make(server.url)
        for number in range(len(strings)):
            if len(served) == len(strings):
                break
            other = paper(id=f"{number}", title=PAPER.title, abstract=f"{PAPER.abstract} It is "
                          f"{'so ' * (number % 40)}{'very ' * (number // 40)}good.")  # fmt: skip
            published += [each.text for each in statements(summarizer.summarize(other, ()))
                          if each.kind == "generated"]  # fmt: skip

    assert len(served) == len(strings) >= 30
    assert [text for text in published if _REACHES_OUT.search(text)] == []
    # What is a word of English as well, such as "onload", is no attack as a word.
    assert len(published) * 50 <= len(strings)
