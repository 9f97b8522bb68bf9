"""This module writes invented digests, in the form of digestgen's own posts and by its own code.

A post has about 46 KB and five or six papers, with pictures and mathematics, in Chinese or in
English; some papers appear in two posts. Equal numbers give equal posts.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from benchmarks.site.words import Writer
from PIL import Image

from digestgen.content import Ledger
from digestgen.content.posts import compose
from digestgen.formats.hexo import Hexo
from digestgen.model import (
    Author,
    Digest,
    Entry,
    Evidence,
    Lang,
    Link,
    Paper,
    Picture,
    Provenance,
    Statement,
    Statements,
    Summary,
    Topic,
    Window,
)
from digestgen.templating import Templates

FIRST_DAY = date(2021, 1, 4)
TOPICS = (
    "Diffusion Models", "Neural Rendering", "Speech Synthesis", "Robot Learning", "Code Models",
    "Medical Imaging", "Graph Learning", "Weather Models", "3D Generation", "Image Editing",
    "Video Understanding", "Language Agents",
)  # fmt: skip
PICTURES = 24  # different ones; papers share them
PER_PAPER = 2
_SECTIONS = ("3 Method", "4 Experiments", "5 Results", "1 Introduction", "Abstract")
_PARTS = MappingProxyType(
    {
        "background": 1, "past_methods": 1, "proposed_method": 1, "task_and_performance": 1,
        "methods": 2, "significance": 1, "innovation": 1, "performance": 1, "workload": 1,
    }
)  # fmt: skip


def write(content: Path, count: int) -> None:
    """Write ``count`` posts below a content folder, which is empty or was written by this."""
    pictures = tuple(_pictures(content.parent / "pictures"))
    hexo = Hexo(render_template=Templates().markdown, categories=("Paper",))
    for number in range(count):
        digest = _digest(number, pictures)
        post = hexo.render(digest)
        now = datetime(digest.day.year, digest.day.month, digest.day.day, 12, tzinfo=UTC)
        ledger = Ledger(
            topic=digest.topic.name,
            slug=digest.topic.slug,
            lang=digest.topic.lang,
            day=digest.day,
            window=digest.window,
            papers=tuple(block.ledger for block in post.blocks),
        )
        path = content / "posts" / f"{post.stem}.md"
        path.with_suffix("").mkdir(parents=True, exist_ok=True)
        for asset in post.assets:
            shutil.copyfile(asset.source, path.with_suffix("") / asset.name)
        # As `write_post` does, but for the care that it takes of a disk that may fail.
        text = compose(post, replace(ledger, updated=now), updated=now.replace(tzinfo=None))
        path.write_text(text, encoding="utf-8")


def _pictures(folder: Path) -> Iterator[Path]:
    """Yield small pictures, of some kilobytes each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(PICTURES):
        path = folder / f"{number}.webp"
        if not path.exists():
            pixels = bytes((x * (number + 3) ^ y * 5) % 256 for y in range(120) for x in range(240))
            Image.frombytes("L", (240, 120), pixels).save(path, "WEBP", quality=30)
        yield path


def _digest(number: int, pictures: tuple[Path, ...]) -> Digest:
    topic_number = number % len(TOPICS)
    day = FIRST_DAY + timedelta(days=number // len(TOPICS))
    name = TOPICS[topic_number]
    lang: Lang = "en" if topic_number % 3 == 2 else "zh"
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    count = 5 + number % 2
    first = number * 6
    entries = [_entry(first + place, lang, noon, pictures) for place in range(count)]
    if number % 10 == 9:  # a paper that another topic had the day before
        again = _entry(max(0, first - 6 * len(TOPICS) + 6), lang, noon, pictures)
        entries[-1] = replace(again, paper=replace(again.paper, version=2))
    return Digest(
        topic=Topic(
            name=name, slug=name.lower().replace(" ", "-"), lang=lang, tags=(name, "arXiv")
        ),
        day=day,
        window=Window(start=noon - timedelta(days=1), end=noon),
        entries=tuple(entries),
    )


def _entry(number: int, lang: Lang, noon: datetime, pictures: tuple[Path, ...]) -> Entry:
    writer = Writer(f"paper {number}")
    name = writer.name()
    paper_id = f"{21 + number // 90_000}{1 + number // 9_000 % 12:02}.{number % 9_000 + 1:05}"
    authors = [writer.person() for _ in range(writer.number(2, 8))]
    paper = Paper(
        id=paper_id,
        version=1,
        title=writer.title(name),
        authors=tuple(Author(name=author) for author in dict.fromkeys(authors)),
        abstract=" ".join(writer.sentence(name) for _ in range(7)),
        categories=("cs.CV", "cs.LG"),
        published=noon - timedelta(hours=20),
        updated=noon - timedelta(hours=20),
        comment="12 pages, 6 figures",
        links=(Link(kind="code", url=f"https://code.example/{name.lower()}"),),
    )
    return Entry(
        paper=paper,
        summary=_summary(writer, name, lang),
        pictures=tuple(
            _picture(paper_id, place + 1, pictures[(number + place * 7) % len(pictures)])
            for place in range(PER_PAPER)
        ),
    )


def _summary(writer: Writer, name: str, lang: Lang) -> Summary:
    def some(count: int) -> Statements:
        return tuple(_statement(writer, name, lang) for _ in range(count))

    return Summary(
        gist=_statement(writer, name, lang),
        takeaways=some(3),
        keywords=("diffusion", "sampling", name),
        **{part: some(count) for part, count in _PARTS.items()},
        written_by=Provenance(
            method="llm" if lang == "zh" else "extractive",
            fingerprint="benchmark-1",
            input="full",
            model="an invented one" if lang == "zh" else "",
        ),
    )


def _statement(writer: Writer, name: str, lang: Lang) -> Statement:
    sentence = writer.sentence(name)
    evidence = Evidence(
        sentence=sentence,
        where=_SECTIONS[writer.number(0, len(_SECTIONS) - 1)],
        index=writer.number(0, 80),
        page=writer.number(1, 12),
    )
    if lang == "zh":
        text = writer.sentence_zh(name)
        return Statement(text=text, evidence=(evidence,), kind="generated")
    return Statement(text=sentence, evidence=(evidence,))


def _picture(paper_id: str, label: int, image: Path) -> Picture:
    caption = f"Figure {label}: Samples after {label * 50} steps, and what remains of the noise."
    return Picture(
        kind="figure",
        label=str(label),
        caption=caption,
        alt=caption,
        page=label + 1,
        file_name=f"{paper_id.replace('.', '-')}-figure-{label}.webp",
        image=image,
        width=240,
        height=120,
    )
