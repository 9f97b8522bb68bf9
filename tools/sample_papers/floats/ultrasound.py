"""This module draws for the paper on ultrasound images."""

from math import exp

from tools.sample_papers.drawing import (
    BLUE,
    GREY,
    RED,
    Art,
    Axes,
    Canvas,
    arrow,
    bitmap,
    box,
    noise,
    stroke,
    table,
    write,
)
from tools.sample_papers.pieces import Float

_SIDE = 44


def _tissue(x: int, y: int) -> float:
    inside = ((x - 16) / 9) ** 2 + ((y - 18) / 7) ** 2 < 1
    small = (x - 33) ** 2 + (y - 31) ** 2 < 9
    return 3.2 if inside else 5.2 if small else 8.0


def _pixel(x: int, y: int, *, electronic: float, speckle: float, blur: float) -> int:
    level = _tissue(x, y)
    level += min(1, blur if level < 5 else 2 * blur) * (8.0 - level)
    grain = (noise(x // 2, y, 1) + noise(x, y // 2, 2) - 1) * speckle * level
    level += grain + electronic * 10 * (noise(x, y, 3) - 0.5) * (0.5 + y / _SIDE)
    return max(0, min(14, round(level)))


def _phantom(canvas: Canvas, width: float) -> None:
    panels = (
        ("(a) as recorded", 0.9, 0.55, 0.0),
        ("(b) 13 steps", 0.0, 0.55, 0.0),
        ("(c) 27 steps", 0.0, 0.2, 0.25),
        ("(d) 50 steps", 0.0, 0.02, 0.55),
    )
    side = 100.0
    gap = (width - len(panels) * side) / (len(panels) - 1)
    for number, (name, electronic, speckle, blur) in enumerate(panels):
        left = number * (side + gap)
        rows = [
            [_pixel(x, y, electronic=electronic, speckle=speckle, blur=blur) for x in range(_SIDE)]
            for y in range(_SIDE)
        ]
        bitmap(canvas, (left, 13), (side, side), rows)
        write(canvas, (left + side / 2, 3), name, size=7.5, font="Times-Roman", align=0.5)


def _procedure(canvas: Canvas, width: float) -> None:
    wide = (width - 36) / 3
    for number, name in enumerate(
        ("step s of|the sampler", "residual|in patches", "rank|correlation")
    ):
        left = number * (wide + 18)
        box(canvas, (left, 34), (wide, 28), name)
        if number:
            arrow(canvas, (left - 18, 48), (left, 48))
    box(canvas, (width - wide, 0), (wide, 20), "p < 0.01: stop", fill=(1, 0.91, 0.89))
    arrow(canvas, (width - wide / 2, 34), (width - wide / 2, 20))
    middle = width - wide - 18 - wide / 2
    stroke(canvas, [(width - wide, 10), (wide / 2, 10)], colour=GREY, width=0.9)
    arrow(canvas, (wide / 2, 10), (wide / 2, 34))
    write(canvas, (middle, 13), "otherwise: next step", size=6.5, align=0.5)


def _stopping(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 78), (0, 34), (0, 15))
    axes.frame(
        [(x, str(x)) for x in (0, 5, 10, 13, 20, 25, 30)],
        [(y, str(y)) for y in (0, 5, 10, 15)],
        xlabel="steps until the test stops",
        ylabel="images (%)",
    )
    for step in range(3, 32):
        share = 10.5 * exp(-(((step - 12) / 5.6) ** 2)) + 2.2 * exp(-(((step - 24) / 5) ** 2))
        axes.bar(step, share, 5, colour=BLUE)
    x, _ = axes.place(13, 0)
    stroke(canvas, [(x, 19), (x, 97)], colour=RED, dash=(3, 2))
    write(canvas, (x + 4, 90), "median 13", size=6.5, colour=RED)


def _attenuation(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 74), (-52, 52), (88, 98))
    axes.frame(
        [(x, f"{x}%".replace("-", "−")) for x in (-50, -25, 0, 25, 50)],
        [(y, str(y)) for y in (88, 90, 92, 94, 96, 98)],
        xlabel="error of the attenuation",
        ylabel="lesions visible (%)",
    )
    errors = range(-50, 51, 10)
    axes.line([(e, 96 - 5 * (e / 50) ** 2 * (1 - 0.12 * (e < 0))) for e in errors], dots=True)
    axes.line([(-52, 94), (52, 94)], colour=RED, dash=(3, 2))
    write(canvas, (width - 10, 57), "not denoised", size=6.5, colour=RED, align=1)


FLOATS = {
    "phantom": Float(
        "figure",
        Art(114, _phantom),
        "A phantom with two lesions. (a) As recorded. (b) After 13 steps, where the test stops. "
        "(c) After 27 steps the speckle is smoothed. (d) After 50 steps the smaller lesion is "
        "gone.",
        wide=True,
    ),
    "procedure": Float(
        "figure",
        Art(64, _procedure),
        "The procedure. After each step the residual is tested, and the sampler stops as soon as "
        "it resembles speckle.",
    ),
    "stopping": Float(
        "figure",
        Art(102, _stopping),
        "Number of steps at which the test stops, over all images of the study.",
    ),
    "lesions": Float(
        "table",
        table(
            [
                ["Method", "Lesions visible", "Steps", "Time"],
                ["not denoised", "121 of 129 (94%)", "0", "–"],
                ["fixed", "105 of 129 (81%)", "50", "2.3 s"],
                ["fixed", "117 of 129 (91%)", "13", "0.6 s"],
                ["test (ours)", "124 of 129 (96%)", "13", "0.6 s"],
            ],
            [1.2, 1.7, 0.7, 0.8],
            grid=True,
            bold=((4, 1),),
        ),
        "Lesions visible to physicians",
    ),
    "levels": Float(
        "table",
        table(
            [
                ["Variant", "Lesions visible", "Median steps"],
                ["p < 0.01", "96%", "13"],
                ["p < 0.05", "95%", "9"],
                ["p < 0.001", "94%", "17"],
                ["no attenuation", "91%", "19"],
                ["whole image", "88%", "27"],
            ],
            [1.2, 1.2, 1],
        ),
        "Variants of the test",
    ),
    "attenuation": Float(
        "figure",
        Art(98, _attenuation),
        "Lesions that remain visible when the attenuation is wrong.",
    ),
}
