"""The site says everything in Chinese and in English."""

import re
from dataclasses import fields
from datetime import date
from string import Formatter

import pytest

from digestgen.site.labels import LABELS, Labels

NAMES = [field.name for field in fields(Labels)]
# What is written the same in both: a format's name, or signs alone.
EQUAL = {"abstract_page", "between_counts"}


def places(text: str) -> set[str]:
    """What is filled into a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", NAMES)
def test_a_text_is_there_in_both_languages_and_takes_the_same_values(name: str) -> None:
    en, zh = (getattr(LABELS[lang], name) for lang in ("en", "zh"))

    assert en.strip()
    assert zh.strip()
    assert (en == zh) == (name in EQUAL)
    assert places(zh) <= {"", "0", "1", "2", "3"}
    assert not re.search("[\u3400-\u9fff]", en)


def test_numbers_and_days_are_written_as_people_write_them() -> None:
    en, zh = LABELS["en"], LABELS["zh"]
    day = date(2024, 9, 4)

    assert [en.papers(1), en.papers(2), zh.papers(1)] == ["1 paper", "2 papers", "1 篇论文"]
    assert [en.posts(1), en.topics_count(2)] == ["1 digest", "2 topics"]
    assert [en.date(day), zh.date(day)] == ["4 September 2024", "2024年9月4日"]
    assert [en.month(day), zh.month(day)] == ["September 2024", "2024年9月"]
    assert en.more(0) == zh.more(0) == ""
