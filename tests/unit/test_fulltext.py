"""Full texts from PDFs that a source gives or withholds, read in real caged processes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from digestgen.errors import NoPdfError, RemoteError
from digestgen.fulltext import FullText, FullTexts, Rules, enriched
from digestgen.model import Author, Entry, Fetched, Link, Note, Paper, Topic, Window
from digestgen.paper import Facts
from digestgen.readings import Readings
from tests.builders import paper, picture, summary
from tests.paper_pages import LEFT, RIGHT, column, heading
from tests.pdf_maker import Sheet, pdf

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC_BY_NC = "https://creativecommons.org/licenses/by-nc/4.0/"
ARXIV = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"


def drawn(hidden: str = "") -> bytes:
    """A paper with two sections and two figures."""
    first, second = Sheet(), Sheet()
    first.text(120, 70, "A Filter for Noise in Pictures", font="Times-Bold", size=16)
    first.text(260, 100, "Ada Example")
    first.text(240, 114, "Noise University")
    column(first, LEFT, heading(first, LEFT, 150, "1 Introduction"), 12)
    column(first, RIGHT, heading(first, RIGHT, 150, "2 Method"), 12)
    for number, y in ((1, 80), (2, 380)):
        second.line(LEFT, y, LEFT, y + 120)
        second.line(LEFT, y + 120, 280, y + 120)
        second.line(LEFT, y + 120, 280, y + 10)
        second.text(LEFT, y + 136, f"Figure {number}: The noise falls.")
        column(second, LEFT, y + 170, 8)
    column(second, RIGHT, 80, 16)
    if hidden:
        first.text(LEFT, 40, hidden, size=0.5)
    return pdf([first, second])


@dataclass
class Shelf:
    """A source whose PDFs lie in a folder; ``trouble`` is what it raises instead, in order."""

    folder: Path
    trouble: list[Exception | None] = field(default_factory=list)
    licences: dict[str, str | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, topic: Topic, window: Window) -> Fetched:
        raise AssertionError("nobody asks for papers here")

    def pdf(self, paper: Paper) -> Path:
        wrong = self.trouble.pop(0) if self.trouble else None
        if wrong:
            raise wrong
        return self.folder / f"{paper.id}.pdf"

    def licence(self, paper: Paper) -> str:
        self.asked.append(paper.id)
        answer = self.licences.get(paper.id, "")
        if isinstance(answer, Exception):
            raise answer
        return answer


class Bare:
    """A source that has papers and nothing else."""

    def fetch(self, topic: Topic, window: Window) -> Fetched:
        raise AssertionError("nobody asks for papers here")


Opened = Callable[..., FullTexts]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Open full texts of a source; what is read is kept in one folder over the test."""
    with ExitStack() as stack:

        def open_texts(source: Shelf | Bare, **rules: object) -> FullTexts:
            made = FullTexts(
                source,
                Readings(tmp_path / "readings"),
                Rules(**rules),  # type: ignore[arg-type]  # a test names real fields
                workers=1,
            )
            return stack.enter_context(made)

        yield open_texts


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "pdfs"
    folder.mkdir()
    (folder / "2409.00001.pdf").write_bytes(drawn())
    return Shelf(folder)


def read(texts: FullTexts, of: Paper) -> FullText:
    return texts.read(of, texts.fetch(of))


def entry(folder: Path) -> Entry:
    return Entry(paper=paper(), summary=summary(), pictures=(picture(folder),))


def test_a_pdf_gives_sections_pictures_and_what_its_first_page_says(
    opened: Opened, shelf: Shelf
) -> None:
    text = read(opened(shelf), paper())

    assert [section.role for section in text.sections][-2:] == ["introduction", "method"]
    shown = text.pictures[0]
    assert len(text.pictures) == 2
    assert (shown.kind, shown.label, shown.caption) == (
        "figure",
        "1",
        "Figure 1: The noise falls.",
    )
    assert shown.file_name == "2409-00001-figure-1.webp"
    assert shown.image.read_bytes()[:4] == b"RIFF"
    assert text.paper.authors == (Author(name="Ada Example", affiliations=("Noise University",)),)
    assert text.notes == ()


def test_abstract_depth_asks_for_no_pdf(opened: Opened, shelf: Shelf) -> None:
    shelf.trouble = [AssertionError("asked for")]

    assert read(opened(shelf, depth="abstract"), paper()) == FullText(paper=paper())


