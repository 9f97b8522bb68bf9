"""This module describes the command line: every command, its flags, examples and defaults."""

import argparse
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from digestgen import __version__

if TYPE_CHECKING:  # argparse has no other name for them
    Group = argparse._ArgumentGroup  # noqa: SLF001
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

FIRST_YEAR, LAST_YEAR = 1991, 2100  # arXiv began in 1991


def parser() -> argparse.ArgumentParser:
    """Return the command line of digestgen."""
    top = argparse.ArgumentParser(
        prog="digestgen",
        description="From an arXiv topic to a blog post in which every line can be traced to "
        "the paper.",
        epilog="examples:\n"
        '  digestgen build --topic "Diffusion Models"\n'
        '  digestgen build --source sample --topic "Diffusion Models"   (no network)\n'
        "  digestgen serve\n"
        "  digestgen publish --repo ../blog --dry-run\n\n"
        "exit codes: 0 done, 1 problems or skips under --strict, 2 wrong command or settings,\n"
        "3 a server, git or the disk did not cooperate, 70 a bug, 130 interrupted",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"digestgen {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND", title="commands")
    _add_init(commands)
    _add_build(commands)
    _add_site(commands)
    _add_serve(commands)
    _add_check(commands)
    _add_paper(commands)
    _add_summarize(commands)
    _add_publish(commands)
    _add_config(commands)
    _add_completion(commands)
    return top


def _add_init(commands: "Commands") -> None:
    command = _command(
        commands, "init", "make a new blog folder", ["digestgen init", "digestgen init my-blog"]
    )
    command.add_argument("dir", nargs="?", default=".", metavar="DIR", help="folder (default: .)")
    command.set_defaults(command="init")


def _add_build(commands: "Commands") -> None:
    command = _command(
        commands,
        "build",
        "fetch, digest, write posts, refresh the preview",
        [
            "digestgen build",
            'digestgen build --topic "Diffusion Models" --category cs.CV --since 3d',
            'digestgen build --source sample --topic "Diffusion Models" --lang en',
        ],
    )
    _add_what(command.add_argument_group("what to digest"))
    _add_how(command.add_argument_group("how to digest"))
    where = command.add_argument_group("where to write")
    where.add_argument("--content", metavar="DIR", help="folder of the posts (default: content)")
    where.add_argument("--site", metavar="DIR", help="folder of the preview (default: site)")
    where.add_argument("--no-site", action="store_true", help="leave the preview as it is")
    _add_json(command)
    command.set_defaults(command="build")


def _add_what(what: "Group") -> None:
    what.add_argument(
        "--topic",
        action="append",
        default=[],
        metavar="NAME",
        help="a topic; may be repeated (default: every topic of digestgen.toml)",
    )
    what.add_argument(
        "--source", metavar="NAME", help="arxiv, sample or MODULE:create (default: arxiv)"
    )
    what.add_argument(
        "--phrase",
        action="append",
        default=[],
        metavar="TEXT",
        help="phrase to find in title or abstract instead of the topic's name; may be repeated",
    )
    what.add_argument(
        "--query", default="", metavar="RAW", help="an arXiv query that papers must match as well"
    )
    what.add_argument(
        "--category",
        action="append",
        default=[],
        metavar="CAT",
        help="arXiv category; of several, a paper needs one",
    )
    what.add_argument(
        "--since",
        type=_since,
        metavar="DATE|Nd",
        help="first submission day, or days back (default: since the last digest, at first 7d)",
    )
    what.add_argument(
        "--until", type=_day, metavar="DATE", help="last submission day (default: the digest's day)"
    )
    what.add_argument(
        "--limit", type=int, metavar="N", help="most papers of a topic in one day (default: 50)"
    )
    what.add_argument("--date", type=_day, metavar="DATE", help="the digest's day (default: today)")


def _add_how(how: "Group") -> None:
    how.add_argument(
        "--summarizer",
        metavar="NAME",
        help="extractive, llm or MODULE:create (default: extractive)",
    )
    how.add_argument(
        "--budget",
        type=float,
        metavar="AMOUNT",
        help="most that a language model may cost, by the prices in [llm]; 0: nothing new "
        "is asked (default: no limit)",
    )
    how.add_argument(
        "--depth",
        choices=["abstract", "full"],
        help="what is read of a paper: full reads its PDF (default: full)",
    )
    how.add_argument("--no-figures", action="store_true", help="show no pictures of the papers")
    how.add_argument(
        "--lang",
        choices=["zh", "en"],
        help="language of the labels, and of what a model writes (default: zh)",
    )
    how.add_argument("--format", metavar="NAME", help="hexo or MODULE:create (default: hexo)")
    how.add_argument(
        "--workers", type=int, metavar="N", help="papers digested at the same time (default: 2)"
    )
    how.add_argument(
        "--force",
        action="store_true",
        help="make those papers of the day's post again that the source still gives",
    )
    how.add_argument(
        "--strict",
        action="store_true",
        help="exit with 1 when a paper was skipped or is incomplete",
    )
    how.add_argument("--dry-run", action="store_true", help="say what is new, write nothing")


