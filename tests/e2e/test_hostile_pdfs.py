"""What a hostile file does to its caged reader stays there: a value or words, within the limits."""

import random
import sys
import tempfile
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from digestgen.cage import Cage, CageError, Limits
from digestgen.paper import Reading, read
from tests.hostile import bombs, mutated, read_and_draw
from tests.pdf_maker import Bookmark, Sheet, pdf
from tests.processes import children

LIMITS = Limits(seconds=5, processor_seconds=5, memory=192 << 20)
GRACE = 2.0  # seconds to end a process on a busy machine
HUNGRY = ("zip bomb", "zip bomb in a zip bomb", "form in itself", "form bomb")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the files, with an empty one for temporary files beside it."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return tmp_path


def outcomes(files: dict[str, bytes], folder: Path, limits: Limits) -> dict[str, Reading | str]:
    """Read the files in one cage, then an honest one; nothing but words may be left of it."""
    before = children()
    futures: dict[str, Future[Reading]] = {}
    with Cage(2, limits) as cage:
        for number, (name, content) in enumerate(files.items()):
            path = folder / f"{number}.pdf"
            path.write_bytes(content)
            futures[name] = cage.submit(read_and_draw, str(path))
        (folder / "honest.pdf").write_bytes(honest())
        last = cage.submit(read_and_draw, str(folder / "honest.pdf"))
        found = {name: outcome(future) for name, future in futures.items()}

        assert last.result() == read(honest())
    assert children() == before
    assert list((folder / "temporary").iterdir()) == []
    return found


def outcome(future: Future[Reading]) -> Reading | str:
    error = future.exception()
    if error is None:
        return future.result()
    assert isinstance(error, CageError)
    assert error.message.isprintable()
    return error.message


def honest() -> bytes:
    first, second = Sheet(), Sheet()
    first.paragraph(72, 72, "Some words that fill a few lines of the page. " * 4, columns=60)
    second.text(72, 72, "The end")
    return pdf([first, second], bookmarks=[Bookmark("The end", page=2)])


def test_every_bomb_ends_in_a_value_or_in_words_within_its_limits(folder: Path) -> None:
    files = dict(bombs())
    begun = time.monotonic()
    found = outcomes(files, folder, LIMITS)
    taken = time.monotonic() - begun

    assert set(found) == set(files)
    assert taken < len(files) * (LIMITS.seconds + GRACE) / 2
    assert found["encrypted"] == "the PDF is protected by a password"
    assert found["a web page"] == "the file is not a PDF"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds memory")
def test_a_bomb_is_named_by_what_it_needs(folder: Path) -> None:
    files = {name: content for name, content in bombs().items() if name in HUNGRY}
    found = outcomes(files, folder, LIMITS)

    assert found == dict.fromkeys(HUNGRY, "needed more than 192 MB of memory")


def test_wounds_of_a_small_file_end_in_a_value_or_in_words(folder: Path) -> None:
    dice = random.Random(3)
    files = {f"wound {number}": mutated(honest(), dice) for number in range(150)}
    found = outcomes(files, folder, LIMITS)

    assert any(isinstance(result, Reading) for result in found.values())
    assert any(isinstance(result, str) for result in found.values())


def test_wounds_of_real_files_end_in_a_value_or_in_words(folder: Path, shared: Path) -> None:
    dice = random.Random(7)
    papers = [path.read_bytes() for path in sorted((shared / "data" / "pdfs").glob("*.pdf"))]
    small = sorted(papers, key=len)[:6]
    files = {f"wound {number}": mutated(dice.choice(small), dice) for number in range(12)}
    found = outcomes(files, folder, Limits(seconds=30))

    assert set(found) == set(files)
