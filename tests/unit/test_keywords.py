from digestgen.summarize.keywords import keywords


def test_keywords_are_phrases_as_they_stand_without_tex() -> None:
    found = keywords(
        r"Latent Diffusion Models with $\mathcal{O}(n \log n)$ Attention",
        "Latent diffusion models are slow. We study sparse attention for latent diffusion models. "
        r"Sparse attention over \emph{windows} helps in 35\% of cases with ControlNet.",
    )

    assert found[:3] == ("Latent Diffusion Models", "sparse attention", "ControlNet"), found
    assert not any(mark in phrase for phrase in found for mark in "$\\{}%")


def test_an_explained_abbreviation_is_a_keyword_in_its_long_form_only() -> None:
    found = keywords(
        "FGS for Pictures",
        "We propose Faithfulness Guidance and Scheduling (FGS) for vision-language models (VLMs). "
        "FGS guides VLMs.",
    )

    assert found[:2] == ("Faithfulness Guidance and Scheduling", "vision-language models")
    assert not {"FGS", "VLMs"} & set(found)


def test_brackets_that_explain_nothing_are_no_keyword() -> None:
    found = keywords("Clouds", "We look at clouds and their edges (XQZ) and at small clouds (AND).")

    assert not any("edges" in phrase or "and" in phrase.split() for phrase in found), found


def test_a_title_that_begins_with_an_action_gives_what_it_acts_on() -> None:
    found = keywords("Rethinking Oversaturation: Learning to Select Trustworthy Samples", "We do.")

    assert found == ("Trustworthy Samples",)


def test_amounts_and_citations_name_nothing_and_dimensions_do() -> None:
    found = keywords(
        "100x Speedup of 3D Splatting",
        "Kamkari et al. train a 7B model; 3D splatting of Smith et al. is slow.",
    )

    assert found == ("3D Splatting",)


def test_only_a_phrase_said_twice_has_more_than_three_words() -> None:
    long = "Conditional Marked Point Process"

    assert keywords(f"{long} Tests", "We do.") == ("Point Process Tests",)
    assert long in keywords(f"{long} for Maps", f"We fit a {long.lower()} to maps.")


def test_an_adjective_waits_for_its_noun() -> None:
    found = keywords("Learnable, Diffusion-Based Maps", "Maps are learnable and diffusion-based.")

    assert found == ("Diffusion-Based Maps",), found


def test_a_key_of_a_citation_is_no_keyword() -> None:
    found = keywords(
        r"Slow Maps", r"Slow maps \citep[p.~3]{Sta, GNX} and slow \cite{GNX} maps \cite{GNX}."
    )

    assert found == ("Slow Maps",)


def test_a_long_form_does_not_begin_inside_a_word() -> None:
    found = keywords("Slow Maps", "We use self-supervised learning (SSL) for maps.")

    assert "self-supervised learning" in found
