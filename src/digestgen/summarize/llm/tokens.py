"""This module guesses how many tokens a text has, before a server has counted them.

`tokens` is for what has to fit: rather too many than too few, by the kinds of characters. It was
fitted to SmolLM2, whose vocabulary is small (49,152), so that it cuts words into more pieces than
those of larger models do; ``benchmarks/tokens.py`` measures it. `most_tokens` is for what may be
spent, and can be relied on: no tokenizer makes two tokens of one byte.
"""

import json
import re
from math import ceil

from digestgen.summarize.llm.wire import Question

_PIECES = re.compile(
    r"(?P<word>(?<![A-Z])[a-z]+)|(?P<name>[A-Z][a-z]+)|(?P<capitals>[A-Z]+)"
    r"|(?P<sign>[^\sA-Za-z])|(?P<gap>\n|\s(?=\d))"
)
# Letters of a token: words are known whole, names are not, and abbreviations are spelled.
_LETTERS = {"word": 6.0, "name": 2.0, "capitals": 1.5}
# Tokens of a character by its bytes: a digit or a sign, a Greek letter, a Chinese one, an emoji.
_BY_BYTES = (1.0, 1.5, 2.25, 4.0)
_LETTERS_OF_JSON = 3.0
# What a server writes around the messages of a question; SmolLM2's template has about twenty.
_FRAME = 60
_FRAME_BYTES = 1000


def tokens(text: str) -> int:
    """Return about how many tokens a text has; rather too many than too few."""
    return ceil(sum(map(_cost, _PIECES.finditer(text))))


def asked_tokens(question: Question) -> int:
    """Return about how many tokens a question has when it reaches the model.

    Some servers write the form of the answer into it.
    """
    told = tokens(question.prompt.system) + tokens(question.prompt.message)
    return _FRAME + told + ceil(len(json.dumps(question.schema)) / _LETTERS_OF_JSON)


def most_tokens(question: Question) -> int:
    """Return how many tokens a question has at most, by any tokenizer."""
    texts = (question.prompt.system, question.prompt.message, json.dumps(question.schema))
    return _FRAME_BYTES + sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


def _cost(piece: re.Match[str]) -> float:
    kind = piece.lastgroup or "gap"
    if kind == "sign":
        return _BY_BYTES[len(piece[0].encode("utf-8", "surrogatepass")) - 1]
    return ceil(len(piece[0]) / _LETTERS[kind]) if kind in _LETTERS else 1
