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
from digestgen.templating import Html, Templates
from tests.builders import DAY, WINDOW, paper, picture, summary, topic
from tests.growth import is_in_proportion
from tests.unit.page_faults import addresses, faults
from tests.unit.site_posts import body_of, site, texts_missing
from tests.unit.site_posts import digest as site_digest

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


def statements(html: str) -> list[tuple[str, list[str]]]:
    """The passages of a piece without inner lists, each with the numbers of its evidence."""
    passages: list[str] = re.findall(r"<(?:p|li|dd)[^>]*>((?!<[od]l)[^\n]*)</(?:p|li|dd)>", html)
    return [
        (
            re.sub("<a class=.*", "", passage),
            re.findall(r'<a class="evidence"[^>]* href="#e_2409-00001_(\d+)">\1</a>', passage),
        )
        for passage in passages
    ]


def block_of(body: str, lang: Lang = "zh") -> Block:
    (found,) = cut(body, lang=lang).blocks
    assert isinstance(found, Block)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_statement_names_the_sentences_that_carry_it(lang: Lang, tmp_path: Path) -> None:
    block = block_of(digest(full(tmp_path), lang=lang), lang)
    sources = dict(
        re.findall(r'<li id="e_2409-00001_(\d+)">.*?<q[^>]*>(.*?)</q>', block.evidence.html)
    )

    def carried(html: str) -> list[list[str]]:
        found = [[sources[number] for number in numbers] for _, numbers in statements(html)]
        return [sentences for sentences in found if sentences]

    assert carried(block.gist.html) == [["We propose a filter."]]
    assert carried(block.takeaways.html) == [
        ["It removes 93.4 % of it."],
        ["Noise is everywhere.", "It removes 93.4 % of it."],
    ]
    summary_part, methods, conclusion = block.findings
    assert statements(summary_part.html)[0][0] == "Noise is everywhere."
    assert carried(summary_part.html)[0] == ["Noise is everywhere."]
    assert carried(methods.html) == [["We propose a filter."], ["It removes 93.4 % of it."]]
    assert carried(conclusion.html) == [["It removes 93.4 % of it."]]
    performance = {"zh": "性能：", "en": "Performance:"}[lang]
    assert f"<dt>{performance}</dt>\n<dd>It removes" in conclusion.html.replace(' lang="en"', "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pieces_of_a_block_are_told_apart(lang: Lang, tmp_path: Path) -> None:
    block = block_of(digest(full(tmp_path), lang=lang), lang)

    assert block.name == "2409-00001"
    assert block.title.html == "A Filter for Noise 2409.00001"
    assert block.facts.count("<dt>") == 6
    assert block.metadata.html.count("<dt>") == block.metadata.label.count(" · ") + 1 == 5
    assert len(block.findings) == 3
    assert block.gallery
    assert [figure.src for figure in block.gallery.figures] == [
        "2409-00001-figure-1.webp",
        "2409-00001-figure-2.webp",
    ]
    place = {"zh": "摘要", "en": "abstract"}[lang]
    assert f'<li id="e_2409-00001_1"><span class="place">{place}' in block.evidence.html


def test_a_quote_in_another_language_is_marked_as_that(tmp_path: Path) -> None:
    chinese, english = (block_of(digest(full(tmp_path), lang=lang), lang) for lang in ("zh", "en"))

    assert chinese.abstract.html.startswith('<p lang="en">')
    assert english.abstract.html.startswith("<p>")


def test_what_stands_before_and_behind_the_papers_is_kept_apart(tmp_path: Path) -> None:
    skip = Skip(id="2409.00004", stage="summary", reason="the abstract is empty")
    body = cut(digest(full(tmp_path), skipped=(skip,)), lang="zh")

    assert "digestgen" in body.opening
    assert [paper.lang for paper in body.overview] == [' lang="en"']
    assert "2409.00004" in body.closing


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**要点**", "**要点** 和我的话"),
        ("**要点**", "**要**我的**点**"),
        ("**分项解读**", "**分项**我的**解读**"),
        ("**一句话总结**\n", "我插的一段话。\n\n**一句话总结**\n"),
        ("1. **标题**", "1. 标题"),
        ("5. **链接**：元数据中未提供\n", ""),
        ("(用于：", "（用于："),
        ("</figcaption></figure>\n</div>", "</figcaption></figure>\n<p>我的图</p></div>"),
        ("<figcaption>", "<b>勘误</b><figcaption>"),
        ("<figcaption>", '<img src="b.webp" alt="第二幅"><b>勘误</b><figcaption>'),
        ('<img src="2409', '<img title="提示" src="2409'),
        ('<img src="2409', '<img lang="en" src="2409'),
        ('<img src="2409', '<img src="./2409'),
        ('loading="lazy"', 'loading="lazy" sizes="300px，我的"'),
        ('loading="lazy"', 'loading="lazy" srcset="a.webp 4w, b.webp 9w"'),
        ("生成方式", "</p>\n\n我的评论\n\n<p>生成方式"),
        ("## A Filter", "### A Filter"),
        ("**链接**：元数据中未提供", "**链接** *元数据中未提供*"),
        ("**链接**：元数据中未提供", "**链接** 元数据中未提供"),
        ("**链接**：元数据中未提供", "<strong>a <strong>链接</strong> b</strong>：无"),
        ("**方法步骤**\n", "**方法步骤**\n   我的话\n"),
        ("(用于：", "<b>(用于：</b>"),
        ("</figcaption></figure>\n</div>", "</figcaption>我的话</figure>\n</div>"),
        ("</figcaption></figure>\n</div>", "</figcaption><br></figure>\n</div>"),
        (
            "</figcaption></figure>\n</div>",
            "</figcaption><figcaption>注</figcaption></figure>\n</div>",
        ),
        ("<p><small>截自", "<p>一</p></details>我的话<details>\n<p><small>截自"),
        ("1 句：Noise is everywhere. (用于：", "1 句：<em>Noise. (用于：</em><br>"),
        ('<div id="paper-2409-00001"></div>', '<div id="paper-2409-00001" title="我的"></div>'),
        ('<div id="paper-2409-00001"></div>', '<div id="paper-2409-00001">mine</div>'),
        ("**一句话总结**\n\n", "**一句话总结**\n\n1. "),
        ("1 句：Noise is everywhere. (", "1 句**：Noise is everywhere.** ("),
        ("1. 摘要、第 1 句：Noise is everywhere. (", "1. [摘要、第 1 句：Noise](b.html) ("),
        ('<img src="2409', '<img src="b.webp" src="2409'),
        ("## A Filter for Noise 2409.00001", "## [A Filter](b.html)"),
        ("**关键词**：noise", "**关键词**：<p>*noise*</p>"),
        ("8. **结论**", "9) **结论**"),
        ("   1. We propose a filter.", "   - We propose a filter."),
        ("     - **创新**", "     1. **创新**"),
        ("- **链接**：", "- 链接："),
    ],
)
def test_a_block_that_a_person_changed_stays_whole(old: str, new: str, tmp_path: Path) -> None:
    body = digest(full(tmp_path))
    assert old in body

    (block,) = cut(body.replace(old, new), lang="zh").blocks

    assert isinstance(block, Whole)
    assert texts_missing(body.replace(old, new)) == []


