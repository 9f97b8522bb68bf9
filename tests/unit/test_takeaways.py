"""What is worth remembering: results with numbers first, nothing twice."""

from digestgen.summarize.labels import Role
from digestgen.summarize.takeaways import score, takeaways

GIST = "We propose DriftNet, a sampler of weather maps."
PLAIN = "The approach is simple to explain to every reader of the field."
NUMBER = "On the lake benchmark it reaches an accuracy of 91.2%, as no sampler did."
FIELD = "Forecasters have drawn charts by hand for a hundred years."


def chosen(*told: tuple[str, Role]) -> list[str]:
    sentences = [GIST, *(text for text, _ in told)]
    roles: list[Role] = ["objective", *(role for _, role in told)]
    return [sentences[i] for i in takeaways(sentences, roles, "DriftNet", gist=0)]


def test_a_result_with_a_number_is_worth_more_than_anything_without() -> None:
    assert score(NUMBER, "result", frozenset()) > score(PLAIN, "result", frozenset())


def test_takeaways_stand_in_the_papers_order() -> None:
    assert chosen((PLAIN, "method"), (NUMBER, "result")) == [PLAIN, NUMBER]


def test_what_is_said_twice_is_taken_once() -> None:
    assert chosen((NUMBER, "result"), (NUMBER, "result")) == [NUMBER]


def test_background_stands_in_only_for_nothing() -> None:
    assert chosen((FIELD, "background"), (NUMBER, "result")) == [NUMBER]
    assert chosen((FIELD, "background")) == [FIELD]


def test_of_ten_results_with_numbers_seven_are_taken() -> None:
    nouns = ("wind", "rain", "snow", "frost", "cloud", "storm", "river", "ocean", "lake", "sea")
    told: list[tuple[str, Role]] = [
        (f"For {noun} the {noun}bank {noun}rate gains {i}.5 {noun}points.", "result")
        for i, noun in enumerate(nouns)
    ]

    assert len(chosen(*told)) == 7
