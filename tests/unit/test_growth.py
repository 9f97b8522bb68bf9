"""Tests that the comparison of two runs tells linear work from quadratic work."""

from functools import cache

from tests.growth import is_in_proportion


def test_linear_work_is_in_proportion() -> None:
    assert is_in_proportion(sorted, "ab")


def test_quadratic_work_is_not_although_its_answers_are_remembered() -> None:
    @cache
    def quadratic(text: str) -> int:
        return sum(range(len(text) ** 2 // 100))

    assert not is_in_proportion(quadratic, "a", small=20_000, large=80_000)
