"""This module picks the line that sums a paper up: trained trees rate every form of a sentence.

Texts without spaces between words, which the trees were not trained on, are rated by their cues.
"""

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
# cost less than a tenth of a point of ROUGE-1.
_LEANS_BACK = 0.02
_NAMES_SYSTEM = 0.04
_IS_BACKGROUND = 0.06
_BACKGROUND = NAMES.index("r_background")
_SHORTENED = 2  # sentences whose shorter forms are looked at
_LONGEST = 420  # characters; longer lines are lists, or sentences whose end was not found
_FLUENT = range(60, 400)  # characters; outside of it a line is a fragment or a list


def gist_of(text: Text, title: str, weights: Weights) -> tuple[int, Form]:
    """Return the line that best says what the paper contributes, and of which sentence it is."""
    if text.described is None:
        index = _gist_by_cues(text.sentences, text.roles, title)
        return index, Form(text.sentences[index])
    return best_form(text.sentences, text.described, weights.gist)


def best_form(sentences: Sequence[str], described: Described, trees: Trees) -> tuple[int, Form]:
    """Return the form that the trees rate highest; only the best sentences are shortened."""
    is_proposed = any(described.names_system(s) and cues.proposes(s) for s in sentences)

    def score(index: int, form: Form) -> float:
        row = described.row(index, form)
        found = trees.score(row) + _reads(form.text, described)
        return found - (_IS_BACKGROUND * row[_BACKGROUND] if is_proposed else 0.0)

    whole = [(score(i, Form(text)), i) for i, text in enumerate(sentences)]
    best = sorted(whole, key=lambda pair: (-pair[0], pair[1]))[:_SHORTENED]
    candidates = [
        (score(i, form) if form.cuts else worth, i, form)
        for worth, i in best
        for form in forms(sentences[i])
    ]
    short = [each for each in candidates if len(each[2].text) <= _LONGEST] or candidates
    _, index, form = max(short, key=lambda each: each[0])
    return index, form


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
