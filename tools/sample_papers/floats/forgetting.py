"""This module draws for the paper on forgetting."""

from math import exp, log10

from tools.sample_papers.drawing import (
    BLUE,
    GOLD,
    GREY,
    RED,
    Art,
    Axes,
    Canvas,
    noise,
    table,
    write,
)
from tools.sample_papers.pieces import Float


def _order(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 100), (0, 61), (0, 61))
    axes.frame(
        [(x, str(x)) for x in (1, 20, 40, 60)],
        [(y, str(y)) for y in (1, 20, 40, 60)],
        xlabel="rank of learning",
        ylabel="rank of forgetting",
    )
    axes.line([(1, 60), (60, 1)], colour=GREY, dash=(2, 2))
    times = sorted((-n + 19 * (noise(n, 9) + noise(n, 4) - 1), n) for n in range(1, 61))
    axes.dots([(n, rank) for rank, (_, n) in enumerate(times, start=1)])


def _times(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 94), (-0.6, 0.6), (2.5, 5.1))
    axes.frame(
        [(log10(x), f"{x:g}") for x in (0.25, 0.5, 1, 2, 4)],
        [(n, f"{10 ** (n - 3)}k") for n in (3, 4, 5)],
        xlabel="singular value σ",
        ylabel="steps until lost",
    )
    axes.line([(-0.6, 5.0), (0.6, 2.6)], colour=RED)
    values = [-0.58 + 1.16 * n / 45 for n in range(46)]
    measured = [(x, 3.8 - 1.94 * x + 0.3 * (noise(n, 6) - 0.5)) for n, x in enumerate(values)]
    axes.dots(measured, radius=1.4)
    axes.legend((width - 76, 106), [("predicted, slope −2", RED), ("measured", BLUE)])


def _replay(canvas: Canvas, width: float) -> None:
    half = (width - 40) / 2
    for number, (name, delay) in enumerate((("(a) no replay", 1.0), ("(b) 10% replayed", 2.0))):
        left = 26 + number * (half + 14)
        axes = Axes(canvas, (left, 30), (half - 4, 72), (0, 20), (0, 1))
        axes.frame(
            [(x, f"{x}k") for x in (0, 10, 20)],
            [(y, f"{y:g}") for y in (0, 0.5, 1)],
            xlabel="step",
            ylabel="" if number else "recall",
        )
        for subject, (first, colour) in enumerate(((1.6, RED), (3.6, GOLD), (8.5, BLUE))):
            lost = first * delay * (0.8 if number and subject == 2 else 1)
            axes.line(
                [(t / 2, 0.95 / (1 + exp((t / 2 - lost) / 0.6))) for t in range(41)], colour=colour
            )
        write(canvas, (left + half / 2, 2), name, size=7.5, font="Times-Roman", align=0.5)
    names = [("learned last", RED), ("in the middle", GOLD), ("early", BLUE)]
    for place, (name, colour) in enumerate(names):
        axes = Axes(canvas, (0, 0), (1, 1), (0, 1), (0, 1))
        axes.legend((36 + 62 * place, 110), [(name, colour)])


def _chance(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 74), (-1, 0.6), (0, 700))
    axes.frame(
        [(x, f"{x:g}".replace("-", "−")) for x in (-1, -0.5, 0, 0.5)],
        [(y, str(y)) for y in (0, 200, 400, 600)],
        xlabel="rank correlation",
        ylabel="permutations",
    )
    for n in range(-22, 23):
        axes.bar(n / 50, 614 * exp(-(((n / 50) / 0.13) ** 2) / 2), 2.2, colour=GREY)
    axes.line([(-0.91, 0), (-0.91, 560)], colour=RED)
    write(canvas, (44, 80), "measured", size=6.5, colour=RED)


FLOATS = {
    "order": Float(
        "figure",
        Art(124, _order),
        "Ranks of 60 subjects in the order in which they were learned and forgotten. The dashed "
        "line is a perfect reversal.",
    ),
    "ranks": Float(
        "table",
        table(
            [
                ["Replayed", "90M", "400M", "900M", "Lost of 60"],
                ["none", "−0.87", "−0.91", "−0.93", "41"],
                ["5%", "−0.79", "−0.80", "−0.83", "40"],
                ["10%", "−0.69", "−0.71", "−0.73", "38"],
                ["25%", "−0.58", "−0.61", "−0.66", "37"],
            ],
            [1.1, 1, 1, 1, 1.2],
        ),
        "Rank correlation of learning and forgetting for three sizes of networks, mean of ten "
        "orders, and the number of subjects that are lost after 20,000 steps.",
    ),
    "times": Float(
        "figure",
        Art(118, _times),
        "Steps until a subject is lost, predicted by the linear model and measured in the largest "
        "network, on logarithmic axes.",
    ),
    "replay": Float(
        "figure",
        Art(118, _replay),
        "Recall of three subjects during fine-tuning. (a) Without replay. (b) With 10% of old "
        "images replayed: all are lost later, and the early one is lost relatively sooner.",
    ),
    "chance": Float(
        "figure",
        Art(98, _chance),
        "Rank correlation for 10,000 permutations of the order of learning, and the measured one "
        "for the network of 400 million parameters.",
    ),
}
