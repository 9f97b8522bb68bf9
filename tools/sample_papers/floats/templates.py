"""This module draws for the paper on templates of web pages."""

from math import exp

from tools.sample_papers.drawing import (
    BLUE,
    GREEN,
    PALE,
    RED,
    Art,
    Axes,
    Canvas,
    algorithm,
    area,
    arrow,
    box,
    table,
    write,
)
from tools.sample_papers.pieces import Float


def _open(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 82), (0, 5), (0, 16))
    lengths = ("< 250", "500", "1,000", "2,000", "4,000")
    axes.frame(
        [(n + 0.5, name) for n, name in enumerate(lengths)],
        [(y, str(y)) for y in (0, 4, 8, 12, 16)],
        xlabel="length of the template (tokens)",
        ylabel="open tags (%)",
    )
    for n, (left, ours) in enumerate(((1.2, 0.5), (3.1, 0.6), (5.9, 0.8), (9.0, 1.1), (13.8, 1.5))):
        axes.bar(n + 0.34, left, 11, colour=RED)
        axes.bar(n + 0.66, ours, 11)
    axes.legend((40, 94), [("left to right, 700M", RED), ("Blanks, 350M", BLUE)])


def _process(canvas: Canvas, _width: float) -> None:
    rows = (
        ("t = 0", ("{% if draft %}", "Draft:", "{{ title }}", "{% endif %}"), ()),
        ("t = 0.5", ("{% if draft %}", "Draft:", "{{ title }}", "{% endif %}"), (2,)),
        ("t = 1", ("{% if draft %}", "Draft:", "{{ title }}", "{% endif %}"), (0, 1, 2, 3)),
    )
    widths = (62.0, 34.0, 48.0, 50.0)
    for number, (time, words, blanks) in enumerate(rows):
        y = 64 - 30 * number
        write(canvas, (0, y + 6), time, size=7.5, font="Times-Italic")
        x = 30.0
        for n, word in enumerate(words):
            hidden = n in blanks
            box(canvas, (x, y), (widths[n] - 4, 17), "" if hidden else word, letters=6.3,
                fill=(0.82, 0.82, 0.84) if hidden else PALE)  # fmt: skip
            if number:
                arrow(canvas, (x + widths[n] / 2 - 2, y + 29.5), (x + widths[n] / 2 - 2, y + 18))
            x += widths[n]


def _rounds(canvas: Canvas, width: float) -> None:
    axes = Axes(canvas, (28, 19), (width - 36, 82), (0, 33), (90, 100))
    axes.frame(
        [(x, str(x)) for x in (1, 2, 4, 8, 16, 32)],
        [(y, str(y)) for y in (90, 92, 94, 96, 98, 100)],
        xlabel="rounds",
        ylabel="closed tags (%)",
    )
    rounds = (1, 2, 4, 8, 16, 32)
    axes.line([(n, 99.4 - 2.4 * exp(-n / 3)) for n in rounds], colour=GREEN, dots=True)
    axes.line([(n, 99.1 - 7.6 * exp(-n / 4)) for n in rounds], dots=True)
    axes.line([(0, 93.4), (33, 93.4)], colour=RED, dash=(3, 2))
    names = [("short pages", GREEN), ("all pages", BLUE), ("left to right", RED)]
    axes.legend((width - 76, 76), names)


def _causes(canvas: Canvas, width: float) -> None:
    causes = (
        ("value in the wrong place", 43),
        ("condition inverted", 21),
        ("value that does not exist", 19),
        ("loop over the wrong list", 11),
        ("other", 6),
    )
    for number, (name, share) in enumerate(causes):
        y = 58 - 14 * number
        write(canvas, (92, y + 2), name, size=7, align=1)
        long = share / 45 * (width - 120)
        corners = [(96.0, y), (96 + long, y), (96 + long, y + 9), (96.0, y + 9)]
        area(canvas, corners, colour=BLUE)
        write(canvas, (100 + long, y + 2), f"{share}%", size=7)


FLOATS = {
    "open": Float(
        "figure",
        Art(106, _open),
        "Tags that are left open, by the length of the template. Averaged over the test set it is "
        "6.6% from left to right and 0.9% with Blanks.",
    ),
    "process": Float(
        "figure",
        Art(84, _process),
        "The forward process hides whole expressions, and the two tags of a block together. No "
        "bracket is ever separated from its partner.",
    ),
    "rounds": Float(
        "figure",
        Art(106, _rounds),
        "Closed tags by the number of rounds. Beyond 16 rounds there is no gain.",
    ),
    "round": Float(
        "algorithm",
        algorithm(
            [
                "input: page y with blanks, model p, parser",
                "for attempt = 1, 2, 3 do",
                "  sample lengths and contents of a share of the blanks from p",
                "  errors = parser(y)",
                "  if there are no errors: return y",
                "  for each error: blank the expressions on both sides",
                "end for",
                "return y",
            ]
        ),
        "One round of the reverse process",
    ),
    "results": Float(
        "table",
        table(
            [
                ["", "Parameters", "Closed", "Correct", "Time (s)"],
                ["Left to right", "700M", "93.4%", "71.2%", "9.8"],
                ["   with grammar", "700M", "100%", "74.0%", "14.1"],
                ["Blanks", "350M", "99.1%", "83.5%", "1.3"],
            ],
            [1.6, 1.2, 1, 1, 1],
            bold=((3, 3), (3, 4)),
        ),
        "Tags closed, pages that render correctly, and time for a page of 4,000 tokens.",
    ),
    "languages": Float(
        "table",
        table(
            [
                ["Language", "Left to right", "with grammar", "Blanks"],
                ["named ends", "95.9%", "100%", "99.3%"],
                ["common ends", "93.8%", "100%", "99.1%"],
                ["indentation", "90.5%", "100%", "98.9%"],
                ["all", "93.4%", "100%", "99.1%"],
            ],
            [1.3, 1.2, 1.2, 1],
            parts=(4,),
        ),
        "Tags closed, by the way in which a language closes its blocks.",
    ),
    "causes": Float(
        "figure",
        Art(70, _causes),
        "Why pages by Blanks render incorrectly, as shares of such pages.",
    ),
}
