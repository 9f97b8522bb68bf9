"""This module says what a section of a paper is for, by its title and its place."""

import re
from collections.abc import Sequence
from typing import Literal

from digestgen.paper.headings import Heading

SectionRole = Literal[
    "front",
    "abstract",
    "introduction",
    "related work",
    "background",
    "method",
    "experiments",
    "results",
    "discussion",
    "limitations",
    "conclusion",
    "acknowledgements",
    "references",
    "appendix",
    "other",
]

_TITLES: tuple[tuple[SectionRole, str], ...] = (
    ("abstract", r"abstract"),
    ("references", r"references?|bibliography|works cited|literature cited"),
    ("acknowledgements", r"acknowledge?ments?|funding|author contributions?"),
    ("appendix", r"appendix|appendices|supplementary|supplemental"),
    (
        "other",
        r"keywords|ccs concepts|ethics|ethical|broader impacts?|impact statement|"
        r"reproducibility|data availability|contributions",
    ),
    (
        "related work",
        r"related (?:works?|research)|prior (?:work|art)|previous work|literature review|"
        r"related literature|state of the art",
    ),
    ("introduction", r"introduction|motivation"),
    ("limitations", r"limitations?"),
    ("conclusion", r"conclusions?|concluding|future (?:work|directions)|summary|outlook"),
    ("discussion", r"discussions?"),
    ("results", r"results?|findings"),
    (
        "experiments",
        r"experiment\w*|evaluations?|empirical\w*|ablations?|case stud(?:y|ies)|benchmarks?|"
        r"simulations?|applications?|analys[ie]s|comparison",
    ),
    (
        "background",
        r"background|preliminar\w+|problem (?:setup|setting|statement|formulation|definition)|"
        r"notations?|primer",
    ),
    (
        "method",
        r"methods?|methodology|approach(?:es)?|models?|architectures?|algorithms?|frameworks?|"
        r"systems?|designs?|implementation|our|proposed|training|data ?sets?|corpus|overview|"
        r"theory|formulation",
    ),
)
_PATTERNS = [(role, re.compile(rf"\b(?:{titles})\b", re.IGNORECASE)) for role, titles in _TITLES]
_OWN: frozenset[SectionRole] = frozenset(
    {"related work", "limitations", "results", "conclusion", "references", "acknowledgements"}
)
_MIDDLE: frozenset[SectionRole] = frozenset(
    {"introduction", "related work", "background", "method"}
)


def roles(headings: Sequence[Heading]) -> tuple[SectionRole, ...]:
    """Return one role for each heading, in reading order."""
    found: list[SectionRole] = []
    parents: dict[int, SectionRole] = {}
    in_appendix = False
    for heading in headings:
        titled = _titled(heading.title)
        in_appendix = in_appendix or _opens_appendix(heading, titled, found)
        if in_appendix and titled != "references":
            role: SectionRole = "appendix"
        elif heading.level == 1 or heading.level - 1 not in parents:
            role = titled or _by_place(found)
        else:
            parent = parents[heading.level - 1]
            role = titled if titled in _OWN and parent != "related work" else parent
        parents[heading.level] = role
        found.append(role)
    return tuple(found)


def _titled(title: str) -> SectionRole | None:
    matches = ((pattern.search(title), role) for role, pattern in _PATTERNS)
    return next((role for match, role in matches if match), None)


def _opens_appendix(
    heading: Heading, titled: SectionRole | None, before: Sequence[SectionRole]
) -> bool:
    if titled == "appendix":
        return True
    lettered = heading.level == 1 and re.fullmatch("[A-Z]", heading.number) is not None
    return lettered and heading.number == "A" and len(before) > 2


def _by_place(before: Sequence[SectionRole]) -> SectionRole:
    """Return what a section without a usual title is: what a paper builds, after its opening."""
    last = before[-1] if before else None
    return "method" if last in _MIDDLE else "other"
