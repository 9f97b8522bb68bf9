"""This module judges a digest as a whole: what it lacks, says again, or says of another paper."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from digestgen.evidence.languages import language_of
from digestgen.evidence.values import (
    EIGHT_PARTS,
    FIELDS,
    Finding,
    Part,
    Passage,
    Sources,
    without_absence,
)

NAMES: dict[Part, str] = {
    "gist": "one-line summary",
    "takeaways": "key takeaways",
    "title": "1 title",
    "authors": "2 authors",
    "affiliation": "3 affiliation",
    "keywords": "4 keywords",
    "links": "5 links",
    "summary": "6 summary",
    "background": "6 (1) background",
    "past_methods": "6 (2) past methods",
    "proposed_method": "6 (3) proposed method",
    "task_and_performance": "6 (4) task and performance",
    "methods": "7 methods",
    "conclusion": "8 conclusion",
    "other": "text without a label",
}
# What one absence takes away together.
_GROUPS: tuple[tuple[Part, ...], ...] = (
    ("gist",),
    ("takeaways",),
    ("title", "authors", "affiliation", "keywords", "links"),
    ("summary", "background", "past_methods", "proposed_method", "task_and_performance"),
    ("methods",),
    ("conclusion",),
)
MOST_TAKEAWAYS = 8
_ITEM = re.compile(r"^[ \t]*(?:[-*+•][ \t]+|(?P<number>\d{1,3})[.、)）][ \t]*)\S", re.MULTILINE)
_SENTENCE = re.compile(r"[^。！？!?\n]{24,}")
_LATIN_TERM = re.compile(r"[A-Za-z][A-Za-z-]{3,}")
_FEWEST_TERMS = 8
_ENOUGH_WORDS = 60  # of the paper, before a text that shares few of them is strange
# Sub-parts of the summary; each of them has text of its own.
_MAY_COME_AGAIN: frozenset[Part] = frozenset(
    {"other", "links", "background", "past_methods", "proposed_method", "task_and_performance"}
)
_HOLDERS: frozenset[Part] = frozenset({"summary"})


def missing_parts(
    passages: Sequence[Passage], _: Sources, expected: Sequence[Part] = EIGHT_PARTS
) -> Iterator[tuple[int, Finding]]:
    """Find parts that are expected and not there, or there and empty."""
    there = {passage.part for passage in passages}
    for group in _GROUPS:
        missing = [part for part in group if part in expected and part not in there]
        if missing:
            said = ", ".join(NAMES[part] for part in missing)
            yield _place_before(missing[0], passages), _absent(f"there is no part: {said}")
    for index, passage in enumerate(passages):
        if not passage.text.strip(" \n\t:：*#-。.") and passage.part not in _HOLDERS:
            name = NAMES[passage.part]
            yield index, _absent(f"the part is empty: {name}", len(passage.text))


def repeated_parts(passages: Sequence[Passage], _: Sources) -> Iterator[tuple[int, Finding]]:
    """Find a part that is given twice."""
    seen: set[Part] = set()
    for index, passage in enumerate(passages):
        if passage.part in seen and passage.part not in _MAY_COME_AGAIN:
            said = f"the part {NAMES[passage.part]!r} is given a second time"
            yield index, _finding("section-duplication", said, len(passage.text))
        seen.add(passage.part)


def repeated_sentences(
    passages: Sequence[Passage], sources: Sources
) -> Iterator[tuple[int, Finding]]:
    """Find sentences that a digest writes twice; a quote may stand wherever it fits."""
    seen: dict[str, int] = {}
    for index, passage in enumerate(passages):
        if passage.part in FIELDS:
            continue
        for match in _SENTENCE.finditer(without_absence(passage).text):
            key = re.sub(r"[\W_]+", "", match[0]).casefold()[-60:]
            first = seen.setdefault(key, index)
            if len(key) >= 20 and first != index and not sources.quote(match[0]):
                found = _finding(
                    "section-duplication",
                    f"stands word for word in {NAMES[passages[first].part]!r} as well: "
                    f"{match[0].strip()[:40]!r}",
                    match.end(),
                    start=match.start(),
                )
                yield index, found
                break


def takeaways(passages: Sequence[Passage], _: Sources) -> Iterator[tuple[int, Finding]]:
    """Find lists of takeaways that are too long, or do not begin at the beginning."""
    for index, passage in enumerate(passages):
        if passage.part != "takeaways":
            continue
        items = list(_ITEM.finditer(passage.text))
        if len(items) > MOST_TAKEAWAYS:
            said = f"{len(items)} takeaways, at most {MOST_TAKEAWAYS} can be read"
            yield index, _finding("takeaway-count", said, len(passage.text))
        numbers = [int(item["number"]) for item in items if item["number"]]
        if numbers and numbers[0] > 1:
            said = f"the list begins at {numbers[0]}: what came before it is lost"
            yield (
                index,
                _finding("list-starts-midway", said, items[0].end(), start=items[0].start()),
            )
        elif any(later - earlier > 1 for earlier, later in pairwise(numbers)):
            said = "the list skips a number: an item is lost"
            yield index, _finding("list-starts-midway", said, len(passage.text))


def other_paper(passages: Sequence[Passage], sources: Sources) -> Iterator[tuple[int, Finding]]:
    """Find a digest that shares hardly a term with the paper that it stands under."""
    if not passages or not sources.is_known:
        return
    prose = [passage.text for passage in passages if passage.part not in ("authors", "links")]
    if len(sources.words) < _ENOUGH_WORDS and language_of(" ".join(prose)) != "zh":
        return  # in English all words are terms, and a short abstract has few of them
    terms = {term.casefold() for text in prose for term in _LATIN_TERM.findall(text)}
    known = {term for term in terms if sources.words.intersection(term.split("-"))}
    if len(terms) >= _FEWEST_TERMS and len(known) * 10 < len(terms):
        said = f"of {len(terms)} terms the paper has only {len(known)}: another paper's digest?"
        yield (
            0,
            Finding(
                rule="other-paper", start=0, end=len(passages[0].text), message=said, level="error"
            ),
        )


def _place_before(part: Part, passages: Sequence[Passage]) -> int:
    """Return the last passage that stands before the gap."""
    order = ("gist", "takeaways", *EIGHT_PARTS)
    earlier = [i for i, p in enumerate(passages) if p.part in order[: order.index(part)]]
    return earlier[-1] if earlier else 0


def _absent(said: str, end: int = 0) -> Finding:
    return Finding(rule="missing-section", start=0, end=end, message=said)


def _finding(rule: str, said: str, end: int, *, start: int = 0) -> Finding:
    return Finding(rule=rule, start=start, end=end, message=said, level="warning")
