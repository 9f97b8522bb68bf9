"""This module lends tests a real Hexo."""

import pytest

from tests.hexo import harness, npm


@pytest.fixture(scope="session")
def hexo() -> harness.Hexo:
    """Hexo with Butterfly; where it cannot be had the test is skipped, in CI it fails."""
    try:
        return harness.install()
    except npm.Unavailable as error:
        npm.missing(f"real Hexo: {error}")
