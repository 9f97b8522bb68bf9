"""This module routes the sentences of an abstract into the parts of a digest.

A sentence that says nothing for a part is not bent to fill it: an empty part is honest.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from digestgen.summarize import cues
from digestgen.summarize.roles import Role

_MOST_USES = 2  # in how many parts one sentence may stand
Indexes = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Which sentences stand in which part, in the paper's order; for the names see Summary."""

    background: Indexes
    past_methods: Indexes
    proposed_method: Indexes
    task_and_performance: Indexes
    methods: Indexes
    significance: Indexes
    innovation: Indexes
    performance: Indexes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What belongs into a part. ``shares``: also what stands in another part already."""

    part: str
    wants: Callable[[str, Role], bool]
    most: int = 3
    shares: bool = False


def _is_problem(sentence: str, role: Role) -> bool:
    return role == "background" and cues.tells_problem(sentence)


def _is_background(sentence: str, role: Role) -> bool:
    return role == "background" and not cues.tells_problem(sentence)


def _is_proposal(sentence: str, role: Role) -> bool:
    return role == "objective" or (role == "method" and cues.proposes(sentence))


def _is_measured(sentence: str, role: Role) -> bool:
    return role == "result" and (cues.measures(sentence) or cues.compares(sentence))


def _is_evaluation(sentence: str, role: Role) -> bool:
    return role == "result" and cues.evaluates(sentence)


def _is_innovation(sentence: str, role: Role) -> bool:
    return role not in ("background", "other") and cues.tells_innovation(sentence)


def _is_significance(sentence: str, role: Role) -> bool:
    return role not in ("background", "other") and cues.tells_significance(sentence)


# In the order in which they choose: a part that only one kind of sentence can fill comes first.
_RULES = (
    _Rule(part="past_methods", wants=_is_problem),
    _Rule(part="background", wants=_is_background),
    _Rule(part="proposed_method", wants=_is_proposal, most=2),
    _Rule(part="performance", wants=_is_measured, most=4),
    _Rule(part="significance", wants=_is_significance, most=2),
    _Rule(part="methods", wants=lambda _, role: role == "method", most=8),
    _Rule(part="task_and_performance", wants=_is_evaluation, most=2, shares=True),
    _Rule(part="innovation", wants=_is_innovation, most=2, shares=True),
)


def route(sentences: Sequence[str], roles: Sequence[Role], *, gist: int) -> Parts:
    """Return the parts; the gist opens the proposed method when its role allows."""
    uses: Counter[int] = Counter()
    chosen: dict[str, Indexes] = {field.name: () for field in fields(Parts)}
    order = [gist, *(index for index in range(len(sentences)) if index != gist)]
    for rule in _RULES:
        free = [
            index
            for index in order
            if uses[index] < (_MOST_USES if rule.shares else 1)
            and rule.wants(sentences[index], roles[index])
        ]
        chosen[rule.part] = tuple(sorted(free[: rule.most]))
        uses.update(chosen[rule.part])
    return Parts(**chosen)
