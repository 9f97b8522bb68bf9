r"""This module shows the formulas in a text or in sanitised HTML as MathML.

Formulas are found in what a reader sees, after Markdown: so every engine gives the same ones, and
they are found where MathJax would find them, in captions and summaries too, and not in code.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from digestgen import tex
from digestgen.markdown import formulas

_BREAK = "<br>"
_BROKEN_LINE = "\x00"  # no HTML holds it
# Stands for a formula; sanitised HTML holds no control characters.
_MARK_SIGN = "\x02"
_MARK = re.compile("\x02([0-9]+)\x03")
_CODE = re.compile(r"<(/?)(?:code|pre)\b")
_TAG = re.compile("(<[^>]*>)")


def inline_math(text: str) -> str:
    r"""Return plain text with its formulas as MathML, as safe HTML.

    TeX's text markup is decoded as ``tex.readable`` says.
    """
    return "".join(
        formulas.markup(part.tex, display=False)
        if isinstance(part, tex.Math)
        else html.escape(tex.readable(part.source))
        for part in tex.segments(text)
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """Sanitised HTML in which a short mark stands for the MathML of each formula."""

    html: str
    formulas: tuple[str, ...]

    def shown(self, piece: str) -> str:
        """Return a piece of the HTML with the formulas in it."""
        return _MARK.sub(self._formula, piece) if _MARK_SIGN in piece else piece

    def _formula(self, mark: re.Match[str]) -> str:
        return self.formulas[int(mark[1])]


def marked(safe: str) -> Marked:
    """Return sanitised HTML with marks for the formulas in its texts."""
    written = 0
    parts: list[str] = []
    shown: list[str] = []
    for first, end in _runs(safe):
        behind = _end_of_mathematics(safe, first, end)
        before, pairs = _pieces(safe[first:behind])
        if pairs:
            parts += (safe[written:first], before)
            for formula, prose in pairs:
                parts.append(f"\x02{len(shown)}\x03{prose}")
                shown.append(formula)
            written = behind
    text = "".join([*parts, safe[written:]]) if parts else safe
    return Marked(text, tuple(shown))


def with_formulas(safe: str) -> str:
    """Return sanitised HTML with the formulas in its texts as MathML."""
    if _first_sign(safe) < 0:
        return safe
    found = marked(safe)
    return found.shown(found.html)


def found(safe: str) -> Iterator[tuple[str, bool]]:
    """Yield the formulas of sanitised HTML, and whether each is displayed."""
    for start, end in _runs(safe):
        for part in tex.segments(_read(safe[start:end])):
            if isinstance(part, tex.Math):
                yield _source(part), part.display


def plain(safe: str) -> str:
    """Return what sanitised HTML says, its formulas as readable text."""
    if "<" not in safe:
        return " ".join(_readable(html.unescape(safe)).split())
    words = []
    in_code = False
    for part in _TAG.split(safe):
        if part.startswith("<"):
            in_code = part == "<code>" or (in_code and part != "</code>")
        else:
            text = html.unescape(part)
            words.append(text if in_code else _readable(text))
    return " ".join("".join(words).split())


def _readable(text: str) -> str:
    if _first_sign(text) < 0:
        return text
    return "".join(
        tex.plain(part.source) if isinstance(part, tex.Math) else part.source
        for part in tex.segments(text)
    )


def _runs(safe: str) -> Iterator[tuple[int, int]]:
    """Yield where a text stands that a formula could be in, from the first sign of one.

    Line breaks do not end it. Only what is around a sign is looked at: posts are long, formulas
    few.
    """
    position = depth = 0
    code = _CODE.finditer(safe)
    mark = next(code, None)
    while (at := _first_sign(safe, position)) >= 0:
        start = safe.rfind(">", position, at) + 1 or position
        if safe.rfind("<", start, at) >= 0:  # in a tag
            position = safe.index(">", at)
            continue
        end = _end_of_text(safe, at)
        while mark is not None and mark.start() < start:
            depth += -1 if mark[1] else 1
            mark = next(code, None)
        position = end
        if not depth:
            yield at, end


def _first_sign(safe: str, position: int = 0) -> int:
    dollar = safe.find("$", position)
    backslash = safe.find("\\", position, dollar if dollar >= 0 else len(safe))
    return backslash if backslash >= 0 else dollar


def _end_of_text(safe: str, at: int) -> int:
    end = safe.find("<", at)
    while end >= 0 and safe.startswith(_BREAK, end):
        end = safe.find("<", end + len(_BREAK))
    return end if end >= 0 else len(safe)


def _end_of_mathematics(safe: str, first: int, end: int) -> int:
    """Return where a run's mathematics may end; where it begins when it has a lone sign."""
    last = max(safe.rfind("$", first, end), safe.rfind("\\", first, end))
    if first == last:  # a lone dollar, as money is written
        return first
    # A digit after the last dollar tells money from mathematics.
    return last + 1 + (safe[last + 1 : last + 2] not in {"&", "<"})


@lru_cache(maxsize=1 << 10)  # a post quotes a sentence several times
def _pieces(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the prose before the first formula, and each formula with the prose behind it."""
    pieces = [""]
    for part in tex.segments(_read(text)):
        if isinstance(part, tex.Math):
            pieces += [formulas.markup(_source(part), display=part.display), ""]
        else:
            pieces[-1] = _escape(part.source).replace(_BROKEN_LINE, _BREAK)
    return pieces[0], tuple(zip(pieces[1::2], pieces[2::2], strict=True))


def _read(run: str) -> str:
    return html.unescape(run.replace(_BREAK, _BROKEN_LINE))


def _source(formula: tex.Math) -> str:
    return formula.tex.replace(_BROKEN_LINE, "").strip()


def _escape(text: str) -> str:
    """Write text as the sanitiser does."""
    return html.escape(text, quote=False).replace("\xa0", "&nbsp;")