def _add_site(commands: "Commands") -> None:
    command = _command(
        commands, "site", "rebuild the preview from the posts alone", ["digestgen site"]
    )
    _add_folders(command)
    _add_json(command)
    command.set_defaults(command="site")


def _add_serve(commands: "Commands") -> None:
    command = _command(
        commands,
        "serve",
        "show the preview, reloaded whenever a post changes",
        ["digestgen serve", "digestgen serve --port 8080"],
    )
    command.add_argument("--port", type=int, default=8000, metavar="N", help="port (default: 8000)")
    command.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="address to listen on (default: 127.0.0.1)",
    )
    _add_folders(command)
    command.set_defaults(command="serve")


def _add_check(commands: "Commands") -> None:
    command = _command(
        commands,
        "check",
        "find what is wrong with posts, our own and others'",
        [
            "digestgen check",
            "digestgen check source/_posts --ignore hot-linked-image",
            "digestgen check post.md --fix",
            "digestgen check --source-check --json",
        ],
    )
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="posts or folders (default: content/posts)"
    )
    for flag, what in (("--select", "only these rules"), ("--ignore", "all but these rules")):
        command.add_argument(
            flag, action="append", default=[], metavar="RULE,...", help=f"{what}; may be repeated"
        )
    command.add_argument("--fix", action="store_true", help="mend what is safe to mend")
    command.add_argument(
        "--source-check",
        action="store_true",
        help="compare with the papers' metadata, asked of arXiv",
    )
    command.add_argument("--content", metavar="DIR", help="folder of the posts (default: content)")
    _add_json(command)
    command.set_defaults(command="check")


def _add_paper(commands: "Commands") -> None:
    command = _command(
        commands,
        "paper",
        "show the digest of one paper, from a PDF or an arXiv id",
        [
            "digestgen paper paper.pdf",
            "digestgen paper 2409.12099 --figures figures",
            "digestgen paper paper.pdf --json",
        ],
    )
    command.add_argument("paper", metavar="FILE|ID", help="a PDF on disk (no network), or an id")
    command.add_argument("--figures", metavar="DIR", help="write the figures into this folder")
    command.add_argument(
        "--lang", choices=["zh", "en"], help="language of the labels (default: zh)"
    )
    command.add_argument(
        "--source", metavar="NAME", help="where ids are looked up (default: arxiv)"
    )
    _add_json(command)
    command.set_defaults(command="paper")


def _add_summarize(commands: "Commands") -> None:
    command = _command(
        commands,
        "summarize",
        "sum up many abstracts, JSON lines in and out",
        [
            "digestgen summarize papers.jsonl > summaries.jsonl",
            "cat papers.jsonl | digestgen summarize",
        ],
    )
    command.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="FILE.jsonl",
        help="a line for each paper: id, and abstract or sentences (default: -, which is stdin)",
    )
    command.set_defaults(command="summarize")


def _add_publish(commands: "Commands") -> None:
    command = _command(
        commands,
        "publish",
        "commit new and changed posts into a blog repository",
        ["digestgen publish --repo ../blog --dry-run", "digestgen publish --repo ../blog --push"],
    )
    command.add_argument("--repo", required=True, metavar="DIR", help="the blog's git repository")
    command.add_argument(
        "--posts-dir",
        default="source/_posts",
        metavar="DIR",
        help="where posts lie in it (default: source/_posts)",
    )
    command.add_argument(
        "--branch", metavar="NAME", help="branch to commit to (default: the current one)"
    )
    command.add_argument("--push", action="store_true", help="push the branch afterwards")
    command.add_argument("--dry-run", action="store_true", help="show the plan, change nothing")
    command.add_argument("--content", metavar="DIR", help="folder of the posts (default: content)")
    _add_json(command)
    command.set_defaults(command="publish")


def _add_config(commands: "Commands") -> None:
    command = _command(
        commands, "config", "show each setting and where it came from", ["digestgen config --json"]
    )
    _add_json(command)
    command.set_defaults(command="config")


def _add_completion(commands: "Commands") -> None:
    command = _command(
        commands,
        "completion",
        "print a completion script for a shell",
        ["digestgen completion bash > ~/.local/share/bash-completion/completions/digestgen"],
    )
    command.add_argument("shell", choices=["bash", "zsh", "tcsh"], help="the shell")
    command.set_defaults(command="completion")


def _command(
    commands: "Commands", name: str, summary: str, examples: list[str]
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog="examples:\n" + "\n".join(f"  {example}" for example in examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_folders(command: argparse.ArgumentParser) -> None:
    command.add_argument("--content", metavar="DIR", help="folder of the posts (default: content)")
    command.add_argument("--site", metavar="DIR", help="folder of the preview (default: site)")


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON document on stdout")


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"wants a date as 2024-09-24, got {text!r}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            f"wants a date from {FIRST_YEAR} to {LAST_YEAR}, got {text!r}"
        )
    return day


def _since(text: str) -> date | timedelta:
    days = re.fullmatch(r"([1-9][0-9]{0,3})d", text)
    if days:
        return timedelta(days=int(days[1]))
    try:
        return _day(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"{error}, or days back as 7d") from error
