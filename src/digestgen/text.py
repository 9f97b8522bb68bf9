"""This module turns foreign text into clean text, safe names and sentences."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from hashlib import sha256
from itertools import count, pairwise

from digestgen import tex

SLUG_LENGTH = 60

# Characters without a glyph that break builds, hide words or reverse reading order: C0 and C1
# controls, soft hyphen, zero-width and bidi marks, tags, interlinear and object marks, lone
# surrogates, noncharacters. The joiners U+200C and U+200D are treated apart, below.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff0-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e00ff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(1 << 16, 17 << 16, 1 << 16)
    )
    + "]"
)
# The two of them that Unicode calls printable.
_PRINTABLE_JOINER, _PRINTABLE_OBJECT = "\u034f", "\ufffc"
# A joiner shapes words in the scripts from Arabic to Mongolian and composes emoji; anywhere else
# it only makes two equal words differ.
_SHAPED = "\u0620-\u109f\u1780-\u180d\u180f-\u18af\ua840-\uabff\U00011000-\U00011fff"
_PICTURE = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_JOINER = re.compile(
    f"(?<=[{_SHAPED}])[\u200c\u200d](?=[{_SHAPED}])"  # kept
    f"|(?<=[{_PICTURE}])\u200d(?=[{_PICTURE}])"  # kept
    "|(?P<stray>[\u200c\u200d])"
)
# Tags are twins of ASCII that programs read as ASCII and readers not at all; behind a black flag
# they name a region and draw its flag.
_TAGS = range(0xE0020, 0xE007F)
_FIRST_TAG = 0xE0000
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Letters are coded in rows of these. Alone each has an honest use, and copying leaves some behind.
_WIDTHLESS = "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_ROW = re.compile(rf"[{_WIDTHLESS}](?:\s?[{_WIDTHLESS}]){{11,}}")
_SPACE_CHARACTER = re.compile(r"\s")

_HAN = "[\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # slow to compile
_SIGNS = (("+", "-plus-"), ("#", "-sharp-"))  # of names like C++
_FOREIGN = re.compile("[^\x00-\x7f]")
_WORD = re.compile("[a-z0-9]+")

# No sentence ends with these; with the others one may, when the next word opens a sentence.
_CERTAIN = re.compile(r"ca|cf|dr|e\.g|eqs?|figs?|i\.e|mrs?|ms|prof|viz|vs|w\.r\.t")
_ABBREVIATION = re.compile(
    rf"{_CERTAIN.pattern}|al|approx|ch|def|dept|eqns?|etc|inc|jr|lem|lett|ltd|phys|pp?|proc|refs?|"
    "resp|rev|sect?|soc|st|tab|thm|vol"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ENUMERATOR = re.compile(r"\s*\(?\d{1,2}")
_CITATION = re.compile(r"\[\d")
_OPENING_WORD = re.compile(
    r"(?:We|Our|The|This|These|That|Those|They|There|Then|It|An?|In|To|As|At|By|For|From|With|"
    r"When|While|Although|However|Moreover|Furthermore|Finally|Here|Recent|Recently|Such|Using|"
    r"Code|Results|Extensive|Experiments)\b"
)
_END = re.compile(
    r"[.!?]+(?:[\"')\]”’]|\$(?!\$)|''){0,3}(?:\s+|(?<=[a-z]{2}\.)(?="
    + _OPENING_WORD.pattern
    + r"\s))"
    r"|[。！？]+[\"”’」』）]{0,3}\s*"
)
_BETWEEN_WORDS = re.compile(r"[^\w.]")
_PLAIN = 5  # letters; shorter words before a full stop and a small letter may be abbreviations
_LONGEST_QUOTE = 120  # characters of a quote that is kept whole, before and behind a full stop
_WINDOW = 40  # characters to look at on either side of a full stop


def squeeze(s: str) -> str:
    """Return ``s`` on one line: no invisible characters, each run of white space one space."""
    return " ".join(_visible(s).split())  # by the signs of `\s`, much faster


def printable(s: str) -> str:
    """Return ``s`` as a line that a terminal only shows: like ``squeeze``, but with its spaces."""
    return _SPACE_CHARACTER.sub(" ", _visible(s))


def unseen(s: str) -> Iterator[str]:
    """Yield what characters without a glyph say in a text that is there to be seen.

    What stands in tags is given as it reads; what zero-width and bidirectional ones say is not
    known, so each row of them is given by their numbers. Too few to say anything are passed over.
    """
    if s.isascii():
        return
    said = "".join(chr(ord(each) - _FIRST_TAG) for each in _FLAG.sub("", s) if ord(each) in _TAGS)
    if said.strip():
        yield said
    for match in _ROW.finditer(s):
        yield " ".join(f"U+{ord(each):04X}" for each in match[0] if not each.isspace())


def slugify(name: str) -> str:
    """Return a file and address name for ``name``: ``[a-z0-9-]+``, at most 60 characters.

    Other scripts are transliterated. What had to be cut, or has nothing to transliterate, ends in
    a short hash, so that two such names stay apart.
    """
    line = squeeze(name)
    for sign, word in _SIGNS:
        line = line.replace(sign, word)
    latin = line if line.isascii() else _FOREIGN.sub(lambda sign: _ascii(sign[0]), line)
    slug = "-".join(_WORD.findall(latin.lower()))
    if 0 < len(slug) <= SLUG_LENGTH:
        return slug
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug[: SLUG_LENGTH - 11].rstrip('-')}-{digest}".lstrip("-")


def numbered(name: str) -> Iterator[str]:
    """Yield ``name``, ``name-2``, ``name-3`` and so on without end."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def free_name(name: str, taken: Collection[str]) -> str:
    """Return the first of ``numbered(name)`` that is not taken."""
    return next(free for free in numbered(name) if free not in taken)


