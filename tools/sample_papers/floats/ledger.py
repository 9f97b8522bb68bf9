"""This module draws for the paper on the cost of training."""

from math import log10

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
    noise,
    table,
    write,
)
from tools.sample_papers.pieces import Float

# The shares of Figure 1; those of training are what cooling and networking leave.
_SHARES: tuple[tuple[str, float, Colour], ...] = (
    ("discarded runs", 58, RED),
    ("complete runs", 25, BLUE),
    ("cooling", 12, GREEN),
    ("networking", 5, GOLD),
)


def _flows(canvas: Canvas, width: float) -> None:
    left = 0.0
    for number, (name, share, colour) in enumerate(_SHARES):
        right = left + share / 100 * width
        area(canvas, [(left, 26), (right, 26), (right, 52), (left, 52)], colour=colour)
        white = (1.0, 1.0, 1.0)
        write(canvas, ((left + right) / 2, 36), f"{share:g}%", size=7, align=0.5, colour=white)
        x = (left + right) / 2
        above = number % 2 == 1
        write(canvas, (min(x, width - 20), 57 if above else 16), name, size=7, align=0.5)
        left = right
    discarded = 0.58 * width
    for part, (name, share) in enumerate((("diverged", 44), ("mistakes", 31), ("poor", 25))):
        start = sum((44, 31, 25)[:part]) / 100 * discarded
        end = start + share / 100 * discarded
        grey = 0.72 + 0.08 * part
        corners = [(start, 0.0), (end - 1, 0.0), (end - 1, 11.0), (start, 11.0)]
        area(canvas, corners, colour=(grey, grey, grey))
        write(canvas, ((start + end) / 2, 3), f"{name} {share}%", size=6, align=0.5)


def _spread(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 96), (0, 49), (1, 4.7))
    axes.frame(
        [(x, str(x)) for x in (1, 12, 24, 36, 48)],
        [(log10(y), f"${y:,}") for y in (12, 100, 1000, 10000, 35000)],
        xlabel="complete runs, cheapest first",
    )
    costs = [log10(11.6) + (log10(35000) - log10(11.6)) * (n / 47) ** 0.9 for n in range(48)]
    filtered = [(n + 1, cost) for n, cost in enumerate(costs) if noise(n, 17) > n / 50]
    others = [(n + 1, cost) for n, cost in enumerate(costs) if noise(n, 17) <= n / 50]
    axes.dots(filtered, colour=GREEN, radius=1.8)
    axes.dots(others, colour=GREY, radius=1.8)
    axes.legend((width - 92, 42), [("data filtered before", GREEN), ("data as found", GREY)])


def _weeks(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 74), (0, 53), (-3, 3))
    axes.frame(
        [(x, str(x)) for x in (1, 13, 26, 39, 52)],
        [(y, f"{y}%".replace("-", "−")) for y in (-2, 0, 2)],
        xlabel="week",
        ylabel="deviation",
    )
    for limit in (-2, 2):
        axes.line([(0, limit), (53, limit)], colour=GREY, dash=(3, 2))
    values = [(w, 2.1 * (noise(w, 2) + noise(w, 5) + noise(w, 9) - 1.5)) for w in range(1, 53)]
    axes.dots([v for v in values if abs(v[1]) <= 2], radius=1.4)
    axes.dots(
        [(w, max(-2.9, min(2.9, d))) for w, d in values if abs(d) > 2], colour=RED, radius=1.4
    )


FLOATS = {
    "flows": Float(
        "figure",
        Art(66, _flows),
        "Where the energy of the ledger goes. Discarded runs take 58%, cooling and networking 17%. "
        "The grey bars divide the discarded runs by their number.",
    ),
    "entries": Float(
        "table",
        table(
            [
                [
                    "Laboratory",
                    "Task",
                    "Hardware",
                    "Energy",
                    "Discarded",
                    "Water",
                    "Price",
                    "Score",
                ],
                ["", "", "", "(kWh)", "(kWh)", "(litres)", "", ""],
                ["A", "faces", "8 large", "41,200", "96,300", "74,000", "$35,000", "11.7"],
                ["B", "faces", "64 small", "18,900", "22,100", "31,000", "$8,610", "11.9"],
                ["C", "landscapes", "8 large", "9,450", "12,800", "20,500", "$4,890", "11.4"],
                ["C", "landscapes", "16 medium", "12,300", "12,800", "22,600", "$5,520", "11.8"],
                ["F", "textures", "4 medium", "610", "340", "1,700", "$209", "11.2"],
                ["K", "textures", "1 small", "39", "14", "95", "$11.60", "11.9"],
            ],
            [1, 1.2, 1.2, 1, 1.1, 1, 1, 0.8],
            heads=2,
            size=8.4,
        ),
        "Six of the 48 complete runs. Energy of the run itself, energy of the discarded runs that "
        "belong to it, and price of the electricity for both.",
        wide=True,
    ),
    "spread": Float(
        "figure",
        Art(118, _spread),
        "Price of all 48 runs on a logarithmic scale. All of them reach the same quality of "
        "images.",
    ),
    "rule": Float(
        "algorithm",
        algorithm(
            [
                "input: planned number of steps T, score after each step",
                "best = infinity; last = 0",
                "for t = 1, ..., T do",
                "  if score(t) < best: best = score(t); last = t",
                "  if t − last > T / 10: stop the run",
                "end for",
            ]
        ),
        "When to stop a run",
    ),
    "overheads": Float(
        "table",
        table(
            [
                ["Site", "Cooling", "Networking", "Litres / kWh"],
                ["cold country", "5%", "4%", "0.6"],
                ["temperate, river", "9%", "5%", "2.4"],
                ["temperate, air", "13%", "5%", "1.8"],
                ["basement", "21%", "5%", "3.1"],
                ["all", "12%", "5%", "1.8"],
            ],
            [1.7, 1, 1.2, 1.3],
            parts=(5,),
        ),
        "Cooling and networking as shares of all energy, and water; the last column is a median.",
    ),
    "fields": Float(
        "table",
        table(
            [
                ["Group", "Fields", "By hand", "Examples"],
                ["task", "3", "3", "task, data, filter"],
                ["model", "4", "4", "size, layers, schedule"],
                ["hardware", "3", "1", "kind, number, site"],
                ["meters", "6", "0", "energy, water, price"],
                ["result", "4", "0", "score, duration"],
                ["discarded", "2", "2", "number, reasons"],
                ["all", "22", "10", ""],
            ],
            [1.1, 0.7, 0.9, 1.9],
            parts=(7,),
        ),
        "The fields of an entry.",
    ),
    "weeks": Float(
        "figure",
        Art(98, _weeks),
        "Deviation of one meter from the reference in 52 weeks. Red weeks were repeated.",
    ),
}
