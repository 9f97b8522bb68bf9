"""A part takes what claims it, then the nearest thing, and stays empty only without either."""

import pytest

from digestgen.summarize import parts
from digestgen.summarize.lines import Lines, read_paper
from digestgen.summarize.reading import read
from digestgen.summarize.weights import load

FIELD = "Weather maps are drawn every hour all over the world."
GAP = "Drawing weather maps remains a challenging problem."
PAST = "Existing samplers suffer from hundreds of slow steps."
GIST = "We propose DriftNet, a sampler of weather maps."
STEP = "First, the sampler learns a mask of the turbulence."
SHOWN = "Experiments show that the maps agree with those of forecasters."
MEASURED = "Experiments show that it outperforms two baselines by 8%."
MEANING = "Our work provides deeper insight into the sampling of maps."
USE = "It runs on small devices and facilitates the work of forecasters."


def abstract_lines(*sentences: str) -> Lines:
    lines, _ = read_paper(read(sentences, "", load()), (), "", load())
    return lines


def route(*sentences: str) -> dict[str, list[str]]:
    """Return the sentences of each part; the gist is ``GIST``."""
    lines = abstract_lines(*sentences)
    routed = parts.route(lines, gist=sentences.index(GIST))
    return {name: [line.text for line in getattr(routed, name)] for name in routed.__slots__}


def test_what_claims_a_part_stands_in_it() -> None:
    routed = route(FIELD, PAST, GIST, STEP, MEASURED, MEANING)

    assert routed == {
        "background": [FIELD],
        "past_methods": [PAST],
        "proposed_method": [GIST],
        "methods": [STEP],
        "task_and_performance": [MEASURED],
        "performance": [MEASURED],
        "significance": [MEANING],
        "innovation": [GIST],
    }


def test_the_opening_sentence_is_background_although_it_tells_a_problem() -> None:
    routed = route(GAP, PAST, GIST, MEASURED)

    assert (routed["background"], routed["past_methods"]) == ([GAP], [PAST])


@pytest.mark.parametrize("only", [GAP, PAST])
def test_an_only_sentence_before_the_proposal_is_background_and_problem(only: str) -> None:
    routed = route(only, GIST, MEASURED)

    assert (routed["background"], routed["past_methods"]) == ([only], [only])


@pytest.mark.parametrize(
    "others",
    [
        "Existing forecasts rely on past storms alone.",
        "Maps of the weather fail during storms.",
        "In such storms, however, samplers struggle with hundreds of steps.",
    ],
)
def test_what_others_do_is_told_for_its_problem(others: str) -> None:
    assert route(FIELD, others, GIST, MEASURED)["past_methods"] == [others]


def test_what_is_left_for_later_is_no_meaning_and_a_hope_no_result() -> None:
    later = "Future work will open new avenues for maps of the sea."
    hope = "We hope that our sampler can improve the work of forecasters."
    routed = route(FIELD, GIST, STEP, hope, later)

    assert later not in routed["significance"]
    assert hope not in routed["performance"] + routed["task_and_performance"]


def test_a_proposal_that_opens_the_abstract_is_no_background() -> None:
    assert route(GIST, STEP, MEASURED)["background"] == []


def test_results_without_numbers_stand_in_for_measured_ones() -> None:
    assert route(FIELD, GIST, SHOWN)["performance"] == [SHOWN]
    assert route(FIELD, GIST, SHOWN, MEASURED)["performance"] == [MEASURED]


def test_what_else_is_proposed_is_an_innovation_rather_than_the_gist_again() -> None:
    further = "Additionally, we introduce BenchDrift, a collection of weather maps."

    assert route(FIELD, GIST, further, MEASURED)["innovation"] == [further]


def test_the_sentence_that_names_the_task_stands_in_for_results() -> None:
    named = "Our sampler learns the task of filling gaps from old maps."

    assert route(FIELD, GIST, named)["task_and_performance"] == [named]


@pytest.mark.parametrize(
    "result",
    [
        "By meeting the forecasters, this work sets a new benchmark for weather maps.",
        "Our sampler delivers state-of-the-art performance on maps.",
        "Our sampler outperforms all others.",
    ],
)
def test_a_result_is_no_step_of_the_method(result: str) -> None:
    routed = route(FIELD, GIST, STEP, result, SHOWN)

    assert routed["methods"] == [STEP]
    assert result in routed["performance"] + routed["significance"]


def test_at_the_end_what_the_work_is_good_for_is_its_significance() -> None:
    assert route(FIELD, GIST, STEP, USE)["significance"] == [USE]
    assert route(FIELD, GIST, STEP, USE, MEANING)["significance"] == [MEANING]


def test_a_step_that_speaks_of_insights_is_not_what_the_work_means() -> None:
    step = "Our key insight into maps is that they are calm."

    assert route(FIELD, GIST, step, STEP, STEP, SHOWN)["significance"] == []


def test_without_results_their_parts_stay_empty() -> None:
    routed = route(GIST, "It reads maps.")

    assert routed["performance"] == routed["past_methods"] == routed["significance"] == []


def test_no_sentence_stands_in_more_than_two_parts() -> None:
    sentence = (
        "We propose a novel sampler, the first of its kind, which outperforms all by 12% "
        "in experiments on two datasets and opens new avenues."
    )
    lines = abstract_lines(*(sentence,) * 3)
    routed = parts.route(lines, gist=0)
    stands = [line.index for name in routed.__slots__ for line in getattr(routed, name)]

    assert max(map(stands.count, stands)) <= 2
