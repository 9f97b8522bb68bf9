"""The site in a real Chromium, seen with mouse, keyboard, on a telephone or without scripts."""

import re
from pathlib import Path

import pytest

from tests.browser.server import serving
from tests.browser.session import Browser, Page
from tests.browser.sites import POST, WORDS, LentSite, digestgen, is_clean

pytestmark = pytest.mark.browser
RESULT = "document.querySelector('.results p').textContent"
WIDTHS = (1280, 768, 360)
FOCUS = "document.activeElement"
CAPTION = (
    "(it => [getComputedStyle(it).color, Math.round(it.getBoundingClientRect().bottom)])"
    "(document.querySelector('.pswp__caption'))"
)
IS_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_every_kind_of_page_fits_every_window_and_wants_nothing_from_elsewhere(
    browser: Browser, lent_site: LentSite
) -> None:
    too_wide = []
    for path in lent_site.pages():
        with browser.page(lent_site.address + path) as page:
            page.script("document.querySelectorAll('details').forEach(it => { it.open = true; })")
            for width in WIDTHS:
                page.resize(width)
                too_wide += [(path, width)] if page.script(IS_WIDE) else []
            assert is_clean(page, lent_site), path

    assert too_wide == []


def test_the_keyboard_reaches_whatever_scrolls_sideways_in_a_post(
    browser: Browser, lent_site: LentSite
) -> None:
    post = f"{lent_site.address}{POST}/index.html"
    with browser.page(post, width=320) as page:
        page.script("document.querySelectorAll('details').forEach(it => { it.open = true; })")
        page.script("new Promise(done => setTimeout(done, 100))")
        reached = page.script(
            "[...document.querySelectorAll('main :is(pre, table, math)')]"
            ".filter(it => it.scrollWidth > it.clientWidth).map(it => it.tabIndex)"
        )

    assert reached
    assert set(reached) == {0}


def test_a_page_works_from_a_file_as_well(browser: Browser, zh_site: LentSite) -> None:
    path = zh_site.folder / POST / "index.html"
    with browser.page(path.as_uri()) as page:
        page.press("?")
        assert page.script("document.getElementById('the_keys').open")
        seen = page.seen()

    assert (seen.errors, seen.violations) == ((), ())
    assert [url for url in seen.requests if not url.startswith(zh_site.folder.as_uri())] == []


def test_the_keyboard_alone_leads_through_a_post(browser: Browser, lent_site: LentSite) -> None:
    with browser.page(f"{lent_site.address}{POST}/index.html") as page:
        page.press("Tab", "Enter")
        assert page.script(f"{FOCUS}.id") == "the_content"
        page.press("j")
        assert page.script(f"{FOCUS}.id") == "paper-sample-0001"
        page.press("j", "j")
        assert page.script(f"{FOCUS}.id") == "paper-sample-0003"
        page.press("k")
        assert page.script(f"{FOCUS}.id") == "paper-sample-0002"
        top = page.script(f"{FOCUS}.getBoundingClientRect().top")
        assert -1 <= top < 200

        page.press("?")
        assert page.script("document.getElementById('the_keys').open")
        page.press("Escape")
        assert not page.script("document.getElementById('the_keys').open")
        assert is_clean(page, lent_site)


def test_keys_can_be_turned_off_for_good(browser: Browser, zh_site: LentSite) -> None:
    address = f"{zh_site.address}{POST}/index.html"
    with browser.page(address) as page:
        page.press("?")
        page.click("input[data-do=keys]")
        page.press("Escape", "j")
        assert page.script(f"{FOCUS}.id") != "paper-sample-0001"
        page.go(address)
        page.press("j")
        assert page.script(f"{FOCUS}.id") != "paper-sample-0001"
        page.click("button[data-do=help]")
        page.click("input[data-do=keys]")
        page.press("Escape", "j")
        assert page.script(f"{FOCUS}.id") == "paper-sample-0001"


def test_letters_that_are_written_are_no_keys(browser: Browser, zh_site: LentSite) -> None:
    with browser.page(f"{zh_site.address}index.html") as page:
        page.script(
            "document.querySelector('main').append(document.createElement('textarea')),"
            "document.querySelector('textarea').focus()"
        )
        page.press("j", "/", "?")

        assert page.script("document.querySelector('textarea').value") == "j/?"


