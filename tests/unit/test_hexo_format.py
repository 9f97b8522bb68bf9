import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digestgen.formats.hexo import Hexo, create, names
from digestgen.formats.labels import EN, LABELS, ZH
from digestgen.model import (
    Author,
    Digest,
    Entry,
    Evidence,
    Link,
    Note,
    Paper,
    Provenance,
    Published,
    Skip,
    Statement,
)
from digestgen.ports import OutputFormat
from digestgen.post import Post
from digestgen.templating import Templates
from tests.builders import DAY, NOON, WINDOW, ledger_entry, paper, picture, quote, summary, topic
from tests.lent import tools


def digest(*entries: Entry | Published, skipped: tuple[Skip, ...] = (), **of_topic: Any) -> Digest:
    return Digest(
        topic=topic(**{"name": "Diffusion Models", "lang": "en", **of_topic}),
        day=DAY,
        window=WINDOW,
        entries=entries,
        skipped=skipped,
    )


def entry(of: Paper | None = None, **parts: object) -> Entry:
    return Entry(paper=of or paper(), summary=summary(**parts))


def render(
    *entries: Entry | Published,
    skipped: tuple[Skip, ...] = (),
    with_cover: bool = False,
    **of_topic: Any,
) -> Post:
    rendered = digest(*entries, skipped=skipped, **of_topic)
    return Hexo(render_template=Templates().markdown, with_cover=with_cover).render(rendered)


def block(of: Entry, **of_topic: Any) -> str:
    return render(of, **of_topic).blocks[0].text


def with_settings(**options: Any) -> Mapping[str, object]:
    return Hexo(render_template=Templates().markdown, **options).render(digest(entry())).meta


def test_the_factory_makes_an_output_format() -> None:
    made = create(
        {"categories": ("A",), "front_matter": {"author": "B"}}, tools(render=Templates().markdown)
    )

    assert isinstance(made, OutputFormat)
    assert made.render(digest(entry())).meta["author"] == "B"


def test_front_matter_has_its_keys_in_order() -> None:
    meta = render(entry()).meta

    assert list(meta) == [
        "title",
        "date",
        "categories",
        "tags",
        "description",
        "mathjax",
        "toc_number",
        "toc_expand",
        "disableNunjucks",
    ]
    assert meta["date"] == NOON
    assert meta["tags"] == ["Diffusion Models"]


def test_two_categories_stand_side_by_side() -> None:
    assert with_settings(categories=("A",))["categories"] == ["A"]
    assert with_settings(categories=("A", "B"))["categories"] == [["A"], ["B"]]


def test_the_users_keys_are_added_but_cannot_make_the_build_unsafe() -> None:
    meta = with_settings(front_matter={"author": "A", "toc_number": True, "disableNunjucks": False})

    assert meta["author"] == "A"
    assert meta["toc_number"] is True
    assert meta["disableNunjucks"] is True


def test_a_title_is_plain_text() -> None:
    assert render(entry(), name=r"The $\alpha$ of <script>\x").meta["title"] == "The α of ‹script›x"


def test_no_two_tags_share_an_address() -> None:
    assert names(["C", "C++", "C#", "c", "R&D", "", "!"]) == [
        "C",
        "C plus plus",
        "C sharp",
        "R and D",
    ]


def test_the_description_counts_and_quotes_without_markup() -> None:
    gist = 'We beat $x < 1$ by \\emph{far} & "more" {{ x }}.'
    description = render(entry(gist=quote(gist))).meta["description"]

    assert description == (
        "Diffusion Models, 2024-09-24. Papers: 1. We beat x ‹ 1 by far ＆ 'more' x ."
    )


def test_a_long_description_ends_between_words() -> None:
    description = str(render(entry(gist=quote("word " * 100 + "end."))).meta["description"])

    assert description.endswith(" word…")
    assert len(description) <= 241


def test_the_disclaimer_says_how_every_block_was_made() -> None:
    model = Provenance(method="llm", fingerprint="llm-1", input="full", model="small-model")
    old = Published(ledger=ledger_entry("1", by="extractive/abstract"), block="## Old")
    head = render(entry(written_by=model), old).head

    assert "small-model wrote from the papers' full texts" in head
    assert "only quotes sentences of the papers' abstracts and metadata" in head
    assert "no substitute for reading" in head
    assert "[digestgen](https://github.com/digestgen/digestgen)" in head


def test_quotes_are_not_called_a_models_words() -> None:
    assert "wrote" not in render(entry()).head


