"""A cue is shown by the phrases that it is for, and not by their neighbours."""

import pytest

from digestgen.summarize import cues


@pytest.mark.parametrize(
    ("cue", "shown", "not_shown"),
    [
        (
            "tells_significance",
            "It provides guidance for bakers.",
            "Its guidance for edges is dull.",
        ),
        (
            "tells_significance",
            "These results highlight spelt as a cheap and healthy alternative for wheat.",
            "These results agree.",
        ),
        ("tells_use", "It is useful.", "The model is interpretable."),
        ("claims", "The bound is tight up to a constant.", "We knead until the dough is tight."),
        ("plans", "In future work, we will bake.", "Future loaves are baked at work."),
        ("hopes", "We hope that bakers will read it.", "We bake what bakers hope for."),
        (
            "releases",
            "Related resources are collected and updated at this Github link.",
            "The resources of a bakery are flour and water.",
        ),
        ("measures", r"A loaf costs \$4 and more.", r"The oven has $4$ doors and $n$ lamps."),
        ("measures", "A loaf costs $35,000 now.", "The oven has doors for $5 + n$ lamps."),
    ],
)
def test_a_cue_is_shown(cue: str, shown: str, not_shown: str) -> None:
    shows = getattr(cues, cue)

    assert (shows(shown), shows(not_shown)) == (True, False)
