"""This module adds to the parts of a digest what the full text says and the abstract does not."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from digestgen.summarize import cues
from digestgen.summarize.aspects import Aspect
from digestgen.summarize.lines import FullText, Line, Lines
from digestgen.summarize.parts import Parts
from digestgen.summarize.steps import steps
from digestgen.summarize.words import content_words, overlap

_REPEATS = 0.5  # the share of common words from which a line says what another one has said
_FEW_STEPS = 3  # with fewer the abstract tells the method better than its sections
_OPENING = 0.4  # the share of an introduction that tells of the field, not of the paper


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """Which lines a part takes from which zone, until it has ``most``.

    It takes the first, or those that tell an aspect best: ``by``.
    """

    part: str
    lines: Callable[[FullText], Lines]
    wants: Callable[[Line], bool]
    most: int
    by: Aspect | None = None


def _is_field(line: Line) -> bool:
    is_early = line.place < _OPENING and line.role == "background"
    return is_early and not cues.tells_problem(line.text) and not cues.leans_back(line.text)


def _is_problem(line: Line) -> bool:
    return (
        line.role == "background"
        and cues.tells_problem(line.text)
        and not cues.names_authors(line.text)
        and not cues.leans_back(line.text)
    )


def _is_proposal(line: Line) -> bool:
    return cues.proposes(line.text) and not cues.continues(line.text)


def _is_measured(line: Line) -> bool:
    return cues.measures(line.text) and cues.compares(line.text) and _stands_alone(line)


def _is_finding(line: Line) -> bool:
    return cues.reports_results(line.text) and cues.compares(line.text) and _stands_alone(line)


def _is_meaning(line: Line) -> bool:
    # "These findings open ..." may lean back: at the end, they are those of the paper.
    return cues.tells_significance(line.text) and not cues.continues(line.text)


def _is_novel(line: Line) -> bool:
    return cues.names_authors(line.text) and cues.tells_innovation(line.text)


def _is_own(line: Line) -> bool:
    return cues.names_authors(line.text) and _stands_alone(line)


def _stands_alone(line: Line) -> bool:
    return not cues.leans_back(line.text) and not cues.continues(line.text)


_RULES = (
    _Rule(part="background", lines=lambda full: full.introduction, wants=_is_field, most=3),
    _Rule(
        part="past_methods",
        lines=lambda full: full.introduction,
        wants=_is_problem,
        most=4,
        by="challenge",
    ),
    _Rule(
        part="proposed_method",
        lines=lambda full: full.introduction,
        wants=_is_proposal,
        most=3,
        by="approach",
    ),
    _Rule(part="innovation", lines=lambda full: full.introduction, wants=_is_novel, most=3),
    _Rule(part="performance", lines=lambda full: full.closing, wants=_is_measured, most=4),
    _Rule(part="performance", lines=lambda full: full.results, wants=_is_measured, most=4),
    _Rule(part="performance", lines=lambda full: full.closing, wants=_is_finding, most=3),
    _Rule(part="significance", lines=lambda full: full.closing, wants=_is_meaning, most=3),
    # A conclusion that claims no meaning still tells what the paper leaves behind.
    _Rule(
        part="significance", lines=lambda full: full.closing, wants=_is_own, most=1, by="outcome"
    ),
    _Rule(
        part="task_and_performance",
        lines=lambda full: full.results,
        wants=lambda line: _is_finding(line) and _is_own(line),
        most=2,
    ),
)


def with_full_text(parts: Parts, full: FullText, *, known: Lines, about: frozenset[str]) -> Parts:
    """Return the parts with further lines; none repeats one of ``known`` or of any part."""
    chosen: dict[str, Lines] = {field.name: getattr(parts, field.name) for field in fields(Parts)}
    chosen["methods"] = _methods(chosen["methods"], steps(full.method, about))
    told = [content_words(line.text) for line in (*known, *chosen["methods"])]
    for rule in _RULES:
        for line in _in_order(rule, full):
            if len(chosen[rule.part]) >= rule.most:
                break
            words = content_words(line.text)
            if all(overlap(words, other) <= _REPEATS for other in told):
                chosen[rule.part] = (*chosen[rule.part], line)
                told.append(words)
    return Parts(**chosen)


def _methods(told: Lines, found: Lines) -> Lines:
    """Return the steps of the method sections; where they are few, behind those of the abstract."""
    if len(found) >= _FEW_STEPS:
        return found
    known = [content_words(line.text) for line in told]
    new = (
        line
        for line in found
        if all(overlap(content_words(line.text), words) <= _REPEATS for words in known)
    )
    return (*told, *new)


def _in_order(rule: _Rule, full: FullText) -> list[Line]:
    wanted = list(filter(rule.wants, rule.lines(full)))
    aspect = rule.by
    if aspect:
        wanted.sort(key=lambda line: -line.rating(aspect))
    return wanted
