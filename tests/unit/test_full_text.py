"""With sections, parts take what the abstract does not say, each line with its section and page."""

from dataclasses import fields

import pytest

from digestgen.model import Section, Sentence, Statement, Summary
from digestgen.summarize.extractive import Extractive
from tests.builders import paper

ABSTRACT = "We propose DriftNet, a sampler of weather maps."
FIELD = "Weather maps are drawn every hour by forecasters all over the world."
PROBLEM = "However, existing solvers suffer from hundreds of slow and costly steps."
MASK = "We first learn a mask of turbulence from past storms."
REFINE = "We apply the network only to those pixels that look turbulent."
MEASURED = "On the Lake benchmark it is 11.5 times faster than the best baseline."
MEANING = "These findings open new avenues for forecasts on small devices."


def section(
    role: str, *texts: str, heading: str = "", page: int = 2, noise: bool = False
) -> Section:
    return Section(
        heading=heading or role.capitalize(),
        role=role,
        page=page,
        text=" ".join(texts),
        sentences=tuple(Sentence(text=t, page=page, box=(0, 0, 1, 1), noise=noise) for t in texts),
    )


SECTIONS = (
    section("introduction", FIELD, PROBLEM, "In this paper we present DriftNet.", page=1),
    section("method", MASK, heading="Mask"),
    section("method", REFINE, heading="Refinement", page=3),
    section("results", MEASURED, page=4),
    section("conclusion", MEANING, page=5),
)


def digest(*sections: Section, abstract: str = ABSTRACT) -> Summary:
    return Extractive().summarize(paper(title="DriftNet", abstract=abstract), sections)


def shown(part: tuple[Statement, ...]) -> list[tuple[str, str, int | None]]:
    return [(s.text, s.evidence[0].where, s.evidence[0].page) for s in part]


def statements(summary: Summary) -> list[Statement]:
    parts = (getattr(summary, field.name) for field in fields(summary))
    return [
        s for part in parts if isinstance(part, tuple) for s in part if isinstance(s, Statement)
    ]


def test_each_part_is_filled_from_the_sections_that_speak_of_it() -> None:
    summary = digest(*SECTIONS)

    assert shown(summary.background) == [(FIELD, "Introduction", 1)]
    assert shown(summary.past_methods) == [(PROBLEM, "Introduction", 1)]
    assert shown(summary.methods) == [(MASK, "Mask", 2), (REFINE, "Refinement", 3)]
    assert shown(summary.performance) == [(MEASURED, "Results", 4)]
    assert shown(summary.significance) == [(MEANING, "Conclusion", 5)]


def test_the_summary_says_whether_the_full_text_was_read() -> None:
    assert digest(*SECTIONS).written_by.input == "full"
    assert digest().written_by.input == "abstract"


def test_a_line_knows_its_number_among_the_sentences_of_its_section() -> None:
    (step,) = digest(section("method", "A short one.", MASK)).methods

    assert step.evidence[0].index == 1


@pytest.mark.parametrize(
    "unreadable",
    [
        section("method", MASK, noise=True),
        section("method", "We first learn a mask of turbulence, as Figure 3 shows."),
        section("method", "We first learn a mask of turbulence as follows:"),
        section("method", "of storms, and we first learn a mask of turbulence."),
        section("method", "We first learn it."),
        section("method", "We learn masks of turbulence, but for the scaling factor of √ 1 ."),
        section("method", "We learn masks of turbulence that are scaled by the factor of 1 ."),
        section("method", "Residual Masking We apply a mask of turbulence to each storm."),
        section("method", "Data Classes. driftlib learns a mask of turbulence for each storm."),
        section("method", "The bound on DriftNet is tight up to a constant."),
        section("method", "As we discussed, DriftNet learns a mask of turbulence."),
        section("method", "In the next subsections we explain how a mask is learned."),
        section("method", "Below, we showcase how DriftNet learns a mask of turbulence."),
        section("method", "Hence we also compare how long a mask of turbulence takes to learn."),
        section("method", "We expect DriftNet to appeal to forecasters and to sailors."),
        section("method", "Masking is identical to our sampler, but for its scale."),
        section("related work", MASK),
        section("appendix", MASK),
    ],
)
def test_what_does_not_read_well_alone_is_no_step(unreadable: Section) -> None:
    assert digest(unreadable).methods == ()


def test_few_steps_stand_behind_those_of_the_abstract() -> None:
    told = "Specifically, our method first predicts a mask from the coarse map."
    summary = digest(section("method", REFINE), abstract=f"{ABSTRACT} {told}")

    assert shown(summary.methods) == [(told, "abstract", None), (REFINE, "Method", 2)]


def test_nothing_behind_the_references_is_quoted() -> None:
    assert digest(section("references", "[1] A."), section("method", MASK)).methods == ()


def test_no_line_says_again_what_the_abstract_says() -> None:
    summary = digest(*SECTIONS, abstract=f"{PROBLEM} {ABSTRACT}")
    texts = [s.text for s in statements(summary)]

    assert texts.count(PROBLEM) == len([s for s in statements(summary) if s.text == PROBLEM])
    assert all(s.evidence[0].where == "abstract" for s in statements(summary) if s.text == PROBLEM)


def test_a_paper_with_many_method_sections_has_one_step_of_each_and_eight_at_most() -> None:
    nouns = ("wind", "rain", "snow", "frost", "cloud", "storm", "river", "ocean", "lake", "sea")
    sections = [
        section(
            "method",
            f"We first sample {n}charts with {n}grids of {n}stones.",
            f"We train {n}nets on {n}fields and on {n}leaves.",
            heading=n,
        )
        for n in nouns
    ]
    headings = [s.evidence[0].where for s in digest(*sections).methods]

    assert len(headings) == len(set(headings)) == 8
    assert headings == [n for n in nouns if n in headings]
