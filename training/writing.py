"""This module writes trained weights as small files of JSON, with their hashes."""

import json
from base64 import b85encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import log10
from pathlib import Path
from zlib import compress

import numpy as np

from digestgen.summarize.weights import SUMS

_LEAF_STEPS = 2000  # the largest leaf is so many steps of the scale
_DIGITS = 4  # of a threshold


def packed(values: Mapping[str, object]) -> bytes:
    """Return a document as compact JSON."""
    return json.dumps(values, separators=(",", ":"), ensure_ascii=True).encode() + b"\n"


def packed_table(weights: np.ndarray) -> tuple[str, float]:
    """Return a table as text of small whole numbers, and what one of them is worth."""
    scale = float(np.abs(weights).max()) / 127
    numbers = np.rint(weights / scale).astype(np.int8)
    return b85encode(compress(numbers.tobytes(), 9)).decode("ascii"), significant(scale)


def packed_trees(model: Mapping[str, object], names: Sequence[str]) -> bytes:
    """Return the trees of a dumped LightGBM model."""
    roots = [tree["tree_structure"] for tree in model["tree_info"]]  # type: ignore[attr-defined]
    scale = significant(max(map(_largest_leaf, roots)) / _LEAF_STEPS)
    trees = [_node(root, scale) for root in roots]
    return packed({"names": list(names), "scale": scale, "trees": trees})


def significant(number: float, digits: int = _DIGITS) -> float:
    """Return a number with so many digits that matter."""
    if not number:
        return 0.0
    return float(round(number, digits - 1 - int(np.floor(log10(abs(number))))))


def files_with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files and the list of their hashes."""
    sums = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return {**files, SUMS: sums.encode("ascii")}


def differing(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Return the names of files that are not in the folder byte for byte."""
    return [
        name
        for name, content in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]


def _largest_leaf(node: Mapping[str, object]) -> float:
    if "split_feature" not in node:
        return abs(float(node["leaf_value"]))  # type: ignore[arg-type]
    return max(_largest_leaf(node["left_child"]), _largest_leaf(node["right_child"]))  # type: ignore[arg-type]


def _node(node: Mapping[str, object], scale: float) -> object:
    if "split_feature" not in node:
        return round(float(node["leaf_value"]) / scale)  # type: ignore[arg-type]
    return [
        node["split_feature"],
        significant(float(node["threshold"])),  # type: ignore[arg-type]
        _node(node["left_child"], scale),  # type: ignore[arg-type]
        _node(node["right_child"], scale),  # type: ignore[arg-type]
    ]
