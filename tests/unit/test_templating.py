"""What a mistake in a template says, and where."""

import os
from pathlib import Path

import pytest

from digestgen.errors import ConfigError, RemoteError
from digestgen.templating import Templates


def mistake(folder: Path, name: str, **values: object) -> str:
    """What is said of a project's template that cannot be filled in."""
    with pytest.raises(ConfigError) as caught:
        Templates(folder).markdown(name, values)
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{{ title + 1 }}", 'TypeError: can only concatenate str (not "int") to str'),
        ("{{ title.nothing.at_all }}", "'str object' has no attribute 'nothing'"),
        ("{{ missing }}", "'missing' is undefined"),
        ("{{ 1 / (title | length - 1) }}", "ZeroDivisionError: division by zero"),
        ("{% if %}", "Expected an expression, got 'end of statement block'"),
        ("{{ title | nofilter }}", "No filter named 'nofilter'."),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "a.md.j2"
    file.write_text(f"# {{{{ title }}}}\n\n{line}\n")

    assert mistake(tmp_path, "a.md.j2", title="T") == f"{file}:3: {reason}"


def test_a_mistake_is_told_where_it_stands_and_not_where_its_file_is_included(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.md.j2").write_text("{% include 'b.md.j2' %}\n")
    (tmp_path / "b.md.j2").write_text("\n{{ missing }}\n")

    assert mistake(tmp_path, "a.md.j2") == f"{tmp_path / 'b.md.j2'}:2: 'missing' is undefined"


def test_a_template_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md.j2").write_text("{% include 'b.md.j2' %}")

    assert mistake(tmp_path, "a.md.j2") == "template 'b.md.j2' does not exist"


def test_a_template_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md.j2").write_bytes(b"\xff")

    assert mistake(tmp_path, "a.md.j2").startswith("a.md.j2: UnicodeDecodeError: 'utf-8' codec")


def test_an_error_of_ours_passes_through(tmp_path: Path) -> None:
    (tmp_path / "a.md.j2").write_text("{{ answer() }}")
    ours = RemoteError("example.org: no answer")

    def answer() -> str:
        raise ours

    with pytest.raises(RemoteError) as caught:
        Templates(tmp_path).markdown("a.md.j2", {"answer": answer})

    assert caught.value is ours


def included(templates: Templates) -> tuple[str, str]:
    """The hash of the templates, and what a.html.j2 makes of them."""
    known = templates.digest("site", copied="site/static")
    return known, templates.html("a.html.j2", {})


@pytest.mark.parametrize("name", ["note.html", "parts/note", "site/static/note.j2"])
def test_every_file_that_a_template_may_include_counts(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.html.j2").write_text(f"{{% include '{name}' %}}")
    note = tmp_path / name
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text("one")
    templates = Templates(tmp_path)
    before, one = included(templates)
    note.write_text("two")
    after, two = included(templates)

    assert (one, two) == ("one", "two")
    assert before != after
    assert included(templates) == (after, two)


def test_files_that_are_copied_and_hidden_ones_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.html.j2").write_text("a")
    templates = Templates(tmp_path)
    before = included(templates)
    (tmp_path / "site" / "static").mkdir(parents=True)
    (tmp_path / "site" / "static" / "theme.css").write_text("a {}")
    (tmp_path / ".a.html.j2.swp").write_text("a")

    assert included(templates) == before


@pytest.mark.skipif(os.name != "posix", reason="links need a right elsewhere")
def test_templates_behind_links_count_and_links_in_a_circle_end(tmp_path: Path) -> None:
    mine, theme = tmp_path / "templates", tmp_path / "theme"
    for folder in (mine, theme):
        folder.mkdir()
    (mine / "a.html.j2").write_text("{% include 'site/b.html.j2' %}")
    (mine / "site").symlink_to(theme)
    (theme / "back").symlink_to(mine)
    (theme / "lost").symlink_to(tmp_path / "nothing")
    os.mkfifo(theme / "pipe")
    (theme / "b.html.j2").write_text("one")
    templates = Templates(mine)
    before, _ = included(templates)
    (theme / "b.html.j2").write_text("two")
    after, two = included(templates)

    assert before != after
    assert two == "two"
