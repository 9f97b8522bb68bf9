"""This module counts words: which ones carry meaning, and how much two texts share."""

import re
from collections.abc import Iterable, Set
from functools import lru_cache

# A Chinese, Japanese or Korean character counts as a word: these scripts put no spaces.
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:[-'’][^\W_{_CJK}]+)*")

STOP = frozenset(
    """
    a about above across after again against all almost along already also although always am among
    an and another any are around as at away be because been before being below between beyond both
    but by can cannot could did do does doing done down due during each either else enough etc even
    ever every few first for from further furthermore get gets given gives had has have having he
    hence her here him his how however i if in indeed instead into is it its itself just know known
    largely last least less let like likely made mainly make makes making many may me might more
    moreover most mostly much must my namely near nearly need neither never nevertheless next no
    none nor not notably now of off often on once one only onto or other others otherwise our ours
    out over own particularly per perhaps put quite rather really same second see seen several shall
    she should since so some specifically still such take taken than that the their them then there
    thereby therefore these they third this those though three through throughout thus to together
    too toward towards two under unlike until up upon us use used uses using usually via very was we
    well were what when where whereas whether which while who whom whose why widely will with within
    without would yet you your
    """.split()  # noqa: SIM905 - a list of 200 quoted words is worse to read
)


_UNSPACED = re.compile(rf"[{_CJK}]")
_UNSPACED_SHARE = 0.2  # of a text's characters, from which on it is not written in spaced words


def is_spaced(texts: Iterable[str]) -> bool:
    """Tell whether texts put spaces between words, as Chinese does not."""
    text = "".join(texts)
    return text.isascii() or len(_UNSPACED.findall(text)) < _UNSPACED_SHARE * len(text)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, in lower case."""
    return tuple(_WORD.findall(text.lower()))


@lru_cache(maxsize=256)  # each sentence of a paper is asked for four times
def content_words(text: str) -> frozenset[str]:
    """Return the words that carry meaning; all of them when none does."""
    every = frozenset(words(text))
    return every - STOP or every


def overlap(one: Set[str], other: Set[str]) -> float:
    """Return which share of the smaller set stands in the other one, from 0 to 1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


_ENDINGS = (
    ("izations", "ize"), ("isations", "ize"), ("ization", "ize"), ("isation", "ize"),
    ("ations", "ate"), ("ation", "ate"), ("iveness", "ive"), ("fulness", "ful"),
    ("ements", "e"), ("ement", "e"), ("ities", "ity"), ("ically", "ic"), ("ingly", "e"),
    ("edly", "e"), ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ers", "er"),
    ("ed", ""), ("ly", ""), ("es", "e"), ("s", ""),
)  # fmt: skip
_KEEPS_S = ("ss", "us", "is")


@lru_cache(maxsize=8192)  # most papers use the same words
def stem(word: str) -> str:
    """Return a lower-case word without its ending, so that its forms count as one word."""
    if len(word) <= 4 or word.endswith(_KEEPS_S):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
