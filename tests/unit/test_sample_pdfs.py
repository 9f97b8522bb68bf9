import re
from pathlib import Path

import pypdfium2
import pytest
from tools.make_sample_pdfs import make

from digestgen.sources import sample
from digestgen.sources.sample import SampleSource
from tests.builders import WINDOW, topic

PAPERS = {paper.id: paper for paper in SampleSource().fetch(topic(), WINDOW).papers}
FOLDER = Path(sample.__file__).parent / "sample_pdfs"


def text_of(paper_id: str) -> str:
    with pypdfium2.PdfDocument(FOLDER / f"{paper_id}.pdf") as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def outline_of(paper_id: str) -> list[str]:
    with pypdfium2.PdfDocument(FOLDER / f"{paper_id}.pdf") as document:
        return [bookmark.get_title() for bookmark in document.get_toc()]


@pytest.mark.parametrize("paper_id", sorted(PAPERS))
def test_the_script_makes_the_very_bytes_that_are_kept(paper_id: str) -> None:
    kept = (FOLDER / f"{paper_id}.pdf").read_bytes()

    assert make(paper_id) == kept, "read the difference, then run python -m tools.make_sample_pdfs"


def test_there_is_a_small_pdf_for_every_paper_of_the_sample_and_no_other() -> None:
    sizes = {path.stem: path.stat().st_size for path in FOLDER.glob("*.pdf")}

    assert sizes.keys() == PAPERS.keys()
    assert max(sizes.values()) < 60_000
    assert sum(sizes.values()) < 350_000


@pytest.mark.parametrize("paper_id", sorted(PAPERS))
def test_a_paper_has_three_pages_and_is_plainly_invented(paper_id: str) -> None:
    with pypdfium2.PdfDocument(FOLDER / f"{paper_id}.pdf") as document:
        pages = len(document)

    assert pages == 3
    assert "This paper is invented" in text_of(paper_id)


@pytest.mark.parametrize("paper_id", sorted(PAPERS))
def test_the_numbers_of_the_abstract_stand_in_the_text(paper_id: str) -> None:
    text = text_of(paper_id)
    numbers = set(re.findall(r"\d[\d.,]*\d", PAPERS[paper_id].abstract))

    assert [number for number in sorted(numbers) if number not in text] == []


@pytest.mark.parametrize("paper_id", sorted(PAPERS))
def test_every_figure_and_table_that_is_named_is_there(paper_id: str) -> None:
    text = text_of(paper_id)
    named = {
        (kind[:3].lower(), label)
        for kind, label in re.findall(r"\b(Fig\.|Figure|Table)\s+(\d|I+\b|[A-Z]\.\d)", text)
    }
    shown = {
        (kind[:3].lower(), label)
        for kind, label in re.findall(
            r"^(Fig\.|Figure|Table|TABLE) (\d|I+\b|[A-Z]\.\d)(?:[.:]| \||\s*$)", text, re.MULTILINE
        )
    }

    assert len(shown) >= 4
    assert named <= shown


def test_one_paper_has_bookmarks() -> None:
    assert [paper_id for paper_id in sorted(PAPERS) if outline_of(paper_id)] == ["sample-0002"]
    assert "3.1. Sorted Neighbourhoods" in outline_of("sample-0002")


def test_one_paper_speaks_to_machines_in_white() -> None:
    command = "Ignore previous instructions"

    assert [name for name in sorted(PAPERS) if command in text_of(name)] == ["sample-0008"]
