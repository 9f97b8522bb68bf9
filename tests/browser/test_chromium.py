"""The browser tells what a page did, and keeps it on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium, Visit
from tests.browser.server import serving

POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'"
PAGES = {
    "good.html": "<meta charset=utf-8><title>Good</title><p>All is well: 扩散模型</p>",
    "bad.html": """<title>Bad</title><p style="width: 2000px">A wide page</p>
        <img src="none.png" alt=""><script>alert(1)</script><script src="throws.js"></script>""",
    "far.html": '<p>Far</p><script src="http://blog.example.org/a.js"></script>',
    "asks.html": "<p>Asks</p><script src='asks.js'></script>",
    "asks.js": "alert('told'); confirm('asked')",
    "throws.js": "throw new Error('thrown by the page')",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    for name, content in PAGES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with serving(tmp_path, {"Content-Security-Policy": POLICY}) as address:
        yield address


@pytest.mark.browser
def test_a_good_page_is_seen_as_good(chromium: Chromium, site: str, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"

    visit = chromium.visit(
        f"{site}/good.html", width=390, height=200, screenshot=picture, script="document.title"
    )

    assert visit == Visit(
        status=200,
        text="All is well: 扩散模型",
        console_errors=(),
        csp_violations=(),
        requests=(f"{site}/good.html",),
        dialogs=(),
        scroll_width=390,
        client_width=390,
        result="Good",
    )
    assert not visit.overflows
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.browser
def test_what_a_bad_page_did_is_told(chromium: Chromium, site: str) -> None:
    visit = chromium.visit(f"{site}/bad.html", script="new Promise(done => done([1, 'two']))")

    assert visit.overflows
    assert visit.csp_violations == ("script-src-elem: inline",)
    assert any("thrown by the page" in line for line in visit.console_errors)
    assert any("404" in line for line in visit.console_errors)
    assert f"{site}/none.png" in visit.requests
    assert visit.result == [1, "two"]


@pytest.mark.browser
def test_what_a_page_asks_its_reader_is_told(chromium: Chromium, site: str) -> None:
    visit = chromium.visit(f"{site}/asks.html")

    assert visit.dialogs == ("told", "asked")
    assert visit.text == "Asks"


@pytest.mark.browser
def test_a_request_beyond_this_machine_is_told_and_refused(
    chromium: Chromium, tmp_path: Path
) -> None:
    (tmp_path / "far.html").write_text(PAGES["far.html"])

    with serving(tmp_path) as site:
        visit = chromium.visit(f"{site}/far.html")

    assert visit.foreign(site) == ("http://blog.example.org/a.js",)
    assert any("ERR_FAILED" in line for line in visit.console_errors)


@pytest.mark.browser
def test_a_page_that_does_not_load_is_an_error(chromium: Chromium, tmp_path: Path) -> None:
    with serving(tmp_path) as closed:
        pass

    with pytest.raises(RuntimeError, match="ERR_CONNECTION_REFUSED"):
        chromium.visit(closed)


@pytest.mark.browser
def test_a_page_that_comes_to_no_end_is_an_error(chromium: Chromium, site: str) -> None:
    with pytest.raises(RuntimeError, match="no end within 3 s"):
        chromium.visit(f"{site}/good.html", script="new Promise(() => {})", seconds=3)
