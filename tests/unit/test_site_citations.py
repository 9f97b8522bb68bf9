"""Citations that programs read back as they were meant, whatever a title holds."""

import re
from datetime import date
from typing import Any

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string

from digestgen import tex
from digestgen.site import making
from digestgen.site.citations import bibtex, ris
from digestgen.site.library import Library
from digestgen.site.names import Name, name_of, plain
from digestgen.site.records import PaperRecord
from digestgen.site.settings import SiteSettings
from digestgen.templating import Templates
from digestgen.text import squeeze
from tests.builders import ledger_entry
from tests.unit.site_posts import digest, foreign, library

STEADY = settings(derandomize=True, max_examples=150, deadline=None)
HOSTILE = (
    "} @misc{evil, title = {x",
    "}}, author = {Eve}, note = {{",
    r"\input{/etc/passwd} \write18{rm -rf}",
    r"$\write18{x}$ and $\catcode`\%=12$ and $^^5cinput$",
    r"ends with a backslash \\",
    r"\{ \} { }} {{ \textbf{x",
    "100% sure & 50 # $ _ ~ ^ | < >",
    "line\r\nTY  - EVIL\r\nER  - \r\n\r\nTY  - JOUR",
    "\u2028@article{x,\u0000\u202e\x1b[31m",
    "</script><script>alert(1)</script>",
)


def record(**fields: Any) -> PaperRecord:
    values: dict[str, Any] = {
        "id": "2409.00001",
        "version": 2,
        "title": "A Filter",
        "gist": "",
        "by": "extractive",
        "authors": ("Ada Example",),
        "published": date(2024, 9, 1),
        "categories": ("cs.CV", "cs.LG"),
    }
    return PaperRecord(**values | fields)


def entry(paper: PaperRecord) -> Entry:
    found = parse_string(bibtex(paper), "bibtex").entries
    assert len(found) == 1
    return next(iter(found.values()))


def read_ris(paper: PaperRecord) -> dict[str, Any]:
    [found] = rispy.loads(ris(paper))
    return dict(found)


def braces(text: str) -> int:
    """How deep BibTeX stands after a text; it knows no escape."""
    depth = 0
    for mark in re.findall("[{}]", text):
        depth += 1 if mark == "{" else -1
        assert depth >= 0
    return depth


def test_an_entry_names_the_preprint_by_its_permanent_id() -> None:
    found = entry(record(doi="10.1109/a_b.2024"))

    assert found.type == "misc"
    assert found.key == "arXiv:2409.00001"
    assert dict(found.fields.items()) == {
        "title": "{A Filter}",
        "year": "2024",
        "month": "September",
        "eprint": "2409.00001",
        "archivePrefix": "arXiv",
        "primaryClass": "cs.CV",
        "version": "2",
        "doi": "10.1109/a_b.2024",
        "url": "https://arxiv.org/abs/2409.00001",
    }


def test_a_paper_in_a_journal_is_an_article() -> None:
    found = entry(record(journal="Phys. Rev. & Co. 1, 2"))

    assert (found.type, found.fields["journal"]) == ("article", r"Phys. Rev. \& Co. 1, 2")


def test_the_key_is_the_same_in_every_version_and_post() -> None:
    other = record(version=3, title="Another", authors=("Eve",), published=None)

    assert entry(record()).key == entry(other).key


def test_a_sample_claims_no_place_in_arxiv() -> None:
    found = entry(record(id="sample-0001"))

    assert found.key == "sample-0001"
    assert {"eprint", "url"} & set(found.fields) == set()
    assert "url" not in read_ris(record(id="sample-0001"))


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ada Example", Name(family="Example", given="Ada")),
        ("Ludwig van Beethoven", Name(family="van Beethoven", given="Ludwig")),
        ("Joost van de Weijer", Name(family="van de Weijer", given="Joost")),
        ("Luc Van Gool", Name(family="Van Gool", given="Luc")),
        ("Maria De La Cruz", Name(family="De La Cruz", given="Maria")),
        ("Nguyen Van An", Name(family="An", given="Nguyen Van")),
        ("Minh N. Do", Name(family="Do", given="Minh N.")),
        ("Martin Luther King, Jr.", Name(family="King", given="Martin Luther", suffix="Jr.")),
        ("John Smith III", Name(family="Smith", given="John", suffix="III")),
        (r"P\'al Erd\H{o}s", Name(family="Erdős", given="Pál")),
        ("Échantillon Dupré", Name(family="Dupré", given="Échantillon")),
        ("bell hooks", Name(family="hooks", given="bell")),
        ("样例作者", Name(family="样例作者")),
        ("山田 太郎", Name(family="山田 太郎")),
        ("The ATLAS Collaboration", Name(family="The ATLAS Collaboration")),
        ("Gemini Team", Name(family="Gemini Team")),
        ("OpenAI", Name(family="OpenAI")),
        ("Search and Rescue", Name(family="Search and Rescue")),
        ("others", Name(family="others")),
        ("Acme, Inc.", Name(family="Acme, Inc.")),
    ],
)
def test_a_name_is_taken_apart_only_where_its_parts_are_certain(
    author: str, expected: Name
) -> None:
    assert name_of(author) == expected


@STEADY
@given(st.text(st.sampled_from("ab  \\{}$~-`'é扩\n\t\u200b"), max_size=12))
def test_a_plain_text_is_told_from_others(text: str) -> None:
    assert plain(text) == squeeze(tex.plain(text))


