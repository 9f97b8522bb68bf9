"""What a unit says it is made of is all that its pages depend on."""

from collections.abc import Mapping

from hypothesis import example, given, settings
from hypothesis import strategies as st

from digestgen.post import Document
from digestgen.site.making import units
from digestgen.site.settings import SiteSettings
from digestgen.site.unit import Unit
from digestgen.templating import Templates
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, foreign, library

TEMPLATES = Templates()
SETTINGS = SiteSettings(title="Digests", url="https://blog.example", lang="en")
STEADY = settings(derandomize=True, max_examples=150, deadline=None)

PAPERS = st.builds(
    lambda number, version, title: ledger_entry(f"2409.0000{number}", version=version, title=title),
    st.integers(1, 3),
    st.integers(1, 2),
    st.sampled_from(["A filter", "Another"]),
)
DIGESTS = st.builds(
    lambda day, papers, topic, updated: digest(
        f"2024-{day}", *papers, topic=topic, slug=topic.lower(), body=updated
    ),
    st.sampled_from(["09-23", "09-24", "08-01"]),
    st.lists(PAPERS, max_size=2, unique_by=lambda paper: paper.id),
    st.sampled_from(["Noise", "Faces"]),
    st.sampled_from(["one", "two"]),
)
POSTS = st.lists(
    DIGESTS | st.just(foreign("2024-09-24-notes", "# Notes")),
    max_size=4,
    unique_by=lambda document: document.path,
)


def made(documents: list[Document]) -> Mapping[str, Unit]:
    """The units of a site by their first path."""
    bodies = {found.path.as_posix(): found.body for found in documents}
    found = units(library(*documents), TEMPLATES, SETTINGS, lambda post: bodies[post.record.path])
    return {unit.paths[0]: unit for unit in found}


# A new version of what another topic knew before; a digest in the topic of a foreign post.
NEW_VERSION = digest("2024-09-24", ledger_entry(version=2))
OLD_VERSION = digest("2024-09-23", ledger_entry(), topic="Faces", slug="faces")
NOTES = foreign("2024-09-24-notes", "# Notes")
OF_NOTES = digest("2024-09-25", ledger_entry(), topic="Notes", slug="notes")


@given(POSTS, POSTS)
@example([NEW_VERSION], [OLD_VERSION])
@example([NOTES], [OF_NOTES])
@STEADY
def test_units_that_are_made_of_the_same_are_the_same(
    before: list[Document], after: list[Document]
) -> None:
    old, new = made(before), made([*before[:2], *after])

    for path in old.keys() & new.keys():
        if repr(old[path].made_of) == repr(new[path].made_of):
            assert old[path].make() == new[path].make(), path
