"""This module finds names that a statement has from elsewhere: of people, places, models, data.

In English a name is a word with a capital within a sentence, or a word, in whatever case, that
neither the sentences have nor the abstracts of other papers: "Smith removes", "by jones".
"""

import re
from functools import lru_cache

from digestgen.evidence import Sources, people_in_chinese
from digestgen.summarize.llm.figures import mixed_in
from digestgen.summarize.llm.stems import stem, stems
from digestgen.summarize.weights import load
from digestgen.summarize.words import STOP, words
from digestgen.summarize.words import stem as without_ending

_NAME = r"[A-Z][a-z]+(?![A-Za-z\d])"
_CAPITAL = re.compile(
    rf"(?<=[\w,;:)/-] )[(\"“'‘]?(?P<name>{_NAME})|(?<=\w) ?[(\"“'‘](?P<quoted>{_NAME})"
)
_OTHERS = re.compile(
    r"\bet\.? ?al\b|\b(?:and|with|his|her|their) (?:colleagues|co-?workers|co-?authors)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[-'’]")
# Forms that a word of English has and a name has not, so that rarer words may be used as well.
_ENGLISH = re.compile(
    r"[a-z]{2,}(?:ings?|ed|edly|ly|[st]ions?|ments?|ness|able|ably|ible|ibly|ability|i[sz]e[sd]?"
    r"|i[sz]ation|ity|ities|ives?|ful|less|fold|ever|ous|ical|ally|ance|ence|ism|ists?|wise|ward|ant|ent)"
)
_PREFIX = re.compile(
    r"^(?:non|un|re|sub|pre|multi|inter|over|under|out|mis|dis|co|semi|micro|super|cross|in|im|up)"
    r"(?=[a-z]{4})"
)
# Names that abstracts have so often that they look like words.
_FAMOUS = frozenset({"wang", "zhang", "chen", "bengi", "dai", "chao", "nam"})
# What Chinese digests say of the doers, and must not come from a model: institutions and slander.
_NOT_TO_SAY = re.compile(
    r"大学|学院|研究院|研究所|实验室|公司|集团|教授|博士|院士|[A-Za-z\u4e00-\u9fff]先生|女士"
    r"|高校|某[公机学]|之手|撤稿|造假|剽窃|抄袭|骗局|骗子|微信|加群|扫码|关注公众号"
)
_LATIN = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")


def has_foreign_name(text: str, cited: str, title: str) -> bool:
    """Tell whether a text names what neither its sentences nor the title name, in any language."""
    said = f"{cited} {title}"
    own, lower = stems(said), said.lower()
    named = (match["name"] or match["quoted"] for match in _CAPITAL.finditer(text))
    if any(stem(word.lower()) not in own for word in named):
        return True
    if any(word.lower() not in lower for word in mixed_in(text)):
        return True
    return _OTHERS.search(text) is not None and _OTHERS.search(cited) is None


def has_strange_word(text: str, cited: str, known: Sources) -> bool:
    """Tell whether an English text has a word that is neither its paper's nor English.

    The first one has to be its sentences', since nobody sees whether its capital makes a name.
    """
    first, *others = words(_without(mixed_in(text), text)) or ("",)
    whole, own = stems(known.flat), stems(f"{cited} {known.title}")
    return not _is_english(first, own) or not all(_is_english(word, whole) for word in others)


def _is_english(word: str, own: frozenset[str]) -> bool:
    known = _vocabulary()
    return all(
        len(part) < 3
        or stem(part) in known
        or stem(part) in own
        or without_ending(part) in known
        or _ENGLISH.fullmatch(part)
        or stem(_PREFIX.sub("", part)) in known
        for part in _PARTS.split(word)
        if not part.isdecimal()
    )


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Return the stems of the words that abstracts use."""
    frequent = frozenset(load().idf.rarity)
    return frequent.union(map(stem, frequent), map(stem, STOP)) - _FAMOUS


def has_foreign_term(text: str, cited: str) -> bool:
    """Tell whether a Chinese text names anyone, or has a Latin word that its sentences lack."""
    own = stems(cited)
    # A word of letters and digits was compared whole: "VGG16" is not "VGG".
    stated = _LATIN.findall(_without(mixed_in(text), text))
    if any(stem(word.lower()) not in own for word in stated):
        return True
    return bool(people_in_chinese(text)) or _NOT_TO_SAY.search(text) is not None


def _without(found: tuple[str, ...], text: str) -> str:
    for word in sorted(found, key=len, reverse=True):
        text = text.replace(word, " ")
    return text
