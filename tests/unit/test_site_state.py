"""What a site was made of is remembered, and nothing damaged is believed."""

from pathlib import Path

import pytest

from digestgen.site.records import record_of
from digestgen.site.state import (
    KeptPicture,
    KeptUnit,
    State,
    pack_records,
    pack_state,
    read_state,
)
from tests.builders import ledger_entry
from tests.unit.site_posts import digest

ENTRY = ledger_entry(title="噪声 $x^2$", authors=("Ann Bee", "王小明"), doi="10.1/a")


def state() -> State:
    record = record_of(digest("2024-09-24", ENTRY), digest="ab")
    assert record is not None
    return State(
        program=b"program",
        everything=b"everything",
        digests={record.path: "ab", "posts/b.md": "cd"},
        left_out=("posts/b.md is left out",),
        records=pack_records((record,)),
        units={"index.html": KeptUnit(b"key", {"index.html": 7, "feed.xml": 8})},
        pictures={"posts/a/1.webp": KeptPicture(9, 10**18)},
    )


def test_a_state_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = tmp_path / "state"
    kept.write_bytes(pack_state(state()))
    found = read_state(kept)

    assert found == state()
    assert found.records_by_path() == state().records_by_path()
    assert found.files() == {"index.html": 7, "feed.xml": 8, "posts/a/1.webp": 9}


def test_a_missing_state_remembers_nothing(tmp_path: Path) -> None:
    assert read_state(tmp_path / "state") == State()
    assert State().records_by_path() == {}


@pytest.mark.parametrize("at", range(0, 400, 7))
def test_one_damaged_byte_is_noticed(tmp_path: Path, at: int) -> None:
    kept = bytearray(pack_state(state()))
    kept[at] ^= 1
    (tmp_path / "state").write_bytes(kept)

    assert read_state(tmp_path / "state") == State()


@pytest.mark.parametrize("rest", [0, 1, 20, 60, 300])
def test_a_state_that_was_cut_off_remembers_nothing(tmp_path: Path, rest: int) -> None:
    (tmp_path / "state").write_bytes(pack_state(state())[:rest])

    assert read_state(tmp_path / "state") == State()
