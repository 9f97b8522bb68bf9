import pytest

from digestgen.model import Link, Statement, Summary
from digestgen.summarize import parts, ranking, roles
from digestgen.summarize.extractive import Extractive
from digestgen.summarize.keywords import keywords
from digestgen.summarize.words import content_words, overlap
from tests.builders import paper

ABSTRACT = (
    "Diffusion models have become widely used for weather maps. "
    "However, existing samplers suffer from hundreds of slow steps. "
    "In this paper, we propose DriftNet, a sampler that skips calm regions of the map. "
    "Specifically, our method learns a mask of turbulence and refines only what it marks. "
    "Unlike earlier distillation, it needs no second teacher network. "
    "Experiments on four datasets show that DriftNet is 11.5x faster and lowers the error by 8%. "
    "These findings open new avenues for forecasts on small devices. "
    "Code is available at https://example.org/driftnet."
)
CODE = Link(kind="code", url="https://example.org/driftnet")


def digest(abstract: str = ABSTRACT, *, comment: str = "", links: tuple[Link, ...] = ()) -> Summary:
    title = "DriftNet: Faster Sampling of Weather Maps"
    return Extractive().summarize(
        paper(title=title, abstract=abstract, comment=comment, links=links), ()
    )


def indexes(statements: tuple[Statement, ...]) -> list[int | None]:
    return [statement.evidence[0].index for statement in statements]


def test_the_gist_is_the_whole_sentence_that_states_the_contribution() -> None:
    gist = digest().gist

    assert gist.text == (
        "In this paper, we propose DriftNet, a sampler that skips calm regions of the map."
    )
    assert (gist.kind, gist.evidence[0].where, gist.evidence[0].index) == ("quote", "abstract", 2)


def test_each_sentence_goes_to_the_part_that_it_speaks_for() -> None:
    summary = digest()

    assert indexes(summary.background) == [0]
    assert indexes(summary.past_methods) == [1]
    assert indexes(summary.proposed_method) == [2]
    assert indexes(summary.methods) == [3, 4]
    assert indexes(summary.innovation) == [4]
    assert indexes(summary.performance) == [5]
    assert indexes(summary.task_and_performance) == [5]
    assert indexes(summary.significance) == [6]


def test_takeaways_stand_in_the_papers_order_without_gist_background_and_code() -> None:
    assert indexes(digest().takeaways) == [3, 4, 5, 6]


def test_a_part_that_the_abstract_does_not_speak_of_stays_empty() -> None:
    summary = digest("We propose a filter. It removes most of the noise in old recordings.")

    assert summary.background == summary.past_methods == summary.performance == ()
    assert summary.workload == ()


def test_takeaways_are_never_padded() -> None:
    summary = digest("We propose a filter for old recordings. It removes 93.4% of their noise.")

    assert [statement.text for statement in summary.takeaways] == [
        "It removes 93.4% of their noise."
    ]


def test_the_only_sentence_is_gist_and_takeaway() -> None:
    summary = digest("We prove that every smooth map has a fixed point.")

    assert summary.takeaways == (summary.gist,)


def test_a_sentence_said_twice_is_taken_once() -> None:
    said = "Our filter removes all noise from the recordings."
    summary = digest(f"We propose a new sampler. {said} {said}")

    assert [statement.text for statement in summary.takeaways] == [said]


def test_more_than_seven_takeaways_are_never_given() -> None:
    nouns = ("wind", "rain", "snow", "frost", "cloud", "storm", "river", "ocean", "lake", "sea")
    steps = (f"Then our {noun} sampler reads {noun}maps." for noun in nouns)
    summary = digest(" ".join(["We propose DriftNet.", *steps]))

    assert len(summary.takeaways) == ranking.MOST_TAKEAWAYS == 7


def test_results_with_numbers_come_before_other_sentences() -> None:
    plain = "The approach is simple to explain to every reader of the field."
    number = "On the lake data it reaches an accuracy of 91.2%, which no sampler did."
    scores = [
        ranking.takeaway_score(plain, "method", frozenset()),
        ranking.takeaway_score(number, "result", frozenset()),
    ]

    assert scores == sorted(scores)


