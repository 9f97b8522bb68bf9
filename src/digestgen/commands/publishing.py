"""This module is `digestgen publish`: commit new and changed posts into a blog repository."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from digestgen.commands.project import Surroundings, open_project, require_posts
from digestgen.console import Console
from digestgen.publish import TAKE_BACK, Publication, Target, publish


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRequest:
    """What the command line asks of a publication; ``flags`` are settings by their path."""

    target: Target
    push: bool = False
    dry_run: bool = False
    flags: Mapping[str, object] = field(default_factory=dict)


def publish_posts(request: PublishRequest, around: Surroundings, console: Console) -> int:
    """Publish, and say what was done or would be; return the exit code."""
    project = open_project(around, request.flags)
    require_posts(project)
    console.progress("looking at the blog's repository")
    done = publish(
        project.content,
        request.target,
        environ=around.environ,
        push=request.push,
        dry_run=request.dry_run,
    )
    console.json(_document(done, dry_run=request.dry_run))
    _show(done, console, request)
    return 0


def _show(done: Publication, console: Console, request: PublishRequest) -> None:
    for post in (*done.plan.posts_that_are("new"), *done.plan.posts_that_are("changed")):
        console.result(f"{post.state:<8} {post.stem}  ({post.papers} papers)")
    left_alone = done.plan.posts_that_are("left alone")
    for post in left_alone:
        console.note(f"left alone: {post.stem}: {post.reason}")
    if left_alone:
        console.note(f"hint: {TAKE_BACK}")
    where = f"{done.repo} on {done.branch}"
    if request.dry_run:
        if done.plan.paths:
            push = " and push" if request.push else ""
            console.result(f"would commit{push} to {where}:\n\n{done.plan.message.rstrip()}")
        else:
            console.result(f"nothing new for {where}")
        return
    if done.commit:
        console.result(f"committed {done.commit[:12]} to {where}")
    else:
        console.result(f"nothing new for {where}")
    if request.push:
        console.result("pushed" if done.pushed else "nothing to push")


def _document(done: Publication, *, dry_run: bool) -> dict[str, object]:
    return {
        "repo": str(done.repo),
        "branch": done.branch,
        "dry_run": dry_run,
        "commit": done.commit,
        "pushed": done.pushed,
        "message": done.plan.message if done.plan.paths else None,
        "posts": [
            {
                "stem": post.stem,
                "state": post.state,
                "topic": post.topic,
                "papers": post.papers,
                "reason": post.reason,
                "files": [copy.path.as_posix() for copy in post.copies],
                "removed": [path.as_posix() for path in post.removals],
            }
            for post in done.plan.posts
        ],
    }
