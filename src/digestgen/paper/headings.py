"""This module finds the headings among the rows of a paper, by number, font and wording."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digestgen.paper.body import Body
from digestgen.paper.joining import join
from digestgen.paper.numbering import Place, best_sequence
from digestgen.paper.reading_order import Row

LONGEST = 120  # characters of a title

_NUMBER = r"(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2}){0,3}"
_NUMBERED = re.compile(
    rf"(?:(?P<number>{_NUMBER})(?:\.\s*|:\s+|\s+|(?<=\.\d)(?=[A-Z]))|"
    r"(?:Appendix|APPENDIX|Appendices)\s+(?P<appendix>[A-Z])(?:[\s.:]+|$))"
    r"(?P<title>[^\W\d_“\"\[(].{1,110})"
)
_KNOWN = re.compile(
    r"(?:abstract|introduction|motivation|related works?|(?:materials and )?methods?|background|"
    r"methodology|experiments?|results|(?:results and )?discussions?|evaluation|"
    r"conclusions?(?: (?:and|&) (?:future (?:works?|directions)|discussions?|limitations))?|"
    r"discussions?(?: (?:and|&) (?:conclusions?|future works?|limitations))?|"
    r"references(?: and notes)?|bibliography|acknowledge?ments?|limitations|appendi(?:x|ces)|"
    r"broader impacts?|ethics statement|ethical considerations|future work|preliminaries|"
    r"(?:the )?reproducibility statement|supplementary (?:materials?|information)|"
    r"data availability|(?:author )?contributions|key ?words|ccs concepts|funding|"
    r"impact statement|summary)[.:]?",
    re.IGNORECASE,
)
_NEVER_NUMBERED = re.compile(
    r"abstract|references|bibliography|acknowl|appendi|supplementary|broader|ethic|"
    r"(?:the )?reproducib|impact|limitations|key ?words|ccs concepts|data avail|funding|"
    r"(?:author )?contrib",
    re.IGNORECASE,
)
_RUN_IN_ABSTRACT = re.compile(r"(abstract)\s*(?:[.:]|[—–-]+)\s*(?=[A-Z])", re.IGNORECASE)
_TITLE = re.compile(r"[^\W\d_a-z][^.!;]{2,}[^.,;:!\-]:?")
_SMALL_CAPITALS = re.compile(r"caps|csc|sc\d|-sc\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading over the rows from ``row`` to before ``stop``; ``level`` counts from 1.

    ``rest`` is the running text that follows on the heading's own row.
    """

    row: int
    stop: int
    level: int
    number: str
    title: str
    rest: str = ""

    @property
    def text(self) -> str:
        """The heading as it stands in the paper."""
        return f"{self.number} {self.title}".strip()


