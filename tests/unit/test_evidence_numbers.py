"""Which numbers of a text are the paper's, however both write them."""

import pytest

from digestgen.evidence import Passage, Sources, examine

KNOWN = Sources(
    texts=(
        "The rate rises from 61.2% to 68.9%, with a recall of 0.87, on 120,000 clips in 37 days. "
        "Half of them are new. Ninety percent, or 90%, are short. See arXiv:2409.01234 of "
        "2024-09-17, and https://a.org/88.",
    ),
)


def numbers(text: str) -> list[str]:
    """The numbers of a text that the paper does not name."""
    found = examine(Passage(text=text, part="methods"), KNOWN)
    return [text[f.start : f.end].strip() for f in found if f.rule == "number-not-in-source"]


@pytest.mark.parametrize(
    "text",
    [
        "准确率从 0.612 升到 68.9%，提高 7.7 个百分点。",
        "It gains 7.7 points, at a recall of 87%.",
        "Thirty-seven days, in 2024年.",
        "12 万段视频，九成很短，一半是新的。",
        "三成员小组把视频分成四成长度不同的段。",
    ],
)
def test_numbers_that_follow_from_the_papers_are_known(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("推理要 6890 毫秒。", "6890"),
        ("The rate is 0.37.", "0.37"),
        ("It gains 8.7 points.", "8.7"),
        ("Seventeen runs.", "Seventeen"),
        ("It is forty-two times faster.", "forty-two"),
        ("显存减少七成。", "七成"),
        ("共 17 次，2409 个样本。", "2409"),
        ("共有 88 个。", "88"),
    ],
)
def test_numbers_that_only_look_like_the_papers_are_found(text: str, number: str) -> None:
    assert number in numbers(text)
