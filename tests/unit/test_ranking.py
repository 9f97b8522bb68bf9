"""The gist names what the paper proposes, in a line that is complete."""

import json
from pathlib import Path

import pytest

from digestgen.summarize.ranking import gist_of
from digestgen.summarize.reading import read
from digestgen.summarize.weights import load
from digestgen.text import sentences

SEED = Path(__file__).parents[3] / "shared/data/metadata/seed-papers.jsonl"
CONTRIBUTIONS = {
    "2409.12099": "Brain-Streams", "2409.12024": "LEMON", "2409.11835": "DPI-TTS",
    "2409.11831": "cloth state estimation", "2409.11734": "GEO", "2409.11689": "GUNet",
    "2409.11682": "SRIF", "2409.11380": "adaptive beamforming", "2409.11355": "fine-tuning",
    "2409.11340": "OmniGen", "2409.11315": "fMRI-3D", "2409.11219": "SFD",
    "2409.09605": "DreamMover", "2407.20784": "MAP estimation framework",
}  # fmt: skip


def gist(title: str, *lines: str) -> str:
    return gist_of(read(lines, title, load()), title, load())[1].text


@pytest.mark.skipif(not SEED.is_file(), reason="the seed papers are not at hand")
def test_the_gist_of_each_seed_paper_names_its_contribution() -> None:
    papers = [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines()]
    unnamed = [
        paper["id"]
        for paper in papers
        if CONTRIBUTIONS[paper["id"]] not in gist(paper["title"], *sentences(paper["abstract"]))
    ]

    assert len(papers) == len(CONTRIBUTIONS)
    assert unnamed == []


def test_a_sentence_that_proposes_the_titled_system_is_the_gist_behind_a_reason() -> None:
    found = gist(
        "Kite-DocBee: Reading Old Letters",
        "Old letters are hard to read, and models for print are of little use.",
        "Therefore, this report presents Kite-DocBee, a novel model for reading old letters.",
        "We develop a strategy to synthesize letters, in which we build a diverse dataset "
        "to improve the reading of letters by the model.",
    )

    assert found.endswith(
        "this report presents Kite-DocBee, a novel model for reading old letters."
    )


def test_a_system_that_is_named_in_passing_is_proposed() -> None:
    found = gist(
        "Brook-Streams: Drawing Rivers from Sound",
        "Rivers sound, and maps of rivers are needed.",
        "In light of this, we exploit how modern samplers incorporate guidance by sound.",
        "Specifically, our framework, Brook-Streams, maps the sounds of rivers to guidance.",
    )

    assert "Brook-Streams" in found


def test_a_list_is_not_left_with_its_first_item_alone() -> None:
    found = gist(
        "TideWeaver: Drawing Currents",
        "To this end, we propose TideWeaver, a novel drawing framework with three main components: "
        "1) A tide estimator that reasons about which water belongs to which map.",
        "2) A blend keeps the tides.",
    )

    assert found.endswith("with three main components.")


def test_the_short_name_of_what_is_proposed_is_kept() -> None:
    found = gist(
        "Slow Tide Drawing: Maps of the Sea",
        "Maps of the sea are old.",
        "We propose slow tide drawing (STD), a sampler (of sorts) that draws maps of the sea.",
    )

    assert "(STD)" in found
