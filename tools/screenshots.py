"""Take the pictures of the site in `docs/site/`.

    python -m tools.screenshots [FOLDER]

Two show each kind of page: light on a desktop and dark on a phone, and the other way round. The
site is made of the sample's invented papers. It needs a Chromium, Pagefind, and fonts with Chinese
characters, as the tests of pages do; other fonts give other pictures.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from tests.browser import chromium
from tests.browser.server import serving
from tests.browser.session import Browser, Scheme, running

from digestgen.model import Lang

DOCS = Path(__file__).parents[1] / "docs" / "site"
# Topic, day, and how many of the sample's papers; those of a day before are not new.
DIGESTS = (
    ("Weather Maps", "2024-08-27", 2),
    ("Chinese Calligraphy", "2024-09-03", 4),
    ("Weather Maps", "2024-09-10", 5),
    ("Ultrasound Images", "2024-09-17", 3),
    ("Weather Maps", "2024-09-18", 8),
    ("Diffusion Models", "2024-09-24", 8),
)
POST = "posts/2024-09-24-diffusion-models/index.html"
TOPIC = "topics/weather-maps/index.html"
PAPER = "papers/sample-0002/index.html"
CLICK = (
    "(it => {{ it.scrollIntoView({{ block: 'center' }}); it.click(); }})"
    "(document.querySelectorAll('{}')[{}])"
)
# What each picture shows, in which language, and what is done before.
SHOTS: tuple[tuple[str, Lang, str, str], ...] = (
    ("home", "zh", "index.html", ""),
    ("topic", "en", TOPIC, ""),
    ("post", "zh", POST, "document.getElementById('paper-sample-0002').scrollIntoView()"),
    ("paper", "en", PAPER, ""),
    ("evidence", "zh", PAPER, CLICK.format("a.evidence", 1)),
    ("picture", "en", PAPER, CLICK.format(".gallery a", 2)),
    ("archive", "en", "archive/2024/09/index.html", ""),
    ("trends", "zh", "trends/index.html", ""),
    ("search", "zh", "search/index.html?q=%E4%B9%A6%E6%B3%95", ""),
    ("not-found", "en", "404.html", ""),
)
# Both: of a picture's end, and of the schemes on a desktop and on a phone.
PAIRS: tuple[tuple[str, Scheme, Scheme], ...] = (("", "light", "dark"), ("-dark", "dark", "light"))
DESKTOP, PHONE, HEIGHT = 1280, 390, 900
SCALE, GAP = 0.75, 24
SETTLED = "new Promise((done) => setTimeout(done, 800))"


def main() -> None:
    """Take all of them."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else DOCS
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, running(chromium.install()) as browser:
        sites = {lang: _site(Path(scratch, lang), lang) for lang in ("zh", "en")}
        for name, lang, path, script in SHOTS:
            for end, wide, narrow in PAIRS:
                with serving(sites[lang]) as address:
                    url = f"{address}/{path}"
                    left = _shot(browser, url, DESKTOP, wide, script, Path(scratch, "a.png"))
                    right = _shot(browser, url, PHONE, narrow, script, Path(scratch, "b.png"))
                target = folder / f"{name}{end}.webp"
                _beside(left, right).save(target, quality=80, method=6)
                print(f"{target.name}: {target.stat().st_size:,} bytes")


def _site(folder: Path, lang: Lang) -> Path:
    """Return the folder of a site that is made for this."""
    folder.mkdir()
    title = {"zh": "论文速读", "en": "Paper digests"}[lang]
    settings = f'language = "{lang}"\n[preview]\ntitle = "{title}"\nsearch = true\n'
    (folder / "digestgen.toml").write_text(settings, encoding="utf-8")
    for topic, day, limit in DIGESTS:
        _digestgen(
            folder, "build", "--source", "sample", "--topic", topic, "--date", day,
            "--limit", str(limit), "--no-site",
        )  # fmt: skip
    _digestgen(folder, "site")
    return folder / "site"


def _digestgen(folder: Path, *words: str) -> None:
    command = [sys.executable, "-m", "digestgen", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603  # our own


def _shot(
    browser: Browser, url: str, width: int, scheme: Scheme, script: str, path: Path
) -> Image.Image:
    with browser.page(url, width=width, height=HEIGHT, scheme=scheme) as page:
        if script:
            page.script(script)
        page.script(SETTLED)
        page.screenshot(path)
    return Image.open(path).convert("RGB")


def _beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Return two pictures in one, smaller and with a gap between them."""
    sizes = [(round(shot.width * SCALE), round(shot.height * SCALE)) for shot in (left, right)]
    small = [
        shot.resize(size, Image.Resampling.LANCZOS)
        for shot, size in zip((left, right), sizes, strict=True)
    ]
    both = Image.new("RGB", (small[0].width + GAP + small[1].width, small[0].height), "#808080")
    both.paste(small[0], (0, 0))
    both.paste(small[1], (small[0].width + GAP, 0))
    return both


if __name__ == "__main__":
    main()
