"""This module finds the phrases that name a paper's subject, as they stand in its text.

A phrase is a run of words between stop words, punctuation and mathematics. It counts for how
often it comes, more in the title, and for its length; no phrase repeats another one's words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from digestgen.summarize.words import STOP, overlap

_MOST = 8
_FEWEST = 5
_LONGEST_PHRASE = 4  # words
_LONGEST_WORD = 40  # characters
_TITLE_WEIGHT = 3
_CLEARLY = 3.0  # the score from which a phrase is kept beyond the fewest
_REPEATS = 0.5  # the share of common words from which one phrase repeats another

# What papers say about any subject; it names none.
_COMMON = STOP | frozenset(
    """
    ability able accurate accurately achieve achieves achieving additional address addresses
    advanced aim aims aligned allow allowing allows applied applies apply appropriate available
    based become becomes better build builds called capable capture captures challenge
    challenges challenging code combine combines combining common comparable compared
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
    zero
    """.split()  # noqa: SIM905 - quoting hundreds of words makes the list worse to read
)

# Nouns, as ``_fold`` leaves them, that name a subject only behind other words: "diffusion models".
_GENERAL_NOUNS = frozenset(
    """
    accuracy advance advancement algorithm analysis application approach architecture area
    aspect benchmark capability case class component concept condition data dataset detail
    domain effect evaluation evidence experiment factor feature field framework impact
    information insight knowledge level mechanism method metric model module network number
    paper paradigm performance perspective pipeline problem property quality real-world research
    resource result scale scenario set setting solution space step strategy structure system
    task technique technology time tool training type use user way world year
    """.split()  # noqa: SIM905 - as above
)

# TeX, addresses, numbers and punctuation end a phrase; a hyphen or slash inside a word does not.
_BREAK = re.compile(
    r"\$[^$]*\$|https?://\S+|\\[A-Za-z]+|\d+[.,]\d[\d.,]*\w*|(?<!\S)\d+(?!\S)"
    r"|[^\w\s'’/-]+|(?<!\w)['’/-]+|['’/-]+(?!\w)"
)

_PART = re.compile(r"[^\W_]+")
_PLURALS = (("ss", "ss"), ("us", "us"), ("is", "is"), ("ies", "y"), ("ches", "ch"), ("s", ""))

_Tokens = tuple[str, ...]


def keywords(title: str, abstract: str) -> tuple[str, ...]:
    """Return five to eight phrases, best first; fewer when the text has no more.

    Both texts are squeezed; each phrase is a substring of one of them.
    """
    counts: Counter[_Tokens] = Counter()
    spelled: dict[_Tokens, _Tokens] = {}
    for text, weight in ((title, _TITLE_WEIGHT), (abstract, 1)):
        for folded, tokens in _phrases(text):
            counts[folded] += weight
            spelled.setdefault(folded, tokens)
    scores = {folded: _score(spelled[folded], count) for folded, count in counts.items()}
    return tuple(" ".join(spelled[folded]) for folded in _chosen(scores))


def _phrases(text: str) -> Iterator[tuple[_Tokens, _Tokens]]:
    """Yield each phrase of up to four words that could name something, folded and as it stands."""
    for stretch in _BREAK.split(text):
        for names, run in groupby(stretch.split(), key=_can_name):
            tokens = tuple(run) if names else ()
            folded = tuple(map(_fold, tokens))
            for first, last in _spans(len(tokens)):
                if folded[first] not in _GENERAL_NOUNS:
                    yield folded[first:last], tokens[first:last]


def _spans(length: int) -> Iterator[tuple[int, int]]:
    for first in range(length):
        for last in range(first + 1, min(first + _LONGEST_PHRASE, length) + 1):
            yield first, last


def _can_name(token: str) -> bool:
    word = token.lower()
    return (
        1 < len(word) <= _LONGEST_WORD
        and word not in _COMMON
        and not (word.isdigit() or (word.endswith("ly") and token == word))
    )


def _fold(token: str) -> str:
    """Return the word without capitals and plural, to count its spellings as one."""
    word = token.lower()
    for plural, singular in _PLURALS if len(word) > 3 and word.endswith("s") else ():
        if word.endswith(plural):
            return word.removesuffix(plural) + singular
    return word


def _score(phrase: _Tokens, count: int) -> float:
    """Rate a phrase; an ordinary word ("shape"), or words that met once, say little."""
    if len(phrase) == 1:
        return count * (1.0 if _is_name(phrase[0]) else 0.5)
    return count * (1 + 0.5 * (len(phrase) - 1)) if count > 1 else 0.8


def _is_name(token: str) -> bool:
    """Tell GUNet, fMRI and 3D from words."""
    return any(character.isupper() or character.isdigit() for character in token[1:])


def _chosen(scores: Mapping[_Tokens, float]) -> Iterator[_Tokens]:
    taken: list[frozenset[str]] = []
    for phrase in sorted(scores, key=lambda phrase: -scores[phrase]):
        if len(taken) == _MOST or (len(taken) >= _FEWEST and scores[phrase] < _CLEARLY):
            return
        parts = frozenset(_PART.findall(" ".join(phrase)))
        if all(overlap(parts, other) < _REPEATS for other in taken):
            taken.append(parts)
            yield phrase
