"""This module makes one part of a digest: ask, compare, ask again once, fall back on quotes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digestgen.evidence import Part as Place
from digestgen.model import Evidence, Statement, Statements
from digestgen.summarize.llm.asked import Part, Said, Said_by_list, Wanted, schema, understood
from digestgen.summarize.llm.checks import Claim, Judge, is_quote, tidied
from digestgen.summarize.llm.prompts import Problem, Prompts
from digestgen.summarize.llm.reading import Sources
from digestgen.summarize.llm.wire import Question, Reply

Ask = Callable[[Question], Reply | None]

_FLUENT = range(40, 400)  # characters of a sentence that may stand for a statement
_PLACES: Mapping[str, Place] = {
    "gist": "gist",
    "takeaways": "takeaways",
    "background": "background",
    "past_methods": "past_methods",
    "proposed_method": "proposed_method",
    "task_and_performance": "task_and_performance",
    "methods": "methods",
    "significance": "conclusion",
    "innovation": "conclusion",
    "performance": "conclusion",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The statements of a part, list by list, and what became of what the model said.

    ``unanswered`` is 1 when the model was not there for it; ``is_kept`` says that its answers are
    remembered, so that the same draft costs nothing.
    """

    lists: Mapping[str, Statements]
    kept: int = 0
    repaired: int = 0
    replaced: int = 0
    dropped: int = 0
    unanswered: int = 0
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failed:
    """A statement that something speaks against, and the sentences that it names."""

    wanted: Wanted
    number: int
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A part while it is made; it does not travel."""

    lists: dict[str, list[Statement]]
    said: Collection[str]
    passed: int = 0
    failed: list[_Failed] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        return [statement.text for each in self.lists.values() for statement in each]

    @property
    def lengths(self) -> dict[str, int]:
        return {name: len(each) for name, each in self.lists.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafter:
    """Who makes the parts of one paper's digest; ``quotes`` are what stands in a list's place."""

    ask: Ask
    prompts: Prompts
    judge: Judge
    quotes: Mapping[str, Statements]

    def draft(self, part: Part, given: Sources, *, said: Collection[str]) -> Drafted:
        """Return the part; each of its lists holds something if ``quotes`` has something.

        What other parts have ``said`` is not said in the same words again.
        """
        prompt = self.prompts.ask(part, [source.text for source in given])
        draft = _Draft(lists={wanted.name: [] for wanted in part.wanted}, said=said)
        first = Question(prompt=prompt, schema=schema(part))
        reply, answer = self._asked(first, part)
        self._take(answer, part, given, draft)
        kept, standing, failed = draft.passed, draft.lengths, draft.failed
        problems = _problems(failed, is_form=answer is not None)
        if reply is not None and problems:
            again = replace(first, prompt=self.prompts.again(prompt, problems))
            draft.failed = []
            second, mended = self._asked(again, part)
            self._take(mended, part, given, draft)
            reply, answer, draft.failed = second, mended, failed
        replaced, dropped = self._replace(draft, standing)
        self._fill(draft)
        return Drafted(
            lists={name: tuple(each) for name, each in draft.lists.items()},
            kept=kept,
            repaired=draft.passed - kept,
            replaced=replaced,
            dropped=dropped,
            unanswered=int(reply is None),
            is_kept=reply is not None and reply.ending != "refused",
        )

    def _asked(self, question: Question, part: Part) -> tuple[Reply | None, Said_by_list | None]:
        """Return the reply, and what it says if it is of use."""
        reply = self.ask(question)
        if reply is None or reply.ending != "done":
            return reply, None
        return reply, understood(reply.text, part)

    def _take(self, answer: Said_by_list | None, part: Part, given: Sources, draft: _Draft) -> None:
        """Add what passes to the draft, and note what does not."""
        if answer is None:
            return
        for wanted in part.wanted:
            for number, each in enumerate(answer[wanted.name], start=1):
                if len(draft.lists[wanted.name]) >= wanted.most:
                    break
                if each is None:
                    draft.failed.append(_Failed(wanted=wanted, number=number, reason="form"))
                else:
                    self._weigh(each, wanted, number, given, draft)

    def _weigh(
        self, said: Said, wanted: Wanted, number: int, given: Sources, draft: _Draft
    ) -> None:
        numbers = dict.fromkeys(said.evidence)
        is_there = all(0 < each <= len(given) for each in numbers)
        named = [given[each - 1] for each in numbers] if is_there else []
        evidence = tuple(source.evidence for source in named)
        claim = Claim(
            text=tidied(said.text),
            cited=tuple(source.text for source in named),
            part=_PLACES[wanted.name],
            longest=wanted.longest,
        )
        is_said = claim.text in draft.said
        reason = "repeated" if is_said else self.judge.objection(claim, draft.told)
        if reason:
            failed = _Failed(wanted=wanted, number=number, reason=reason, evidence=evidence)
            draft.failed.append(failed)
            return
        draft.lists[wanted.name].append(_statement(claim, evidence))
        draft.passed += 1

    def _replace(self, draft: _Draft, before: Mapping[str, int]) -> tuple[int, int]:
        """Put quotes in the places of what failed and was not repaired; count them and the rest.

        ``before`` says how many statements stood in each list before the second answer.
        """
        replaced = dropped = 0
        mended = {name: length - before[name] for name, length in draft.lengths.items()}
        for failed in draft.failed:
            name = failed.wanted.name
            if mended[name] > 0:
                mended[name] -= 1
                continue
            quote = next((q for q in map(_quote, failed.evidence) if _may_stand(q, draft)), None)
            if (
                quote
                and failed.reason != "repeated"
                and len(draft.lists[name]) < failed.wanted.most
            ):
                draft.lists[name].append(quote)
                replaced += 1
            else:
                dropped += 1
        return replaced, dropped

    def _fill(self, draft: _Draft) -> None:
        """Put the quotes of the embedded summarizer where nothing stands.

        They are in the place of nothing that the model wrote, so they count for nothing.
        """
        for name, standing in draft.lists.items():
            if not standing:
                standing.extend(self.quotes[name])


def _problems(failed: Sequence[_Failed], *, is_form: bool) -> list[Problem]:
    """Return what the model is told of; that it said something twice is not worth a question."""
    if not is_form:
        return [Problem(reason="form")]
    return [
        Problem(reason=each.reason, field=each.wanted.name, number=each.number)
        for each in failed
        if each.reason != "repeated"
    ]


def _statement(claim: Claim, evidence: tuple[Evidence, ...]) -> Statement:
    if is_quote(claim):
        own = evidence[claim.cited.index(claim.text)]
        return _quote(own)
    return Statement(text=claim.text, evidence=evidence, kind="generated")


def _quote(evidence: Evidence) -> Statement:
    return Statement(text=evidence.sentence, evidence=(evidence,))


def _may_stand(quote: Statement, draft: _Draft) -> bool:
    return len(quote.text) in _FLUENT and quote.text not in draft.told
