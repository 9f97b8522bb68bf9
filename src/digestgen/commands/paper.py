"""This module is `digestgen paper`: the digest of one paper, from a PDF on disk or an arXiv id."""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from digestgen import registry
from digestgen.commands.lending import arxiv_options, lent, summarizer_options
from digestgen.commands.project import Project, Surroundings, open_project
from digestgen.console import Console
from digestgen.downloads import MAX_PDF_BYTES
from digestgen.errors import ConfigError, ContentError
from digestgen.files import write_atomic
from digestgen.formats.labels import LABELS
from digestgen.formats.paper import shown
from digestgen.fulltext import enriched, read_pdf
from digestgen.model import Figure, Lang, Paper, Section, Summary
from digestgen.paper import Extract, Found
from digestgen.ports import LookupSource, PdfSource, Tools

_ALL = 200  # pictures, where all are wanted
_WIDTH = 96
_CAPTION = 160  # characters
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # a PDF on disk does not say when it was submitted
_PARTS = (
    "background",
    "past_methods",
    "proposed_method",
    "task_and_performance",
    "methods",
    "significance",
    "innovation",
    "performance",
    "workload",
)
# What a post has no words for.
_WORDS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "size": "共 {pages} 页，{figures} 个图、表和算法",
        "no abstract": "此 PDF 中未找到摘要",
        "sections": "章节",
        "figures": "图、表与算法",
        "figure": "图",
        "table": "表",
        "algorithm": "算法",
        "hidden": "读者看不见的文字（未采用）",
    },
    "en": {
        "size": "{pages} pages, {figures} figures, tables and algorithms",
        "no abstract": "no abstract was found in this PDF",
        "sections": "Sections",
        "figures": "Figures, tables and algorithms",
        "figure": "Figure",
        "table": "Table",
        "algorithm": "Algorithm",
        "hidden": "Text that a reader does not see, left out",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRequest:
    """What the command line asks for: a file or an id, and where its figures go."""

    what: str
    figures: Path | None = None
    flags: Mapping[str, object] = field(default_factory=dict)


def show_paper(request: PaperRequest, around: Surroundings, console: Console) -> int:
    """Print the digest of one paper; return the exit code.

    Raises:
        ConfigError: there is no such file, and it is no id.
        ContentError: the PDF cannot be read.
        RemoteError: arXiv did not cooperate.
    """
    project = open_project(around, request.flags)
    with lent(project, around, console) as tools:
        known, pdf = _located(request.what, around, project, tools)
        console.progress(f"reading {request.what}")
        extract = _extract(request, pdf, known)
        paper = enriched(known or _from(extract, Path(request.what).stem), extract.reading.facts)
        options = summarizer_options(project, around)
        summary = _summary(paper, extract.reading.sections, project, tools, options)
    files = _written(extract.pictures, request.figures)
    console.json(_document(paper, extract, summary, files, is_known=known is not None))
    for line in _lines(paper, extract, summary, project.config.build.language):
        console.result(line)
    return 0


def _located(
    what: str, around: Surroundings, project: Project, tools: Tools
) -> tuple[Paper | None, bytes]:
    """Return the PDF, and the metadata of a paper that is known by an id."""
    file = around.cwd / what
    if file.is_file():
        return None, _read(file)
    if file.suffix == ".pdf" or file.exists():
        raise ConfigError(f"{what}: no such PDF", hint="name a PDF file, or an arXiv id")
    source = registry.source(
        project.config.build.source, arxiv_options(project.config.arxiv), tools
    )
    if not isinstance(source, LookupSource) or not isinstance(source, PdfSource):
        raise ConfigError(
            f"source {project.config.build.source!r} finds no paper by its id",
            hint="use --source arxiv",
        )
    paper = source.lookup(what)
    try:
        return paper, source.pdf(paper).read_bytes()
    except ValueError as error:
        raise ContentError(f"{what}: {error}", hint="there is nothing to read") from error


def _read(file: Path) -> bytes:
    try:
        if (size := file.stat().st_size) > MAX_PDF_BYTES:
            raise ContentError(
                f"{file}: has {size / 1024**2:.0f} MB, more than {MAX_PDF_BYTES / 1024**2:.0f}",
                hint="digestgen reads papers, no larger files",
            )
        return file.read_bytes()
    except OSError as error:
        raise ContentError(
            f"{file}: cannot be read: {(error.strerror or str(error)).lower()}",
            hint="give permission to read it",
        ) from error


def _extract(request: PaperRequest, pdf: bytes, known: Paper | None) -> Extract:
    authors = tuple(author.name for author in known.authors) if known else ()
    most = _ALL if request.figures else 0
    try:
        return read_pdf(pdf, authors=authors, most_pictures=most)
    except ValueError as error:
        raise ContentError(
            f"{request.what}: {error}", hint="digestgen reads PDFs that hold their text"
        ) from error


def _from(extract: Extract, name: str) -> Paper:
    """Return what a PDF says of itself. Its authors' names cannot be told from the rest."""
    abstract = next((s.text for s in extract.reading.sections if s.role == "abstract"), "")
    return Paper(
        id=name,
        version=1,
        title=extract.reading.facts.title or name,
        authors=(),
        abstract=" ".join(abstract.split()),
        categories=(),
        published=_NEVER,
        updated=_NEVER,
    )


def _summary(
    paper: Paper,
    sections: tuple[Section, ...],
    project: Project,
    tools: Tools,
    options: dict[str, object],
) -> Summary | None:
    wanted = project.config.build
    summarizer = registry.summarizer(wanted.summarizer, options, tools)
    try:
        return registry.in_language(summarizer, wanted.language).summarize(paper, sections)
    except ValueError:  # no abstract was found; the rest can be shown all the same
        return None


def _written(pictures: tuple[Figure, ...], folder: Path | None) -> dict[tuple[str, str, int], str]:
    files: dict[tuple[str, str, int], str] = {}
    for picture in pictures if folder else ():
        assert folder is not None
        write_atomic(folder / picture.file_name, picture.image)
        files[picture.kind, picture.label, picture.page] = str(folder / picture.file_name)
    return files


def _document(
    paper: Paper,
    extract: Extract,
    summary: Summary | None,
    files: Mapping[tuple[str, str, int], str],
    *,
    is_known: bool,
) -> dict[str, object]:
    reading = extract.reading
    return {
        "id": paper.id if is_known else None,
        "version": paper.version if is_known else None,
        "title": paper.title,
        "authors": [
            {"name": author.name, "affiliations": list(author.affiliations)}
            for author in paper.authors
        ],
        "abstract": paper.abstract,
        "links": {link.kind: link.url for link in paper.links},
        "venue": paper.venue,
        "pages": reading.pages,
        "sections": [
            {
                "heading": section.heading,
                "role": section.role,
                "level": section.level,
                "page": section.page,
                "text": section.text,
            }
            for section in reading.sections
        ],
        "figures": [_figure(found, files) for found in reading.figures],
        "hidden": list(reading.hidden),
        "summary": asdict(summary) if summary else None,
    }


def _figure(found: Found, files: Mapping[tuple[str, str, int], str]) -> dict[str, object]:
    return {
        "kind": found.kind,
        "label": found.label,
        "caption": found.caption,
        "page": found.page,
        "bbox": [round(edge, 2) for edge in found.bbox],
        "caption_bbox": [round(edge, 2) for edge in found.caption_bbox],
        "file": files.get((found.kind, found.label, found.page)),
    }


def _lines(paper: Paper, extract: Extract, summary: Summary | None, lang: Lang) -> Iterator[str]:
    """Give the digest as a person reads it in a terminal."""
    reading, labels, words = extract.reading, LABELS[lang], _WORDS[lang]
    yield paper.title
    if paper.authors:
        yield labels.comma.join(author.name for author in paper.authors)
    yield words["size"].format(pages=reading.pages, figures=len(reading.figures))
    if summary:
        yield from _block(labels.gist, [shown(summary.gist)])
        yield from _block(labels.takeaways, [shown(each) for each in summary.takeaways])
        for name in _PARTS:
            texts = [shown(statement) for statement in getattr(summary, name)]
            absent = labels.not_stated[summary.written_by.input]
            yield from _block(getattr(labels, name), texts or [absent])
    else:
        yield from _block(labels.gist, [words["no abstract"]])
    yield from _block(words["sections"], [_heading(section) for section in reading.sections])
    yield from _block(
        words["figures"],
        [_captioned(found, words[found.kind]) for found in reading.figures],
    )
    if reading.hidden:
        yield from _block(words["hidden"], list(reading.hidden))


def _captioned(found: Found, kind: str) -> str:
    caption = textwrap.shorten(found.caption, _CAPTION, placeholder="…")
    return f"{caption or f'{kind} {found.label}'} (p. {found.page})"


def _heading(section: Section) -> str:
    return f"{'  ' * (section.level - 1)}{section.heading} (p. {section.page})"


def _block(title: str, texts: list[str]) -> Iterator[str]:
    yield ""
    yield title
    for text in texts:
        yield textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")
