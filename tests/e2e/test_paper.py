"""`digestgen paper`: one PDF, on disk or by its id, read in a caged process."""

from pathlib import Path

import pytest
from PIL import Image

from tests.arxiv_server import Record, invented, serve
from tests.e2e.conftest import Digestgen
from tests.paper_pages import LEFT, RIGHT, column, heading
from tests.pdf_maker import Sheet, pdf

SENTENCES = (
    "Noise is everywhere in pictures.",
    "We propose a filter for noise.",
    "It removes 93 percent of the noise.",
)


def drawn() -> bytes:
    """A paper with an abstract, a section, and a figure with its caption."""
    first, second = Sheet(), Sheet()
    first.text(120, 70, "A Filter for Noise in Pictures", font="Times-Bold", size=16)
    first.text(260, 100, "Ada Lovelace")
    y = heading(first, LEFT, 140, "Abstract")
    for line, sentence in enumerate(SENTENCES):
        first.text(LEFT, y + 12 * line, sentence)
    column(first, LEFT, heading(first, LEFT, y + 60, "1 Introduction"), 12)
    column(first, RIGHT, 140, 16)
    second.line(LEFT, 80, LEFT, 200)
    second.line(LEFT, 200, 280, 200)
    second.line(LEFT, 200, 280, 90)
    second.text(LEFT, 216, "Figure 1: The noise falls.")
    column(second, LEFT, 250, 12)
    column(second, RIGHT, 80, 16)
    return pdf([first, second])


def test_a_pdf_on_disk_needs_no_network(
    digestgen: Digestgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGESTGEN_ARXIV_API_URL", "http://127.0.0.1:9/api/query")
    (folder / "paper.pdf").write_bytes(drawn())

    ran = digestgen("paper", "paper.pdf")

    assert ran.code == 0, ran.err
    assert ran.out.startswith("A Filter for Noise in Pictures\n")
    assert "We propose a filter for noise." in ran.out
    assert "1 Introduction (p. 1)" in ran.out


@pytest.mark.parametrize(("lang", "label"), [("zh", "一句话总结"), ("en", "Summary")])
def test_labels_come_in_both_languages_and_quotes_stay(
    digestgen: Digestgen, folder: Path, lang: str, label: str
) -> None:
    (folder / "paper.pdf").write_bytes(drawn())

    ran = digestgen("paper", "paper.pdf", "--lang", lang)

    assert f"\n{label}\n  We propose a filter for noise.\n" in ran.out
    assert "Figure 1: The noise falls. (p. 2)" in ran.out


def test_json_gives_sections_figures_and_the_summary(digestgen: Digestgen, folder: Path) -> None:
    (folder / "paper.pdf").write_bytes(drawn())

    found = digestgen("paper", "paper.pdf", "--json").json

    assert (found["id"], found["title"]) == (None, "A Filter for Noise in Pictures")
    assert found["abstract"] == " ".join(SENTENCES)
    assert [(s["heading"], s["role"], s["page"]) for s in found["sections"]][-1] == (
        "1 Introduction",
        "introduction",
        1,
    )
    [figure] = found["figures"]
    assert (figure["kind"], figure["label"], figure["page"], figure["file"]) == (
        "figure",
        "1",
        2,
        None,
    )
    assert figure["caption"] == "Figure 1: The noise falls."
    assert figure["bbox"] == pytest.approx([LEFT, 80, 280, 200], abs=3)
    assert found["summary"]["gist"]["text"] == SENTENCES[1]


def test_figures_are_written_as_pictures(digestgen: Digestgen, folder: Path) -> None:
    (folder / "paper.pdf").write_bytes(drawn())

    found = digestgen("paper", "paper.pdf", "--json", "--figures", "out").json

    [figure] = found["figures"]
    with Image.open(figure["file"]) as picture:
        assert (picture.format, picture.width > picture.height) == ("WEBP", True)


@pytest.mark.parametrize("asked", ["2409.80001", "2409.80001v1", "arXiv:2409.80001"])
def test_an_id_is_looked_up_and_its_pdf_kept(
    digestgen: Digestgen, folder: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    record = Record(
        id="2409.80001",
        published=invented.at(20),
        title="A Filter",
        abstract=" ".join(SENTENCES),
        authors=(("Ada Lovelace", ("Analytical Engines",)),),
    )
    with serve([record], pdfs={"2409.80001": drawn()}) as server:
        monkeypatch.setenv("DIGESTGEN_ARXIV_API_URL", server.url)
        monkeypatch.setenv("DIGESTGEN_ARXIV_PDF_URL", server.pdf_url)
        monkeypatch.setenv("DIGESTGEN_ARXIV_INTERVAL", "0")
        first = digestgen("paper", asked, "--json")
        asked_before = len(server.requests)
        digestgen("paper", asked, "--json")
        asked_after = len(server.requests)

    assert first.code == 0, first.err
    assert (first.json["id"], first.json["version"]) == ("2409.80001", 1)
    assert first.json["authors"] == [
        {"name": "Ada Lovelace", "affiliations": ["Analytical Engines"]}
    ]
    assert asked_after - asked_before == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a PDF"),
        (b"<html>rate limited</html>", "not a PDF"),
        (b"%PDF-1.7\nnonsense", "damaged"),
        (pdf([Sheet()]), "no text"),
    ],
)
def test_a_pdf_that_cannot_be_read_ends_with_1_and_one_line(
    digestgen: Digestgen, folder: Path, content: bytes, words: str
) -> None:
    (folder / "paper.pdf").write_bytes(content)

    ran = digestgen("paper", "paper.pdf")

    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.pdf",), "no such PDF"),
        (("nonsense",), "is no arXiv id"),
        (("2409.80001", "--source", "sample"), "finds no paper by its id"),
        ((), "required"),
    ],
)
def test_what_cannot_be_found_is_refused(
    digestgen: Digestgen, arguments: tuple[str, ...], message: str
) -> None:
    ran = digestgen("paper", *arguments)

    assert ran.code == 2
    assert message in ran.err
