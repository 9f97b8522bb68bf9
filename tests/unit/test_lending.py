from digestgen.commands.lending import intervals
from digestgen.config import ArxivSettings

HERE = "http://127.0.0.1:8001"


def test_all_of_arxiv_shares_one_pace() -> None:
    assert intervals(ArxivSettings(interval=5)) == {"arxiv.org": 5}


def test_every_server_elsewhere_has_the_pace_of_the_settings_and_arxiv_its_own() -> None:
    settings = ArxivSettings(
        api_url=f"{HERE}/api/query", pdf_url="http://127.0.0.1:8002/pdf/{id}", interval=0
    )

    assert intervals(settings) == {"127.0.0.1:8001": 0, "127.0.0.1:8002": 0, "arxiv.org": 3}


def test_arxiv_is_paced_even_if_only_a_redirect_leads_there() -> None:
    settings = ArxivSettings(
        api_url=f"{HERE}/api/query",
        pdf_url=f"{HERE}/pdf/{{id}}",
        oai_url=f"{HERE}/oai",
        interval=1,
    )

    assert intervals(settings) == {"127.0.0.1:8001": 1, "arxiv.org": 3}
