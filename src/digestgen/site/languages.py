"""This module tells in which language a passage is, as the ``lang`` attribute wants it.

Digests mix two: a post in Chinese quotes papers in English. Screen readers pronounce, and
browsers choose fonts and hyphens, by what the attribute says.
"""

import re

from digestgen.model import Lang
from digestgen.templating import Html

_TAG = re.compile("<[^>]*>")
_FORMULA, _FORMULA_END = "<math", "</math>"
_WORD = re.compile("[A-Za-z]{2}")
# A Chinese character carries about as much as this many Latin letters.
_LETTERS_PER_HAN = 3
_OWN, _CHINESE, _ENGLISH = Html(), Html(' lang="zh-Hans"'), Html(' lang="en"')


def lang_attribute(html: str, own: Lang) -> Html:
    """Return the ``lang`` attribute for a passage of HTML or plain text, "" when it is ``own``."""
    if html.isascii():
        return _ENGLISH if own == "zh" and _WORD.search(html) else _OWN
    is_chinese = _is_chinese(html)
    if own == "en":
        return _CHINESE if is_chinese else _OWN
    return _OWN if is_chinese or not _WORD.search(html) else _ENGLISH


def _is_chinese(html: str) -> bool:
    text = _text(html) if "<" in html else html
    # A Chinese character is three bytes long, a letter one or two: to look at each takes longer.
    han = (len(text.encode(errors="replace")) - len(text)) // 2
    return han > 0 and han * (_LETTERS_PER_HAN + 1) >= len(text)


def _text(html: str) -> str:
    """Return the text of HTML without its formulas, which are of no language."""
    if _FORMULA in html:  # a formula has dozens of tags
        first, *others = html.split(_FORMULA)
        html = first + "".join([other.partition(_FORMULA_END)[2] for other in others])
    return _TAG.sub("", html) if "<" in html else html
