"""This module decides what to publish. It touches neither disk nor git.

A copy in the blog is overwritten only when nobody changed it there: it still bears the seal of
our ledger, or the last commit that touched it is one of ours and nothing is uncommitted. A post
that was removed or renamed there stays so. A picture of ours that its post lost goes from the blog
as well. A post is left alone as a whole.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from digestgen.text import squeeze

State = Literal["new", "changed", "unchanged", "left alone"]
There = Literal["absent", "same", "different", "blocked"]
Committer = Literal["nobody", "digestgen", "somebody"]
TAKE_BACK = "to publish a post that is left alone, copy it there by hand and publish again"
# The trailer by which our commits are known again; rebasing and cherry-picking keep it.
TRAILER = "Published-with"
TRAILER_VALUE = "digestgen"
# What `git status` says of a path whose staged content is its content on disk, or that has none.
_NOTHING_STAGED = ("", " M", "??", " A")
_ALL_STAGED = ("A ", "M ")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """A file to publish, and what stands in its place in the blog.

    ``path`` is relative to the top of the work tree. ``status`` is git's two letters, empty when
    nothing is uncommitted. ``last_by`` says whose commit touched the path last.
    """

    source: Path
    path: PurePosixPath
    there: There
    status: str
    last_by: Committer


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPost:
    """A post and its pictures, the Markdown file first.

    ``lost`` are pictures that only the blog has, which we published and nobody touched since.
    ``is_sealed`` and ``is_newer`` speak of the copy in the blog. ``topic`` is empty for a post
    without a ledger.
    """

    stem: str
    files: tuple[SeenFile, ...]
    lost: tuple[PurePosixPath, ...] = ()
    topic: str = ""
    papers: int = 0
    is_sealed: bool = False
    is_newer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file to copy and commit; git does not know a new one yet."""

    source: Path
    path: PurePosixPath
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPlan:
    """What becomes of one post; ``reason`` says why it is left alone."""

    stem: str
    state: State
    topic: str = ""
    papers: int = 0
    reason: str = ""
    copies: tuple[Copy, ...] = ()
    removals: tuple[PurePosixPath, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What becomes of every post, and the message of the commit."""

    posts: tuple[PostPlan, ...]
    message: str

    @property
    def copies(self) -> tuple[Copy, ...]:
        """Return every file to copy and commit."""
        return tuple(copy for post in self.posts for copy in post.copies)

    @property
    def removals(self) -> tuple[PurePosixPath, ...]:
        """Return every file to remove."""
        return tuple(path for post in self.posts for path in post.removals)

    @property
    def paths(self) -> tuple[PurePosixPath, ...]:
        """Return the paths that the commit changes; empty when there is nothing to commit."""
        return (*(copy.path for copy in self.copies), *self.removals)

    def posts_that_are(self, state: State) -> tuple[PostPlan, ...]:
        """Return the posts of one state, in order."""
        return tuple(post for post in self.posts if post.state == state)


def make_plan(seen: Iterable[SeenPost]) -> Plan:
    """Return what to do with each post, in the order given."""
    posts = tuple(_plan_post(post) for post in seen)
    return Plan(
        posts=posts, message=_message([post for post in posts if post.copies or post.removals])
    )


def _plan_post(post: SeenPost) -> PostPlan:
    copies = tuple(_copy(file) for file in post.files if not is_published(file))
    if not copies and not post.lost:
        return PostPlan(stem=post.stem, state="unchanged", topic=post.topic, papers=post.papers)
    reason = next(filter(None, (_objection(post, file) for file in post.files)), "")
    state: State = "new" if post.files[0].last_by == "nobody" else "changed"
    return PostPlan(
        stem=post.stem,
        state="left alone" if reason else state,
        topic=post.topic,
        papers=post.papers,
        reason=reason,
        copies=() if reason else copies,
        removals=() if reason else post.lost,
    )


def is_published(file: SeenFile) -> bool:
    """Tell whether a file stands in the blog as it is, and is committed."""
    return file.there == "same" and not file.status and file.last_by != "nobody"


def _copy(file: SeenFile) -> Copy:
    is_new = file.status == "??" or (not file.status and file.last_by == "nobody")
    return Copy(source=file.source, path=file.path, is_new=is_new)


def _objection(post: SeenPost, file: SeenFile) -> str:
    """Return why publishing this file could cost somebody their work, or nothing."""
    objection = ""
    if file.there == "blocked":
        objection = "has something else in its place there"
    elif file.there == "absent" and (file.status or file.last_by != "nobody"):
        objection = "was removed there"
    elif file.there == "same" and file.status not in (*_NOTHING_STAGED, *_ALL_STAGED):
        objection = "has staged changes there"
    elif file.there == "different":
        objection = _objection_to_overwriting(post, file)
    is_picture = file is not post.files[0]
    return f"{file.path.name} {objection}" if objection and is_picture else objection


def _objection_to_overwriting(post: SeenPost, file: SeenFile) -> str:
    if file.status not in _NOTHING_STAGED:
        return "has staged changes there"
    if file is post.files[0] and post.is_sealed:
        return "is newer there" if post.is_newer else ""
    is_ours = file.last_by == "digestgen" and not file.status
    return "" if is_ours else "was edited there"


def _message(posts: list[PostPlan]) -> str:
    topics: dict[str, list[PostPlan]] = {}
    for post in posts:
        topics.setdefault(squeeze(post.topic) or "Other posts", []).append(post)
    papers = sum(post.papers for post in posts)
    lines = [f"{topic}: {_counts(topics[topic])}" for topic in sorted(topics)]
    return (
        f"Publish {_count(len(posts), 'post')} with {_count(papers, 'paper')}\n\n"
        + "\n".join(lines)
        + f"\n\n{TRAILER}: {TRAILER_VALUE}\n"
    )


def _counts(posts: list[PostPlan]) -> str:
    states = Counter(post.state for post in posts)
    told = [f"{states[state]} {state}" for state in ("new", "changed") if states[state]]
    return f"{', '.join(told)}, {_count(sum(post.papers for post in posts), 'paper')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
