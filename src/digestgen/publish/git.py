"""This module runs git: without a shell, without a prompt, and never longer than its deadline."""

import os
import re
import shutil
import signal
import subprocess  # this is the one module that starts programs
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from digestgen.errors import ConfigError, RemoteError
from digestgen.text import squeeze

# `git commit --pathspec-from-file` came with 2.25, the same of `git add` with 2.26.
OLDEST = (2, 26)
DEADLINE = 300.0
_GRACE = 5.0
# Posts come with LF, whatever the blog's line ends: no reason to refuse them.
_SETTINGS = ("-c", "core.safecrlf=false", "-c", "color.ui=false")
_WORDS = 300
# `git rev-parse --local-env-vars` names the first ones: inside a hook they point at the
# repository of the hook. Those of GIT_CONFIG_COUNT are not among these: they configure CI jobs.
_NOT_FOR_US = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_CONFIG",
        "GIT_CONFIG_PARAMETERS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_GRAFT_FILE",
        "GIT_INDEX_FILE",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_REPLACE_REF_BASE",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_LITERAL_PATHSPECS",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        "GIT_TRACE",
    }
)
_OURS = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": "true",
    "GIT_OPTIONAL_LOCKS": "0",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a git command gave back."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """Return the last lines of what git or a hook said, on one line, without passwords."""
        lines = [line for line in map(squeeze, self.err.splitlines()) if line]
        lines = [line for line in lines if not line.startswith("hint:")]
        # Advice follows git's own complaint; what a hook printed stands before it.
        complaints = [n for n, line in enumerate(lines) if line.startswith(("fatal:", "error:"))]
        end = complaints[-1] + 1 if complaints else len(lines)
        text = "; ".join(lines[max(0, end - 3) : end]) or "git says no more"
        return re.sub(r"://[^/@\s]+@", "://***@", text)[-_WORDS:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """The git program, at work in ``folder``.

    ``seconds`` is the deadline of one command, ``subject`` what errors begin with.
    """

    program: str
    environ: Mapping[str, str]
    seconds: float
    folder: Path
    subject: str = "git"

    def at(self, folder: Path) -> "Git":
        """Return the same git at work in another folder."""
        return replace(self, folder=folder)

    def ask(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """Return what a command answers, whether it went well or not.

        Raises:
            RemoteError: the deadline has passed; git and its hooks have been stopped.
        """
        command = [self.program, "-C", str(self.folder), *_SETTINGS, *arguments]
        # Files, not pipes: a hook may leave a process behind that holds on to them.
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(stdin)
            given.seek(0)
            process = subprocess.Popen(  # noqa: S603  # an argument list, no shell
                command,
                stdin=given,
                stdout=out,
                stderr=err,
                env=self.environ,
                start_new_session=True,  # no terminal to ask for a password
            )
            code = self._wait(process, arguments[0])
            out.seek(0)
            err.seek(0)
            return Answer(
                code=code,
                out=os.fsdecode(out.read()),
                err=err.read().decode(errors="replace"),
            )

    def run(self, *arguments: str, stdin: bytes = b"", hint: str = "") -> str:
        """Return what a command prints.

        Raises:
            RemoteError: it failed; the message holds git's own words.
        """
        answer = self.ask(*arguments, stdin=stdin)
        if answer.code != 0:
            raise self.failure(arguments[0], answer, hint=hint)
        return answer.out

    def failure(self, command: str, answer: Answer, *, hint: str = "") -> RemoteError:
        """Return the error that says what git said of ``command``."""
        if ".lock': File exists" in answer.err:
            hint = "wait for the other git to end; if there is none, delete that lock file"
        return RemoteError(
            f"{self.subject}: git {command} failed: {answer.words}",
            hint=hint or f"try `git {command}` there by hand",
        )

    def commit_of(self, name: str) -> str | None:
        """Return the commit that a name stands for, None when there is none."""
        answer = self.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return answer.out.strip() or None

    def _wait(self, process: "subprocess.Popen[bytes]", command: str) -> int:
        try:
            return process.wait(self.seconds)
        except subprocess.TimeoutExpired as error:
            raise RemoteError(
                f"{self.subject}: git {command} took over {self.seconds:g} s and was stopped",
                hint=f"a hook, a password or the network may be waiting; try `git {command}` there",
            ) from error
        finally:
            if process.returncode is None:
                _stop(process)


def find_git(environ: Mapping[str, str], *, seconds: float = DEADLINE) -> Git:
    """Return the git on the PATH of ``environ``.

    Raises:
        ConfigError: there is none, or it is too old.
    """
    program = shutil.which("git", path=environ.get("PATH", os.defpath))
    if program is None:
        raise ConfigError("git: is not on the PATH", hint="install git, https://git-scm.com")
    clean = {name: value for name, value in environ.items() if name not in _NOT_FOR_US}
    git = Git(program=program, environ={**clean, **_OURS}, seconds=seconds, folder=Path("/"))
    said = git.ask("version").out.strip()
    numbers = re.search(r"(\d+)\.(\d+)", said)
    if numbers is None or (int(numbers[1]), int(numbers[2])) < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise ConfigError(
            f"git: wants version {wanted} or later, got {said!r}", hint="install a newer git"
        )
    return git


def pathspecs(paths: Iterable[PurePosixPath]) -> bytes:
    """Return paths for ``--pathspec-from-file``, none of their characters special."""
    return b"".join(b":(literal)" + bytes(path) + b"\0" for path in paths)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End git and its hooks; asked first, git removes its lock files."""
    os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
