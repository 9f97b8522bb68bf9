"""This module draws what papers show: charts, boxes with arrows, bitmaps, tables, algorithms.

Coordinates are points from the lower left of the figure.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from tools.sample_papers.markup import runs

Canvas = Any  # reportlab's; it has no types
Point = tuple[float, float]
Colour = tuple[float, float, float]
Range = tuple[float, float]

BLACK: Colour = (0, 0, 0)
GREY: Colour = (0.45, 0.45, 0.45)
PALE: Colour = (0.92, 0.93, 0.95)
BLUE: Colour = (0.12, 0.35, 0.65)
RED: Colour = (0.78, 0.22, 0.18)
GREEN: Colour = (0.18, 0.52, 0.32)
GOLD: Colour = (0.85, 0.6, 0.15)


@dataclass(frozen=True)
class Art:
    """Something to show: its height, and how to draw it into a given width."""

    height: float
    draw: Callable[[Canvas, float], None]


def write(
    canvas: Canvas,
    at: Point,
    text: str,
    *,
    size: float = 7,
    font: str = "Helvetica",
    align: float = 0,
    colour: Colour = BLACK,
) -> None:
    """Write a label; ``align`` is the share of its width that stands left of the point."""
    pieces = [(part, "Symbol" if symbol else font) for part, symbol in runs(text)]
    x = at[0] - align * sum(stringWidth(part, name, size) for part, name in pieces)
    canvas.setFillColorRGB(*colour)
    for part, name in pieces:
        canvas.setFont(name, size)
        canvas.drawString(round(x, 2), round(at[1], 2), part)
        x += stringWidth(part, name, size)


def stroke(
    canvas: Canvas,
    points: Sequence[Point],
    *,
    colour: Colour = BLACK,
    width: float = 0.6,
    dash: Sequence[float] = (),
) -> None:
    """Draw a line through the points."""
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(width)
    canvas.setDash(list(dash), 0)
    path = canvas.beginPath()
    path.moveTo(round(points[0][0], 1), round(points[0][1], 1))
    for x, y in points[1:]:
        path.lineTo(round(x, 1), round(y, 1))
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash([], 0)


def area(canvas: Canvas, points: Sequence[Point], *, colour: Colour) -> None:
    """Fill the polygon between the points."""
    canvas.setFillColorRGB(*colour)
    path = canvas.beginPath()
    path.moveTo(round(points[0][0], 1), round(points[0][1], 1))
    for x, y in points[1:]:
        path.lineTo(round(x, 1), round(y, 1))
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def box(
    canvas: Canvas,
    at: Point,
    size: Point,
    text: str = "",
    *,
    fill: Colour = PALE,
    edge: Colour = GREY,
    letters: float = 7,
) -> None:
    """Draw a box with round corners; a bar in the text begins a new line."""
    canvas.setFillColorRGB(*fill)
    canvas.setStrokeColorRGB(*edge)
    canvas.setLineWidth(0.7)
    canvas.roundRect(*at, *size, 3, stroke=1, fill=1)
    lines = text.split("|") if text else []
    top = at[1] + size[1] / 2 + (len(lines) / 2 - 0.78) * (letters + 1.5)
    for number, line in enumerate(lines):
        middle = (at[0] + size[0] / 2, top - number * (letters + 1.5))
        write(canvas, middle, line, size=letters, align=0.5)


def arrow(canvas: Canvas, start: Point, end: Point, *, colour: Colour = GREY) -> None:
    """Draw an arrow."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    dx, dy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    neck = (end[0] - 4 * dx, end[1] - 4 * dy)
    stroke(canvas, [start, neck], colour=colour, width=0.9)
    side = (1.8 * dy, 1.8 * dx)
    area(
        canvas,
        [end, (neck[0] - side[0], neck[1] + side[1]), (neck[0] + side[0], neck[1] - side[1])],
        colour=colour,
    )


def bitmap(
    canvas: Canvas, at: Point, size: Point, rows: Sequence[Sequence[int]], dark: Colour = BLACK
) -> None:
    """Show rows of values from 0 (``dark``) to 15 (white) as an image of pixels."""
    packed = bytes(
        (row[n] << 4) | (row[n + 1] if n + 1 < len(row) else 0)
        for row in rows
        for n in range(0, len(row), 2)
    )
    shades = bytes(
        round(255 * (part + (1 - part) * level / 15)) for level in range(16) for part in dark
    )
    # An inline image: reportlab's own would depend on the compressor of the machine.
    canvas.saveState()
    canvas.addLiteral(
        f"{size[0]:.1f} 0 0 {size[1]:.1f} {at[0]:.1f} {at[1]:.1f} cm\n"
        f"BI /W {len(rows[0])} /H {len(rows)} /BPC 4 /CS [/I /RGB 15 <{shades.hex()}>] /F /A85 ID\n"
        f"{base64.a85encode(packed, wrapcol=100).decode()}~>\nEI"
    )
    canvas.restoreState()


