from datetime import UTC, date, datetime, timedelta

import pytest

from digestgen.errors import ConfigError
from digestgen.model import Entry, Fetched, Outcome, Published, Skip
from digestgen.planning import (
    arrange,
    most_to_fetch,
    published_versions,
    room_left,
    sort_out,
    window_for,
)
from tests.builders import DAY, ledger, ledger_entry, paper, summary, topic


def test_the_first_window_looks_back_the_days_of_the_topic() -> None:
    window = window_for(topic(window_days=7), [], day=DAY)

    assert window.start == datetime(2024, 9, 17, tzinfo=UTC)
    assert window.end == datetime(2024, 9, 24, 23, 59, 59, tzinfo=UTC)


def test_a_later_window_begins_before_the_last_digest_by_the_time_arxiv_takes_to_announce() -> None:
    window = window_for(topic(), [date(2024, 9, 1), date(2024, 9, 20)], day=DAY)

    assert window.start == datetime(2024, 9, 16, tzinfo=UTC)


def test_digests_of_the_same_or_later_days_do_not_narrow_the_window() -> None:
    window = window_for(topic(window_days=7), [DAY, date(2024, 10, 1)], day=DAY)

    assert window.start == datetime(2024, 9, 17, tzinfo=UTC)


@pytest.mark.parametrize("since", [date(2024, 9, 21), timedelta(days=3)])
def test_since_is_a_day_or_so_many_days_back(since: date | timedelta) -> None:
    window = window_for(topic(), [date(2024, 9, 1)], day=DAY, since=since)

    assert window.start == datetime(2024, 9, 21, tzinfo=UTC)


def test_days_back_count_from_until() -> None:
    window = window_for(topic(), [], day=DAY, since=timedelta(days=2), until=date(2024, 9, 10))

    assert (window.start.day, window.end.day) == (8, 10)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ConfigError, match="ends on 2024-09-24, before it begins on 2024-10-01"):
        window_for(topic(), [], day=DAY, since=date(2024, 10, 1))


def test_a_paper_is_known_by_its_id_whatever_its_version() -> None:
    found = Fetched(papers=(paper("2409.00001", version=3), paper("2409.00002")), total=2)
    versions = published_versions([ledger("2409.00001")])

    sorting = sort_out(found, versions, room=50)

    assert [p.id for p in sorting.new] == ["2409.00002"]
    assert [p.id for p in sorting.known] == ["2409.00001"]
    assert [p.id for p in sorting.updated] == ["2409.00001"]


def test_the_highest_version_of_several_posts_counts() -> None:
    posts = [
        ledger(papers=(ledger_entry("2409.00001", version=2),)),
        ledger(papers=(ledger_entry("2409.00001", version=1),)),
    ]

    assert published_versions(posts) == {"2409.00001": 2}


def test_new_papers_come_first_and_remade_ones_replace_their_block() -> None:
    standing = [
        Published(ledger=ledger_entry(id_), block=f"block {id_}") for id_ in ("1", "2", "3")
    ]
    outcomes: list[Outcome] = [
        Entry(paper=paper("9"), summary=summary()),
        Skip(id="8", stage="summary", reason="the abstract is empty"),
        Entry(paper=paper("2"), summary=summary()),
    ]

    entries, skipped = arrange(outcomes, standing)

    ids = [e.paper.id if isinstance(e, Entry) else e.ledger.id for e in entries]
    assert ids == ["9", "2", "1", "3"]
    assert [skip.id for skip in skipped] == ["8"]


def test_the_limit_is_a_days_so_that_twice_is_once() -> None:
    earlier = ledger("1", "2", day=date(2024, 9, 23))
    today = ledger("3", "4", "5")

    assert room_left(topic(limit=4), [earlier, today], day=DAY) == 1
    assert room_left(topic(limit=2), [earlier, today], day=DAY) == 0


def test_papers_already_published_do_not_use_up_the_limit() -> None:
    old = ledger("1", day=date(2024, 9, 1))
    earlier = ledger("2", "3", day=date(2024, 9, 20))
    window = window_for(topic(), [date(2024, 9, 20)], day=DAY)

    assert most_to_fetch(topic(limit=5), [old, earlier], window) == 7
    assert most_to_fetch(topic(limit=1999), [old, earlier], window) == 2000


def test_what_there_is_no_room_for_is_counted() -> None:
    found = Fetched(papers=tuple(paper(id_) for id_ in "abcde"), total=9)

    sorting = sort_out(found, {"b": 1, "z": 1}, room=2)

    assert [p.id for p in sorting.new] == ["a", "c"]
    assert sorting.cut_off == 2 + 4 - 1


def test_papers_to_be_made_again_are_new_beside_the_room() -> None:
    found = Fetched(papers=(paper("a"), paper("b"), paper("c")), total=3)

    sorting = sort_out(found, {"b": 1, "c": 1}, room=0, remade=frozenset({"b"}))

    assert [p.id for p in sorting.new] == ["b"]
    assert [p.id for p in sorting.known] == ["c"]
