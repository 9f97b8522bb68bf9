"""What the trees look at has a name for each number, and says what it is called for."""

from digestgen.summarize import aspects
from digestgen.summarize.aspects import Passage
from digestgen.summarize.compression import Form, forms
from digestgen.summarize.features import NAMES, Described
from digestgen.summarize.vectors import Idf, Stems, cosine

IDF = Idf(rarity={"net": 1.0}, unknown=2.0)
SENTENCES = (
    "Nets are slow on maps.",
    "In this paper, we propose DriftNet, a net that learns to draw maps of the weather.",
    "It is fast.",
)
ROLES = ((1.0, 0.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0, 0.0))
DESCRIBED = Described(SENTENCES, "DriftNet: Learning to Draw Maps", ROLES, IDF)


def told(index: int, form: Form) -> dict[str, float]:
    return dict(zip(NAMES, DESCRIBED.row(index, form), strict=True))


def test_a_sentence_is_told_by_its_place_cues_title_and_roles() -> None:
    row = told(1, Form(SENTENCES[1]))

    assert (row["i"], row["from_end"], row["first_own"], row["head_first"]) == (1, 1, True, True)
    assert (row["c_propose"], row["c_weverb"], row["c_result"]) == (True, True, False)
    assert (row["r_objective"], row["rp_background"], row["rn_result"]) == (1.0, 1.0, 1.0)
    assert row["t_recall"] == 1.0


def test_a_form_is_told_by_what_is_left_of_it() -> None:
    opened = next(form for form in forms(SENTENCES[1]) if form.cuts == {"lead"})
    whole, left = told(1, Form(SENTENCES[1])), told(1, opened)

    assert (left["f_dropped"], left["f_we"], left["x_lead"]) == (3, True, True)
    assert (whole["f_dropped"], whole["x_any"]) == (0, False)
    assert left["length"] == whole["length"]


def test_words_without_meaning_make_no_vector() -> None:
    described = Described(("", "..."), "", ((0.0,) * 5,) * 2, IDF)

    assert len(described.row(1, Form("..."))) == len(NAMES)


def test_aspects_look_at_the_neighbours_across_passages() -> None:
    one = Passage("abstract", SENTENCES, DESCRIBED)
    other = Passage("conclusion", SENTENCES, DESCRIBED)
    rows = [dict(zip(aspects.NAMES, row, strict=True)) for row in aspects.rows([one, other])]

    assert [row["in_conclusion"] for row in rows] == [0, 0, 0, 1, 1, 1]
    assert rows[2]["before_approach"] == rows[1]["tells_approach"] == 1
    assert rows[2]["after_challenge"] == rows[3]["tells_challenge"]


def test_equal_texts_are_wholly_alike() -> None:
    vector = IDF.vector(Stems.of("nets draw maps").content)

    assert round(cosine(vector, vector), 9) == 1.0
    assert cosine(vector, IDF.vector(())) == 0.0
