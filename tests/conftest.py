from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real records that are kept beside a checkout, not in it."""
    if not (SHARED / "data" / "README.md").is_file():
        pytest.skip("the real data is not there: no ../shared beside this checkout")
    return SHARED
