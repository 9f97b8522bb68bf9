"""This module holds records that nobody submitted, for tests that need no real ones."""

from datetime import UTC, datetime, timedelta

from tests.arxiv_server.records import Record

FIRST = datetime(2024, 9, 17, tzinfo=UTC)


def at(day: int, hour: int = 12) -> datetime:
    """Return an hour of a day in September 2024."""
    return datetime(2024, 9, day, hour, tzinfo=UTC)


INVENTED = (
    Record(
        id="2409.90001",
        published=at(17),
        title="Diffusion Models\n  for Teapots",
        abstract="  We pour $x_i^*$ & drink.\n"
        "  Code: \\url{https://github.com/tea/my\\_pots}. Done.",
        authors=(
            ("Ada\n  Author", ("Teapot University", " Institute\n of Leaves ")),
            ("Bo Śmith", ()),
        ),
        categories=("cs.CV", "cs.LG", "68T05", "I.2.6"),
        comment="12 pages,\n 3 figures. Page: https://tea.github.io/pots/.",
        journal_ref="J. Tea 1 (2024)\n 1-12",
        doi="10.1000/tea(2024)<1>",
    ),
    Record(
        id="2409.90002",
        version=3,
        published=at(18),
        revised=at(20),
        title="Faster Sampling",
        abstract="A method that makes diffusion models quick.",
        categories=("cs.LG",),
    ),
    Record(
        id="2409.90003",
        published=at(19),
        title="A Survey of <Diffusion> in Models",
        abstract="Not about that phrase: its two words stand apart.",
        categories=("cs.CV",),
    ),
    Record(
        id="2409.90004",
        published=at(20),
        title="Withdrawn Work on Diffusion Models",
        abstract="This paper has been withdrawn by the authors.",
        comment="This paper has been withdrawn",
        categories=("cs.AI",),
    ),
    Record(
        id="2409.90005",
        published=at(21),
        title="Graphs of Coffee",
        abstract="Nothing to do with the rest, not even with 扩散.",
        authors=(("Eve Müller", ()),),
        categories=("math.CO",),
    ),
    Record(
        id="quant-ph/0201999",
        published=datetime(2002, 1, 18, 15, 8, 5, tzinfo=UTC),
        title="Diffusion Models Before They Were Cool",
        abstract="An old paper with an old id.",
        categories=("quant-ph",),
        comment="32 pages",
    ),
)


def many(count: int) -> tuple[Record, ...]:
    """Return ``count`` papers on tea, a minute apart, the oldest first."""
    return tuple(
        Record(
            id=f"2409.{number:05d}",
            published=FIRST + timedelta(minutes=number),
            title=f"Tea number {number}",
        )
        for number in range(1, count + 1)
    )
