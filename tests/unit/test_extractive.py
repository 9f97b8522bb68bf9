import pytest

from digestgen.model import Link, Statement, Summary
from digestgen.summarize.extractive import Extractive
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


def test_the_gist_states_the_contribution() -> None:
    gist = digest().gist
    sentence = "In this paper, we propose DriftNet, a sampler that skips calm regions of the map."

    assert gist.text.endswith("we propose DriftNet, a sampler that skips calm regions of the map.")
    assert gist.evidence[0].sentence == sentence
    assert (gist.kind, gist.evidence[0].where, gist.evidence[0].index) == ("quote", "abstract", 2)


def test_a_gist_that_leaves_words_out_says_so() -> None:
    gist = digest(
        "Weather maps are slow to draw. To mend this, we propose DriftNet (see our page), a "
        "sampler of weather maps that skips calm regions, which saves most of the steps."
    ).gist

    assert gist.shortened
    assert gist.text not in gist.evidence[0].sentence or len(gist.text) < 150


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

    assert summary.background == summary.past_methods == summary.significance == ()
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

    assert len(summary.takeaways) == 7


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


@pytest.mark.parametrize(
    ("abstract", "comment", "text", "where"),
    [
        ("We fold. Code: github.com/foo/bar_baz.", "", "github.com/foo/bar_baz", "abstract"),
        (
            r"We fold. See \url{https://github.com/foo/bar\_baz}.",
            "",
            r"https://github.com/foo/bar\_baz",
            "abstract",
        ),
        ("We fold.", r"5 pages, github.com/foo/bar\_baz", r"github.com/foo/bar\_baz", "comment"),
        ("We fold github.com/foo/bar_bazaar.", "", "https://github.com/foo/bar_baz", "metadata"),
        ("We fold notgithub.com/foo/bar_baz.", "", "https://github.com/foo/bar_baz", "metadata"),
    ],
)
def test_an_address_of_code_is_quoted_as_it_stands(
    abstract: str, comment: str, text: str, where: str
) -> None:
    link = Link(kind="code", url="https://github.com/foo/bar_baz")
    (*_, code) = digest(abstract, comment=comment, links=(link,)).workload

    assert (code.text, code.evidence[0].where) == (text, where)
    assert text in code.evidence[0].sentence


def test_an_address_that_looks_like_the_end_of_a_sentence_is_quoted_from_the_abstract() -> None:
    abstract = "Its code is at github.com/foo/bar.In the end we fold cloth."
    link = Link(kind="code", url="https://github.com/foo/bar.In")
    (code,) = digest(abstract, links=(link,)).workload

    assert (code.text, code.evidence[0].sentence) == ("github.com/foo/bar.In", abstract)


def test_code_that_only_the_metadata_gives_is_said_to_come_from_there() -> None:
    summary = digest("We propose a filter.", links=(CODE,))

    assert [(s.text, s.evidence[0].where) for s in summary.workload] == [(CODE.url, "metadata")]


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("The source code and trained models are publicly available at this URL.",
         ["The source code and trained models are publicly available"]),
        ("Code available at this URL.", ["Code available"]),
        ("We will release our code and benchmark.", ["We will release our code and benchmark"]),
        ("Our data are available, and the code will be released.",
         ["Our data are available", "the code will be released"]),
        ("Our filter helps when little data is available.", []),
        ("The page is available.", []),
    ],
)  # fmt: skip
def test_a_release_without_an_address_is_told_in_its_words(sentence: str, facts: list[str]) -> None:
    summary = digest(f"We propose a filter. {sentence}")

    assert [s.text for s in summary.workload] == facts
    assert {s.evidence[0].sentence for s in summary.workload} <= {sentence}


def test_a_release_with_its_address_is_told_once() -> None:
    summary = digest(f"We propose a filter. Code is available at {CODE.url}.", links=(CODE,))

    assert [s.text for s in summary.workload] == [CODE.url]


def test_data_sets_that_a_result_names_are_workload() -> None:
    summary = digest(
        "We propose a filter on RGB-D pictures. Experiments on CIFAR-10, MS-COCO and ImageNet "
        "show that it is better. It achieves 91.2% on the RoI-Bench-2 test set on GPUs."
    )

    assert [s.text for s in summary.workload] == ["CIFAR-10", "MS-COCO", "ImageNet", "RoI-Bench-2"]


def test_a_small_number_inside_an_explanation_is_no_workload() -> None:
    summary = digest("We propose a sampler that interpolates between two images.")

    assert summary.workload == ()


def test_a_chinese_abstract_is_digested_by_its_own_cues() -> None:
    summary = digest(
        "扩散模型近年来广泛用于图像生成。然而，现有方法速度太慢。"
        "本文提出一种跳过平静区域的采样器。实验结果表明，该方法速度提升了三倍。"
    )

    assert summary.gist.text == "本文提出一种跳过平静区域的采样器。"
    assert indexes(summary.background) == [0]
    assert indexes(summary.past_methods) == [1]
    assert indexes(summary.performance) == [3]


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
