import pytest

from digestgen.summarize.categories import spelled_out


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("cs.CV", "Computer Vision and Pattern Recognition"),
        ("cs.AI", "Artificial Intelligence"),
        ("stat.ML", "Machine Learning"),
        ("eess.IV", "Image and Video Processing"),
        ("astro-ph.SR", "Solar and Stellar Astrophysics"),
        ("cond-mat.mtrl-sci", "Materials Science"),
        ("physics.soc-ph", "Physics and Society"),
        ("quant-ph", "Quantum Physics"),
    ],
)
def test_a_category_is_called_what_arxiv_calls_it(code: str, name: str) -> None:
    assert spelled_out([code]) == (name,)


def test_each_name_stands_once_and_unknown_codes_have_none() -> None:
    assert spelled_out(["cs.LG", "stat.ML", "cs.XX", "cs", "", "zz.AA", "cs.RO"]) == (
        "Machine Learning",
        "Robotics",
    )
