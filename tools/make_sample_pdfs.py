"""Write the PDFs of the sample's invented papers, the same bytes every time.

    python -m tools.make_sample_pdfs [FOLDER]

Text and pictures were made for this and are CC0, see `LICENSE` beside the PDFs.
"""

import sys
import tomllib
from pathlib import Path
from typing import Any

from tools.sample_papers import pages
from tools.sample_papers.papers import PAPERS

SOURCES = Path(__file__).parents[1] / "src" / "digestgen" / "sources"
# The fonts that every reader of PDFs has at hand know no Chinese.
LATIN = {"样例作者": "Yangli Zuozhe", "示例大学": "Shili Daxue"}
TEXTS = Path(__file__).parent / "sample_papers" / "texts"


def make(paper_id: str) -> bytes:
    """Return the PDF of one of the sample's papers."""
    design = PAPERS[paper_id]
    text = (TEXTS / f"{paper_id}.txt").read_text(encoding="utf-8")
    record = _records()[paper_id]
    affiliations = record.get("affiliations", {})
    authors = {
        _latin(name): [_latin(place) for place in affiliations.get(name, [])]
        for name in record["authors"]
    }
    return pages.typeset(text, authors, design.look, design.floats)


def main() -> None:
    """Write all of them into the folder named, or to where the sample looks for them."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else SOURCES / "sample_pdfs"
    folder.mkdir(parents=True, exist_ok=True)
    for paper_id in PAPERS:
        content = make(paper_id)
        (folder / f"{paper_id}.pdf").write_bytes(content)
        print(f"{paper_id}.pdf {len(content):,} bytes")


def _latin(name: str) -> str:
    for chinese, spelling in LATIN.items():
        name = name.replace(chinese, spelling)
    return name


def _records() -> dict[str, dict[str, Any]]:  # Any: what a TOML table holds
    text = (SOURCES / "sample.toml").read_text(encoding="utf-8")
    return {record["id"]: record for record in tomllib.loads(text)["papers"]}


if __name__ == "__main__":
    main()
