"""An obedient model that says what attackers want, and papers that say it themselves: nothing acts.

What comes out is taken apart by parsers, and held against what a build gives in which nobody
attacks: no element, attribute or address may be there that is not there as well.
"""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from digestgen import content, tex
from digestgen.post import Document
from digestgen.text import squeeze
from tests import anatomy, attacks, paper_file
from tests.browser.chromium import Chromium
from tests.browser.server import serving
from tests.e2e.conftest import Digestgen, Ran
from tests.hexo.harness import Expected, Hexo
from tests.model_server import Answer, Asked, ModelServer, Speaker, honest, says
from tests.model_server.scripted import reworded

ROOT = Path(__file__).parents[2]
SAMPLE = 60
BUILD = (
    "build", "--source", paper_file.NAME, "--topic", "Diffusion Models", "--date", "2024-09-24",
    "--depth", "abstract", "--summarizer", "llm", "--limit", "2000",
)  # fmt: skip
ABSTRACT = (
    "Nets are slow on noisy images of the sea. Earlier filters blur the edges of ships. "
    "We propose a fast filter that learns from clean patches. It removes 93.4 % of the noise on "
    "two datasets. Filters of class {} are seen as well."
)
# How a statement that names the third sentence for itself may carry a string.
WRAPPED = {
    "en": ("{}", "The fast filter {} learns from clean patches."),
    "zh": ("{}", "快速滤波器（fast filter）{} 从干净的图像块（clean patches）中学习。"),
}
ROOM = {"gist": 1, "takeaways": 5, "methods": 6, "performance": 3}  # the others take two
A_PAPER = 27  # statements
# Strings that a paper holds itself, field by field.
FIELDS = {
    "title": 1,
    "abstract": 6,
    "authors": 3,
    "affiliations": 1,
    "comment": 1,
    "journal_ref": 1,
}
OF_A_PAPER = sum(FIELDS.values())

# What a post has no use for, and no handler may be on anything in it.
ACTIVE = """
[...document.querySelectorAll('article *, #article-container *')].filter(each =>
  /^(script|style|iframe|object|embed|form|input|button|svg|link|base|meta|img|video|audio)$/i
    .test(each.localName) && !each.closest('mjx-container')
  || each.closest('math') && each.namespaceURI !== 'http://www.w3.org/1998/Math/MathML'
  || [...each.attributes].some(({ name, value }) =>
    /^on/.test(name) || /^\\W*javascript:/.test(value)
    || each.closest('math') && /^(href|src|style|xlink.*|action.*)$/.test(name))
).map(each => each.outerHTML.slice(0, 200))
"""
# A formula of a paper in a page of the site, without anything that leads or looks elsewhere; one
# that cannot be set stands there as code.
MATHEMATICS = re.compile(
    r"code|(?:math|mrow|mi|mn|mo|ms|mtext|mspace|mstyle|msub|msup|msubsup|munder|mover|munderover|mfrac"
    r"|msqrt|mroot|mtable|mtr|mtd|mpadded|mphantom|menclose|mmultiscripts|semantics)"
    r"(?:@(?!href|src|style|on|xlink|action)[a-z-]+)?"
)
# What the theme and the preview ask for themselves.
OF_SITES = re.compile(r"http://127\.0\.0\.1:\d+/(?:blog/(?:css|img|js|pluginsSrc)|static)/")

Record = dict[str, Any]
Build = Callable[..., "Made"]


@dataclass(frozen=True)
class Made:
    """What a build left: its post, the pages of its site, and what a person read meanwhile."""

    ran: Ran
    document: Document
    source: str
    pages: dict[str, str]

    @property
    def post(self) -> str:
        """The post as HTML."""
        return anatomy.html_of(self.document.body)


