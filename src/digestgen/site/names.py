"""This module takes authors' names apart, as bibliographies want them.

A name whose parts are not certain is left whole: a whole name is listed right, a torn one is not.
"""

import re
from functools import lru_cache

from digestgen import tex
from digestgen.text import squeeze
from digestgen.values import Value


class Name(Value, frozen=True, kw_only=True):
    """A name in plain text; one that is not to be taken apart has a ``family`` only."""

    family: str
    given: str = ""
    suffix: str = ""


_MARKUP = ("\\", "{", "}", "$", "~", "--", "``", "''")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:alliance|association|authors?|center|centre|collaborations?|committee|community|"
    r"company|consortium|corporation|council|foundation|groups?|inc|initiative|institute|labs?|"
    r"laboratory|members|network|organi[sz]ation|participants|project|society|teams?|union|"
    r"university)\b|^the\s|\d|团队|小组|协作组|实验室|大学|研究院|公司",
    re.IGNORECASE,
)
# Scripts in which a family name stands first, or no space parts the names.
_UNDIVIDED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_PARTICLE = re.compile(r"D[aeiu]|Das|Dos|Del(?:la)?|Der|V[ao]n")
# Van is a middle name beside them: Nguyen Van An.
_VIETNAMESE = re.compile(r"\b(?:Bui|Dang|Do|Duong|Ho|Hoang|Le|Ngo|Nguyen|Pham|Phan|Tran|Vo|Vu)\b")


@lru_cache(maxsize=4096)  # people write more than one paper, and a paper is cited in several files
def name_of(author: str) -> Name:
    """Return the parts of a name as a source's metadata has it, its TeX decoded."""
    full = plain(author)
    name, comma, behind = full.rpartition(",")
    suffix = behind.strip()
    if comma and not _SUFFIX.fullmatch(suffix):
        return Name(family=full)
    words = (name if comma else full).split(" ")
    if not comma and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    elif not comma:
        suffix = ""
    if len(words) < 2 or _is_whole(full, words):
        return Name(family=full)
    start = _family(words)
    return Name(family=" ".join(words[start:]), given=" ".join(words[:start]), suffix=suffix)


@lru_cache(maxsize=8192)  # a title stands in its post, its paper's page, and what cites it
def plain(text: str) -> str:
    """Return a text on one line, its TeX decoded."""
    return squeeze(tex.plain(text) if has_markup(text) else text)


def has_markup(text: str) -> bool:
    """Tell whether a text may have TeX in it."""
    return any(map(text.__contains__, _MARKUP))


@lru_cache(maxsize=4096)
def is_group(author: str) -> bool:
    """Tell a collaboration, a company or a team from a person."""
    return _GROUP.search(author) is not None


def _is_whole(full: str, words: list[str]) -> bool:
    return "," in full.rpartition(",")[0] or any(
        (is_group(full), _UNDIVIDED.search(full), {"and", "others"} & set(map(str.lower, words)))
    )


def _family(words: list[str]) -> int:
    """Return where the family name begins, its particles included."""
    last = len(words) - 1
    is_vietnamese = _VIETNAMESE.search(" ".join(words))
    for place in range(1, last):
        word = words[place]
        if word[0].islower() or (_PARTICLE.fullmatch(word) and not is_vietnamese):
            return place
    return last
