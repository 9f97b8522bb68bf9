"""This module compares the digests in a post with what is known of their papers."""

from collections import Counter
from collections.abc import Iterator, Sequence

from digestgen.evidence import (
    EIGHT_PARTS,
    PASSAGE_DETECTORS,
    Finding,
    Part,
    Passage,
    Sources,
    examine,
    examine_digest,
    language_of,
    sources_of,
)
from digestgen.evidence.characters import (
    active_html,
    invisible_characters,
    template_tags,
    tex_source,
)
from digestgen.lint.papers import Block
from digestgen.lint.parts import Section
from digestgen.lint.plain import Plain, plain
from digestgen.lint.values import File, Mark, Records
from digestgen.model import Lang

_FORM_PARTS: tuple[Part, ...] = ("title", "authors", "affiliation", "keywords", "links", "methods")
_HEAD_PARTS: tuple[Part, ...] = ("gist", "takeaways")
# What a text is made of is looked at once for the whole file, in `markup`.
_DETECTORS = tuple(
    detector
    for detector in PASSAGE_DETECTORS
    if detector not in (active_html, invisible_characters, template_tags)
)


def digest_marks(blocks: Sequence[Block], records: Records) -> Iterator[Mark]:
    """Find what is wrong with the digests of a post; ``records`` are used where there are any."""
    expected = _expected(blocks)
    lang = _language(blocks)
    for block in blocks:
        paper = records.papers.get(block.id or "")
        sources = block.sources_with(paper, sources_of(paper) if paper else None)
        yield from _of_block(block, sources, expected, lang)
        yield from _of_abstract(block)


def text_marks(file: File) -> Iterator[Mark]:
    """Find untruths of a text that is cut into no papers: only those that need no source."""
    text = plain(file.text, file.body_start)
    nothing = Sources()
    for finding in examine(Passage(text=text.text), nothing, detectors=_DETECTORS):
        yield _mark(finding, text, None)


def _of_block(
    block: Block, sources: Sources, expected: Sequence[Part], lang: Lang | None
) -> Iterator[Mark]:
    sections = block.sections.all
    texts = [plain(block.file.text, section.start, section.end) for section in sections]
    passages = [
        Passage(text=text.text, part=section.part, lang=lang)
        for section, text in zip(sections, texts, strict=True)
    ]
    # What digestgen's own labels cut off, such as "In Detail", holds nothing.
    kept = [i for i, p in enumerate(passages) if p.text.strip() or p.part != "other"]
    if not kept:
        return
    found = examine_digest(
        [passages[i] for i in kept], sources, expected=expected, detectors=_DETECTORS
    )
    for index, finding in found:
        section, text = sections[kept[index]], texts[kept[index]]
        if finding.rule == "latex-leak" and _is_set(finding, text, block):
            continue
        if finding.rule == "missing-section":
            yield _absent(finding, section, block)
        else:
            yield _mark(finding, text, block.id)


def _of_abstract(block: Block) -> Iterator[Mark]:
    """Find TeX in the paper's own words that the page will not set."""
    for finding in tex_source(Passage(text=block.header.text), Sources()):
        if not _is_set(finding, block.header, block):
            yield _mark(finding, block.header, block.id)


def _is_set(finding: Finding, text: Plain, block: Block) -> bool:
    """Tell whether TeX was written for Markdown, with its backslashes escaped: a page sets it."""
    raw = block.file.text[text.raw(finding.start) : text.raw(finding.end)]
    return "\\\\" in raw or "\\`" in raw


def _mark(finding: Finding, text: Plain, paper: str | None) -> Mark:
    start = text.raw(finding.start)
    lead = len(text.text[finding.start : finding.end]) - len(
        text.text[finding.start : finding.end].lstrip()
    )
    if lead and lead < finding.end - finding.start:
        start = text.raw(finding.start + lead)
    return Mark(
        rule=finding.rule,
        start=start,
        end=max(start, text.raw(max(finding.end - 1, finding.start)) + 1),
        message=finding.message,
        level=finding.level,
        paper=paper,
    )


def _absent(finding: Finding, section: Section, block: Block) -> Mark:
    """Point at the label of an empty part, else at the heading of the paper."""
    is_empty = "is empty:" in finding.message and section.label is not None
    start = section.label.start if is_empty and section.label else block.title_start
    return Mark(
        rule=finding.rule,
        start=start,
        end=start,
        message=finding.message,
        level=finding.level,
        paper=block.id,
    )


def _expected(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Return the parts that a paper of this post should have.

    A part that is numbered 7 or 8, or most of a form, tells that the post follows the eight parts;
    summary and takeaways are expected when most papers have them.
    """
    parts = [[section.part for section in block.sections.all] for block in blocks]
    numbers = {s.label.number for b in blocks for s in b.sections.all if s.label}
    is_form = bool(numbers & {7, 8}) or any(len(set(p) & set(_FORM_PARTS)) >= 4 for p in parts)
    counts = Counter(part for each in parts for part in set(each))
    head = tuple(part for part in _HEAD_PARTS if counts[part] * 2 > len(blocks))
    return (*head, *(EIGHT_PARTS if is_form else ()))


def _language(blocks: Sequence[Block]) -> Lang | None:
    """Return the language that most sentences of the post's digests are in, quotes apart."""
    votes: Counter[Lang] = Counter()
    for block in blocks:
        for section in block.sections.all:
            if section.part in ("gist", "takeaways", "background", "methods", "conclusion"):
                found = language_of(block.file.text[section.start : section.end])
                if found:
                    votes[found] += 1
    return votes.most_common(1)[0][0] if votes else None
