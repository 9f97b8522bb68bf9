"""This module lists the detectors, and runs them.

To add one, write a function like the others and name it here and in ``docs/rules.md``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from digestgen.evidence import (
    characters,
    chatter,
    citations,
    forms,
    instructions,
    languages,
    links,
    names,
    numbers,
    shape,
    slots,
    speakers,
    wholes,
)
from digestgen.evidence.values import (
    EIGHT_PARTS,
    Finding,
    Level,
    Part,
    Passage,
    Sources,
    without_absence,
)

PassageDetector = Callable[[Passage, Sources], Iterator[Finding]]
DigestDetector = Callable[[Sequence[Passage], Sources], Iterator[tuple[int, Finding]]]

PASSAGE_DETECTORS: tuple[PassageDetector, ...] = (
    slots.placeholders,
    forms.empty_values,
    instructions.template_leaks,
    forms.wishes,
    chatter.instruction_echoes,
    speakers.speakers,
    chatter.refusals,
    chatter.meta_commentary,
    numbers.numbers_not_in_source,
    names.authors,
    names.affiliations,
    names.names_not_in_source,
    links.unsupported_links,
    links.denied_links,
    citations.leaked_citations,
    languages.wrong_language,
    shape.repetition,
    shape.run_on_sentences,
    shape.truncated,
    shape.over_length,
    shape.doubled_words,
    characters.invisible_characters,
    characters.template_tags,
    characters.active_html,
    characters.tex_source,
)
DIGEST_DETECTORS: tuple[DigestDetector, ...] = (
    wholes.repeated_parts,
    wholes.repeated_sentences,
    wholes.takeaways,
    wholes.other_paper,
)


def examine(
    passage: Passage,
    sources: Sources,
    *,
    detectors: Sequence[PassageDetector] = PASSAGE_DETECTORS,
) -> tuple[Finding, ...]:
    """Return what is wrong with one passage, in the order of the text."""
    said = without_absence(passage)
    found = (finding for detector in detectors for finding in detector(said, sources))
    return _widest(found)


def _widest(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the text; of two alike the one around the other.

    An error is never left out for a warning.
    """
    kept: list[Finding] = []
    reach: dict[tuple[str, Level], int] = {}
    for finding in sorted(found, key=lambda each: (each.start, -each.end, each.rule)):
        if finding.end > reach.get((finding.rule, finding.level), -1):
            kept.append(finding)
            reach[finding.rule, finding.level] = finding.end
    return tuple(kept)


def examine_digest(
    passages: Sequence[Passage],
    sources: Sources,
    *,
    expected: Sequence[Part] = EIGHT_PARTS,
    detectors: Sequence[PassageDetector] = PASSAGE_DETECTORS,
) -> tuple[tuple[int, Finding], ...]:
    """Return what is wrong with a digest, each with the index of the passage that it is about.

    The passages are examined one by one, and then together. Of a part that is missing the index
    is of the passage before the gap.
    """
    found: list[tuple[int, Finding]] = []
    for index, passage in enumerate(passages):
        own = examine(passage, sources, detectors=detectors)
        found += [(index, finding) for finding in own]
    found += wholes.missing_parts(passages, sources, expected)
    for detector in DIGEST_DETECTORS:
        found += detector(passages, sources)
    return tuple(sorted(found, key=lambda each: (each[0], each[1].start, each[1].rule)))
