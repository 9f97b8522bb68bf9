"""A whole post, byte for byte. ``--update-golden`` writes it anew; read the difference then."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digestgen.content.posts import compose
from digestgen.formats.hexo import Hexo
from digestgen.model import (
    Author,
    Digest,
    Entry,
    Evidence,
    Lang,
    Link,
    Note,
    Picture,
    Provenance,
    Published,
    Skip,
    Statement,
)
from digestgen.templating import Templates
from tests.builders import DAY, WINDOW, ledger, ledger_entry, paper, summary, topic

HERE = Path(__file__).parent / "hexo"
SENTENCES = (
    "Noise is $\\mathcal{N}(0, \\sigma^2)$ and costs $5 a day.",
    "We propose \\emph{Filter}, which maps {{x}} to $\\{y_i\\}$ in 1--2 steps.",
    "It removes 93.4\\% of <noise> & more than C# does.",
)


def quote(index: int, text: str = "", *, shortened: bool = False) -> Statement:
    source = Evidence(sentence=SENTENCES[index], where="abstract", index=index)
    return Statement(text=text or source.sentence, evidence=(source,), shortened=shortened)


def quoted() -> Entry:
    """A paper with mathematics, money and markup in it, quoted from its abstract."""
    comment = Evidence(sentence="12 pages, 5 figures", where="comment")
    return Entry(
        paper=paper(
            "2409.00001",
            title="A $\\sqrt{2}$-Filter for {{Noise}}: C# & <b>",
            abstract=" ".join(SENTENCES),
            authors=(
                Author(name="Ada Example", affiliations=("First Institute",)),
                Author(name="样例作者", affiliations=("Second Institute", "First Institute")),
            ),
            categories=("cs.CV", "stat.ML"),
            comment=comment.sentence,
            licence="http://creativecommons.org/licenses/by/4.0/",
            venue="Noise Conference 2024",
            links=(
                Link(kind="abstract", url="https://arxiv.org/abs/2409.00001v1"),
                Link(kind="pdf", url="https://arxiv.org/pdf/2409.00001v1"),
                Link(kind="code", url="https://example.org/code_(v1)"),
            ),
        ),
        summary=summary(
            gist=quote(1),
            takeaways=(quote(2), quote(0)),
            keywords=("noise", "C#"),
            background=(quote(0),),
            proposed_method=(quote(1),),
            methods=(quote(1, "We propose \\emph{Filter}"),),
            performance=(quote(2, "It removes 93.4\\% of <noise>.", shortened=True),),
            workload=(Statement(text="12 pages, 5 figures", evidence=(comment,)),),
        ),
        pictures=(
            Picture(
                kind="figure",
                label="1",
                caption="Figure 1: the filter at $x_i < 1$.",
                alt="Figure 1: the filter at $x_i < 1$.",
                page=2,
                file_name="2409-00001-figure-1.webp",
                image=Path("1.webp"),
                width=1200,
                height=500,
                thumbnail_name="2409-00001-figure-1-small.webp",
                thumbnail=Path("1-small.webp"),
                thumbnail_width=400,
            ),
            Picture(
                kind="table",
                label="I",
                caption="TABLE I. {{Noise}} left over.",
                alt="TABLE I. {{Noise}} left over.",
                page=3,
                file_name="2409-00001-table-i.webp",
                image=Path("2.webp"),
                width=320,
                height=90,
            ),
        ),
        notes=(Note(kind="hidden text", detail="2"),),
    )


def generated() -> Entry:
    """A second version by many authors, summarised by a model from the full text."""
    source = Evidence(sentence="We filter noise.", where="Method", page=3, index=0)
    statement = Statement(text="它滤除噪声。", evidence=(source,), kind="generated")
    return Entry(
        paper=paper(
            "2409.00002",
            version=2,
            authors=tuple(Author(name=f"Sample Author {n}") for n in range(1, 23)),
            updated=datetime(2024, 9, 23, tzinfo=UTC),
        ),
        summary=summary(
            gist=statement,
            takeaways=(statement,),
            proposed_method=(statement,),
            methods=(),
            written_by=Provenance(
                method="llm", fingerprint="llm-1", input="full", model="small-model"
            ),
        ),
        notes=(
            Note(kind="no pdf", detail="the server has none (404)"),
            Note(kind="pictures withheld"),
        ),
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_whole_post_is_what_it_was(lang: Lang, is_golden: Callable[[Path, str], bool]) -> None:
    old = Published(ledger=ledger_entry("2409.00003"), block="## An old block\n\nAs it was.")
    digest = Digest(
        topic=topic(lang=lang),
        day=DAY,
        window=WINDOW,
        entries=(quoted(), generated(), old),
        skipped=(Skip(id="2409.00004", stage="summary", reason="the abstract is empty"),),
    )

    post = Hexo(render_template=Templates().markdown).render(digest)
    record = ledger(
        lang=lang,
        papers=tuple(block.ledger for block in post.blocks),
        updated=datetime(2024, 9, 24, 10, 30, tzinfo=UTC),
    )
    text = compose(post, record, updated=datetime(2024, 9, 24, 18, 30))

    assert is_golden(HERE / f"{lang}.md", text)
