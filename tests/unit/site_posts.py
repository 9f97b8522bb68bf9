"""Posts for the tests of the site, as ``content`` would read them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from digestgen import markdown
from digestgen.content import front_matter
from digestgen.content.ledger import to_meta
from digestgen.content.posts import compose
from digestgen.content.scanning import body_text
from digestgen.model import Lang, LedgerEntry
from digestgen.post import Document, Post
from digestgen.site import Builder, Built, Shop, SiteSettings
from digestgen.site.library import Library, arrange
from digestgen.site.making import units
from digestgen.site.output import MANIFEST, PRIVATE
from digestgen.site.records import PostRecord, record_of
from digestgen.templating import Templates
from tests import builders

_TEMPLATES = Templates()  # compiled once for all tests


def digest(
    day: str = "2024-09-24",
    *papers: LedgerEntry,
    topic: str = "Diffusion Models",
    slug: str = "diffusion-models",
    lang: str = "zh",
    body: str = "",
    assets: tuple[str, ...] = (),
    updated: datetime | None = None,
) -> Document:
    """A post of ours, written at 18:05; ``updated`` is that moment, unknown in older posts."""
    record = builders.ledger(
        topic=topic,
        slug=slug,
        lang=lang,
        day=date.fromisoformat(day),
        papers=papers,
        updated=updated,
    )
    return Document(
        path=PurePosixPath(f"posts/{day}-{slug}.md"),
        meta={
            "title": topic,
            "updated": datetime.fromisoformat(f"{day} 18:05:00"),
            "description": f"{len(papers)} papers",
            "digestgen": to_meta(record),
        },
        body=body,
        assets=assets,
    )


def foreign(
    name: str, body: str = "", meta: Mapping[str, object] = MappingProxyType({})
) -> Document:
    """A post that somebody else wrote."""
    return Document(path=PurePosixPath(f"posts/{name}.md"), meta=meta, body=body)


def as_read(body: str) -> str:
    """The body of a post as it is read from disk."""
    return body_text(f"---\n---\n{body}".encode(), "")


def recorded(document: Document) -> PostRecord | None:
    """What the site keeps of a post."""
    return record_of(document, digest=repr(document), read_body=lambda: document.body)


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site that was made in memory."""

    pages: Mapping[str, bytes]


def site(
    *documents: Document,
    url: str = "",
    lang: str = "en",
    papers: bool = True,
    templates: Path | None = None,
) -> Site:
    """The site of these posts."""
    settings = SiteSettings(
        title="Digests", url=url, lang="zh" if lang == "zh" else "en", papers=papers
    )
    bodies = {found.path.as_posix(): as_read(found.body) for found in documents}
    records = (recorded(found) for found in documents)
    library = arrange((record for record in records if record), lang=settings.lang)
    made: dict[str, bytes] = {}
    own = Templates(templates) if templates else _TEMPLATES
    for unit in units(library, own, settings, lambda post: bodies[post.record.path]):
        files = unit.make()
        assert set(files) == set(unit.paths)
        assert not made.keys() & files.keys()
        made.update(files)
    return Site(pages=made)


def page(built: Site, path: str) -> str:
    """One page of a site."""
    return built.pages[path].decode()


def post_text(document: Document) -> str:
    """A post as its file has it."""
    return f"{front_matter.dump(document.meta)}{document.body}"


def save(content: Path, *documents: Document) -> None:
    """Write posts into a content folder, each picture holding its own name."""
    for document in documents:
        path = content / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(post_text(document), encoding="utf-8")
        for name in document.assets:
            path.with_suffix("").mkdir(exist_ok=True)
            (path.with_suffix("") / name).write_text(name, encoding="utf-8")


def library(*documents: Document, lang: Lang = "en") -> Library:
    """The posts, arranged."""
    records = (recorded(document) for document in documents)
    return arrange((record for record in records if record), lang=lang)


def body_of(post: Post) -> str:
    """The Markdown of a new post."""
    text = compose(post, builders.ledger(papers=()), updated=datetime(2024, 9, 24, 18, 30))
    return front_matter.split(text).body


class _Texts(HTMLParser):
    """The visible texts of a page, without any white space."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_data(self, data: str) -> None:
        self.found += filter(None, ["".join(data.split())])


def texts_missing(body: str, lang: Lang = "zh") -> list[str]:
    """The texts of a post's rendered body that its page does not show."""
    document = digest(body=body, lang=lang)
    (shown,) = (
        "".join(_Texts(made.decode()).found)
        for path, made in site(document).pages.items()
        if path.startswith("posts/")
    )
    texts = _Texts(markdown.render(body).html).found
    lost = Counter("".join(texts)) - Counter(shown)
    return [text for text in texts if text not in shown] + [*lost]


class Blog:
    """A folder of posts, and the site that is built of them."""

    def __init__(self, folder: Path, *documents: Document) -> None:
        self.content, self.site = folder / "content", folder / "site"
        self.templates = folder / "templates"
        self._filled = Templates(self.templates)
        save(self.content, *documents)

    def build(self, title: str = "Digests") -> Built:
        return self.builder(title).build()

    def builder(self, title: str = "Digests") -> Builder:
        shop = Shop(
            content=self.content,
            templates=self._filled,
            settings=SiteSettings(title=title, lang="en"),
        )
        return Builder(shop, self.site)

    def save(self, *documents: Document) -> None:
        save(self.content, *documents)

    def file(self, document: Document) -> Path:
        return self.content / document.path

    def files(self) -> dict[str, bytes]:
        """Everything that is to be seen of the site."""
        found = {
            path.relative_to(self.site).as_posix(): path.read_bytes()
            for path in self.site.rglob("*")
            if path.is_file()
        }
        return {
            path: content
            for path, content in found.items()
            if path != MANIFEST and not path.startswith(PRIVATE)
        }

    def times(self) -> dict[str, int]:
        return {path: (self.site / path).stat().st_mtime_ns for path in self.files()}

    def cold(self, folder: Path) -> dict[str, bytes]:
        """The site of the same posts, built by somebody who knows nothing of the last build."""
        fresh = Blog(folder)
        fresh.content, fresh._filled = self.content, self._filled
        fresh.build()
        return fresh.files()
