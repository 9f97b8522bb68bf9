"""This module trains the ranking of one-line summaries: boosted trees over shortened forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np

from digestgen.summarize.compression import forms
from digestgen.summarize.features import NAMES, Described
from digestgen.summarize.roles import RoleModel, probabilities
from digestgen.summarize.vectors import Idf
from training.corpora import Abstract
from training.rouge import Scores, best_rouge
from training.writing import packed_trees

ROUNDS = 400
PARAMETERS: Mapping[str, object] = {
    "objective": "regression",
    "learning_rate": 0.04,
    "num_leaves": 7,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "seed": 1,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
_DIGITS = 6  # of a feature; what rounding hides may differ between processors


@dataclass(frozen=True, slots=True)
class Candidates:
    """The forms of one abstract's sentences, in numbers, with their ROUGE and their texts."""

    rows: np.ndarray
    rouge: np.ndarray
    texts: tuple[str, ...]


def candidates(abstracts: Sequence[Abstract], roles: RoleModel, idf: Idf) -> tuple[Candidates, ...]:
    """Return what there is to choose from for each abstract."""
    return tuple(_candidates(abstract, roles, idf) for abstract in abstracts)


def _candidates(abstract: Abstract, roles: RoleModel, idf: Idf) -> Candidates:
    sentences = abstract.sentences
    described = Described(sentences, abstract.title, probabilities(sentences, roles), idf)
    found = [(i, form) for i, text in enumerate(sentences) for form in forms(text)]
    rows = np.array([described.row(i, form) for i, form in found], dtype=np.float64)
    scores: list[Scores] = [best_rouge(abstract.references, form.text) for _, form in found]
    return Candidates(
        rows=np.round(rows, _DIGITS),
        rouge=np.array(scores),
        texts=tuple(form.text for _, form in found),
    )


def trained(groups: Sequence[Candidates]) -> lightgbm.Booster:
    """Return the trees: how much better a form is than the mean of its abstract."""
    means = [group.rouge.mean(1) for group in groups]
    target = np.concatenate([mean - mean.mean() for mean in means])
    # Forms far below the best of their abstract weigh more: to keep them from winning matters
    # more than to order the good ones.
    weight = np.concatenate([np.exp(mean.max() - mean) for mean in means])
    rows = np.concatenate([group.rows for group in groups])
    return lightgbm.train(dict(PARAMETERS), lightgbm.Dataset(rows, target, weight=weight), ROUNDS)


def file(groups: Sequence[Candidates]) -> bytes:
    """Return the file of the trees."""
    return packed_trees(trained(groups).dump_model(), NAMES)