def test_bibtex_reads_each_author_as_it_was_meant() -> None:
    names = (
        "Ludwig van Beethoven", "Luc Van Gool", "Martin King, Jr.", "样例作者",
        "Search and Rescue", "The Acme, Inc. Team", "others",
    )  # fmt: skip
    people = entry(record(authors=names)).persons["author"]

    assert [
        (p.prelast_names, p.last_names, p.lineage_names, p.first_names) for p in people
    ] == [
        (["van"], ["Beethoven"], [], ["Ludwig"]),
        ([], ["Van", "Gool"], [], ["Luc"]),
        ([], ["King"], ["Jr."], ["Martin"]),
        ([], ["{样例作者}"], [], []),
        ([], ["{Search and Rescue}"], [], []),
        ([], ["{The Acme, Inc. Team}"], [], []),
        ([], ["{others}"], [], []),
    ]  # fmt: skip


def test_an_author_without_a_visible_letter_is_none() -> None:
    assert len(entry(record(authors=("\u200b", "Ada Example"))).persons["author"]) == 1


def test_ris_reads_each_author_as_it_was_meant() -> None:
    authors = ("Ludwig van Beethoven", "Martin King, Jr.", "样例作者", "The Acme, Inc. Team")

    assert read_ris(record(authors=authors))["authors"] == [
        "van Beethoven, Ludwig",
        "King, Martin, Jr.",
        "样例作者",
        "The Acme Inc. Team",
    ]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"Attention in $\mathcal{O}(n \log n)$", r"Attention in $\mathcal{O}(n \log n)$"),
        (r"Sets \(\left\{x\right\}\)", r"Sets $\left\lbrace x\right\rbrace $"),
        (r"$p < 0.01$, 5\% off", r"$p < 0.01$, 5\% off"),
        (r"{BERT} and Erd\H{o}s", "BERT and Erdős"),
        ("50% of A & B_1 #2", r"50\% of A \& B\_1 \#2"),
        (
            "Brush {{ }}",
            r"Brush \textbraceleft{}\textbraceleft{} \textbraceright{}\textbraceright{}",
        ),
        (r"Run $\write18{x}$", "Run write18x"),
        (r"Run $\input{x}$", r"Run \$\textbackslash{}inputx\$"),
        (r"Run $^^5c$", r"Run \textasciicircum{}\textasciicircum{}5c"),
        ("书法 Models", "书法 Models"),
    ],
)
def test_a_title_keeps_its_mathematics_and_loses_its_commands(title: str, written: str) -> None:
    assert entry(record(title=title)).fields["title"] == f"{{{written}}}"


def check_bibtex(text: str) -> None:
    paper = record(title=text, authors=(text, "Ada Example"), journal=text, doi=text)
    written = bibtex(paper)

    assert braces(written) == 0
    found = entry(paper)
    assert set(found.fields) <= {
        "title", "journal", "year", "month", "eprint", "archiveprefix", "archivePrefix",
        "primaryclass", "primaryClass", "version", "doi", "url",
    }  # fmt: skip
    assert len(found.persons["author"]) in {1, 2}
    # Whatever still has a backslash is ours, or sets mathematics.
    assert not re.search(r"\\(?:input|write|catcode|def|csname|read|open|include)", written)
    assert "^^" not in written


def check_ris(text: str) -> None:
    lines = ris(record(title=text, authors=(text,), journal=text, doi=text)).split("\r\n")

    assert all(re.match(r"[A-Z]{2}  - ", line) for line in lines[:-1])
    assert [line for line in lines if line.startswith(("TY", "ER"))] == [lines[0], "ER  - "]
    assert all(len(line.splitlines()) <= 1 for line in lines)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_its_field(text: str) -> None:
    check_bibtex(text)
    check_ris(text)


@STEADY
@given(st.text(st.sampled_from("\\{}$%^~@,\"'#&_ \nandABab1{}$\\"), max_size=40))
def test_no_mixture_of_signs_breaks_out_of_its_field(text: str) -> None:
    check_bibtex(text)
    check_ris(text)


def cited(posts: Library, *, papers: bool) -> dict[str, bytes]:
    """The files of citations of a site."""
    settings = SiteSettings(title="Digests", papers=papers)
    return {
        path: file
        for unit in making.units(posts, Templates(), settings, lambda _: "")
        for path, file in unit.make().items()
        if path.endswith((".bib", ".ris"))
    }


def test_every_paper_and_every_topic_with_papers_has_both_files() -> None:
    posts = library(
        digest("2024-09-24", ledger_entry("2409.00001", version=1)),
        digest("2024-09-30", ledger_entry("2409.00001", version=2), ledger_entry("hep-th/9901001")),
        foreign("2024-01-02-note", "# Note"),
    )

    made = cited(posts, papers=True)

    assert set(made) == {
        f"{stem}.{kind}"
        for stem in (
            "papers/2409.00001/paper",
            "papers/hep-th/9901001/paper",
            "topics/diffusion-models/papers",
        )
        for kind in ("bib", "ris")
    }
    topic = parse_string(made["topics/diffusion-models/papers.bib"].decode(), "bibtex")
    assert {key: found.fields["version"] for key, found in topic.entries.items()} == {
        "arXiv:2409.00001": "2",
        "arXiv:hep-th/9901001": "1",
    }
    assert len(rispy.loads(made["topics/diffusion-models/papers.ris"].decode())) == 2


def test_a_site_without_pages_of_papers_cites_whole_topics_only() -> None:
    posts = library(digest("2024-09-24", ledger_entry()))

    assert set(cited(posts, papers=False)) == {
        "topics/diffusion-models/papers.bib",
        "topics/diffusion-models/papers.ris",
    }
