"""This module is `digestgen check`: what is wrong with posts, and where."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from pathlib import Path

from digestgen import registry
from digestgen.commands.lending import arxiv_options, lent
from digestgen.commands.post_texts import posts_below, read_post, write_back
from digestgen.commands.project import Project, Surroundings, open_project, require_posts, short
from digestgen.console import Console
from digestgen.content import POSTS
from digestgen.errors import ConfigError, RemoteError
from digestgen.lint import (
    FIXES,
    RULES,
    File,
    Problem,
    Records,
    Sighting,
    across,
    check_parsed,
    fixed,
    parsed,
    sightings,
)
from digestgen.ports import RecordSource


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """What the command line asks for: files and folders, rules, and what to do besides."""

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fix: bool = False
    source_check: bool = False
    flags: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class _Findings:
    """What has been found so far."""

    problems: list[Problem] = field(default_factory=list)
    seen: list[Sighting] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    files: int = 0


def check_posts(request: CheckRequest, around: Surroundings, console: Console) -> int:
    """Check posts, mend them when asked to, and say what is wrong; return the exit code.

    Raises:
        ConfigError: a path or a rule does not exist.
        OutputError: a mended post cannot be written.
    """
    rules = _rules(request)
    project = open_project(around, request.flags)
    paths = _paths(request, around, project)
    records, failure = Records(), None
    if request.source_check:
        try:
            records = _records(paths, around, project, console)
        except RemoteError as error:  # what can be checked without metadata is checked all the same
            failure = error
    found = _Findings()
    for path in paths:
        console.progress(f"checked {found.files} of {len(paths)} posts")
        _check(path, str(short(path, around)), found, request=request, rules=rules, records=records)
    found.problems += [each for each in across(found.seen) if each.rule in rules]
    _tell(found, console)
    if failure:
        console.error(failure)
        return failure.exit_code
    return int(any(problem.level == "error" for problem in found.problems))


def _rules(request: CheckRequest) -> frozenset[str]:
    for rule in (*request.select, *request.ignore):
        if rule not in RULES:
            close = get_close_matches(rule, RULES, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "docs/rules.md lists them"
            raise ConfigError(f"--select, --ignore: there is no rule {rule!r}", hint=hint)
    return frozenset(request.select or RULES) - frozenset(request.ignore)


def _paths(request: CheckRequest, around: Surroundings, project: Project) -> tuple[Path, ...]:
    """Return the files to check, each once, in the order in which they were named."""
    if not request.paths:
        require_posts(project)
    named = [around.cwd / path for path in request.paths] or [project.content / POSTS]
    for path in named if request.paths else ():
        if not path.exists() and not path.is_symlink():
            raise ConfigError(
                f"{short(path, around)}: there is no such file or folder",
                hint="name posts, or folders of posts",
            )
    return tuple(dict.fromkeys(post for path in named for post in posts_below(path)))


def _records(
    paths: Iterable[Path], around: Surroundings, project: Project, console: Console
) -> Records:
    """Ask the source for the metadata of every paper in the posts, once for each."""
    ids: dict[str, None] = {}
    for path in paths:
        post = read_post(path, shown=str(path))
        if isinstance(post, File):
            ids |= {b.id: None for b in parsed(post).blocks if b.id and b.has_arxiv_id}
    with lent(project, around, console) as tools:
        options = arxiv_options(project.config.arxiv)
        source = registry.source(project.config.build.source, options, tools)
        if not isinstance(source, RecordSource):
            raise ConfigError(
                f"source {project.config.build.source!r} gives no metadata by ids",
                hint="--source-check works with the source arxiv",
            )
        papers = {paper.id: paper for paper in source.records(tuple(ids))}
    return Records(papers=papers, unknown=frozenset(ids) - papers.keys())


def _check(
    path: Path,
    shown: str,
    found: _Findings,
    *,
    request: CheckRequest,
    rules: frozenset[str],
    records: Records,
) -> None:
    found.files += 1
    post = read_post(path, shown=shown)
    if isinstance(post, Problem):
        found.problems += [post] if post.rule in rules else []
        return
    if request.fix:
        text = fixed(post, rules & FIXES.keys())
        if text != post.text:
            write_back(path, text)
            found.mended.append(shown)
            post = File(path=shown, text=text, assets=post.assets)
    cut = parsed(post)
    found.problems += check_parsed(cut, records, wanted=rules.__contains__)
    found.seen += sightings(cut)


def _tell(found: _Findings, console: Console) -> None:
    problems = sorted(found.problems, key=lambda each: (each.path, each.line, each.column))
    console.json(
        {
            "files": found.files,
            "problems": [asdict(problem) for problem in problems],
            "mended": found.mended,
        }
    )
    hinted: set[str] = set()
    for problem, before in zip(problems, [None, *problems], strict=False):
        if before is not None and before.path != problem.path:
            console.result("")
        _tell_one(problem, console, is_hinted=problem.rule in hinted)
        hinted.add(problem.rule)
    for path in found.mended:
        console.note(f"mended {path}")
    console.note(_summary(found.files, problems))


def _tell_one(problem: Problem, console: Console, *, is_hinted: bool) -> None:
    place = f"{problem.path}:{problem.line}:{problem.column}"
    about = f" ({problem.paper})" if problem.paper else ""
    console.problem(place, problem.level, f"{problem.rule}: {problem.message}{about}")
    if problem.hint and not is_hinted:
        console.result(f"    hint: {problem.hint}")


def _summary(files: int, problems: Sequence[Problem]) -> str:
    levels = Counter(problem.level for problem in problems)
    mendable = sum(problem.rule in FIXES for problem in problems)
    parts = [_count(levels["error"], "error"), _count(levels["warning"], "warning")]
    more = f"; --fix mends up to {mendable}" if mendable else ""
    return f"{_count(files, 'post')}: {', '.join(parts)}{more}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
