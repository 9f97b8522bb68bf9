"""Which addresses are found in what authors write."""

import pytest

from digestgen.addresses import links_in
from digestgen.model import Link


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code is at https://github.com/a/b.", "https://github.com/a/b"),
        ("Code (https://github.com/a/b).", "https://github.com/a/b"),
        ("see https://github.com/a/b.git, and", "https://github.com/a/b.git"),
        ("see https://github.com/a/b/tree/main/; then", "https://github.com/a/b/tree/main/"),
        (r"\url{https://github.com/a/b\_c}.", "https://github.com/a/b_c"),
        (r"\href{https://github.com/a/b}{here}", "https://github.com/a/b"),
        ("[https://github.com/a/b](https://github.com/a/b)", "https://github.com/a/b"),
        ('at "http://www.github.com/a/b".', "http://www.github.com/a/b"),
        ("Source code at github.com/a/b-c", "https://github.com/a/b-c"),
        ("代码见https://github.com/a/b。谢谢", "https://github.com/a/b"),
        ("https://gitlab.inria.fr/a/b", "https://gitlab.inria.fr/a/b"),
        ("models: https://huggingface.co/a/b!", "https://huggingface.co/a/b"),
        ("https://anonymous.4open.science/r/a-1/", "https://anonymous.4open.science/r/a-1/"),
        (
            "https://github.com/first/one https://github.com/the/other",
            "https://github.com/first/one",
        ),
    ],
)
def test_code_is_found_where_it_stands(text: str, url: str) -> None:
    assert links_in(text) == (Link(kind="code", url=url),)


@pytest.mark.parametrize(
    "text",
    [
        "available in github at the end",
        "https://github.com",
        "https://github.com/.",
        "ttps://github.com/a/b",
        "https://notgithub.com/a/b",
        "mail me@github.com/a",
        "https://github.com.evil.example/a/b",
        "javascript://github.com/%0aalert(1)",
    ],
)
def test_what_is_no_address_of_code_is_not_claimed(text: str) -> None:
    assert links_in(text) == ()


def test_a_project_page_is_a_link_of_its_own() -> None:
    assert links_in("Page: http://tea.github.io/pots/. Code: github.com/a/b.") == (
        Link(kind="code", url="https://github.com/a/b"),
        Link(kind="project", url="http://tea.github.io/pots/"),
    )


def test_a_hostile_text_takes_no_time() -> None:
    assert links_in("gitlab" + ".a" * 100_000 + "https://" * 20_000) == ()