def test_the_overview_links_down_to_every_paper() -> None:
    old = Published(ledger=ledger_entry("quant-ph/0201082", title="Old $x^2$"), block="## Old")
    head = render(entry(paper("2409.00001")), old).head

    assert "1. [A Filter for Noise 2409.00001](#paper-2409-00001)\n   We propose a filter." in head
    assert r"2. [Old $x\^2$](#paper-quant-ph-0201082)" in head


def test_new_versions_are_counted_and_marked() -> None:
    updated = paper(version=3, updated=datetime(2024, 9, 23, tzinfo=UTC))

    assert "**Papers: 1, of which revised: 1**" in render(entry(updated)).head
    assert "update: v3, revised 2024-09-23; first submitted 2024-09-20" in block(entry(updated))


def test_a_published_block_is_carried_over_as_it_is() -> None:
    old = Published(ledger=ledger_entry(), block="## Old\n\n{{ raw }}  \ttext")

    assert render(old).blocks[0].text == old.block
    assert render(old).blocks[0].ledger == old.ledger


def test_the_ledger_remembers_paper_and_gist_as_written() -> None:
    ledger = render(entry(paper(title="On $x$", version=2))).blocks[0].ledger

    assert (ledger.title, ledger.version, ledger.gist) == ("On $x$", 2, "We propose a filter.")
    assert (ledger.by, ledger.fingerprint) == ("extractive/abstract", "test-1")


def test_authors_after_the_twentieth_are_folded() -> None:
    many = tuple(Author(name=f"Author {n}") for n in range(1, 24))
    text = block(entry(paper(authors=many)))

    assert "Author 20\n  <details>\n  <summary>More authors (3)</summary>\n  Author 21, " in text
    assert "first author Author 1, 23 in all" in text


def test_the_dollars_of_two_names_make_no_formula_of_what_is_between() -> None:
    rich = tuple(
        Author(name=f"A$AP {n}", affiliations=(f"Ca$h {n}", f"Ba$h {n}")) for n in range(1, 24)
    )
    wealthy = paper(authors=rich, categories=("q-fin$", "e$on"))
    text = block(entry(wealthy, keywords=("ca$h", "$ign")))

    names = [name for author in rich for name in (author.name, *author.affiliations)]
    for name in (*names, "q-fin$", "e$on", "ca$h", "$ign"):
        shown = name.replace("$", "<span>$</span>")
        assert shown in text or shown.replace("-", r"\-") in text
    assert "$" not in text.replace("<span>$</span>", "")


def test_each_affiliation_stands_once() -> None:
    authors = (
        Author(name="A", affiliations=("Here", "There")),
        Author(name="B", affiliations=("There",)),
    )

    assert "- **Affiliations**: Here; There\n" in block(entry(paper(authors=authors)))


def test_links_have_names_above_and_addresses_below() -> None:
    links = (
        Link(kind="abstract", url="https://arxiv.org/abs/2409.00001v1"),
        Link(kind="pdf", url="https://arxiv.org/pdf/2409.00001v1"),
        Link(kind="code", url="https://example.org/code"),
    )
    text = block(entry(paper(links=links)))

    assert "[arXiv:2409.00001v1](https://arxiv.org/abs/2409.00001v1)" in text
    assert "· [PDF](https://arxiv.org/pdf/2409.00001v1) · [Code](https://example.org/code)" in text
    assert "<https://arxiv.org/abs/2409.00001v1>, <https://example.org/code>" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("depth", ["abstract", "full"])
def test_an_empty_part_says_what_does_not_state_it(lang: str, depth: str) -> None:
    made = Provenance(method="extractive", fingerprint="test-1", input=depth)  # type: ignore[arg-type]
    text = block(entry(written_by=made, keywords=(), takeaways=()), lang=lang)
    missing = {"zh": ZH, "en": EN}[lang].not_stated[made.input]

    # Keywords, takeaways, three parts of the summary, methods, four parts of the conclusion.
    assert text.count(missing) == 10


def test_no_heading_but_the_papers_title_is_in_a_block() -> None:
    text = block(entry(paper(title="# One", abstract="## Two\n# Three")))

    assert re.findall(r"^#+ .*", text, re.MULTILINE) == [r"## \# One"]


def test_each_source_sentence_is_listed_once_with_what_rests_on_it() -> None:
    text = block(entry(methods=(quote("We propose", 1),), background=(quote("Noise.", 0),)))

    assert "<summary>Evidence (3)</summary>" in text
    assert "1. abstract, sentence 1: Noise. (carries: Background)" in text
    assert (
        "abstract, sentence 2: We propose a filter. (carries: Summary, Key Takeaways 1, "
        "Proposed method)" in text
    )


