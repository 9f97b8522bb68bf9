"""This module draws for the paper on calligraphy."""

from math import exp

from tools.sample_papers.drawing import (
    BLUE,
    GOLD,
    GREY,
    RED,
    Art,
    Axes,
    Canvas,
    Point,
    area,
    arrow,
    box,
    noise,
    stroke,
    table,
    write,
)
from tools.sample_papers.pieces import Float

# The strokes of the character yong in a square of 100, as (x, y, pressure).
_Stroke = tuple[tuple[float, float, float], ...]
_YONG: tuple[_Stroke, ...] = (
    ((44, 94, 1), (50, 90, 4), (56, 84, 6)),
    ((28, 76, 3), (38, 77, 4), (50, 78, 4), (53, 76, 6), (52, 60, 5), (52, 40, 5), (52, 16, 6),
     (50, 8, 5), (46, 11, 3), (40, 15, 1)),
    ((12, 54, 3), (22, 56, 4), (34, 58, 4), (36, 55, 5), (32, 44, 4), (24, 30, 3), (16, 22, 2),
     (8, 16, 1)),
    ((84, 70, 5), (76, 62, 4), (66, 55, 2), (57, 51, 1)),
    ((56, 52, 1), (62, 42, 3), (72, 28, 5), (82, 17, 7), (90, 14, 4), (97, 14, 1)),
)  # fmt: skip


