"""Nothing that a paper, a model or a post of somebody else says acts on a page of the site.

Every string of attackers stands in every field of some paper, and in the raw text of a post by
somebody else. Pages are taken apart: only elements, attributes and addresses may be there that
the site wants. A sample of all kinds is shown by a real Chromium, without the pages' own policy,
so that nothing but the site's care stands between a string and the reader.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from digestgen.content.posts import compose
from digestgen.escaping import yaml
from digestgen.formats.hexo import Hexo
from digestgen.model import Author, Digest, Entry, Evidence, Link, Picture, Statement
from digestgen.site import Shop, SiteSettings, build
from digestgen.templating import Templates
from tests import attacks, builders
from tests.browser.server import serving
from tests.browser.session import Browser

A_POST = 50  # papers of a post of ours, or strings of one by somebody else
SAMPLE = 60
FIELDS = 13
DAY = date(2024, 1, 1)

ELEMENTS = set(
    re.findall(
        r"\w+",
        """
        html head meta title link script body a header nav div button svg circle path rect main
        footer p dialog h1 h2 h3 h4 h5 h6 dl dt dd kbd form label input time article section aside
        ul ol li span small figure figcaption img details summary pre code q em strong b i s del
        ins sub sup u mark br hr blockquote table thead tbody tfoot tr th td caption abbr cite dfn
        samp var math semantics mrow mi mn mo mtext mspace msup msub msubsup munder mover
        munderover mfrac msqrt mroot mtable mtr mtd mstyle mpadded mphantom menclose merror
        mmultiscripts mprescripts none
        """,
    )
)
ADDRESSES = ("href", "src", "srcset", "action", "formaction", "poster", "data", "cite")
# As browsers read addresses: some characters are not there, and a backslash is a slash.
UNREAD = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\\\]{2}", re.IGNORECASE)
FAR = re.compile(r"https?:|mailto:|//", re.IGNORECASE)
OUR_SCRIPT = re.compile(r"(?:(?:\.\./)*|/)static/\w+\.js")


def hits(page: bytes) -> list[str]:
    """Return what a page holds that no page may hold."""
    found = []
    for element in etree.HTML(page, etree.HTMLParser(encoding="utf-8", huge_tree=True)).iter():
        name = str(element.tag)
        found += [] if name in ELEMENTS or element.tag is etree.Comment else [f"<{name}>"]
        for attribute, value in element.attrib.items():
            is_wrong = attribute.startswith("on") or attribute in {"style", "srcdoc", "ping"}
            if attribute in ADDRESSES and name not in {"link", "meta"}:
                read = UNREAD.sub("", value)
                is_link = (name, attribute) == ("a", "href")
                is_wrong = bool(SCHEME.match(read)) and not (is_link and FAR.match(read))
            found += [f"<{name} {attribute}={value[:80]!r}>"] if is_wrong else []
        if name == "script" and element.get("type") != "application/ld+json":
            is_ours = OUR_SCRIPT.fullmatch(element.get("src", "")) and not element.text
            found += [] if is_ours else [f"script: {element.text!r}"]
    return found


def hostile(number: int, strings: Sequence[str]) -> Entry:
    """A paper with another string in each of its fields."""
    said = iter(strings[(number + step * 97) % len(strings)] for step in range(FIELDS))
    identity = f"24{number // 50_000:02}.{number % 50_000:05}"
    source = Evidence(sentence=next(said), where=next(said), page=3, index=0)

    def told(text: str) -> Statement:
        return Statement(text=text, evidence=(source,), kind="generated")

    return Entry(
        paper=builders.paper(
            identity,
            title=next(said),
            abstract=next(said),
            authors=(Author(name=next(said), affiliations=(next(said),)),),
            comment=next(said),
            journal_ref=next(said),
            doi=strings[number % len(strings)],
            licence=strings[number % len(strings)],
            links=(Link(kind="code", url=strings[number % len(strings)]),),
        ),
        summary=builders.summary(
            gist=told(next(said)),
            takeaways=(told(next(said)), told(f"${next(said)}$")),
            keywords=(next(said),),
            methods=(told(next(said)),),
        ),
        pictures=(
            Picture(
                kind="figure", label="1", caption=strings[number % len(strings)],
                alt=strings[number % len(strings)], page=2, image=Path("1.webp"),
                file_name=f"{identity.replace('.', '-')}-figure-1.webp", width=12, height=5,
            ),
        ),
    )  # fmt: skip


def our_post(number: int, strings: Sequence[str], *, lang: str) -> str:
    """A post as digestgen writes it, its topic and tags hostile as well."""
    said = strings[number % len(strings)]
    digest = Digest(
        topic=builders.topic(name=said, slug=f"topic-{number}", tags=(said,), lang=lang),
        day=DAY,
        window=builders.WINDOW,
        entries=tuple(
            hostile(each, strings)
            for each in range(number * A_POST, min((number + 1) * A_POST, len(strings)))
        ),
    )
    post = Hexo(render_template=Templates().markdown).render(digest)
    record = builders.ledger(
        topic=said,
        slug=f"topic-{number}",
        lang=lang,
        day=DAY + timedelta(days=number),
        papers=tuple(block.ledger for block in post.blocks),
        updated=datetime(2024, 9, 24, 10, 30, tzinfo=UTC),
    )
    return compose(post, record, updated=builders.NOON)


def foreign_post(number: int, strings: Sequence[str]) -> str:
    """A post by somebody else, with the strings as they are: as Markdown, HTML and formulas."""
    part = strings[number * A_POST : (number + 1) * A_POST]
    text = "\n\n".join(f"{said}\n\n${said}$\n\n- {said}" for said in part)
    front = (f"{name}: {yaml(part[0])}" for name in ("title", "description", "lang"))
    return "\n".join(["---", *front, f"tags: [{yaml(part[-1])}]", "---", "", text, ""])


def site_of(folder: Path, strings: Sequence[str], *, lang: str) -> Path:
    """Build a site of these strings, and return where it is."""
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True)
    for number in range(-(-len(strings) // A_POST)):
        day = DAY + timedelta(days=number)
        ours = our_post(number, strings, lang=lang)
        (posts / f"{day}-topic-{number}.md").write_text(ours, encoding="utf-8", newline="\n")
        raw = foreign_post(number, strings).encode("utf-8", "surrogatepass")
        (posts / f"{day}-foreign.md").write_bytes(raw.decode("utf-8", "ignore").encode())
    settings = SiteSettings(
        title=strings[0], url="https://blog.example", lang="zh" if lang == "zh" else "en"
    )
    shop = Shop(content=folder / "content", templates=Templates(), settings=settings)
    built = build(shop, folder / "site")
    assert built.left_out == ()
    return folder / "site"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<script src='//evil.example/static/a.js'></script>",
        "<p onclick='x'>",
        "<p style='position: fixed'>",
        "<iframe src='a.html'></iframe>",
        "<a href=' java\tscript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<img src='//evil.example/a.png'>",
        "<img src='\\\\evil.example/a.png'>",
        "<img srcset='https://evil.example/a.png 2x'>",
        "<svg><animate attributeName='href'/></svg>",
        "<math><mtext><style>x</style></mtext></math>",
    ],
)
def test_an_attack_that_succeeds_is_noticed(attack: str) -> None:
    assert len(hits(f"<!doctype html><title>t</title><main>{attack}</main>".encode())) >= 1
    assert hits(b"<!doctype html><main><a href='https://a.example/'>x</a><img src='a.png'>") == []


def test_no_string_of_attackers_becomes_a_part_of_a_page(tmp_path: Path) -> None:
    site = site_of(tmp_path, attacks.corpus(), lang="en")

    pages = sorted(site.rglob("*.html"))
    found = {page.relative_to(site): hit for page in pages if (hit := hits(page.read_bytes()))}
    assert len(pages) > len(attacks.corpus())
    assert found == {}


# The same in the page itself, as the browser's own parser sees it.
ACTIVE = """
[...document.querySelectorAll("main *")].filter((it) =>
  /^(script|style|iframe|object|embed|form|link|base|meta|video|audio|template|foreignobject)$/i
    .test(it.localName)
  || [...it.attributes].some(({ name, value }) => /^on|^style$|^srcdoc$/i.test(name)
    || /^[\\x00-\\x20]*(javascript|vbscript|data):/i.test(value))
).map((it) => it.outerHTML.slice(0, 200))
"""


@pytest.mark.browser
def test_a_sample_in_every_field_runs_nothing_in_a_browser(
    browser: Browser, tmp_path: Path
) -> None:
    shown = []
    for lang in ("en", "zh"):
        site = site_of(tmp_path / lang, attacks.sample(SAMPLE), lang=lang)
        paths = [page.relative_to(site) for page in sorted(site.rglob("*.html"))]
        for page in site.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            bare = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", text, count=1)
            assert bare != text
            page.write_text(bare, encoding="utf-8")
        with serving(site) as address, browser.page() as reader:
            told = 0
            for path in paths:
                reader.go(f"{address}/{path.as_posix()}")
                told += "alert(" in reader.script("document.body.textContent")
                reader.script("document.querySelectorAll('details').forEach(it => it.open = true)")
                assert reader.script(ACTIVE) == [], path
            seen = reader.seen()
            shown += paths
            assert told > SAMPLE
            assert seen.dialogs == ()
            assert seen.foreign(f"{address}/") == ()
            assert [line for line in seen.errors if "404" not in line] == []

    assert len(shown) > 2 * SAMPLE
