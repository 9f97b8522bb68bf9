"""This module lends tests a real Chromium."""

import pytest

from tests.browser.chromium import Chromium, install
from tests.hexo import npm


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """A headless Chromium; where it cannot be had the test is skipped, in CI it fails."""
    try:
        return install()
    except npm.Unavailable as error:
        npm.missing(f"real browser: {error}")
