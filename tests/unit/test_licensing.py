import pytest

from digestgen.licensing import allows_pictures, licence_name

CC = "http://creativecommons.org/licenses"
FREE = {
    f"{CC}/by/3.0/": "CC BY 3.0",
    "https://creativecommons.org/licenses/by/4.0": "CC BY 4.0",
    "https://www.creativecommons.org/licenses/BY-SA/4.0/": "CC BY-SA 4.0",
    f"{CC}/by/3.0/us/": "CC BY 3.0",
    "http://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    f"{CC}/publicdomain/": "public domain",
}
CONDITIONAL = {
    f"{CC}/by-nc/4.0/": "CC BY-NC 4.0",
    f"{CC}/by-nc-sa/4.0/": "CC BY-NC-SA 4.0",
    f"{CC}/by-nc-nd/4.0/": "CC BY-NC-ND 4.0",
    f"{CC}/by-nd/4.0/": "CC BY-ND 4.0",
}
ARXIVS_OWN = (
    "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
    "http://arxiv.org/licenses/assumed-1991-2003/",
)
UNKNOWN = (
    "",
    "CC BY 4.0",
    f"{CC}/by/4.0/ and more",
    f"{CC}/sampling/1.0/",
    "http://creativecommons.org.evil.example/licenses/by/4.0/",
    "javascript:https://creativecommons.org/licenses/by/4.0/",
)


@pytest.mark.parametrize(("address", "name"), FREE.items())
def test_a_free_licence_has_its_name_and_allows_pictures(address: str, name: str) -> None:
    assert licence_name(address) == name
    assert allows_pictures(address)


@pytest.mark.parametrize(("address", "name"), CONDITIONAL.items())
def test_a_licence_with_conditions_wants_all_of_them_accepted(address: str, name: str) -> None:
    assert licence_name(address) == name
    assert not allows_pictures(address)
    assert allows_pictures(address, accepted=("nc", "nd"))
    assert allows_pictures(address, accepted=("nc",)) == ("ND" not in name)


@pytest.mark.parametrize("address", ARXIVS_OWN)
def test_arxivs_own_licences_are_to_arxiv_only(address: str) -> None:
    assert licence_name(address) == "arXiv licence"
    assert not allows_pictures(address, accepted=("nc", "nd"))


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_is_not_known_allows_nothing(address: str) -> None:
    assert licence_name(address) == ""
    assert not allows_pictures(address, accepted=("nc", "nd"))
