"""This module is everything that a model and its server do on bad days, none of it printable."""

import json
from collections.abc import Callable, Iterator
from itertools import count, cycle

from tests.model_server.prompted import Asked
from tests.model_server.scripted import Answer, says
from tests.model_server.untrue import untrue

BadDay = Callable[[Asked, int], Answer]

_REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "As an AI language model, I cannot summarize this paper.",
    "抱歉，我无法提供该论文的总结。",
    "Unable to determine the answer from the provided text.",
)
_TRUE = "The fast filter learns from clean patches."
# What is true, after words to whoever asked.
_TALKS = (
    "Sure! Here's the summary: the fast filter learns from clean patches.",
    "Here is what the paper says: the fast filter learns from clean patches.",
    "Certainly, the fast filter learns from clean patches.",
    "I hope this helps: the fast filter learns from clean patches.",
    "As requested, the fast filter learns from clean patches.",
    "This is a concise summary: the fast filter learns from clean patches.",
    "Note that you asked how the fast filter learns from clean patches.",
    "The fast filter learns from clean patches, let me know if anything is unclear.",
)
_CHINESE_TALKS = (
    "您好，以下是论文的总结：快速滤波器 (fast filter) 从图像块 (clean patches) 中学习。",
    "以下为您整理：快速滤波器 (fast filter) 从图像块 (clean patches) 中学习。",
    "论文总结如下：快速滤波器 (fast filter) 从图像块 (clean patches) 中学习。",
    "好的，快速滤波器 (fast filter) 从图像块 (clean patches) 中学习。",
    "这是该论文的摘要：快速滤波器 (fast filter) 从图像块 (clean patches) 中学习。",
    "根据要求，快速滤波器 (fast filter) 从图像块 (clean patches) 中学习。",
    "快速滤波器 (fast filter) 从图像块 (clean patches) 中学习，希望对你有所帮助。",
    "快速滤波器 (fast filter) 从图像块 (clean patches) 中学习，更多细节请查阅原文。",
)


def busy(_: Asked, n: int) -> Answer:
    return Answer(status=429, body=b"slow down", headers={"Retry-After": str(n % 7)})


def ill(_: Asked, n: int) -> Answer:
    return Answer(status=(500, 502, 503, 504)[n % 4], body=b"<html>oops</html>")


def silent(_: Asked, n: int) -> Answer:
    return Answer(stalls=True)


def truncated(asked: Asked, n: int) -> Answer:
    text = _said(asked, _TRUE).text
    return Answer(text=text[: 5 + n % (len(text) - 6)], ending=("length", "done")[n % 2])


def fenced(asked: Asked, n: int) -> Answer:
    inner = _untrue(asked, n).text
    return Answer(text=f"Sure! Here it is:\n```json\n{inner}\n```\nI hope this helps!")


def refused(asked: Asked, n: int) -> Answer:
    text = _REFUSALS[n % len(_REFUSALS)]
    return Answer(text=text) if n % 2 else _said(asked, text)


def filtered(asked: Asked, n: int) -> Answer:
    whole = _said(asked, _TRUE).text
    return Answer(text=("", whole)[n % 2], ending="refused")


def empty(asked: Asked, n: int) -> Answer:
    return (Answer(), Answer(text="{}"), _said(asked, ""), Answer(body=b""), Answer(body=b"null"))[
        n % 5
    ]


def foreign(asked: Asked, n: int) -> Answer:
    other = "Die Filter entfernen das Rauschen auf zwei Datensätzen ganz ohne Verlust."
    chinese = "该快速滤波器 (fast filter) 从干净的图像块 (clean patches) 中学习。"
    return _said(asked, (other, chinese if asked.lang == "en" else _TRUE)[n % 2])


def long(asked: Asked, n: int) -> Answer:
    return _said(asked, f"{_TRUE} " * (20 + n % 9))


def echoed(asked: Asked, n: int) -> Answer:
    if n % 3 == 0:
        return Answer(text=asked.text)
    rules = [line for line in asked.text.splitlines() if len(line) > 50 or "。" in line]
    return _said(asked, rules[n % len(rules)])


def looping(asked: Asked, n: int) -> Answer:
    if n % 2:
        return Answer(text='{"gist": [' + '{"text": "noise noise", ' * 200)
    return _said(asked, "noise and " * 30 + "noise.")


def inventing(asked: Asked, n: int) -> Answer:
    return _untrue(asked, n)


def mistaken(asked: Asked, n: int) -> Answer:
    return _untrue(asked, -n)


def talking(asked: Asked, n: int) -> Answer:
    talks = _CHINESE_TALKS if asked.lang == "zh" else _TALKS
    return _said(asked, talks[n % len(talks)])


def groundless(asked: Asked, n: int) -> Answer:
    numbers: tuple[object, ...] = ([], [99 + n], [-1], "all", [None], [[1]], [1e300], [True, 0.5])
    return says(
        {name: [{"text": _TRUE, "evidence": numbers[n % len(numbers)]}] for name in asked.lists}
    )


def shapeless(asked: Asked, n: int) -> Answer:
    shapes: tuple[object, ...] = (
        [], "text", 7, {"gist": "text"}, {"gist": {}}, dict.fromkeys(asked.lists),
        {name: [{"text": {"a": 1}, "evidence": [1]}] for name in asked.lists},
        {name: [{"evidence": [1]}] for name in asked.lists},
    )  # fmt: skip
    if n % 9 == 8:
        return Answer(text="[" * 100_000)
    return Answer(text=json.dumps(shapes[n % 9]))


BAD_DAYS: tuple[BadDay, ...] = (
    busy, truncated, fenced, refused, filtered, ill, empty, foreign, long, echoed, looping,
    inventing, mistaken, talking, groundless, shapeless,
)  # fmt: skip


def bad_days() -> Callable[[Asked], Answer]:
    """A model that has one bad day after the other, each time another one."""
    days: Iterator[BadDay] = cycle(BAD_DAYS)
    numbers = count()
    return lambda asked: next(days)(asked, next(numbers))


def _untrue(asked: Asked, n: int) -> Answer:
    """Say something untrue in every list; the next number, the next thing."""
    every = tuple(untrue(asked.lang))
    said = every[n % len(every)]
    return _said(asked, said.text, said.sentence)


def _said(asked: Asked, text: str, sentence: int = 3) -> Answer:
    """Say one thing in every list, and name the sentence that is nearest."""
    return says({name: [{"text": text, "evidence": [sentence]}] for name in asked.lists})
