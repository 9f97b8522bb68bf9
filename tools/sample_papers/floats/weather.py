"""This module draws for the paper on weather maps."""

from math import exp, sin

from tools.sample_papers.drawing import (
    BLUE,
    GOLD,
    GREEN,
    GREY,
    RED,
    Art,
    Axes,
    Canvas,
    Colour,
    algorithm,
    area,
    arrow,
    bitmap,
    box,
    noise,
    stroke,
    table,
    write,
)
from tools.sample_papers.pieces import Float

_SIDE = 40  # pixels of a map
_TILES = 10
_NAVY: Colour = (0.05, 0.16, 0.36)


def _wind(x: int, y: int, *, sharp: bool) -> int:
    """Return the level of the wind: a front from the lower left over a calm sea."""
    front = 26 + 7 * sin(y / 7) - 0.35 * y
    distance = abs(x - front)
    level = 14.5 - 11 * exp(-((distance / 5.5) ** 2)) - 2.2 * (x > front)
    if sharp and distance < 9:
        level += 5 * (noise(x, y, 3) - 0.5)
    return max(0, min(15, round(level)))


def _overview(canvas: Canvas, width: float) -> None:
    steps = [
        (0, 62, "coarse forecast|c", (0.9, 0.94, 1)),
        (92, 78, "features of the|denoiser f", (0.92, 0.93, 0.95)),
        (200, 70, "mask of|turbulence m", (1, 0.95, 0.86)),
    ]
    for x, wide, text, fill in steps:
        box(canvas, (x, 28), (wide, 30), text, fill=fill)
    for start, end in ((62, 92), (170, 200)):
        arrow(canvas, (start, 43), (end, 43))
    box(canvas, (306, 52), (88, 26), "calm tiles:|1 step", fill=(0.9, 0.97, 0.91))
    box(canvas, (306, 8), (88, 26), "selected tiles:|8 to 100 steps", fill=(1, 0.91, 0.89))
    arrow(canvas, (270, 47), (306, 65))
    arrow(canvas, (270, 39), (306, 21))
    box(canvas, (width - 74, 28), (74, 30), "fine map|x", fill=(0.9, 0.94, 1))
    arrow(canvas, (394, 65), (width - 74, 48))
    arrow(canvas, (394, 21), (width - 74, 38))
    write(canvas, (288, 70), "m < τ", size=6.5, align=1)
    write(canvas, (288, 14), "m ≥ τ", size=6.5, align=1)


def _coast(canvas: Canvas, width: float) -> None:
    side = (width - 16) / 3
    for number, sharp in ((0, False), (2, True)):
        rows = [[_wind(x, y, sharp=sharp) for x in range(_SIDE)] for y in range(_SIDE)]
        bitmap(canvas, (number * (side + 8), 12), (side, side), rows, dark=_NAVY)
    left = side + 8
    step = side / _TILES
    for i in range(_TILES):
        for j in range(_TILES):
            x, y = 4 * i + 2, 4 * j + 2
            if abs(x - (26 + 7 * sin(y / 7) - 0.35 * y)) < 7:
                at = (left + i * step, 12 + side - (j + 1) * step)
                corners = [(0.0, 0.0), (step, 0.0), (step, step), (0.0, step)]
                area(canvas, [(at[0] + a, at[1] + b) for a, b in corners], colour=(0.93, 0.6, 0.5))
    for n in range(_TILES + 1):
        stroke(
            canvas, [(left + n * step, 12), (left + n * step, 12 + side)], colour=GREY, width=0.2
        )
        stroke(
            canvas, [(left, 12 + n * step), (left + side, 12 + n * step)], colour=GREY, width=0.2
        )
    for number, name in enumerate(("(a) coarse", "(b) mask", "(c) refined")):
        write(
            canvas,
            (number * (side + 8) + side / 2, 2),
            name,
            size=7.5,
            font="Times-Roman",
            align=0.5,
        )


def _budget(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 94), (0, 95), (1.3, 1.7))
    axes.frame(
        [(x, str(x)) for x in (0, 20, 40, 60, 80)],
        [(y, f"{y:.1f}") for y in (1.3, 1.4, 1.5, 1.6, 1.7)],
        xlabel="time per map (s)",
        ylabel="error of wind speed (m/s)",
    )
    times = (3, 5, 8, 12, 20, 35, 60, 92)
    axes.line([(t, 1.341 + 0.62 * exp(-t / 1.7)) for t in times], dots=True)
    axes.line([(t, 1.341 + 0.42 * exp(-t / 17)) for t in times], colour=RED, dots=True)
    axes.line([(t, 1.345 + 0.33 * exp(-t / 6.5)) for t in times[1:6]], colour=GREEN, dots=True)
    axes.dots([(8.1, 1.433)], colour=GOLD, radius=2.4)
    names = [
        ("DriftNet", BLUE),
        ("full sampler", RED),
        ("second order", GREEN),
        ("distilled", GOLD),
    ]
    axes.legend((width - 78, 106), names)


FLOATS = {
    "overview": Float(
        "figure",
        Art(84, _overview),
        "Overview of DriftNet. A head on the features of the denoiser predicts the mask of "
        "turbulence from the coarse forecast. Tiles below the threshold τ receive one step, the "
        "others between 8 and 100.",
        wide=True,
    ),
    "coast": Float(
        "figure",
        Art(90, _coast),
        "A front off the coast. (a) The coarse forecast. (b) The tiles that the mask selects, 27% "
        "of all. (c) The map after refinement.",
    ),
    "sampler": Float(
        "algorithm",
        algorithm(
            [
                "input: coarse forecast c, network f, head h, threshold τ",
                "m = h(c)",
                "for all tiles k with m[k] < τ: x[k] = one step of f",
                "for t = T, ..., 1 do",
                "  S = tiles whose number of steps allows level t",
                "  for all k in S, as one batch do",
                "    y = x[k] with a border of 8 cells at level t",
                "    x[k] = step of f from y at t",
                "  end for",
                "end for",
                "return x",
            ]
        ),
        "The sampler of DriftNet",
    ),
    "results": Float(
        "table",
        table(
            [
                ["Method", "Coast", "Islands", "Mountains", "Plain", "Mean", "Time"],
                ["Full, 100 steps", "1.322", "1.298", "1.611", "1.133", "1.341", "92.0 s"],
                ["Second order, 25", "1.331", "1.307", "1.634", "1.140", "1.353", "23.4 s"],
                ["Distilled, 8 steps", "1.418", "1.375", "1.752", "1.187", "1.433", "8.1 s"],
                ["DriftNet", "1.326", "1.301", "1.620", "1.137", "1.346", "8.0 s"],
            ],
            [2.3, 1, 1, 1.35, 0.9, 0.9, 1],
            size=7.4,
            parts=(4,),
            bold=((4, 5), (4, 6)),
        ),
        "Error of wind speed in metres per second and time for one map in seconds, for four "
        "regions.",
    ),
    "budget": Float(
        "figure",
        Art(116, _budget),
        "Error of wind speed against the time for one map, averaged over four regions. At equal "
        "time DriftNet always has the lower error.",
    ),
    "ablation": Float(
        "table",
        table(
            [
                ["Variant", "Error (m/s)", "Time (s)", "Preferred"],
                ["DriftNet", "1.346", "8.0", "71%"],
                ["without borders", "1.347", "7.1", "38%"],
                ["random mask", "1.355", "8.0", "29%"],
                ["mask by variance", "1.349", "8.2", "60%"],
            ],
            [2, 1.2, 1, 1],
        ),
        "Removing one part at a time.",
    ),
}
