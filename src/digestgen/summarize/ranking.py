"""This module picks the line that sums a paper up: trained trees rate every form of a sentence.

Texts without spaces between words, which the trees were not trained on, are rated by their cues.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from digestgen.summarize import cues
from digestgen.summarize.compression import Form, forms
from digestgen.summarize.features import NAMES, Described
from digestgen.summarize.labels import Role
from digestgen.summarize.reading import Text
from digestgen.summarize.trees import Trees
from digestgen.summarize.weights import Weights
from digestgen.summarize.words import content_words

# In units of ROUGE, for what a reader sees and ROUGE does not: a line that begins with "It" or "To
# address this" reads badly alone, one that names the system of the title says more, and where a
# sentence proposes that system, one that tells of the background is not the gist. Together they
# cost less than a tenth of a point of ROUGE-1. The same holds for the name in brackets that a
# shorter form of the gist would lose.
_LEANS_BACK = 0.02
_NAMES_SYSTEM = 0.04
_IS_BACKGROUND = 0.06
_NAMES_OWN = 0.06
_BACKGROUND = NAMES.index("r_background")
_SHORTENED = 2  # sentences whose shorter forms are looked at
_LONGEST = 420  # characters; longer lines are lists, or sentences whose end was not found
_FIRST_ITEM = re.compile(r"(?<![\w)])(?:1\)|\(?i\)|a\))")
_SECOND_ITEM = re.compile(r"(?<![\w)])(?:2\)|\(?ii\)|b\))")
# "score forgetting distillation (SFD)": what it stands for ends in two words of the title, or more.
_ABBREVIATION = re.compile(
    r"([\w-]{2,30} [\w-]{2,30}) \((?=[\w-]*[A-Z][\w-]*[A-Z0-9])([\w+-]{2,15})\)"
)
_FLUENT = range(60, 400)  # characters; outside of it a line is a fragment or a list


def gist_of(text: Text, title: str, weights: Weights) -> tuple[int, Form]:
    """Return the line that best says what the paper contributes, and of which sentence it is."""
    if text.described is None:
        index = _gist_by_cues(text.sentences, text.roles, title)
        return index, Form(text.sentences[index])
    return best_form(text.sentences, text.described, weights.gist)


def best_form(sentences: Sequence[str], described: Described, trees: Trees) -> tuple[int, Form]:
    """Return the form that the trees rate highest; only the best sentences are shortened."""
    proposed = [_proposes_system(text, described) for text in sentences]

    def score(index: int, form: Form) -> float:
        row = described.row(index, form)
        found = trees.score(row) + _reads(form.text, described)
        if proposed[index]:
            return found + _NAMES_OWN * cues.names_own(form.text)
        return found - (_IS_BACKGROUND * row[_BACKGROUND] if any(proposed) else 0.0)

    whole = [(score(i, Form(text)), i) for i, text in enumerate(sentences)]
    best = sorted(whole, key=lambda pair: (-pair[0], pair[1]))[:_SHORTENED]
    candidates = [
        (score(i, form) if form.cuts else worth, i, form)
        for worth, i in best
        for form in forms(sentences[i])
    ]
    short = [each for each in candidates if len(each[2].text) <= _LONGEST] or candidates
    _, index, form = max(short, key=lambda each: each[0])
    fine = [each for each in short if each[1] == index and _is_complete(each[2].text)]
    fine = [each for each in fine if _keeps_name(each[2], sentences[index], described)] or fine
    return index, max(fine, key=lambda each: each[0])[2] if fine else form


def _proposes_system(text: str, described: Described) -> bool:
    return described.names_system(text) and (cues.proposes(text) or cues.names_own(text))


def _keeps_name(form: Form, sentence: str, described: Described) -> bool:
    """Tell whether a form leaves in by which abbreviation the paper calls its system."""
    return not cues.proposes(sentence) or not any(
        match[2] not in form.text and any(map(described.is_titled, match.groups()))
        for match in _ABBREVIATION.finditer(sentence)
    )


def _is_complete(text: str) -> bool:
    """Tell a whole line from one that opens a quote, a bracket or a list and does not close it."""
    if text.count("(") != text.count(")") or text.count("“") != text.count("”"):
        return False
    return text.count('"') % 2 == 0 and not (
        _FIRST_ITEM.search(text) and not _SECOND_ITEM.search(text)
    )


def _reads(text: str, described: Described) -> float:
    """Return how much better or worse a line reads than its words tell."""
    leans = cues.leans_back(text) or cues.answers(text)
    names = described.names_system(text) and not cues.reports_results(text)
    return _NAMES_SYSTEM * names - _LEANS_BACK * leans


def _gist_by_cues(sentences: Sequence[str], roles: Sequence[Role], title: str) -> int:
    """Return which sentence best says what the paper contributes; the first one on a tie."""
    about = content_words(title)
    scores = [_cue_score(s, role, about) for s, role in zip(sentences, roles, strict=True)]
    return scores.index(max(scores))


def _cue_score(sentence: str, role: Role, about: AbstractSet[str]) -> float:
    score = 2.0 * len(about & content_words(sentence)) / (len(about) or 1)
    score += 2.0 * cues.proposes(sentence)
    score += 1.2 * (role == "objective")
    score -= 2.0 * (role == "other") + 0.6 * (role == "background")
    score -= 0.8 * cues.leans_back(sentence) + 0.8 * cues.continues(sentence)
    return score - 0.8 * (len(sentence) not in _FLUENT)
