"""This module finds the headings among the rows of a paper, by number, font and wording."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digestgen.paper.body import Body
from digestgen.paper.emphasis import emphasis, is_run_in, parted, stands_right
from digestgen.paper.joining import join
from digestgen.paper.numbering import Place, best_sequence
from digestgen.paper.reading_order import Row

LONGEST = 120  # characters of a title

_NUMBER = r"(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2}){0,3}"
_NUMBERED = re.compile(
    rf"(?:(?P<number>{_NUMBER})(?:\.\s*|:\s+|\s*\|\s*|\s+|(?<=\.\d)(?=[A-Z]))|"
    r"(?P<item>\d{1,2}\))\s+|"
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
_ABSTRACT = re.compile(r"(abstract)\b", re.IGNORECASE)
_RUN_IN_ABSTRACT = re.compile(r"(abstract)\s*(?:[.:]|[—–-]+)\s*(?=[A-Z])", re.IGNORECASE)
_TITLE = re.compile(r"[^\W\d_a-z][^.!;]{2,}[^.,;:!\-]:?")
_CHAPTER = re.compile(r"(?:Chapter|Appendix)\s+(?P<number>\d{1,2}|[A-Z])[.:]?", re.IGNORECASE)


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
    if len(chain) == 1 and chain[0][0].number.isalpha():  # a title that begins with an article
        chain = []
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
    return _number(match), text[match.start("title") :]


def _number(match: re.Match[str]) -> str:
    return match["number"] or match["item"] or match["appendix"] or ""


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
    done = 0
    for index, row in enumerate(rows):
        text = row.text
        if chapter := _CHAPTER.fullmatch(text):
            for candidate in _chapter(rows, index, chapter["number"], body):
                yield candidate
                done = candidate.stop
        match = _NUMBERED.match(text)
        if (
            index < done
            or match is None
            or (len(text) > LONGEST and not is_run_in(row, match.start("title")))
        ):
            continue
        start = match.start("title")
        title, rest = parted(row, text, start, body)
        weight = emphasis(row, title, body, start) or _apartness(rows, index, match, body)
        if weight and len(title) <= LONGEST and stands_right(row, body, weight):
            stop, more, rest = (index + 1, "", rest) if rest else _continued(rows, index, body)
            yield _Candidate(
                row=index,
                stop=stop,
                number=_number(match),
                title=f"{title}\n{more}".strip(),
                style=_style(row),
                weight=weight,
                rest=rest,
            )


def _chapter(rows: Sequence[Row], index: int, number: str, body: Body) -> Iterator[_Candidate]:
    """Yield the chapter of which the number stands alone, over its title in large letters."""
    stop = index + 1
    while stop < min(index + 4, len(rows)) and rows[stop].first.size > body.size + 2:
        stop += 1
    if stop > index + 1:
        yield _Candidate(
            row=index,
            stop=stop,
            number=number,
            title="\n".join(row.text for row in rows[index + 1 : stop]),
            style=_style(rows[index + 1]),
            weight=2.0,
        )


def _unnumbered(rows: Sequence[Row], body: Body) -> Iterator[_Candidate]:
    for index, row in enumerate(rows):
        text = row.text
        abstract = _RUN_IN_ABSTRACT.match(text) or _abstract_in_bold(row)
        title, rest = (abstract[1], text[abstract.end() :]) if abstract else (text, "")
        if not abstract and (len(text) > LONGEST or not _TITLE.fullmatch(text.rstrip("-"))):
            continue
        weight = emphasis(row, title, body) + bool(abstract)
        known = _KNOWN.fullmatch(title) is not None
        if not weight and known and not row.is_body and len(row.lines) == 1:
            weight = 0.5
        if not weight or not (known or _is_apart(rows, index, body)):
            continue
        stop, more = index + 1, ""
        if not (rest or known):
            stop, more, rest = _continued(rows, index, body)
        if title.endswith("-") and not more:
            continue
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


def _abstract_in_bold(row: Row) -> re.Match[str] | None:
    """Return the word when its letters alone set it off from the abstract behind it."""
    match = _ABSTRACT.match(row.text)
    found = match and row.first.bold and abs(row.first.lead - match.end()) < 2
    return match if found else None


def _apartness(rows: Sequence[Row], index: int, match: re.Match[str], body: Body) -> float:
    """Return how much a row in the body's font looks like a subsection's title by its place."""
    row, number = rows[index], _number(match)
    if "." not in number or row.text.endswith(".") or row.is_formula:
        return 0.0
    above = _gap(rows[index - 1], row) if index else None
    below = _gap(row, rows[index + 1]) if index + 1 < len(rows) else None
    apart = (above is None or above > 1.8 * body.size) and (
        below is None or below > 1.25 * body.size
    )
    wide = row.box[2] - row.box[0] > 0.9 * body.column
    return 0.5 if apart and not wide and (above or below) else 0.0


def _is_apart(rows: Sequence[Row], index: int, body: Body) -> bool:
    """Return whether the row stands alone, over text of the body."""
    row = rows[index]
    wide = row.box[2] - row.box[0]
    left = row.first.x0
    middle = (row.box[0] + row.box[2]) / 2
    placed = any(abs(left - x) < 8 or abs(middle - x - body.column / 2) < 8 for x in body.lefts)
    whole = row.first.bold and row.first.lead == len(row.text)  # which no sentence is
    if len(row.lines) > 1 or wide > (1.05 if whole else 0.95) * body.column or not placed:
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


def _continued(rows: Sequence[Row], index: int, body: Body) -> tuple[int, str, str]:
    """Return where the heading from ``index`` on stops, the rest of its title, and what follows.

    A title that text follows on its last row may begin on the row before.
    """
    more: list[str] = []
    stop = index + 1
    while stop < len(rows) and len(more) < 3:
        above, row = rows[stop - 1], rows[stop]
        short = above.box[2] - above.box[0] < 0.6 * body.column
        if short and not (more or _is_large(row, body) or _is_close(above, row, body)):
            break
        if _goes_on(above, row, body):
            more.append(row.text)
            stop += 1
            continue
        end = _end_of_title(above, row, body)
        if end:
            return stop + 1, "\n".join([*more, row.text[:end]]), row.text[end:].strip()
        break
    return stop, "\n".join(more), ""


def _is_close(above: Row, row: Row, body: Body) -> bool:
    """Return whether large rows stand as close as those of one title, numbered at its beginning."""
    gap = _gap(above, row)
    numbered = _NUMBERED.match(above.text) is not None
    large = row.first.size > body.size + 1
    return numbered and large and gap is not None and gap < 1.3 * row.first.size


def _is_large(row: Row, body: Body) -> bool:
    return row.first.size > body.size + 2


def _goes_on(above: Row, row: Row, body: Body) -> bool:
    gap = _gap(above, row)
    last = above.lines[-1]
    full = above.box[2] - above.box[0] > 0.75 * body.column
    own = row.first.font != body.font or row.text.isupper() or _is_large(row, body)
    return (
        gap is not None
        and gap < 1.5 * max(last.size, body.size)
        and row.first.font == last.font
        and own
        and abs(row.first.size - last.size) < 0.5
        and row.first.lead >= 0.5 * len(row.first.text)
        and _NUMBERED.match(row.text) is None
        and (full or _KNOWN.fullmatch(row.text) is None)
    )


def _end_of_title(above: Row, row: Row, body: Body) -> int:
    """Return where a title ends that began on the row above and has text behind it, or 0."""
    gap = _gap(above, row)
    if gap is None or gap > 1.5 * body.size or len(row.first.stretches) < 2:
        return 0
    last, first, behind = above.lines[-1].stretches[-1:], *row.first.stretches[:2]
    same = bool(last) and last[0].font == first.font and (first.bold or first.italic)
    plain = behind.font == body.font or behind.font in body.fonts
    return first.end if same and plain else 0
