"""This module rates how well a sentence tells the challenge, the approach or the outcome.

It looks at the abstract and, with the full text, at introduction and conclusion as well.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from digestgen.summarize import features
from digestgen.summarize.features import Described, Row

Aspect = Literal["challenge", "approach", "outcome"]
Place = Literal["abstract", "introduction", "conclusion"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
PLACES: tuple[Place, ...] = get_args(Place)

_TELLS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:however|but|although|problem|challeng|difficult|limit|lack|fail|suffer|remain"
        r"|costly|expensive|not\b|cannot|no\b|little|few|ignor|unable|hard|need|require"
        r"|unfortunately|bottleneck|issue|sparse|noisy)",
        r"\b(?:we|this paper|our)\b.{0,40}?\b(?:propos|present|introduc|develop|describ|us(?:e|es"
        r"|ing)\b|design|extend|explor|investigat|appl|combin|formulat|creat|build|train)",
        r"\b(?:result|experiment|show|demonstrat|outperform|improv|achiev|state-of-the-art|better"
        r"|significant|accura|f1|bleu|point|effective|find|found|competitive|conclud|confirm)|%",
    )
)
_CITES = re.compile(r"\(\s?[A-Z][^)]{2,40}\d{4}|et al")

NAMES = (
    *features.WHOLE_NAMES,
    *(f"in_{place}" for place in PLACES),
    *(f"tells_{aspect}" for aspect in ASPECTS),
    "cites",
    "whole_place",
    "whole_n",
    *(f"before_{aspect}" for aspect in ASPECTS),
    *(f"after_{aspect}" for aspect in ASPECTS),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences of one place, described."""

    place: Place
    sentences: Sequence[str]
    described: Described


def rows(passages: Sequence[Passage]) -> list[Row]:
    """Return the numbers of each sentence, in the order of ``NAMES``."""
    told = [
        [float(len(pattern.findall(sentence.lower()))) for pattern in _TELLS]
        for passage in passages
        for sentence in passage.sentences
    ]
    none = [0.0] * len(_TELLS)
    found: list[Row] = []
    for passage in passages:
        here = [float(passage.place == place) for place in PLACES]
        for whole, sentence in zip(passage.described.rows, passage.sentences, strict=True):
            i = len(found)
            found.append(
                [
                    *whole,
                    *here,
                    *told[i],
                    len(_CITES.findall(sentence)),
                    i / max(1, len(told) - 1),
                    len(told),
                    *(told[i - 1] if i else none),
                    *(told[i + 1] if i + 1 < len(told) else none),
                ]
            )
    return found
