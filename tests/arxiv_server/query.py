"""This module evaluates arXiv's query language over records.

It knows the fields ``ti abs au co jr cat all``, quoted phrases, parentheses, ``AND``, ``OR``,
``ANDNOT`` and ranges of ``submittedDate`` and ``lastUpdatedDate``. Words match whole and
without regard to case; unlike arXiv's they are not stemmed.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import cache

from tests.arxiv_server.records import Record

Matches = Callable[[Record], bool]

_TOKEN = re.compile(
    r"\s*(?:(?P<parenthesis>[()])"
    r"|(?:(?P<field>[A-Za-z]+):)?"
    r'(?:"(?P<phrase>[^"]*)"|\[(?P<low>\d+) TO (?P<high>\d+)\]|(?P<word>[^\s()"\[\]]+)))'
)
_WORD = re.compile(r"[^\W_]+")
_TEXTS: dict[str, Callable[[Record], str]] = {
    "ti": lambda record: record.title,
    "abs": lambda record: record.abstract,
    "au": lambda record: " | ".join(name for name, _ in record.authors),
    "co": lambda record: record.comment,
    "jr": lambda record: record.journal_ref,
}
_DATES: dict[str, Callable[[Record], datetime]] = {
    "submittedDate": lambda record: record.published,
    "lastUpdatedDate": lambda record: record.updated,
}
_OPERATORS = {"AND", "OR", "ANDNOT"}
_DATE_DIGITS = 14


class QueryError(ValueError):
    """The query is none; the message says why."""


def matcher(query: str) -> Matches:
    """Return who belongs to the query.

    Raises:
        QueryError: the query is malformed.
    """
    parser = _Parser(_tokens(query))
    matches = parser.either()
    if parser.rest:
        raise QueryError(f"unexpected {parser.rest[0][0].strip()}")
    return matches


class _Parser:
    """A parser by recursive descent; ``rest`` is what it has not read."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.rest = tokens

    def either(self) -> Matches:
        # Two terms side by side are alternatives, as in Lucene.
        alternatives = [self.both()]
        while self.rest and self.rest[0]["parenthesis"] != ")":
            self._skip("OR")
            alternatives.append(self.both())
        return lambda record: any(matches(record) for matches in alternatives)

    def both(self) -> Matches:
        wanted = [self.one()]
        unwanted: list[Matches] = []
        while operator := self._skip("AND", "ANDNOT"):
            (wanted if operator == "AND" else unwanted).append(self.one())
        return lambda record: (
            all(matches(record) for matches in wanted)
            and not any(matches(record) for matches in unwanted)
        )

    def one(self) -> Matches:
        if not self.rest:
            raise QueryError("the query ends early")
        token = self.rest.pop(0)
        if token["parenthesis"] == "(":
            matches = self.either()
            if not self.rest or self.rest.pop(0)["parenthesis"] != ")":
                raise QueryError("missing )")
            return matches
        if token["parenthesis"] or _operator(token):
            raise QueryError(f"unexpected {token[0].strip()}")
        return _term(token)

    def _skip(self, *operators: str) -> str:
        if self.rest and _operator(self.rest[0]) in operators:
            return _operator(self.rest.pop(0))
        return ""


def _tokens(query: str) -> list[re.Match[str]]:
    tokens, place = [], 0
    query = query.rstrip()
    while place < len(query):
        token = _TOKEN.match(query, place)
        if token is None:
            raise QueryError(f"malformed at {query[place : place + 20]}")
        tokens.append(token)
        place = token.end()
    return tokens


def _operator(token: re.Match[str]) -> str:
    word = token["word"] or ""
    return word if word in _OPERATORS and not token["field"] else ""


def _term(token: re.Match[str]) -> Matches:
    field = token["field"] or "all"
    if field in _DATES:
        return _in_range(_DATES[field], token)
    wanted = token["phrase"] if token["phrase"] is not None else token["word"]
    if wanted is None:
        raise QueryError(f"{field} takes no range")
    if field == "cat":
        return _in_category(wanted)
    if field == "all":
        return lambda record: any(
            _words(wanted) in _words(text(record)) for text in _TEXTS.values()
        )
    if field not in _TEXTS:
        raise QueryError(f"unknown field {field}")
    return lambda record: _words(wanted) in _words(_TEXTS[field](record))


def _in_range(when: Callable[[Record], datetime], token: re.Match[str]) -> Matches:
    if token["low"] is None:
        raise QueryError(f"{token['field']} wants a range [YYYYMMDDHHMM TO YYYYMMDDHHMM]")
    low = token["low"].ljust(_DATE_DIGITS, "0")
    high = token["high"].ljust(_DATE_DIGITS, "9")
    return lambda record: low <= f"{when(record).astimezone(UTC):%Y%m%d%H%M%S}" <= high


def _in_category(wanted: str) -> Matches:
    pattern = wanted.casefold()
    return lambda record: any(fnmatchcase(c.casefold(), pattern) for c in record.categories)


@cache
def _words(text: str) -> str:
    """Return the words of a text, each between two spaces."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
