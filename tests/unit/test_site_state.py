"""What a site was made of is remembered, and nothing damaged is believed."""

from pathlib import Path

import pytest

from digestgen.site.records import PostRecord
from digestgen.site.state import State, keep_unit, pack_state, read_state
from digestgen.values import replace
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, recorded

ENTRY = ledger_entry(title="噪声 $x^2$", authors=("Ann Bee", "王小明"), doi="10.1/a")


def record(day: str = "2024-09-24") -> PostRecord:
    found = recorded(digest(day, ENTRY))
    assert found is not None
    return found


def state() -> State:
    return State(
        program=b"program",
        everything=b"everything",
        digests={record().path: "ab", "posts/b.md": "cd"},
        left_out=("posts/b.md is left out",),
        units={"index.html": keep_unit(b"key", {"index.html": 7, "feed.xml": 8})},
    )


def packed() -> bytes:
    return b"".join(pack_state(state(), [record()]))


def test_a_state_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = tmp_path / "state"
    kept.write_bytes(packed())
    found = read_state(kept)

    assert replace(found, records=()) == state()
    assert found.records_by_path() == {record().path: record()}
    assert found.units["index.html"].files == {"index.html": 7, "feed.xml": 8}


def test_a_large_state_comes_back_as_it_was(tmp_path: Path) -> None:
    units = {f"{number}.html": keep_unit(b"key", {f"{number}.html": 1}) for number in range(700)}
    records = [replace(record(), path=f"posts/{number}.md") for number in range(600)]
    kept = tmp_path / "state"
    kept.write_bytes(b"".join(pack_state(State(units=units), records)))

    assert read_state(kept).units == units
    assert list(read_state(kept).records_by_path().values()) == records


def test_a_missing_state_remembers_nothing(tmp_path: Path) -> None:
    assert read_state(tmp_path / "state") == State()
    assert State().records_by_path() == {}


@pytest.mark.parametrize("at", range(0, 460, 7))
def test_one_damaged_byte_is_noticed(tmp_path: Path, at: int) -> None:
    kept = bytearray(packed())
    kept[at] ^= 1
    (tmp_path / "state").write_bytes(kept)

    assert read_state(tmp_path / "state") == State()


@pytest.mark.parametrize("rest", [0, 1, 20, 60, 300])
def test_a_state_that_was_cut_off_remembers_nothing(tmp_path: Path, rest: int) -> None:
    (tmp_path / "state").write_bytes(packed()[:rest])

    assert read_state(tmp_path / "state") == State()
