"""This module finds writing that went out of control: loops, sentences without end, cuts.

All of it takes time in proportion to the text, also when the text was made to be slow.
"""

import re
from collections.abc import Iterator

from digestgen.evidence.values import FIELDS, Finding, Passage, Sources

_HAN = re.compile(r"[\u3400-\u9fff]")
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_CLAUSE_END = re.compile(r"[.!?](?=\s)")
_UNIT = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9]+(?:[-.'][A-Za-z0-9]+)*")
_LOOP = 12  # units in a row that come back
_LOOP_TIMES = 3
_LONG_TEXT = 6_000
_LONGEST_SENTENCE = 120  # characters of Chinese
_LONGEST_CLAUSE = 60  # of them between two commas
_COMMA = re.compile(r"[，,、：:（）()]")
_LONGEST_ENGLISH = 90  # words
_CUT_OFF = re.compile(
    r"[（(\[]?待续[)）\]]?|\[(?:continued|truncated|cut off)\]|(?<=\w)\ufffd+", re.IGNORECASE
)
_DANGLING = re.compile(
    r"[，,、（(\[【“「：:]\s*$|[和与及的以并且而或在对将从]\s*$|\b(?:and|or|the|of|to|with)\s*$"
)
_STOPPED = re.compile(r"[。！？!?.…；;：:”\"’'」』）)\]】》>*_|`～~]\s*$")
_LONG_LINE = 150
_DOUBLED = re.compile(
    r"(?<!的)的的(?!确)(?!的)|(?<!了)了了(?![解然结却断])|(?<!和)和和(?!气)|(?<!在)(?<!实)在在|是是(?!非)|(?<!地)地地(?!道)"
)
_PAIRS = ("的的", "了了", "和和", "在在", "是是", "地地")
_DOUBLED_ENGLISH = re.compile(
    r"\b(the|of|to|and|in|is|we|for|with|on|an|a|The|We|In)\s+(?i:\1)\b(?!\.)"
)
_LONGEST = {"gist": 400, "takeaways": 4_000}


def repetition(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find phrases that come back: in a loop, or twice in one sentence."""
    if passage.part in FIELDS:
        return
    yield from _loops(passage, sources)
    for sentence in _SENTENCE.finditer(passage.text):
        found = _said_twice(sentence[0])
        if found and not sources.quote(sentence[0]):
            yield Finding(
                rule="repetition",
                start=sentence.start(),
                end=sentence.end(),
                message=f"says the same twice in one sentence: {'; '.join(found)}"[:120],
                level="warning",
            )


def run_on_sentences(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find sentences that nobody can read in one breath."""
    if passage.part in FIELDS:
        return
    for sentence in _SENTENCE.finditer(passage.text):
        if len(sentence[0]) <= _LONGEST_CLAUSE:
            continue
        han = len(_HAN.findall(sentence[0]))
        clause = max((len(_HAN.findall(c)) for c in _COMMA.split(sentence[0])), default=0)
        is_long = han > _LONGEST_SENTENCE or clause > _LONGEST_CLAUSE
        if is_long and not sources.quote(sentence[0]):
            said = f"a sentence of {han} characters, {clause} of them without a comma"
        elif han or len(sentence[0]) < _LONGEST_ENGLISH * 3:
            continue
        else:
            longest = max(_CLAUSE_END.split(sentence[0]), key=len)
            if longest.count(" ") <= _LONGEST_ENGLISH or sources.quote(longest):
                continue
            said = f"a sentence of {longest.count(' ') + 1} words"
        yield Finding(
            rule="run-on-sentence",
            start=sentence.start(),
            end=sentence.end(),
            message=f"{said}: {sentence[0].strip()[:50]!r}",
            level="warning",
        )


def truncated(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find text that ends in mid-sentence."""
    if passage.part in FIELDS:
        return
    for match in _CUT_OFF.finditer(passage.text):
        yield _cut(match.start(), match.end(), match[0])
    for line in _LINE.finditer(passage.text):
        text = line[0].rstrip()
        if len(text) < _LONG_LINE or _STOPPED.search(text[-3:]):
            continue
        if len(text) < 2 * _LONG_LINE and not _DANGLING.search(text[-8:]):
            continue
        if not sources.hold(text[-40:]):
            yield _cut(line.start() + max(0, len(text) - 60), line.start() + len(text), text[-40:])


def over_length(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find parts that are longer than their kind."""
    most = _LONGEST.get(passage.part)
    if most and len(passage.text.strip()) > most and not sources.quote(passage.text):
        yield Finding(
            rule="over-length",
            start=0,
            end=len(passage.text),
            message=f"{len(passage.text.strip())} characters, where {most} are plenty",
            level="warning",
        )


def doubled_words(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find words that were written twice: "的的", "the the"."""
    patterns = [_DOUBLED_ENGLISH] if " " in passage.text else []
    patterns += [_DOUBLED] if any(pair in passage.text for pair in _PAIRS) else []
    for match in (match for pattern in patterns for match in pattern.finditer(passage.text)):
        around = passage.text[max(0, match.start() - 6) : match.end() + 6]
        if not sources.hold(around):
            yield Finding(
                rule="doubled-word",
                start=match.start(),
                end=match.end(),
                message=f"a word twice in a row: {around.strip()!r}",
                level="warning",
            )


def _cut(start: int, end: int, text: str) -> Finding:
    return Finding(
        rule="truncated",
        start=start,
        end=end,
        message=f"ends in the middle of a sentence: {text.strip()!r}",
        level="warning",
    )


def _loops(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find a run of units that stands in the passage at least three times."""
    if not _may_loop(passage.text):
        return
    units = list(_UNIT.finditer(passage.text))
    if len(units) < _LOOP * _LOOP_TIMES:
        return
    words = [unit[0].casefold() for unit in units]
    places: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(words) - _LOOP + 1):
        places.setdefault(tuple(words[index : index + _LOOP]), []).append(index)
    covered = -1
    for found in places.values():
        if len(found) < _LOOP_TIMES or found[0] <= covered:
            continue
        start, end = found[0], found[0] + _LOOP - 1
        while end + 1 < len(words) and _still(words, found, end + 1 - found[0]):
            end += 1
        covered = end
        text = passage.text[units[start].start() : units[end].end()]
        if not sources.hold(text):
            yield Finding(
                rule="repetition",
                start=units[start].start(),
                end=units[end].end(),
                message=f"stands here {len(found)} times: {text[:50]!r}",
                # A term may be long, and be named in each of three steps.
                level="error" if end - start >= 2 * _LOOP or len(found) > 4 else "warning",
            )


def _may_loop(text: str) -> bool:
    """Tell quickly whether some characters come three times, as those of a loop do."""
    if len(text) > _LONG_TEXT:
        return True  # counting would take the square of its length
    step = _LOOP // 2
    return any(
        text.count(text[at : at + step]) >= _LOOP_TIMES for at in range(0, len(text) - step, step)
    )


def _still(words: list[str], found: list[int], offset: int) -> bool:
    """Tell whether the unit at ``offset`` is the same after three of the places at least."""
    word = words[found[0] + offset]
    same = sum(i + offset < len(words) and words[i + offset] == word for i in found[:8])
    return same >= _LOOP_TIMES and found[0] + offset < found[1]


def _said_twice(sentence: str) -> list[str]:
    """Return phrases that a sentence holds twice, when they are a good part of it."""
    text = sentence
    if not 24 <= len(text) <= 300:
        return []
    pieces = [text[index : index + 5] for index in range(len(text) - 4)]
    if len(set(pieces)) == len(pieces) or len(_HAN.findall(text)) < 20:
        return []
    found: list[str] = []
    index = 0
    while index < len(text) - 4:
        length = _longest_later(text, index)
        if length:
            found.append(text[index : index + length])
        index += max(1, length)
    covered = sum(map(len, found))
    return found if len(found) > 1 and covered * 5 >= len(text) else []


def _longest_later(text: str, index: int) -> int:
    """Return how many characters from ``index`` stand once more later on, 0 if under five."""
    length = 0
    for end in range(index + 5, min(index + 24, len(text)) + 1):
        piece = text[index:end]
        if not all("\u3400" <= c <= "\u9fff" for c in piece[-1:]) or text.find(piece, end) < 0:
            break
        length = end - index
    return length
