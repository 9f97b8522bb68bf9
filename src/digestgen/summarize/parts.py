"""This module routes the sentences of an abstract into the parts of a digest.

Each part first takes the sentences whose words claim it. One that finds none takes the nearest
thing that the abstract says, and stays empty only when there is nothing of the kind.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from digestgen.summarize import cues
from digestgen.summarize.aspects import Aspect
from digestgen.summarize.labels import Role
from digestgen.summarize.lines import Line, Lines

_MOST_USES = 2  # in how many parts one sentence may stand
_LATE = 0.5  # from this share of the abstract on, a sentence may say what the work is good for


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Which lines stand in which part, in the paper's order; for the names see Summary."""

    background: Lines
    past_methods: Lines
    proposed_method: Lines
    task_and_performance: Lines
    methods: Lines
    significance: Lines
    innovation: Lines
    performance: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A sentence, its role and its place; ``place`` runs from 0 to 1 over the abstract."""

    text: str
    role: Role
    place: float
    is_gist: bool
    is_last: bool  # of those that speak of the authors' own work

    @property
    def is_own(self) -> bool:
        """Tell whether it speaks of what the authors did."""
        return self.role not in ("background", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What belongs into a part: the first ``most`` sentences that it wants, or the last ones.

    ``shares``: also what stands in another part already. ``by``: not the first, but those that
    tell this aspect best.
    """

    part: str
    wants: Callable[[_Sentence], bool]
    most: int = 2
    shares: bool = False
    from_end: bool = False
    by: Aspect | None = None


def _is_gap(sentence: _Sentence) -> bool:
    text = sentence.text
    tells = cues.tells_problem(text) or cues.tells_of_others(text)
    is_answer = cues.answers(text) and cues.names_authors(text)
    return sentence.role == "background" and tells and not is_answer


def _is_problem(sentence: _Sentence) -> bool:
    """Tell what was wrong before; an abstract opens with its field, unless it names methods."""
    return _is_gap(sentence) and (sentence.place > 0 or cues.turns_to_others(sentence.text))


def _is_background(sentence: _Sentence) -> bool:
    return sentence.role == "background" and not _is_problem(sentence)


def _is_opening(sentence: _Sentence) -> bool:
    return sentence.place == 0 and not sentence.is_gist and not cues.names_authors(sentence.text)


def _is_proposal(sentence: _Sentence) -> bool:
    is_step = sentence.role == "method" and cues.proposes(sentence.text)
    return is_step or sentence.role == "objective"


def _is_further_proposal(sentence: _Sentence) -> bool:
    """Tell of what else is proposed; the gist said again is the last that a reader needs."""
    return _is_proposal(sentence) and not sentence.is_gist and cues.proposes(sentence.text)


def _is_own_gist(sentence: _Sentence) -> bool:
    return sentence.is_gist and sentence.is_own


def _is_result(sentence: _Sentence) -> bool:
    text = sentence.text
    if sentence.role == "result":
        return not cues.hopes(text)
    claims = cues.reports_results(text) and cues.compares(text) and not cues.proposes(text)
    return sentence.is_own and not sentence.is_gist and claims


def _is_measured(sentence: _Sentence) -> bool:
    text = sentence.text
    return _is_result(sentence) and (cues.measures(text) or cues.compares(text))


def _is_evaluation(sentence: _Sentence) -> bool:
    return _is_result(sentence) and cues.evaluates(sentence.text)


def _names_task(sentence: _Sentence) -> bool:
    return sentence.is_own and cues.evaluates(sentence.text)


def _is_significance(sentence: _Sentence) -> bool:
    """Tell what the work means for others; in a step of the method the words mean the step."""
    is_step = sentence.place < _LATE or cues.proposes(sentence.text)
    is_late = sentence.is_last or _is_result(sentence) or not is_step
    if cues.plans(sentence.text):
        return False
    return sentence.role != "background" and is_late and cues.tells_significance(sentence.text)


def _is_use(sentence: _Sentence) -> bool:
    is_late = sentence.is_last or (_is_result(sentence) and sentence.place >= _LATE)
    return is_late and cues.tells_use(sentence.text)


def _is_plain_result(sentence: _Sentence) -> bool:
    return _is_result(sentence) and not cues.tells_significance(sentence.text)


def _is_step(sentence: _Sentence) -> bool:
    return (
        sentence.role == "method"
        and not sentence.is_gist
        and not cues.reports_results(sentence.text)
    )


def _is_innovation(sentence: _Sentence) -> bool:
    return sentence.is_own and cues.tells_innovation(sentence.text)


# In the order in which they choose: a part that only one kind of sentence can fill comes first.
_RULES = (
    _Rule(part="past_methods", wants=_is_problem, most=3, by="challenge"),
    _Rule(part="background", wants=_is_background, most=3),
    _Rule(part="proposed_method", wants=_is_proposal, by="approach"),
    _Rule(part="performance", wants=_is_measured, most=4),
    _Rule(part="significance", wants=_is_significance, shares=True, from_end=True),
    _Rule(part="methods", wants=_is_step, most=8),
    _Rule(part="innovation", wants=_is_innovation, shares=True),
    _Rule(part="task_and_performance", wants=_is_evaluation, shares=True),
)

# What a part takes that is still empty; where a part has two such rules, the better one is first.
_SECOND_BEST = (
    _Rule(part="background", wants=_is_opening, shares=True),
    _Rule(part="past_methods", wants=_is_gap, shares=True),
    _Rule(part="proposed_method", wants=_is_own_gist, shares=True),
    _Rule(part="performance", wants=_is_plain_result, shares=True),
    _Rule(part="significance", wants=_is_use, most=1, shares=True, from_end=True),
    _Rule(part="innovation", wants=_is_further_proposal, most=1, shares=True),
    _Rule(part="innovation", wants=_is_own_gist, shares=True),
    _Rule(part="innovation", wants=_is_proposal, most=1, shares=True),
    _Rule(part="task_and_performance", wants=_is_result, shares=True),
    _Rule(part="task_and_performance", wants=_names_task, most=1, shares=True),
)


def route(lines: Sequence[Line], *, gist: int) -> Parts:
    """Return the parts; the gist opens the proposed method when its role allows."""
    described = _described(lines, gist)
    order = sorted(range(len(lines)), key=lambda index: index != gist)
    uses: Counter[int] = Counter()
    chosen: dict[str, Lines] = {field.name: () for field in fields(Parts)}
    for rule in (*_RULES, *_SECOND_BEST):
        if chosen[rule.part]:
            continue
        limit = _MOST_USES if rule.shares else 1
        free = [index for index in order if uses[index] < limit and rule.wants(described[index])]
        if rule.by:
            free.sort(key=lambda index: (index != gist, -_rating(lines[index], rule.by)))
        taken = sorted(free[-rule.most :] if rule.from_end else free[: rule.most])
        chosen[rule.part] = tuple(lines[index] for index in taken)
        uses.update(taken)
    return Parts(**chosen)


def _rating(line: Line, aspect: Aspect | None) -> float:
    return line.rating(aspect) if aspect else 0.0


def _described(lines: Sequence[Line], gist: int) -> tuple[_Sentence, ...]:
    own = [index for index, line in enumerate(lines) if line.role not in ("background", "other")]
    return tuple(
        _Sentence(
            text=line.text,
            role=line.role,
            place=line.place,
            is_gist=index == gist,
            is_last=bool(own) and index == own[-1],
        )
        for index, line in enumerate(lines)
    )
