"""This module compares what a model said with the sentences that it names for it.

A statement is printed when nothing speaks against it: the detectors of ``evidence`` find nothing,
and each of its numbers, names and most of its words stand in the named sentences. In another
language than the paper's, words cannot be compared: there every Latin word has to be the
sentences' own, and one of them, or a number, has to be there to compare at all.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digestgen.evidence import Finding, Part, Passage, examine, language_of
from digestgen.evidence import Sources as Known
from digestgen.evidence.names import names_not_in_source
from digestgen.evidence.numbers import known_numbers, numbers_not_in_source
from digestgen.model import Lang
from digestgen.summarize.llm.asked import MOST_EVIDENCE
from digestgen.summarize.llm.figures import mixed_in, numbers_in
from digestgen.summarize.words import content_words, overlap, words

_SUPPORTED = 0.6  # the share of a statement's words that its sentences have to have
_SAME = 0.8  # the share of common words from which two statements say the same
_STEM = 5  # letters that make two forms of a word one: "denoise", "denoising"
_PER_ANCHOR = 24  # characters of Chinese that one term or number may hold together
_SHORTEST: dict[Lang, int] = {"zh": 8, "en": 24}

_BULLET = re.compile(r"^(?:[-*•]\s+|\(?\d{1,2}[.)、]\s+)")
_CITED = re.compile(r"\s*(?:[\[(（【]\s*\d{1,3}(?:\s*[,，、-]\s*\d{1,3})*\s*[\])）】])+(?=[.。]?$)")
_ENDED = re.compile(r"[.!?。！？][\"”’)）」』]{0,2}$")
_MARKUP = re.compile(
    r"://|\bwww\.|\b(?:javascript|data|vbscript|file|mailto)\s*:|\S@\w|<[a-z/!?%]|\]\s*\(|!\[|&#?\w+;"
    r"|(?:^|\s)>\s*[A-Za-z]|\{\{|\{%|\{#|%\}|\}\}|`|\*\*|__|\\x1b|\\u00|\\033|[a-z]{3,}\.[a-z]{2,}|\w\(\)|[|\\]"
    r"|\b[\w-]+\.(?:com|org|net|io|cn|ai|dev|app|xyz|ru|info|me|co|gov|edu|html?|php|js|exe|sh)\b",
    re.IGNORECASE,
)
# What cannot be compared over languages and must not come from a model: who did it, and slander.
_NOT_TO_SAY = re.compile(
    r"大学|学院|研究院|研究所|实验室|公司|集团|教授|博士|院士|[A-Za-z\u4e00-\u9fff]先生|女士"
    r"|撤稿|造假|剽窃|抄袭|微信|加群|扫码|关注公众号"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_NAMED = re.compile(r"(?<=[\w,;:)] )[A-Z][a-z]+")
_DENIED = re.compile(
    r"\b(?:not|no|never|cannot|without|neither|nor|none|fails?|failed|unable|lacks?|\w+n['’]t)\b"
    r"|-free\b|\bas is\b",
    re.IGNORECASE,
)
# A digest speaks to nobody, and nobody speaks in it but the authors.
_ADDRESSES = re.compile(
    r"\b(?:(?i:you|yours?|my|please)|I)\b|[您你]|我(?!们)|以下[是为]|如下[:：]|请注意"
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
        if not _ENDED.search(text):
            return "unfinished"
        if _MARKUP.search(text) or not text.isprintable():
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
        """Object to every number that the sentences do not name, also the small ones."""
        known = known_numbers(self._cited(claim)).all
        found = numbers_in(claim.text, but=words(" ".join(claim.cited)))
        return "number" if any(not values & known for values in found) else ""

    def _names(self, claim: Claim) -> str:
        """Object to names of people and places: words with a capital that came from elsewhere."""
        cited = f"{' '.join(claim.cited)} {self.known.title}"
        own = _stems(cited)
        is_foreign = any(_stem(word.lower()) not in own for word in _NAMED.findall(claim.text))
        is_made_up = any(word.lower() not in cited.lower() for word in mixed_in(claim.text))
        return "name" if is_foreign or is_made_up else ""

    def _support(self, claim: Claim) -> str:
        cited = " ".join(claim.cited)
        if self.lang != (self.paper_lang or self.lang):
            return self._support_across(claim, cited)
        known = _stems(f"{cited} {self.known.title}")
        stated = [word for word in content_words(claim.text) if _stem(word) not in _TELLING]
        share = sum(_stem(word) in known for word in stated) / len(stated) if stated else 0.0
        turned = bool(_DENIED.search(claim.text)) != bool(_DENIED.search(cited))
        return "support" if share < _SUPPORTED or turned else ""

    def _support_across(self, claim: Claim, cited: str) -> str:
        known = _stems(cited)
        stated = [word.lower() for word in _LATIN.findall(claim.text)]
        is_foreign = any(_stem(word) not in known for word in stated)
        if is_foreign or _NOT_TO_SAY.search(claim.text):
            return "name"
        telling = content_words(cited)
        anchors = {word for word in stated if word in telling or _stem(word) in known}
        count = len(anchors) + len(numbers_in(claim.text))
        return "" if count * _PER_ANCHOR >= max(1, len(_HAN.findall(claim.text))) else "support"

    def _cited(self, claim: Claim) -> Known:
        return Known(title=self.known.title, texts=claim.cited, is_whole=True)


def tidied(text: str) -> str:
    """Return a statement without a bullet before it and the numbers of its sentences behind it."""
    return _CITED.sub("", _BULLET.sub("", text)).strip()


def is_quote(claim: Claim) -> bool:
    """Tell whether a statement is one of its sentences, word for word and whole."""
    return claim.text in claim.cited


def _same(text: str, other: str) -> bool:
    return text == other or overlap(content_words(text), content_words(other)) >= _SAME


def _stems(text: str) -> frozenset[str]:
    """Return the words of a text without their ends; those with a hyphen whole and in parts."""
    found = {part for word in words(text) for part in (word, *re.split(r"[-'’]", word))}
    return frozenset(map(_stem, found))


def _stem(word: str) -> str:
    return word[:_STEM] if len(word) > _STEM else word.removesuffix("s")


def _echoes(text: str, asked: str) -> bool:
    """Tell whether a text repeats a run of the instructions: six words, or twelve of Chinese."""
    said, told = words(text), " ".join(words(asked))
    long = 12 if _HAN.search(text) else 6
    runs = (" ".join(said[i : i + long]) for i in range(len(said) - long + 1))
    return any(f" {run} " in f" {told} " for run in runs)
