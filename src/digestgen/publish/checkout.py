"""This module finds the work tree to publish into.

For the current branch that is the user's own. For another branch it is a temporary one, so
that nobody's files are switched under their hands; the branch moves only after the commit.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from digestgen.errors import ConfigError
from digestgen.files import output_errors
from digestgen.publish.git import Git


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where posts go: ``posts_dir`` is relative to ``repo``; no branch is the current one."""

    repo: Path
    posts_dir: str = "source/_posts"
    branch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """A work tree with ``branch`` in it; ``posts`` is relative to its top, where ``git`` works.

    A temporary one has a detached HEAD at ``tip``, or where the branch will begin when it has
    no tip yet.
    """

    git: Git
    posts: PurePosixPath
    branch: str
    is_temporary: bool
    tip: str | None

    @property
    def ref(self) -> str:
        """Return the full name of the branch."""
        return f"refs/heads/{self.branch}"

    @property
    def top(self) -> Path:
        """Return the top folder of the work tree."""
        return self.git.folder


@contextmanager
def open_checkout(git: Git, target: Target) -> Iterator[Checkout]:
    """Lend a work tree with the target's branch.

    Raises:
        ConfigError: the target is no repository, or cannot be published into as it is.
        RemoteError: git did not cooperate.
    """
    git, posts = _locate(git, target)
    current = _current_branch(git)
    branch = target.branch or current
    if branch is None:
        raise ConfigError(
            f"{target.repo}: is on no branch (detached HEAD)",
            hint="run `git switch BRANCH` there, or name one: --branch BRANCH",
        )
    if branch == current:
        _check_posts(git.folder, posts)
        tip = git.commit_of("HEAD")
        yield Checkout(git=git, posts=posts, branch=branch, is_temporary=False, tip=tip)
        return
    tip, start = _tip_and_start(git, branch)
    with _temporary_worktree(git, start) as elsewhere:
        _check_posts(elsewhere.folder, posts)
        yield Checkout(git=elsewhere, posts=posts, branch=branch, is_temporary=True, tip=tip)


def default_remote(git: Git) -> str | None:
    """Return ``origin``, else the only remote, else None."""
    remotes = git.run("remote").splitlines()
    if "origin" in remotes:
        return "origin"
    return remotes[0] if len(remotes) == 1 else None


def _locate(git: Git, target: Target) -> tuple[Git, PurePosixPath]:
    with output_errors(target.repo):
        folder = target.repo.resolve()
        if not folder.is_dir():
            raise ConfigError(f"{target.repo}: no such folder", hint="clone the blog there first")
    git = replace(git, folder=folder, subject=str(target.repo))
    inside = git.ask("rev-parse", "--is-inside-work-tree")
    if "not a git repository" in inside.err:
        raise ConfigError(
            f"{target.repo}: is no git repository", hint="clone the blog, or run `git init` there"
        )
    if inside.code != 0:
        raise git.failure("rev-parse", inside, hint="run `git status` there and do what it says")
    if inside.out.strip() != "true":
        raise ConfigError(
            f"{target.repo}: has no work tree",
            hint=f"clone it, then publish into the clone with --push: git clone {target.repo}",
        )
    top = Path(git.run("rev-parse", "--show-toplevel").removesuffix("\n"))
    wanted = PurePosixPath(target.posts_dir)
    if wanted.is_absolute() or {"..", ".git"} & {part.lower() for part in wanted.parts}:
        raise _bad_posts_dir(wanted, "is not inside the repository")
    return git.at(top), PurePosixPath(folder.relative_to(top).as_posix()) / wanted


def _check_posts(top: Path, posts: PurePosixPath) -> None:
    """Refuse a folder through which a copy would land somewhere else."""
    for part in reversed((posts, *posts.parents)):
        if part == PurePosixPath():
            continue
        if (top / part).is_symlink():
            raise _bad_posts_dir(part, "is a symbolic link")
        if (top / part).exists() and not (top / part).is_dir():
            raise _bad_posts_dir(part, "is not a folder")


def _bad_posts_dir(path: PurePosixPath, reason: str) -> ConfigError:
    return ConfigError(
        f"posts-dir: {str(path)!r} {reason}", hint="write a folder such as source/_posts"
    )


def _current_branch(git: Git) -> str | None:
    head = git.ask("symbolic-ref", "--quiet", "HEAD").out.strip()
    return head.removeprefix("refs/heads/") or None


def _tip_and_start(git: Git, branch: str) -> tuple[str | None, str]:
    """Return the branch's commit, None for a new one, and the commit to work on."""
    ref = f"refs/heads/{branch}"
    if branch.startswith("-") or git.ask("check-ref-format", ref).code != 0:
        raise ConfigError(f"branch: {branch!r} is no branch name", hint="write one such as main")
    told = git.run("for-each-ref", "--format=%(refname) %(worktreepath)", ref).splitlines()
    busy = next((line.removeprefix(f"{ref} ") for line in told if line.startswith(f"{ref} /")), "")
    if busy:
        raise ConfigError(
            f"branch: {branch!r} is checked out in {busy}", hint=f"publish there: --repo {busy}"
        )
    tip = git.commit_of(ref)
    remote = default_remote(git)
    start = tip or (remote and git.commit_of(f"refs/remotes/{remote}/{branch}"))
    start = start or git.commit_of("HEAD")
    if start is None:
        raise ConfigError(
            f"branch: {branch!r} has nothing to begin from, the repository is empty",
            hint="publish without --branch first",
        )
    return tip, start


@contextmanager
def _temporary_worktree(git: Git, start: str) -> Iterator[Git]:
    with output_errors(Path(tempfile.gettempdir())):
        folder = Path(tempfile.mkdtemp(prefix="digestgen-"))
    worktree = folder / "worktree"
    try:
        git.run("worktree", "add", "--quiet", "--detach", str(worktree), start)
        yield git.at(worktree)
    finally:
        git.ask("worktree", "remove", "--force", str(worktree))
        shutil.rmtree(folder, ignore_errors=True)
