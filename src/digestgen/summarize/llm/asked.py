"""This module says what a model is asked for: the parts of a digest, and the form of an answer.

An answer is read leniently and believed in nothing: what stands in it is compared later.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

MOST_EVIDENCE = 3
_THOUGHTS = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL)


class Said(BaseModel):
    """One statement of a model, and the numbers of the sentences that it names for it.

    The numbers come first: who has named the sentences says what stands in them.
    """

    evidence: Annotated[
        tuple[int, ...], Field(json_schema_extra={"minItems": 1, "maxItems": MOST_EVIDENCE})
    ]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list of a part: at most ``most`` statements, of at most ``longest`` characters each."""

    name: str
    most: int
    longest: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is asked in one question; ``reads`` are the roles of sections that matter most to it."""

    name: str
    wanted: tuple[Wanted, ...]
    reads: tuple[str, ...]


PARTS = (
    Part(
        name="overview",
        wanted=(Wanted(name="gist", most=1, longest=300), Wanted(name="takeaways", most=5)),
        reads=("introduction", "conclusion", "results", "experiments", "discussion"),
    ),
    Part(
        name="summary",
        wanted=(
            Wanted(name="background", most=2),
            Wanted(name="past_methods", most=2),
            Wanted(name="proposed_method", most=2),
            Wanted(name="task_and_performance", most=2),
        ),
        reads=("introduction", "related work", "results", "experiments", "method"),
    ),
    Part(
        name="method",
        wanted=(Wanted(name="methods", most=6),),
        reads=("method", "background", "introduction"),
    ),
    Part(
        name="conclusion",
        wanted=(
            Wanted(name="significance", most=2),
            Wanted(name="innovation", most=2),
            Wanted(name="performance", most=3),
        ),
        reads=("conclusion", "discussion", "results", "experiments", "limitations", "introduction"),
    ),
)

Said_by_list = Mapping[str, tuple[Said, ...]]


def schema(part: Part) -> dict[str, object]:
    """Return the JSON schema of an answer, with nothing in it that refers elsewhere."""
    whole = _shape(part).model_json_schema()
    statement = whole.pop("$defs")["Said"]
    for key in ("title", "description"):
        statement.pop(key, None)
        whole.pop(key, None)
    for wanted in part.wanted:
        field = whole["properties"][wanted.name]
        field.pop("title", None)
        field["items"] = statement
    for field in statement["properties"].values():
        field.pop("title", None)
    statement["additionalProperties"] = whole["additionalProperties"] = False
    return dict(whole)


def form(part: Part) -> str:
    """Return an example of an answer, as one line of JSON."""
    example = [{"evidence": [1], "text": "..."}]
    return json.dumps({wanted.name: example for wanted in part.wanted})


def understood(text: str, part: Part) -> Said_by_list | None:
    """Return what an answer says, list by list; None when it is not of the form.

    Thoughts before the object and a fence around it are no harm; lists that are too long are cut.
    """
    bare = _THOUGHTS.sub("", text)
    start, end = bare.find("{"), bare.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        answer = _shape(part).model_validate(json.loads(bare[start : end + 1]))
    except (ValueError, RecursionError, ValidationError):
        return None
    return {wanted.name: getattr(answer, wanted.name)[: wanted.most] for wanted in part.wanted}


def _shape(part: Part) -> type[BaseModel]:
    """Return the model of an answer."""
    lists: dict[str, Any] = {  # what create_model takes
        wanted.name: Annotated[tuple[Said, ...], Field(json_schema_extra={"maxItems": wanted.most})]
        for wanted in part.wanted
    }
    return create_model(part.name, __config__=ConfigDict(extra="ignore"), **lists)
