"""This module runs the rules over posts, and says what is wrong where."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from digestgen.lint import consistency
from digestgen.lint.digests import digest_marks, text_marks
from digestgen.lint.front_matter import front_matter_marks, slug_marks
from digestgen.lint.markup import markup_marks
from digestgen.lint.metadata import metadata_marks
from digestgen.lint.papers import Block, papers_in
from digestgen.lint.rules import RULES
from digestgen.lint.values import File, Mark, Problem, Records
from digestgen.text import squeeze

_LONGEST_EXCERPT = 200
NO_RECORDS = Records()
Wanted = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file and the papers in it."""

    file: File
    blocks: tuple[Block, ...]


def parsed(file: File) -> Parsed:
    """Return a file cut into its papers."""
    return Parsed(file, papers_in(file))


def check_file(file: File, records: Records = NO_RECORDS) -> tuple[Problem, ...]:
    """Return what is wrong with one post, by every rule, in the order of its lines."""
    return check_parsed(parsed(file), records, wanted=RULES.__contains__)


def check_parsed(post: Parsed, records: Records, *, wanted: Wanted) -> tuple[Problem, ...]:
    """Return what is wrong with one post that is cut into its papers already."""
    found = {mark: None for mark in _marks(post, records) if wanted(mark.rule)}
    problems = (problem(mark, post.file) for mark in found)
    return tuple(sorted(problems, key=lambda each: (each.line, each.column, each.rule)))


def problem(mark: Mark, file: File) -> Problem:
    """Return a mark with its place in the file, level and hint."""
    rule = RULES[mark.rule]
    line, column = file.place(min(mark.start, len(file.text)))
    return Problem(
        path=file.path,
        line=line,
        column=column,
        rule=mark.rule,
        level=mark.level or rule.level,
        message=squeeze(mark.message),
        hint=rule.hint,
        paper=mark.paper,
        excerpt=squeeze(file.text[mark.start : mark.end])[:_LONGEST_EXCERPT],
    )


def _marks(post: Parsed, records: Records) -> Iterator[Mark]:
    file, blocks = post.file, post.blocks
    yield from front_matter_marks(file)
    yield from slug_marks(file)
    yield from markup_marks(file, blocks)
    yield from _twice(blocks)
    if not blocks:
        yield from text_marks(file)
        return
    yield from consistency.title_marks(blocks)
    yield from consistency.label_marks(blocks)
    yield from consistency.language_marks(blocks)
    yield from digest_marks(blocks, records)
    yield from metadata_marks(blocks, records)


def _twice(blocks: Iterable[Block]) -> Iterator[Mark]:
    seen: set[str] = set()
    for block in blocks:
        if block.id and block.id in seen:
            start, end = block.title_start, block.title_start + len(block.title)
            said = f"{block.id} stands in this post twice"
            yield Mark(rule="duplicate-paper", start=start, end=end, message=said, paper=block.id)
        seen.add(block.id or "")