def test_evidence_names_section_and_page() -> None:
    source = Evidence(sentence="We measure it.", where="Results", page=4, index=2)
    statement = Statement(text="We measure it.", evidence=(source,))

    assert 'section "Results", page 4, sentence 3: We measure it.' in block(
        entry(performance=(statement,))
    )


def test_a_shortened_quote_is_marked() -> None:
    source = Evidence(sentence="We, as said, measure it.", where="abstract")
    statement = Statement(text="We measure it.", evidence=(source,), shortened=True)

    assert "We measure it. (shortened)" in block(entry(performance=(statement,)))


@pytest.mark.parametrize(
    ("text", "said"),
    [("we measure it.", "We measure it."), ("nnU-Net measures it.", "nnU-Net measures it.")],
)
def test_a_quote_that_lost_its_beginning_begins_with_a_capital(text: str, said: str) -> None:
    source = Evidence(sentence=f"In this paper, {text}", where="abstract", index=0)
    gist = Statement(text=text, evidence=(source,), shortened=True)
    post = render(entry(gist=gist))

    assert f"{said} (shortened)" in post.blocks[0].text
    assert post.blocks[0].ledger.gist == said


def test_a_gallery_is_written_only_when_there_are_pictures(tmp_path: Path) -> None:
    shown = picture(tmp_path, "a.webp", caption='Figure 1: "a<b" at $x_i$.', alt="a<b at $x_i$")
    post = render(Entry(paper=paper(), summary=summary(), pictures=(shown,)))

    assert "<figure" not in block(entry())
    assert [(asset.name, asset.source) for asset in post.assets] == [("a.webp", shown.image)]
    assert post.blocks[0].ledger.pictures == ("a.webp",)
    assert (
        "<details>\n<summary>Figures (1)</summary>\n"
        '<div style="display:grid;'
        'grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:20px 12px">\n'
        '<figure style="margin:0"><img src="a.webp" '
        'alt="a&lt;\u2060b at x_i" loading="lazy" width="300" height="125" '
        'style="width:100%;height:auto;max-height:420px;object-fit:contain">'
        "<figcaption>Figure 1: &quot;a&lt;b&quot; at $x_i$.</figcaption></figure>\n"
        "</div>\n"
    ) in post.blocks[0].text


def test_a_large_picture_comes_with_a_small_one_for_the_browser_to_choose(tmp_path: Path) -> None:
    shown = picture(
        tmp_path,
        "a.webp",
        width=1200,
        thumbnail_name="a-small.webp",
        thumbnail=tmp_path / "a.webp",
        thumbnail_width=400,
    )
    post = render(Entry(paper=paper(), summary=summary(), pictures=(shown,)))

    assert [asset.name for asset in post.assets] == ["a.webp", "a-small.webp"]
    assert post.blocks[0].ledger.pictures == ("a.webp", "a-small.webp")
    assert ' srcset="a-small.webp 400w, a.webp 1200w" sizes="' in post.blocks[0].text


@pytest.mark.parametrize(
    ("authors", "licence", "said"),
    [
        (1, "", 'Author 1 · <a href="https://arxiv.org/abs/2409.00001v1">arXiv:2409.00001v1</a>'),
        (4, "", "Author 1, Author 2, Author 3 et al. · <a"),
        (
            1,
            "http://creativecommons.org/licenses/by-sa/4.0/",
            '</a> · <a href="http://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a>',
        ),
        (1, "javascript:alert(1)", "v1</a></small>"),
    ],
)
def test_a_gallery_says_whose_pictures_it_shows(
    authors: int, licence: str, said: str, tmp_path: Path
) -> None:
    shown = paper(
        authors=tuple(Author(name=f"Author {number}") for number in range(1, authors + 1)),
        licence=licence,
        links=(Link(kind="abstract", url="https://arxiv.org/abs/2409.00001v1"),),
    )
    text = block(Entry(paper=shown, summary=summary(), pictures=(picture(tmp_path),)))

    assert said in text.partition("Cut from the PDF: ")[2].partition("</p>")[0]


def test_the_first_picture_of_the_post_is_its_cover_when_that_is_wanted(tmp_path: Path) -> None:
    old = Published(ledger=ledger_entry("9", pictures=("old.webp",)), block="## Old")
    new = Entry(paper=paper(), summary=summary(), pictures=(picture(tmp_path, "new.webp"),))

    assert "cover" not in render(new, old).meta
    assert render(new, old, with_cover=True).meta["cover"] == "new.webp"
    assert render(entry(), old, with_cover=True).meta["cover"] == "old.webp"
    assert "cover" not in render(entry(), with_cover=True).meta


