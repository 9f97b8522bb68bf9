"""The preview, as `digestgen serve` shows it, in a real Chromium."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from tests.e2e.conftest import Digestgen

pytestmark = pytest.mark.browser
POST = "content/posts/2024-09-24-diffusion-models.md"
PAGES = ("", "posts/2024-09-24-diffusion-models/", "topics/diffusion-models/", "nothing-here")


@pytest.fixture
def address(digestgen: Digestgen, folder: Path) -> Iterator[str]:
    """The address of a running `digestgen serve` with the sample in it."""
    digestgen("build", "--source", "sample", "--topic", "Diffusion Models", "--date", "2024-09-24")
    command = [sys.executable, "-m", "digestgen", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[1]
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_nothing_from_elsewhere_and_fits_the_window(
    chromium: Chromium, address: str, page: str, width: int
) -> None:
    seen = chromium.visit(address + page, width=width)

    assert seen.status == (404 if page == "nothing-here" else 200)
    assert seen.csp_violations == ()
    assert [line for line in seen.console_errors if "404" not in line] == []
    assert seen.foreign(address) == ()
    assert not seen.overflows


def test_the_overview_leads_to_each_paper(chromium: Chromium, address: str) -> None:
    seen = chromium.visit(
        f"{address}posts/2024-09-24-diffusion-models/",
        script="[...document.querySelectorAll('a[href^=\"#paper-\"]')]"
        ".map(a => document.getElementById(a.hash.slice(1)) !== null)",
    )

    assert isinstance(seen.result, list)
    assert len(seen.result) >= 8
    assert all(seen.result)


def test_a_saved_post_is_shown_without_a_hand_on_the_browser(
    chromium: Chromium, address: str, folder: Path
) -> None:
    post = folder / POST
    # The page saves nothing itself: it waits to be loaded again, with the new words in it.
    watcher = (
        "new Promise(done => { const look = () => fetch(location.href).then(r => r.text())"
        ".then(t => t.includes('my own words') ? done(true) : setTimeout(look, 50)); look(); })"
    )
    post.write_text(post.read_text(encoding="utf-8") + "\nmy own words\n", encoding="utf-8")

    seen = chromium.visit(f"{address}posts/2024-09-24-diffusion-models/", script=watcher)

    assert seen.result is True
