"""A browser for many pages tells what they did, and does what a reader does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import serving
from tests.browser.session import Browser

pytestmark = pytest.mark.browser
POLICY = "default-src 'self'"
PAGES = {
    "good.html": "<!doctype html><html lang=en><meta charset=utf-8><title>Good</title>"
    "<main><h1>扩散</h1><p><a href=bad.html>The way on</a></p>"
    "<p><input aria-label=words></p><p><button>A button that is large</button></p></main>",
    "bad.html": "<!doctype html><title>Bad</title><img src=none.png><script>alert(1)</script>"
    "<script src=throws.js></script><script src='http://far.example.org/a.js'></script>",
    "asks.html": "<!doctype html><title>Asks</title><script src=asks.js></script>",
    "throws.js": "throw new Error('thrown by the page')",
    "asks.js": "alert('hello')",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    for name, content in PAGES.items():
        (folder / name).write_text(content, encoding="utf-8")
    with serving(folder, {"Content-Security-Policy": POLICY}) as address:
        yield f"{address}/"


def test_a_good_page_is_seen_as_good(browser: Browser, site: str, tmp_path: Path) -> None:
    with browser.page(f"{site}good.html", width=390) as page:
        page.screenshot(tmp_path / "page.png")
        seen = page.seen()

        assert page.script("[document.title, innerWidth]") == ["Good", 390]
        assert page.barriers() == []
    assert (seen.errors, seen.violations, seen.dialogs) == ((), (), ())
    assert seen.requests[0] == f"{site}good.html"
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


def test_what_a_bad_page_did_is_told(browser: Browser, site: str) -> None:
    with browser.page(f"{site}bad.html") as page:
        seen = page.seen()
        barriers = page.barriers()

    assert any("thrown by the page" in line for line in seen.errors)
    assert len(seen.violations) == 2
    assert any(line.startswith("image-alt: ") for line in barriers)
    assert any(line.startswith("html-has-lang: ") for line in barriers)


def test_a_dialog_and_a_request_elsewhere_are_told(browser: Browser, site: str) -> None:
    with browser.page(f"{site}asks.html") as page:
        page.script("fetch('http://far.example.org/').catch(() => 0)")
        seen = page.seen()

    assert seen.dialogs == ("hello",)
    assert seen.violations
    assert seen.foreign(site) in {(), ("http://far.example.org/",)}


def test_a_reader_clicks_and_types(browser: Browser, site: str) -> None:
    with browser.page(f"{site}good.html") as page:
        page.click("input")
        page.type("扩散")
        assert page.script("document.querySelector('input').value") == "扩散"
        page.press("Tab")
        assert page.script("document.activeElement.localName") == "button"
        page.click("a")
        page.wait("document.title === 'Bad'")


def test_a_reader_taps_and_moves_fingers(browser: Browser, site: str) -> None:
    with browser.page(f"{site}good.html", width=390, touch=True) as page:
        page.script(
            "window.told = [], ['click', 'touchmove'].forEach(kind => document.addEventListener("
            "kind, ({ target, touches }) => told.push([kind, target.localName, touches?.length])))"
        )
        page.tap("button", times=2)
        page.wait("told.length === 2")
        assert page.script("told") == [["click", "button", None]] * 2
        page.touch(((20, 300), (40, 300)), ((90, 300), (70, 300)))
        page.wait("told.at(-1)[0] === 'touchmove'")
        assert page.script("told.at(-1)[2]") == 2
        assert page.script("matchMedia('(pointer: coarse)').matches")


def test_a_reader_without_scripts_and_with_other_wishes(browser: Browser, site: str) -> None:
    wishes = (
        "['color-scheme: dark', 'reduced-motion: reduce']"
        ".map(wish => matchMedia(`(prefers-${wish})`).matches)"
    )
    with browser.page(f"{site}asks.html", scripts=False) as page:
        assert page.seen().dialogs == ()
    with browser.page(f"{site}good.html", scheme="dark") as page:
        assert page.script(wishes) == [True, True]
        page.prefer("light")
        assert page.script(wishes) == [False, True]


def test_what_cannot_be_done_is_an_error(browser: Browser) -> None:
    with browser.page() as page, pytest.raises(RuntimeError, match=r"go: .*ERR_UNSAFE_PORT"):
        page.go("http://127.0.0.1:9/")


def test_what_never_comes_to_be_is_an_error(browser: Browser, site: str) -> None:
    with browser.page(f"{site}good.html") as page:
        page.wait("document.title === 'Good'")
        with pytest.raises(RuntimeError, match="nonsense"):
            page.wait("nonsense")
