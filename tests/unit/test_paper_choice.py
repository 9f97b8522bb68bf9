"""Which figures are shown when there is not room for all."""

from digestgen.model import Section
from digestgen.paper.choice import choose
from digestgen.paper.figures import Found

BOX = (0.0, 0.0, 1.0, 1.0)


def found(name: str, caption: str = "", page: int = 1) -> Found:
    kind, label = name.split()
    return Found(
        kind=kind,  # type: ignore[arg-type]  # a test names real kinds
        label=label,
        caption=caption,
        page=page,
        bbox=BOX,
        caption_bbox=BOX,
    )


def names(*figures: Found, most: int = 8, references: int = 9) -> list[str]:
    sections = (Section(heading="References", role="references", page=references, text=""),)
    return [f"{one.kind} {one.label}" for one in choose(figures, sections, most)]


def test_figures_come_by_their_numbers_then_tables_then_algorithms() -> None:
    assert names(
        found("algorithm 1"), found("figure 10"), found("table 1"), found("figure 2"),
    ) == ["figure 2", "figure 10", "table 1", "algorithm 1"]  # fmt: skip


def test_the_main_text_goes_before_the_appendix() -> None:
    assert names(
        found("figure 3", page=12), found("figure A.1", page=8), found("table 1"), most=1
    ) == ["table 1"]
    assert names(found("figure S1"), found("figure IV"), found("table 1")) == [
        "figure IV",
        "figure S1",
        "table 1",
    ]


def test_tables_of_outcomes_go_before_others() -> None:
    assert names(
        found("table 1", "Table 1: Notation."),
        found("table 2", "Table 2: Accuracy on three datasets."),
        most=1,
    ) == ["table 2"]


def test_without_references_everything_is_main_text() -> None:
    assert [one.label for one in choose([found("figure 1", page=99)], (), 1)] == ["1"]
