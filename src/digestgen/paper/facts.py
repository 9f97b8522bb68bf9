"""This module reads facts off a paper's first pages: affiliations, links, venue.

It takes them as they stand, and rather nothing than a guess.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digestgen.addresses import links_in
from digestgen.model import Link
from digestgen.paper.body import Body
from digestgen.paper.joining import breaks_address, ends_in_address, join
from digestgen.paper.lines import Line, Page
from digestgen.text import squeeze

_INSTITUTION = re.compile(
    r"\b(?:Universi\w+|Univ|Institut\w*|Research|Lab\w*|Colleges?|School|Inc|Corp\w*|Academy|"
    r"Department|Dept|Cent(?:er|re)|Ltd|LLC|GmbH|Google|Microsoft|Meta|Facebook|OpenAI|DeepMind|"
    r"Amazon|Apple|NVIDIA|Nvidia|IBM|Intel|Adobe|Alibaba|Tencent|Baidu|ByteDance|Huawei|Samsung|"
    r"Sony|Salesforce|Anthropic|Hugging Face|Polytechni\w+|EPFL|ETH|MIT|CNRS|INRIA|Inria|"
    r"Max Planck|"
    r"Hospital|Foundation|Group|Technologies|Facult\w+|Technion|KAIST|CMU|UC|AI)\b"
)
_SIGN = r"[⁰¹²³⁴-⁹]+|\d{1,2}|[ᵃᵇᶜᵈᵉᶠᵍʰα-ω♦♣♠♥♢⋆⋄□∗*†‡§¶#?]"
_AFTER_NAME = re.compile(rf"(?:[\s,;]*(?:{_SIGN}|\b[a-h]\b))+")
_MARKED = re.compile(rf"(?:^|(?<=[\s,;]))(?P<mark>{_SIGN})\s*(?=[A-Z])")
_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z])")
_LONGEST = 120  # characters of an affiliation in a note
_ADDRESS = re.compile(r"[;,]?\s*(?:e-?mail:?\s*)?[\w.{},-]+@[\w.-]+\.\w+.*$", re.IGNORECASE)
_LETTERED = re.compile(r"(?P<mark>[a-h])\s+(?=[A-Z])")
_AXIS = 12.0  # points: lines centred so near to each other stand under one another
_NOT_ONE = re.compile(
    r"@|https?://|correspond|equal|contribut|e-?mail|work done|intern\b", re.IGNORECASE
)
_CUE = re.compile(
    r"\b(?:our|code|source|project|available|released?|implementation|open.?sourced?|website|"
    r"repository|models?|demo|homepage|public\w*)\b",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_VENUES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i:published as an? (?:conference|workshop|journal) paper|to appear|accepted|presented|"
        r"published)\s+(?:as an? [a-z ]+ )?(?i:at|to|by|in|for publication in)\s+(?:the\s+)?"
        rf"(?P<venue>[A-Z0-9][^.;()]{{1,110}}?\b{_YEAR}\b|[A-Z][A-Za-z]*[A-Z]{{2,}}\b(?: '?\d\d)?)",
        rf"(?P<venue>Proceedings of the [^;()]{{8,140}}?\b{_YEAR}\b)",
        rf"(?P<venue>(?:\d+\w+ )?(?:[A-Z]\w+ )*(?:Conference|Workshop|Symposium) on "
        rf"[^.;()]{{8,110}}?\b{_YEAR}\b)",
        rf"(?P<venue>\b[A-Z][A-Za-z]*[A-Z]{{2,}} {_YEAR}\b)(?= *(?:$|[,;.(]))",
    )
)
_NAME_GAP = 14.0  # points: names farther apart are columns of their own
_LINK_PAGES = 2
_MOST_ROWS = 3  # of an address
_INDENT = 30.0  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the first pages state; ``affiliations`` has one tuple for each author asked for."""

    title: str = ""
    affiliations: tuple[tuple[str, ...], ...] = ()
    links: tuple[Link, ...] = ()
    venue: str = ""


def find_facts(pages: Sequence[Page], body: Body, *, authors: Sequence[str] = ()) -> Facts:
    """Return what the first pages state of the paper and its authors."""
    block, notes = _of_role("front", pages, body), _of_role("footnote", pages, body)
    return Facts(
        title=_title(block),
        affiliations=_affiliations(block, notes, authors),
        links=_links(pages[:_LINK_PAGES]),
        venue=_venue(pages[:1], body),
    )