Style = tuple[str, float, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """What may be a heading; ``weight`` grows with how much it looks like one."""

    row: int
    stop: int
    number: str
    title: str
    style: Style
    weight: float
    rest: str = ""

    def heading(self, level: int) -> Heading:
        return Heading(
            row=self.row,
            stop=self.stop,
            level=level,
            number=self.number,
            title=join(self.title.split("\n")).strip().rstrip(".:").rstrip(),
            rest=self.rest,
        )


def find_headings(rows: Sequence[Row], body: Body) -> tuple[Heading, ...]:
    """Return the headings in reading order."""
    numbered = list(_numbered(rows, body))
    sequence = best_sequence([(c.number, c.weight) for c in numbered])
    chain = [(numbered[index], place) for index, place in sequence]
    found = [candidate.heading(len(place)) for candidate, place in chain]
    taken = {row for heading in found for row in range(heading.row, heading.stop)}
    unnumbered = [c for c in _unnumbered(rows, body) if c.row not in taken]
    known = list(_once_each(c for c in unnumbered if _is_certain(c, chain)))
    found.extend(candidate.heading(1) for candidate in known)
    taken.update(row for c in known for row in range(c.row, c.stop))
    others = [c for c in unnumbered if c.row not in taken and not _KNOWN.fullmatch(c.title)]
    found.extend(_like_the_known(others, chain, known))
    return tuple(sorted(found, key=lambda heading: heading.row))


def title_key(title: str) -> str:
    """Return what is left of a title when spacing, case and punctuation do not count."""
    return re.sub(r"[\W_]+", "", title).casefold()


def _is_certain(candidate: _Candidate, chain: Sequence[tuple[_Candidate, Place]]) -> bool:
    """Return whether an unnumbered heading has a usual title, and belongs where it stands."""
    if not _KNOWN.fullmatch(candidate.title):
        return False
    usual = {c.style for c, place in chain if len(place) == 1}
    return (
        len(chain) < 3
        or candidate.style in usual
        or _NEVER_NUMBERED.match(candidate.title) is not None
    )


def _once_each(candidates: Iterable[_Candidate]) -> Iterator[_Candidate]:
    """Yield the first of those with the same title."""
    seen: set[str] = set()
    for candidate in candidates:
        key = title_key(candidate.title)
        if key not in seen:
            seen.add(key)
            yield candidate


def split_number(text: str) -> tuple[str, str]:
    """Return the number of a heading, or nothing, and its title."""
    match = _NUMBERED.match(text)
    if match is None:
        return "", text
    return match["number"] or match["appendix"] or "", text[match.start("title") :]


def _like_the_known(
    others: Sequence[_Candidate],
    chain: Sequence[tuple[_Candidate, Place]],
    known: Sequence[_Candidate],
) -> Iterator[Heading]:
    """Yield what looks like the headings that are certain."""
    levels: dict[Style, int] = {}
    for candidate, place in chain:
        levels.setdefault(candidate.style, len(place))
    if len(chain) >= 3:
        levels = {style: level for style, level in levels.items() if level == 1}
        yield from (c.heading(1) for c in others if c.style in levels)
        return
    for candidate in known:
        levels.setdefault(candidate.style, 1)
    counts = Counter(c.style for c in others)
    top = max((size for _, size, _ in levels), default=0.0)
    for candidate in others:
        if candidate.style in levels:
            yield candidate.heading(1)
        elif counts[candidate.style] > 1 and candidate.style[1] <= top:
            yield candidate.heading(2)


def _numbered(rows: Sequence[Row], body: Body) -> Iterator[_Candidate]:
    for index, row in enumerate(rows):
        text = row.text
        match = _NUMBERED.match(text)
        if match is None or (len(text) > LONGEST and not row.first.bold):
            continue
        title, rest = _parted(row, text, match.start("title"), body)
        weight = _emphasis(row, title, body)
        if weight and len(title) <= LONGEST and _stands_at_left(row, body, weight):
            number = match["number"] or match["appendix"]
            stop, more = (index + 1, "") if rest else _continued(rows, index, body)
            yield _Candidate(
                row=index,
                stop=stop,
                number=number or "",
                title=f"{title}\n{more}".strip(),
                style=_style(row),
                weight=weight,
                rest=rest,
            )


def _unnumbered(rows: Sequence[Row], body: Body) -> Iterator[_Candidate]:
    for index, row in enumerate(rows):
        text = row.text
        abstract = _RUN_IN_ABSTRACT.match(text)
        title, rest = (abstract[1], text[abstract.end() :]) if abstract else (text, "")
        if not abstract and (len(text) > LONGEST or not _TITLE.fullmatch(text)):
            continue
        weight = _emphasis(row, title, body) + bool(abstract)
        known = _KNOWN.fullmatch(title) is not None
        if not weight and known and not row.is_body and len(row.lines) == 1:
            weight = 0.5
        if not weight or not (known or _is_apart(rows, index, body)):
            continue
        stop, more = (index + 1, "") if rest or known else _continued(rows, index, body)
        yield _Candidate(
            row=index,
            stop=stop,
            number="",
            title=f"{title}\n{more}".strip(),
            style=_style(row),
            weight=weight,
            rest=rest,
        )


def _style(row: Row) -> Style:
    last = row.lines[-1]
    return last.font, round(last.size), row.text.isupper()


def _parted(row: Row, text: str, start: int, body: Body) -> tuple[str, str]:
    """Return the title, and the sentence that goes on behind it in the body's font."""
    title = text[start:]
    line = row.first
    end = line.lead - start
    plain = line.font == body.font or line.font in body.fonts
    if len(row.lines) == 1 and (line.bold or line.italic) and plain and 3 < end < len(title):
        return title[:end], title[end:].strip()
    return title, ""


def _emphasis(row: Row, title: str, body: Body) -> float:
    """Return how much the row stands out from the body: 0 not at all."""
    line = row.lines[-1]
    bold = row.first.bold and (line.font != body.font or row.first.lead > 3)
    large = min(2.0, max(0.0, max(x.size for x in row.lines) - body.size - 0.4))
    capitals = title.upper() == title and sum(c.isupper() for c in title) > 3
    small_capitals = _SMALL_CAPITALS.search(line.font) is not None
    slanted = row.first.italic and line.italic and line.font != body.font and not row.is_formula
    if row.first.size < body.size - 0.6 and not (bold or capitals):
        return 0.0
    return bold + large + capitals + small_capitals + 0.4 * slanted


def _stands_at_left(row: Row, body: Body, weight: float) -> bool:
    at_left = any(abs(row.first.x0 - left) < 16 for left in body.lefts)
    return at_left or weight >= 1.0


def _is_apart(rows: Sequence[Row], index: int, body: Body) -> bool:
    """Return whether the row stands alone, over text of the body."""
    row = rows[index]
    wide = row.box[2] - row.box[0]
    left = row.first.x0
    middle = (row.box[0] + row.box[2]) / 2
    placed = any(abs(left - x) < 8 or abs(middle - x - body.column / 2) < 8 for x in body.lefts)
    if len(row.lines) > 1 or wide > 0.95 * body.column or not placed:
        return False
    if index and _gap(rows[index - 1], row) is not None:
        above = _gap(rows[index - 1], row) or 0.0
        if above < 1.25 * body.size:
            return False
    following = next((r for r in rows[index + 1 : index + 4] if r.is_body), None)
    return following is not None


def _gap(above: Row, row: Row) -> float | None:
    """Return the distance of the baselines, or None where another column or page begins."""
    if (above.page, above.column) != (row.page, row.column):
        return None
    return row.first.baseline - above.first.baseline


def _continued(rows: Sequence[Row], index: int, body: Body) -> tuple[int, str]:
    """Return where the heading that begins at ``index`` stops, and the rest of its title."""
    row = rows[index]
    more: list[str] = []
    stop = index + 1
    while stop < len(rows) and len(more) < 3 and _goes_on(rows[stop - 1], rows[stop], body):
        if not more and row.box[2] - row.box[0] < 0.6 * body.column:
            break
        more.append(rows[stop].text)
        stop += 1
    return stop, "\n".join(more)


def _goes_on(above: Row, row: Row, body: Body) -> bool:
    gap = _gap(above, row)
    last = above.lines[-1]
    return (
        gap is not None
        and gap < 1.5 * last.size
        and row.first.font == last.font
        and row.first.font != body.font
        and abs(row.first.size - last.size) < 0.5
        and row.first.lead >= 0.5 * len(row.first.text)
        and _NUMBERED.match(row.text) is None
        and _KNOWN.fullmatch(row.text) is None
    )
