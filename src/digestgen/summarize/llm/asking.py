"""This module asks the model: from the memo first, within the budget, never after it gave up.

Each answer is remembered as it came, by what was asked. So nothing is paid twice, a run that was
cut off goes on where it was, and equal questions get equal answers while the memo lasts.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace

from digestgen.config import LlmSettings, Secret
from digestgen.errors import ConfigError, RemoteError
from digestgen.ports import Charge, Http, Memo
from digestgen.report import Usage
from digestgen.summarize.llm import wire
from digestgen.summarize.llm.reading import tokens
from digestgen.summarize.llm.spending import Purse
from digestgen.summarize.llm.wire import Question, Reply

_KIND = "llm"
_MOST_BYTES = 4 * 1024**2
_PATIENCE = 3  # so many failures one after another are the server's, not the question's
# What only a person can mend.
_HINTS = {
    401: "the key is missing or wrong: set DIGESTGEN_LLM_API_KEY",
    402: "the account has no credit left",
    403: "the key may not use this model",
    404: "look at llm.base_url, llm.model and llm.api",
}
_NOT_TAKEN = frozenset({400, 413, 422})


class Model:
    """A language model behind its server, for any number of threads."""

    def __init__(
        self,
        settings: LlmSettings,
        key: Secret,
        *,
        http: Http,
        memo: Memo,
        progress: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._key = key
        self._http = http
        self._memo = memo
        self._progress = progress
        self._purse = Purse(settings)
        self._remembered: list[Reply] = []
        self._failures: list[str] = []
        self._in_a_row = 0
        self._stopped = ""
        self._is_plain = False

    def ask(self, question: Question) -> Reply | None:
        """Return the model's answer; None when none is to be had.

        Raises:
            ConfigError: the server wants another key, model or address.
            StoreError: the memo cannot be used.
        """
        key = self._memo_key(question)
        kept = _from_json(self._memo.get(_KIND, key))
        if kept is not None:
            self._remembered.append(kept)
            return kept
        if self._stopped:
            return None
        answer = self._paid(question)
        if answer is not None:
            self._memo.put(_KIND, key, json.dumps(asdict(answer)))
        return answer

    def usage(self) -> Usage:
        """Return what was used so far."""
        paid = self._purse.replies
        return Usage(
            model=self._settings.model,
            answers=len(paid),
            remembered=len(self._remembered),
            failed=len(self._failures),
            tokens_in=sum(each.tokens_in for each in paid),
            tokens_out=sum(each.tokens_out for each in paid),
            cost=self._purse.spent if self._purse.has_prices else None,
            stopped=self._stopped,
        )

    def _paid(self, question: Question) -> Reply | None:
        prompt = question.prompt
        weight = tokens(prompt.system) + tokens(prompt.message) + self._settings.max_tokens
        most = self._purse.reserve(weight - self._settings.max_tokens, self._settings.max_tokens)
        if most is None:
            self._stop("the budget is used up")
            return None
        answer = self._posted(question, weight)
        if answer is None:
            return None  # what a server did not deliver it may charge all the same
        answer = _counted(answer, weight - self._settings.max_tokens)
        self._purse.settle(most, answer)
        return answer

    def _posted(self, question: Question, weight: int) -> Reply | None:
        asked = Question(prompt=question.prompt, schema=question.schema, plain=self._is_plain)
        try:
            said = self._http.post(
                wire.address(self._settings),
                content=wire.body(self._settings, asked),
                headers=wire.headers(self._settings, self._key.reveal()),
                max_bytes=_MOST_BYTES,
                seconds=self._settings.timeout,
                charge=Charge(weight=weight),
            )
        except RemoteError as error:
            return self._failed(error, asked, weight)
        answer = wire.reply(self._settings, said)
        if answer is None:
            self._note("the server's answer is none of its kind", is_ill=True)
            return None
        self._in_a_row = 0
        return answer

    def _failed(self, error: RemoteError, asked: Question, weight: int) -> Reply | None:
        said = self._key.masked(wire.complaint(error.body))
        message = f"{error.message}: {said}" if said else error.message
        if error.status in _HINTS:
            raise ConfigError(f"llm: {message}", hint=_HINTS[error.status]) from error
        if error.status in _NOT_TAKEN and not asked.plain:
            # It may not know schemas or temperatures; a refused question costs nothing.
            self._is_plain = True
            return self._posted(asked, weight)
        self._note(message, is_ill=error.status not in _NOT_TAKEN)
        return None

    def _note(self, why: str, *, is_ill: bool) -> None:
        """Note that there is no answer; an ill server is not asked forever."""
        self._failures.append(why)
        self._in_a_row += is_ill
        self._progress(f"llm: no answer: {why}")
        if self._in_a_row >= _PATIENCE:
            self._stop(f"the server failed {_PATIENCE} times in a row: {why}")

    def _stop(self, why: str) -> None:
        if not self._stopped:
            self._stopped = why
            self._progress(f"llm: {why}; the rest is quoted from the papers")

    def _memo_key(self, question: Question) -> str:
        """Name a question by all that is asked, but for the place and the way it is sent."""
        plainest = wire.body(self._settings, question)
        named = f"{self._settings.api}\0{self._settings.model}\0".encode() + plainest
        return hashlib.sha256(named).hexdigest()


def _counted(answer: Reply, tokens_in: int) -> Reply:
    """Return an answer with our own count where its server gives none."""
    if answer.tokens_in or answer.tokens_out:
        return answer
    return replace(answer, tokens_in=tokens_in, tokens_out=tokens(answer.text))


def _from_json(kept: str | None) -> Reply | None:
    if kept is None:
        return None
    try:
        return Reply(**json.loads(kept))
    except (TypeError, ValueError):
        return None
