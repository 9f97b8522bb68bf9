"""No page breaks a rule of the WCAG 2.2, levels A and AA, in any colours and language."""

from collections import Counter
from pathlib import Path

import html5lib
import pytest
from lxml import etree

from tests.browser.session import Browser, Page, Scheme
from tests.browser.sites import LentSite

pytestmark = pytest.mark.browser
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def html_of(page: Path) -> etree._Element:
    """A page as lxml reads it, which is quick."""
    return etree.HTML(page.read_bytes(), etree.HTMLParser(encoding="utf-8"))


def opened(page: Page) -> None:
    """Unfold everything, so that nothing escapes."""
    page.script("document.querySelectorAll('details').forEach(it => { it.open = true; })")


def barriers_of(page: Page) -> list[tuple[Scheme, str]]:
    """What is in a reader's way, in light and in dark."""
    found: list[tuple[Scheme, str]] = []
    for scheme in SCHEMES:
        page.prefer(scheme)
        found += [(scheme, barrier) for barrier in page.barriers()]
    return found


def test_no_kind_of_page_has_a_barrier(browser: Browser, lent_site: LentSite) -> None:
    barriers = {}
    for path in lent_site.pages():
        with browser.page(lent_site.address + path) as page:
            opened(page)
            barriers[path] = barriers_of(page)

    assert len(barriers) == 10
    assert {path: found for path, found in barriers.items() if found} == {}


@pytest.mark.parametrize("path", ["index.html", "papers/sample-0001/index.html"])
def test_a_telephone_has_no_barrier_either(browser: Browser, zh_site: LentSite, path: str) -> None:
    with browser.page(zh_site.address + path, width=360) as page:
        opened(page)

        assert barriers_of(page) == []


def test_what_opens_over_a_page_has_no_barrier(browser: Browser, zh_site: LentSite) -> None:
    with browser.page(f"{zh_site.address}papers/sample-0001/index.html") as page:
        page.press("?")
        keys = barriers_of(page)
        page.press("Escape")
        page.click("a.evidence")
        page.wait("document.querySelector('[popover].source:popover-open')")
        evidence = barriers_of(page)

    assert (keys, evidence) == ([], [])


def test_every_kind_of_page_is_sound_html(lent_site: LentSite) -> None:
    wrong = []
    for path in lent_site.pages():
        parser = html5lib.HTMLParser(
            tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False
        )
        tree = parser.parse((lent_site.folder / path).read_bytes(), transport_encoding="utf-8")
        wrong += [(path, error) for error in parser.errors]
        counted = Counter(element.get("id") for element in tree.iter() if element.get("id"))
        wrong += [(path, f"twice: {name}") for name, count in counted.items() if count > 1]
        wrong += [(path, "no datetime") for it in tree.iter("time") if not it.get("datetime")]

    assert wrong == []


def test_every_link_within_the_site_leads_somewhere(lent_site: LentSite) -> None:
    ids: dict[Path, set[str]] = {}
    lost = []
    for page in sorted(lent_site.folder.rglob("*.html")):
        tree = html_of(page)
        ids[page] = {found.get("id") for found in tree.iter() if found.get("id")}
    for page in ids:
        for link in html_of(page).iter("a", "link", "script", "img"):
            address = link.get("href") or link.get("src") or ""
            if ":" in address.partition("/")[0] or page.name == "404.html":
                continue
            path, _, anchor = address.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.is_file() or (anchor and anchor not in ids.get(target, {anchor})):
                lost.append((page.relative_to(lent_site.folder).as_posix(), address))

    assert lost == []
