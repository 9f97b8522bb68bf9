"""This module joins rows of text into running text: words parted by hyphens become whole."""

import re
from collections.abc import Iterable, Sequence

from digestgen.text import squeeze

_PARTED = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_BEGINNING = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOTE_MARK = re.compile(
    r"(?<=[^\W\d_]{3})[⁰¹²³⁴-⁹]+(?=\W|$)(?: (?=[,.;:)]))?|(?<=[.,;)])[¹²³⁴-⁹]+(?=\s|$)"
)
_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?:/{0,2})|(?:https?://|www\.|\b(?:github|gitlab)\.com/)\S+)$",
    re.IGNORECASE,
)
_MORE = re.compile(r"[\w~/][\w.~%#?=&+@:/-]*")
_HALF = re.compile(  # a host of code without the name of what it hosts
    r"(?:git\w+\.com|bitbucket\.org|codeberg\.org|huggingface\.co)/(?:[\w.-]+/)?$", re.IGNORECASE
)
_PATHLIKE = re.compile(r"[-_/=\d]|\.\w")
_DOMAIN = re.compile(r"(?:com|org|net|edu|io|ai|html?|pdf|[a-z]{2})(?:/|[.,;)]?(?:\s|$))")
# Whole words of which both halves are words.
_WHOLE = frozenset(
    [
        "furthermore",
        "moreover",
        "nevertheless",
        "nonetheless",
        "overall",
        "without",
        "within",
        "whereas",
        "therefore",
        "however",
        "throughout",
        "something",
        "somewhat",
        "sometimes",
        "likewise",
        "otherwise",
        "outperform",
        "outperforms",
        "meanwhile",
        "wherein",
        "thereby",
        "hereby",
        "elsewhere",
        "everything",
        "anything",
        "nothing",
        "cannot",
        "today",
        "together",
        "another",
        "forward",
        "backward",
        "toward",
        "towards",
        "afterwards",
        "understand",
        "understanding",
        "underlying",
        "overcome",
        "downstream",
        "upstream",
        "online",
        "offline",
        "framework",
        "network",
        "networks",
        "workflow",
        "database",
        "dataset",
        "datasets",
        "keyword",
        "keywords",
        "therein",
        "altogether",
        "become",
        "becomes",
        "between",
        "before",
        "because",
        "herein",
    ]
)
# Compounds that are rarely written as one word.
_PREFIXES = frozenset(
    {"self", "non", "cross", "multi", "well", "state", "so", "end", "low", "high"}
)

Vocabulary = frozenset[str]


def vocabulary(rows: Iterable[str]) -> Vocabulary:
    """Return the words that stand within the rows, with their hyphens."""
    words: set[str] = set()
    for row in rows:
        words.update(word.lower() for word in _WORD.findall(row)[:-1])
    return frozenset(words)


def without_marks(text: str) -> str:
    """Return ``text`` without the raised numbers that point to notes."""
    return _NOTE_MARK.sub("", text)


def join(rows: Sequence[str], known: Vocabulary = frozenset()) -> str:
    """Return the rows as one text; ``known`` are words that the paper uses."""
    text = ""
    for row in rows:
        text = joined(text, squeeze(row), known)
    return text


def joined(text: str, row: str, known: Vocabulary) -> str:
    """Return ``text`` continued by ``row``."""
    if not text or not row or breaks_address(text, row):
        return text + row
    parted = _PARTED.search(text)
    beginning = _BEGINNING.match(row)
    if parted is None or beginning is None or not row[0].islower():
        return text + row if text[-1] in "-–—/" and _PARTED.search(text) else f"{text} {row}"
    head, tail = parted[1].lower(), beginning[0].lower()
    if _keeps_hyphen(head, tail, known):
        return text + row
    return text[:-1] + row


def ends_in_address(text: str) -> bool:
    """Return whether ``text`` ends in an address, which may go on in the next row."""
    return _ADDRESS.search(text) is not None


def breaks_address(text: str, row: str) -> bool:
    """Return whether an address at the end of ``text`` goes on in ``row``."""
    address, more = _ADDRESS.search(text), _MORE.match(row)
    if address is None or more is None:
        return False
    if address["scheme"] or text[-1] in "-_=?&%~#":
        return True
    if text[-1] == "/":
        return _HALF.search(text) is not None or _PATHLIKE.search(more[0]) is not None
    return text[-1] == "." and _DOMAIN.match(row) is not None


def _keeps_hyphen(head: str, tail: str, known: Vocabulary) -> bool:
    whole = f"{head}{tail}"
    if whole in known or whole in _WHOLE:
        return False
    both = len(head) > 2 and len(tail) > 2 and head in known and tail in known
    return both or f"{head}-{tail}" in known or "-" in head or head in _PREFIXES