def test_a_letter_that_the_pdf_does_not_give_is_shown_as_a_box(tmp_path: Path) -> None:
    shown = picture(tmp_path, caption="Figure 1: \ufffd-optimal.", alt="\ufffd-optimal")
    text = block(Entry(paper=paper(), summary=summary(), pictures=(shown,)))

    assert "\ufffd" not in text
    assert text.count("□-optimal") == 2


def test_the_ledger_remembers_that_a_server_kept_something_back() -> None:
    notes = (Note(kind="hidden text", detail="1"), Note(kind="pdf unavailable"))
    post = render(Entry(paper=paper(), summary=summary(), notes=notes), entry(paper("2")))

    assert [block.ledger.incomplete for block in post.blocks] == [True, False]


def test_where_pictures_are_withheld_there_is_a_link_to_the_paper() -> None:
    shown = paper(links=(Link(kind="abstract", url="https://arxiv.org/abs/2409.00001v1"),))
    note = Note(kind="pictures withheld", detail="arXiv licence")
    text = block(Entry(paper=shown, summary=summary(), notes=(note,)))

    [line] = [line for line in text.splitlines() if "the licence (arXiv licence)" in line]
    assert line.endswith("](https://arxiv.org/abs/2409.00001v1)")


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            Note(kind="no pdf", detail="the server has none (404)"),
            "no PDF of it, so only the abstract was read (the server has none (404))",
        ),
        (
            Note(kind="pdf unavailable", detail="127.0.0.1:1: answered 503 (tries: 4)"),
            "its PDF could not be had, so only the abstract was read\n",
        ),
        (
            Note(kind="pdf unreadable", detail="the PDF is damaged"),
            "its PDF cannot be read, so only the abstract was (the PDF is damaged)",
        ),
        (
            Note(kind="licence unavailable"),
            "because the licence could not be asked for; see them in the paper",
        ),
        (Note(kind="hidden text", detail="3"), "does not see, left out (places: 3)"),
        (Note(kind="pictures withheld"), "because the licence (unknown) does not allow it"),
    ],
)
def test_a_note_is_told_in_the_language_of_the_post(note: Note, said: str) -> None:
    text = block(Entry(paper=paper(), summary=summary(), notes=(note,)))

    assert said in text


def test_skipped_papers_stand_folded_at_the_end_with_their_reasons() -> None:
    skip = Skip(id="2409.00002", stage="summary", reason="the abstract is empty")

    assert render(entry()).tail == ""
    assert "- 2409.00002: the abstract is empty (summary)" in render(entry(), skipped=(skip,)).tail


def test_a_paper_with_nothing_but_its_abstract_can_be_shown() -> None:
    bare = paper(authors=(), categories=(), title="T")

    assert "not in the metadata" in block(entry(bare))


def test_hostile_text_comes_out_as_text_everywhere() -> None:
    evil = "{{ x }}<script>\n# *a* {% raw %}"
    hostile = paper(
        title=evil,
        abstract=evil,
        authors=(Author(name=evil, affiliations=(evil,)),),
        comment=evil,
        journal_ref=evil,
        categories=(evil,),
        links=(Link(kind="code", url=f"https://example.org/{evil}"),),
    )
    post = render(
        Entry(
            paper=hostile,
            summary=summary(keywords=(evil,), gist=quote(evil)),
            notes=(Note(kind="no pdf", detail=evil),),
        ),
        skipped=(Skip(id=evil, stage="fetch", reason=evil),),
    )
    text = "\n".join([post.head, *(part.text for part in post.blocks), post.tail])

    assert not re.search(r"\{[{%#]|[}%#]\}|<script|^# ", text, re.MULTILINE)


def test_equal_digests_give_equal_posts() -> None:
    assert render(entry(), entry(paper("2"))) == render(entry(), entry(paper("2")))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_label_is_there_in_every_language(lang: str) -> None:
    labels = LABELS[lang]  # type: ignore[index]
    values = [getattr(labels, field.name) for field in fields(labels)]

    assert all(values)
    assert all(
        set(getattr(labels, f.name)) == set(getattr(ZH, f.name))
        for f in fields(labels)
        if isinstance(getattr(labels, f.name), Mapping)
    )


def test_labels_ask_for_the_same_things_in_every_language() -> None:
    def blanks(value: object) -> list[str]:
        return sorted(re.findall(r"\{\w+\}", str(value)))

    assert [
        f.name for f in fields(ZH) if blanks(getattr(ZH, f.name)) != blanks(getattr(EN, f.name))
    ] == []


def test_a_summary_that_names_its_model_says_so_in_the_provenance() -> None:
    made = Provenance(method="llm", fingerprint="llm-9", input="full", model="small-model")
    text = block(entry(written_by=made))

    assert "Made by: small-model (llm-9), from full text, 2024-09-24</p>" in text
