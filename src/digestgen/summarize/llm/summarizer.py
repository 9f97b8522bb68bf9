"""This module is the summarizer that lets a language model write, and checks what it wrote.

Title, authors, institutions, links, ids, keywords and counted facts never come from the model.
Each part that it does not fill with what can be proved is filled as the embedded summarizer does.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digestgen.config import LlmSettings, Secret
from digestgen.errors import ConfigError
from digestgen.evidence import language_of, sources_of
from digestgen.model import Checks, Depth, Lang, Paper, Provenance, Section, Statements, Summary
from digestgen.ports import Options, Tools
from digestgen.report import Estimate, Usage
from digestgen.summarize.extractive import Extractive
from digestgen.summarize.llm.asked import PARTS, Part, schema
from digestgen.summarize.llm.asking import ANSWER_DEPENDS_ON, Model
from digestgen.summarize.llm.checks import Judge
from digestgen.summarize.llm.drafting import Drafted, Drafter
from digestgen.summarize.llm.prompts import Prompts, Render
from digestgen.summarize.llm.reading import Sources, chosen, sources
from digestgen.summarize.llm.spending import cost
from digestgen.summarize.llm.tokens import asked_tokens
from digestgen.summarize.llm.wire import Question

# It keys the memo: raise it when equal answers of a model would give another summary.
_VERSION = "llm-2"
_AGAIN = 300  # tokens kept free for saying what was wrong
_TOO_LITTLE = 400  # tokens; less is no room for an abstract
_SHORT_ANSWER = 150  # tokens of an answer that says little
_PROBE = ("A sentence.",)


def create(options: Options, tools: Tools) -> "Llm":
    """Return the summarizer; ``settings`` are those of the table ``[llm]``, ``key`` the secret.

    Raises:
        ConfigError: the settings name no server or model, or do not fit together.
    """
    settings, key = options.get("settings"), options.get("key", Secret(""))
    assert isinstance(settings, LlmSettings)
    assert isinstance(key, Secret)
    for name in ("base_url", "model"):
        if not getattr(settings, name):
            raise ConfigError(
                f"llm.{name}: is not set",
                hint=f"set DIGESTGEN_LLM_{name.upper()}, or {name} in the table [llm]",
            )
    if not key.reveal().isascii() or not key.reveal().isprintable():
        raise ConfigError("the key for llm has characters that no key has", hint="copy it anew")
    model = Model(settings, key, http=tools.http, memo=tools.memo, progress=tools.progress)
    return Llm(settings=settings, model=model, prompts=tools.prompt, lang="zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Llm:
    """See `ports.Summarizer`, `ports.MultilingualSummarizer` and `ports.MeteredSummarizer`."""

    settings: LlmSettings
    model: Model
    prompts: Render
    lang: Lang

    @property
    def fingerprint(self) -> str:
        """See `ports.Summarizer`."""
        told = self._prompts().fingerprint()
        how = {name: getattr(self.settings, name) for name in (*ANSWER_DEPENDS_ON, "context")}
        text = json.dumps([told, how, Extractive.fingerprint], sort_keys=True)
        return f"{_VERSION}-{self.lang}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    @property
    def usage(self) -> Usage:
        """See `ports.MeteredSummarizer`."""
        return self.model.usage()

    def in_language(self, lang: Lang) -> "Llm":
        """See `ports.MultilingualSummarizer`.

        Raises:
            ConfigError: the questions in this language leave no room for a paper.
        """
        return replace(self, lang=lang).fitting()

    def summarize(self, paper: Paper, sections: tuple[Section, ...]) -> Summary:
        """See `ports.Summarizer`."""
        quoted = Extractive().summarize(paper, sections)
        known = sources(paper, sections)
        drafter = self._drafter(paper, known, quoted)
        read: set[int] = set()
        drafts: list[Drafted] = []
        for part in PARTS:
            given = chosen(known, part.reads, room=self._room())
            read |= {id(source) for source in given}
            draft = drafter.draft(part, given, said=_written(drafts))
            if draft.is_kept:
                self.model.keep_part(self._part_name(paper, quoted.written_by.input, part))
            drafts.append(draft)
        checks = _checks(drafts, read=len(read), sentences=len(known))
        if not checks.kept + checks.repaired:
            # Who said nothing that holds has chosen nothing well either, and the block will say
            # that the embedded summarizer made it.
            dropped = checks.dropped + checks.replaced
            checks = replace(checks, replaced=0, dropped=dropped)
            return replace(quoted, written_by=self._provenance(quoted, checks))
        return _summary(quoted, drafts, self._provenance(quoted, checks))

    def fitting(self) -> "Llm":
        """Return this summarizer, if its questions leave room for a paper.

        Raises:
            ConfigError: they do not.
        """
        self._room()
        return self

    def estimate(self, papers: Sequence[Paper], depth: Depth) -> Estimate:
        """See `ports.MeteredSummarizer`."""
        todo = [
            (paper, part)
            for paper in papers
            for part in PARTS
            if not self.model.knows(self._part_name(paper, depth, part))
        ]
        least_in = sum(self._least(paper, part) for paper, part in todo)
        least_out = len(todo) * _SHORT_ANSWER
        rounds = 2 * len(todo)
        full = rounds * (self.settings.context - self.settings.max_tokens)
        most_in = full if depth == "full" else 2 * least_in + rounds * _AGAIN
        most_out = rounds * self.settings.max_tokens
        has_prices = bool(self.settings.price_in or self.settings.price_out)
        return Estimate(
            papers=len(papers),
            parts=len(papers) * len(PARTS),
            remembered=len(papers) * len(PARTS) - len(todo),
            least_tokens=least_in + least_out,
            most_tokens=most_in + most_out,
            least_cost=cost(self.settings, least_in, least_out) if has_prices else None,
            most_cost=cost(self.settings, most_in, most_out) if has_prices else None,
        )

    def _part_name(self, paper: Paper, depth: Depth, part: Part) -> str:
        """Name a part of a paper's digest by what is known of it before its text is read."""
        known = [self.fingerprint, paper.id, paper.version, paper.abstract, depth, part.name]
        return hashlib.sha256(json.dumps(known).encode()).hexdigest()

    def _prompts(self) -> Prompts:
        return Prompts(self.prompts, self.lang)

    def _drafter(self, paper: Paper, known: Sources, quoted: Summary) -> Drafter:
        prompts = self._prompts()
        probes = [prompts.ask(part, _PROBE) for part in PARTS]
        judge = Judge(
            known=sources_of(paper, full_text=tuple(source.text for source in known)),
            lang=self.lang,
            paper_lang=language_of(paper.abstract),
            asked=" ".join([probes[0].system, *(probe.message for probe in probes)]),
        )
        names = [wanted.name for part in PARTS for wanted in part.wanted]
        quotes = {name: _statements(quoted, name) for name in names}
        return Drafter(
            ask=self.model.ask,
            prompts=prompts,
            judge=judge,
            quotes=quotes,
        )

    def _least(self, paper: Paper, part: Part) -> int:
        """Return the tokens of a question about a paper of which only the abstract is read."""
        return self._asked_tokens(part, [source.text for source in sources(paper, ())])

    def _asked_tokens(self, part: Part, sentences: Sequence[str]) -> int:
        prompt = self._prompts().ask(part, sentences)
        return asked_tokens(Question(prompt=prompt, schema=schema(part)))

    def _room(self) -> int:
        """Return how many tokens of sentences fit beside the longest question and its answer."""
        longest = max(self._asked_tokens(part, _PROBE) for part in PARTS)
        room = self.settings.context - self.settings.max_tokens - longest - _AGAIN
        if room < _TOO_LITTLE:
            raise ConfigError(
                f"llm.context: {self.settings.context} tokens leave no room for a paper beside "
                f"answers of {self.settings.max_tokens}",
                hint="lower llm.max_tokens, or use a model with a larger context",
            )
        return room

    def _provenance(self, quoted: Summary, checks: Checks) -> Provenance:
        """Say who wrote it: a digest in which nothing of the model is left was quoted."""
        is_written = checks.kept + checks.repaired > 0
        return Provenance(
            method="llm" if is_written else quoted.written_by.method,
            fingerprint=self.fingerprint,
            input=quoted.written_by.input,
            model=self.settings.model,
            checks=checks,
        )


