"""The shipped weights are small, whole and read only when they are needed."""

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest

from digestgen.errors import ConfigError
from digestgen.summarize import weights
from digestgen.summarize.extractive import Extractive


def test_the_weights_are_300_kb_at_most() -> None:
    assert sum(file.stat().st_size for file in weights.FOLDER.iterdir()) <= 300_000


def test_the_fingerprint_names_the_weights() -> None:
    sums = (weights.FOLDER / weights.SUMS).read_bytes()

    # It keys the memo: other weights, other summaries.
    assert Extractive.fingerprint.endswith(sha256(sums).hexdigest()[:8])


def test_the_model_card_has_all_its_figures() -> None:
    card = Path(__file__).parents[2] / "training" / "MODEL_CARD.md"

    assert re.findall("@[A-Z]+@", card.read_text(encoding="utf-8")) == []


def test_weights_are_not_read_before_a_summary_is_made() -> None:
    script = (
        "import sys; from digestgen.summarize import extractive, weights; extractive.Extractive();"
        "sys.exit(weights.load.cache_info().currsize)"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("harm", ["other", "missing"])
def test_damaged_weights_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    folder = tmp_path / "trained"
    copytree(weights.FOLDER, folder)
    if harm == "missing":
        (folder / "gist.json").unlink()
    else:
        (folder / "gist.json").write_bytes((folder / "gist.json").read_bytes() + b" ")
    monkeypatch.setattr(weights, "FOLDER", folder)

    with pytest.raises(ConfigError, match=r"weights are damaged: gist\.json"):
        weights.load.__wrapped__()
