"""This module finds the parts of one paper's digest by their labels, in any dialect."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digestgen.evidence import Part
from digestgen.lint.labels import BY_NUMBER, PIECES, Label, Role, is_role, labels_in
from digestgen.lint.plain import plain

# A folded list of sentences, whatever it is called, is what the digest rests on.
_FOLDED = re.compile(
    r"<details>\s*+<summary>[^<]*+</summary>(?P<list>[^<]*+(?>(?:<(?!/?details)[^<]*+)*))</details>"
)
_ITEM = re.compile(r"^[ \t]*\d+[.)] ", re.MULTILINE)
# What follows a digest: folded pictures or lists, a line of provenance, an anchor, a rule.
_AFTER = re.compile(r"^[ \t]*(?:<details\b|<p\s|<div\b|<img\b|!\[)|^\*\*\[", re.MULTILINE)
# A bold link alone on its line names the tool; what follows it is the tool's.
_ATTRIBUTION = re.compile(
    r"^[ \t]*(?:\*\*|__)\[[^\]\n]*\]\([^)\n]*\)(?:\*\*|__)[ \t]*$", re.MULTILINE
)
_PIECES: tuple[Part, ...] = (
    "background",
    "past_methods",
    "proposed_method",
    "task_and_performance",
)
_FIELDS: tuple[Part, ...] = ("title", "authors", "affiliation", "keywords", "links")
_TOPS: tuple[Part, ...] = ("gist", "takeaways", *_FIELDS, "summary", "methods", "conclusion")
# Parts that a line of its own begins, also without a number or a mark.
_CLOSING: tuple[Part, ...] = ("methods", "conclusion")
_HEADER_ROLES: tuple[Role, ...] = ("authors", "affiliation", "links", "keywords", "metadata")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part with its label; offsets are in the file, the text begins after the label."""

    part: Part
    label: Label | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The parts of a digest in order, where they begin, and the evidence that it lists."""

    start: int
    all: tuple[Section, ...]
    evidence: tuple[str, ...]


def sections_in(text: str, start: int, end: int) -> Sections:
    """Return the parts of the digest in ``text[start:end]``, a paper's block below its heading."""
    evidence = [
        match for match in _FOLDED.finditer(text, start, end) if _ITEM.search(match["list"])
    ]
    end_of_parts = min([match.start() for match in evidence], default=end)
    labels = labels_in(text, start, end_of_parts)
    has_own_abstract = any(
        is_role(label.words, "gist") and _is_one_sentence(label) for label in labels
    )
    cuts = list(_cuts(labels, has_own_abstract=has_own_abstract))
    first = cuts[0][1].start if cuts else end_of_parts
    attribution = _ATTRIBUTION.search(text, start, end_of_parts)
    first = min(first, attribution.start()) if attribution else first
    return Sections(
        start=first,
        all=tuple(_with_ends(text, cuts, end_of_parts, first)),
        evidence=tuple(plain(match["list"]).text for match in evidence),
    )


def _is_one_sentence(label: Label) -> bool:
    return label.words.startswith("一句话") or label.words.lower() == "summary"


Cut = tuple[Part, Label]


def _cuts(labels: Iterable[Label], *, has_own_abstract: bool) -> Iterator[Cut]:
    """Give the labels that begin a part, with the part; the state is which parts came before.

    On a page of headings, where the first part is one, every heading begins something.
    """
    top: Part | None = None
    level = 0  # of the headings that begin parts on a page of them
    for label in labels:
        part = _part(label, top, has_own_abstract=has_own_abstract)
        if part is None and 0 < label.level <= level:
            part = "background" if is_role(label.words, "background") else "other"
        if part is None:
            continue
        level = label.level if top is None else level
        if part not in _PIECES:
            top = part
        yield part, label


def _part(label: Label, top: Part | None, *, has_own_abstract: bool) -> Part | None:
    """Return the part that a label begins, None when it is a label of something else."""
    if top in ("summary", *_PIECES) and (found := _piece(label)):
        return found
    if _is_aside(label, top):
        return None
    if found := _by_number(label):
        return found
    # A numbered line that is no label of the form is an item of a list.
    if label.is_bold or label.is_heading or (label.is_marked and label.number is None):
        return _by_words(label, top, has_own_abstract=has_own_abstract)
    is_closing = top is not None and label.is_alone and label.number is None
    return next((p for p in _CLOSING if is_closing and is_role(label.words, p)), None)


def _is_aside(label: Label, top: Part | None) -> bool:
    """Tell whether a label stands inside of a part, or is one of the paper's metadata."""
    if label.piece is not None and label.number is None:
        return True
    return top is None and not label.number and not label.is_heading and _is_header(label)


def _by_number(label: Label) -> Part | None:
    for role in BY_NUMBER.get(label.number or 0, ()):
        if is_role(label.words, role):
            return "summary" if role == "gist" else _as_top(role)
    return None


def _is_header(label: Label) -> bool:
    return any(is_role(label.words, role) for role in _HEADER_ROLES)


def _as_top(role: Role) -> Part | None:
    if role == "proposed_method":
        return "methods"
    return next((part for part in _TOPS if part == role), None)


def _piece(label: Label) -> Part | None:
    if label.piece in PIECES:
        return PIECES[label.piece]
    # "Methods" alone is the seventh part, also where lists lost their numbers.
    if not label.is_marked or label.number is not None or is_role(label.words, "methods"):
        return None
    return next((part for part in _PIECES if is_role(label.words, part)), None)


def _by_words(label: Label, top: Part | None, *, has_own_abstract: bool) -> Part | None:
    words = label.words
    if is_role(words, "break"):
        return "other"
    if top is None:
        return _first_part(words, has_own_abstract=has_own_abstract)
    return next((part for part in _TOPS if part != "gist" and is_role(words, part)), None)


def _first_part(words: str, *, has_own_abstract: bool) -> Part | None:
    """Return the part that a digest begins with; what names metadata does not begin it."""
    if is_role(words, "gist"):
        return "gist"
    if is_role(words, "abstract"):
        return None if has_own_abstract or words.lower() == "abstract" else "gist"
    parts: tuple[Part, ...] = ("takeaways", "summary", "methods", "conclusion", "background")
    return next((part for part in parts if is_role(words, part)), None)


def _with_ends(text: str, cuts: list[Cut], end: int, first: int) -> Iterator[Section]:
    """Give each part its text: up to the next label, or to what follows a digest."""
    if cuts and first < cuts[0][1].start:
        yield from _rest(text, first, cuts[0][1].start)
    elif not cuts and first < end:
        yield from _rest(text, first, end)
    for index, (part, label) in enumerate(cuts):
        stop = cuts[index + 1][1].start if index + 1 < len(cuts) else end
        after = _AFTER.search(text, label.end, stop)
        own = after.start() if after else stop
        yield Section(part=part, label=label, start=label.end, end=own)
        if after:
            yield from _rest(text, after.start(), stop)


def _rest(text: str, start: int, end: int) -> Iterator[Section]:
    """Give the text after an attribution line; a gallery is no text."""
    attribution = _ATTRIBUTION.match(text, start, end)
    begin = attribution.end() if attribution else start
    gallery = re.compile(r"^[ \t]*<(?:details|div|img|p\s)\b", re.MULTILINE).search(
        text, begin, end
    )
    own = gallery.start() if gallery else end
    if attribution and text[begin:own].strip():
        yield Section(part="other", label=None, start=begin, end=own)
