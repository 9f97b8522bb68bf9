import signal
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["tests.hexo.fixtures", "tests.browser.fixtures", "tests.browser.sites"]

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real records that are kept beside a checkout, not in it."""
    if not (SHARED / "data" / "README.md").is_file():
        pytest.skip("the real data is not there: no ../shared beside this checkout")
    return SHARED


def pytest_configure() -> None:
    # What a shell starts in the background ignores Ctrl-C, and so would every command under test.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what came out into tests/golden"
    )
    parser.addoption(
        "--long", action="store_true", help="let the real language model digest more, and longer"
    )


@pytest.fixture
def is_golden(request: pytest.FixtureRequest) -> Callable[[Path, str], bool]:
    """Tell whether a text is what a file holds; with --update-golden make it so first."""

    def compare(path: Path, text: str) -> bool:
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        return path.read_bytes() == text.encode()

    return compare
