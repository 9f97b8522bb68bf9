"""This module reads the numbers of headings, and finds those that make one growing sequence."""

from collections.abc import Iterator, Sequence

Place = tuple[int, ...]

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9,
          "X": 10, "XI": 11, "XII": 12}  # fmt: skip
_APPENDIX = 100  # appendix A comes after section 99
_START = {(1,): 0.0, (0,): 0.0, (1, 1): -0.5, (2,): -0.8, (_APPENDIX + 1,): -0.5}
_JUMP = -0.6  # for each number left out
_LOOK_BACK = 300  # numbers; more lie between two headings of no paper
_EACH = 0.5  # a longer sequence is the better one


def best_sequence(numbers: Sequence[tuple[str, float]]) -> list[tuple[int, Place]]:
    """Return the indexes and places of the most convincing sequence of growing numbers.

    Each number comes with a weight: how much it looks like that of a heading.
    """
    placed = list(_places([number for number, _ in numbers]))
    scores: list[float] = []
    before: list[int] = []
    for at, (index, place) in enumerate(placed):
        best, previous = _START.get(place, -2.0), -1
        for other in range(max(0, at - _LOOK_BACK), at):
            step = _step(placed[other][1], place)
            if step is not None and scores[other] + step > best:
                best, previous = scores[other] + step, other
        scores.append(best + _EACH + numbers[index][1])
        before.append(previous)
    chain: list[tuple[int, Place]] = []
    at = max(range(len(scores)), key=scores.__getitem__, default=-1)
    while at >= 0:
        chain.append(placed[at])
        at = before[at]
    return chain[::-1]


def _places(numbers: Sequence[str]) -> Iterator[tuple[int, Place]]:
    """Yield the numbers as tuples of integers, where they can be read.

    Where sections have Roman numbers, letters number their subsections, and "1." or "1)" what is
    in these.
    """
    is_roman = _has_roman_sections(numbers)
    section = part = 0
    for index, number in enumerate(numbers):
        head, *rest = number.rstrip(")").split(".")
        below = tuple(map(int, rest))
        if is_roman and head in _ROMAN:
            section, part = _ROMAN[head], 0
            yield index, (section, *below)
        elif is_roman and head.isalpha() and len(head) == 1:
            part = ord(head) - ord("A") + 1
            yield index, (section, part, *below)
        elif is_roman and head.isdigit() and part and not rest:
            yield index, (section, part, int(head))
        elif number.endswith(")"):
            continue
        elif head.isdigit():
            yield index, (int(head), *below)
        elif len(head) == 1:
            yield index, (_APPENDIX + ord(head) - ord("A") + 1, *below)


def _has_roman_sections(numbers: Sequence[str]) -> bool:
    """Return whether sections are numbered I, II, III; digits may number what is in them."""
    roman = sum(number in _ROMAN for number in numbers)
    digits = sum(number in {"1", "2", "3"} for number in numbers)
    first = min((numbers.index(one) for one in ("1", "2") if one in numbers), default=len(numbers))
    opens = {"I", "II"} <= set(numbers[:first]) and "III" in numbers
    return roman >= 3 and (roman > digits or opens)


def _step(last: Place, place: Place) -> float | None:
    """Return what it costs that ``place`` follows ``last``, or None when it cannot."""
    if len(place) > len(last):
        return _step_down(last, place)
    depth = len(place)
    if depth == 1 and place[0] == _APPENDIX + 1 and last[0] < _APPENDIX:
        return 0.0
    ahead = place[-1] - last[depth - 1]
    if place[:-1] == last[: depth - 1] and 0 < ahead <= 3:
        return _JUMP * (ahead - 1)
    skipped = depth > 1 and place[0] - last[0] == 1 and set(place[1:]) == {1}
    return 2 * _JUMP if skipped else None


def _step_down(last: Place, place: Place) -> float | None:
    """Return what it costs to go from a section into its subsections."""
    if place[: len(last)] == last and len(place) == len(last) + 1 and place[-1] <= 2:
        return _JUMP * max(0, place[-1] - 1)
    begun = place[0] - last[0] in (0, 1) and place[-1] == 1
    return 2 * _JUMP if begun else None