def two_papers(folder: Path) -> str:
    """A post with a second paper like the first."""
    opening, mark, block = digest(full(folder)).partition('<div id="paper-')
    second = (mark + block).replace("2409-00001", "2409-00002").replace("A Filter", "A Second")
    listed = "2. [A Second for Noise](#paper-2409-00002)\n   We propose.\n"
    return f"{opening.rstrip()}\n{listed}\n{mark}{block}\n{second}"


def page_of(body: str) -> str:
    """The page of a post."""
    (shown,) = (
        made.decode()
        for path, made in site(site_digest(body=body)).pages.items()
        if path.startswith("posts/")
    )
    return shown


def test_what_one_paper_leaves_open_ends_with_it(tmp_path: Path) -> None:
    body = two_papers(tmp_path)
    assert [type(block) for block in cut(body, lang="zh").blocks] == [Block] * 2
    assert faults(page_of(body)) == []

    for old, new in (
        ("1. It removes", '1. </i>c<a href="https://x.example">：x</a> It removes'),
        ("1. It removes", '1. </a>It<a href="https://x.example">'),
        ("1. It removes", "1. </s>It<s>"),
        ("1. It removes", "1. <s>It"),
        ("<figcaption>", "<figcaption></b>c<b>"),
        ("生成方式", "</small>c<small>"),
    ):
        first, mark, second = body.partition('<div id="paper-2409-00002')
        for left_open in (
            first.replace(old, new, 1) + mark + second,
            first + mark + second.replace(old, new, 1),
            body.replace(old, new),
        ):
            assert left_open != body
            assert faults(page_of(left_open)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('\n<div id="paper-2409-00002"', '\n <div id="paper-2409-00002"'),
        ('\n<div id="paper-2409-00002"', '\nx<div id="paper-2409-00002"'),
        ('<div id="paper-2409-00002"></div>', '<div id="paper-A B"></div>'),
        ("> 仅供", "<div id='paper-2409-00002'></div>\n\n> 仅供"),
        ("> 仅供", '<DIV ID="paper-2409-00002"></DIV>\n\n> 仅供'),
        ('<div id="paper-2409-00002"></div>', '<div id="paper-2409-00001"></div>'),
        ("**摘要**\n", "**摘要**\n\n<div>\n"),
        ("**摘要**\n", "[a]: b.html\n\n**摘要**\n"),
    ],
)
def test_papers_that_are_not_parted_clearly_are_shown_as_one(
    old: str, new: str, tmp_path: Path
) -> None:
    body = two_papers(tmp_path)
    assert old in body
    body = body.replace(old, new, 1)

    assert cut(body, lang="zh").blocks == ()
    assert faults(page_of(body)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[A Filter for Noise 2409.00001]", "[A](https://a.example/b) · [below]"),
        ("[A Filter for Noise 2409.00001]", "[A [x](https://a.example/b) c]"),
        ("[A Filter for Noise 2409.00001]", "[![A](https://a.example/b.png)]"),
        ("[A Filter for Noise 2409.00001]", "[A Filter \\]"),
        ("[A Filter for Noise 2409.00001]", "[A `Filter]"),
        ("   We propose a filter.\n", "   ===\n"),
        ("   We propose a filter.\n", "   <div>x</div>\n"),
        ("**本期共", "1. a list before it\n\n**本期共"),
        ("\n1. [A Filter", "\n1. a list before it\n\n1. [A Filter"),
    ],
)
def test_an_overview_that_a_person_changed_keeps_its_links(
    old: str, new: str, tmp_path: Path
) -> None:
    body = digest(full(tmp_path))
    assert old in body
    body = body.replace(old, new, 1)

    page = page_of(body)

    assert not addresses(markdown.render(body).html) - addresses(page)
    assert faults(page) == []
    assert texts_missing(body) == []


