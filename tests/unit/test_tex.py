import pytest

from digestgen.tex import Math, Prose, plain, readable, segments


def formulas(text: str) -> list[str]:
    return [part.tex for part in segments(text) if isinstance(part, Math)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the $x_i^*$ and $\\alpha$.", ["x_i^*", "\\alpha"]),
        ("$$a = b$$ then \\(c\\) then \\[d\\]", ["a = b", "c", "d"]),
        ("adjacent $a$$b$ ones", ["a", "b"]),
        ("a price of \\$5 and $x$", ["x"]),
        ("$a \\$ b$", ["a \\$ b"]),
        ("line break \\\\(not math\\\\)", []),
        ("from $35,000 to $12 a day", []),
        ("it costs $5/$10 each", []),
        ("$5 and then $x$", ["x"]),
        ("0.9$\\pm$0.1 of $<$5, 3$ \\times $4", ["\\pm", "<", " \\times "]),
        ("pay $5 for each of them and 7$ more", []),
        ("half $a{b$ and $c$", ["c"]),
        ("half $a}{b$", []),
        ("never $closed", []),
        ("an empty $ $ or $$ $$ span", []),
        ("$" + "x" * 1001 + "$", []),
        ("$R&D$ and $a#b$", []),
        ("$\\begin{matrix} a & b \\end{matrix}$", ["\\begin{matrix} a & b \\end{matrix}"]),
        ("$\\begin{matrix} a$", []),
        ("\\(a $ b\\)", []),
    ],
)
def test_mathematics_is_told_from_money_and_accidents(text: str, found: list[str]) -> None:
    assert formulas(text) == found


@pytest.mark.parametrize(
    "formula",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\def\alpha{x}",
        r"\newcommand{\a}{b}",
        r"\require{html}",
        r"\style{position:fixed}{x}",
        r"\htmlClass{a}{b}",
        r"\mmlToken{mi}[href=x]{y}",
        r"\rule{99em}{99em}",
        r"\Rule{99em}{99em}{0em}",
        r"\Space{99em}{99em}{0em}",
        r"\bbox[background:url(http://evil.example/a.png)]{x}",
        r"\text{$\bbox[position:fixed]{x}$}",
        r"\unicode{x3c}",
        r"\global\let\a\b",
    ],
)
def test_a_formula_that_reaches_beyond_itself_is_prose(formula: str) -> None:
    assert formulas(f"${formula}$") == []


def test_only_doubled_dollars_and_square_brackets_are_displayed() -> None:
    parts = segments(r"$a$ $$b$$ \(c\) \[d\]")

    assert [part.display for part in parts if isinstance(part, Math)] == [False, True, False, True]


def test_prose_around_formulas_is_kept_as_it_stands() -> None:
    assert segments("so $x$!") == (Prose("so "), Math("$x$", "x", display=False), Prose("!"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\emph{hysteresis}---after", "hysteresis—after"),
        (r"Erd\H{o}s, Fran\c{c}ois, M\"uller", "Erdős, François, Müller"),
        (r"{\'e}t\'e, na\"{\i}ve", "été, naïve"),
        (r"S\o rensen, Wei\ss{}, {\L}ukasz", "Sørensen, Weiß, Łukasz"),
        ("``quoted'' text", "“quoted” text"),
        ("pages 3--7 and a -- b", "pages 3–7 and a – b"),
        ("run with --fast", "run with --fast"),
        (r"a 35\% gain \& more, \#1, a\_b, \$5", "a 35% gain & more, #1, a_b, $5"),
        ("Fig.~3 of image~(MRI)", "Fig. 3 of image (MRI)"),
        ("~30 dB, 3~5 days", "~30 dB, 3~5 days"),
        (r"{\em very \textbf{bold}} and {\bf so}", "very bold and so"),
        (r"10 {\mu}m, 3\times 4, 20\textdegree", "10 μm, 3× 4, 20°"),
        (r"\url{https://example.org/a}", "https://example.org/a"),
        (r"\href{https://example.org}{here}", "here (https://example.org)"),
        (r"as in \cite{smith20}\footnote{Or not.}", "as in [smith20] (Or not.)"),
        (r"\unknown{x} C:\dir {{ x }} {% y %}", r"\unknown{x} C:\dir {{ x }} {% y %}"),
        (r'\"quoted\" \'', r'\"quoted\" \''),
    ],
)  # fmt: skip
def test_text_macros_are_decoded_and_the_rest_is_left(written: str, read: str) -> None:
    assert readable(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"in $\mathcal{O}(n \log n)$ time", "in O(n log n) time"),
        (r"$x_{i}^{2} \leq \frac{a}{b}$", "x_i^2 ≤ a/b"),
        (r"$90^\circ$ and $10^{-3}$", "90° and 10^-3"),
        (r"$\left( \alpha \right)$", "( α )"),
        (r"costs $35,000 and $12", "costs $35,000 and $12"),
        (r"\emph{a} \unknown{b} {{ c }}", "a unknownb c"),
        (r"broken {\bf x", "broken bf x"),
    ],
)
def test_plain_needs_no_engine_and_has_no_markup(written: str, read: str) -> None:
    assert plain(written) == read