def _of_role(role: str, pages: Sequence[Page], body: Body) -> list[Line]:
    """Return the lines of the first page that have this role."""
    return [
        line
        for page, roles in zip(pages[:1], body.roles, strict=False)
        for line, its in zip(page.lines, roles, strict=True)
        if its == role
    ]


def venue_in(text: str) -> str:
    """Return the place of publication that ``text``, such as arXiv's comment, states."""
    for pattern in _VENUES:
        if found := pattern.search(text):
            return squeeze(found["venue"]).rstrip(" ,")
    return ""


def _venue(pages: Sequence[Page], body: Body) -> str:
    """Return the venue that the first page states outside of its running text."""
    for page, roles in zip(pages, body.roles, strict=False):
        lines = [
            line.text
            for line, role in zip(page.lines, roles, strict=True)
            if not line.hidden and role not in {"body", "aside"}
        ]
        for index in range(len(lines)):
            if venue := venue_in(join(lines[index : index + 3])):
                return venue
    return ""


def _links(pages: Sequence[Page]) -> tuple[Link, ...]:
    """Return the first code and project address that is said to be the paper's own."""
    found: dict[str, Link] = {}
    for page in pages:
        texts = [_whole(line, page) for line in page.lines if not line.hidden]
        for index, text in enumerate(texts):
            for link in links_in(text):
                around = " ".join(texts[max(0, index - 2) : index + 1])
                if link.kind not in found and (page.number == 1 or _CUE.search(around)):
                    found[link.kind] = link
    return tuple(found.values())


def _whole(line: Line, page: Page) -> str:
    """Return the line's text, with the rest of an address that breaks off at its end."""
    text = line.text
    for _ in range(_MOST_ROWS):
        below = _line_below(line, page) if ends_in_address(text) else None
        if below is None or not breaks_address(text, below.text):
            break
        text += below.text.split(" ", 1)[0]
        line = below
    return text


def _line_below(line: Line, page: Page) -> Line | None:
    """Return the nearest line under this one."""
    under = [
        other
        for other in page.lines
        if 0.6 * line.size < other.baseline - line.baseline < 1.9 * line.size
        and other.x0 < line.x1
        and other.x1 > line.x0 - _INDENT
        and not (other.hidden or other.numbers)
    ]
    return min(under, key=lambda other: (other.baseline, other.x0), default=None)


def _title(block: Sequence[Line]) -> str:
    """Return the largest lines of the title block, from the top down."""
    upright = [line for line in block if not line.rotated and not line.hidden]
    largest = max((line.size for line in upright), default=0.0)
    lines = [line for line in upright if line.size > largest - 0.6]
    lines.sort(key=lambda line: (round(line.baseline), line.x0))
    return squeeze(join([line.text for line in lines]))


