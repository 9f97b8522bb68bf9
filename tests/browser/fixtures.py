"""This module lends tests a real Chromium."""

from collections.abc import Iterator

import pytest

from tests.browser.chromium import Chromium, install
from tests.browser.session import Browser, running
from tests.hexo import npm


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """A headless Chromium; where it cannot be had the test is skipped, in CI it fails."""
    try:
        return install()
    except npm.Unavailable as error:
        npm.missing(f"real browser: {error}")


@pytest.fixture(scope="session")
def browser(chromium: Chromium) -> Iterator[Browser]:
    """One browser for all tests that need many pages; it keeps nothing between contexts."""
    with running(chromium) as lent:
        yield lent