@dataclass(frozen=True)
class Axes:
    """A chart's field on the page and the values that it spans."""

    canvas: Canvas
    at: Point
    size: Point
    x: Range
    y: Range

    def place(self, x: float, y: float) -> Point:
        """Return where a value lies on the page."""
        return (
            self.at[0] + (x - self.x[0]) / (self.x[1] - self.x[0]) * self.size[0],
            self.at[1] + (y - self.y[0]) / (self.y[1] - self.y[0]) * self.size[1],
        )

    def frame(
        self,
        xs: Sequence[tuple[float, str]],
        ys: Sequence[tuple[float, str]],
        *,
        xlabel: str = "",
        ylabel: str = "",
    ) -> None:
        """Draw the axes with their ticks and names."""
        left, low = self.at
        width, height = self.size
        stroke(self.canvas, [(left, low + height), (left, low), (left + width, low)])
        for value, name in xs:
            x, _ = self.place(value, self.y[0])
            stroke(self.canvas, [(x, low), (x, low - 2)])
            write(self.canvas, (x, low - 8.5), name, size=6, align=0.5)
        for value, name in ys:
            _, y = self.place(self.x[0], value)
            stroke(self.canvas, [(left, y), (left - 2, y)])
            write(self.canvas, (left - 3.5, y - 2), name, size=6, align=1)
        write(self.canvas, (left + width / 2, low - 17), xlabel, size=6.5, align=0.5)
        self.canvas.saveState()
        self.canvas.translate(left - 19, low + height / 2)
        self.canvas.rotate(90)
        write(self.canvas, (0, 0), ylabel, size=6.5, align=0.5)
        self.canvas.restoreState()

    def line(
        self,
        values: Sequence[Point],
        *,
        colour: Colour = BLUE,
        dash: Sequence[float] = (),
        dots: bool = False,
    ) -> None:
        """Draw a line through the values, with ``dots`` on them."""
        points = [self.place(*value) for value in values]
        stroke(self.canvas, points, colour=colour, width=1.1, dash=dash)
        if dots:
            self.dots(values, colour=colour)

    def dots(self, values: Sequence[Point], *, colour: Colour = BLUE, radius: float = 1.6) -> None:
        """Draw a dot for every value."""
        self.canvas.setLineCap(1)
        for x, y in (self.place(*value) for value in values):
            stroke(self.canvas, [(x, y), (x + 0.1, y)], colour=colour, width=2 * radius)
        self.canvas.setLineCap(0)

    def bar(self, x: float, value: float, width: float, *, colour: Colour = BLUE) -> None:
        """Draw a bar of ``width`` points that stands on the axis."""
        middle, top = self.place(x, value)
        self.canvas.setFillColorRGB(*colour)
        self.canvas.rect(
            round(middle - width / 2, 1),
            self.at[1],
            width,
            round(top - self.at[1], 1),
            stroke=0,
            fill=1,
        )

    def legend(self, at: Point, names: Sequence[tuple[str, Colour]]) -> None:
        """Name the colours, from the point down."""
        for number, (name, colour) in enumerate(names):
            y = at[1] - 8.5 * number
            stroke(self.canvas, [(at[0], y + 2), (at[0] + 10, y + 2)], colour=colour, width=1.6)
            write(self.canvas, (at[0] + 13, y), name, size=6.2)


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    heads: int = 1,
    size: float = 8,
    grid: bool = False,
    parts: Sequence[int] = (),
    bold: Sequence[tuple[int, int]] = (),
) -> Art:
    """Return a table: ``widths`` are shares, ``parts`` the rows under a rule of their own."""
    step = size + 3.2
    height = step * len(rows) + 4

    def draw(canvas: Canvas, width: float) -> None:
        unit = width / sum(widths)
        edges = [unit * sum(widths[:n]) for n in range(len(widths) + 1)]
        for number, row in enumerate(rows):
            y = height - 2 - step * (number + 1) + 3.4
            for column, cell in enumerate(row):
                strong = number < heads or (number, column) in bold
                font = "Times-Bold" if strong else "Times-Roman"
                x = edges[column] + 3 if column == 0 else (edges[column] + edges[column + 1]) / 2
                write(canvas, (x, y), cell, size=size, font=font, align=0 if column == 0 else 0.5)
        for number, weight in [(0, 0.9), (heads, 0.5), (len(rows), 0.9)] + [
            (p, 0.4) for p in parts
        ]:
            y = height - (0 if number == 0 else 2.5 + step * number)
            stroke(canvas, [(0, y), (width, y)], width=weight)
        for x in edges if grid else []:
            stroke(canvas, [(x, height), (x, height - 2.5 - step * len(rows))], width=0.4)

    return Art(height, draw)


def algorithm(lines: Sequence[str], *, size: float = 8) -> Art:
    """Return numbered lines of pseudocode between rules; leading blanks indent them."""
    step = size + 2.6
    height = step * len(lines) + 6

    def draw(canvas: Canvas, width: float) -> None:
        stroke(canvas, [(0, height), (width, height)], width=0.5)
        for number, line in enumerate(lines, start=1):
            y = height - 3 - step * number + 3
            indent = len(line) - len(line.lstrip())
            write(canvas, (10, y), f"{number}:", size=size, font="Times-Roman", align=1)
            write(canvas, (14 + 5 * indent, y), line.strip(), size=size, font="Times-Roman")
        stroke(canvas, [(0, 0), (width, 0)], width=0.9)

    return Art(height, draw)


def noise(*numbers: int) -> float:
    """Return a value from 0 to 1 that looks random and is the same on every machine."""
    state = 2166136261
    for number in numbers:
        state = ((state ^ (number & 0xFFFFFFFF)) * 16777619) & 0xFFFFFFFF
        state ^= state >> 15
    state = (state * 2246822519) & 0xFFFFFFFF
    return ((state ^ (state >> 13)) & 0xFFFF) / 0xFFFF
