"""This module scores a line against reference summaries, as the published figures were scored."""

from collections.abc import Sequence
from functools import cache

from rouge_score import rouge_scorer, tokenizers

Scores = tuple[float, float, float]


class _Tokens(tokenizers.Tokenizer):  # type: ignore[misc]  # not there when types are checked
    """Tokens of each text, made once: the same text is scored many times."""

    def __init__(self) -> None:
        self._make = tokenizers.DefaultTokenizer(use_stemmer=True)
        self._made: dict[str, list[str]] = {}

    def tokenize(self, text: str) -> list[str]:
        """Return the stemmed tokens."""
        if text not in self._made:
            self._made[text] = self._make.tokenize(text)
        return self._made[text]


_SCORER = rouge_scorer.RougeScorer(
    ["rouge1", "rouge2", "rougeL"], use_stemmer=True, tokenizer=_Tokens()
)


@cache
def rouge(reference: str, line: str) -> Scores:
    """Return the F-measures of ROUGE-1, ROUGE-2 and ROUGE-L."""
    found = _SCORER.score(reference, line)
    return (
        found["rouge1"].fmeasure,
        found["rouge2"].fmeasure,
        found["rougeL"].fmeasure,
    )


def best_rouge(references: Sequence[str], line: str) -> Scores:
    """Return the scores against the reference with the highest ROUGE-1."""
    return max((rouge(reference, line) for reference in references), key=lambda s: s[0])