@lru_cache(maxsize=1 << 12)  # its block, its links and its page name a paper
def paper_slug(paper_id: str) -> str:
    """Return a paper's id as file names and addresses have it: ``2409-12099`` for 2409.12099."""
    return re.sub("[^a-z0-9]+", "-", paper_id.lower()).strip("-") or "x"


def paper_anchor(paper_id: str) -> str:
    """Return the id of a paper's block in a page: ``paper-2409-12099`` for 2409.12099."""
    return f"paper-{paper_slug(paper_id)}"


def sentences(s: str) -> tuple[str, ...]:
    """Return the sentences of ``s`` in order, each an exact substring of ``squeeze(s)``.

    In doubt two sentences stay one: half a sentence reads worse than two.
    """
    s = squeeze(s)
    masked = "".join(map(_mask, tex.segments(s)))
    cuts = [0]
    for mark in _END.finditer(masked):
        head = masked[max(cuts[-1], mark.start() - _WINDOW) : mark.start()]
        if _ends_sentence(
            head, mark[0], masked[mark.end() : mark.end() + _WINDOW]
        ) and not _is_quoted(masked, cuts[-1], mark.end()):
            cuts.append(mark.end())
    pieces = (s[start:stop].strip() for start, stop in pairwise([*cuts, len(s)]))
    return tuple(piece for piece in pieces if piece)


def _visible(s: str) -> str:
    if s.isprintable() and _PRINTABLE_JOINER not in s and _PRINTABLE_OBJECT not in s:
        return s  # nearly all text, in a tenth of the time
    s = _INVISIBLE.sub("", s)
    return _JOINER.sub(lambda match: "" if match["stray"] else match[0], s)


@lru_cache(maxsize=1 << 14)  # of every heading of every page
def _ascii(character: str) -> str:
    # Reading the tables costs 50 ms that most commands need not pay.
    from anyascii import anyascii

    return f"-{anyascii(character)}-" if re.match(_HAN, character) else anyascii(character)


def _mask(segment: tex.Segment) -> str:
    """Hide a formula's inner full stops; one at its end may well end the sentence."""
    source = segment.source
    if isinstance(segment, tex.Prose):
        return source
    return source[0] + "x" * (len(source) - 3) + source[-2:]


def _ends_sentence(head: str, mark: str, tail: str) -> bool:
    if mark[0] in "。！？":
        return True
    if not tail or tail[0] in ",;:)" or _CITATION.match(tail):
        return False
    word = _BETWEEN_WORDS.split(head)[-1] if mark[0] == "." else ""
    if tail[0].islower():
        return mark.startswith(". ") and _is_plain_word(word)
    return _may_end(word.lower(), tail) and not _ENUMERATOR.fullmatch(head)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether a quote that opened behind ``start`` closes soon behind ``end``."""
    if end - start > _LONGEST_QUOTE:
        return False
    head, tail = text[start:end], text[end : end + _LONGEST_QUOTE]
    if head.count("“") > head.count("”"):
        return "”" in tail.partition("“")[0]
    opening, closing = head.rfind('"'), tail.find('"')
    is_opened = opening == 0 or (opening > 0 and head[opening - 1] in " ([")
    is_closed = closing > 0 and not tail[closing - 1].isspace()
    return head.count('"') % 2 == 1 and is_opened and is_closed


def _may_end(word: str, tail: str) -> bool:
    """Tell whether a sentence may end with ``word`` and a full stop, when ``tail`` follows."""
    if word == "no":
        return not tail[0].isdigit()
    if _ABBREVIATION.fullmatch(word) or _INITIALS.fullmatch(word):
        return not _CERTAIN.fullmatch(word) and _OPENING_WORD.match(tail) is not None
    return True


def _is_plain_word(word: str) -> bool:
    """Tell a word that ends a sentence from an abbreviation; the next may be a name: "eBay"."""
    is_word = word.isascii() and word.isalpha() and word.islower() and len(word) >= _PLAIN
    return is_word and not _ABBREVIATION.fullmatch(word)
