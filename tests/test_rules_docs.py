"""docs/rules.md describes every rule, and its examples are what it says they are."""

import re
from collections import Counter
from pathlib import Path

import pytest
from benchmarks import evidence

from digestgen.lint import FIXES, RULES, File, Records, across, check_parsed, parsed, sightings
from digestgen.model import Author
from tests.builders import paper

PAGE = (Path(__file__).parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### `([a-z-]+)`\n(.*?)(?=^### `|\Z)", PAGE, re.MULTILINE | re.DOTALL))
[FRAME] = re.findall(r"on this paper:\n\n```markdown\n(.*?)\n```", PAGE, re.DOTALL)
KNOWN = paper(
    "2409.00001",
    title="A Filter for Noise",
    authors=(
        Author(name="Ada Lovelace", affiliations=("Analytical Society",)),
        Author(name="Charles Babbage"),
    ),
    abstract="We propose a filter for noise. On ImageNet it removes 93.4% of the noise from 4,768 "
    "pictures. The code is at https://github.com/ada/filter .",
)
RECORDS = Records(papers={KNOWN.id: KNOWN}, unknown=frozenset({"2409.99999"}))
WITH_EXAMPLES = sorted(RULES.keys() - {"unreadable-file"})


def examples(rule: str, label: str) -> str:
    """The bad or the good example of a rule."""
    [example] = re.findall(
        rf"^{label}:\n\n```markdown\n(.*?)\n```$", SECTIONS[rule], re.MULTILINE | re.DOTALL
    )
    return str(example)


def found(example: str, records: Records) -> set[str]:
    """The rules that an example breaks, after the post of the page's beginning."""
    is_file = example.lstrip().startswith("---\n") or example.startswith("## ")
    text = f"{example}\n" if is_file else f"{FRAME}\n\n{example}\n"
    assets = frozenset({"fig-1.webp"})
    post = parsed(File(path="noise-2.md", text=text, assets=assets))
    first = parsed(File(path="noise-1.md", text=f"{FRAME}\n"))
    problems = list(check_parsed(post, records, wanted=RULES.__contains__))
    if "date: 2024-10" in example:
        problems += across([*sightings(first), *sightings(post)])
    return {problem.rule for problem in problems}


def test_every_rule_is_described_and_no_other() -> None:
    assert sorted(SECTIONS) == sorted(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_described_as_it_is(rule: str) -> None:
    section = SECTIONS[rule]

    assert re.search(rf"^Level: .*{RULES[rule].level}", section, re.MULTILINE)
    assert RULES[rule].about.removesuffix(" (--source-check)") in section
    assert ("`--fix` mends it" in section) == (rule in FIXES) == RULES[rule].fixes


@pytest.mark.parametrize("rule", WITH_EXAMPLES)
def test_the_bad_example_breaks_the_rule_and_the_good_one_keeps_it(rule: str) -> None:
    records = RECORDS if "`--source-check`" in SECTIONS[rule] else Records()

    assert rule in found(examples(rule, "Bad"), records)
    assert rule not in found(examples(rule, "Good"), records)


def test_the_figures_of_the_page_are_those_of_the_benchmark(shared: Path) -> None:
    recall = evidence.recall_of(shared / "data", with_metadata=True)
    total, lost = (Counter(each.kind for each in some) for some in (recall.defects, recall.missed))

    shown = re.findall(r"^\| (\w+) \| `([a-z-]+)` \| (\d+) of (\d+) \|$", PAGE, re.MULTILINE)
    assert {kind: (int(found), int(all_)) for kind, _, found, all_ in shown} == {
        kind: (count - lost[kind], count) for kind, count in total.items()
    }
    assert {rule for _, rule, *_ in shown} <= RULES.keys()
    strictly = len(recall.defects) - len(recall.loose)
    assert f"{total.total() - lost.total()} of {total.total()} are found, {strictly} str" in PAGE
