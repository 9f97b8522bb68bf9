"""This module finds references that lead nowhere: numbers of a list that is not in the post."""

import re
from collections.abc import Iterator

from digestgen.evidence.values import FIELDS, Finding, Passage, Sources

_CITATION = re.compile(
    r"(?<![\w\]])\[\d{1,3}(?:\s*[,，、;–-]\s*\d{1,3})*\](?!\()"
    r"|(?<=[\u3400-\u9fff）)])\[\d{1,3}(?:\s*[,，、;–-]\s*\d{1,3})*\](?!\()"
    r"|(?<=[A-Za-z])\[\d{1,3}(?:\s*[,，、;–-]\s*\d{1,3})+\](?!\()"
    r"|(?:公式|方程|算法|图|表格?|定理|附录)\s?[（(]?\s?\d{1,2}(?:[.．]\d{1,2})?\s?[）)]?(?![\dA-Za-z年月个种种张维倍%])"
    r"|第\s?\d{1,2}(?:\.\d)?\s?(?:节|章)"
    r"|\b(?:Eqs?\.|Equations?|Figs?\.|Figures?|Tables?|Sections?|Sec\.|Appendix|Algorithm|Theorem)"
    r"\s?[（(]?\d{1,2}(?:\.\d{1,2})?[）)]?"
)
# Characters before a reference that the paper must have before it as well.
_AROUND = 12
_STOP = re.compile(r"\n|(?<=[.!?。])\s+")
_LEAD = re.compile(r"^\s*(?:[-*+•]\s+|\d{1,2}[.)、]\s+|[^:：]{0,8}[:：]\s*)+")


def leaked_citations(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find numbers of references, formulas, figures and sections of the PDF."""
    if passage.part in FIELDS:
        return
    for match in _CITATION.finditer(passage.text):
        around = passage.text[max(0, match.start() - _AROUND) : match.end()]
        if not sources.hold(_LEAD.sub("", _STOP.split(around)[-1])):
            yield Finding(
                rule="citation-leak",
                start=match.start(),
                end=match.end(),
                message=f"refers to what is not in the post: {match[0].strip()!r}",
                level="warning",
            )