def _affiliations(
    block: Sequence[Line], notes: Sequence[Line], authors: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """Return the affiliations of each author: by mark, by place, or by a note at the foot."""
    named = [_named(block, author) for author in authors]
    marked = _marked(block, notes)
    places = [line for line, _ in named if line is not None]
    institutions = [x for x in block if _is_institution(x) and x not in places]
    common = _common(institutions, places)
    found = []
    for author, (line, marks) in zip(authors, named, strict=True):
        own = tuple(place for mark, place in marked.items() if mark in marks)
        if not own and line is not None and not any(mark in marked for _, m in named for mark in m):
            own = _behind(line, author, authors) or common or _below(line, institutions, places)
        found.append(own or _noted(notes, author, authors))
    return tuple(found)


def _common(institutions: Sequence[Line], names: Sequence[Line]) -> tuple[str, ...]:
    """Return the institutions that stand under one another, under all names: everybody's."""
    lowest = max((x.baseline for x in names), default=float("inf"))
    middles = [(x.x0 + x.x1) / 2 for x in institutions]
    under_all = all(x.baseline > lowest for x in institutions)
    if middles and under_all and max(middles) - min(middles) < _AXIS:
        return tuple(dict.fromkeys(x.text.strip(" ,;") for x in institutions))
    return ()


def _behind(line: Line, author: str, authors: Sequence[str]) -> tuple[str, ...]:
    """Return the institution that stands behind the name on the same line."""
    _, _, rest = line.text.casefold().partition(author.casefold())
    text = line.text[len(line.text) - len(rest) :].split(";")[0].strip(" ,")
    others = any(other.casefold() in text.casefold() for other in authors)
    found = rest and not others and _INSTITUTION.search(text) and not _NOT_ONE.search(text)
    return (text,) if found else ()


def _noted(notes: Sequence[Line], author: str, authors: Sequence[str]) -> tuple[str, ...]:
    """Return where a note says the author is, or what stands under the name among the notes."""
    last = author.split()[-1] if author.split() else ""
    if not last:
        return ()
    text = join([line.text for line in notes])
    stated = re.search(
        rf"\b{re.escape(last)}\b(?:[^.;]|\b[A-Z]\.)*? (?:is|are|was) (?:also )?with (?:the )?"
        r"(?P<place>[^.;(]{3,160})",
        text,
        re.IGNORECASE,
    )
    if stated and _INSTITUTION.search(stated["place"]):
        return (stated["place"].strip(" ,"),)
    names = [line for line in notes if any(_is_short(line, other) for other in authors)]
    institutions = [line for line in notes if _is_institution(line) and line not in names]
    own = next((line for line in names if _is_short(line, author)), None)
    return _below(own, institutions, names) if own else ()


def _is_short(line: Line, author: str) -> bool:
    """Return whether the line begins with the author's initials and last name."""
    last = author.split()[-1] if author.split() else ""
    return re.match(rf"(?:[A-Z]\.[ -]?)+(?:\w+ )?{re.escape(last)}\b", line.text) is not None


def _named(block: Sequence[Line], author: str) -> tuple[Line | None, frozenset[str]]:
    """Return the line with the author's name, and the marks behind the name."""
    words = _plain(author).split()
    name = re.compile(r"[\s.~]*".join(map(re.escape, words)) if words else r"(?!)")
    for line in block:
        text = _plain(line.text)
        if found := name.search(text):
            after = _AFTER_NAME.match(text, found.end())
            marks = re.findall(rf"{_SIGN}|[a-h]", after[0]) if after else []
            return line, frozenset(map(_mark, marks))
    return None, frozenset()


def _mark(mark: str) -> str:
    """Return a mark as it is whether raised or not."""
    return unicodedata.normalize("NFKC", mark)


def _plain(text: str) -> str:
    """Return ``text`` without accents, in small letters."""
    decomposed = unicodedata.normalize("NFD", text.replace("Ł", "L").replace("ł", "l"))
    return "".join(
        c for c in decomposed if not unicodedata.combining(c) and c not in "´`¨˜ˆˇ"
    ).lower()


def _marked(block: Sequence[Line], notes: Sequence[Line]) -> dict[str, str]:
    """Return the affiliations that begin with a mark, by their marks."""
    found: dict[str, str] = {}
    for line in block:
        starts = [m for m in (_LETTERED.match(line.text),) if m] or list(
            _MARKED.finditer(line.text)
        )
        if not starts or starts[0].start() > 0:
            continue
        for mark, name in _after_marks(line.text, starts):
            stated = len(name) > 2 if mark.isdigit() else _INSTITUTION.search(name)
            if stated and not _NOT_ONE.search(name):
                found.setdefault(mark, name)
    text = join([line.text for line in notes])
    for mark, name in _after_marks(text, list(_MARKED.finditer(text))):
        name = _SENTENCE_END.split(name)[0].rstrip(".")
        if len(name) < _LONGEST and _INSTITUTION.search(name) and not _NOT_ONE.search(name):
            found.setdefault(mark, name)
    return found


def _after_marks(text: str, starts: Sequence[re.Match[str]]) -> Iterator[tuple[str, str]]:
    """Yield each mark and what stands behind it, up to the next one."""
    ends = [*(match.start() for match in starts[1:]), len(text)]
    for match, end in zip(starts, ends, strict=False):
        name = _ADDRESS.sub("", text[match.end() : end])
        yield _mark(match["mark"]), name.strip(" ,;")


def _below(line: Line, institutions: Sequence[Line], names: Sequence[Line]) -> tuple[str, ...]:
    """Return the institutions under a name, down to the next name."""
    middle = (line.x0 + line.x1) / 2
    end = min(
        (x.baseline for x in names if x.baseline > line.baseline + 2 and _over(x, middle)),
        default=float("inf"),
    )
    found = (x for x in institutions if line.baseline < x.baseline < end and _over(x, middle))
    return tuple(dict.fromkeys(x.text.strip(" ,;") for x in found))


def _over(line: Line, middle: float) -> bool:
    return line.x0 - _NAME_GAP < middle < line.x1 + _NAME_GAP


def _is_institution(line: Line) -> bool:
    return _INSTITUTION.search(line.text) is not None and _NOT_ONE.search(line.text) is None
