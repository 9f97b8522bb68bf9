"""This module finds the numbers of a statement, the small ones and the spelled ones as well."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

_DIGITS = re.compile(
    r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<share>\s?[%％]|\s?per\s?cent\b)?", re.IGNORECASE
)
_SCALED = re.compile(r"(?P<digits>\d+(?:\.\d+)?)\s?(?P<scale>百万|十亿|千|万|亿)")
_SCALES = {"千": 3, "万": 4, "百万": 6, "亿": 8, "十亿": 9}
# A digit within a name belongs to the name, which is compared as a whole: "Qwen2", "3D".
_MIXED = re.compile(r"[A-Za-z][A-Za-z_-]*\d[A-Za-z\d-]*|(?<![\d.])\d+[A-Za-wyz][A-Za-z\d]*")
_WORD = re.compile(r"[a-z]+")
_SPELLED = {
    word: Decimal(value)
    for value, names in {
        2: "two twice double doubles doubled doubling", 3: "three triple triples tripled thrice",
        4: "four quadruple", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        11: "eleven", 12: "twelve dozen", 13: "thirteen", 14: "fourteen", 15: "fifteen",
        16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty",
        30: "thirty", 40: "forty", 50: "fifty half halves halved", 60: "sixty", 70: "seventy",
        80: "eighty", 90: "ninety", 100: "hundred hundreds", 1000: "thousand thousands",
        10**6: "million millions", 10**9: "billion billions",
    }.items()
    for word in names.split()
}  # fmt: skip
_LONGEST = 30  # digits; longer ones are identifiers


def numbers_in(text: str, *, but: Collection[str] = frozenset()) -> tuple[frozenset[Decimal], ...]:
    """Return for each number the values that it may mean: 50 % is 0.5 as well.

    The words of ``but`` are left out: who says "hundreds" as the paper does gives no number.
    """
    digits = _MIXED.sub(" ", _SCALED.sub(" ", text))
    return (*_scaled(text), *_plain(digits), *_spelled(text, but))


def mixed_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that have both letters and digits."""
    return tuple(_MIXED.findall(text))


def _scaled(text: str) -> Iterator[frozenset[Decimal]]:
    for match in _SCALED.finditer(text):
        yield frozenset({_value(match["digits"]).scaleb(_SCALES[match["scale"]])})


def _plain(text: str) -> Iterator[frozenset[Decimal]]:
    for match in _DIGITS.finditer(text):
        value = _value(match["digits"])
        yield frozenset({value, value / 100} if match["share"] else {value})


def _spelled(text: str, but: Collection[str]) -> Iterator[frozenset[Decimal]]:
    for word in _WORD.findall(text.casefold()):
        if word in _SPELLED and word not in but:
            yield frozenset({_SPELLED[word]})


def _value(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "")[:_LONGEST].rstrip("."))
