"""This module looks at what is to be published, and at what stands in its place in the blog."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from digestgen import content
from digestgen.errors import ConfigError, ContentError
from digestgen.publish.checkout import Checkout
from digestgen.publish.git import Git
from digestgen.publish.plan import (
    TRAILER,
    TRAILER_VALUE,
    Committer,
    Copy,
    SeenFile,
    SeenPost,
    There,
    is_published,
)

_HEADER = "\x01"


def survey(folder: Path, checkout: Checkout) -> tuple[SeenPost, ...]:
    """Return every post of the content folder ``folder``, beside its copy in the blog.

    Raises:
        ContentError: a post that is not published as it is cannot be read.
    """
    blog = _Blog(
        top=checkout.top,
        posts=checkout.posts,
        statuses=_statuses(checkout.git, checkout.posts),
        authors=_last_authors(checkout.git, checkout.posts),
    )
    with reading():
        return tuple(_see(folder, found, blog) for found in content.post_files(folder))


@contextmanager
def reading() -> Iterator[None]:
    """Turn what the system says of a file that is read into a ContentError with a hint."""
    try:
        yield
    except OSError as error:
        raise ContentError(
            f"{error.filename}: cannot be read: {(error.strerror or str(error)).lower()}",
            hint="give permission to read it",
        ) from error


def refuse_ignored(git: Git, copies: tuple[Copy, ...]) -> None:
    """Raise a ConfigError when git ignores one of the files; it would say so after the copying."""
    paths = b"".join(b"./" + bytes(copy.path) + b"\0" for copy in copies if copy.is_new)
    told = git.ask("check-ignore", "--verbose", "-z", "--stdin", stdin=paths)
    if told.code == 0:
        where, line, pattern, path = told.out.split("\0")[:4]
        raise ConfigError(
            f"{path.removeprefix('./')}: git ignores it because of {pattern!r} in {where}:{line}",
            hint="take the pattern out there, or name another folder with --posts-dir",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blog:
    top: Path
    posts: PurePosixPath
    statuses: Mapping[str, str]
    authors: Mapping[str, Committer]


def _see(folder: Path, found: content.PostFiles, blog: _Blog) -> SeenPost:
    sources = (found.markdown, *found.assets)
    files = tuple(_see_file(source, found.markdown.parent, blog) for source in sources)
    lost = tuple(_lost(found.stem, {file.path for file in files}, blog))
    if all(map(is_published, files)) and not lost:
        return SeenPost(stem=found.stem, files=files)
    document = content.read_document(folder, found.markdown)
    ledger = content.ledger_of(document)
    is_sealed = files[0].there == "different" and _is_sealed(blog.top / files[0].path)
    return SeenPost(
        stem=found.stem,
        files=files,
        lost=lost,
        topic=ledger.topic if ledger else "",
        papers=len(ledger.papers) if ledger else 0,
        is_sealed=is_sealed,
        is_newer=is_sealed and _is_newer(blog, files[0].path, document.meta.get("updated")),
    )


def _lost(stem: str, ours: set[PurePosixPath], blog: _Blog) -> Iterator[PurePosixPath]:
    """Yield the pictures beside the copy of a post that we published and that it has no more."""
    folder = blog.posts / PurePosixPath(stem).name
    for name, last_by in sorted(blog.authors.items()):
        path = PurePosixPath(name)
        is_beside = path.parent == folder and path not in ours
        if is_beside and last_by == "digestgen" and name not in blog.statuses:
            place = blog.top / path
            if place.is_file() and not place.is_symlink():
                yield path


def _see_file(source: Path, posts: Path, blog: _Blog) -> SeenFile:
    path = blog.posts / source.relative_to(posts).as_posix()
    return SeenFile(
        source=source,
        path=path,
        there=_compare(source, blog.top / path),
        status=blog.statuses.get(str(path), ""),
        last_by=blog.authors.get(str(path), "nobody"),
    )


def _compare(source: Path, there: Path) -> There:
    folder = there.parent
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return "blocked"
    if not there.exists() and not there.is_symlink():
        return "absent"
    if there.is_symlink() or not there.is_file():
        return "blocked"
    # core.autocrlf and .gitattributes may give a checkout other line ends than we wrote.
    ours, theirs = source.read_bytes(), there.read_bytes()
    is_same = ours == theirs or ours.replace(b"\r\n", b"\n") == theirs.replace(b"\r\n", b"\n")
    return "same" if is_same else "different"


def _is_sealed(path: Path) -> bool:
    return content.is_unedited(path.read_bytes().decode(errors="replace"))


def _is_newer(blog: _Blog, path: PurePosixPath, ours: object) -> bool:
    theirs = content.read_document(blog.top, blog.top / path).meta.get("updated")
    return isinstance(ours, datetime) and isinstance(theirs, datetime) and theirs > ours


def _statuses(git: Git, posts: PurePosixPath) -> dict[str, str]:
    """Return git's two letters for each path below ``posts`` that is not as committed."""
    told = git.run(
        "status",
        "--porcelain=v1",
        "-z",
        "--untracked-files=all",
        "--no-renames",
        "--",
        f":(literal){posts}",
    )
    statuses: dict[str, str] = {}
    for line in filter(None, told.split("\0")):
        # A path that is deleted in the index and stands on disk comes twice: "D " is first.
        statuses.setdefault(line[3:], line[:2])
    return statuses


def _last_authors(git: Git, posts: PurePosixPath) -> dict[str, Committer]:
    """Return who made the last commit on each path below ``posts``, also on removed ones.

    A merge counts as a commit of its own by somebody, for what it brings in.
    """
    if git.commit_of("HEAD") is None:
        return {}
    told = git.run(
        "log",
        "--first-parent",
        "-m",
        "--no-renames",
        "--no-show-signature",
        "-z",
        "--name-only",
        f"--format={_HEADER}%(trailers:key={TRAILER},valueonly,separator=%x2C)",
        "--",
        f":(literal){posts}",
    )
    authors: dict[str, Committer] = {}
    author: Committer = "somebody"
    for part in filter(None, told.split("\0")):
        if part.startswith(_HEADER):
            author = "digestgen" if part == _HEADER + TRAILER_VALUE else "somebody"
        else:
            authors.setdefault(part.removeprefix("\n"), author)
    return authors
