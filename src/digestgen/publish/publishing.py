"""This module publishes: it looks, decides, copies, commits exactly that, and pushes.

What fails before the commit is undone. Nothing is ever forced, and no other file, staged or
not, is touched.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from digestgen.errors import ConfigError, RemoteError
from digestgen.files import locked, output_errors, write_atomic
from digestgen.publish.checkout import Checkout, Target, default_remote, open_checkout
from digestgen.publish.git import DEADLINE, Git, find_git, pathspecs
from digestgen.publish.plan import Plan, make_plan
from digestgen.publish.survey import reading, refuse_ignored, survey

_LOCK_SECONDS = 30.0
_FROM_STDIN = ("--pathspec-from-file=-", "--pathspec-file-nul")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was published, or with ``--dry-run`` would be.

    ``commit`` is None when there was nothing new; ``pushed`` is false when the remote had
    everything already.
    """

    repo: Path
    branch: str
    plan: Plan
    commit: str | None = None
    pushed: bool = False


def publish(
    content: Path,
    target: Target,
    *,
    environ: Mapping[str, str],
    push: bool = False,
    dry_run: bool = False,
    seconds: float = DEADLINE,
) -> Publication:
    """Commit the new and changed posts of a content folder into a blog's repository.

    Raises:
        ConfigError: the target cannot be published into as it is, or git is not set up.
        ContentError: a post cannot be read.
        RemoteError: git, a hook or the remote refused; before the commit nothing has changed.
        OutputError: a file cannot be written.
    """
    git = find_git(environ, seconds=seconds)
    with open_checkout(git, target) as checkout, _alone(checkout, dry_run=dry_run):
        destination = _destination(checkout) if push else None
        plan = make_plan(survey(content, checkout))
        refuse_ignored(checkout.git, plan.copies)
        commit = _commit(checkout, plan) if plan.paths and not dry_run else None
        pushed = not dry_run and destination is not None and _push(checkout, destination, commit)
    return Publication(
        repo=target.repo, branch=checkout.branch, plan=plan, commit=commit, pushed=pushed
    )


@contextmanager
def _alone(checkout: Checkout, *, dry_run: bool) -> Iterator[None]:
    folder = checkout.git.run("rev-parse", "--absolute-git-dir").removesuffix("\n")
    lock = locked(Path(folder), seconds=_LOCK_SECONDS)
    with nullcontext() if dry_run else lock:
        yield


def _commit(checkout: Checkout, plan: Plan) -> str:
    git = checkout.git
    _require_identity(git)
    with _undone_unless_committed(git, plan):
        for copy in plan.copies:
            with reading():
                content = copy.source.read_bytes()
            write_atomic(git.folder / copy.path, content)
        for path in plan.removals:
            with output_errors(git.folder / path):
                (git.folder / path).unlink(missing_ok=True)
        new = [copy.path for copy in plan.copies if copy.is_new]
        if new:
            git.run("add", "--intent-to-add", *_FROM_STDIN, stdin=pathspecs(new))
        git.run(
            "commit",
            "--quiet",
            "--only",
            "--cleanup=whitespace",
            f"--message={plan.message}",
            *_FROM_STDIN,
            stdin=pathspecs(plan.paths),
            hint="nothing was committed, the copies were taken back; "
            "mend what git or its hook says",
        )
    commit = git.run("rev-parse", "HEAD").strip()
    if checkout.is_temporary:
        _move_branch(checkout, commit)
    return commit


def _require_identity(git: Git) -> None:
    """Raise a ConfigError when git does not know who commits; better before the copying."""
    for ident in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        if git.ask("var", ident).code != 0:
            raise ConfigError(
                f"{git.subject}: git does not know in whose name to commit",
                hint="run there: git config user.name NAME; git config user.email ADDRESS",
            )


@contextmanager
def _undone_unless_committed(git: Git, plan: Plan) -> Iterator[None]:
    """Put every place back as it was when the block fails without a commit."""
    head = git.commit_of("HEAD")
    places = [git.folder / path for path in plan.paths]
    standing = {place: place.read_bytes() if place.exists() else None for place in places}
    missing = {folder for place in places for folder in place.parents if not folder.exists()}
    try:
        yield
    except BaseException:
        if git.commit_of("HEAD") == head:
            new = b"".join(bytes(copy.path) + b"\0" for copy in plan.copies if copy.is_new)
            git.ask("update-index", "-z", "--force-remove", "--stdin", stdin=new)
            _restore(standing, missing)
        raise


def _restore(standing: Mapping[Path, bytes | None], missing: set[Path]) -> None:
    for place, content in standing.items():
        if content is None:
            place.unlink(missing_ok=True)
        else:
            write_atomic(place, content)
    for folder in sorted(missing, reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _move_branch(checkout: Checkout, commit: str) -> None:
    checkout.git.run(
        "update-ref",
        "-m",
        "digestgen publish",
        checkout.ref,
        commit,
        checkout.tip or "",
        hint="somebody moved the branch meanwhile; publish again",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Destination:
    remote: str
    ref: str
    options: tuple[str, ...] = ()


def _destination(checkout: Checkout) -> _Destination:
    """Return where the branch is pushed: its upstream, else a branch of its own name."""
    git, ref = checkout.git, checkout.ref
    names = "%(upstream:remotename)%00%(upstream:remoteref)%00%(push:remotename)"
    told = git.run("for-each-ref", f"--format={names}", ref).strip("\n")
    upstream, upstream_ref, push_remote = (told or "\0\0").split("\0")
    if push_remote not in ("", ".", upstream):
        return _Destination(remote=push_remote, ref=ref)
    if upstream not in ("", "."):
        return _Destination(remote=upstream, ref=upstream_ref)
    remote = default_remote(git)
    if remote is None:
        raise ConfigError(
            f"{git.subject}: has no remote to push to",
            hint="run there: git remote add origin ADDRESS; then publish again with --push",
        )
    return _Destination(remote=remote, ref=ref, options=("--set-upstream",))


def _push(checkout: Checkout, destination: _Destination, commit: str | None) -> bool:
    """Return whether the remote got something."""
    git, ref, remote = checkout.git, checkout.ref, destination.remote
    if git.commit_of(ref) is None:
        return False
    answer = git.ask(
        "push",
        "--porcelain",
        "--no-follow-tags",
        "--recurse-submodules=no",
        *destination.options,
        remote,
        f"{ref}:{destination.ref}",
    )
    if answer.code != 0:
        done = f"committed as {commit[:12]}, " if commit else ""
        if "(fetch first)" in answer.out or "(non-fast-forward)" in answer.out:
            raise RemoteError(
                f"{git.subject}: {done}not pushed: {remote} has commits that are not here",
                hint="run `git pull --rebase` there, then publish again",
            )
        raise RemoteError(
            f"{git.subject}: {done}not pushed: {answer.words}",
            hint="mend what git says, then publish again with --push",
        )
    return any(line.startswith((" \t", "*\t")) for line in answer.out.splitlines())
