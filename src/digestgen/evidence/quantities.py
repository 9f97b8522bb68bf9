"""This module reads quantities with what they measure: 3 % is neither 3 points nor 3 times.

Words and signs count as digits do: "tenfold", "halves", "an order of magnitude", "九成", "减半",
"一个数量级", "10²⁵".
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from digestgen.evidence.values import readable

_WORDS = {
    "an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1000, "both": 2, "dual": 2, "tri": 3,
}  # fmt: skip
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
          "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
          "thousandth": 1000}  # fmt: skip
_MANIFOLD = {"twi": 2, "dou": 2, "thr": 3, "tri": 3, "qua": 4, "qui": 5}
_SCALES = {"十": 1, "k": 3, "thousand": 3, "千": 3, "万": 4, "m": 6, "million": 6, "百万": 6,
           "亿": 8, "b": 9, "billion": 9, "十亿": 9, "trillion": 12, "百": 2, "hundred": 2,
           "ten": 1, "dozen": 1}  # fmt: skip
_UNITS = {
    "ms": "ms|milliseconds?|毫秒", "µs": "[µμu]s|microseconds?|微秒",
    "s": "s|secs?|seconds?|秒钟?", "min": "mins?|minutes?|分钟", "h": "h|hrs?|hours?|小时",
    "days": "days?|天", "weeks": "weeks?|周|星期", "months": "months?|个?月", "years": "years?|年",
    "KB": "KB", "MB": "MB", "GB": "GB", "TB": "TB",
    "dB": "dB|分贝", "Hz": "Hz|赫兹?", "kHz": "kHz", "fps": "fps|frames per second|帧每秒",
    "dollars": "dollars?|美元", "euros": "euros?|欧元", "yuan": "yuan|人民币",
}  # fmt: skip
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_ENGLISH = "|".join(word for word in _WORDS if len(word) > 2)
_SPELLED = rf"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[- ](?:{_ENGLISH})|{_ENGLISH})"
_HAN = r"[零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?"
_SCALE = r"(?:\s?(?:百万|十亿|千|万|亿|[kMB](?![A-Za-z])|thousand|million|billion|trillion))?"
_NUMBER = rf"(?:(?:{_DIGITS}|{_HAN})|\b{_SPELLED}\b){_SCALE}"
_SOME = r"several|many|multiple|some|few|数|几|多|若干"
_PART_NAMES = "|".join(sorted(_PARTS, key=len, reverse=True))
_PART_SIGNS = "½⅓¼⅕⅙⅐⅛⅑⅒⅔¾⅖⅗⅘⅜⅝⅞"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_ORDERS = _pattern(
    rf"(?:(?P<n>{_NUMBER}|\ban?\b|\b(?:{_SOME})\b|[数几多]|若干)?[\s-]*"
    r"个?(?:数量级|orders?[ -]of[ -]magnitude))"
)
_PART = _pattern(
    rf"(?P<whole>{_HAN}|\d+)分之(?P<part>{_HAN}|{_DIGITS})"
    rf"|\b(?:(?P<n>an?|{_ENGLISH}|\d+)[ -])?(?P<name>{_PART_NAMES})(?:s|d|ing)?\b(?!-)"
    rf"|(?P<half>\bhalving\b|减半|减少一半|一半|半数|对半|折半|过半(?=[的，。；,;])|半(?=年|天|个?月|个?小时))"
    rf"|(?P<sign>[{_PART_SIGNS}])"
)
_TENTHS = _pattern(
    r"(?<![零一二两三四五六七八九十百千万第分])(?P<tens>[一二两三四五六七八九])成"
    r"(?P<ones>[一二三四五六七八九](?![个种名层类倍项张篇位]))?"
    r"(?![不为员功果立长本分像因型交熟都语就效对套])"
)
_POINTS = _pattern(
    rf"(?P<n>{_NUMBER})\s?(?:个?百分点|个点|(?:%|percent|percentage)?[ -]?(?:absolute )?points?\b)"
)
_SHARE = _pattern(rf"(?P<n>{_NUMBER})\s?(?:[%％]|per ?cent\b|pct\b)")
_FACTOR = _pattern(
    rf"\bfactors? of (?:about |roughly |up to )?(?P<of>{_NUMBER})"
    rf"|(?P<n>{_NUMBER}|[千万])"
    r"(?:\s?[×✕x](?![\sA-Za-z]?\d|[A-Za-z])|[ -]?times\b|[ -]?fold\b|\s?余?多?倍)"
    rf"|\b(?P<fold>{_ENGLISH})fold\b|(?<![\w\d.])[x×]\s?(?P<after>{_DIGITS})(?![\w.])"
    r"|\b(?P<manifold>twice|thrice|(?:doubl|tripl|quadrupl|quintupl)(?:es?|ed|ing))\b"
    r"|(?P<twofold>翻倍|翻番|翻了?一[倍番]|成倍|加倍)"
)
_VAGUE = _pattern(
    r"\b(?P<many>ten|dozen|hundred|thousand|million|billion|trillion)s\b"
    r"|(?<![第参复分个多函])[数几上近]个?(?P<han>百万|十亿|十|百|千|万|亿)(?![字位])"
)
_UNIT = _pattern(
    rf"(?P<n>{_NUMBER})[\s-]?(?:"
    + "|".join(f"(?P<u{index}>{unit})" for index, unit in enumerate(_UNITS.values()))
    + r")(?![A-Za-z])"
)
_COUNT = _pattern(
    rf"(?<![这那该述前后此第])(?P<n>{_NUMBER})"
    r"(?:\s?(?:余|多)?[个种名层类项张篇位组步块轮维幅份台条段例款套帧]"
    r"|\s(?:(?!(?:of|to|and|or|in|on|from|with|out)\b)[a-z-]+\s){0,2}?[a-z]+[a-rt-z]s\b)"
)
# One and nothing, where they are no article and no part of a word: "a single pass", "at zero cost".
_ONLY = _pattern(
    r"\b(?:(?:only|just) one|single)\b"
    r"|[仅只](?:需要?|用|靠|有|经|要|花)?了?一[次步层块张个轮条种台]"
)
_NONE = _pattern(
    r"\bzero\b(?!-)"
    r"|(?<![零〇一二两三四五六七八九十百千万点])[零〇](?![零〇一二三四五六七八九点样售件散食工])"
)
_BARE = _pattern(rf"(?:{_DIGITS}|\b{_SPELLED}\b){_SCALE}")
# Digits that are no decimal ones: powers, indices, circled numbers, fractions.
_SIGNS = re.compile(r"[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u218b\u2460-\u249b]+")
_MINUS = re.compile(r"(?<![^\s(（为是到至达约])[-\u2212\u2013](?P<digits>\d[\d.,]*)")
_HAN_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in ``text[start:end]``, and of what kind it is: a share, points, a factor, seconds.

    "open" says nothing of it, "vague" is "hundreds", and a value of None is "several".
    """

    kind: str
    value: Decimal | None
    start: int
    end: int


