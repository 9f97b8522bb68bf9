"""This module draws for the paper on bridges between image collections."""

from math import exp

from tools.sample_papers.drawing import (
    BLUE,
    GOLD,
    GREEN,
    GREY,
    RED,
    Art,
    Axes,
    Canvas,
    algorithm,
    bitmap,
    noise,
    stroke,
    table,
    write,
)
from tools.sample_papers.pieces import Float

_SIDE = 36
_BROWN = (0.3, 0.17, 0.08)


def _facade(x: int, y: int, fade: float) -> int:
    """Return the level of a house front whose windows fade."""
    if y < 6 + abs(x - 18) // 3:
        return 15
    wall = 10 + 2 * noise(x, y, 7)
    window = x % 9 in (3, 4, 5, 6) and y % 11 in (4, 5, 6, 7, 8, 9) and 12 < y < 34
    bar = window and (x % 9 == 4 or y % 11 == 6)
    level = wall - (1 - fade) * (8 if window and not bar else 2 if bar else 0)
    return max(0, min(15, round(level)))


def _drift(canvas: Canvas, width: float) -> None:
    names = ("(a) source", "(b) iteration 2", "(c) iteration 4", "(d) iteration 8", "(e) ours")
    side = 78.0
    gap = (width - len(names) * side) / (len(names) - 1)
    for number, (name, fade) in enumerate(zip(names, (0, 0.3, 0.6, 0.95, 0.05), strict=True)):
        rows = [[_facade(x, y, fade) for x in range(_SIDE)] for y in range(_SIDE)]
        left = number * (side + gap)
        bitmap(canvas, (left, 13), (side, side), rows, dark=_BROWN if number else (0, 0, 0))
        write(canvas, (left + side / 2, 3), name, size=7.5, font="Times-Roman", align=0.5)


def _graph(canvas: Canvas, width: float) -> None:
    nodes = [(14 + (width - 28) * noise(n, 11), 16 + 84 * noise(n, 23)) for n in range(34)]
    nodes.sort()
    for i, (x, y) in enumerate(nodes):
        near = sorted(nodes, key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)[1:4]
        for other in near:
            stroke(canvas, [(x, y), other], colour=(0.75, 0.75, 0.75), width=0.4)
        colour = BLUE if i < 17 else RED
        canvas.setLineCap(1)
        stroke(canvas, [(x, y), (x + 0.1, y)], colour=colour, width=4.8)
        canvas.setLineCap(0)
    path = [nodes[n] for n in (0, 4, 10, 16, 21, 27, 33)]
    stroke(canvas, path, colour=GOLD, width=1.6)
    write(canvas, (2, 2), "collection A", colour=BLUE)
    write(canvas, (width - 2, 2), "collection B", colour=RED, align=1)


def _iterations(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 86), (0, 10), (0.4, 0.8))
    axes.frame(
        [(x, str(x)) for x in (0, 2, 4, 6, 8, 10)],
        [(y, f"{y:.1f}") for y in (0.4, 0.5, 0.6, 0.7, 0.8)],
        xlabel="iteration of training",
        ylabel="structural similarity",
    )
    steps = range(11)
    axes.line([(t, 0.68 - 0.24 * exp(-t / 1.6)) for t in steps], dots=True)
    axes.line([(t, 0.63 - 0.2 * exp(-t / 1.3) - 0.006 * max(0, t - 4) ** 1.4) for t in steps],
              colour=RED, dots=True)  # fmt: skip
    axes.line([(t, 0.61 - 0.19 * exp(-t / 1.3) - 0.012 * max(0, t - 4) ** 1.3) for t in steps],
              colour=GREEN, dash=(3, 2))  # fmt: skip
    names = [("ours", BLUE), ("regularised bridge", RED), ("plain bridge", GREEN)]
    axes.legend((36, 101), names)
    x, _ = axes.place(4, 0.4)
    stroke(canvas, [(x, 19), (x, 105)], colour=GREY, width=0.4, dash=(1, 2))


FLOATS = {
    "drift": Float(
        "figure",
        Art(93, _drift),
        "Drift of a bridge between drawings and photographs of façades. (a) The source. (b)–(d) A "
        "bridge without anchors after two, four and eight iterations. (e) Our bridge after eight.",
        wide=True,
    ),
    "graph": Float(
        "figure",
        Art(108, _graph),
        "A small graph of anchors. Blue anchors belong to *A*, red ones to *B*; the yellow path is "
        "the one that a mini-batch follows.",
    ),
    "results": Float(
        "table",
        table(
            [
                ["Method", "Façades", "Retina", "Evaluations"],
                ["Adversarial, cycle", "0.52", "0.57", "1"],
                ["Adversarial, contrast", "0.55", "0.60", "1"],
                ["Two stages, latent", "0.56", "0.62", "100"],
                ["Two stages, pixels", "0.58", "0.64", "100"],
                ["Bridge, plain", "0.58", "0.66", "50"],
                ["Bridge, regularised", "0.61", "0.68", "50"],
                ["Bridge with anchors (ours)", "0.68", "0.79", "25"],
            ],
            [2.4, 1, 1, 1.2],
            parts=(3, 5, 7),
            bold=((7, 1), (7, 2)),
        ),
        "Structural similarity (SSIM) and number of network evaluations. Higher similarity is "
        "better.",
    ),
    "iterations": Float(
        "figure",
        Art(108, _iterations),
        "Structural similarity of façades during training. Bridges without anchors lose details "
        "after the fourth iteration.",
    ),
    "ablation": Float(
        "table",
        table(
            [
                ["Anchors", "Façades", "Retina"],
                ["256, by transport", "0.68", "0.79"],
                ["256, at random", "0.645", "0.735"],
                ["one per image", "0.657", "0.753"],
                ["512, by transport", "0.68", "0.79"],
                ["256, by features", "0.69", "0.79"],
            ],
            [2, 1, 1],
            grid=True,
            bold=((1, 1), (1, 2)),
        ),
        "Variants of the anchors (SSIM). Corrected in this version.",
    ),
    "choose": Float(
        "algorithm",
        algorithm(
            [
                "input: transport plan P, number of anchors K",
                "anchors = empty",
                "for (a, b) in the order of falling P(a, b) do",
                "  if neither a nor b belongs to an anchor:",
                "    add (a, b) to the anchors",
                "  if there are K anchors: return them",
                "end for",
            ]
        ),
        "Choice of the anchors",
    ),
}
