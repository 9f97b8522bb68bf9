"""This module is everything that a model and its server do on bad days, none of it printable."""

import json
from collections.abc import Callable, Iterator
from itertools import count, cycle

from tests.model_server.prompted import Asked
from tests.model_server.scripted import Answer, says

BadDay = Callable[[Asked, int], Answer]

# What would be wrong about the paper of `tests.unit.test_llm_bad_days`, each otherwise well-formed.
_OTHER_PAPER = (
    "Zebrafish larvae sleep longer after a diet that is rich in algae.",
    "We train a transformer on proofs and obtain shorter lemmas.",
    "Glaciers in Patagonia lost mass between the two surveys.",
    "The treaty changed how merchants of the Baltic shared their risks.",
)
_REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "As an AI language model, I cannot summarize this paper.",
    "抱歉，我无法提供该论文的总结。",
    "Unable to determine the answer from the provided text.",
)
_INVENTED = (
    "The fast filter removes {n} % of the noise on two datasets.",
    "The fast filter is {n}.7 times faster than earlier filters.",
    "The fast filter of arXiv:2409.{n}001 removes noise on two datasets.",
    "On {n},000 images the fast filter learns from clean patches.",
)
_CHINESE = (
    "该方法去除了 {n}% 的噪声，速度也明显更快。",
    "该论文研究了斑马鱼的睡眠与饮食之间的关系。",
    "本文提出了一种快速滤波器，可从干净的图像块中学习。",
)


def busy(_: Asked, n: int) -> Answer:
    return Answer(status=429, body=b"slow down", headers={"Retry-After": str(n % 7)})


def ill(_: Asked, n: int) -> Answer:
    return Answer(status=(500, 502, 503, 504)[n % 4], body=b"<html>oops</html>")


def silent(_: Asked, n: int) -> Answer:
    return Answer(stalls=True)


def truncated(asked: Asked, n: int) -> Answer:
    text = _said(asked, "The fast filter learns from clean patches.").text
    return Answer(text=text[: 5 + n % (len(text) - 6)], ending=("length", "done")[n % 2])


def fenced(asked: Asked, n: int) -> Answer:
    inner = _said(asked, _INVENTED[0].format(n=40 + n % 50)).text
    return Answer(text=f"Sure! Here it is:\n```json\n{inner}\n```\nI hope this helps!")


def refused(asked: Asked, n: int) -> Answer:
    text = _REFUSALS[n % len(_REFUSALS)]
    return Answer(text=text) if n % 2 else _said(asked, text)


def filtered(asked: Asked, n: int) -> Answer:
    whole = _said(asked, "The fast filter learns from clean patches.").text
    return Answer(text=("", whole)[n % 2], ending="refused")


def empty(asked: Asked, n: int) -> Answer:
    return (Answer(), Answer(text="{}"), _said(asked, ""), Answer(body=b""), Answer(body=b"null"))[
        n % 5
    ]


def foreign(asked: Asked, n: int) -> Answer:
    other = "Die Filter entfernen das Rauschen auf zwei Datensätzen ganz ohne Verlust."
    chinese = _CHINESE[n % len(_CHINESE)].format(n=40 + n % 50)
    english = "The fast filter learns from clean patches, as we show."
    return _said(asked, (other, chinese if asked.lang == "en" else english)[n % 2])


def long(asked: Asked, n: int) -> Answer:
    return _said(asked, "The fast filter learns from clean patches. " * (20 + n % 9))


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
    return _said(asked, _INVENTED[n % len(_INVENTED)].format(n=40 + n % 50))


def mistaken(asked: Asked, n: int) -> Answer:
    if asked.lang == "zh":
        return _said(asked, _CHINESE[n % 2].format(n=40 + n % 50))
    return _said(asked, _OTHER_PAPER[n % len(_OTHER_PAPER)])


def groundless(asked: Asked, n: int) -> Answer:
    numbers: tuple[object, ...] = ([], [99 + n], [-1], "all", [None], [[1]], [1e300], [True, 0.5])
    text = "The fast filter learns from clean patches."
    return says(
        {name: [{"text": text, "evidence": numbers[n % len(numbers)]}] for name in asked.lists}
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
    inventing, mistaken, groundless, shapeless,
)  # fmt: skip


def bad_days() -> Callable[[Asked], Answer]:
    """A model that has one bad day after the other, each time another one."""
    days: Iterator[BadDay] = cycle(BAD_DAYS)
    numbers = count()
    return lambda asked: next(days)(asked, next(numbers))


def _said(asked: Asked, text: str) -> Answer:
    """Say one thing in every list, and name the sentence that is nearest."""
    return says({name: [{"text": text, "evidence": [3]}] for name in asked.lists})
