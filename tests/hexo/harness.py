"""This module builds posts in a real Hexo site with the Butterfly theme and says what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

from tests.hexo import npm

HERE = Path(__file__).parent
SECONDS = 180
# A script for a browser on a page of the site: true when the formulas in view are typeset.
# The page needs a formula, or the wait has no end.
TYPESET = """
new Promise(done => {
  const isReady = box =>
    box.querySelector('mjx-math') || box.getBoundingClientRect().top > innerHeight;
  const look = () => {
    const boxes = [...document.querySelectorAll('mjx-container')];
    return boxes.length && boxes.every(isReady) ? done(true) : requestAnimationFrame(look);
  };
  look();
})
"""

Renderer = Literal["marked", "markdown-it"]
RENDERERS: tuple[Renderer, ...] = ("marked", "markdown-it")


class Expected(TypedDict, total=False):
    """What a post's page must show; README.md describes each key."""

    title: str
    headings: Sequence[str]
    texts: Mapping[str, str]
    counts: Mapping[str, int]
    math: Sequence[str]
    allow: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A post as Hexo shows it; ``url`` is None when it shows none."""

    url: str | None
    title: str
    headings: tuple[str, ...]
    math: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a build: ``posts`` by file name, ``site`` what is wrong beyond one post."""

    hexo: str
    posts: Mapping[str, Page]
    site: tuple[str, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong, one line each; empty for a good build."""
        of_posts = (
            f"{name}: {line}" for name, page in self.posts.items() for line in page.problems
        )
        return (*self.site, *of_posts)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Hexo:
    """Hexo, Butterfly and both Markdown renderers, installed in ``modules``."""

    modules: Path

    def build(
        self,
        posts: Path,
        *,
        renderer: Renderer,
        expect: Mapping[str, Expected] | None = None,
        out: Path | None = None,
    ) -> Report:
        """Return what is wrong with the posts, given as Hexo's ``source/_posts``.

        ``expect`` is keyed by file name. ``out`` becomes the document root of the built site,
        which lives under ``/blog/`` there.

        Raises:
            RuntimeError: the site was not built, and no post is to blame.
        """
        request = {
            "posts": str(posts.resolve()),
            "renderer": renderer,
            "expect": expect or {},
            "out": str(out.resolve()) if out else None,
        }
        answer = npm.run(HERE / "check.js", request, modules=self.modules, seconds=SECONDS)
        pages = {name: _page(page) for name, page in answer["posts"].items()}
        return Report(hexo=answer["hexo"], posts=pages, site=tuple(answer["site"]))


def install() -> Hexo:
    """Return Hexo, installed on the first call on this machine.

    Raises:
        Unavailable: Node or the packages cannot be had.
    """
    return Hexo(npm.install(HERE))


def _page(answer: Mapping[str, object]) -> Page:
    url = answer["url"]
    return Page(
        url=None if url is None else str(url),
        title=str(answer["title"]),
        headings=_strings(answer["headings"]),
        math=_strings(answer["math"]),
        problems=_strings(answer["problems"]),
    )


def _strings(answer: object) -> tuple[str, ...]:
    assert isinstance(answer, list)
    return tuple(str(each) for each in answer)