def _statements(summary: Summary, name: str) -> Statements:
    found = getattr(summary, name)
    return found if isinstance(found, tuple) else (found,)


def _written(drafts: Sequence[Drafted]) -> frozenset[str]:
    """Return what a model wrote so far; a quote may stand wherever it fits."""
    return frozenset(
        each.text
        for draft in drafts
        for statements in draft.lists.values()
        for each in statements
        if each.kind == "generated"
    )


def _checks(drafts: Sequence[Drafted], *, read: int, sentences: int) -> Checks:
    return Checks(
        kept=sum(draft.kept for draft in drafts),
        repaired=sum(draft.repaired for draft in drafts),
        replaced=sum(draft.replaced for draft in drafts),
        dropped=sum(draft.dropped for draft in drafts),
        unanswered=sum(draft.unanswered for draft in drafts),
        read=read,
        sentences=sentences,
    )


def _summary(quoted: Summary, drafts: Sequence[Drafted], written_by: Provenance) -> Summary:
    lists = {name: each for draft in drafts for name, each in draft.lists.items()}
    return replace(
        quoted,
        gist=lists["gist"][0],
        takeaways=lists["takeaways"],
        background=lists["background"],
        past_methods=lists["past_methods"],
        proposed_method=lists["proposed_method"],
        task_and_performance=lists["task_and_performance"],
        methods=lists["methods"],
        significance=lists["significance"],
        innovation=lists["innovation"],
        performance=lists["performance"],
        written_by=written_by,
    )
