"""This module words the questions to a model, from the templates in ``prompts/``."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digestgen.model import Lang
from digestgen.summarize.llm.asked import PARTS, Part, form

Render = Callable[[str, dict[str, object]], str]

_PROBE = "A sentence."
_MANY = (1, 2, 3, 10, 100)  # sentences: a template may say something else of few and of many
REASONS = (
    "form",
    "evidence",
    "number",
    "name",
    "support",
    "language",
    "length",
    "unfinished",
    "markup",
    "talk",
    "repeated",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a statement, or with an empty ``field`` the whole answer, cannot be used."""

    reason: str
    field: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model is told: who it is, then one message."""

    system: str
    message: str


class Prompts:
    """The questions in one language."""

    def __init__(self, render: Render, lang: Lang) -> None:
        self._render = render
        self._lang = lang

    def ask(self, part: Part, sentences: Sequence[str]) -> Prompt:
        """Return the question for a part of the digest."""
        # Of everything that is asked, so that no paper can hold its own marker: it would have to
        # hold its own hash.
        marker = _hash(self._lang, part.name, *sentences)[:16]
        values: dict[str, object] = {
            "marker": marker,
            "sentences": sentences,
            "fields": part.wanted,
            "form": form(part),
        }
        return Prompt(
            system=self._filled("system", {"marker": marker}),
            message=self._filled("paper", values),
        )

    def again(self, prompt: Prompt, problems: Sequence[Problem]) -> Prompt:
        """Return the question once more, with what was wrong; no word of the answer is in it."""
        is_whole = any(not problem.field for problem in problems)
        said = self._filled("again", {"problems": problems, "is_whole": is_whole})
        return Prompt(system=prompt.system, message=f"{prompt.message}\n\n{said}")

    def fingerprint(self) -> str:
        """Return a hash of what the templates say of few and many sentences, and of each fault."""
        said = [self.ask(part, [_PROBE] * many) for part in PARTS for many in _MANY]
        problems = [
            Problem(reason=reason, field=wanted.name, number=number)
            for reason in REASONS
            for part in PARTS
            for wanted in part.wanted
            for number in range(1, wanted.most + 1)
        ]
        said += [self.again(said[0], problems), self.again(said[0], [Problem(reason="form")])]
        return _hash(*(text for prompt in said for text in (prompt.system, prompt.message)))

    def _filled(self, name: str, values: dict[str, object]) -> str:
        return self._render(f"prompts/{self._lang}/{name}.txt.j2", values).strip()


def _hash(*texts: str) -> str:
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()
