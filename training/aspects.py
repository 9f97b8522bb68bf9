"""This module trains the rating of challenge, approach and outcome on expert summaries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np

from digestgen.summarize.aspects import ASPECTS, NAMES, PLACES, Aspect, Passage, Place, rows
from digestgen.summarize.features import Described
from digestgen.summarize.roles import RoleModel, probabilities
from digestgen.summarize.vectors import Idf
from training import gist
from training.corpora import Reviewed
from training.rouge import rouge
from training.writing import packed_trees

ROUNDS = 220
PARAMETERS: Mapping[str, object] = {
    **gist.PARAMETERS,
    "learning_rate": 0.03,
    "num_leaves": 5,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.3,
    "lambda_l2": 8,
}
HIGHLIGHT = 0.05  # what a sentence that an expert marked is worth, in ROUGE
DEPTHS: tuple[tuple[Place, ...], ...] = (("abstract",), PLACES)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one paper, in numbers, with their worth for each aspect."""

    rows: np.ndarray
    worth: dict[Aspect, np.ndarray]
    texts: tuple[str, ...]
    summaries: dict[Aspect, str]


def sentences(
    papers: Sequence[Reviewed], places: Sequence[Place], roles: RoleModel, idf: Idf
) -> tuple[Sentences, ...]:
    """Return what there is to choose from in ``places`` of each paper."""
    return tuple(_sentences(paper, places, roles, idf) for paper in papers)


def _sentences(paper: Reviewed, places: Sequence[Place], roles: RoleModel, idf: Idf) -> Sentences:
    passages = [
        Passage(
            place,
            paper.sentences[place],
            Described(
                paper.sentences[place],
                paper.title,
                probabilities(paper.sentences[place], roles),
                idf,
            ),
        )
        for place in places
        if paper.sentences[place]
    ]
    texts = tuple(text for passage in passages for text in passage.sentences)
    return Sentences(
        rows=np.round(np.array(rows(passages), dtype=np.float64), 6),
        worth={aspect: _worth(paper, aspect, passages) for aspect in ASPECTS},
        texts=texts,
        summaries=paper.summaries,
    )


def _worth(paper: Reviewed, aspect: Aspect, passages: Sequence[Passage]) -> np.ndarray:
    scores = np.array(
        [
            np.mean(rouge(paper.summaries[aspect], text))
            for passage in passages
            for text in passage.sentences
        ]
    )
    marked = [mark for passage in passages for mark in paper.highlights[aspect][passage.place]]
    worth: np.ndarray = scores - scores.mean() + HIGHLIGHT * np.array(marked)
    return worth


def trained(papers: Sequence[Sentences], aspect: Aspect) -> lightgbm.Booster:
    """Return the trees that rate sentences for one aspect."""
    table = np.concatenate([paper.rows for paper in papers])
    target = np.concatenate([paper.worth[aspect] for paper in papers])
    return lightgbm.train(dict(PARAMETERS), lightgbm.Dataset(table, target), ROUNDS)


def file(papers: Sequence[Sentences], aspect: Aspect) -> bytes:
    """Return the file of one aspect's trees."""
    return packed_trees(trained(papers, aspect).dump_model(), NAMES)
