"""This module compares what a model said with the sentences that it names for it.

A statement is printed when nothing speaks against it: the detectors of ``evidence`` find nothing,
each of its numbers stands in the named sentences as what it is there, each of its names, and most
of its words. In another language than the paper's, words cannot be compared: ``across`` says what
is demanded instead.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digestgen.evidence import (
    Finding,
    Part,
    Passage,
    examine,
    known_numbers,
    language_of,
    names_not_in_source,
    numbers_not_in_source,
    unsaid,
)
from digestgen.evidence import Sources as Known
from digestgen.model import Lang
from digestgen.summarize.llm.across import is_claim_of_its_own, is_tied
from digestgen.summarize.llm.asked import MOST_EVIDENCE
from digestgen.summarize.llm.figures import numbers_in
from digestgen.summarize.llm.naming import has_foreign_name, has_foreign_term, has_strange_word
from digestgen.summarize.llm.stems import stem, stems
from digestgen.summarize.words import content_words, overlap, words

_SUPPORTED = 0.6  # the share of a statement's words that its sentences have to have
_SAME = 0.8  # the share of common words from which two statements say the same
_SHORTEST: dict[Lang, int] = {"zh": 8, "en": 24}
_LONGEST = 2000  # characters of a text that is looked at; no sentence has as many

_BULLET = re.compile(r"^(?:[-*•]\s+|\(?\d{1,2}[.)、]\s+)")
# Each repetition has a bound, so that "[1][1][1]..." takes no longer than its length.
_CITED = re.compile(
    r"\s{0,3}(?:[\[(（【]\s{0,3}\d{1,3}(?:\s{0,3}[,，、-]\s{0,3}\d{1,3}){0,9}\s{0,3}[\])）】]){1,9}"
    r"(?=[.。]?$)"
)
_BEGUN = re.compile(r"[\w“\"‘'(（《「『$]")
_ENDED = re.compile(r"[.!?。！？][\"”’)）」』]{0,2}$")
_MARKUP = re.compile(
    r"://|\bwww\.|\b(?:javascript|data|vbscript|file|mailto)\s*:|\S@\w*[a-z]{3}|<[a-z/!?%]|\]\s*\(|!\[|&#?\w+;"
    r"|(?:^|\s)>\s*[A-Za-z]|\{\{|\{%|\{#|%\}|\}\}|`|\*\*|__|\\x1b|\\u00|\\033|[a-z]{3,}\.[a-z]{2,}|\w\(\)|[|\\]"
    r"|\b[\w-]+\.(?:com|org|net|io|cn|ai|dev|app|xyz|ru|info|me|co|gov|edu|html?|php|js|exe|sh)\b",
    re.IGNORECASE,
)
# Braces and what prose in English or Chinese is not written with: only where the paper has them.
_RARE = re.compile(
    r"[{}~^\u0250-\u036f\u0400-\u1dff\u2300-\u2fff\u3040-\u33ff\ua000-\ufeff]|\$[({]"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_DENIED = re.compile(
    r"\b(?:not|no|never|cannot|without|neither|nor|none|fails?|failed|unable|lacks?|hardly|barely|scarcely|\w+n['’]t)\b"
    r"|-free\b|\bas is\b",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:un|non)[a-z-]{4,}|[a-z]{2,}less\b|\b(?:missing|absen[ct])", re.IGNORECASE
)
# A digest speaks to nobody, and nobody speaks in it but the authors.
_ADDRESSES = re.compile(
    r"\b(?:(?i:you|yours?|my|please)|I)\b|[您你]|我(?!们)|以下[是为]|如下[:：]|请注意"
)
# What a sentence has to say itself, though it be one of the words that a statement may have beside.
_CHARGES = re.compile(
    r"\b(?:fabricat|falsif|plagiari|fraud|retract|stole|racis|sexis|corrupt|illegal|backdoor|scam"
    r"|state-of-the-art|best\b|unprecedent|unrival|outperform|surpass)",
    re.IGNORECASE,
)
_BEST = re.compile(
    r"\b(?:best|better|state[- ]of[- ]the[- ]art|sota|outperform|surpass|exceed|superior"
    r"|high(?:er|est)|most|lead|top|improv|beat|new|first|optim|lower|few|fast|less|more|than)",
    re.IGNORECASE,
)
# Stems of the words that tell of any paper, and so speak neither for a statement nor against it.
_TELLING = frozenset(
    """
    accor achie appro attai autho compa contr demon devel evalu exper facto findi frame illus
    impro indic intro inves metho model novel obtai outpe overa paper perfo prese propo provi
    reach reduc relat repor resul revea show showi shown studi study sugge techn work yield
    """.split()  # noqa: SIM905 - a list of quoted stems is worse to read
)
# What the findings of the detectors mean to a model that is asked again.
_MEANS = {
    "number-not-in-source": "number",
    "name-not-in-source": "name",
    "unsupported-link": "markup",
    "active-html": "markup",
    "template-tag": "markup",
    "invisible-character": "markup",
    "latex-leak": "markup",
    "citation-leak": "markup",
    "wrong-language": "language",
    "repetition": "repeated",
    "run-on-sentence": "length",
    "over-length": "length",
    "truncated": "unfinished",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of a model, tidied, with the exact sentences that it names."""

    text: str
    cited: tuple[str, ...]
    part: Part
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Who compares: the paper's own words, the language to write in, and what was told already.

    ``asked`` are the instructions, which no statement may repeat.
    """

    known: Known
    lang: Lang
    paper_lang: Lang | None
    asked: str

    def objection(self, claim: Claim, told: Collection[str]) -> str:
        """Return what speaks against a statement, as a reason; empty when nothing does."""
        if not 0 < len(claim.cited) <= MOST_EVIDENCE:
            return "evidence"
        if len(claim.text) > _LONGEST:
            return "length"
        if any(_same(claim.text, other) for other in told):
            return "repeated"
        if is_quote(claim):
            return "language" if self._is_foreign(claim.text) else ""
        checks = (self._form, self._findings, self._figures, self._names, self._support)
        return next(filter(None, (check(claim) for check in checks)), "")

    def _form(self, claim: Claim) -> str:
        text = claim.text
        longest = claim.longest // 2 if self.lang == "zh" else claim.longest
        if not _SHORTEST[self.lang] <= len(text) <= longest:
            return "length"
        if not (_BEGUN.match(text) and _ENDED.search(text)):
            return "unfinished"
        if _MARKUP.search(text) or not text.isprintable() or _rare(text, claim.cited):
            return "markup"
        if self._is_foreign(text):
            return "language"
        return "talk" if _ADDRESSES.search(text) or _echoes(text, self.asked) else ""

    def _is_foreign(self, text: str) -> bool:
        return language_of(text) != self.lang

    def _findings(self, claim: Claim) -> str:
        passage = Passage(text=claim.text, part=claim.part, lang=self.lang)
        found: Sequence[Finding] = examine(passage, self.known)
        found = found or examine(
            passage,
            self._cited(claim),
            detectors=(numbers_not_in_source, names_not_in_source),
        )
        return _MEANS.get(found[0].rule, "talk") if found else ""

    def _figures(self, claim: Claim) -> str:
        """Object to every number that the sentences do not name, or not as a share, a factor."""
        cited = " ".join(claim.cited)
        known = known_numbers(self._cited(claim)).all
        found = numbers_in(claim.text, but=words(cited))
        is_absent = any(not values & known for values in found)
        return "number" if is_absent or unsaid(claim.text, cited) else ""

    def _names(self, claim: Claim) -> str:
        """Object to names of people and places that came from elsewhere."""
        cited, title = " ".join(claim.cited), self.known.title
        is_foreign = has_foreign_name(claim.text, cited, title)
        if self._is_across:
            is_foreign = is_foreign or has_foreign_term(claim.text, cited)
        else:
            is_foreign = is_foreign or has_strange_word(claim.text, cited, self.known)
        return "name" if is_foreign else ""

    @property
    def _is_across(self) -> bool:
        return self.lang != (self.paper_lang or self.lang)

    def _support(self, claim: Claim) -> str:
        cited = " ".join(claim.cited)
        if self._is_across:
            is_held = is_tied(claim.text, cited, self.known)
            is_held = is_held and not is_claim_of_its_own(claim.text, cited)
            return "" if is_held else "support"
        known = stems(f"{cited} {self.known.title}")
        stated = [word for word in content_words(claim.text) if stem(word) not in _TELLING]
        share = sum(stem(word) in known for word in stated) / len(stated) if stated else 0.0
        is_turned = _denies(claim.text, cited) or _denies(cited, claim.text)
        is_held = share >= _SUPPORTED and not is_turned
        return "" if is_held and not _charges(claim.text, cited) else "support"

    def _cited(self, claim: Claim) -> Known:
        return Known(title=self.known.title, texts=claim.cited, is_whole=True)


def tidied(text: str) -> str:
    """Return a statement without a bullet before it and the numbers of its sentences behind it."""
    return _CITED.sub("", _BULLET.sub("", text)).strip()


def is_quote(claim: Claim) -> bool:
    """Tell whether a statement is one of its sentences, word for word and whole."""
    return claim.text in claim.cited


def _rare(text: str, cited: Sequence[str]) -> bool:
    """Tell whether a text has a sign that is rare in prose and that its sentences do not have."""
    return any(not any(sign in other for other in cited) for sign in _RARE.findall(text))


def _denies(text: str, other: str) -> bool:
    """Tell whether a text denies something where another has no word that does: "unlabeled"."""
    return bool(_DENIED.search(text)) and not (_DENIED.search(other) or _WITHOUT.search(other))


def _charges(text: str, cited: str) -> bool:
    """Tell whether a text accuses or praises where its sentences do not."""
    told, praised = cited.lower(), _BEST.search(cited)
    return any(
        not (praised if _BEST.match(word) else word in told)
        for word in map(str.lower, _CHARGES.findall(text))
    )


def _same(text: str, other: str) -> bool:
    return text == other or overlap(content_words(text), content_words(other)) >= _SAME


def _echoes(text: str, asked: str) -> bool:
    """Tell whether a text repeats a run of the instructions: six words, or twelve of Chinese."""
    said, told = words(text), " ".join(words(asked))
    long = 12 if _HAN.search(text) else 6
    runs = (" ".join(said[i : i + long]) for i in range(len(said) - long + 1))
    return any(f" {run} " in f" {told} " for run in runs)
