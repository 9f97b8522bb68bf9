"""The site says everything in Chinese and in English."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from digestgen.site.labels import LABELS, Labels

ROOT = Path(__file__).parents[2]
NAMES = Labels.__struct_fields__
# What is written the same in both: signs alone.
EQUAL = {"between_counts"}


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


def names_read() -> Iterator[str]:
    """The labels that templates, scripts and the program say."""
    for template in (ROOT / "templates" / "site").glob("*.j2"):
        yield from re.findall(r"\blabels\.(\w+)", template.read_text(encoding="utf-8"))
    for script in ("site.js", "search.js"):
        text = (ROOT / "templates" / "site" / "static" / script).read_text(encoding="utf-8")
        yield from re.findall(r"\bstrings\.(\w+)", text)
        if "strings[`theme_${" in text:
            yield from ("theme_auto", "theme_dark", "theme_light")
    for module in (ROOT / "src" / "digestgen" / "site").glob("*.py"):
        ours = "self" if module.stem == "labels" else r"(?:.*\.)?_?labels|LABELS\[.*\]"
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and re.fullmatch(ours, ast.unparse(node.value)):
                yield node.attr


def test_every_label_is_said_somewhere() -> None:
    assert sorted(set(NAMES) - set(names_read())) == []


def test_numbers_and_days_are_written_as_people_write_them() -> None:
    en, zh = LABELS["en"], LABELS["zh"]
    day = date(2024, 9, 4)

    assert [en.papers(1), en.papers(2), zh.papers(1)] == ["1 paper", "2 papers", "1 篇论文"]
    assert [en.posts(1), en.topics_count(2)] == ["1 digest", "2 topics"]
    assert [en.date(day), zh.date(day)] == ["4 September 2024", "2024年9月4日"]
    assert [en.month(day), zh.month(day)] == ["September 2024", "2024年9月"]
    assert en.more(0) == zh.more(0) == ""
