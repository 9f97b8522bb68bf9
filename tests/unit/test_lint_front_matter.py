"""Front matter as Hugo and Jekyll write it, and front matter that does not end."""

import pytest

from digestgen.lint import File, check_file

BODY = "\nA filter removes noise.\n"


def messages(top: str) -> list[str]:
    """What is said of the front matter of a post."""
    found = check_file(File(path="2025-02-04-post.md", text=top + BODY))
    return [problem.message for problem in found if problem.rule.startswith("front-matter")]


@pytest.mark.parametrize(
    "top",
    [
        '+++\ntitle = "Noise"\ndate = 2025-02-04T10:00:00Z\n+++\n',
        '{\n  "title": "Noise",\n  "date": "2025-02-04"\n}\n',
        "---\ntitle: Noise\ndate: 2025-02-04 10:00:00 +0800\n---\n",
    ],
    ids=["toml", "json", "jekyll"],
)
def test_what_hugo_and_jekyll_read_is_front_matter(top: str) -> None:
    assert messages(top) == []


def test_front_matter_that_does_not_end_has_a_message_of_its_own() -> None:
    assert messages("---\ntitle: Noise\n") == [
        "the front matter is never closed: there is no second ---"
    ]


def test_a_post_without_any_is_told_so() -> None:
    assert messages("") == ["there is no front matter"]
