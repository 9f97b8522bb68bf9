"""Papers are counted by topic and week, and drawn to one scale."""

from digestgen.post import Document
from digestgen.site.settings import SiteSettings
from digestgen.site.trends import FEWEST_WEEKS, HEIGHT, MOST_WEEKS, trends_view
from digestgen.site.views import TrendsView
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, foreign, library, page, site


def view(*documents: Document) -> TrendsView:
    return trends_view(library(*documents), SiteSettings(title="Digests", lang="en"))


def test_a_paper_counts_once_a_week_in_each_topic_that_has_it() -> None:
    # Monday 23 to Sunday 29 September, and the Monday after
    one, two = ledger_entry("1"), ledger_entry("2")
    found = view(
        digest("2024-09-23", one),
        digest("2024-09-29", one, two),
        digest("2024-09-30", one),
        digest("2024-09-24", one, topic="Faces", slug="faces"),
    )

    counts = {chart.topic.name.html: chart.counts[-2:] for chart in found.charts}
    assert counts == {"Diffusion Models": (2, 1), "Faces": (1, 0)}
    assert [week.iso for week in found.weeks[-2:]] == ["2024-W39", "2024-W40"]


def test_the_tallest_bar_of_all_topics_is_as_high_as_the_chart() -> None:
    papers = [ledger_entry(str(number)) for number in range(4)]
    found = view(digest("2024-09-23", *papers), digest("2024-09-23", papers[0], slug="faces"))

    assert sorted(bar.height for chart in found.charts for bar in chart.bars) == [
        HEIGHT // 4,
        HEIGHT,
    ]
    assert all(bar.y + bar.height == HEIGHT for chart in found.charts for bar in chart.bars)


def test_a_year_is_shown_and_of_a_young_site_some_weeks() -> None:
    assert len(view(digest("2024-09-23", ledger_entry())).weeks) == FEWEST_WEEKS
    old = view(digest("2024-09-23", ledger_entry()), digest("2020-01-01", ledger_entry("2")))
    assert len(old.weeks) == MOST_WEEKS
    assert old.charts[0].total == "1 paper"


def test_a_later_note_without_papers_moves_no_week() -> None:
    late = view(digest("2024-09-23", ledger_entry()), foreign("2026-01-05-note", "# Note"))

    assert late.weeks == view(digest("2024-09-23", ledger_entry())).weeks


def test_posts_without_papers_are_no_topics_to_be_drawn() -> None:
    assert view(foreign("2024-01-01-notes")).charts == ()
    assert view().charts == ()


def test_the_numbers_stand_in_a_table_behind_the_bars() -> None:
    trends = page(site(digest("2024-09-23", ledger_entry())), "trends/index.html")

    assert '<th scope="row"><time datetime="2024-W39">2024-09-23</time></th><td>1</td>' in trends
    assert "week 39 of 2024, from 2024-09-23: 1 paper" in trends