class Dealer:
    """An obedient model: it deals one string after the other into every list that is wanted."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = iter(strings)
        self._guard = threading.Lock()
        self.dealt = 0

    def __call__(self, asked: Asked) -> Answer:
        with self._guard:
            hands = {name: [*islice(self._strings, ROOM.get(name, 2))] for name in asked.lists}
            self.dealt += sum(map(len, hands.values()))
        return says(
            {name: [{"text": t, "evidence": [3]} for t in hand] for name, hand in hands.items()}
        )


def parrot(asked: Asked) -> Answer:
    """Says what the paper says: its sentences as they are, and in other words, in turn."""
    said: dict[str, list[dict[str, Any]]] = {name: [] for name in asked.lists}
    numbers = iter(range(asked.number, asked.number + A_PAPER))
    for name in asked.lists:
        for number in islice(numbers, ROOM.get(name, 2)):
            at = number % len(asked.sentences)
            is_quote = asked.lang == "en" and number % 2
            text = asked.sentences[at] if is_quote else reworded(asked, at, name)
            said[name].append({"text": text, "evidence": [at + 1]})
    return says(said)


def honest_papers(number_of: int) -> list[Record]:
    """Papers of which no two are the same, so that nothing is answered from the memo."""
    letters = "abcdefghijklmnopqrst"
    return [
        {
            "id": f"2409.{number:05}",
            "title": "A Fast Filter for Noise",
            "abstract": ABSTRACT.format(letters[number % 20] * (2 + number // 20)),
        }
        for number in range(number_of)
    ]


def hostile_papers(strings: Sequence[str]) -> list[Record]:
    """Papers that hold these strings, each once, in all of their fields."""
    waiting = iter(strings)
    papers = honest_papers(-(-len(strings) // OF_A_PAPER))
    for paper in papers:
        taken = {name: [*islice(waiting, most)] for name, most in FIELDS.items()}
        said = " ".join(f"Here {text} is noise." for text in taken["abstract"])
        paper |= {
            # A paper without a title or with an author without a name is none.
            "title": next((text for text in taken["title"] if squeeze(text)), paper["title"]),
            "abstract": f"{paper['abstract']} {said}",
            "authors": [text for text in taken["authors"] if squeeze(text)] or ["Ada Example"],
            "affiliations": [text for text in taken["affiliations"] if squeeze(text)],
            "comment": "".join(taken["comment"]) or "8 pages",
            "journal_ref": "".join(taken["journal_ref"]) or "Noise 7",
        }
    return papers


@pytest.fixture
def build(
    digestgen: Digestgen, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Build:
    """Build a post of papers with a model, and take in everything that came of it."""
    numbers = count()

    def run(papers: list[Record], speaker: Speaker, lang: str, *more: str) -> Made:
        (folder / paper_file.FILE).write_text(json.dumps(papers), encoding="utf-8")
        with ModelServer(speaker) as server:
            monkeypatch.setenv("DIGESTGEN_LLM_BASE_URL", server.url)
            monkeypatch.setenv("DIGESTGEN_LLM_MODEL", "parrot-1")
            # A memo of its own, so that every question is asked.
            monkeypatch.setenv("DIGESTGEN_CACHE_DIR", str(tmp_path / f"cache-{next(numbers)}"))
            ran = digestgen(*BUILD, "--lang", lang, "--force", *more)
        assert ran.code == 0, ran.err
        [document] = content.read_documents(folder / "content")
        return Made(
            ran=ran,
            document=document,
            source=(folder / "content" / document.path).read_text(encoding="utf-8"),
            pages={
                path.relative_to(folder / "site").as_posix(): path.read_text(encoding="utf-8")
                for path in (folder / "site").rglob("*.html")
            },
        )

    return run


def shapes(made: Made) -> dict[str, frozenset[str]]:
    """What the pages of a site are made of, those of single papers taken together."""
    found: dict[str, frozenset[str]] = {}
    for name, page in made.pages.items():
        kind = re.sub(r"\Apapers/[^/]+/", "papers/", name)
        found[kind] = found.get(kind, frozenset()) | anatomy.shape(page)
    return found


def passed(made: Made) -> int:
    """How many statements of the model stand in the post, by its own account."""
    told = re.findall(
        r"(?:passed the checks: |经核对：通过 )(\d+)(?:, after rewriting: | 条，重写后通过 )(\d+)",
        made.document.body,
    )
    assert len(told) > 100
    return sum(int(number) for numbers in told for number in numbers)


def errors(digestgen: Digestgen) -> list[Any]:
    found = digestgen("check", "--json").json["problems"]
    return [each for each in found if each["level"] == "error"]


def assert_tame(made: Made, model: Made) -> None:
    """Assert that nothing in a post, its site or its report does more than in the model of it."""
    more = frozenset({"span"})  # around a lone dollar, so that MathJax leaves it alone
    assert anatomy.shape(made.post) - anatomy.shape(model.post) - more == set()
    tame, found = shapes(model), shapes(made)
    assert found.keys() == tame.keys()
    for kind, shape in found.items():
        # A title of another language says which.
        others = sorted(each for each in shape - tame[kind] - more if not each.endswith("@lang"))
        assert [each for each in others if not MATHEMATICS.fullmatch(each)] == [], kind
    assert not re.search(r"\{\{|\{%|\{#", made.source)
    for text in anatomy.strings(dict(made.document.meta)):
        assert anatomy.unseen(text) == [], text
    assert anatomy.shape(str(made.document.meta["description"])) <= {"html", "body", "main", "p"}
    assert anatomy.unseen(made.source, shields=True) == []
    assert anatomy.unseen(made.ran.out + made.ran.err) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_string_of_an_obedient_model_acts_anywhere(
    build: Build, digestgen: Digestgen, lang: str
) -> None:
    strings = [wrapped.format(text) for wrapped in WRAPPED[lang] for text in attacks.corpus()]
    papers = honest_papers(len(strings) // (2 * A_PAPER - 4))  # nearly all is asked for again
    model = build(papers[:3], honest, lang)
    dealer = Dealer(strings)

    made = build(papers, dealer, lang)

    assert dealer.dealt == len(strings) >= 2 * 4795
    # What passes is a true statement with a word or a sign more in it.
    assert passed(made) * 100 <= len(strings)
    assert_tame(made, model)
    assert anatomy.unseen(made.source) == []  # not even what would shield something
    for text in anatomy.texts(made.post):
        assert not re.search(r"[\\$`]|<\w|://(?!github\.com/digestgen)|\bwww\.|\w@\w", text), text
    assert errors(digestgen) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_string_of_a_paper_that_a_model_repeats_acts_anywhere(build: Build, lang: str) -> None:
    strings = attacks.corpus()[lang == "zh" :: 2]  # each in one of the languages
    model = build(hostile_papers(["x < y", "a & b", "c"] * OF_A_PAPER), parrot, lang)

    made = build(hostile_papers(strings), parrot, lang)

    assert_tame(made, model)
    for text in anatomy.texts(made.post):
        formulas, outside = anatomy.tex_in(text)
        assert outside == [], text
        assert [each for each in formulas if not tex.is_sound(each.strip("$"))] == [], text


def command(folder: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real command in a folder, with a model at an address."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DIGESTGEN_LLM_BASE_URL": url,
        "DIGESTGEN_LLM_MODEL": "parrot-1",
    }
    return subprocess.run(
        [sys.executable, "-m", "digestgen", *arguments],
        cwd=folder, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


def insisting(strings: Sequence[str]) -> Speaker:
    """A model that begins every list of its answers on a paper with the same string."""

    def speak(asked: Asked) -> Answer:
        first = asked.number // 8  # four questions, each asked again
        said = [strings[(first + offset) % len(strings)] for offset in range(6)]
        return says(
            {
                name: [{"text": text, "evidence": [3]} for text in said[: ROOM.get(name, 2)]]
                for name in asked.lists
            }
        )

    return speak


@pytest.fixture
def attacked(folder: Path) -> tuple[str, ...]:
    """Posts of the real command, in both languages: a model attacks, and papers do. Their files."""
    strings = attacks.sample(SAMPLE)
    for lang in ("en", "zh"):
        for name, speaker, papers in (
            ("Obedient", insisting(strings), honest_papers(len(strings))),
            ("Hostile", parrot, hostile_papers(strings)),
        ):
            (folder / paper_file.FILE).write_text(json.dumps(papers), encoding="utf-8")
            build = [f"{name} {lang}" if word == "Diffusion Models" else word for word in BUILD]
            with ModelServer(speaker) as server:
                ran = command(folder, server.url, *build, "--lang", lang, "--workers", "1")
                asked = len(server.asked)
            assert ran.returncode == 0, ran.stderr
            assert anatomy.unseen(ran.stdout + ran.stderr) == []
            assert asked == 8 * SAMPLE or name == "Hostile"
    return tuple(path.name for path in sorted((folder / "content" / "posts").glob("*.md")))


@pytest.mark.hexo
@pytest.mark.browser
def test_a_sample_runs_nothing_in_hexo_and_in_a_browser(
    attacked: tuple[str, ...], folder: Path, hexo: Hexo, chromium: Chromium, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    # What a paper says may look like a leak; that it does nothing is what counts.
    expect: dict[str, Expected] = {name: {"allow": ["."]} for name in attacked if "hostile" in name}

    report = hexo.build(folder / "content" / "posts", renderer="marked", expect=expect, out=out)
    visits = []
    with serving(out) as blog, serving(folder / "site") as site:
        for name in attacked:
            pages = (f"{blog}{report.posts[name].url}", f"{site}/posts/{Path(name).stem}/")
            visits += [(chromium.visit(page, script=ACTIVE), page) for page in pages]

    assert report.problems == ()
    assert len(visits) == 8
    for visit, page in visits:
        assert visit.status == 200
        assert visit.result == [], page
        assert visit.dialogs == (), page
        assert visit.csp_violations == (), page
        # The site of the tests lacks the theme's icons, which is all that may be missed.
        assert [line for line in visit.console_errors if "404" not in line] == [], page
        assert [url for url in visit.requests if url != page and not OF_SITES.match(url)] == []


def test_nothing_that_a_server_says_moves_a_terminal(
    digestgen: Digestgen, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = ("terminal", "unseen")
    strings = [text for text in attacks.corpus() if attacks.kind_of(text) in kinds]
    (folder / paper_file.FILE).write_text(json.dumps(honest_papers(1)), encoding="utf-8")
    waiting = iter(strings)

    def refusing(_: Asked) -> Answer:
        complaint = {"error": {"message": f"no {next(waiting)} here"}}
        return Answer(status=403, body=json.dumps(complaint).encode())

    said = []
    with ModelServer(refusing) as server:
        monkeypatch.setenv("DIGESTGEN_LLM_BASE_URL", server.url)
        monkeypatch.setenv("DIGESTGEN_LLM_MODEL", "parrot-1")
        for _ in strings:
            ran = digestgen(*BUILD)
            said.append(ran.out + ran.err)

    assert len(said) >= 50
    assert [text for text in said if anatomy.unseen(text) or " here" not in text] == []
