"""This module sums up many abstracts, JSON lines in and out, one by one as they come."""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from math import isfinite
from pathlib import Path
from typing import BinaryIO

from digestgen.console import Console
from digestgen.errors import ConfigError
from digestgen.summarize.compression import Form
from digestgen.summarize.extractive import checked_abstract
from digestgen.summarize.outline import Outline, outline
from digestgen.summarize.weights import Weights, load
from digestgen.text import sentences as split
from digestgen.text import squeeze

LONGEST_LINE = 4_000_000  # bytes; an abstract has some thousand
Json = object


class LineError(ValueError):
    """A line is not what was asked for."""


def summarize_lines(path: Path | None, stdin: BinaryIO, console: Console) -> int:
    """Print one line for each line of a file, or of stdin; return the exit code.

    Raises:
        ConfigError: the file cannot be read.
    """
    weights = load()
    code = 0
    try:
        with nullcontext(stdin) if path is None else path.open("rb") as lines:
            for number, line in enumerate(_lines(lines), 1):
                try:
                    answer = _answer(line, weights)
                except ValueError as error:
                    answer, code = {"line": number, "error": str(error)}, 1
                # ASCII, so that an id of any characters survives any terminal as it is.
                console.result(json.dumps(answer, allow_nan=False))
                console.out.flush()  # whoever reads along sees each line at once
                console.progress(f"{number} abstracts summed up")
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise ConfigError(
            f"{path}: {error.strerror}", hint="name a file of JSON lines, or - for stdin"
        ) from error
    return code


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines, one that is too long without its end."""
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        yield line


def _answer(line: bytes, weights: Weights) -> Json:
    """Return what is said of one line.

    Raises:
        ValueError: it cannot be summed up; the message says why.
    """
    record = _record(line)
    sentences = _sentences(record)
    title = record.get("title") or ""
    if not isinstance(title, str):
        raise LineError("title: wants a text")
    found = outline(sentences, squeeze(title), weights)
    given = {} if "sentences" in record else {"sentences": list(sentences)}
    return {"id": record["id"], **_document(found, sentences), **given}


def _record(line: bytes) -> dict[str, Json]:
    if len(line) > LONGEST_LINE:
        raise LineError(f"the line is longer than {LONGEST_LINE} bytes")
    try:
        record = json.loads(
            line.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_finite
        )
    except UnicodeDecodeError as error:
        raise LineError("the line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise LineError("the line is no JSON") from error
    if not isinstance(record, dict):
        raise LineError("the line is no JSON object")
    if "id" not in record:
        raise LineError("id: is missing")
    return record


def _no_number(name: str) -> Json:
    raise ValueError(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    """Return a number that can be answered with; what is too large would come back as Infinity."""
    number = float(digits)
    if not isfinite(number):
        raise ValueError(f"{digits} is too large")
    return number


def _sentences(record: dict[str, Json]) -> tuple[str, ...]:
    given = record.get("sentences", record.get("abstract"))
    if isinstance(given, str):
        found = split(checked_abstract(given))
    elif isinstance(given, list) and all(isinstance(each, str) for each in given):
        found = tuple(map(squeeze, given))
        checked_abstract(" ".join(found))
    else:
        raise LineError("abstract or sentences: wants a text, or a list of texts")
    return found


def _document(found: Outline, sentences: tuple[str, ...]) -> dict[str, Json]:
    index, form = found.gist
    return {
        "gist": form.text,
        "gist_evidence": [index],
        "gist_shortened": bool(form.cuts),
        "takeaways": [{"text": sentences[index], "evidence": [index]} for index in found.takeaways],
        "roles": list(found.roles),
        "aspects": {aspect: _line(*line) for aspect, line in found.aspects.items()},
    }


def _line(index: int, form: Form) -> Json:
    return {"text": form.text, "evidence": [index], "shortened": bool(form.cuts)}
