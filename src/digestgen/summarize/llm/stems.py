"""This module makes two forms of a word one, so that other words may say the same."""

import re
from functools import lru_cache

from digestgen.summarize.words import words

_LETTERS = 5  # that make two forms of a word one: "denoise", "denoising"
_PARTS = re.compile(r"[-'’]")


def stem(word: str) -> str:
    """Return the beginning of a lower-case word; short ones lose no more than an "s"."""
    return word[:_LETTERS] if len(word) > _LETTERS else word.removesuffix("s")


@lru_cache(maxsize=512)  # a paper's sentences are compared again with each statement
def stems(text: str) -> frozenset[str]:
    """Return the words of a text without their ends; those with a hyphen whole and in parts."""
    found = {part for word in words(text) for part in (word, *_PARTS.split(word))}
    return frozenset(map(stem, found))
