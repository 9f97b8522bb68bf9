"""The rules of the house that no linter knows."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "digestgen"
MODULES = sorted(SRC.rglob("*.py"))
PURE = (
    "model",
    "text",
    "tex",
    "escaping",
    "errors",
    "ports",
    "config",
    "markdown",
    "formats",
    "summarize",
)
DISK = {"read_text", "read_bytes", "write_text", "write_bytes", "open", "unlink", "mkdir", "glob"}
DRAWERS = {"util", "utils", "helpers", "common", "misc", "core", "base"}


def parts(path: Path) -> tuple[str, ...]:
    return path.relative_to(SRC).with_suffix("").parts


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - first[0].lineno + 1 if first else 0


@pytest.mark.parametrize("path", MODULES, ids=lambda path: "/".join(parts(path)))
def test_a_module_obeys_the_size_and_name_rules(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert source.count("\n") <= 400
    assert not DRAWERS & set(parts(path))
    assert [f.name for f in functions if body_lines(f) > 40] == []


@pytest.mark.parametrize(
    "path", [p for p in MODULES if parts(p)[0] in PURE], ids=lambda path: "/".join(parts(path))
)
def test_a_pure_module_touches_no_file(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    touched = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not touched & DISK


@pytest.mark.parametrize("path", MODULES, ids=lambda path: "/".join(parts(path)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""

    assert docstring.startswith("This ")


def test_every_dataclass_that_travels_is_frozen() -> None:
    tree = ast.parse((SRC / "model.py").read_text(encoding="utf-8"))
    loose = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and not any("frozen=True" in ast.unparse(d) for d in node.decorator_list)
    ]

    assert loose == []
