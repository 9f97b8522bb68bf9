"""This module tells which language a text is written in, and what is in the wrong one."""

import re
from collections.abc import Iterator

from digestgen.evidence.values import Finding, Passage, Sources
from digestgen.model import Lang

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
# Words that hold an English sentence together; names and terms among Chinese have none of them.
_ENGLISH = re.compile(
    r"\b(?:the|a|an|of|and|to|in|is|are|for|with|that|this|we|on|by|as|from|our|it|which)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_GLOSS = re.compile(r"[(（][^()（）]*[)）]")
_FEWEST_WORDS = 8


def language_of(text: str) -> Lang | None:
    """Return the language of a text, None when there is too little of it to tell."""
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    if han >= 4 and han >= words:
        return "zh"
    if words >= 3 and words > han:
        return "en"
    return "zh" if han and not words else None


def wrong_language(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find sentences in another language than they should be; quotes stay in the paper's."""
    if passage.part == "keywords":
        yield from _translated_keywords(passage, sources)
        return
    if passage.lang is None or passage.part in ("title", "authors", "affiliation", "links"):
        return
    for line in _LINE.finditer(passage.text):
        if _is_foreign(line[0], passage.lang) and not _is_quote(line[0], sources):
            wanted = {"zh": "Chinese", "en": "English"}[passage.lang]
            yield Finding(
                rule="wrong-language",
                start=line.start(),
                end=line.end(),
                message=f"not in {wanted}, and no quote from the paper: {line[0].strip()[:60]!r}",
                level="warning",
            )


def _is_foreign(line: str, wanted: Lang) -> bool:
    han, words = len(_HAN.findall(line)), len(_WORD.findall(line))
    if wanted == "zh":
        return han * 4 < words and words >= _FEWEST_WORDS and len(_ENGLISH.findall(line)) >= 2
    return han > _FEWEST_WORDS and han > words


def _is_quote(line: str, sources: Sources) -> bool:
    text = re.sub(r"^\s*(?:[-*+•]|[(（]?\d{1,2}[)）.、])*\s*", "", line)
    pieces = [piece for piece in re.split(r"(?<=[.!?。！？])\s*", text) if len(piece) > 20]
    known = sum(sources.hold(piece.strip().rstrip(".")) for piece in pieces)
    return bool(pieces) and known * 2 >= len(pieces)


def _translated_keywords(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find keywords that are not in the language of the paper, in which readers search."""
    paper = language_of(f"{sources.title} {' '.join(sources.texts)}")
    bare = _GLOSS.sub("", passage.text).strip()
    han, words = len(_HAN.findall(bare)), len(_WORD.findall(bare))
    if paper == "en" and han > 3 and han > words * 2:
        yield Finding(
            rule="wrong-language",
            start=0,
            end=len(passage.text),
            message=f"keywords of an English paper in Chinese: {bare[:60]!r}",
            level="warning",
        )
