"""This module defines the values that travel from the source to the page.

They are frozen and know nothing of files, clocks or networks. Times are timezone-aware,
collections are tuples.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

Lang = Literal["zh", "en"]
Depth = Literal["abstract", "full"]
Stage = Literal["fetch", "paper", "summary", "figures"]
Galleries = Literal["all", "licensed", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a reader follows.

    ``slug`` is a safe file name. A paper belongs to the topic when its title or abstract holds
    one of ``phrases``, it has one of ``categories`` and it matches ``query`` (the source's own
    query language); an empty one of the three does not restrict.
    """

    name: str
    slug: str
    phrases: tuple[str, ...] = ()
    query: str = ""
    categories: tuple[str, ...] = ()
    limit: int = 50
    window_days: int = 7
    lang: Lang = "zh"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The span of submission times to ask for, both ends included, in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One author as the source names them."""

    name: str
    affiliations: tuple[str, ...] = ()


LinkKind = Literal["abstract", "pdf", "html", "code", "project", "doi"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that the source's metadata or the paper's own text gives."""

    kind: LinkKind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper's metadata. Text is squeezed; ``id`` has no version and is the identity.

    ``published`` is when version 1 was submitted, ``updated`` when ``version`` was.
    ``categories`` begins with the primary one. ``licence`` is an address, "" when not known;
    ``venue`` is where the paper says that it appears. ``hidden`` counts the places of the metadata
    that said something which no reader sees, before it was squeezed; see `text.unseen`.
    """

    id: str
    version: int
    title: str
    authors: tuple[Author, ...]
    abstract: str
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""
    licence: str = ""
    venue: str = ""
    links: tuple[Link, ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a source found: the newest papers up to the topic's limit, newest first.

    ``total`` counts all that match in the window, so ``total > len(papers)`` says how many the
    limit cut off.
    """

    papers: tuple[Paper, ...]
    total: int


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a paper's full text, and where on its page it begins.

    ``page`` counts from 1; ``box`` is left, top, right and bottom of its rows in the column where
    it begins, in points from the top left of the page as displayed. ``noise`` says that formulas
    or unreadable letters make too much of it for a quote.
    """

    text: str
    page: int
    box: Box
    noise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a paper's full text; ``page`` and ``level`` count from 1.

    Empty lines part the paragraphs of ``text``.
    """

    heading: str
    role: str
    page: int
    text: str
    level: int = 1
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture cut from a paper; ``page`` counts from 1, sizes are in pixels.

    ``image`` and ``thumbnail`` are WebP. ``box`` and ``caption_box`` say where on the page it
    stood without its caption, and the caption, as a `Sentence`'s box does.
    """

    kind: Literal["figure", "table", "algorithm"]
    label: str
    caption: str
    page: int
    file_name: str
    image: bytes
    width: int
    height: int
    thumbnail: bytes = b""
    alt: str = ""
    box: Box = (0.0, 0.0, 0.0, 0.0)
    caption_box: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure as a post shows it: ``image`` and ``thumbnail`` are files on this machine.

    ``file_name`` and ``thumbnail_name`` are what they are called beside the post; sizes are in
    pixels. A picture that is small itself has no thumbnail: the name is empty.
    """

    kind: Literal["figure", "table", "algorithm"]
    label: str
    caption: str
    alt: str
    page: int
    file_name: str
    image: Path
    width: int
    height: int
    thumbnail_name: str = ""
    thumbnail: Path = Path()
    thumbnail_width: int = 0