_Read = tuple[str, Decimal | None]


def unsaid(text: str, source: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text that its source does not state as what they are.

    Bare numbers are left to ``known_numbers``.
    """
    known = quantities(readable(source))
    typed = (each for each in quantities(text) if each.kind != "open")
    signs = (
        Quantity(kind="sign", value=None, start=match.start(), end=match.end())
        for match in _SIGNS.finditer(text)
        if not _has_sign(match[0], source)
    )
    turned = (
        Quantity(kind="minus", value=None, start=match.start(), end=match.end())
        for match in _MINUS.finditer(text)
        if not re.search(rf"[-\u2212\u2013]\s?{re.escape(match['digits'].rstrip('.,'))}", source)
    )
    return (*(each for each in typed if not _is_said(each, known)), *signs, *turned)


@lru_cache(maxsize=64)  # the sentences of a paper are cited again and again
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text; in Chinese a number needs a measure to be one."""
    found: list[Quantity] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            said = read(match)
            if said is not None:
                kind, value = said
                start, end = match.span()
                found.append(Quantity(kind=kind, value=value, start=start, end=end))
                text = f"{text[:start]}{'·' * (end - start)}{text[end:]}"
    return tuple(sorted(found, key=lambda each: each.start))


def _orders(match: re.Match[str]) -> _Read:
    many = match["n"] or ""
    is_plural = "orders" in match[0].lower()
    value = None if (is_plural and not many) or re.fullmatch(_SOME, many.lower()) else _value(many)
    return "orders", value


def _part(match: re.Match[str]) -> _Read | None:
    if match["half"]:
        return "part", Decimal("0.5")
    if match["sign"]:
        return "part", Decimal(unicodedata.numeric(match["sign"])).quantize(Decimal("0.001"))
    if match["whole"]:
        whole, part = _value(match["whole"]), _value(match["part"])
        return ("share", part) if whole == 100 else ("part", _ratio(part, whole))
    name, many = match["name"].lower(), match["n"]
    if not many and name not in ("half", "halve", "quarter"):
        return None  # the third, a fifth of them without a number before it
    return "part", _ratio(_value(many or "one"), Decimal(_PARTS[name]))


def _tenths(match: re.Match[str]) -> _Read:
    return "share", _value(match["tens"]) * 10 + (_value(match["ones"]) if match["ones"] else 0)


def _factor(match: re.Match[str]) -> _Read:
    if match["twofold"]:
        return "factor", Decimal(2)
    if match["manifold"]:
        return "factor", Decimal(_MANIFOLD[match["manifold"][:3].lower()])
    return "factor", _value(match["of"] or match["n"] or match["fold"] or match["after"])


def _vague(match: re.Match[str]) -> _Read:
    return "vague", Decimal(1).scaleb(_SCALES[(match["many"] or match["han"]).lower()])


def _unit(match: re.Match[str]) -> _Read:
    units = zip(_UNITS, (match[f"u{index}"] for index in range(len(_UNITS))), strict=True)
    return next(name for name, said in units if said), _value(match["n"])


def _count(match: re.Match[str]) -> _Read | None:
    value = _value(match["n"])
    return ("count", value) if value > 1 else None


def _named(kind: str) -> Callable[[re.Match[str]], _Read]:
    return lambda match: (kind, _value(match["n"]))


# Each is read before the next, and not again by it.
_READERS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], _Read | None]]] = (
    (_ORDERS, _orders),
    (_PART, _part),
    (_TENTHS, _tenths),
    (_POINTS, _named("points")),
    (_SHARE, _named("share")),
    (_FACTOR, _factor),
    (_VAGUE, _vague),
    (_NONE, lambda _: ("count", Decimal(0))),
    (_ONLY, lambda _: ("count", Decimal(1))),
    (_UNIT, _unit),
    (_COUNT, _count),
    (_BARE, lambda match: ("open", _value(match[0]))),
)


