"""Front matter that is read without YAML is read as YAML reads it."""

from datetime import date, datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from digestgen.content import quick_yaml, yaml_form

STEADY = settings(derandomize=True, max_examples=400, deadline=None)


def plainly(source: str) -> object:
    return yaml_form.JsonScalars().load(source)


def outcome(source: str, *, quickly: bool) -> str:
    """What comes of a source, with its types; the error and its place when it is no YAML."""
    try:
        return repr(quick_yaml.load(source, plainly) if quickly else plainly(source))
    except (yaml.YAMLError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def is_quick(source: str) -> bool:
    """Whether YAML is not asked."""
    return quick_yaml.load(source, lambda _: None) is not None


LINE = (
    '{id: "2409.00001", version: 1, title: "On x", published: 2024-09-23, authors: ["Ann", "王"]}'
)


def post(*lines: str, before: str = "", papers: str = "papers:", after: str = "") -> str:
    listed = "".join(f"    - {line}\n" for line in lines)
    return f'{before}digestgen:\n  format: 1\n  {papers}\n{listed}  hash: ""\n{after}'


TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("\"'\\{}[],:#&*!|>%@` \t\x85\xa0\u2028\ufeff😀")),
    max_size=30,
)
DAYS = st.dates(date(1000, 1, 1))  # of four digits
ENTRIES = st.fixed_dictionaries(
    {"id": TEXTS, "version": st.integers(0, 99), "title": TEXTS, "authors": st.lists(TEXTS)},
    optional={"published": DAYS, "incomplete": st.just(value=True)},
)


VALUES = st.one_of(
    TEXTS,
    st.booleans(),
    st.none(),
    st.integers(0, 10**15 - 1),
    DAYS,
    st.datetimes(datetime(1000, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.lists(TEXTS),
)


@given(st.lists(ENTRIES, min_size=1, max_size=3), VALUES, VALUES)
@STEADY
def test_whatever_we_write_is_read_quickly_and_the_same(
    entries: list[dict[str, object]], above: object, beside: object
) -> None:
    ledger = {"format": 1, "papers": entries, "beside": beside, "hash": ""}
    source = yaml_form.dump({"title": "A", "toc_number": above, "digestgen": ledger})

    assert is_quick(source)
    assert outcome(source, quickly=True) == outcome(source, quickly=False)


PIECES = st.sampled_from(
    [
        '"', "'", "\\", "\\u0000", "\\ud83d", "\\ude00", "\\/", "\\x41", "{", "}", "[", "]", ", ",
        ": ", "#", " #", "\n", "\r\n", "\t", "\x00", "\x7f", "\x85", "\u2028", "\ufeff", "\ud800",
        "😀", "    - ", "- ", "& a", "*a", "!!str ", "null", "true", "yes: 1, ", "010",
        "1_000", "1e3", "-1", "2024-02-30", "2024-09-23 10:00:00", "0x10", "12:30:45", "<<: ", "? ",
        "|\n", "digestgen:\n", "  papers:\n", f"    - {LINE}\n",
    ]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 12), PIECES), min_size=1, max_size=3)


@given(EDITS)
@STEADY
def test_whatever_a_person_makes_of_it_is_read_the_same(
    edits: list[tuple[int, int, str]],
) -> None:
    source = post(LINE, LINE, before='title: "A"\n')
    for start, length, piece in edits:
        source = source[:start] + piece + source[start + length :]

    assert outcome(source, quickly=True) == outcome(source, quickly=False)


@pytest.mark.parametrize(
    "value",
    [
        '"a"',
        '""',
        '"\\u4e2d\\n\\\\\\""',
        "0",
        "17",
        "2024-09-23",
        "2024-09-23 23:59:59",
        "true",
        "null",
        "[]",
        '["a", "b"]',
        '"' + "x" * 3000 + '"',
    ],
)
def test_values_of_ours_are_read_quickly(value: str) -> None:
    source = post(f'{{id: "a", other: {value}}}', before=f"title: {value}\n", after="more: 1\n")

    assert is_quick(source)
    assert outcome(source, quickly=True) == outcome(source, quickly=False)


def test_a_day_is_a_day() -> None:
    loaded = quick_yaml.load(post("{published: 2024-09-23}"), plainly)

    assert isinstance(loaded, dict)
    assert loaded["digestgen"]["papers"] == [{"published": date(2024, 9, 23)}]


@pytest.mark.parametrize(
    "source",
    [
        post(LINE, before=f"other:\n    - {LINE}\n"),
        post(LINE, before=f"text: |\n    - {LINE}\n"),
        post(LINE, before="title: 'never ends\n"),
        post(LINE, papers="papers: |"),
        post(LINE, papers="papers: &here", after="again: *here\n"),
        post(LINE, papers="papers: !!set"),
        post(LINE, papers="other:"),
        post(LINE, LINE).replace("digestgen:", "digestgen: &all"),
        post(LINE, before="title: 'a'\n"),
        post(LINE, before="Yes: 1\nNO: 2\n"),
        post(LINE, before="title: 2024-09-23 24:00:00\n"),
        post(LINE, before="a: 1\na: 2\n"),
        post(LINE, before=f"{'a' * 1100}: 1\n"),
        post(LINE, before="a: 1 # no more\n"),
        post(LINE, before="a: 010\nb: 1_000\nc: 1e3\nd: 0x10\n"),
        post(),
        "digestgen:\ntitle: 1\n",
        "",
        "title: 1",
        post(LINE) + post(LINE),
        post(LINE, "no mapping"),
        post(LINE, '{id: "a", more: [1, 2]}'),
        post("{published: 2024-02-30}"),
        post("{yes: 1}", '{id: "a", id: "b"}'),
        post('{id: "\\ud83d\\ude00"}'),
        post('{id: "a\u2028b"}'),
        post(LINE).replace("\n", "\r\n"),
        f"    - {LINE}\n",
        f"digestgen:\n    - {LINE}\n",
    ],
)
def test_what_looks_like_it_is_left_to_yaml(source: str) -> None:
    assert outcome(source, quickly=True) == outcome(source, quickly=False)
