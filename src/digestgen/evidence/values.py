"""This module holds what detectors are given and what they give: passages, sources, findings."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from digestgen import tex
from digestgen.model import Lang, Paper

Level = Literal["error", "warning"]

# The parts of a digest, in the order of a post; "other" is text under no label.
Part = Literal[
    "gist",
    "takeaways",
    "title",
    "authors",
    "affiliation",
    "keywords",
    "links",
    "summary",
    "background",
    "past_methods",
    "proposed_method",
    "task_and_performance",
    "methods",
    "conclusion",
    "other",
]
# Their values are names, terms and addresses, not sentences.
FIELDS: frozenset[Part] = frozenset({"title", "authors", "affiliation", "keywords", "links"})
EIGHT_PARTS: tuple[Part, ...] = (
    "title",
    "authors",
    "affiliation",
    "keywords",
    "links",
    "summary",
    "background",
    "past_methods",
    "proposed_method",
    "task_and_performance",
    "methods",
    "conclusion",
)

_WORD = re.compile(r"[^\W_]+")
_LEAD = re.compile(r"^\s*(?:[-*+•]\s+|[(（]?\d{1,2}[)）.、]\s*)*")
_LABEL = re.compile(r"^[^:：\n]{1,24}[:：]\s*")
_AFTER_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_MARK = re.compile("[\u0300-\u036f\u2060]+")
# What digestgen says of a part that its input does not fill: no refusal, it names the input. It
# stands alone, after a label at most.
_NOT_STATED = re.compile(
    r"(?:(?<=[:：。\s])|^)(?:摘要|论文|正文|全文|元数据)(?:中|里)?(?:未|没有)(?:找到|提供|提及|说明|给出)"
    r"(?:相应|相关)?(?:的)?(?:语句|内容|信息)?(?=[。.]?\s*$)"
    r"|(?:(?<=[:：。.\s])|^)not (?:in|stated in) the (?:abstract|paper|metadata|full text)"
    r"(?:, as far as the program can tell)?(?=\.?\s*$)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a digest as plain text: no Markdown, entities decoded, lines kept.

    ``lang`` is the language that it should be written in, None when that is not known.
    """

    text: str
    part: Part = "other"
    lang: Lang | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong with ``text[start:end]`` of a passage; ``rule`` says what kind of wrong.

    ``message`` is one line that a person understands without the text. An error is never right; a
    warning may be right when a source was not at hand.
    """

    rule: str
    start: int
    end: int
    message: str
    level: Level = "error"


@dataclass(frozen=True, kw_only=True)
class Sources:
    """What is known of a paper, to compare a digest with.

    ``texts`` are the paper's own words (abstract, comment, sections, captions), ``links`` every
    address that its metadata gives. ``is_whole`` says that the full text is among them, so that
    what is not there was made up. An empty field is not known.
    """

    id: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    is_whole: bool = False

    @cached_property
    def flat(self) -> str:
        """All words of the paper, as ``flattened`` makes them comparable."""
        parts = (self.title, *self.authors, *self.affiliations, *self.texts, *self.links)
        return " ".join(map(flattened, parts))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of ``flat``."""
        return frozenset(_WORD.findall(self.flat))

    @cached_property
    def letters(self) -> str:
        """The letters and digits of ``flat`` in one row."""
        return re.sub(r"[\W_]+", "", self.flat)

    @cached_property
    def initials(self) -> str:
        """The first letters of the words of ``flat`` in one row."""
        return "".join(word[0] for word in re.findall(r"[a-z0-9]+", self.flat))

    @cached_property
    def plain(self) -> str:
        """The paper's own words, mathematics readable, case as it is."""
        return " ".join(map(readable, (self.title, *self.texts)))

    @property
    def is_known(self) -> bool:
        """Tell whether there is enough to call anything absent."""
        return bool(self.texts)

    def hold(self, text: str) -> bool:
        """Tell whether the paper itself says ``text``, but for case, accents and TeX."""
        return bool(text) and flattened(text) in self.flat

    def quote(self, text: str) -> bool:
        """Tell whether sentences are the paper's own, but for a mark or a label before them."""
        bare = _LEAD.sub("", text).strip().rstrip(".。")
        if len(bare) <= 8:
            return False
        return any(self._hold_all(each) for each in dict.fromkeys((bare, _LABEL.sub("", bare))))

    def _hold_all(self, sentences: str) -> bool:
        return all(self.hold(sentence) for sentence in _AFTER_STOP.split(sentences))


def sources_of(paper: Paper, *, full_text: tuple[str, ...] = ()) -> Sources:
    """Return what a source's metadata, and the paper's full text if given, know of a paper."""
    own = (paper.abstract, paper.comment, paper.journal_ref, *paper.categories, *full_text)
    return Sources(
        id=paper.id,
        title=paper.title,
        authors=tuple(author.name for author in paper.authors),
        affiliations=tuple(a for author in paper.authors for a in author.affiliations),
        texts=tuple(filter(None, own)),
        links=tuple(link.url for link in paper.links),
        is_whole=bool(full_text),
    )


def without_absence(passage: Passage) -> Passage:
    """Return a passage with what says honestly that there is nothing blanked out."""
    text = _NOT_STATED.sub(lambda match: " " * len(match[0]), passage.text)
    return passage if text == passage.text else replace(passage, text=text)


def readable(text: str) -> str:
    """Return text with its TeX decoded, on one line."""
    if any(mark in text for mark in "$\\{~"):
        return tex.plain(text)
    return " ".join(text.split())


def flattened(text: str) -> str:
    """Return text so that equal words are equal: no TeX, accents, capitals or runs of space."""
    text = readable(text).casefold()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text)
    return " ".join(_MARK.sub("", text).translate(_ALIKE).split())


_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"}
)
