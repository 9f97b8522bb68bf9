"""This module says what a model is asked for: the parts of a digest, and the form of an answer.

An answer is read leniently and believed in nothing: what stands in it is compared later.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

MOST_EVIDENCE = 3
_SPARE = 2  # so many times more statements than wanted are looked at, for what is wrong with some
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

# In the place of an item that is no statement stands None.
Said_by_list = Mapping[str, tuple[Said | None, ...]]


def schema(part: Part) -> dict[str, object]:
    """Return the JSON schema of an answer, with nothing in it that refers elsewhere."""
    statement = Said.model_json_schema()
    fields = {name: _untitled(field) for name, field in statement["properties"].items()}
    item = _closed(fields)
    lists = {
        wanted.name: {"type": "array", "items": item, "maxItems": wanted.most}
        for wanted in part.wanted
    }
    return _closed(lists)


def form(part: Part) -> str:
    """Return an example of an answer, as one line of JSON."""
    example = [{"evidence": [1], "text": "..."}]
    return json.dumps({wanted.name: example for wanted in part.wanted})


def understood(text: str, part: Part) -> Said_by_list | None:
    """Return what an answer says, list by list; None when it has none of the lists.

    Thoughts before the object and a fence around it are no harm. A list that is missing is empty,
    and what is wrong with one item is no other item's fault.
    """
    answer = _object(_THOUGHTS.sub("", text))
    lists = {wanted.name: answer.get(wanted.name) for wanted in part.wanted}
    if not any(isinstance(found, list) for found in lists.values()):
        return None
    return {
        wanted.name: _items(lists[wanted.name], most=_SPARE * wanted.most) for wanted in part.wanted
    }


def _object(text: str) -> dict[str, object]:
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1]) if 0 <= start < end else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _items(found: object, *, most: int) -> tuple[Said | None, ...]:
    return tuple(map(_item, found[:most])) if isinstance(found, list) else ()


def _item(found: object) -> Said | None:
    try:
        return Said.model_validate(found)
    except ValidationError:
        return None


def _closed(properties: Mapping[str, object]) -> dict[str, object]:
    """Return the schema of an object that has all of these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _untitled(field: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in field.items() if key != "title"}
