"""This module asks the model: from the memo first, within the budget, never after it gave up.

An answer is remembered by what was asked as soon as it is paid, whatever it is worth. So nothing is
paid twice, a run that was cut off goes on where it was, and equal questions get equal answers
while the memo lasts; what was refused is asked again by a later run.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from digestgen.config import LlmSettings, Secret
from digestgen.errors import ConfigError, RemoteError
from digestgen.ports import Charge, Http, Memo
from digestgen.report import Usage
from digestgen.summarize.llm import wire
from digestgen.summarize.llm.asked import PARTS
from digestgen.summarize.llm.spending import OverdrawnError, Purse, cost
from digestgen.summarize.llm.tokens import asked_tokens, most_tokens, tokens
from digestgen.summarize.llm.wire import Manner, Question, Reply

ANSWER_DEPENDS_ON = ("model", "api", "structured", "max_tokens", "temperature")
"""The settings that an answer is remembered by."""

_ANSWER = "llm"
_PART = "llm-part"
_MOST_BYTES = 4 * 1024**2
_PATIENCE = 3  # so many failures one after another are the server's, not the question's
# A server that answers some questions may refuse others, such as all of one paper's.
_PATIENCE_IF_ANSWERED = _PATIENCE * len(PARTS)
# What only a person can mend.
_HINTS = {
    401: "the key is missing or wrong: set DIGESTGEN_LLM_API_KEY",
    402: "the account has no credit left",
    403: "the key may not use this model",
    404: "look at llm.base_url, llm.model and llm.api",
}
# After an answer these say that there will be none any more, and the digest comes out without.
_GONE = frozenset({401, 402, 404})
# The server does not take the question; of these some may be put otherwise. One that answers others
# may forbid one for what it says.
_NOT_TAKEN = frozenset({400, 403, 413, 422})
_OTHERWISE = frozenset({400, 422})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weight:
    """What a question weighs: tokens by our guess, and the most that a request may cost."""

    tokens_in: int
    tokens: int
    most: float


class _StoppedAskingError(Exception):
    """The model is asked no more."""


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
        self._ill_in_a_row = 0
        self._refused_in_a_row = 0
        self._stopped = ""
        self._manner = wire.manner(settings)

    def ask(self, question: Question) -> Reply | None:
        """Return the model's answer; None when none is to be had.

        Raises:
            ConfigError: the server wants another key, model or address.
            StoreError: the memo cannot be used.
            StoppedError: the run is being ended.
        """
        kept = _from_json(self._memo.get(_ANSWER, self._named(question)))
        if kept is not None:
            self._remembered.append(kept)
            return kept
        return None if self._stopped else self._paid(question)

    def knows(self, part: str) -> bool:
        """Tell whether all answers of a paper's part are remembered, as `keep_part` said."""
        return self._memo.get(_PART, part) is not None

    def keep_part(self, part: str) -> None:
        """Note that all answers of a paper's part are remembered; ``part`` names it."""
        self._memo.put(_PART, part, "")

    def usage(self) -> Usage:
        """Return what was used so far."""
        paid = self._purse.replies
        return Usage(
            model=self._settings.model,
            answers=len(paid),
            remembered=len(self._remembered),
            failed=len(self._failures),
            failure=self._failures[-1] if self._failures else "",
            tokens_in=sum(each.tokens_in for each in paid),
            tokens_out=sum(each.tokens_out for each in paid),
            cost=self._purse.spent if self._purse.has_prices else None,
            stopped=self._stopped,
        )

    def _paid(self, question: Question) -> Reply | None:
        weight = self._weight(question)
        manner: Manner | None = self._manner
        while manner is not None:
            try:
                said = self._posted(question, manner, weight)
            except OverdrawnError:
                self._stop("the budget is used up")
                return None
            except _StoppedAskingError:
                return None
            except RemoteError as error:
                manner = self._refused(error, manner, weight)
            else:
                return self._read(question, said, manner, weight)
        return None

    def _posted(self, question: Question, manner: Manner, weight: _Weight) -> bytes:
        def before() -> None:
            if self._stopped:  # while this question waited for its turn
                raise _StoppedAskingError
            self._purse.lay_down(weight.most)

        return self._http.post(
            wire.address(self._settings),
            content=wire.body(self._settings, question, manner),
            headers=wire.headers(self._settings, self._key.reveal()),
            max_bytes=_MOST_BYTES,
            seconds=self._settings.timeout,
            charge=Charge(weight=weight.tokens, before=before),
        )

    def _read(
        self, question: Question, said: bytes, manner: Manner, weight: _Weight
    ) -> Reply | None:
        answer = wire.reply(self._settings, said)
        if answer is None:
            error = self._key.masked(wire.complaint(said))
            kind = "the server's answer is none of its kind"
            self._note(f"{kind}: {error}" if error else kind, is_ill=True)
            return None
        if not self._purse.replies:  # later ones may have been refused for what they say
            self._manner = manner
        answer = _counted(answer, weight.tokens_in)
        self._purse.settle(weight.most, answer)
        self._ill_in_a_row = self._refused_in_a_row = 0
        if answer.ending != "refused":
            self._memo.put(_ANSWER, self._named(question), json.dumps(asdict(answer)))
        return answer

    def _refused(self, error: RemoteError, manner: Manner, weight: _Weight) -> Manner | None:
        """Return how to put the question otherwise; None when that is no use."""
        said = self._key.masked(wire.complaint(error.body))
        message = f"{error.message}: {said}" if said else error.message
        if error.status in _HINTS and not self._purse.replies:
            raise ConfigError(f"llm: {message}", hint=_HINTS[error.status]) from error
        if error.status in _GONE:
            self._note(message, is_ill=True)
            self._stop(f"{message}; {_HINTS[error.status]}")
            return None
        if error.status in _NOT_TAKEN:
            self._purse.take_back(weight.most)  # who is refused is charged nothing
        if error.status in _OTHERWISE:
            easier = wire.easier(manner, error.body)
            if easier is not None:
                return easier
        self._note(message, is_ill=error.status not in _NOT_TAKEN)
        return None

    def _note(self, why: str, *, is_ill: bool) -> None:
        """Note that there is no answer; a server that gives none is not asked forever."""
        self._failures.append(why)
        self._ill_in_a_row += is_ill
        self._refused_in_a_row += not is_ill
        self._progress(f"llm: no answer: {why}")
        patience = _PATIENCE_IF_ANSWERED if self._purse.replies else _PATIENCE
        if self._ill_in_a_row >= _PATIENCE:
            self._stop(f"the server failed {_PATIENCE} times in a row: {why}")
        elif self._refused_in_a_row >= patience:
            self._stop(f"the server refused {patience} questions in a row: {why}")

    def _stop(self, why: str) -> None:
        if not self._stopped:
            self._stopped = why
            self._progress(f"llm: {why}; the rest is quoted from the papers")

    def _weight(self, question: Question) -> _Weight:
        tokens_in = asked_tokens(question)
        most = cost(self._settings, most_tokens(question), self._settings.max_tokens)
        return _Weight(tokens_in=tokens_in, tokens=tokens_in + self._settings.max_tokens, most=most)

    def _named(self, question: Question) -> str:
        """Name a question by all that the answer depends on, but not by where or how it is put."""
        told = [getattr(self._settings, name) for name in ANSWER_DEPENDS_ON]
        asked = [question.prompt.system, question.prompt.message, question.schema]
        text = json.dumps([told, asked], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _counted(answer: Reply, tokens_in: int) -> Reply:
    """Return an answer with our own count where its server gives none."""
    return replace(
        answer,
        tokens_in=answer.tokens_in or tokens_in,
        tokens_out=answer.tokens_out or tokens(answer.text),
    )


def _from_json(kept: str | None) -> Reply | None:
    if kept is None:
        return None
    try:
        return Reply(**json.loads(kept))
    except (TypeError, ValueError):
        return None
