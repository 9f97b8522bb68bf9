"""This module fills pages of two columns, and puts floats and footnotes where journals put them.

A float goes to the foot of the column in which it is named, or else to the head of the next one;
one that spans both columns goes to the head of the next page.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfgen import canvas as reportlab

from tools.sample_papers.drawing import Canvas, stroke, write
from tools.sample_papers.looks import Look
from tools.sample_papers.markup import Block, Manuscript, parse
from tools.sample_papers.pieces import Float, Numbered, Setter, Text

NOTE = "This paper is invented: nobody wrote it and nobody measured its numbers. CC0 1.0."
FLOAT_GAP = 12.0
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")
LETTERS = "ABCDEFGH"
UNNUMBERED = {"Abstract", "Acknowledgment", "References"}


def typeset(
    text: str, authors: Mapping[str, Sequence[str]], look: Look, floats: Mapping[str, Float]
) -> bytes:
    """Return the PDF of the paper; ``authors`` come with their affiliations."""
    buffer = BytesIO()
    canvas = reportlab.Canvas(buffer, pagesize=look.page, invariant=1, pageCompression=0)
    manuscript = parse(text)
    canvas.setTitle(manuscript.title)
    canvas.setAuthor(", ".join(authors))
    canvas.setSubject("An invented paper")
    canvas.setCreator("digestgen")
    paper = _Paper(canvas, look, manuscript, dict(floats))
    paper.begin(authors)
    for block in manuscript.blocks:
        paper.add(block)
    paper.end()
    canvas.save()
    return buffer.getvalue()


@dataclass
class _Column:
    """A column that is being filled from ``y`` down to ``bottom``."""

    x: float
    y: float
    bottom: float
    top: float
    floats: list[Numbered] = field(default_factory=list)
    footnotes: list[Text] = field(default_factory=list)

    @property
    def room(self) -> float:
        return self.y - self.bottom

    @property
    def is_empty(self) -> bool:
        return self.y == self.top


@dataclass
class _Paper:
    """The paper on its way to the page."""

    canvas: Canvas
    look: Look
    manuscript: Manuscript
    unused: dict[str, Float]
    page: int = 1
    columns: list[_Column] = field(default_factory=list)
    current: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    waiting: list[Numbered] = field(default_factory=list)
    wide: list[Numbered] = field(default_factory=list)
    indent: bool = False

    def __post_init__(self) -> None:
        self.setter = Setter(self.look)
        self.width = (self.look.page[0] - 2 * self.look.margin - self.look.gap) / 2

    @property
    def column(self) -> _Column:
        return self.columns[self.current]

    def begin(self, authors: Mapping[str, Sequence[str]]) -> None:
        """Draw the title block and open the columns below it."""
        look = self.look
        places = list(dict.fromkeys(place for name in authors for place in authors[name]))
        names = [
            name + "".join(f"^{{{_marks(authors[name], places)}}}" if authors[name] else "")
            for name in authors
        ]
        block = [
            self.setter.centred(
                self.manuscript.title, size=look.title_size, font=look.heads, after=9
            ),
            self.setter.centred(", ".join(names), size=10.5, after=4),
        ]
        if places:
            listed = ";  ".join(f"^{{{n}}}{place}" for n, place in enumerate(places, start=1))
            block.append(self.setter.centred(listed, size=9, font="Times-Italic", after=4))
        y = look.page[1] - look.top
        full = look.page[0] - 2 * look.margin
        for text in block:
            text.draw(self.canvas, look.margin, y, full)
            y -= text.height(full) + text.after
        self._furniture()
        self._open(y - 12)
        self._foot(self.setter.footnote("", NOTE))
        if look.hidden:
            white = (1.0, 1.0, 1.0)
            write(self.canvas, (look.margin, 20), look.hidden, size=5, colour=white)

    def add(self, block: Block) -> None:
        """Set a block where the text has come to."""
        match block.kind:
            case "section" | "subsection" | "appendix":
                self._heading(block)
            case "float":
                self._float(self.unused.pop(block.text))
            case "formula":
                self._formula(block.text)
            case "footnote":
                pass  # set with the paragraph that names it
            case "reference":
                self._place(self.setter.reference(block.text))
            case "text":
                self._paragraph(block)

    def end(self) -> None:
        """Set what still waits and close the last page."""
        if self.unused:
            raise ValueError(f"no text names {sorted(self.unused)}")
        while self.waiting or self.wide:
            self._next_column()
        self._close()

    def _heading(self, block: Block) -> None:
        level = 2 if block.kind == "subsection" else 1
        title = block.text
        if title not in UNNUMBERED:
            self._count(block.kind)
            title = f"{self._number(level)}\u2002{title}"
        text = self.setter.heading(title, level=level)
        self._make_room(text.height(self.width) + text.before + 3 * self.look.leading)
        if self.look.bookmarks and block.text != "Abstract":
            key = f"{self.page}-{title}"
            self.canvas.bookmarkHorizontal(key, 0, self.column.y)
            self.canvas.addOutlineEntry(title.replace("\u2002", " "), key, level - 1, closed=0)
        self._place(text)
        self.indent = False

    def _count(self, kind: str) -> None:
        self.counts[kind] += 1
        if kind != "subsection":
            self.counts["subsection"] = 0
            for part in ("figure", "table", "algorithm") if kind == "appendix" else ():
                self.counts[part] = 0

    def _number(self, level: int) -> str:
        section, part = self.counts["section"], self.counts["subsection"]
        if self.counts["appendix"]:
            return self._letter()
        if self.look.numbering == "I.":
            return f"{ROMAN[section]}." if level == 1 else f"{LETTERS[part - 1]}."
        dot = "." if self.look.numbering == "1." else ""
        return f"{section}{dot}" if level == 1 else f"{section}.{part}{dot}"

    def _letter(self) -> str:
        return LETTERS[self.counts["appendix"] - 1]

    def _paragraph(self, block: Block) -> None:
        text = block.text
        if "[^]" in text:
            self.counts["footnote"] += 1
            mark = str(self.counts["footnote"])
            text = text.replace("[^]", f"^{{{mark}}}")
            blocks = self.manuscript.blocks
            note = self.setter.footnote(mark, blocks[blocks.index(block) + 1].text)
            self._make_room(note.height(self.width) + 4 * self.look.leading)
            self._foot(note)
        self._place(self.setter.body(text, indent=self.indent))
        self.indent = True

    def _formula(self, text: str) -> None:
        self.counts["formula"] += 1
        piece = self.setter.centred(text, size=self.look.size)
        height = piece.height(self.width)
        self._make_room(height + 10 + 2 * self.look.leading)
        self.column.y -= 5
        top = self.column.y
        piece.draw(self.canvas, self.column.x, top, self.width)
        right = self.column.x + self.width
        label = f"({self.counts['formula']})"
        at = (right, top - self.look.size)
        write(self.canvas, at, label, size=self.look.size, font="Times-Roman", align=1)
        self.column.y -= height + 5
        self.indent = False

    def _float(self, thing: Float) -> None:
        self.counts[thing.kind] += 1
        label = str(self.counts[thing.kind])
        if self.counts["appendix"]:
            label = f"{self._letter()}.{label}"
        elif thing.kind == "table" and self.look.table_numbers == "I":
            label = ROMAN[int(label)]
        captions = self.setter.caption(thing.kind, label, thing.caption)
        above = thing.kind == "algorithm" or (
            thing.kind == "table" and self.look.table_caption == "above"
        )
        ready = Numbered(thing.art, captions, above, ruled=thing.kind == "algorithm")
        height = ready.height(self.width) + FLOAT_GAP
        if thing.wide:
            self.wide.append(ready)
        elif not self.waiting and self.column.is_empty:
            self._head(ready)
        elif not self.waiting and self.column.room > height + 5 * self.look.leading:
            self.column.floats.append(ready)
            self.column.bottom += height
        else:
            self.waiting.append(ready)

    def _place(self, text: Text) -> None:
        while True:
            before = 0 if self.column.is_empty else text.before
            height = text.height(self.width)
            if height + before <= self.column.room:
                text.draw(self.canvas, self.column.x, self.column.y - before, self.width)
                self.column.y -= height + before + text.after
                return
            if parts := text.split(self.width, self.column.room - before):
                first, text = parts
                first.draw(self.canvas, self.column.x, self.column.y - before, self.width)
            self._next_column()

    def _make_room(self, height: float) -> None:
        if self.column.room < height:
            self._next_column()

    def _foot(self, note: Text) -> None:
        if not self.column.footnotes:
            self.column.bottom += 8
        self.column.footnotes.append(note)
        self.column.bottom += note.height(self.width) + note.after

    def _head(self, ready: Numbered) -> None:
        ready.draw(self.canvas, self.column.x, self.column.y, self.width)
        self.column.y -= ready.height(self.width) + FLOAT_GAP
        self.column.top = self.column.y

    def _next_column(self) -> None:
        if self.current == 0:
            self.current = 1
        else:
            self._close()
            self.page += 1
            self._furniture()
            self._open(self._wide_floats(self.look.page[1] - self.look.top))
        while self.waiting:
            height = self.waiting[0].height(self.width) + FLOAT_GAP
            if self.column.room < height + (0 if self.column.is_empty else 150):
                return
            self._head(self.waiting.pop(0))

    def _wide_floats(self, y: float) -> float:
        full = self.look.page[0] - 2 * self.look.margin
        if self.wide:
            ready = self.wide.pop(0)
            ready.draw(self.canvas, self.look.margin, y, full)
            y -= ready.height(full) + FLOAT_GAP + 2
        return y

    def _open(self, top: float) -> None:
        bottom = self.look.bottom
        left = self.look.margin
        xs = (left, left + self.width + self.look.gap)
        self.columns = [_Column(x=x, y=top, bottom=bottom, top=top) for x in xs]
        self.current = 0

    def _close(self) -> None:
        for column in self.columns:
            y = column.bottom
            for ready in column.floats:
                ready.draw(self.canvas, column.x, y - FLOAT_GAP + 4, self.width)
                y -= ready.height(self.width) + FLOAT_GAP
            if column.footnotes:
                y -= 4
                stroke(self.canvas, [(column.x, y), (column.x + 70, y)], width=0.4)
                y -= 4
            for note in column.footnotes:
                note.draw(self.canvas, column.x, y, self.width)
                y -= note.height(self.width) + note.after
        self.canvas.showPage()

    def _furniture(self) -> None:
        """Draw the running header and the page number."""
        look, canvas = self.look, self.canvas
        width, height = look.page
        y = height - look.top + 22
        if self.page == 1:
            write(canvas, (look.margin, y), self.manuscript.venue, size=7.5, font="Times-Italic")
        else:
            middle = (width / 2, y)
            write(canvas, middle, self.manuscript.running, size=8, font="Times-Italic", align=0.5)
            if look.running_rule:
                stroke(canvas, [(look.margin, y - 4), (width - look.margin, y - 4)], width=0.4)
        number = str(self.page)
        if look.page_number == "centre":
            write(canvas, (width / 2, 36), number, size=9, font="Times-Roman", align=0.5)
        else:
            left = self.page % 2 == 0
            x = look.margin if left else width - look.margin
            write(canvas, (x, y), number, size=8, font="Times-Roman", align=0 if left else 1)


def _marks(affiliations: Sequence[str], places: Sequence[str]) -> str:
    return ",".join(str(places.index(place) + 1) for place in affiliations)
