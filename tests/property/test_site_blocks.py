"""Whatever a post holds, its page shows all of its text."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from digestgen.formats.hexo import Hexo
from digestgen.model import Author, Digest, Entry, Evidence, Statement
from digestgen.site.blocks import Block, cut
from digestgen.templating import Templates
from digestgen.text import squeeze
from tests.builders import DAY, WINDOW, paper, summary, topic
from tests.property.test_escaping import TEXTS
from tests.unit.site_posts import body_of, texts_missing

STEADY = settings(derandomize=True, max_examples=60, deadline=None)
WORDS = TEXTS.map(squeeze).filter(bool)
TEMPLATES = Templates()


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    sentence = draw(WORDS)
    where = draw(st.sampled_from(["abstract", "comment"]) | WORDS)
    sources = (
        Evidence(sentence=sentence, where=where, index=0, page=draw(st.none() | st.just(2))),
        Evidence(sentence=draw(WORDS), where="abstract", index=1),
    )
    evidence = sources[: draw(st.integers(0, 2))]
    return Statement(text=draw(WORDS), evidence=evidence, kind="generated")


@st.composite
def bodies(draw: st.DrawFn) -> str:
    several = st.lists(statements(), max_size=3).map(tuple)
    entry = Entry(
        paper=replace(
            paper(title=draw(WORDS), abstract=draw(WORDS), comment=draw(WORDS)),
            authors=tuple(Author(name=name) for name in draw(st.lists(WORDS, max_size=3))),
        ),
        summary=summary(
            gist=draw(statements()),
            takeaways=draw(several),
            keywords=tuple(draw(st.lists(WORDS, max_size=2))),
            background=draw(several),
            methods=draw(several),
            workload=draw(several),
        ),
    )
    digest = Digest(
        topic=topic(lang=draw(st.sampled_from(["zh", "en"]))),
        day=DAY,
        window=WINDOW,
        entries=(entry,),
    )
    return body_of(Hexo(render_template=TEMPLATES.markdown).render(digest))


@given(bodies())
@STEADY
def test_a_generated_post_is_cut_and_its_page_shows_all_of_its_text(body: str) -> None:
    (block,) = cut(body, lang="zh").blocks

    assert isinstance(block, Block)
    assert texts_missing(body) == []


@given(bodies(), st.randoms(use_true_random=False))
@STEADY
def test_a_page_shows_all_text_of_a_post_whose_lines_were_mixed_up(
    body: str, chance: Random
) -> None:
    lines = body.split("\n")
    for _ in range(3):
        place, other = (chance.randrange(len(lines)) for _ in range(2))
        lines[place], lines[other] = lines[other], lines[place]

    assert texts_missing("\n".join(lines)) == []
