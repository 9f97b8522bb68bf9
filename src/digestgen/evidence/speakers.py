"""This module finds who speaks in a digest, and to whom: it has no "I" and no "you".

A paper says "we"; a model that talks says "I", and "you" to whoever asked. Symbols, numerals and
names look like these words, so each counts only where a sentence could have it.
"""

import re
from collections.abc import Iterator

from digestgen.evidence.values import Finding, Part, Passage, Sources

# Names of people and terms, where such words are parts of names.
_NAMES: frozenset[Part] = frozenset({"title", "authors", "affiliation", "keywords"})
_QUOTED = re.compile(
    r"“[^“”\n]*”|\"[^\"\n]*\"|「[^「」\n]*」|『[^『』\n]*』|《[^《》\n]*》|‘[^‘’\n]*’|`[^`\n]*`|\$[^$\n]*\$"
    r"|(?<!\w)'[^'\n]*'(?!\w)"
)
_CHINESE = re.compile(
    r"(?<![自忘无本唯超大小敌真])我(?![们国方校院军党省市]|的世界)|(?<!迷)你(?!画我猜)|(?<!随)您|咱"
)
_CLAUSE = (
    r"(?:^|(?<=[.!?,;:(\n]\s)|(?<=[—\n(])"
    r"|(?<=\b(?:so|as|if)\s)|(?<=\b(?:and|but)\s)|(?<=\b(?:that|what|when)\s)"
    r"|(?<=\bsince\s)|(?<=\bthough\s)|(?<=\bbecause\s))"
)
# "where I denotes", "I of the image", "I is": a symbol. The verb of a speaker has no ending.
_ENGLISH = re.compile(
    rf"{_CLAUSE}I(?=\s(?!(?:of|in|to|for|from|with|is|as|and|or|at|on|by|the|into|be|are)\b)"
    r"(?:was\b|(?:discuss|guess|always)\b|[a-z']+(?<!s)(?![\w'])))"
    r"|(?<![\w-])(?:I['’](?:m|ve|d|ll)|[Ll]et['’]s|me|[Mm]y|you|your|yours)(?![\w-])"
    r"|(?<![\w-])Your?(?=\s(?:can|may|will|should|could|are|have|want|need|might|must|would)\b|['’])",
    re.MULTILINE,
)
# Papers on dialogue speak of those who are spoken to.
_OF_SPEAKERS = re.compile(
    r"\b(?:users?|persona|prompts?|asks?|asking|questions?|dialogues?|pronouns?|player)\b"
    r"|用户|提示词|人称|代词|对话|玩家|角色",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。！？!?\n]+?(?:[。！？!?]|\.(?=\s)|(?=\n)|$)")


def speakers(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find sentences that an "I" says, or that are said to a "you"."""
    # A text of no paper may be about anything, and by anyone.
    if passage.part in _NAMES or (passage.part == "other" and not sources.is_known):
        return
    text = _QUOTED.sub(lambda match: "·" * len(match[0]), passage.text)
    for sentence in _SENTENCE.finditer(text):
        for match in (m for p in (_CHINESE, _ENGLISH) for m in p.finditer(sentence[0])):
            start, end = sentence.start() + match.start(), sentence.start() + match.end()
            said = passage.text[sentence.start() : sentence.end()]
            if _is_theirs(passage.text, start, end, sources) or sources.quote(said):
                continue
            is_told = _OF_SPEAKERS.search(said)
            yield Finding(
                rule="instruction-echo",
                start=start,
                end=end,
                message=f"a digest has no {match[0]!r}: {said.strip()[:60]!r}",
                level="warning" if is_told else "error",
            )
            break  # one tells enough of a sentence


def _is_theirs(text: str, start: int, end: int, sources: Sources) -> bool:
    """Tell whether the paper says the word with what follows it, or with what stands before."""
    after = re.match(r"\s*(?:[A-Za-z]+|[\u3400-\u9fff]{1,2})", text[end : end + 40])
    before = re.search(r"(?:[A-Za-z]+|[\u3400-\u9fff]{2})\s*$", text[max(0, start - 40) : start])
    return (after is not None and sources.hold(text[start : end + after.end()])) or (
        before is not None and sources.hold(before[0] + text[start:end])
    )
