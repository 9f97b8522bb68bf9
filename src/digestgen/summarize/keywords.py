"""This module finds the phrases that name a paper's subject, as they stand in its text.

A phrase is a run of words between stop words, punctuation and mathematics, or what an
abbreviation is explained to stand for. It counts for how often it comes, more in the title, and
for its length; no phrase repeats another one's words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from digestgen.summarize.words import STOP, overlap

_MOST = 8
_FEWEST = 5
_LONGEST_PHRASE = 4  # words
_LONGEST_ONCE = 3  # words of a phrase that stands but once
_LONGEST_WORD = 40  # characters
_TITLE_WEIGHT = 3
_CLEARLY = 3.0  # the score from which a phrase is kept beyond the fewest
_REPEATS = 0.5  # the share of common words from which one phrase repeats another

# What papers say about any subject; it names none.
_COMMON = STOP | frozenset(
    """
    ability able accurate accurately achieve achieves achieving additional address addresses
    advanced aim aims albeit aligned allow allowing allows applied applies apply appropriate
    attracted available based become becomes better build builds called capable capture captures
    challenge challenges challenging code combine combines combining common comparable compared
    competitive complex comprehensive conduct consider consistent consists contain contains
    conventional create creates critical crucial current demonstrate demonstrated demonstrates
    demonstrating design designed desired despite detailed develop developed develops different
    difficult diverse driven easier easy effective effectiveness efficient eight employ employs
    enable enables enabling enhance enhanced enhances enhancing ensure ensures ensuring
    essential evaluate evaluated evaluates exhibit exhibits existing exploit exploits explore
    explores extensive extract extracts facilitate fail fails fast faster find finding findings
    five focus focused focuses formulate formulates four general generalize generate generated
    generates generating given good great help helps high higher highest http https identify
    identifying important improve improved improves improving include includes including
    increase increased increases increasing integrate integrated integrates integrating
    introduce introduced introduces introducing investigate involve involves issue issues key
    lack large largest lead leading leads learn learned learns leverage leveraged leverages
    leveraging limit limitation limitations limited limiting limits low lower main maintain
    maintaining major making minimal modern multiple necessary new nine non notable novel
    numerous obtain obtained offer offers one optimize optimizes original outperform
    outperforming outperforms overall overcome perform performing performs popular possible
    potential powerful predict predicting predicts present presented presenting presents
    preserve preserving previous prior produce produces promising promote propose proposed
    proposes proposing prove provide provided provides providing publicly range real realistic
    recent reduce reduced reduces reducing related relies rely remain remaining remains
    remarkable represent require required requires requiring resulting results retrieved reveal
    reveals rich robust seamless serve serves seven severe showed showing shown shows
    significant similar simple single six solve solving specific standard state-of-the-art
    strong struggle struggles studied studies study substantial substantially success successful
    suffer suffers sufficient suggest suggests suitable superior support supports tackle
    tailored ten think three traditional train trained training-free transform two typical
    unclear underlying understand unified unprecedented unseen url urls useful utilize utilized
    utilizes utilizing validate validated various vast versatile wide work works yield yields
    zero changing combined construct decompose developing identified incentivize incentivizes read
    reads resolve resolves show simulate
    """.split()  # noqa: SIM905 - quoting hundreds of words makes the list worse to read
)

# Nouns, as ``_fold`` leaves them, that name a subject only behind other words: "diffusion models".
_GENERAL_NOUNS = frozenset(
    """
    accuracy advance advancement algorithm amount analysis application approach architecture area
    aspect benchmark capability case class component concept condition data dataset detail
    domain effect evaluation evidence experiment factor feature field formation framework impact
    information insight knowledge level mechanism method metric model module network number
    paper paradigm performance perspective pipeline problem process property quality real-world
    research resource result role scale scenario set setting solution space step strategy structure
    subset system task technique technology time tool training type use user way world year
    """.split()  # noqa: SIM905 - as above
)

# TeX, addresses, citations, numbers and punctuation end a phrase; a hyphen or slash inside a word
# does not.
_BREAK = re.compile(
    r"\$[^$]*\$|\\cite\w{0,6}\*?(?:\[[^\]]{0,80}\])?\{[^{}]{0,200}\}"
    r"|https?://\S+|\\[A-Za-z]+|[^\W\d_]{1,40} et al\b|\d+[.,]\d[\d.,]*\w*"
    r"|(?<!\S)\d+(?!\S)|[^\w\s'’/-]+|(?<!\w)['’/-]+|['’/-]+(?!\w)"
)

# "100x", "7B" and "4-bit" are amounts; "3D", "3DGS" and "2D-to-3D" name something.
_DIMENSION = re.compile(r"\d{1,2}[dD](?:[A-Z-].*)?")
# "diffusion-based" and "learnable" want another word behind them.
_ADJECTIVE = re.compile(
    r"non-.*|.{4,}(?:[^t]able|ical|ious|ative|ptive|ised|ized)"
    r"|.*-(?:agnostic|aligned|aware|based|driven|efficient|enhanced|free|guided|level|like"
    r"|oriented|scale|specific|time|to-end|wise)"
)
_DEFINITION = re.compile(r"\(([\w-]{2,10})\)")
_LONGEST_NAME = 5  # words that an abbreviation stands for
_WINDOW = 80  # characters before an abbreviation in which its words stand
_DEFINED = 1  # what an explanation counts for, in mentions

_PART = re.compile(r"[^\W_]+")
_PLURALS = (("ss", "ss"), ("us", "us"), ("is", "is"), ("ies", "y"), ("ches", "ch"), ("s", ""))

_Tokens = tuple[str, ...]


class _Mention(NamedTuple):
    """A phrase where it stands; ``folded`` makes it equal to its other spellings.

    ``is_whole`` tells a name from a part of one: it ends a run of words, is short and no action.
    ``short`` is the abbreviation that the place explains by the phrase.
    """

    tokens: _Tokens
    folded: _Tokens
    is_whole: bool
    short: str = ""


def keywords(title: str, abstract: str) -> tuple[str, ...]:
    """Return five to eight phrases, best first; fewer when the text has no more.

    Both texts are squeezed; each phrase is a substring of one of them.
    """
    spelled: dict[_Tokens, _Tokens] = {}
    weights: Counter[_Tokens] = Counter()
    times: Counter[_Tokens] = Counter()
    whole: set[_Tokens] = set()
    for text, weight in ((title, _TITLE_WEIGHT), (abstract, 1)):
        for mention in _mentions(text):
            spelled.setdefault(mention.folded, mention.tokens)
            weights[mention.folded] += weight
            times[mention.folded] += 1
            if mention.is_whole:
                whole.add(mention.folded)
    shorts: dict[_Tokens, str] = {}
    for mention in _definitions(abstract):
        spelled.setdefault(mention.folded, mention.tokens)
        weights[mention.folded] += _DEFINED + weights[(_fold(mention.short),)]
        times[mention.folded] += 2
        shorts[mention.folded] = mention.short
    scores = {
        folded: _score(spelled[folded], weight)
        for folded, weight in weights.items()
        if times[folded] > 1 or folded in whole
    }
    return tuple(" ".join(spelled[folded]) for folded in _chosen(scores, shorts))


def _mentions(text: str) -> Iterator[_Mention]:
    """Yield each phrase of up to four words that could name something."""
    for stretch in _BREAK.split(text):
        before = ""
        for names, run in groupby(stretch.split(), key=_can_name):
            tokens = tuple(run)
            if names:
                yield from _phrases(tokens, is_action=before == "to")
            before = tokens[-1].lower()


def _phrases(tokens: _Tokens, *, is_action: bool) -> Iterator[_Mention]:
    """Yield the phrases of a run of words; ``is_action`` says that its first word is a verb."""
    folded = tuple(map(_fold, tokens))
    for first, last in _spans(len(tokens)):
        if folded[first] in _GENERAL_NOUNS or _is_adjective(folded[last - 1]):
            continue
        yield _Mention(
            tokens[first:last],
            folded[first:last],
            is_whole=last == len(tokens)
            and (last - first > 1 or _is_name(tokens[first]))
            and last - first <= _LONGEST_ONCE
            and not (is_action and first == 0)
            and not folded[first].endswith("ing"),
        )


def _spans(length: int) -> Iterator[tuple[int, int]]:
    """Yield where phrases begin and end; a word by itself is the last one, which names a thing."""
    for first in range(length):
        for last in range(first + 2, min(first + _LONGEST_PHRASE, length) + 1):
            yield first, last
    yield length - 1, length


def _definitions(text: str) -> Iterator[_Mention]:
    """Yield what an abbreviation is explained to stand for: "dynamic calibration (DC)"."""
    for match in _DEFINITION.finditer(text):
        short = match[1]
        if sum(map(str.isupper, short)) > 1:
            tokens = tuple(_long_form(text[: match.start()][-_WINDOW:], short).split())
            if 0 < len(tokens) <= _LONGEST_NAME and tokens[0].lower() not in STOP:
                folded = tuple(map(_fold, tokens))
                yield _Mention(tokens, folded, is_whole=True, short=short)


def _long_form(before: str, short: str) -> str:
    """Return the last words that hold the letters of ``short`` in order; empty when none do.

    After Schwartz and Hearst 2003: the letters are looked for from the end, and the first one
    opens a word.
    """
    lower, start = before.lower(), len(before)
    letters = [letter for letter in re.sub(r"(?<=[A-Z])s\Z", "", short).lower() if letter.isalnum()]
    for place, letter in reversed([*enumerate(letters)]):
        start = lower.rfind(letter, 0, start)
        while place == 0 and start > 0 and (lower[start - 1].isalnum() or lower[start - 1] == "-"):
            start = lower.rfind(letter, 0, start)
        if start < 0:
            return ""
    long = before[start:].strip()
    return "" if _BREAK.search(long) else long


@lru_cache(maxsize=4096)
def _is_adjective(word: str) -> bool:
    return _ADJECTIVE.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def _can_name(token: str) -> bool:
    word = token.lower()
    return (
        1 < len(word) <= _LONGEST_WORD
        and word not in _COMMON
        and not (word.endswith("ly") and token == word)
        and (not word[0].isdigit() or _DIMENSION.fullmatch(token) is not None)
    )


@lru_cache(maxsize=4096)  # most papers use the same words
def _fold(token: str) -> str:
    """Return the word without capitals and plural, to count its spellings as one."""
    word = token.lower()
    for plural, singular in _PLURALS if len(word) > 3 and word.endswith("s") else ():
        if word.endswith(plural):
            return word.removesuffix(plural) + singular
    return word


def _score(phrase: _Tokens, weight: float) -> float:
    """Rate a phrase; ordinary words ("shape"), words that met once, and actions say little."""
    if len(phrase) == 1:
        return weight * (1.0 if _is_name(phrase[0]) else 0.5)
    if weight == 1:
        return 0.8
    length = len(phrase) - phrase[0].endswith("ing")
    return weight * (1 + 0.5 * (length - 1))


def _is_name(token: str) -> bool:
    """Tell GUNet, fMRI and 3D from words."""
    return any(character.isupper() or character.isdigit() for character in token[1:])


def _chosen(scores: Mapping[_Tokens, float], shorts: Mapping[_Tokens, str]) -> Iterator[_Tokens]:
    taken: list[frozenset[str]] = []
    for phrase in sorted(scores, key=lambda phrase: (-scores[phrase], len(phrase))):
        if len(taken) == _MOST or (len(taken) >= _FEWEST and scores[phrase] < _CLEARLY):
            return
        parts = frozenset(_PART.findall(" ".join(phrase)))
        if all(overlap(parts, other) < _REPEATS for other in taken):
            taken.append(parts | {_fold(shorts.get(phrase, ""))})
            yield phrase
