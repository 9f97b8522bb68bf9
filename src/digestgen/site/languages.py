"""This module tells in which language a passage is, as the ``lang`` attribute wants it.

Digests mix two: a post in Chinese quotes papers in English. Screen readers pronounce, and
browsers choose fonts and hyphens, by what the attribute says.
"""

import re

from digestgen.model import Lang

_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff]")
_TAG = re.compile("<[^>]*>")
_WORD = re.compile("[A-Za-z]{2}")
# A Chinese character carries about as much as this many Latin letters.
_LETTERS_PER_HAN = 3


def foreign(html: str, own: Lang) -> str:
    """Return the language of a passage of HTML or plain text, "" when it is ``own``."""
    if own == "en":
        return "zh-Hans" if _is_chinese(html) else ""
    return "en" if _WORD.search(html) and not _is_chinese(html) else ""


def _is_chinese(html: str) -> bool:
    if html.isascii():
        return False
    han = len(_HAN.findall(html))
    return han > 0 and han * (_LETTERS_PER_HAN + 1) >= len(_TAG.sub("", html))