def _ink(canvas: Canvas, at: Point, scale: float, brush: _Stroke, *, shade: float = 0) -> None:
    """Draw a stroke as the area that the brush leaves."""
    upper: list[Point] = []
    lower: list[Point] = []
    for number, (x, y, pressure) in enumerate(brush):
        before = brush[max(0, number - 1)]
        after = brush[min(len(brush) - 1, number + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = (dx * dx + dy * dy) ** 0.5 or 1
        side = (-dy / length * pressure * 0.75, dx / length * pressure * 0.75)
        upper.append((at[0] + scale * (x + side[0]), at[1] + scale * (y + side[1])))
        lower.append((at[0] + scale * (x - side[0]), at[1] + scale * (y - side[1])))
    area(canvas, upper + lower[::-1], colour=(shade, shade, shade))


def _square(canvas: Canvas, at: Point, side: float) -> None:
    x, y = at
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    stroke(canvas, corners, colour=RED, width=0.6)
    for a, b in (
        ((x, y + side / 2), (x + side, y + side / 2)),
        ((x + side / 2, y), (x + side / 2, y + side)),
    ):
        stroke(canvas, [a, b], colour=RED, width=0.3, dash=(2, 2))


def _yong(canvas: Canvas, width: float) -> None:
    side = (width - 14) / 2
    for number, name in enumerate(("(a) trace", "(b) order and direction")):
        left = number * (side + 14)
        _square(canvas, (left, 13), side)
        for count, brush in enumerate(_YONG, start=1):
            _ink(canvas, (left, 13), side / 100, brush, shade=0.75 * number)
            if number:
                points = [(left + side / 100 * x, 13 + side / 100 * y) for x, y, _ in brush]
                stroke(canvas, points[:-1], colour=BLUE, width=0.9)
                arrow(canvas, points[-2], points[-1], colour=BLUE)
                write(canvas, (points[0][0] - 7, points[0][1] + 2), str(count), colour=RED)
        write(canvas, (left + side / 2, 3), name, size=7.5, font="Times-Roman", align=0.5)


def _stages(canvas: Canvas, width: float) -> None:
    side = 62.0
    gap = (width - 4 * side) / 3
    for number in range(4):
        left = number * (side + gap)
        _square(canvas, (left, 14), side)
        for count, brush in enumerate(_YONG, start=1):
            points = [(left + side / 100 * x, 14 + side / 100 * y) for x, y, _ in brush]
            if number == 0:
                write(canvas, points[len(points) // 2], str(count), size=8, colour=RED, align=0.5)
            if number == 1:
                stroke(canvas, points, colour=BLUE, width=0.8)
            if number == 2:
                for (x, y), (_, _, force) in zip(points, brush, strict=True):
                    canvas.setLineCap(1)
                    stroke(canvas, [(x, y), (x + 0.1, y)], colour=GOLD, width=force * 0.9)
                    canvas.setLineCap(0)
            if number == 3:
                _ink(canvas, (left, 14), side / 100, brush)
        if number:
            arrow(canvas, (left - gap + 6, 14 + side / 2), (left - 6, 14 + side / 2))
            names = ("network 2", "network 3", "renderer")
            middle = left - gap / 2
            write(
                canvas, (middle, 20 + side / 2), names[number - 1], size=6.5, align=0.5, colour=GREY
            )
    for number, name in enumerate(("(a) order", "(b) positions", "(c) pressure", "(d) ink")):
        left = number * (side + gap)
        write(canvas, (left + side / 2, 3), name, size=7.5, font="Times-Roman", align=0.5)


def _writable(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 12), (width - 36, 92), (0, 5), (0, 100))
    styles = ("seal", "clerical", "regular", "running", "cursive")
    axes.frame(
        [(n + 0.5, name) for n, name in enumerate(styles)],
        [(y, str(y)) for y in (0, 25, 50, 75, 100)],
        ylabel="writable (%)",
    )
    for n, values in enumerate(
        ((60, 70, 85), (46, 64, 86), (40, 62, 88), (25, 52, 77), (14, 42, 74))
    ):
        for shift, value, colour in zip((-0.25, 0, 0.25), values, (GREY, GOLD, BLUE), strict=True):
            axes.bar(n + 0.5 + shift, value, 10, colour=colour)
    names = [("image model", GREY), ("sketches", GOLD), ("BrushFlow", BLUE)]
    for number, (name, colour) in enumerate(names):
        box(canvas, (40 + 68 * number, 108), (7, 6), fill=colour, edge=colour)
        write(canvas, (51 + 68 * number, 108.5), name, size=6.5)


def _pressure(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 70), (1, 32), (0, 1))
    axes.frame(
        [(x, str(x)) for x in (1, 8, 16, 24, 32)],
        [(y, f"{y:g}") for y in (0, 0.5, 1)],
        xlabel="point of the stroke",
        ylabel="pressure",
    )
    points = range(1, 33)
    axes.line([(n, 0.35 + 0.45 * exp(-(((n - 5) / 4) ** 2)) + 0.4 * exp(-(((n - 28) / 3) ** 2)))
               for n in points])  # fmt: skip
    axes.line([(n, 0.3 + 0.3 * noise(n, 8)) for n in points], colour=GREY, dash=(3, 2))
    axes.legend((width / 2 - 30, 88), [("recorded, mean", BLUE), ("image model", GREY)])


FLOATS = {
    "yong": Float(
        "figure",
        Art(130, _yong),
        "The character *yong*. (a) Its trace, which is all that an image shows. (b) The order and "
        "the direction of its strokes.",
    ),
    "stages": Float(
        "figure",
        Art(80, _stages),
        "The stages of BrushFlow. (a) The order of the strokes is denoised first, (b) their "
        "positions second, (c) the pressure third. (d) The renderer turns the movement into ink.",
        wide=True,
    ),
    "writable": Float(
        "figure",
        Art(118, _writable),
        "Share of characters that teachers judged as writable, by style of script.",
    ),
    "errors": Float(
        "table",
        table(
            [
                ["First error", "Image", "Sketch", "BrushFlow"],
                ["wrong order", "21%", "6%", "2%"],
                ["broken stroke", "24%", "9%", "3%"],
                ["wrong pressure", "8%", "19%", "5%"],
                ["wrong proportion", "10%", "8%", "8%"],
                ["none (writable)", "37%", "58%", "82%"],
            ],
            [1.8, 1, 1, 1.2],
            parts=(5,),
            bold=((5, 3),),
        ),
        "The first error that teachers marked, as a share of all characters.",
    ),
    "styles": Float(
        "table",
        table(
            [
                ["Style", "Characters", "Strokes", "Writers"],
                ["seal", "420", "8.1", "5"],
                ["clerical", "510", "8.4", "8"],
                ["regular", "960", "8.3", "14"],
                ["running", "640", "6.2", "11"],
                ["cursive", "470", "3.9", "7"],
                ["all", "3,000", "7.1", "14"],
            ],
            [1.2, 1.2, 1, 1],
            parts=(6,),
        ),
        "The dataset by style of script, with the mean number of strokes.",
    ),
    "pressure": Float(
        "figure",
        Art(94, _pressure),
        "Pressure along a horizontal stroke, as a share of the largest one.",
    ),
}
