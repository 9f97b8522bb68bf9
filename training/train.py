"""This module trains all weights from a data folder and writes them, or checks the shipped ones.

python -m training.train ../shared/data [--check] [--out DIR]
"""

import argparse
import sys
from pathlib import Path

from digestgen.summarize.aspects import ASPECTS
from digestgen.summarize.weights import FOLDER, idf_from, role_model_from
from training import aspects, gist, idf, roles
from training.corpora import aclsum, csabstruct, scitldr
from training.writing import differing, files_with_sums


def main() -> int:
    """Train; return 1 when ``--check`` finds a difference."""
    parser = argparse.ArgumentParser(description="Train the embedded summarizer.")
    parser.add_argument("data", type=Path, help="folder with scitldr, csabstruct and aclsum")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the weights are written")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say whether the same bytes come out"
    )
    arguments = parser.parse_args()
    files = trained_files(arguments.data)
    if arguments.check:
        changed = differing(files, arguments.out)
        print(f"differ: {', '.join(changed)}" if changed else "all weights come out the same")
        return 1 if changed else 0
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (arguments.out / name).write_bytes(content)
        print(f"{name:16} {len(content):7} bytes")
    print(f"{'together':16} {sum(map(len, files.values())):7} bytes")
    return 0


def trained_files(data: Path) -> dict[str, bytes]:
    """Return every file of weights, each made with the quantised ones before it."""
    told = (*scitldr(data, "train"), *scitldr(data, "dev"))
    reviewed = (*aclsum(data, "train"), *aclsum(data, "val"))
    files = {
        "roles.json": roles.file(csabstruct(data, "train")),
        "idf.json": idf.file(told),
    }
    role_model, rarity = role_model_from(files["roles.json"]), idf_from(files["idf.json"])
    files["gist.json"] = gist.file(gist.candidates(told, role_model, rarity))
    papers = [
        paper
        for places in aspects.DEPTHS
        for paper in aspects.sentences(reviewed, places, role_model, rarity)
    ]
    for aspect in ASPECTS:
        files[f"{aspect}.json"] = aspects.file(papers, aspect)
    return files_with_sums(files)


if __name__ == "__main__":
    sys.exit(main())
