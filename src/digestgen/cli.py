"""This module reads flags, environment and clock, and turns errors into exit codes.

Commands are imported when they are called, so that `--help` stays quick.
"""

import argparse
import io
import os
import sys
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digestgen.arguments import parser
from digestgen.errors import BUG_NOTICE, DigestgenError, OutputError

if TYPE_CHECKING:  # the real imports wait until a command is called
    from digestgen.commands.project import Surroundings
    from digestgen.console import Console


INTERRUPTED = 130
BUG = 70


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _make_streams_patient()
    try:
        arguments = parser().parse_args(argv)
        code: int = RUN[arguments.command](arguments, _surroundings(), _screen(arguments))
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
        _screen().note(BUG_NOTICE)
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


def _run_init(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.init import init_command

    return init_command(around.cwd / arguments.dir, screen)


def _run_build(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.build import BuildRequest, build

    flags = {
        "source": arguments.source,
        "summarizer": arguments.summarizer,
        "llm.budget": arguments.budget,
        "format": arguments.format,
        "depth": arguments.depth,
        "figures": "none" if arguments.no_figures else None,
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


def _run_check(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.check import CheckRequest, check_posts

    request = CheckRequest(
        paths=tuple(arguments.paths),
        select=_listed(arguments.select),
        ignore=_listed(arguments.ignore),
        fix=arguments.fix,
        source_check=arguments.source_check,
        flags={"content": arguments.content},
    )
    return check_posts(request, around, screen)


def _listed(texts: list[str]) -> tuple[str, ...]:
    """Return the names in texts of several names each, with commas between."""
    return tuple(name for text in texts for name in text.replace(",", " ").split())


def _run_paper(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.paper import PaperRequest, show_paper

    request = PaperRequest(
        what=arguments.paper,
        figures=around.cwd / arguments.figures if arguments.figures else None,
        flags={"source": arguments.source, "language": arguments.lang},
    )
    return show_paper(request, around, screen)


def _run_summarize(arguments: argparse.Namespace, around: "Surroundings", screen: "Console") -> int:
    from digestgen.commands.summarize import summarize_lines

    path = None if arguments.file == "-" else around.cwd / arguments.file
    stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()  # None when it was closed
    return summarize_lines(path, stdin, screen)


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


RUN = {
    "init": _run_init,
    "build": _run_build,
    "site": _run_site,
    "serve": _run_serve,
    "check": _run_check,
    "paper": _run_paper,
    "summarize": _run_summarize,
    "publish": _run_publish,
    "config": _run_config,
    "completion": _run_completion,
}
