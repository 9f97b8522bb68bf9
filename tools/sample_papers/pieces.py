"""This module makes the pieces that pages are filled with: paragraphs, headings, floats."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from tools.sample_papers.drawing import Art, Canvas, stroke
from tools.sample_papers.looks import Look
from tools.sample_papers.markup import rich

LEFT, CENTRE, JUSTIFIED = 0, 1, 4
FAR = 100_000.0  # no column is as high


@dataclass(frozen=True)
class Float:
    """A figure, table or algorithm with its caption; a ``wide`` one spans both columns."""

    kind: Literal["figure", "table", "algorithm"]
    art: Art
    caption: str
    wide: bool = False


@dataclass(frozen=True)
class Text:
    """A set paragraph with the space above and below it."""

    paragraph: Paragraph
    before: float = 0
    after: float = 0
    keep: bool = False  # it stands with what follows

    def height(self, width: float) -> float:
        """Return how high it is without the space around it."""
        return float(self.paragraph.wrap(width, FAR)[1])

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw it below ``top``."""
        height = self.height(width)
        self.paragraph.drawOn(canvas, round(x, 2), round(top - height, 2))

    def split(self, width: float, height: float) -> tuple["Text", "Text"] | None:
        """Return what fits and the rest, or nothing if no two lines do."""
        self.paragraph.wrap(width, FAR)
        parts = self.paragraph.split(width, height)
        if len(parts) != 2:
            return None
        return Text(parts[0], self.before), Text(parts[1], 0, self.after)


@dataclass(frozen=True)
class Setter:
    """Sets the blocks of a paper in its look."""

    look: Look

    def body(self, text: str, *, indent: bool, size: float = 0, after: float = 0) -> Text:
        """Return a justified paragraph."""
        size = size or self.look.size
        leading = size / self.look.size * self.look.leading
        return Text(
            self._set(text, size=size, leading=leading, firstLineIndent=10 if indent else 0),
            after=after,
        )

    def reference(self, text: str) -> Text:
        """Return an entry of the references; its number hangs."""
        size = self.look.size - 1.2
        set_ = self._set(text, size=size, leading=size + 1.4, leftIndent=15, firstLineIndent=-15)
        return Text(set_, after=2)

    def footnote(self, mark: str, text: str) -> Text:
        """Return a footnote."""
        size = self.look.size - 1.8
        marked = f"^{{{mark}}} {text}" if mark else text
        return Text(self._set(marked, size=size, leading=size + 1.3), after=1)

    def heading(self, text: str, *, level: int) -> Text:
        """Return a section's or a subsection's heading."""
        look = self.look
        size = look.heading_size if level == 1 else look.heading_size - 1.2
        centred = look.numbering == "I." and level == 1
        font = look.heads
        if look.numbering == "I.":
            text, size = (text.upper(), look.size) if level == 1 else (text, look.size)
            font = "Times-Roman" if level == 1 else "Times-Italic"
        set_ = self._set(
            text,
            size=size,
            leading=size + 2,
            fontName=font,
            alignment=CENTRE if centred else LEFT,
            hyphens=False,
        )
        above = 9 if level == 1 else 6.5
        return Text(set_, before=above, after=3.5 if level == 1 else 2.5, keep=True)

    def centred(
        self, text: str, *, size: float, font: str = "Times-Roman", after: float = 0
    ) -> Text:
        """Return lines in the middle."""
        set_ = self._set(
            text, size=size, leading=1.2 * size, fontName=font, alignment=CENTRE, hyphens=False
        )
        return Text(set_, after=after)

    def caption(self, kind: str, label: str, text: str) -> Sequence[Text]:
        """Return a caption, of which IEEE's tables have a line for the label alone."""
        look = self.look
        size = look.caption_size
        if kind == "table" and look.table_title_alone:
            return [
                self.centred(look.table.format(label), size=size, after=0.5),
                self.centred(text.upper(), size=size - 0.8),
            ]
        pattern = {"figure": look.figure, "table": look.table}.get(kind, "**Algorithm {}** ")
        set_ = self._set(pattern.format(label) + text, size=size, leading=size + 1.5)
        return [Text(set_)]

    def _set(
        self, text: str, *, size: float, leading: float, hyphens: bool = True, **rest: object
    ) -> Paragraph:
        style = ParagraphStyle(
            "set",
            **{"fontName": "Times-Roman", "alignment": JUSTIFIED, **rest},
            fontSize=size,
            leading=leading,
            allowWidows=0,
            allowOrphans=0,
            splitLongWords=0,
        )
        return Paragraph(rich(text, size=size, hyphens=hyphens), style)


@dataclass(frozen=True)
class Numbered:
    """A float with its caption set, ready to be placed."""

    art: Art
    captions: Sequence[Text]
    above: bool  # the caption stands above what it names
    ruled: bool  # an algorithm's caption stands between rules

    def height(self, width: float) -> float:
        """Return how high it is, caption included."""
        return self.art.height + self._caption_height(width) + (7 if self.above else 6)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        """Draw it below ``top``."""
        caption = self._caption_height(width)
        art_top = top - caption - 7 if self.above else top
        if self.ruled:
            stroke(canvas, [(x, top + 1), (x + width, top + 1)], width=0.9)
            art_top += 4
        canvas.saveState()
        canvas.translate(round(x, 2), round(art_top - self.art.height, 2))
        self.art.draw(canvas, width)
        canvas.restoreState()
        y = top if self.above else top - self.art.height - 6
        for text in self.captions:
            text.draw(canvas, x, y, width)
            y -= text.height(width) + text.after

    def _caption_height(self, width: float) -> float:
        return sum(text.height(width) + text.after for text in self.captions)
