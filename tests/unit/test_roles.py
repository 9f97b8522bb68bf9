"""Each sentence of an abstract is told what it is for."""

import pytest

from digestgen.summarize.cue_roles import mended
from digestgen.summarize.labels import ROLES
from digestgen.summarize.reading import read
from digestgen.summarize.roles import probabilities
from digestgen.summarize.weights import load

ABSTRACT = (
    "Diffusion models have become widely used for weather maps.",
    "However, existing samplers suffer from hundreds of slow steps.",
    "In this paper, we propose DriftNet, a sampler that skips calm regions of the map.",
    "Our method learns a mask of turbulence and refines only what it marks.",
    "Experiments on four datasets show that DriftNet is 11.5x faster.",
)


def test_an_abstract_is_labelled_from_background_to_result() -> None:
    roles = read(ABSTRACT, "DriftNet", load()).roles

    assert roles[:2] == ("background", "background")
    assert roles[2] in ("objective", "method")
    assert roles[3:] == ("method", "result")


@pytest.mark.parametrize(
    "opening",
    [
        "In this paper, we introduce DriftNet.",
        "We present a sampler of weather maps that skips calm regions.",
        "This paper proposes a sampler of weather maps.",
        "In this work we propose a sampler of weather maps.",
    ],
)
def test_an_opening_that_states_the_contribution_is_no_background(opening: str) -> None:
    roles = read((opening, *ABSTRACT[3:]), "DriftNet", load()).roles

    assert roles[0] in ("objective", "method")


def test_likelihoods_of_a_sentence_add_up_to_one() -> None:
    rows = probabilities(ABSTRACT, load().roles)

    assert [len(row) for row in rows] == [len(ROLES)] * len(ABSTRACT)
    assert all(sum(row) == pytest.approx(1) for row in rows)


def test_no_sentences_have_no_roles() -> None:
    assert probabilities((), load().roles) == ()


def test_a_chinese_abstract_is_labelled_by_its_cues() -> None:
    roles = read(
        ("扩散模型广泛用于图像生成。", "本文提出一种采样器。", "实验结果表明速度提升三倍。"),
        "",
        load(),
    ).roles

    assert roles == ("background", "objective", "result")


@pytest.mark.parametrize(
    ("behind", "role"),
    [
        ("Unlike popular samplers, it no longer needs hundreds of steps.", "method"),
        ("We call it a sampler since it draws maps at random.", "method"),
        ("DriftNet reads maps of the sea as well.", "method"),
        ("Our experiments show that maps are drawn 8% faster.", "result"),
        ("Existing samplers draw maps of the sea.", "background"),
        ("Maps of the sea are costly.", "background"),
    ],
)
def test_behind_the_gist_only_what_speaks_of_others_is_background(behind: str, role: str) -> None:
    lines = ("Maps are slow.", "We propose DriftNet, a sampler of maps.", behind)

    assert mended(lines, ("background", "objective", "background"), gist=1)[2] == role


def test_a_claim_is_a_result() -> None:
    lines = (
        "We propose DriftNet, a sampler of maps.",
        "Its cost is bounded.",
        "The bound is tight.",
    )

    assert mended(lines, ("objective", "method", "method"), gist=0)[2] == "result"


def test_an_answer_to_the_problem_is_no_background() -> None:
    answer = "To address these challenges, we propose a sampler that is calm."
    lines = ("Maps are slow.", answer, "We propose DriftNet, a sampler of maps.")

    assert mended(lines, ("background", "background", "objective"), gist=2)[1] == "method"
