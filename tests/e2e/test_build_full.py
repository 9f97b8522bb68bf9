"""`digestgen build` with PDFs, from a server on loopback that speaks arXiv's protocol."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from digestgen.sources import sample
from tests import hostile
from tests.arxiv_server import Record, faults, invented, serve
from tests.e2e.conftest import Arxiv, Digestgen, tree

BUILD = ("build", "--topic", "Diffusion Models", "--date", "2024-09-24", "--lang", "en")
POSTS = Path("content/posts")
POST = POSTS / "2024-09-24-diffusion-models.md"
PICTURES = POSTS / "2024-09-24-diffusion-models"
CC_BY = "http://creativecommons.org/licenses/by/4.0/"
ARXIV = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
IDS = ("2409.80001", "2409.80002", "2409.80003")
LICENCES = (CC_BY, ARXIV, "")
PAPERS = tuple(
    Record(
        id=id_,
        published=invented.at(20, number),
        title=f"Diffusion Models, Part {number}",
        abstract="Noise is a problem. We propose a filter. It removes 93.4% of the noise.",
        licence=LICENCES[number],
    )
    for number, id_ in enumerate(IDS)
)


def sample_pdf(number: int) -> bytes:
    folder = Path(sample.__file__).parent / "sample_pdfs"
    return (folder / f"sample-000{number}.pdf").read_bytes()


PDFS = {id_: sample_pdf(number) for number, id_ in enumerate(IDS, start=1)}


def pictures(folder: Path) -> set[str]:
    return {path.name for path in (folder / PICTURES).glob("*")}


def of(id_: str, names: set[str]) -> set[str]:
    return {name for name in names if name.startswith(id_.replace(".", "-"))}


def block(folder: Path, id_: str) -> str:
    text = (folder / POST).read_text(encoding="utf-8")
    anchor = f'<div id="paper-{id_.replace(".", "-")}"></div>'
    return text.partition(anchor)[2].partition('<div id="paper-')[0]


def without_times(text: str) -> str:
    return re.sub(r"^ *(updated|hash): .*$", "", text, flags=re.MULTILINE)


def test_a_paper_is_shown_with_pictures_of_its_figures(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    server = arxiv(PAPERS, pdfs=PDFS)

    ran = digestgen(*BUILD, "--json")

    assert (ran.code, ran.json["notes"], ran.json["skipped"]) == (0, [], [])
    shown = set(re.findall(r'(?:src="|[" ])([\w-]+\.webp)', (folder / POST).read_text()))
    assert shown == pictures(folder)
    assert all(of(id_, shown) for id_ in IDS)
    assert (folder / "site" / "posts" / POST.stem / min(shown)).is_file()
    assert "Cut from the PDF: Ada Author · <a" in block(folder, IDS[0])
    assert "/oai" not in server.paths


def test_running_again_changes_nothing_and_fetches_no_pdf(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    server = arxiv(PAPERS, pdfs=PDFS)
    digestgen(*BUILD)
    before, asked = tree(folder), len(server.paths)

    digestgen(*BUILD)
    shutil.rmtree(folder.parent / "cache")
    digestgen(*BUILD)

    assert tree(folder) == before
    assert set(server.paths[asked:]) == {"/api/query"}


def test_the_number_of_workers_changes_no_byte(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS, pdfs=PDFS)
    made = []
    for workers in ("1", "5"):
        digestgen(*BUILD, "--workers", workers, "--no-site")
        files = {path: content for path, (content, _) in tree(folder).items()}
        made.append(files | {POST.as_posix(): without_times((folder / POST).read_text())})
        shutil.rmtree(folder / "content")
        shutil.rmtree(folder.parent / "cache")

    assert made[0] == made[1]


def test_new_papers_of_the_day_bring_their_pictures_beside_the_old_ones(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS[:1], pdfs=PDFS)
    digestgen(*BUILD)
    before, old = pictures(folder), block(folder, IDS[0])
    arxiv(PAPERS, pdfs=PDFS)

    digestgen(*BUILD)

    assert before < pictures(folder)
    assert block(folder, IDS[0]).strip() == old.strip()


BOMBS = hostile.bombs()


@pytest.mark.parametrize(
    ("pdf", "kind", "why"),
    [
        (None, "no pdf", r"the server has none \(404\)"),
        (b"%PDF-1.7\nnothing of the kind", "pdf unreadable", "the PDF is damaged"),
        (b"<html>This paper has been withdrawn", "no pdf", "the paper has been withdrawn"),
        (BOMBS["zip bomb"], "pdf unreadable", ".+"),
    ],
    ids=["missing", "broken", "withdrawn", "a bomb"],
)
def test_a_paper_whose_pdf_is_of_no_use_is_digested_from_its_abstract(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv, pdf: bytes | None, kind: str, why: str
) -> None:
    files = {IDS[1]: PDFS[IDS[1]]} | ({IDS[0]: pdf} if pdf else {})
    arxiv(PAPERS[:2], pdfs=files)

    ran = digestgen(*BUILD, "--json")

    [note] = ran.json["notes"]
    assert (ran.code, note["id"], note["kind"], note["passing"]) == (0, IDS[0], kind, False)
    assert re.fullmatch(why, note["detail"])
    assert "only the abstract was" in block(folder, IDS[0])
    assert "We propose a filter." in block(folder, IDS[0])
    assert of(IDS[1], pictures(folder)) == pictures(folder)


def test_a_person_is_told_of_what_could_not_be_read(digestgen: Digestgen, arxiv: Arxiv) -> None:
    arxiv(PAPERS[:1])

    ran = digestgen(*BUILD)

    assert f"  {IDS[0]}: no pdf: the server has none (404)\n" in ran.out


DOWN = faults.status(503, retry_after="3600")  # too long to wait for


def test_what_a_server_kept_back_is_made_up_for_on_the_same_day(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS[:1], faults.none, DOWN, pdfs=PDFS)
    ran = digestgen(*BUILD)
    without = pictures(folder)
    arxiv(PAPERS, pdfs=PDFS)

    again = digestgen(*BUILD, "--json")

    assert (ran.code, without) == (0, set())
    assert "a server did not give all of 1 paper; build again on the same day" in ran.err
    assert (again.json["counts"]["new"], again.json["notes"]) == (3, [])
    assert all(of(id_, pictures(folder)) for id_ in IDS)
    assert "could not be had" not in (folder / POST).read_text()


def test_a_server_that_stays_down_costs_nothing_that_is_there(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS[:1], faults.none, DOWN, pdfs=PDFS)
    digestgen(*BUILD)
    before = tree(folder)
    arxiv(PAPERS[:1], faults.none, DOWN, pdfs=PDFS)

    again = digestgen(*BUILD)

    assert (again.code, tree(folder)) == (0, before)


def test_a_good_post_is_not_made_worse_by_force_when_the_server_is_down(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS, pdfs=PDFS)
    digestgen(*BUILD)
    before = tree(folder)
    shutil.rmtree(folder.parent / "cache")
    arxiv(PAPERS, faults.none, DOWN, DOWN, DOWN, pdfs=PDFS)

    ran = digestgen(*BUILD, "--force")

    assert (ran.code, tree(folder)) == (0, before)
    assert "a server did not give all of 3 papers" in ran.err


def test_under_strict_what_a_server_kept_back_is_a_failure(
    digestgen: Digestgen, arxiv: Arxiv
) -> None:
    arxiv(PAPERS[:1], faults.none, DOWN, pdfs=PDFS)

    assert digestgen(*BUILD, "--strict").code == 1


def test_no_figures_means_full_text_without_pictures(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    server = arxiv(PAPERS[:1], pdfs=PDFS)

    digestgen(*BUILD, "--no-figures")

    assert f"/pdf/{IDS[0]}v1" in server.paths
    assert not (folder / PICTURES).exists()
    assert "<img" not in (folder / POST).read_text()


def test_abstract_depth_fetches_no_pdf(digestgen: Digestgen, folder: Path, arxiv: Arxiv) -> None:
    server = arxiv(PAPERS[:1], pdfs=PDFS)

    digestgen(*BUILD, "--depth", "abstract")

    assert server.paths == ["/api/query"]
    assert "<img" not in (folder / POST).read_text()


def test_only_licensed_papers_show_pictures_when_the_settings_say_so(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    (folder / "digestgen.toml").write_text('figures = "licensed"\n')
    server = arxiv(PAPERS, pdfs=PDFS)

    ran = digestgen(*BUILD, "--json")

    assert of(IDS[0], pictures(folder)) == pictures(folder) != set()
    assert {path.name for path in (folder / "site").rglob("*.webp")} == pictures(folder)
    assert f'<a href="{CC_BY}">CC BY 4.0</a>' in block(folder, IDS[0])
    assert "figures are not shown, because the licence (arXiv licence) does not allow it" in (
        block(folder, IDS[1])
    )
    assert "the licence (unknown)" in block(folder, IDS[2])
    assert [note["detail"] for note in ran.json["notes"]] == ["", "arXiv licence"]
    assert server.paths.count("/oai") == 3


def test_switching_to_strict_takes_away_the_pictures_of_the_day(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    arxiv(PAPERS, pdfs=PDFS)
    digestgen(*BUILD)
    before = pictures(folder)
    (folder / PICTURES / "mine.png").write_bytes(b"a person's")
    (folder / "digestgen.toml").write_text('figures = "licensed"\n')

    digestgen(*BUILD, "--force")

    assert pictures(folder) == of(IDS[0], before) | {"mine.png"}
    assert {path.name for path in (folder / "site").rglob("*.webp")} == of(IDS[0], before)


def test_a_killed_runs_pictures_do_not_outlive_a_strict_one(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    (folder / "digestgen.toml").write_text('figures = "licensed"\n')
    leftover = folder / PICTURES / f"{IDS[1].replace('.', '-')}-figure-1.webp"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"of a run that showed all")
    arxiv(PAPERS, pdfs=PDFS)

    digestgen(*BUILD)

    assert of(IDS[0], pictures(folder)) == pictures(folder) != set()


def test_a_licence_that_could_not_be_asked_for_is_asked_for_again(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    (folder / "digestgen.toml").write_text('figures = "licensed"\n')
    arxiv(PAPERS[:1], faults.none, faults.none, DOWN, pdfs=PDFS)
    ran = digestgen(*BUILD, "--json")
    without = pictures(folder)
    arxiv(PAPERS[:1], pdfs=PDFS)

    digestgen(*BUILD)

    assert (ran.json["notes"][0]["kind"], without) == ("licence unavailable", set())
    assert pictures(folder)


def test_the_first_picture_is_the_cover_when_the_settings_say_so(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    (folder / "digestgen.toml").write_text("max_figures = 1\n[hexo]\ncover = true\n")
    arxiv(PAPERS[:1], pdfs=PDFS)

    digestgen(*BUILD)

    [cover] = re.findall(r'^cover: "(.+)"$', (folder / POST).read_text(), re.MULTILINE)
    assert cover in pictures(folder)
    assert len({name.replace("-small", "") for name in pictures(folder)}) == 1


def test_a_cache_that_cannot_be_trimmed_hides_no_result(
    digestgen: Digestgen, folder: Path, arxiv: Arxiv
) -> None:
    (folder / "digestgen.toml").write_text("[cache]\nsize = 0\n")
    cache = folder.parent / "cache" / "pdf"
    cache.mkdir(parents=True)
    (cache / "loop").symlink_to(cache / "loop")
    arxiv(PAPERS[:1], pdfs=PDFS)

    ran = digestgen(*BUILD, "--json")

    assert (ran.code, len(ran.json["posts"])) == (0, 1)


def test_the_cache_is_kept_small(digestgen: Digestgen, folder: Path, arxiv: Arxiv) -> None:
    (folder / "digestgen.toml").write_text("[cache]\nsize = 0\n")
    cache = folder.parent / "cache"
    (cache / "pdf").mkdir(parents=True)
    old = cache / "pdf" / "2401.00001v1.pdf"
    half = cache / "pdf" / ".digestgen-killed.tmp"
    for path in (old, half):
        path.write_bytes(b"%PDF-1.7\n")
        os.utime(path, (0, 0))
    arxiv(PAPERS[:1], pdfs=PDFS)

    digestgen(*BUILD)

    assert not old.exists()
    assert not half.exists()
    assert (cache / "pdf" / f"{IDS[0]}v1.pdf").exists()


def test_an_interrupted_run_ends_at_once_and_goes_on_where_it_was(folder: Path) -> None:
    """The second PDF never comes whole; the first one has been read by then."""
    stall = (faults.none, faults.none, faults.stalled)
    with serve(PAPERS[:2], pdfs=PDFS, faults=stall) as server:
        environ = os.environ | {
            "DIGESTGEN_ARXIV_API_URL": server.url,
            "DIGESTGEN_ARXIV_PDF_URL": server.pdf_url,
            "DIGESTGEN_ARXIV_INTERVAL": "0",
        }
        command = [sys.executable, "-m", "digestgen", *BUILD]
        with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE) as run:
            deadline = time.monotonic() + 60
            while len(server.paths) < 3 and time.monotonic() < deadline:
                with suppress(subprocess.TimeoutExpired):
                    run.wait(timeout=0.1)
            began = time.monotonic()
            run.send_signal(signal.SIGINT)
            _, said = run.communicate(timeout=60)

        assert (run.returncode, time.monotonic() - began < 20) == (130, True)
        assert b"interrupted; what is finished is kept" in said
        assert not (folder / POST).exists()
        again = subprocess.run(command, env=environ, check=False)

    assert again.returncode == 0
    assert all(of(id_, pictures(folder)) for id_ in IDS[:2])
    assert server.paths.count(f"/pdf/{PAPERS[1].id}v1") == 1
