"""This module compares the numbers of a text with those of the paper, however they are written.

"2x", "two times" and "2倍" are one number, as are "93.4%" and "93.4 %", "4,768" and "4768", "505M"
and "5.05亿".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from digestgen.evidence.values import FIELDS, Finding, Passage, Sources

_HAN_DIGITS = "一二三四五六七八九"
_SPELLED = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_MEANT = {"twice": 2, "double": 2, "doubles": 2, "doubling": 2, "both": 2, "dual": 2, "triple": 3,
          "thrice": 3, "half": 50, "halve": 50, "halves": 50, "halved": 50, "halving": 50,
          "tenfold": 10, "twofold": 2, "threefold": 3, "dozen": 12, "magnitude": 10, "hundred": 100,
          "thousand": 1000, "million": 10**6, "billion": 10**9}  # fmt: skip
_SCALE = {"k": 3, "thousand": 3, "千": 3, "万": 4, "m": 6, "million": 6, "百万": 6, "亿": 8,
          "b": 9, "g": 9, "billion": 9, "十亿": 9, "trillion": 12}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Za-z]-)(?<!['’])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<scale>千|百万|万|十亿|亿|[kKMGB](?![A-Za-z])|thousand|million|billion|trillion))?"
    r"(?P<unit>\s?%|\s?×|x\b)?(?![A-Za-z0-9_]|\.\d|[-–]?[A-Z])|(?<=[A-Za-z]['’])(?P<short>\d\d)(?!\w)"
)
_HAN_NUMBER = re.compile(
    r"(?<![第数几上十百千万零点之一二三四五六七八九])(?P<han>[一二两三四五六七八九十百]{1,5}[千万亿]?)"
    r"(?P<measure>个|种|名|层|类|倍|项|张|篇|位|组|步|块|轮|次|维|幅|份|台|小时|分钟|秒|天|年)"
)
_WORD = re.compile(r"[a-z]+")
_TENTHS = re.compile(
    r"(?<![一二三四五六七八九十百千万第分])(?P<tens>[二三四五六七八九])成"
    r"(?P<ones>[一二三四五六七八九](?![个种名层类倍项张篇位]))?"
    r"(?![不为员功果立长本分像因型交熟都语千百就效对套])"
)
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_SPELLED_NUMBER = re.compile(
    rf"(?<![\w-])(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_UNITS}))?"
    r"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|four|five|six|seven|eight|nine)"
    r"(?![\w]|[- ](?:hundred|thousand|million|billion|dozen))",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\s*(?:个)?百分点|\s*(?:percentage |percent )?points?\b")
_ANY_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[一二两三四五六七八九十百]+")
# What counts the text's own items, or is no quantity.
_NOT_COUNTED = re.compile(
    r"^[ \t]*(?:[-*+•][ \t]*)?(?:[(（*_]*\d{1,2}[)）.、:：*_]+)|(?<!\d)\d{1,2}[)）]"
    r"|https?://[^\s，。；）)]+|(?<!\d)\d{4}\.\d{4,5}(?:v\d+)?|(?<!\d)\d+\.\d+\.\d+\S*|第\s*\d+|v\d+(?:\.\d+)*"
    r"|\[\d+(?:\s*[,，-]\s*\d+)*\]|(?:公式|图|表|式|节|Eq\.?|Fig\.?|Figure|Table|Section)\s*[(（]?\d+(?:\.\d+)*[)）]?"
    r"|\d{4}[-/年]\d{1,2}(?:[-/月]\d{1,2}日?)?|\d{4}年|\d{1,2}月(?:\d{1,2}日)?",
    re.MULTILINE,
)
# Days and identifiers have digits, but say no quantity that a digest could rest on.
_NO_QUANTITY = re.compile(
    r"https?://[^\s，。；）)]+|(?<![\d.])\d{4}\.\d{4,5}(?:v\d+)?(?![\d.])|\b10\.\d{4,9}/\S+"
    r"|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
)
_FEWEST = 4  # one, two and three count the writer's own items more often than the paper's


def numbers_not_in_source(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find numbers that the paper does not name; without its full text this only warns."""
    if passage.part in FIELDS or not sources.is_known:
        return
    known = known_numbers(sources)
    text = _NOT_COUNTED.sub(lambda match: " " * len(match[0]), passage.text)
    for match, value, is_share in _numbers(text):
        if known.has(value, is_share=is_share):
            continue
        if _POINTS.match(text, match.end()) and known.differ_by(value):
            continue
        start = max(0, match.start() - 8)
        yield Finding(
            rule="number-not-in-source",
            start=match.start(),
            end=match.end(),
            message=f"the paper's text at hand has no {match[0].strip()!r}: "
            f"{passage.text[start : match.end() + 12].strip()!r}",
            level="error" if sources.is_whole else "warning",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The numbers that a paper names: ``shares`` of a hundred, and all, with and without scale."""

    all: frozenset[Decimal]
    shares: frozenset[Decimal]

    def has(self, value: Decimal, *, is_share: bool) -> bool:
        """Tell whether a number is among them: 93.4% is 0.934, and 934 is neither."""
        if value in self.all:
            return True
        return value / 100 in self.all - self.shares if is_share else value * 100 in self.shares

    def differ_by(self, value: Decimal) -> bool:
        """Tell whether two shares differ by a value, which a text may work out by itself."""
        return any(share + value in self.shares for share in self.shares)


@lru_cache(maxsize=32)
def known_numbers(sources: Sources) -> Known:
    """Return every number that a paper names, in digits or in words, with and without scale."""
    found: set[Decimal] = set()
    shares: set[Decimal] = set()
    text = _NO_QUANTITY.sub(" ", sources.plain)
    for match in _ANY_DIGITS.finditer(text):
        found |= {_decimal(match[0])} if match[0][0].isdigit() else {_han(match[0])}
    for _, value, is_share in _numbers(text):
        found.add(value)
        shares |= {value} if is_share else set()
    for word in _WORD.findall(text.casefold()):
        meant = _SPELLED.get(word, _MEANT.get(word))
        if meant is not None:
            found.add(Decimal(meant))
    return Known(all=frozenset(found), shares=frozenset(shares))


def _numbers(text: str) -> Iterator[tuple[re.Match[str], Decimal, bool]]:
    """Give each number with its value, and whether it is one of a hundred."""
    for match in _NUMBER.finditer(text):
        digits = match["digits"] or match["short"]
        value = _decimal(digits)
        if value < _FEWEST and "." not in digits and not match["unit"]:
            continue
        scale = _SCALE.get((match["scale"] or "").casefold(), 0)
        yield match, value.scaleb(scale), (match["unit"] or "").strip() == "%"
    for match in _HAN_NUMBER.finditer(text):
        value = _han(match["han"])
        if value >= _FEWEST or match["measure"] == "倍":
            yield match, value, False
    for match in _TENTHS.finditer(text):
        yield match, _han(match["tens"]) * 10 + (_han(match["ones"]) if match["ones"] else 0), True
    for match in _SPELLED_NUMBER.finditer(text):
        value = Decimal(sum(_SPELLED[part] for part in _WORD.findall(match[0].casefold())))
        if value >= _FEWEST:
            yield match, value, False


def _decimal(digits: str) -> Decimal:
    # Longer ones are identifiers; the first digits tell two of them apart well enough.
    return Decimal(digits.replace(",", "")[:30].rstrip("."))


def _han(text: str) -> Decimal:
    total, digit = 0, 0
    scale = _SCALE.get(text[-1], 0)
    for character in text.rstrip("千万亿").replace("两", "二"):
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS.index(character) + 1
        else:
            total += max(digit, 1) * {"十": 10, "百": 100}.get(character, 1)
            digit = 0
    return Decimal(max(total + digit, 1)).scaleb(scale)