def test_pages_figures_data_and_code_are_the_workload() -> None:
    summary = digest(comment="12 pages, 5 figures, accepted at a workshop", links=(CODE,))

    assert [(s.text, s.kind, s.evidence[0].where) for s in summary.workload] == [
        ("12 pages", "fact", "comment"),
        ("5 figures", "fact", "comment"),
        ("four datasets", "fact", "abstract"),
        ("https://example.org/driftnet", "fact", "abstract"),
    ]


def test_code_that_the_comment_gives_is_said_to_come_from_there() -> None:
    summary = digest("We propose a filter.", comment=f"Code: {CODE.url}", links=(CODE,))

    assert [s.evidence[0].sentence for s in summary.workload] == [f"Code: {CODE.url}"]


def test_code_that_only_the_metadata_gives_is_said_to_come_from_there() -> None:
    summary = digest("We propose a filter.", links=(CODE,))

    assert [(s.text, s.evidence[0].where) for s in summary.workload] == [(CODE.url, "metadata")]


def test_a_small_number_inside_an_explanation_is_no_workload() -> None:
    summary = digest("We propose a sampler that interpolates between two images.")

    assert summary.workload == ()


def test_an_english_abstract_is_labelled_by_its_cues() -> None:
    sentences = (
        "Cloth is hard to model.",
        "We propose a mesh.",
        "1) Speed.",
        "Our method first folds the sleeves of the shirt.",
        "Experiments show that it outperforms two baselines.",
        "The code is available at https://example.org/cloth.",
    )

    assert roles.label(sentences) == (
        "background", "objective", "other", "method", "result", "other",
    )  # fmt: skip


def test_a_chinese_abstract_is_digested_by_its_own_cues() -> None:
    summary = digest(
        "扩散模型近年来广泛用于图像生成。然而，现有方法速度太慢。"
        "本文提出一种跳过平静区域的采样器。实验结果表明，该方法速度提升了三倍。"
    )

    assert summary.gist.text == "本文提出一种跳过平静区域的采样器。"
    assert indexes(summary.background) == [0]
    assert indexes(summary.past_methods) == [1]
    assert indexes(summary.performance) == [3]


def test_no_sentence_stands_in_more_than_two_parts() -> None:
    sentences = (
        "We propose a novel sampler, the first of its kind, which outperforms all by 12% "
        "in experiments on two datasets and opens new avenues.",
    ) * 3
    routed = parts.route(sentences, roles.label(sentences), gist=0)
    stands = [index for name in routed.__slots__ for index in getattr(routed, name)]

    assert max(stands.count(index) for index in range(3)) <= 2


def test_keywords_are_phrases_as_they_stand_without_tex() -> None:
    found = keywords(
        r"Latent Diffusion Models with $\mathcal{O}(n \log n)$ Attention",
        "Latent diffusion models are slow. We study sparse attention for latent diffusion models. "
        r"Sparse attention over \emph{windows} helps in 35\% of cases with ControlNet.",
    )

    assert found[:3] == ("Latent Diffusion Models", "sparse attention", "ControlNet"), found
    assert not any(mark in phrase for phrase in found for mark in "$\\{}%")


def test_overlap_is_the_share_of_the_smaller_text() -> None:
    assert overlap(content_words("a red house"), content_words("the red house on a hill")) == 1.0
    assert overlap(content_words("a red house"), content_words("one blue boat")) == 0.0
    assert overlap(frozenset(), content_words("one blue boat")) == 0.0


@pytest.mark.parametrize("abstract", ["", " \n\t ", "\u200b"])
def test_an_empty_abstract_is_refused(abstract: str) -> None:
    with pytest.raises(ValueError, match=r"^the abstract is empty$"):
        digest(abstract)


@pytest.mark.parametrize(
    "abstract",
    [
        "This paper has been withdrawn by the author due to an error in equation 3.",
        "The manuscript was temporarily withdrawn.",
        "Withdrawn.",
    ],
)
def test_a_withdrawal_notice_is_no_abstract(abstract: str) -> None:
    with pytest.raises(ValueError, match=r"^the abstract only says that the paper is withdrawn$"):
        digest(abstract)


def test_a_paper_about_withdrawal_is_digested() -> None:
    summary = digest("We study how deposits are withdrawn in a crisis.")

    assert summary.gist.text == "We study how deposits are withdrawn in a crisis."


def test_the_summary_says_how_it_was_made() -> None:
    by = digest().written_by

    assert (by.method, by.fingerprint, by.input) == (
        "extractive",
        Extractive().fingerprint,
        "abstract",
    )