def test_headings_of_an_opening_have_their_plain_ids(tmp_path: Path) -> None:
    body = digest(full(tmp_path)).replace(
        "\n1. [A Filter", "\n## Notes\n\n1. a list\n\n1. [A Filter"
    )

    assert 'id="notes"' in cut(body, lang="zh").opening


@pytest.mark.parametrize("harm", ["\x00", "\x02", "\x03", "\x0c", "\x02\x03", "\uffff"])
def test_a_control_character_costs_a_page_nothing(harm: str, tmp_path: Path) -> None:
    body = harmed = digest(full(tmp_path))
    for text in ("A Filter for", "We propose", "It removes", "figcaption>", 'alt="', "**版本"):
        assert text in body
        harmed = harmed.replace(text, text + harm)

    assert page_of(harmed) == page_of(body)


def test_nobody_writes_the_mark_of_a_formula(tmp_path: Path) -> None:
    body = digest(full(tmp_path))

    forged, plain = (body.replace("We propose", it) for it in ("We \x02999\x03", "We 999"))

    assert page_of(forged) == page_of(plain) != page_of(body)


def test_a_post_that_was_saved_on_windows_has_the_same_page(tmp_path: Path) -> None:
    body = digest(full(tmp_path))

    assert page_of(body.replace("\n", "\r\n")) == page_of(body)


