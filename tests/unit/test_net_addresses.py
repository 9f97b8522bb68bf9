import pytest

from digestgen.errors import ConfigError, RemoteError
from digestgen.net import addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://export.arxiv.org/api/query",
        "https://10.0.0.5/api",
        "http://127.0.0.1:8080/",
        "http://127.9.9.9/",
        "http://localhost:1/",
        "http://[::1]:1/",
    ],
)
def test_encrypted_addresses_and_this_machine_may_be_asked(url: str) -> None:
    assert str(addresses.parse(url)) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "arxiv.org/api",
        "/api",
        "https://",
        "https://[::",
        "https://a:99999/",
        "https://a\n/",
        "file:///etc/passwd",
        "ftp://arxiv.org/",
        "http://arxiv.org/",
        "http://10.0.0.5/",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.1@evil.example/",
    ],
)
def test_any_other_address_is_a_wrong_setting_told_in_one_line(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        addresses.parse(url)

    assert repr(url) in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("url", "location", "target"),
    [
        ("https://arxiv.org/pdf/1", "/pdf/1v2", "https://arxiv.org/pdf/1v2"),
        ("https://arxiv.org/pdf/1", "//export.arxiv.org/", "https://export.arxiv.org/"),
        ("https://arxiv.org/pdf/1", "https://example.org/", "https://example.org/"),
        ("https://10.0.0.5/a", "https://10.0.0.6/a", "https://10.0.0.6/a"),
        ("http://127.0.0.1:1/a", "http://127.0.0.1:2/b", "http://127.0.0.1:2/b"),
        ("https://127.0.0.1:1/a", "http://localhost:2/b", "http://localhost:2/b"),
        ("http://127.0.0.1:1/a", "https://arxiv.org/b", "https://arxiv.org/b"),
    ],
)
def test_a_redirect_may_lead_to_an_equally_safe_place(url: str, location: str, target: str) -> None:
    assert str(addresses.redirected(addresses.parse(url), location)) == target


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("https://arxiv.org/", "http://arxiv.org/"),
        ("https://arxiv.org/", "http://127.0.0.1/"),
        ("https://10.0.0.5/", "http://127.0.0.1/"),
        ("https://arxiv.org/", "file:///etc/passwd"),
        ("https://arxiv.org/", "https://arxiv.org:99999/"),
        ("https://arxiv.org/", "https://[::"),
        ("https://arxiv.org/", "https://localhost/"),
        ("https://arxiv.org/", "https://LOCALHOST./"),
        ("https://arxiv.org/", "https://a.localhost/"),
        ("https://arxiv.org/", "https://127.0.0.1/"),
        ("https://arxiv.org/", "https://127.1/"),
        ("https://arxiv.org/", "https://2130706433/"),
        ("https://arxiv.org/", "https://0x7f.0.0.1/"),
        ("https://arxiv.org/", "https://[::1]/"),
        ("https://arxiv.org/", "https://[::ffff:127.0.0.1]/"),
        ("https://arxiv.org/", "https://[fd00::1]/"),
        ("https://arxiv.org/", "https://0.0.0.0/"),
        ("https://arxiv.org/", "https://10.1.2.3/"),
        ("https://arxiv.org/", "https://192.168.1.1/"),
        ("https://arxiv.org/", "https://169.254.169.254/latest/meta-data"),
    ],
)
def test_a_redirect_to_a_less_safe_place_is_refused(url: str, location: str) -> None:
    with pytest.raises(RemoteError, match="redirects to ") as caught:
        addresses.redirected(addresses.parse(url), location)

    assert caught.value.hint


@pytest.mark.parametrize(
    ("url", "group"),
    [
        ("https://arxiv.org/pdf/1", "arxiv.org"),
        ("https://export.arxiv.org/api/query", "arxiv.org"),
        ("https://EXPORT.arXiv.org.:443/", "arxiv.org"),
        ("https://notarxiv.org/", "notarxiv.org:443"),
        ("https://arxiv.org.example/", "arxiv.org.example:443"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://localhost/", "localhost:80"),
    ],
)
def test_all_hosts_of_arxiv_share_one_pace(url: str, group: str) -> None:
    assert addresses.pace_group(url) == group