def shown(page: Page) -> str:
    """The caption under the picture at large."""
    return str(page.script("document.querySelector('.pswp__caption').textContent"))


@pytest.mark.parametrize("how", ["click", "keyboard"])
def test_pictures_are_shown_at_large_and_leafed_through(
    browser: Browser, lent_site: LentSite, how: str
) -> None:
    with browser.page(f"{lent_site.address}papers/sample-0001/index.html") as page:
        if how == "click":
            page.click(".gallery a")
        else:
            page.script("document.querySelector('.gallery a').focus()")
            page.press("Enter")
        page.wait("document.querySelector('.pswp--open .pswp__img:not(.pswp__img--placeholder)')")
        first = shown(page)
        assert first.startswith("Figure 1")
        assert page.script(CAPTION) == ["rgb(255, 255, 255)", 900]
        assert page.barriers() == []
        page.press("ArrowRight")
        page.wait(f"document.querySelector('.pswp__caption').textContent !== {first!r}")
        assert shown(page).startswith("Figure 2")
        page.press("Escape")
        page.wait("!document.querySelector('.pswp')")
        assert page.script(f"{FOCUS}.matches('.gallery a')")
        assert is_clean(page, lent_site)


def test_the_lightbox_speaks_the_language_of_the_site(browser: Browser, zh_site: LentSite) -> None:
    with browser.page(f"{zh_site.address}papers/sample-0001/index.html") as page:
        page.click(".gallery a")
        page.wait("document.querySelector('.pswp--open')")
        titles = page.script(
            "[...document.querySelectorAll('.pswp__button')].map(it => it.title).sort()"
        )
        # The lightbox itself is named by the picture's caption, which is the paper's.
        said = page.script(
            "[...new Set([...document.querySelectorAll('.pswp *')].flatMap(it => "
            "['title', 'aria-label', 'aria-roledescription'].map(name => it.getAttribute(name))"
            ".filter(text => text)))].sort()"
        )

    assert titles == ["上一张", "下一张", "关闭", "缩放"]
    assert said == ["上一张", "下一张", "关闭", "图片", "图集", "缩放"]


def test_a_printed_page_has_what_was_unfolded_and_no_number_without_its_list(
    browser: Browser, lent_site: LentSite
) -> None:
    shown = """[".evidence", ".sources", ".masthead", ".finding", ".folds + .provenance"].map(
      selector => document.querySelector(`.paper ${selector}, body > ${selector}`).checkVisibility()
    )"""
    with browser.page(f"{lent_site.address}{POST}/index.html", scheme="dark") as page:
        page.lay_out_for("print")
        folded = page.script(shown)
        page.script("document.querySelector('.sources').open = true")
        unfolded = page.script(shown)
        ground = page.script("getComputedStyle(document.body).backgroundColor")

    assert folded == [False, False, False, False, True]
    assert unfolded == [True, True, False, False, True]
    assert ground == "rgb(255, 255, 255)"