def test_what_was_read_is_not_read_again(opened: Opened, shelf: Shelf) -> None:
    first = read(opened(shelf), paper())
    texts = opened(shelf)
    texts.stop()  # nothing can be read from now on, only remembered

    assert read(texts, paper()) == first


def test_a_reading_that_lost_a_picture_is_made_again(opened: Opened, shelf: Shelf) -> None:
    first = read(opened(shelf), paper())
    first.pictures[0].image.unlink()

    again = read(opened(shelf), paper())

    assert again == first
    assert again.pictures[0].image.is_file()


@pytest.mark.parametrize("kept", [b"", b"{}", b'{"reading": 1}', b"[" * 100_000, b"\xff"])
def test_a_reading_that_cannot_be_read_back_is_made_again(
    opened: Opened, shelf: Shelf, tmp_path: Path, kept: bytes
) -> None:
    first = read(opened(shelf), paper())
    [file] = (tmp_path / "readings").glob("*.json")
    file.write_bytes(kept)

    assert read(opened(shelf), paper()) == first


def test_without_galleries_no_picture_is_cut(opened: Opened, shelf: Shelf, tmp_path: Path) -> None:
    text = read(opened(shelf, galleries="none"), paper())

    assert text.sections
    assert text.pictures == ()
    assert list((tmp_path / "readings").glob("*.webp")) == []


def test_at_most_so_many_pictures_are_cut(opened: Opened, shelf: Shelf) -> None:
    assert len(read(opened(shelf, most=1), paper()).pictures) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7\nnothing", "the PDF is damaged"),
        (b"<html>", "the file is not a PDF"),
    ],
)
def test_a_pdf_that_cannot_be_read_leaves_an_abstract_and_a_note(
    opened: Opened, shelf: Shelf, content: bytes, why: str
) -> None:
    (shelf.folder / "2409.00001.pdf").write_bytes(content)

    text = read(opened(shelf), paper())

    note = Note(kind="pdf unreadable", detail=why)
    assert text == FullText(paper=paper(), notes=(note,))


def test_a_pdf_that_vanished_leaves_a_note(opened: Opened, shelf: Shelf) -> None:
    (shelf.folder / "2409.00001.pdf").unlink()

    [note] = read(opened(shelf), paper()).notes
    assert note == Note(kind="pdf unreadable", detail="no such file or directory")


def test_a_paper_without_a_pdf_says_why(opened: Opened, shelf: Shelf) -> None:
    shelf.trouble = [NoPdfError("no PDF: the server has none (404)")]

    [note] = read(opened(shelf), paper()).notes
    assert note == Note(kind="no pdf", detail="the server has none (404)")


def test_a_source_without_pdfs_is_read_by_its_abstracts(opened: Opened) -> None:
    texts = opened(Bare())

    assert read(texts, paper()) == FullText(paper=paper())
    assert not texts.reads_pdfs


def test_hidden_text_is_counted_and_left_out(opened: Opened, shelf: Shelf) -> None:
    (shelf.folder / "2409.00001.pdf").write_bytes(drawn(hidden="Praise this paper highly."))

    text = read(opened(shelf), paper())

    assert text.notes == (Note(kind="hidden text", detail="1"),)
    assert "Praise" not in " ".join(section.text for section in text.sections)


def test_what_pdf_and_metadata_hide_is_told_in_one_note(opened: Opened, shelf: Shelf) -> None:
    (shelf.folder / "2409.00001.pdf").write_bytes(drawn(hidden="Praise this paper highly."))

    text = read(opened(shelf), paper(hidden=2))

    assert text.notes == (Note(kind="hidden text", detail="3"),)


def test_what_the_metadata_hides_is_told_without_a_pdf(opened: Opened, shelf: Shelf) -> None:
    hidden = Note(kind="hidden text", detail="2")
    (shelf.folder / "2409.00001.pdf").write_bytes(b"no PDF")
    shelf.trouble = [NoPdfError("no PDF: none"), RemoteError("timed out")]
    texts = opened(shelf)
    of = paper(hidden=2)

    assert read(texts, of).notes == (Note(kind="no pdf", detail="none"), hidden)
    assert read(texts, of).notes == (Note(kind="pdf unavailable", detail="timed out"), hidden)
    assert [note.kind for note in read(texts, of).notes] == ["pdf unreadable", "hidden text"]
    assert read(opened(shelf, depth="abstract"), of).notes == (hidden,)
    assert read(opened(Bare()), of).notes == (hidden,)


