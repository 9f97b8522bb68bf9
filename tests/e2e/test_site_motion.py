"""What moves in the site moves only for readers who want it to; all works either way."""

import pytest

from tests.browser.session import Browser, Page
from tests.browser.sites import POST, LentSite, is_clean

pytestmark = pytest.mark.browser
PICTURE = ".pswp__item[aria-hidden=false] .pswp__img:not(.pswp__img--placeholder)"
# What moves, frame by frame: animations and transitions of CSS by name, the page, the picture.
WATCH = f"""(() => {{
  window.moving = new Set();
  window.scrolled = new Set();
  window.zoomed = new Set();
  (function look() {{
    for (const it of document.getAnimations()) {{
      const of = it.effect.target.className || it.effect.target.localName;
      moving.add(`${{it.animationName || it.transitionProperty}} of ${{of}}`);
    }}
    scrolled.add(Math.round(scrollY));
    const box = document.querySelector({PICTURE!r})?.getBoundingClientRect();
    if (box?.width) zoomed.add(Math.round(box.width));
    requestAnimationFrame(look);
  }})();
}})()"""
FRAMES = """(async () => {{
  for (let frame = 0; frame < {}; frame += 1) await new Promise(requestAnimationFrame);
}})()"""
GROUND = "getComputedStyle(document.body).backgroundColor"


def places(page: Page, name: str) -> list[int]:
    """Where the page or the picture has been since the last time this was asked."""
    seen = page.script(f"(seen => (window.{name}.clear(), seen))([...window.{name}])")
    return list(seen)


def moving(page: Page) -> list[str]:
    return list(page.script("[...moving].sort()"))


def enlarge(page: Page) -> None:
    page.click(".gallery a")
    page.wait(f"document.querySelector({PICTURE!r}) && document.querySelector('.pswp--ui-visible')")
    page.wait("getComputedStyle(document.querySelector('.pswp')).opacity === '1'")
    page.script(FRAMES.format(5))


@pytest.mark.parametrize("calm", [True, False], ids=["calm", "moving"])
def test_colours_folds_and_boxes_change_at_once(
    browser: Browser, en_site: LentSite, calm: bool
) -> None:
    with browser.page(f"{en_site.address}{POST}/index.html", calm=calm) as page:
        page.script("localStorage.clear()")
        page.go(f"{en_site.address}{POST}/index.html")  # in the colours of the system
        page.script(WATCH)
        before = page.script(GROUND)
        page.click("button[data-do=theme]")
        assert page.script(GROUND) != before
        page.click("button[data-do=theme]")
        assert page.script(GROUND) == before
        fold = "document.querySelector('.folds details')"
        height = page.script(f"{fold}.offsetHeight")
        page.click(".folds summary")
        opened = page.script(f"{fold}.offsetHeight")
        assert opened > height
        page.script(FRAMES.format(30))
        assert page.script(f"{fold}.offsetHeight") == opened
        page.click(".folds summary")
        assert page.script(f"{fold}.offsetHeight") == height
        page.press("?", "Escape")
        page.click("a.evidence")
        page.wait("document.querySelector('[popover].source')")
        page.press("Escape")
        page.script(FRAMES.format(30))

        assert moving(page) == []
        assert is_clean(page, en_site)


@pytest.mark.parametrize("calm", [True, False], ids=["calm", "moving"])
def test_the_page_jumps_or_glides_to_the_next_paper(
    browser: Browser, en_site: LentSite, calm: bool
) -> None:
    top = "document.activeElement.getBoundingClientRect().top"
    with browser.page(f"{en_site.address}{POST}/index.html", calm=calm) as page:
        page.script(WATCH)
        for key, paper in (("j", 1), ("j", 2), ("k", 1)):
            page.script(FRAMES.format(2))
            places(page, "scrolled")
            page.press(key)
            page.wait(f"document.activeElement.id === 'paper-sample-000{paper}'")
            page.wait(f"Math.abs({top}) < 200")
            page.script(FRAMES.format(30))
            seen = places(page, "scrolled")
            assert (len(seen) <= 2) if calm else (len(seen) > 2), seen
        assert is_clean(page, en_site)


@pytest.mark.parametrize("calm", [True, False], ids=["calm", "moving"])
def test_a_picture_at_large_appears_and_grows_at_once_or_smoothly(
    browser: Browser, en_site: LentSite, calm: bool
) -> None:
    with browser.page(f"{en_site.address}papers/sample-0001/index.html", calm=calm) as page:
        page.script(WATCH)
        enlarge(page)
        small = places(page, "zoomed")[-1]
        page.press("z")
        page.wait(f"document.querySelector({PICTURE!r}).getBoundingClientRect().width > {small}")
        page.script(FRAMES.format(40))
        grown = places(page, "zoomed")
        assert (len(grown) <= 2) if calm else (len(grown) > 2), grown
        page.press("ArrowRight")
        page.wait("document.querySelector('.pswp__caption').textContent.startsWith('Figure 2')")
        page.press("Escape")
        page.wait("!document.querySelector('.pswp')")

        assert page.script("document.activeElement.matches('.gallery a')")
        seen = moving(page)
        assert (seen == []) if calm else any(it.startswith("opacity of pswp") for it in seen), seen
        assert is_clean(page, en_site)


def test_who_arrives_in_the_middle_of_a_page_is_there_at_once(
    browser: Browser, en_site: LentSite
) -> None:
    sixth = "document.querySelectorAll('article.paper')[5]"
    gliding = "getComputedStyle(document.documentElement).scrollBehavior"
    with browser.page(f"{en_site.address}{POST}/index.html", calm=False) as page:
        anchor = page.script(f"{sixth}.id")
        page.wait(f"{gliding} === 'smooth'")
    with browser.page(f"{en_site.address}{POST}/index.html#{anchor}", calm=False) as page:
        assert abs(page.script(f"{sixth}.getBoundingClientRect().top")) < 100  # pixels
