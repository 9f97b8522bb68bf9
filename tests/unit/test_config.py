from collections.abc import Mapping

import pytest

from digestgen.config import Config, load
from digestgen.errors import ConfigError


def settings(toml: str = "", environ: Mapping[str, str] | None = None, **flags: object) -> Config:
    return load(toml, path="digestgen.toml", environ=environ or {}, flags=flags)


def test_without_anything_the_defaults_hold() -> None:
    config = settings()

    assert (config.build.language, config.build.limit, config.build.source) == ("zh", 50, "arxiv")
    assert config.arxiv.interval == 3.0
    assert config.origins == {}


def test_later_layers_win_and_say_so() -> None:
    config = settings(
        'limit = 5\nwindow = 3\nlanguage = "en"',
        {"DIGESTGEN_LIMIT": "6", "DIGESTGEN_WINDOW": "4"},
        limit=7,
    )

    assert (config.build.limit, config.build.window, config.build.language) == (7, 4, "en")
    assert config.origins == {
        "limit": "command line",
        "window": "DIGESTGEN_WINDOW",
        "language": "digestgen.toml",
    }


def test_a_topic_takes_what_it_does_not_say_from_the_top() -> None:
    config = settings(
        'limit = 9\n[[topics]]\nname = " Diffusion\\n Models "\ncategories = ["cs.CV"]'
    )

    [topic] = config.topics
    assert (topic.name, topic.slug) == ("Diffusion Models", "diffusion-models")
    assert (topic.phrases, topic.limit, topic.window_days) == (("Diffusion Models",), 9, 7)
    assert (topic.lang, topic.tags) == ("zh", ("Diffusion Models",))


@pytest.mark.parametrize(
    ("toml", "message", "hint"),
    [
        (
            '[[topics]]\nname = "a"\nqery = "b"',
            "topics[0].qery: no such setting",
            "did you mean 'query'?",
        ),
        ("langage = 'en'", "langage: no such setting", "did you mean 'language'?"),
        ("zzz = 1", "zzz: no such setting", "`digestgen config` lists every setting"),
        ("[arxiv]\nintervall = 3", "arxiv.intervall: no such setting", "did you mean 'interval'?"),
        ("limit = 0", "limit: wants a whole number from 1 to 2000, got 0", "the least is 1"),
        (
            "limit = 100000",
            "limit: wants a whole number from 1 to 2000, got 100000",
            "the most is 2000",
        ),
        (
            f'[[topics]]\nname = "{"n" * 201}"',
            "topics[0].name: wants at most 200 characters, got 201",
            "give it a short name, and say what to search for with phrases or query",
        ),
        (
            '[arxiv]\napi_url = "https://user:secret@host/"',
            "arxiv.api_url: wants an address, without a password",
            "write https://host/path",
        ),
        (
            '[llm]\nbase_url = "https://host/v1?key=secret"',
            "llm.base_url: wants an address that ends with its path, without '?' and '#'",
            "a key is no part of an address; see DIGESTGEN_LLM_API_KEY",
        ),
        (
            '[llm]\nbase_url = "https://host/v1#secret"',
            "llm.base_url: wants an address that ends with its path, without '?' and '#'",
            "a key is no part of an address; see DIGESTGEN_LLM_API_KEY",
        ),
        (
            '[llm]\nbase_url = "https://secret@host/v1"',
            "llm.base_url: wants an address, without a password",
            "write https://host/path",
        ),
        (
            "[llm]\nbudget = -1",
            "llm.budget: wants a number from 0 to 1000000, got -1",
            "the least is 0",
        ),
        ("limit = true", "limit: wants a whole number from 1 to 2000, got True", "the least is 1"),
        ("limit = 1.5", "limit: wants a whole number from 1 to 2000, got 1.5", "the least is 1"),
        ("limit = nan", "limit: wants a whole number from 1 to 2000, got nan", "the least is 1"),
        ('language = "eng"', "language: wants one of zh, en, got 'eng'", "did you mean 'en'?"),
        ("language = 1", "language: wants one of zh, en, got 1", "write 'zh'"),
        ("source = 1", "source: wants text, got 1", 'write it in "quotes"'),
        ("arxiv = 1", "arxiv: wants a table", "write [arxiv]"),
        ("topics = 1", "topics: wants a list of tables", "write [[topics]] above each"),
        (
            "[[topics]]\nlimit = 3",
            "topics[0].name: is missing or empty",
            'write name = "Diffusion Models"',
        ),
        (
            '[[topics]]\nname = "a"\ntags = [1]',
            "topics[0].tags: wants a list of texts, got [1]",
            'write ["a", "b"]',
        ),
        (
            '[[topics]]\nname = "a"\nslug = "A b"',
            "topics[0].slug: wants a-z, 0-9 and '-', got 'A b'",
            'write slug = "a-b"',
        ),
        (
            '[[topics]]\nname = "a"\nphrases = []',
            "topics[0]: has nothing to search for",
            "give it phrases, a query or categories",
        ),
        (
            '[[topics]]\nname = "A"\n[[topics]]\nname = "a"',
            "topics[1]: shares the file name 'a' with topics[0]",
            'give it another: slug = "a-2"',
        ),
        (
            '[[topics]]\nname = "a"\nlanguage = "fr"',
            "topics[0].language: wants one of zh, en, got 'fr'",
            "write 'zh'",
        ),
        (
            '[arxiv]\napi_url = "ftp://x"',
            "arxiv.api_url: wants an address, got 'ftp://x'",
            "write https://host/path",
        ),
        (
            '[arxiv]\napi_url = ""',
            "arxiv.api_url: wants an address, got ''",
            "write https://host/path",
        ),
        *(
            (
                f'[arxiv]\npdf_url = "{wrong}"',
                f"arxiv.pdf_url: wants an address with {{id}}, got '{wrong}'",
                "write https://host/path/{id}",
            )
            for wrong in ("https://x/pdf", "https://{id}.x/", "ftp://x/{id}", "{id}", "")
        ),
        *(
            (
                f'[preview]\nurl = "https://host/p{more}"',
                "preview.url: wants an address that ends with its path, without '?' and '#'",
                "leave out what follows the path",
            )
            for more in ("?x=1", "#f", "/?", "/#")
        ),
        *(
            (
                f'[preview]\nurl = "{wrong}"',
                f"preview.url: wants an address, got '{wrong}'",
                "write https://host/path",
            )
            for wrong in ("https://host/a b", " https://host", "https://host\\n")
        ),
        (
            "[arxiv]\ninterval = 1",
            "arxiv.interval: wants at least 3 for export.arxiv.org, got 1",
            "arXiv asks for one request every three seconds; only other servers take less",
        ),
        (
            "[hexo]\nfront_matter = {a = [1]}",
            "hexo.front_matter.a: wants a list of texts, got [1]",
            'write ["a", "b"]',
        ),
        (
            "[hexo]\nfront_matter = {a = {b = 1}}",
            "hexo.front_matter.a: wants a text, a number, true, false or a list of texts,"
            " got {'b': 1}",
            "front matter cannot hold more than that",
        ),
        (
            "[hexo]\nfront_matter = {title = 'x'}",
            "hexo.front_matter.title: digestgen writes this key itself",
            "topics have name, tags and language; [hexo] has categories",
        ),
    ],
)
def test_a_wrong_setting_is_refused_with_its_path_and_a_hint(
    toml: str, message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as raised:
        settings(toml)

    assert (raised.value.message, raised.value.hint) == (message, hint)


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"digestgen\.toml: not valid TOML"):
        settings("a = = 1")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api/query", "https://mirror.example/api"])
