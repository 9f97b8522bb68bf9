"""The blocks of papers are cut into pieces by their structure, and nothing is lost."""

import re
from pathlib import Path

import pytest

from digestgen import markdown
from digestgen.content import front_matter
from digestgen.formats.hexo import Hexo
from digestgen.model import Author, Digest, Entry, Evidence, Lang, Note, Skip
from digestgen.model import Statement as ModelStatement
from digestgen.site.blocks import Block, Body, Whole, cut
from digestgen.site.pieces import Statement
from digestgen.templating import Templates
from tests.builders import DAY, WINDOW, paper, picture, summary, topic
from tests.growth import is_in_proportion
from tests.unit.site_posts import body_of, texts_missing

SAMPLE = Path(__file__).parents[2] / "content" / "posts" / "2024-09-24-diffusion-models.md"
SENTENCES = ("Noise is everywhere.", "We propose a filter.", "It removes 93.4 % of it.")


def stated(*places: int, where: str = "abstract") -> ModelStatement:
    """A statement that rests on these sentences."""
    sources = tuple(
        Evidence(sentence=SENTENCES[place], where=where, index=place) for place in places
    )
    return ModelStatement(text=SENTENCES[places[0]], evidence=sources)


def digest(*entries: Entry, lang: Lang = "zh", skipped: tuple[Skip, ...] = ()) -> str:
    """The body of a post as Hexo gets it."""
    made = Digest(topic=topic(lang=lang), day=DAY, window=WINDOW, entries=entries, skipped=skipped)
    return body_of(Hexo(render_template=Templates().markdown).render(made))


def full(folder: Path) -> Entry:
    """A paper with everything that a block can have."""
    return Entry(
        paper=paper(
            "2409.00001",
            authors=tuple(Author(name=f"Ada Example {n}") for n in range(24)),
            comment="12 pages: 3 figures",
        ),
        summary=summary(
            gist=stated(1),
            takeaways=(stated(2), stated(0, 2)),
            background=(stated(0),),
            methods=(stated(1), stated(2, where="2 Method: (a)")),
            performance=(stated(2),),
        ),
        pictures=(picture(folder), picture(folder, "2409-00001-figure-2.webp")),
        notes=(Note(kind="no pdf", detail="404"),),
    )


def block_of(body: str, lang: Lang = "zh") -> Block:
    (found,) = cut(markdown.render(body).html, lang=lang).blocks
    assert isinstance(found, Block)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_statement_names_the_sentences_that_carry_it(lang: Lang, tmp_path: Path) -> None:
    block = block_of(digest(full(tmp_path), lang=lang), lang)
    sources = [source.html for source in block.evidence.sources]

    def carried(statement: Statement | None) -> list[str]:
        assert statement
        numbers = re.findall(r'href="#e_2409-00001_(\d+)"', statement.marks)
        return [sources[int(number) - 1] for number in numbers]

    (gist,) = block.gist.statements
    assert carried(gist) == ["We propose a filter."]
    assert list(map(carried, block.takeaways.statements)) == [
        ["It removes 93.4 % of it."],
        ["Noise is everywhere.", "It removes 93.4 % of it."],
    ]
    summary_part, methods, conclusion = block.parts.findings
    assert carried(summary_part.parts[0].text) == ["Noise is everywhere."]
    assert list(map(carried, methods.steps)) == [
        ["We propose a filter."],
        ["It removes 93.4 % of it."],
    ]
    performance = conclusion.parts[1].parts[1].text
    assert carried(performance) == ["It removes 93.4 % of it."]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pieces_of_a_block_are_told_apart(lang: Lang, tmp_path: Path) -> None:
    block = block_of(digest(full(tmp_path), lang=lang), lang)

    assert block.name == "2409-00001"
    assert block.title.html == "A Filter for Noise 2409.00001"
    assert [len(block.facts), len(block.parts.metadata), len(block.parts.findings)] == [6, 5, 3]
    assert block.gallery
    assert [figure.src for figure in block.gallery.figures] == [
        "2409-00001-figure-1.webp",
        "2409-00001-figure-2.webp",
    ]
    assert block.evidence.sources[0].place.startswith({"zh": "摘要", "en": "abstract"}[lang])


def test_a_quote_in_another_language_is_marked_as_that(tmp_path: Path) -> None:
    chinese, english = (block_of(digest(full(tmp_path), lang=lang), lang) for lang in ("zh", "en"))

    assert chinese.abstract.statements[0].lang == ' lang="en"'
    assert english.abstract.statements[0].lang == ""


def test_what_stands_before_and_behind_the_papers_is_kept_apart(tmp_path: Path) -> None:
    skip = Skip(id="2409.00004", stage="summary", reason="the abstract is empty")
    body = cut(markdown.render(digest(full(tmp_path), skipped=(skip,))).html, lang="zh")

    assert "digestgen" in body.opening
    assert [paper.lang for paper in body.overview] == [' lang="en"']
    assert "2409.00004" in body.closing


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**要点**", "**要点** 和我的话"),
        ("**一句话总结**\n", "我插的一段话。\n\n**一句话总结**\n"),
        ("1. **标题**", "1. 标题"),
        ("5. **链接**：元数据中未提供\n", ""),
        ("(用于：", "（用于："),
        ("</figcaption></figure>\n</div>", "</figcaption></figure>\n<p>我的图</p></div>"),
        ("生成方式", "</p>\n\n我的评论\n\n<p>生成方式"),
        ("## A Filter", "### A Filter"),
    ],
)
def test_a_block_that_a_person_changed_stays_whole(old: str, new: str, tmp_path: Path) -> None:
    body = digest(full(tmp_path))
    assert old in body

    (block,) = cut(markdown.render(body.replace(old, new)).html, lang="zh").blocks

    assert isinstance(block, Whole)
    assert texts_missing(body.replace(old, new)) == []


def test_a_post_by_somebody_else_is_shown_as_it_stands() -> None:
    html = markdown.render("# Notes\n\n1. **a**: b\n\n<details>\n<p>c</p></details>").html

    assert cut(html, lang="en") == Body(opening=html)  # type: ignore[arg-type]  # equal texts


def test_anchors_inside_of_something_else_cut_nothing() -> None:
    html = markdown.render('> <div id="paper-1"></div>\n>\n> ## a\n\nb').html

    assert cut(html, lang="en").blocks == ()


def test_all_text_of_the_sample_is_in_its_page() -> None:
    body = front_matter.split(SAMPLE.read_text(encoding="utf-8")).body
    cut_body = cut(markdown.render(body).html, lang="zh")

    assert [type(block) for block in cut_body.blocks] == [Block] * 8
    assert texts_missing(body) == []


def test_cutting_takes_time_in_proportion_to_the_lists_in_it() -> None:
    def nested(count: int) -> str:
        lists = "<ul><li>a" * count + "</li></ul>" * count
        return f'<div id="paper-1"></div>\n<h2 id="a">a</h2>\n<ul>{lists}</ul>'

    assert is_in_proportion(lambda text: cut(nested(len(text)), lang="en"), "x")
