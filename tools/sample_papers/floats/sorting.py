"""This module draws for the paper on sorted attention."""

from tools.sample_papers.drawing import (
    BLUE,
    GOLD,
    GREEN,
    RED,
    Art,
    Axes,
    Canvas,
    Colour,
    area,
    arrow,
    box,
    noise,
    stroke,
    table,
    write,
)
from tools.sample_papers.pieces import Float

_LEVELS = (0.82, 0.15, 0.55, 0.95, 0.3, 0.7, 0.08, 0.42)


def _levels(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 88), (0, 64), (0, 1))
    axes.frame(
        [(x, f"{x}k") for x in (0, 16, 32, 48, 64)],
        [(y, f"{y:.1f}") for y in (0, 0.5, 1)],
        xlabel="position in the sequence (tokens)",
        ylabel="noise level σ",
    )
    late = [
        (x / 2, 0.5 - 0.38 * (noise(x // 9, 5) > 0.35) + 0.12 * noise(x, 1)) for x in range(128)
    ]
    early = [(x / 2, 0.86 + 0.1 * noise(x, 2)) for x in range(128)]
    axes.line(early, colour=RED)
    axes.line(late)
    axes.legend((width - 74, 86), [("early, step 50", RED), ("late, step 450", BLUE)])


def _shade(level: float) -> Colour:
    return (0.95 - 0.75 * level, 0.96 - 0.6 * level, 1 - 0.35 * level)


def _tokens(canvas: Canvas, x: float, y: float, levels: tuple[float, ...]) -> None:
    for number, level in enumerate(levels):
        left = x + 13 * number
        corners = [(left, y), (left + 11, y), (left + 11, y + 22), (left, y + 22)]
        area(canvas, corners, colour=_shade(level))
        stroke(canvas, [*corners, corners[0]], width=0.4)
        white = (1.0, 1.0, 1.0)
        colour = white if level > 0.6 else (0.0, 0.0, 0.0)
        write(canvas, (left + 5.5, y + 8), f"{level:.1f}"[1:] if level < 0.95 else "1", align=0.5,
              size=6, colour=colour)  # fmt: skip


def _layer(canvas: Canvas, width: float) -> None:
    ordered = tuple(sorted(_LEVELS))
    right = width - 104
    middle = (width - 104) / 2
    _tokens(canvas, 0, 34, _LEVELS)
    _tokens(canvas, middle, 34, ordered)
    _tokens(canvas, right, 34, _LEVELS)
    for start, end, name in (
        (106, middle - 4, "sort by σ"),
        (middle + 106, right - 4, "undo the sort"),
    ):
        arrow(canvas, (start, 45), (end, 45))
        write(canvas, ((start + end) / 2, 50), name, align=0.5)
    for number in range(3):
        left = middle + 26 * number
        stroke(canvas, [(left, 66), (left, 70), (left + 49, 70), (left + 49, 66)], colour=GREEN)
        write(
            canvas, (left + 24, 73 if number != 1 else 80), f"block {number + 1}", align=0.5, size=6
        )
    for number in range(4):
        x = middle + 5 + 26 * number
        arrow(canvas, (x, 22), (x, 32))
    box(canvas, (middle - 6, 4), (116, 18), "attention within blocks")
    for x, name in ((52, "(a) tokens"), (right + 52, "(b) updated tokens")):
        write(canvas, (x, 20), name, size=7.5, font="Times-Roman", align=0.5)


def _cost(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 92), (12, 16.2), (-3, 6))
    axes.frame(
        [(x, f"{2**x:,}") for x in (12, 13, 14, 15, 16)],
        [(y, f"{2.0**y:g}") for y in (-2, 0, 2, 4, 6)],
        xlabel="length of the sequence (tokens)",
        ylabel="memory of attention (GB)",
    )
    sizes = (12, 13, 14, 15, 16)
    axes.line([(x, 5.3 - 2 * (16 - x)) for x in sizes], colour=RED, dots=True)
    axes.line([(x, 4.2 - 1.24 * (16 - x)) for x in sizes], dots=True)
    axes.line([(x, 3.5 - (16 - x)) for x in sizes], colour=GOLD, dash=(3, 2))
    names = [("full attention", RED), ("SortDiff", BLUE), ("window of 512", GOLD)]
    axes.legend((36, 105), names)


FLOATS = {
    "levels": Float(
        "figure",
        Art(109, _levels),
        "Noise levels along a sequence of music. Early in the process all tokens are alike. Late "
        "in the process clear and noisy tokens lie far apart.",
    ),
    "layer": Float(
        "figure",
        Art(88, _layer),
        "One layer of SortDiff. (a) Tokens with their noise levels σ. They are sorted, cut into "
        "overlapping blocks that attend within themselves, and (b) put back into their places.",
        wide=True,
    ),
    "cost": Float(
        "figure",
        Art(114, _cost),
        "Memory of attention for one sequence, on logarithmic axes. The cost of full attention "
        "grows as *n*^{2}, that of SortDiff as *n* log *n*.",
    ),
    "results": Float(
        "table",
        table(
            [
                ["", "Bits per", "Memory", "Time per"],
                ["Attention", "dimension", "(GB)", "step (ms)"],
                ["Full", "3.02 ± 0.01", "61.4", "840"],
                ["Window of 512", "3.21 ± 0.01", "33.0", "262"],
                ["Random pattern", "3.15 ± 0.02", "36.8", "305"],
                ["Clustering", "3.06 ± 0.02", "47.5", "511"],
                ["SortDiff", "3.02 ± 0.01", "39.9", "319"],
            ],
            [1.7, 1.4, 1, 1.1],
            heads=2,
            parts=(6,),
            bold=((6, 1),),
        ),
        "Results on sequences of 65,536 tokens, mean and deviation of five runs.",
    ),
    "blocks": Float(
        "table",
        table(
            [
                ["Tokens", "log n", "Block", "Time (ms)", "Bound"],
                ["16,384", "14", "256", "71", "1.62"],
                ["32,768", "15", "256", "152", "1.60"],
                ["65,536", "16", "128", "331", "1.56"],
                ["65,536", "16", "256", "319", "1.58"],
                ["65,536", "16", "512", "348", "1.71"],
            ],
            [1.2, 1, 1, 1.2, 1],
        ),
        "Length of blocks and time for one step; the last column is the constant of the sort.",
    ),
}