NoteKind = Literal[
    "no pdf",
    "pdf unavailable",
    "pdf unreadable",
    "hidden text",
    "pictures withheld",
    "licence unavailable",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that a reader of a digest should know of how it came about.

    ``detail`` is why there is no PDF or why it cannot be read, how many passages are hidden in
    PDF and metadata, or what the licence is called.
    """

    kind: NoteKind
    detail: str = ""

    @property
    def is_passing(self) -> bool:
        """Tell whether it may be different in an hour: a server did not answer."""
        return self.kind in ("pdf unavailable", "licence unavailable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The exact words of the paper that carry a statement, and where they stand.

    ``where`` is "title", "abstract", "comment", "metadata" or a section's heading; ``index``
    counts the sentences there from 0; ``page`` counts from 1 and is None without a PDF.
    """

    sentence: str
    where: str
    index: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a digest says, and what it rests on.

    A "quote" is its evidence's words, a "fact" was counted or read from metadata, "generated"
    was written by a model and checked. A quote that leaves words out is ``shortened``.
    """

    text: str
    evidence: tuple[Evidence, ...]
    kind: Literal["quote", "fact", "generated"] = "quote"
    shortened: bool = False

    def __post_init__(self) -> None:
        """Refuse a quote that is not its source's words."""
        if self.kind == "quote" and not any(self._quotes(e.sentence) for e in self.evidence):
            raise ValueError(f"not a quote of its evidence: {self.text!r}")

    def _quotes(self, sentence: str) -> bool:
        if not self.shortened:
            return self.text in sentence
        rest = iter(sentence)
        return all(character in rest for character in self.text)


Statements = tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What became of the statements that a model wrote, and what it had read.

    ``kept`` passed every check at once, ``repaired`` when they were asked for again, ``replaced``
    are quotes in the place of others, ``dropped`` have nothing in their place. ``unanswered``
    counts the parts that the model was not there for. Of the paper's ``sentences`` it was given
    ``read``; the others did not fit.
    """

    kept: int = 0
    repaired: int = 0
    replaced: int = 0
    dropped: int = 0
    unanswered: int = 0
    read: int = 0
    sentences: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How a summary was made: ``input`` says what was read, ``fingerprint`` who read it.

    ``model`` is the language model that was asked, if one was, and ``checks`` what came of it.
    """

    method: str
    fingerprint: str
    input: Depth
    model: str = ""
    checks: Checks | None = None

    @property
    def is_final(self) -> bool:
        """Tell whether the same summarizer would do no better at another time."""
        return self.checks is None or not self.checks.unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The digest of one paper. An empty part is "not stated" in what was read.

    ``background`` to ``task_and_performance`` are part 6 of a post's eight, ``methods`` is
    part 7, ``significance`` to ``workload`` are part 8; parts 1 to 5 are metadata and
    ``keywords``.
    """

    gist: Statement
    takeaways: Statements
    keywords: tuple[str, ...]
    background: Statements
    past_methods: Statements
    proposed_method: Statements
    task_and_performance: Statements
    methods: Statements
    significance: Statements
    innovation: Statements
    performance: Statements
    workload: Statements
    written_by: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A paper that can be shown as it is."""

    paper: Paper
    summary: Summary
    pictures: tuple[Picture, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_incomplete(self) -> bool:
        """Tell whether a later run may have more of the paper."""
        return any(note.is_passing for note in self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A paper that could not be digested, and why."""

    id: str
    stage: Stage
    reason: str


Outcome = Entry | Skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What a post's front matter remembers of a published paper: plain text, one line each.

    ``published`` and ``revised`` are the days on which version 1 and ``version`` were submitted.
    What a citation needs, from ``authors`` to ``journal``, is empty in posts of older versions.
    ``pictures`` are the files beside the post that belong to the paper, the gallery's first one
    in front. An ``incomplete`` one is made again by a later run of the same day.
    """

    id: str
    version: int
    title: str
    gist: str
    by: str
    fingerprint: str
    authors: tuple[str, ...] = ()
    published: date | None = None
    revised: date | None = None
    categories: tuple[str, ...] = ()
    doi: str = ""
    journal: str = ""
    licence: str = ""
    pictures: tuple[str, ...] = ()
    incomplete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A paper's block as it stands in a post on disk, to be carried over byte for byte."""

    ledger: LedgerEntry
    block: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One topic on one day. The order of ``entries`` is the order in the post."""

    topic: Topic
    day: date
    window: Window
    entries: tuple[Entry | Published, ...]
    skipped: tuple[Skip, ...] = ()
