"""This module chooses which figures of a paper are worth showing, and in which order."""

import re
from collections.abc import Sequence

from digestgen.model import Section
from digestgen.paper.figures import Found

# What a reader who leafs through a paper looks at first.
_KINDS = {"figure": 0, "table": 1, "algorithm": 2}
_OUTCOME = re.compile(
    r"\b(?:results?|compar\w+|performances?|accurac\w+|scores?|errors?|evaluations?|benchmarks?|"
    r"ablations?|precision|recall|improve\w*|baselines?|state[- ]of[- ]the[- ]art)\b",
    re.IGNORECASE,
)
_OF_APPENDIX = re.compile(r"[A-Z]+[.\d-]*\d", re.IGNORECASE)


def choose(found: Sequence[Found], sections: Sequence[Section], most: int) -> tuple[Found, ...]:
    """Return the ``most`` worth showing: figures by their numbers, then tables, then algorithms.

    Those of the main text go before an appendix's, tables of outcomes before others.
    """
    end = _end(sections)

    def worth(one: Found) -> tuple[bool, int, bool]:
        extra = one.page > end or _OF_APPENDIX.fullmatch(one.label) is not None
        dull = one.kind == "table" and not _OUTCOME.search(one.caption)
        return extra, _KINDS[one.kind], dull

    def place(one: Found) -> tuple[int, bool, int]:
        extra, kind, _ = worth(one)
        return kind, extra, int(one.label) if one.label.isdecimal() else 0

    return tuple(sorted(sorted(found, key=worth)[:most], key=place))


def _end(sections: Sequence[Section]) -> int:
    """Return the last page of the main text; the references come on it or behind it."""
    ends = [section.page for section in sections if section.role in {"references", "appendix"}]
    return min(ends, default=10**6)
