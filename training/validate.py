"""This module measures training by cross-validation, the way the shipped code would choose.

python -m training.validate ../shared/data [roles] [gist] [aspects]
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from digestgen.summarize.aspects import ASPECTS
from digestgen.summarize.aspects import NAMES as ASPECT_NAMES
from digestgen.summarize.compression import opened
from digestgen.summarize.features import NAMES as GIST_NAMES
from digestgen.summarize.labels import ROLES
from digestgen.summarize.ranking import best_form
from digestgen.summarize.reading import described
from digestgen.summarize.roles import RoleModel, probabilities
from digestgen.summarize.trees import Trees
from digestgen.summarize.weights import Weights, idf_from, load, role_model_from, trees_from
from training import aspects, gist, idf, roles
from training.corpora import Abstract, Labelled, aclsum, csabstruct, scitldr
from training.rouge import best_rouge, rouge

FOLDS = 5
Item = TypeVar("Item")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Cross-validate the embedded summarizer.")
    parser.add_argument("data", type=Path)
    parser.add_argument("what", nargs="*", default=["roles", "gist", "aspects"])
    arguments = parser.parse_args()
    for what in arguments.what:
        MEASURES[what](arguments.data)
    return 0


def folds(items: Sequence[Item], count: int = FOLDS) -> Iterator[tuple[list[Item], list[int]]]:
    """Yield what to train on and the places of what to judge, in an order drawn once."""
    order = np.random.default_rng(0).permutation(len(items))
    for fold in range(count):
        judged = sorted(order[fold::count].tolist())
        kept = set(range(len(items))) - set(judged)
        yield [items[i] for i in sorted(kept)], judged


def measure_roles(data: Path) -> None:
    """Print micro and macro F1 of roles."""
    train, dev = csabstruct(data, "train"), csabstruct(data, "dev")
    scored = [
        role_scores(role_model_from(roles.file(rest)), [train[i] for i in judged])
        for rest, judged in folds(train)
    ]
    _show("roles, train, cross-validated", np.mean(scored, axis=0))
    _show("roles, train to dev", role_scores(role_model_from(roles.file(train)), dev))


def role_scores(model: RoleModel, texts: Sequence[Labelled]) -> np.ndarray:
    """Return micro and macro F1 in percent, and micro where annotators agreed (0.7 and more)."""
    wanted = np.array([ROLES.index(role) for text in texts for role in text.roles])
    sure = np.array([share >= 0.7 for text in texts for share in text.agreement])
    rows = [row for text in texts for row in probabilities(text.sentences, model)]
    found = np.array([row.index(max(row)) for row in rows])
    each = [
        2 * ((found == k) & (wanted == k)).sum() / max(1, (found == k).sum() + (wanted == k).sum())
        for k in range(len(ROLES))
    ]
    right = found == wanted
    return np.array([right.mean(), np.mean(each), right[sure].mean()]) * 100


def measure_gist(data: Path) -> None:
    """Print ROUGE of one-line summaries."""
    train, dev = scitldr(data, "train"), scitldr(data, "dev")
    every = [*train, *dev]
    shipped = load()
    groups = gist.candidates(every, shipped.roles, shipped.idf)
    scored = np.zeros((len(every), 3))
    for rest, judged in folds(list(zip(every, groups, strict=True))):
        trees = trees_from(gist.file([group for _, group in rest]), GIST_NAMES)
        scored[judged] = _chosen([every[i] for i in judged], trees)
    _show("gist, train, cross-validated", scored[: len(train)].mean(0))
    _show("gist, dev, cross-validated", scored[len(train) :].mean(0))
    trees = trees_from(gist.file(groups[: len(train)]), GIST_NAMES)
    _show("gist, train to dev", _chosen(dev, trees).mean(0))
    # The shipped word rarities were counted on dev as well; here nothing of dev has been seen.
    blind = replace(shipped, idf=idf_from(idf.file(train)))
    trees = trees_from(gist.file(gist.candidates(train, blind.roles, blind.idf)), GIST_NAMES)
    _show("gist, train to dev, words counted on train", _chosen(dev, trees, blind).mean(0))


def _chosen(
    abstracts: Sequence[Abstract], trees: Trees, weights: Weights | None = None
) -> np.ndarray:
    shipped = weights or load()
    scores = []
    for abstract in abstracts:
        text = described(abstract.sentences, abstract.title, shipped)
        _, form = best_form(abstract.sentences, text, trees)
        scores.append(best_rouge(abstract.references, form.text))
    return np.array(scores) * 100


def measure_aspects(data: Path) -> None:
    """Print ROUGE of challenge, approach and outcome, the mean of the three."""
    train, val = aclsum(data, "train"), aclsum(data, "val")
    shipped = load()
    depths = [
        aspects.sentences([*train, *val], places, shipped.roles, shipped.idf)
        for places in aspects.DEPTHS
    ]
    pairs = list(zip(*depths, strict=True))
    scored = np.zeros((len(depths), len(pairs), len(ASPECTS), 3))
    for number, aspect in enumerate(ASPECTS):
        for rest, judged in folds(pairs, 10):
            trees = trees_from(
                aspects.file([p for pair in rest for p in pair], aspect), ASPECT_NAMES
            )
            for depth in range(len(depths)):
                for i in judged:
                    paper = pairs[i][depth]
                    rated = [trees.score(row) for row in paper.rows.tolist()]
                    line = opened(paper.texts[rated.index(max(rated))]).text
                    scored[depth, i, number] = rouge(paper.summaries[aspect], line)
    for depth, places in enumerate(aspects.DEPTHS):
        name = " and ".join(places)
        _show(f"aspects, {name}, train", scored[depth, : len(train)].mean((0, 1)) * 100)
        _show(f"aspects, {name}, val", scored[depth, len(train) :].mean((0, 1)) * 100)


def _show(name: str, figures: np.ndarray) -> None:
    print(f"{name:60}", " ".join(f"{figure:6.2f}" for figure in figures), flush=True)


MEASURES: dict[str, Callable[[Path], None]] = {
    "roles": measure_roles,
    "gist": measure_gist,
    "aspects": measure_aspects,
}

if __name__ == "__main__":
    sys.exit(main())
