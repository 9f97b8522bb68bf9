"""This module counts how rare words are in the abstracts of SciTLDR."""

from collections import Counter
from collections.abc import Sequence
from math import log

from digestgen.summarize.vectors import Stems
from training.corpora import Abstract
from training.writing import packed, significant

FEWEST = 4  # abstracts; rarer words all count as equally rare
_SCALE = 0.02


def file(abstracts: Sequence[Abstract]) -> bytes:
    """Return the file of word rarities, in steps small enough not to matter."""
    counts: Counter[str] = Counter()
    for abstract in abstracts:
        counts.update({word for text in abstract.sentences for word in Stems.of(text).content})
    known = sorted(word for word, count in counts.items() if count >= FEWEST)
    total = len(abstracts)
    return packed(
        {
            "scale": _SCALE,
            "unknown": significant(log(total / 2)),
            "rarity": [round(log(total / counts[word]) / _SCALE) for word in known],
            "words": " ".join(known),
        }
    )
