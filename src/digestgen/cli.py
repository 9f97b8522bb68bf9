"""This module reads flags, environment and clock, and turns errors into exit codes.

Commands are imported when they are called, so that `--help` stays quick.
"""

import argparse
import io
import os
import re
import sys
import traceback
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from digestgen import HOMEPAGE, __version__
from digestgen.errors import DigestgenError, OutputError

if TYPE_CHECKING:  # the real imports wait until a command is called
    from digestgen.commands.project import Surroundings
    from digestgen.console import Console

    Group = argparse._ArgumentGroup  # noqa: SLF001  # argparse has no other name for it
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # argparse has no other name for it

INTERRUPTED = 130
FIRST_YEAR, LAST_YEAR = 1991, 2100  # arXiv began in 1991
BUG = 70
BUGS = f"please report it: {HOMEPAGE}/issues"


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _make_streams_patient()
    try:
        arguments = parser().parse_args(argv)
        code: int = arguments.run(arguments, _surroundings(), _screen(arguments))
        sys.stdout.flush()
    except DigestgenError as error:
        _screen().error(error)
        code = error.exit_code
    except KeyboardInterrupt:
        _screen().note("interrupted; what is finished is kept")
        code = INTERRUPTED
    except BrokenPipeError:  # the reader of our output left, as `head` does
        _drop_stdout()
        code = 0
    except OSError as error:  # of the system, such as a full disk behind stdout; no bug of ours
        _drop_stdout()
        _screen().error(OutputError(str(error), hint="make room or give permission there"))
        code = OutputError.exit_code
    except Exception:  # noqa: BLE001  # the last line of defence: a bug keeps its traceback
        traceback.print_exc()
        _screen().note(f"this is a bug in digestgen {__version__} or in a plug-in of yours; {BUGS}")
        code = BUG
    return code


def _make_streams_patient() -> None:
    """Let every text be printed, by any encoding, and also when a stream is closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # for good
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _drop_stdout() -> None:
    """Keep Python from complaining once more when it flushes at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _screen(arguments: argparse.Namespace | None = None) -> "Console":
    from digestgen.console import console

    return console(as_json=getattr(arguments, "json", False), environ=os.environ)


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
    _add_publish(commands)
    _add_config(commands)
    _add_completion(commands)
    return top


def _add_init(commands: "Commands") -> None:
    command = _command(
        commands, "init", "make a new blog folder", ["digestgen init", "digestgen init my-blog"]
    )
    command.add_argument("dir", nargs="?", default=".", metavar="DIR", help="folder (default: .)")
    command.set_defaults(run=_run_init)


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
    command.set_defaults(run=_run_build)


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
        "--summarizer", metavar="NAME", help="extractive or MODULE:create (default: extractive)"
    )
    how.add_argument(
        "--depth", choices=["abstract"], help="what is read of a paper (default: abstract)"
    )
    how.add_argument("--lang", choices=["zh", "en"], help="language of the labels (default: zh)")
    how.add_argument("--format", metavar="NAME", help="hexo or MODULE:create (default: hexo)")
    how.add_argument(
        "--workers", type=int, metavar="N", help="papers digested at the same time (default: 2)"
    )
    how.add_argument(
        "--force",
        action="store_true",
        help="make those papers of the day's post again that the source still gives",
    )
    how.add_argument("--strict", action="store_true", help="exit with 1 when a paper was skipped")
    how.add_argument("--dry-run", action="store_true", help="say what is new, write nothing")


def _add_site(commands: "Commands") -> None:
    command = _command(
        commands, "site", "rebuild the preview from the posts alone", ["digestgen site"]
    )
    _add_folders(command)
    _add_json(command)
    command.set_defaults(run=_run_site)


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
    command.set_defaults(run=_run_serve)


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
    command.set_defaults(run=_run_publish)


def _add_config(commands: "Commands") -> None:
    command = _command(
        commands, "config", "show each setting and where it came from", ["digestgen config --json"]
    )
    _add_json(command)
    command.set_defaults(run=_run_config)


def _add_completion(commands: "Commands") -> None:
    command = _command(
        commands,
        "completion",
        "print a completion script for a shell",
        ["digestgen completion bash > ~/.local/share/bash-completion/completions/digestgen"],
    )
    command.add_argument("shell", choices=["bash", "zsh", "tcsh"], help="the shell")
    command.set_defaults(run=_run_completion)


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


def _run_init(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.init import init_command

    return init_command(around.cwd / arguments.dir, screen)


def _run_build(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.build import BuildRequest, build

    flags = {
        "source": arguments.source,
        "summarizer": arguments.summarizer,
        "format": arguments.format,
        "depth": arguments.depth,
        "language": arguments.lang,
        "limit": arguments.limit,
        "workers": arguments.workers,
        "content": arguments.content,
        "site": arguments.site,
    }
    request = BuildRequest(
        topics=tuple(arguments.topic),
        phrases=tuple(arguments.phrase),
        query=arguments.query,
        categories=tuple(arguments.category),
        day=arguments.date or around.now.date(),
        since=arguments.since,
        until=arguments.until,
        force=arguments.force,
        strict=arguments.strict,
        dry_run=arguments.dry_run,
        with_site=not arguments.no_site,
        flags=flags,
    )
    return build(request, around, screen)


def _run_site(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.preview import site

    return site(around, screen, {"content": arguments.content, "site": arguments.site})


def _run_serve(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.preview import serve

    flags = {"content": arguments.content, "site": arguments.site}
    return serve(around, screen, flags, host=arguments.host, port=arguments.port)


def _run_publish(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.publishing import PublishRequest, publish_posts
    from digestgen.publish import Target

    request = PublishRequest(
        target=Target(
            repo=(around.cwd / arguments.repo).resolve(),
            posts_dir=arguments.posts_dir,
            branch=arguments.branch,
        ),
        push=arguments.push,
        dry_run=arguments.dry_run,
        flags={"content": arguments.content},
    )
    return publish_posts(request, around, screen)


def _run_config(_: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.settings import show_config

    return show_config(around, screen)


def _run_completion(arguments: argparse.Namespace, _: "Surroundings", screen: "Console") -> int:
    import shtab

    screen.result(shtab.complete(parser(), shell=arguments.shell))
    return 0


def _surroundings() -> "Surroundings":
    from digestgen.commands.project import Surroundings

    return Surroundings(cwd=Path.cwd(), environ=os.environ, now=datetime.now().astimezone())


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
