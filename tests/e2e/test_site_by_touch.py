"""Pictures at large on a telephone: real touches in a real Chromium, with motion and without."""

from collections.abc import Iterator

import pytest

from tests.browser.session import Browser, Page, Way
from tests.browser.sites import LentSite, is_clean

pytestmark = pytest.mark.browser
LEFT: Way = ((330, 400), (60, 400))
RIGHT: Way = ((60, 400), (330, 400))
UP: Way = ((195, 600), (195, 200))
DOWN: Way = ((195, 300), (195, 650))
APART: tuple[Way, Way] = (((180, 400), (110, 320)), ((210, 430), (280, 510)))
TOGETHER: tuple[Way, Way] = (((100, 300), (185, 400)), ((290, 530), (205, 430)))
PICTURE = ".pswp__item[aria-hidden=false] .pswp__img:not(.pswp__img--placeholder)"
BOX = f"document.querySelector({PICTURE!r})?.getBoundingClientRect()"
WIDTH = f"Math.round({BOX}?.width)"
# Whether all stands still for ten frames: while it moves, a touch only stops it.
IS_STILL = f"""(async () => {{
  const look = () => JSON.stringify([
    document.querySelectorAll({PICTURE!r}).length, document.getAnimations().length,
    {BOX},
  ]);
  const before = look();
  for (let frame = 0; frame < 10; frame += 1) {{
    await new Promise(requestAnimationFrame);
    if (look() !== before) return false;
  }}
  return true;
}})()"""
PLACE = "[scrollX, scrollY, visualViewport.scale, document.documentElement.scrollWidth]"
CONTROLS = (
    "[...document.querySelectorAll('.pswp__top-bar, .pswp__caption')]"
    ".map(it => Math.round(getComputedStyle(it).opacity * 10)).join()"
)


@pytest.fixture(params=[True, False], ids=["calm", "moving"])
def phone(request: pytest.FixtureRequest, browser: Browser, zh_site: LentSite) -> Iterator[Page]:
    """A paper's page on a telephone, where nothing may go wrong until the end."""
    address = f"{zh_site.address}papers/sample-0001/index.html"
    with browser.page(address, width=390, height=844, touch=True, calm=request.param) as page:
        yield page
        assert is_clean(page, zh_site)


def enlarge(page: Page, nth: int) -> None:
    page.tap(".gallery a", nth=nth)
    page.wait(f"document.querySelector('.pswp--ui-visible') && {WIDTH} === 390")
    page.wait(IS_STILL)


def wait_for(page: Page, caption: str) -> None:
    page.wait(f"document.querySelector('.pswp__caption').textContent.startsWith({caption!r})")


def wait_for_the_end(page: Page, nth: int) -> None:
    page.wait("!document.querySelector('.pswp')")
    focused = page.script(
        "[...document.querySelectorAll('.gallery a')].indexOf(document.activeElement)"
    )
    assert focused == nth


def test_a_tap_enlarges_a_picture_and_swipes_leaf_through_them(phone: Page) -> None:
    enlarge(phone, 0)
    place = phone.script(PLACE)
    wait_for(phone, "Figure 1")
    phone.touch(LEFT)
    wait_for(phone, "Figure 2")
    phone.touch(LEFT)
    wait_for(phone, "Figure 3")
    phone.touch(RIGHT)
    wait_for(phone, "Figure 2")

    assert phone.script(PLACE) == place, "the page behind has moved"
    assert place[0] == 0
    assert place[2:] == [1, 390]
    assert phone.barriers() == []
    phone.tap(".pswp__button--close")
    wait_for_the_end(phone, 0)
    assert phone.script(PLACE) == place


def test_a_swipe_before_the_first_picture_stays_there(phone: Page) -> None:
    enlarge(phone, 0)
    phone.touch(RIGHT)
    phone.wait(IS_STILL)
    wait_for(phone, "Figure 1")
    phone.touch(LEFT)
    wait_for(phone, "Figure 2")


def test_two_fingers_zoom_a_picture_and_not_the_page(phone: Page) -> None:
    enlarge(phone, 0)
    place = phone.script(PLACE)
    phone.touch(*APART)
    phone.wait(f"{WIDTH} > 700")
    phone.wait(IS_STILL)
    zoomed = phone.script(WIDTH)
    left = f"{BOX}.left"
    before = phone.script(left)
    phone.touch(((300, 400), (220, 400)))
    phone.wait(f"{left} < {before} - 40")

    assert phone.script(WIDTH) == zoomed
    wait_for(phone, "Figure 1")
    phone.touch(*TOGETHER)
    phone.wait(f"{WIDTH} === 390")
    assert phone.script(PLACE) == place


def test_a_double_tap_zooms_and_a_single_one_hides_the_controls(phone: Page) -> None:
    enlarge(phone, 0)
    phone.tap(PICTURE, times=2)
    phone.wait(f"{WIDTH} > 700")
    phone.wait(IS_STILL)
    phone.tap(".pswp__item[aria-hidden=false]", times=2)
    phone.wait(f"{WIDTH} === 390")
    phone.wait(IS_STILL)
    phone.tap(PICTURE)
    phone.wait(f"{CONTROLS} === '0,0'")
    phone.tap(PICTURE)
    phone.wait(f"{CONTROLS} === '10,10'")


@pytest.mark.parametrize("way", [DOWN, UP], ids=["down", "up"])
def test_a_swipe_up_or_down_closes_and_leads_back(phone: Page, way: Way) -> None:
    enlarge(phone, 2)
    place = phone.script(PLACE)
    phone.touch(way)
    wait_for_the_end(phone, 2)

    assert phone.script(PLACE) == place


def test_a_small_move_down_closes_nothing(phone: Page) -> None:
    enlarge(phone, 1)
    phone.touch(((195, 400), (195, 420)))
    phone.wait(f"{WIDTH} === 390 && document.querySelector('.pswp--ui-visible')")
    phone.touch(RIGHT)
    wait_for(phone, "Figure 1")
