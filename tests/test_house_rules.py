"""The rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]  # the one parser of patterns

import pytest

SRC = Path(__file__).parents[1] / "src" / "digestgen"
MODULES = sorted(SRC.rglob("*.py"))
PURE = (
    "model",
    "post",
    "report",
    "text",
    "tex",
    "escaping",
    "errors",
    "ports",
    "config",
    "markdown",
    "formats",
    "summarize",
    "paper",
    "addresses",
    "licensing",
    "evidence",
    "lint",
)
# It reads the trained weights, which are files, once; everything else is handed what it reads.
READS_FILES = ("summarize", "weights")
# What a ``pathlib.Path`` can do that a ``PurePath`` cannot, but for words that texts know as well
# (``replace``, ``group``); import-linter keeps ``os`` and the like away.
DISK = {
    "absolute", "chmod", "cwd", "exists", "expanduser", "glob", "hardlink_to", "home",
    "is_block_device", "is_char_device", "is_dir", "is_fifo", "is_file", "is_junction", "is_mount",
    "is_socket", "is_symlink", "iterdir", "lchmod", "lstat", "mkdir", "open", "owner", "read_bytes",
    "read_text", "readlink", "rename", "resolve", "rglob", "rmdir", "samefile", "stat",
    "symlink_to", "touch", "unlink", "walk", "write_bytes", "write_text",
}  # fmt: skip
OUTSIDE = {"__import__", "breakpoint", "eval", "exec", "input", "open", "print"}
DRAWERS = {"util", "utils", "helpers", "common", "misc", "core", "base"}


def parts(path: Path) -> tuple[str, ...]:
    return path.relative_to(SRC).with_suffix("").parts


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - first[0].lineno + 1 if first else 0


def touched(source: str) -> set[str]:
    """The words of a module, called or only named, that reach a file or a terminal."""
    nodes = tuple(ast.walk(ast.parse(source)))
    names = {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return (names & OUTSIDE) | (attributes & DISK)


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
    "path",
    [p for p in MODULES if parts(p)[0] in PURE and parts(p) != READS_FILES],
    ids=lambda path: "/".join(parts(path)),
)
def test_a_pure_module_touches_no_file(path: Path) -> None:
    assert touched(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("open('a')", "open"),
        ("print('a')", "print"),
        ("Path('a').read_text()", "read_text"),
        ("(folder / 'a').exists()", "exists"),
        ("[each.stat() for each in folder.iterdir()]", "iterdir stat"),
        ("read = path.read_bytes", "read_bytes"),
        ("list(map(Path.rglob, folders))", "rglob"),
        ("builtins.open('a')", "open"),
    ],
)
def test_a_touched_file_is_noticed(source: str, name: str) -> None:
    assert touched(source) == set(name.split())


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


@pytest.mark.parametrize("path", MODULES, ids=lambda path: "/".join(parts(path)))
def test_every_value_is_frozen(path: Path) -> None:
    loose = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and "Value" in map(ast.unparse, node.bases)
        and "frozen=True" not in map(ast.unparse, node.keywords)
    ]

    assert loose == []


def possessive_groups(parsed: object) -> Iterator[object]:
    """What a parsed pattern repeats possessively although it is more than one sign."""
    if isinstance(parsed, _parser.SubPattern | list | tuple):
        for item in parsed:
            if isinstance(item, tuple) and item[0] is _constants.POSSESSIVE_REPEAT:
                _, _, repeated = item[1]
                if len(repeated) != 1 or repeated[0][0] not in ONE_SIGN:
                    yield repeated
            yield from possessive_groups(item)


ONE_SIGN = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}


@pytest.mark.parametrize(
    ("pattern", "count"), [("(?:ab?c)*+", 1), ("x(?:(?:ab)?+c)", 1), ("(?>(?:ab?c)*)[a-c]++.*+", 0)]
)
def test_a_possessive_group_is_noticed(pattern: str, count: int) -> None:
    assert len(list(possessive_groups(_parser.parse(pattern)))) == count


@pytest.mark.parametrize("path", MODULES, ids=lambda path: "/".join(parts(path)))
def test_no_pattern_repeats_a_group_possessively(path: Path) -> None:
    """Python 3.11.0 to 3.11.4 match such groups wrongly; an atomic group means the same."""
    module = import_module(".".join(("digestgen", *parts(path))))
    for name, value in vars(module).items():
        if isinstance(value, re.Pattern):
            assert not list(possessive_groups(_parser.parse(value.pattern, value.flags))), name