def test_no_line_takes_the_text_of_another(tmp_path: Path) -> None:
    two = "\n1. [a]: /u\n2. x</p>&NewLine;<p>y\n"
    body = re.sub(r"\n1\. It removes.*\n(?:2\. .*\n)*", two, digest(full(tmp_path)))
    assert two in body

    assert cut(body, lang="zh").blocks == ()  # a definition may count anywhere in a post
    assert texts_missing(body) == []


def test_a_post_by_somebody_else_is_shown_as_it_stands() -> None:
    body = "# Notes $x$\n\n1. **a**: b\n\n<details>\n<p>c</p></details>"
    rendered = markdown.render(body)

    assert cut(body, lang="en") == Body(opening=Html(rendered.html), headings=rendered.headings)


def test_anchors_inside_of_something_else_cut_nothing() -> None:
    body = '> <div id="paper-1"></div>\n>\n> ## a\n\nb'

    assert cut(body, lang="en").blocks == ()


def test_all_text_of_the_sample_is_in_its_page() -> None:
    body = front_matter.split(SAMPLE.read_text(encoding="utf-8")).body
    cut_body = cut(body, lang="zh")

    assert [type(block) for block in cut_body.blocks] == [Block] * 8
    assert texts_missing(body) == []


def test_parts_nested_without_end_stay_as_they_stand(tmp_path: Path) -> None:
    body = digest(full(tmp_path))
    part = "   - **(1) 研究背景**：Noise is everywhere.\n"
    assert part in body

    def nested(depth: int) -> Block | Whole:
        lists = "".join(f"{' ' * (3 + 2 * n)}- **a**\n" for n in range(depth))
        (block,) = cut(body.replace(part, lists + " " * 2 * depth + part), lang="zh").blocks
        return block

    assert isinstance(nested(3), Block)
    assert isinstance(nested(30), Whole)


def test_cutting_takes_time_in_proportion_to_the_lists_in_it(tmp_path: Path) -> None:
    body = digest(full(tmp_path))
    step = "   1. We propose a filter.\n"
    assert step in body

    def steps(count: int) -> Body:
        return cut(body.replace(step, step * count), lang="en")

    assert isinstance(steps(2).blocks[0], Block)
    assert is_in_proportion(lambda text: steps(len(text)), "x")


def test_evidence_takes_time_in_proportion_to_what_it_carries(tmp_path: Path) -> None:
    body = digest(full(tmp_path))

    def carrying(count: int) -> Body:
        return cut(body.replace("(用于：", "(用于：" + "要点 1、" * count, 1), lang="zh")

    assert isinstance(carrying(2).blocks[0], Block)
    assert is_in_proportion(lambda text: carrying(len(text)), "x")

    def with_colons(count: int) -> Body:
        return cut(body.replace("句：Noise is everywhere. (", "句：b (" + "：x" * count), lang="zh")

    assert is_in_proportion(lambda text: with_colons(len(text)), "x")


def test_evidence_of_a_name_goes_to_one_part(tmp_path: Path) -> None:
    body = digest(full(tmp_path))
    part = "     - **性能**：It removes 93.4 % of it.\n"
    assert part in body

    once, often = (block_of(body.replace(part, part * count)).findings[2].html for count in (1, 9))

    assert once.count("<a ") == often.count("<a ") == 1