def _is_said(quantity: Quantity, known: Sequence[Quantity]) -> bool:
    if quantity.kind == "points" and _differ_by(quantity.value, known):
        return True
    return any(_is_same(quantity, each) for each in known)


def _is_same(said: Quantity, known: Quantity) -> bool:
    if said.kind == "orders" or known.kind == "orders":
        return _are_orders(said, known)
    if said.kind == "vague":
        least = said.value or Decimal(1)
        return known.value is not None and least <= known.value < least * 10
    meant = set(_meanings(said))
    if any(each in meant for each in _meanings(known)):
        return True
    # What is bare in the source may be any unit's, but a share is written as one.
    return known.kind == "open" and said.kind != "share" and known.value == said.value


def _meanings(quantity: Quantity) -> Iterator[tuple[str, Decimal]]:
    """Give what a quantity may be called: a half is 50 %, 0.5, and one of two times as much."""
    value = quantity.value
    if value is None:
        return
    yield quantity.kind, value
    if quantity.kind == "share":
        yield "bare", _ratio(value, Decimal(100))
    elif quantity.kind == "part":
        yield "bare", value
        if value:
            yield "factor", _ratio(Decimal(1), value).normalize()
    elif quantity.kind == "open":
        yield "bare", _ratio(value, Decimal(1))


def _are_orders(said: Quantity, known: Quantity) -> bool:
    """Compare orders of magnitude with each other, and with factors: 150 times are two of them."""
    if said.kind == known.kind:
        is_some = said.value is None and known.value is not None and known.value >= 2
        return said.value == known.value or is_some
    if said.kind == "factor":
        return known.value is not None and said.value == Decimal(1).scaleb(int(known.value))
    if known.kind not in ("factor", "open") or known.value is None:
        return False
    orders = known.value.adjusted()
    return orders >= 2 if said.value is None else orders == said.value


def _differ_by(value: Decimal | None, known: Sequence[Quantity]) -> bool:
    """Tell whether two shares, or two bare numbers, differ by so much."""
    for kind in ("share", "open"):
        values = {each.value for each in known if each.kind == kind and each.value is not None}
        if value and any(each + value in values for each in values):
            return True
    return False


def _has_sign(sign: str, source: str) -> bool:
    digits = unicodedata.normalize("NFKC", sign)
    return sign in source or re.search(rf"(?<!\d){re.escape(digits)}(?!\d)", source) is not None


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole).quantize(Decimal("0.00001")) if whole else Decimal(0)


def _value(text: str) -> Decimal:
    """Return what digits, Chinese or English words say, with their scale: 1.2 万, sixty-one."""
    bare = text.strip().lower()
    scale = re.search(r"百万|十亿|[千万亿]|(?<=\d)\s?[kmb]$|thousand$|[mbtr]+illion$", bare)
    power = _SCALES[scale[0].strip()] if scale and scale.start() else 0
    bare = bare[: scale.start()].strip() if power and scale else bare
    if bare[:1].isdigit():
        return Decimal(bare.replace(",", "")[:30].rstrip(".")).scaleb(power)
    if re.match(r"[a-z]", bare):
        return Decimal(sum(_WORDS.get(word, 0) for word in re.split(r"[- ]", bare))).scaleb(power)
    return _han(bare).scaleb(power)


def _han(text: str) -> Decimal:
    whole, _, rest = text.replace("两", "二").partition("点")
    total = digit = 0
    for character in whole:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS.index(character)
        else:
            scale = _SCALES.get(character, 0)
            total, digit = total + max(digit, 1) * 10**scale, 0
    decimals = "".join(str(_HAN_DIGITS.index(each)) for each in rest)
    return Decimal(f"{total + digit}.{decimals or 0}").normalize()
