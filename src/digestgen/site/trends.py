"""This module draws how many papers each topic had in each week: bars, and a table behind them."""

from collections import Counter
from datetime import date, timedelta

from digestgen.site.cards import shown
from digestgen.site.labels import LABELS, Labels
from digestgen.site.library import Library, TopicShelf
from digestgen.site.settings import SiteSettings
from digestgen.site.views import Bar, Chart, Day, LinkTo, Page, TrendsView

MOST_WEEKS = 52
FEWEST_WEEKS = 26  # so that a young site's bars do not fill the page
HEIGHT = 48
STEP = 12
BAR = 9
_WEEK = timedelta(days=7)


def trends_view(library: Library, settings: SiteSettings) -> TrendsView:
    """Return the charts of all topics for the last year of the library, on one scale."""
    labels = LABELS[settings.lang]
    weeks = _weeks(library)
    topics = [topic for topic in library.topics.values() if topic.has_papers]
    counted = {topic.slug: _by_week(topic) for topic in topics}
    most = max((counts[week] for counts in counted.values() for week in weeks), default=0)
    return TrendsView(
        page=Page(
            kind="trends",
            path="trends/index.html",
            title=labels.trends_title,
            lang=labels.html_lang,
        ),
        charts=tuple(
            _chart(topic, [counted[topic.slug][week] for week in weeks], weeks, most, settings)
            for topic in topics
        ),
        weeks=tuple(Day(iso=_iso_week(week), text=week.isoformat()) for week in weeks),
        width=len(weeks) * STEP,
        height=HEIGHT,
        bar_width=BAR,
        scale=labels.trends_scale.format(labels.papers(most)),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(library: Library) -> tuple[date, ...]:
    """Return the Mondays from the first week with a paper to the last, the oldest first."""
    days = [post.record.day for post in library.posts if post.record.papers]
    if not days:
        return ()
    last, first = _monday(days[0]), _monday(days[-1])
    count = min(max((last - first) // _WEEK + 1, FEWEST_WEEKS), MOST_WEEKS)
    return tuple(last - _WEEK * back for back in reversed(range(count)))


def _by_week(topic: TopicShelf) -> Counter[date]:
    """Count a topic's papers, each once a week."""
    found = {
        (_monday(post.record.day), paper.id) for post in topic.posts for paper in post.record.papers
    }
    return Counter(week for week, _ in found)


def _chart(
    topic: TopicShelf,
    counts: list[int],
    weeks: tuple[date, ...],
    most: int,
    settings: SiteSettings,
) -> Chart:
    labels = LABELS[settings.lang]
    return Chart(
        topic=LinkTo(name=shown(topic.name, settings.lang), address=topic.address),
        total=labels.papers(sum(counts)),
        bars=tuple(
            _bar(place, count, week, most, labels)
            for place, (count, week) in enumerate(zip(counts, weeks, strict=True))
            if count
        ),
        counts=tuple(counts),
    )


def _bar(place: int, count: int, week: date, most: int, labels: Labels) -> Bar:
    height = max(round(HEIGHT * count / most), 1)
    named = labels.week_form.format(week.isocalendar().year, week.isocalendar().week, week)
    return Bar(
        x=place * STEP,
        y=HEIGHT - height,
        height=height,
        text=labels.trends_bar.format(named, labels.papers(count)),
    )


def _iso_week(week: date) -> str:
    year, number, _ = week.isocalendar()
    return f"{year}-W{number:02}"