def test_another_server_may_be_asked_more_often(url: str) -> None:
    config = settings("", {"DIGESTGEN_ARXIV_API_URL": url, "DIGESTGEN_ARXIV_INTERVAL": "0"})

    assert config.arxiv.interval == 0


@pytest.mark.parametrize(
    "host", ["arxiv.org", "export.arxiv.org", "EXPORT.ARXIV.ORG", "export.arxiv.org."]
)
def test_no_name_of_arxiv_may_be_asked_more_often(host: str) -> None:
    with pytest.raises(ConfigError, match="wants at least 3"):
        settings(f'[arxiv]\napi_url = "https://{host}/api/query"\ninterval = 2.9')


def test_the_address_of_the_preview_may_be_empty() -> None:
    assert settings('[preview]\nurl = ""').preview.url == ""


def test_the_other_addresses_of_arxiv_may_be_set() -> None:
    urls = {
        "DIGESTGEN_ARXIV_PDF_URL": "http://127.0.0.1:9/pdf/{id}",
        "DIGESTGEN_ARXIV_OAI_URL": "http://127.0.0.1:9/oai",
    }
    arxiv = settings("", urls).arxiv

    assert [arxiv.pdf_url, arxiv.oai_url] == list(urls.values())


def test_an_empty_variable_counts_as_unset() -> None:
    assert settings("", {"DIGESTGEN_LANGUAGE": ""}).build.language == "zh"


def test_lists_in_variables_are_parted_by_commas() -> None:
    assert settings("", {"DIGESTGEN_HEXO_CATEGORIES": "Papers, AI"}).hexo.categories == (
        "Papers",
        "AI",
    )


def test_a_budget_of_nothing_is_another_thing_than_none() -> None:
    assert settings("").llm.budget is None
    assert settings("[llm]\nbudget = 0").llm.budget == 0
