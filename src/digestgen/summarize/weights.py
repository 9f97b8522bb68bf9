"""This module reads the trained weights that lie beside it, once and when they are needed.

It is the only one here that touches files; everything else is handed what it reads.
"""

import json
from array import array
from base64 import b85decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import decompress

from digestgen.errors import ConfigError
from digestgen.summarize import aspects, features
from digestgen.summarize.aspects import ASPECTS, Aspect
from digestgen.summarize.labels import ROLES
from digestgen.summarize.roles import RoleModel
from digestgen.summarize.trees import Node, Trees
from digestgen.summarize.vectors import Idf

FOLDER = Path(__file__).parent / "trained"
SUMS = "SHA256SUMS"

_Found = list[Any] | float  # of a tree as JSON


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was trained; training/MODEL_CARD.md says on what."""

    roles: RoleModel
    idf: Idf
    gist: Trees
    aspects: Mapping[Aspect, Trees]


@lru_cache(maxsize=1)
def load() -> Weights:
    """Return the weights that came with this version.

    Raises:
        ConfigError: a file is missing or is not what was trained.
    """
    lines = _read(SUMS).decode("ascii").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    return Weights(
        roles=role_model_from(_checked("roles.json", sums)),
        idf=idf_from(_checked("idf.json", sums)),
        gist=trees_from(_checked("gist.json", sums), features.NAMES),
        aspects={
            aspect: trees_from(_checked(f"{aspect}.json", sums), aspects.NAMES)
            for aspect in ASPECTS
        },
    )


def _read(name: str) -> bytes:
    try:
        return (FOLDER / name).read_bytes()
    except OSError as error:
        raise _damaged(name) from error


def _checked(name: str, sums: Mapping[str, str]) -> bytes:
    content = _read(name)
    if sha256(content).hexdigest() != sums.get(name):
        raise _damaged(name)
    return content


def _damaged(name: str) -> ConfigError:
    return ConfigError(
        f"the summarizer's weights are damaged: {name}", hint="install digestgen again"
    )


def role_model_from(content: bytes) -> RoleModel:
    """Return the role model of a file."""
    document = json.loads(content)
    scale: float = document["scale"]
    numbers = array("b", decompress(b85decode(document["rows"])))
    worth = {number: number * scale for number in range(-127, 128)}
    columns = [map(worth.__getitem__, numbers)] * len(ROLES)
    return RoleModel(
        rows=list(zip(*columns, strict=True)),
        bias=tuple(document["bias"]),
        starts=tuple(document["starts"]),
        follows=[tuple(row) for row in document["follows"]],
    )


def idf_from(content: bytes) -> Idf:
    """Return the rarities of a file."""
    document = json.loads(content)
    scale: float = document["scale"]
    rarity = [steps * scale for steps in document["rarity"]]
    return Idf(
        rarity=dict(zip(document["words"].split(), rarity, strict=True)),
        unknown=document["unknown"],
    )


def trees_from(content: bytes, names: Sequence[str]) -> Trees:
    """Return the trees of a file; they must have been trained on features called ``names``."""
    document = json.loads(content)
    if document["names"] != list(names):
        raise _damaged("trained on other features")
    scale: float = document["scale"]
    return Trees([_node(tree, scale) for tree in document["trees"]])


def _node(found: _Found, scale: float) -> Node:
    """Return a node, written as [feature, threshold, lower, upper], or a leaf, a whole number."""
    if not isinstance(found, list):
        return found * scale
    feature, threshold, lower, upper = found
    return feature, threshold, _node(lower, scale), _node(upper, scale)
