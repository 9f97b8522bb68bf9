"""This module compares the papers of a post with each other: labels and languages of one kind."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from digestgen.evidence import EIGHT_PARTS, Part, language_of
from digestgen.lint.labels import is_role
from digestgen.lint.papers import Block
from digestgen.lint.parts import Section
from digestgen.lint.plain import plain
from digestgen.lint.values import Mark

_HEADING = re.compile(r"^#{1,6}[ \t]+\S[^\n]*", re.MULTILINE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_COMPARED: tuple[Part, ...] = ("title", "affiliation")
_FORM = EIGHT_PARTS


def label_marks(blocks: Sequence[Block]) -> Iterator[Mark]:
    """Find labels of one digest in two languages or two forms, and labels that are headings."""
    usual = _usual_form(blocks)
    for block in blocks:
        labels = [s for s in block.sections.all if s.label and s.label.words and s.part in _FORM]
        yield from _mixed_languages(block, labels)
        yield from _headings(block)
        form = _form(labels)
        if usual is not None and form is not None and form != usual:
            said = "bold" if form else "plain"
            yield _label_mark(block, labels[0], f"labels are {said}, those of other papers are not")


def language_marks(blocks: Sequence[Block]) -> Iterator[Mark]:
    """Find titles and institutions in another language than those of the other papers.

    A quote of the paper's own title is none when all papers have it so.
    """
    for part in _COMPARED:
        found = [(b, s) for b in blocks for s in b.sections.all if s.part == part]
        texts = [plain(b.file.text, s.start, s.end).text for b, s in found]
        languages = [
            "zh" if _HAN.search(re.sub(r"[^\w]", "", text)) else language_of(text) for text in texts
        ]
        chinese = languages.count("zh")
        if chinese * 3 < len(found) * 2 or len(found) < 3:
            continue
        for (block, section), language, text in zip(found, languages, texts, strict=True):
            if language == "en":
                yield Mark(
                    rule="wrong-language",
                    start=section.start,
                    end=section.end,
                    message=f"in English, other than those around it: {text.strip()[:60]!r}",
                    level="warning",
                    paper=block.id,
                )


def title_marks(blocks: Sequence[Block]) -> Iterator[Mark]:
    """Find titles with the line breaks of the feed that they came from."""
    for block in blocks:
        found = re.search(r"\S+(?P<space>[ \t]{2,}|\t)\S+", block.title)
        if found:
            yield Mark(
                rule="title-whitespace",
                start=block.title_start + found.start(),
                end=block.title_start + found.end(),
                message=f"white space of a line break: {found[0]!r}",
                paper=block.id,
            )


def _mixed_languages(block: Block, labels: Sequence[Section]) -> Iterator[Mark]:
    # Bold words that begin a statement may have the form of a label, "(1): **Note:** ...".
    named = [
        s
        for s in labels
        if s.label
        and not _is_url(s.label.words)
        and (s.label.piece is None or not is_role(s.label.words, "takeaways"))
    ]
    chinese = [s for s in named if s.label and _HAN.search(s.label.words)]
    english = [s for s in named if s.label and not _HAN.search(s.label.words)]
    fewer = english if len(english) <= len(chinese) else chinese
    if chinese and english:
        words = ", ".join(s.label.words for s in fewer[:8] if s.label)
        yield _label_mark(block, fewer[0], f"labels in two languages: {words}")
    for section in labels:
        if section.label and section.part == "summary":
            rest = block.file.text[section.start : section.end].split("\n", 1)[0]
            if "如下" in rest:
                yield _label_mark(block, section, f"more than a label: {rest.strip()[:40]!r}")


def _is_url(words: str) -> bool:
    # "Urls:" stands in Chinese forms as often as in English ones.
    return words.casefold() in ("url", "urls", "github")


def _headings(block: Block) -> Iterator[Mark]:
    """Find headings inside of a paper's digest: they break the outline of the post."""
    start = block.sections.start
    if all(section.label is None or section.label.is_heading for section in block.sections.all):
        return  # a post whose parts are headings throughout, one paper a page
    for match in _HEADING.finditer(block.file.text[start : block.end]):
        yield Mark(
            rule="heading-inconsistent",
            start=start + match.start(),
            end=start + match.end(),
            message=f"a heading inside of a paper breaks the outline: {match[0][:50]!r}",
            paper=block.id,
        )


def _form(labels: Sequence[Section]) -> bool | None:
    """Tell whether a digest's numbered labels are bold; None when there are too few to tell."""
    numbered = [s.label.is_bold for s in labels if s.label and s.label.number]
    return Counter(numbered).most_common(1)[0][0] if len(numbered) >= 4 else None


def _usual_form(blocks: Sequence[Block]) -> bool | None:
    forms = Counter(
        _form([s for s in b.sections.all if s.label and s.part in _FORM]) for b in blocks
    )
    forms.pop(None, None)
    [*common] = forms.most_common(1)
    return common[0][0] if common and common[0][1] * 2 > sum(forms.values()) else None


def _label_mark(block: Block, section: Section, said: str) -> Mark:
    assert section.label is not None
    return Mark(
        rule="heading-inconsistent",
        start=section.label.start,
        end=section.label.end,
        message=said,
        paper=block.id,
    )