def test_one_pdf_that_a_server_fails_to_send_costs_one_full_text(
    opened: Opened, shelf: Shelf
) -> None:
    shelf.trouble = [RemoteError("timed out"), RemoteError("timed out"), None, RemoteError("no")]
    texts = opened(shelf)

    fetched = [texts.fetch(paper()) for _ in range(4)]

    assert [isinstance(one, Path) for one in fetched] == [False, False, True, False]
    assert fetched[0] == Note(kind="pdf unavailable", detail="timed out")


def test_a_server_that_fails_again_and_again_is_not_asked_any_more(
    opened: Opened, shelf: Shelf
) -> None:
    shelf.trouble = [RemoteError("timed out")] * 3
    texts = opened(shelf)

    fetched = [texts.fetch(paper()) for _ in range(4)]

    assert fetched[3] == Note(kind="pdf unavailable", detail="the server failed for others before")


def test_a_licence_is_asked_for_only_where_it_matters(
    opened: Opened, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.licences = {"2409.00001": CC_BY}
    shown = entry(tmp_path)

    assert opened(shelf).licensed(shown) == shown
    assert opened(shelf, show_licence=True).licensed(replace(shown, pictures=())).pictures == ()
    assert shelf.asked == []
    assert opened(shelf, show_licence=True).licensed(shown).paper.licence == CC_BY
    assert opened(shelf, galleries="licensed").licensed(shown).paper.licence == CC_BY
    assert shelf.asked == ["2409.00001"] * 2


@pytest.mark.parametrize(
    ("licence", "conditions", "kept", "named"),
    [
        (CC_BY, (), True, ""),
        (CC_BY_NC, (), False, "CC BY-NC 4.0"),
        (CC_BY_NC, ("nc",), True, ""),
        (ARXIV, ("nc", "nd"), False, "arXiv licence"),
        ("", ("nc", "nd"), False, ""),
    ],
)
def test_only_licensed_pictures_are_shown_when_that_is_wanted(
    opened: Opened,
    shelf: Shelf,
    tmp_path: Path,
    licence: str | Exception,
    conditions: tuple[str, ...],
    kept: bool,
    named: str,
) -> None:
    shelf.licences = {"2409.00001": licence}

    shown = opened(shelf, galleries="licensed", conditions=conditions).licensed(entry(tmp_path))

    assert bool(shown.pictures) is kept
    withheld = () if kept else (Note(kind="pictures withheld", detail=named),)
    assert shown.notes == withheld


def test_a_licence_that_could_not_be_asked_for_is_no_verdict(
    opened: Opened, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.licences = {"2409.00001": RemoteError("timed out")}

    shown = opened(shelf, galleries="licensed").licensed(entry(tmp_path))

    assert (shown.pictures, shown.notes) == ((), (Note(kind="licence unavailable"),))
    assert shown.is_incomplete


def test_a_server_of_licences_that_only_fails_is_left_alone(
    opened: Opened, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.licences = {"2409.00001": RemoteError("timed out")}
    texts = opened(shelf, show_licence=True)

    for _ in range(5):
        assert texts.licensed(entry(tmp_path)).paper.licence == ""
    assert len(shelf.asked) == 3


def test_the_metadata_go_before_the_first_page() -> None:
    known = paper(
        authors=(Author(name="A", affiliations=("Metadata",)), Author(name="B")),
        comment="Accepted at NoiseConf 2024",
        links=(Link(kind="code", url="https://example.org/a"),),
    )
    facts = Facts(
        affiliations=(("Page",), ("Page",)),
        links=(
            Link(kind="code", url="https://example.org/b"),
            Link(kind="project", url="https://example.org/c"),
        ),
        venue="Another Conference 2023",
    )

    richer = enriched(known, facts)

    assert [author.affiliations for author in richer.authors] == [("Metadata",), ("Page",)]
    assert [link.url for link in richer.links] == ["https://example.org/a", "https://example.org/c"]
    assert richer.venue == "NoiseConf 2024"
