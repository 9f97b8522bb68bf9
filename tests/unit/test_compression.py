"""A shortened line is its sentence's words in order, and still a sentence."""

import json
import re
from pathlib import Path

import pytest

from digestgen.summarize.compression import MOST_FORMS, forms, opened
from digestgen.text import squeeze


def shorter(sentence: str) -> list[str]:
    return [form.text for form in forms(sentence)[1:]]


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("In this paper, we propose a net that learns to sort.",
         "we propose a net that learns to sort."),
        ("However, nets of this kind are slow to train on maps.",
         "nets of this kind are slow to train on maps."),
        ("To mend this, we train a net on maps of the weather.",
         "we train a net on maps of the weather."),
        ("Experiments on maps show that the net is fast and needs little memory.",
         "the net is fast and needs little memory."),
        ("We train a net (called Drift) on the maps of the weather.",
         "We train a net on the maps of the weather."),
        ("We train a net [12, 13] on the maps of the weather.",
         "We train a net on the maps of the weather."),
        ("We train a net on old maps of the weather, which makes it robust.",
         "We train a net on old maps of the weather."),
        ("We train a net on old maps of the weather by skipping calm regions.",
         "We train a net on old maps of the weather."),
        ("We train a net on old maps of the weather using a mask of storms.",
         "We train a net on old maps of the weather."),
        ("We train a net on old maps of the weather and show that it is fast.",
         "We train a net on old maps of the weather."),
    ],
)  # fmt: skip
def test_what_says_little_can_be_left_out(sentence: str, form: str) -> None:
    assert form in shorter(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nets trained on old maps of the weather using masks are fast.",  # the verb comes later
        "By training a net on old maps of the cold weather, which is slow, we win.",
        "We hold that training on old maps of the weather using masks is right.",
        "The steps of it are (i) to read the maps, (ii) to train, using masks, and (iii) to draw.",
        "We use maps, storms, and the cold of the north, including snow, and ice.",
        "We win, which helps.",  # too little would be left
        "In this paper.",
    ],
)
def test_a_cut_that_breaks_the_sentence_is_not_made(sentence: str) -> None:
    assert shorter(sentence) == []


def test_the_whole_sentence_comes_first_and_has_no_cuts() -> None:
    first = forms("In this paper, we propose a net that learns to sort.")[0]

    assert first.text == "In this paper, we propose a net that learns to sort."
    assert not first.cuts


def test_an_opened_sentence_keeps_all_that_it_tells() -> None:
    sentence = "Finally, in this work, we train a net (Drift) by skipping calm regions."

    assert opened(sentence).text == "we train a net by skipping calm regions."
    assert opened("We train a net.").text == "We train a net."


def test_a_sentence_has_so_many_forms_at_most() -> None:
    clauses = ", which is fast" * 30

    assert len(forms(f"We train a net on the old maps of the weather{clauses}.")) <= MOST_FORMS


def test_no_form_of_a_real_sentence_adds_or_cuts_a_word(shared: Path) -> None:
    lines = (shared / "data/scitldr/dev.jsonl").read_text(encoding="utf-8").splitlines()
    for sentence in (squeeze(text) for line in lines for text in json.loads(line)["source"]):
        for form in forms(sentence):
            rest = iter(re.findall(r"\w+|[^\w\s]", sentence))
            assert all(word in rest for word in re.findall(r"\w+|[^\w\s]", form.text))