# The edges of what is shown: picture, caption, and the arrows where there are any.
EDGES = """(() => {
  const edges = selector => document.querySelector(selector).getBoundingClientRect();
  const picture = edges(".pswp__item[aria-hidden=false] .pswp__img:not(.pswp__img--placeholder)");
  const arrows = [edges(".pswp__button--arrow--prev"), edges(".pswp__button--arrow--next")];
  return {
    below: edges(".pswp__caption").top - picture.bottom,
    beside: Math.min(picture.left - arrows[0].right, arrows[1].left - picture.right),
  };
})()"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_caption_however_long_covers_its_picture(
    browser: Browser, zh_site: LentSite, width: int
) -> None:
    with browser.page(f"{zh_site.address}papers/sample-0001/index.html", width=width) as page:
        page.script(
            "document.querySelector('.gallery figcaption').textContent ="
            " 'Figure 1: ' + 'A long caption, with all that is to be seen. '.repeat(12)"
        )
        page.click(".gallery a")
        page.wait("document.querySelector('.pswp--open .pswp__img:not(.pswp__img--placeholder)')")
        edges = page.script(EDGES)

    assert edges["below"] >= -1
    if width >= 768:
        assert edges["beside"] >= 0


def test_figures_do_not_glare_at_night(browser: Browser, zh_site: LentSite) -> None:
    ground = "getComputedStyle(document.querySelector('.gallery a')).backgroundColor"
    with browser.page(f"{zh_site.address}papers/sample-0001/index.html") as page:
        assert page.script(ground) == "rgb(255, 255, 255)"
        page.prefer("dark")
        assert page.script(ground) != "rgb(255, 255, 255)"


def test_a_reader_chooses_colours_for_all_pages(browser: Browser, lent_site: LentSite) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with browser.page(f"{lent_site.address}index.html") as page:
        page.script("localStorage.clear()")
        page.go(f"{lent_site.address}index.html")
        light = page.script(ground)
        page.prefer("dark")
        dark = page.script(ground)
        assert dark != light
        page.click("button[data-do=theme]")
        assert page.script(ground) == light
        page.go(f"{lent_site.address}{POST}/index.html")
        assert page.script(ground) == light
        page.click("button[data-do=theme]")
        page.prefer("light")
        assert page.script(ground) == dark
        page.click("button[data-do=theme]")
        assert page.script(ground) == light
        page.prefer("dark")
        assert page.script(ground) == light
        page.prefer("light")
        page.click("button[data-do=theme]")
        assert page.script("document.documentElement.dataset.theme") == "auto"
        page.click("button[data-do=theme]")  # the first press is seen in light as well
        assert page.script(ground) == dark
        page.script("localStorage.clear()")


@pytest.mark.parametrize(
    ("folder", "name"),
    [("papers/sample-0001", "paper.bib"), ("topics/diffusion-models", "papers.bib")],
)
def test_a_citation_is_copied_as_the_file_has_it(
    browser: Browser, lent_site: LentSite, folder: str, name: str
) -> None:
    with browser.page(f"{lent_site.address}{folder}/index.html") as page:
        said = "document.querySelector('button[data-do=copy]').textContent"
        label = page.script(said)
        for _ in range(2):
            page.click("button[data-do=copy]")
            page.wait(
                f"document.querySelector('[role=status]').textContent && {said} !== {label!r}"
            )
        copied = page.script("navigator.clipboard.readText()")
        page.wait(f"{said} === {label!r}")
        assert is_clean(page, lent_site)

    file = (lent_site.folder / folder / name).read_text(encoding="utf-8")
    assert copied.strip() == file.strip()


def test_a_sentence_is_traced_to_its_source_in_place(browser: Browser, lent_site: LentSite) -> None:
    with browser.page(f"{lent_site.address}{POST}/index.html") as page:
        page.click("a.evidence")
        box = "document.querySelector('[popover].source')"
        source = page.script("document.querySelector('a.evidence').hash")
        assert page.script(f"{box}.matches(':popover-open')")
        assert (
            page.script(f"{box}.textContent").split()
            == page.script(f"document.querySelector({source!r}).textContent").split()
        )
        left, right = page.script(
            f"(({{ left, right }}) => [left, innerWidth - right])({box}.getBoundingClientRect())"
        )
        assert min(left, right) >= 0
        assert page.barriers() == []
        page.press("Escape")
        page.wait(f"{box} === null")
        assert page.script(f"{FOCUS}.matches('a.evidence')")
        assert is_clean(page, lent_site)


def test_the_contents_follow_the_reader(browser: Browser, lent_site: LentSite) -> None:
    with browser.page(f"{lent_site.address}{POST}/index.html") as page:
        current = (
            "[...document.querySelectorAll('nav.contents a[aria-current]')].map(it => it.hash)"
        )
        links = page.script("[...document.querySelectorAll('nav.contents a')].map(it => it.hash)")
        page.script(f"document.getElementById({links[3][1:]!r}).scrollIntoView()")
        page.wait(f"{current}.length === 1 && {current}[0] === {links[3]!r}")
        page.script("scrollTo(0, document.body.scrollHeight)")
        page.wait(f"{current}.length === 1 && {current}[0] === {links[-1]!r}")
        for beyond, link in ((2, links[2]), (-2, links[1])):  # a third from the top
            page.script(
                f"scrollBy({{ behavior: 'instant', top: document.getElementById({links[2][1:]!r})"
                f".getBoundingClientRect().top - innerHeight / 3 + {beyond} }})"
            )
            page.wait(f"{current}.length === 1 && {current}[0] === {link!r}")


def test_a_page_without_scripts_lacks_nothing_to_read(
    browser: Browser, lent_site: LentSite
) -> None:
    words = "document.querySelector('main').textContent.split(/\\s+/).join(' ')"
    dead = "[...document.querySelectorAll('button[data-do]')].filter(it => it.checkVisibility())"
    links = "[...document.querySelectorAll('.gallery a')].map(it => it.href)"
    for path in (f"{POST}/index.html", "papers/sample-0001/index.html"):
        with browser.page(lent_site.address + path) as page:
            with_scripts = page.script(words)
        with browser.page(lent_site.address + path, scripts=False) as page:
            assert page.script(words) == with_scripts
            assert page.script(dead) == []
            pictures = [url.removeprefix(lent_site.address) for url in page.script(links)]
            assert len(pictures) >= 6
            assert all((lent_site.folder / picture).is_file() for picture in pictures)
            page.click("a.evidence")
            target = "document.querySelector(':target')"
            assert page.script(f"{target}.checkVisibility()")
            assert page.script(f"{target}.closest('details').open")


def found(page: Page, words: str) -> list[str]:
    """The addresses that a search for words lists, when it has come to an end."""
    page.script(
        "document.getElementById('the_words').value = '',"
        "document.getElementById('the_count').textContent = '',"
        "document.getElementById('the_words').focus()"
    )
    page.type(words)
    page.wait("document.getElementById('the_count').textContent")
    links = page.script("[...document.querySelectorAll('.results a')].map(it => it.href)")
    return [str(link) for link in links]


def test_a_search_finds_words_of_either_language(browser: Browser, lent_site: LentSite) -> None:
    brush = f"{lent_site.address}papers/sample-0004/index.html"
    with browser.page(f"{lent_site.address}index.html") as page:
        page.press("/")
        page.wait("document.activeElement?.id === 'the_words'")
        # Two characters each: in a title, and in the labels or the text around it.
        assert brush in found(page, "书法")
        assert brush in found(page, "calligraphy")
        assert brush in found(page, "BrushFlow")
        assert found(page, "zzzzqqqq") == []
        assert page.script("document.querySelector('.results mark') === null")
        found(page, "calligraphy")
        assert page.script("document.querySelector('.results mark') !== null")
        # Numbers of evidence and labels are no words of a paper.
        assert not re.search(r"\.\d|一句话总结|Summary", str(page.script(RESULT)))
        assert page.barriers() == []
        assert "q=calligraphy" in page.seen().url
        page.script("document.querySelector('.results a').click()")
        page.wait("document.querySelector('h1')?.textContent.includes('Brush')")
        assert is_clean(page, lent_site)


def test_what_was_found_is_marked_and_stays_apart_from_the_words_around_it(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "digestgen.toml").write_text('language = "en"\n[preview]\nsearch = true\n')
    sample = ("--source", "sample", "--topic", "Weather", "--limit", "2")
    digestgen(tmp_path, "build", *sample)
    with serving(tmp_path / "site") as address, browser.page(f"{address}/search/") as page:
        found(page, "sampling")
        mark = page.script("document.querySelector('.results mark').textContent")
        said = str(page.script(RESULT))

    assert re.search(rf"\w {mark} \w", said)
    assert re.search(r"Authors?: \w", said)


def test_every_chinese_word_of_two_characters_is_found(
    browser: Browser, lent_site: LentSite
) -> None:
    with browser.page(f"{lent_site.address}search/index.html") as page:
        missed = page.script(
            f"""(async () => {{
              const pagefind = await import(new URL("../pagefind/pagefind.js", location));
              const missed = [];
              for (const word of {WORDS}) {{
                const {{ results }} = await pagefind.search(word);
                const urls = await Promise.all(results.map(async it => (await it.data()).url));
                if (!urls.some(url => url.includes("posts/chinese/"))) missed.push(word);
              }}
              return missed;
            }})()"""
        )

    assert missed == []


def test_an_address_of_a_search_leads_to_what_it_found(browser: Browser, zh_site: LentSite) -> None:
    with browser.page(f"{zh_site.address}search/index.html?q=%E4%B9%A6%E6%B3%95") as page:
        page.wait("document.querySelectorAll('.results a').length > 0")
        assert page.script("document.getElementById('the_words').value") == "书法"


def test_the_search_is_without_scripts_a_way_to_the_topics(
    browser: Browser, lent_site: LentSite
) -> None:
    with browser.page(f"{lent_site.address}search/index.html", scripts=False) as page:
        assert not page.script("document.getElementById('the_words').checkVisibility()")
        page.click("main a")
        assert page.seen().url.endswith("index.html#the_topics")
