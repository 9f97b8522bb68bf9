r"""This module shows the formulas in a text or in sanitised HTML as MathML.

Formulas are found in what a reader sees, after Markdown: so every engine gives the same ones, and
they are found where MathJax would find them, in captions and summaries too, and not in code.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from digestgen import tex
from digestgen.markdown import formulas
from digestgen.values import Value, replace

_BREAK = "<br>"
_BROKEN_LINE = "\x00"  # no HTML holds it
# Stands for a formula; sanitised HTML holds no control characters.
_MARK_SIGN, _MARK_END = "\x02", "\x03"
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


class Formulas:
    """Formulas that short marks stand for, so that who cuts HTML need not read them."""

    def __init__(self) -> None:
        self._found: dict[str, Formula] = {}  # by the number in its mark

    def marked(self, safe: str) -> str:
        """Return sanitised HTML with marks for the formulas in its texts."""
        written = 0
        parts: list[str] = []
        for first, end in _runs(safe):
            behind = _end_of_mathematics(safe, first, end)
            marked = self.marked_text(safe[first:behind])
            if marked is not None:
                parts += (safe[written:first], marked)
                written = behind
        return "".join([*parts, safe[written:]]) if parts else safe

    def marked_text(self, text: str) -> str | None:
        """Return the text of an element, HTML without tags, with marks; None without formulas."""
        before, formulas = _pieces(text)
        if not formulas:
            return None
        return before + "".join([self.mark(found) + found.behind for found in formulas])

    def mark(self, formula: "Formula") -> str:
        """Return a mark for a formula."""
        number = str(len(self._found))
        self._found[number] = formula
        return f"\x02{number}\x03"

    def has_marks(self, piece: str) -> bool:
        """Tell whether a piece of such HTML has formulas."""
        return _MARK_SIGN in piece

    def shown(self, piece: str) -> str:
        """Return a piece of such HTML with its formulas as MathML."""
        if _MARK_SIGN not in piece:
            return piece
        before, *others = piece.split(_MARK_SIGN)
        parts = [before]
        for other in others:
            number, _, behind = other.partition(_MARK_END)
            parts += (self._found[number].mathml, behind)
        return "".join(parts)

    def written(self, piece: str) -> str:
        """Return a piece of such HTML with its formulas as they were written."""
        return _MARK.sub(lambda mark: self._found[mark[1]].source, piece)


class Formula(Value, frozen=True):
    """A formula as MathML and as it was written, and the prose behind it; all is HTML."""

    mathml: str
    source: str
    behind: str


def formula(text: str) -> Formula | None:
    """Return the formula that a text, HTML without tags, is but for a digit behind it."""
    before, found = _pieces(text)
    if before or len(found) != 1 or not (found[0].behind == "" or found[0].behind.isdigit()):
        return None
    return found[0]


def with_formulas(safe: str) -> str:
    """Return sanitised HTML with the formulas in its texts as MathML."""
    if _first_sign(safe) < 0:
        return safe
    formulas = Formulas()
    return formulas.shown(formulas.marked(safe))


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
def _pieces(text: str) -> tuple[str, tuple[Formula, ...]]:
    """Return the prose before the first formula, and the formulas."""
    before = ""
    found: list[Formula] = []
    for part in tex.segments(_read(text)):
        source = _escape(part.source).replace(_BROKEN_LINE, _BREAK)
        if isinstance(part, tex.Math):
            mathml = formulas.markup(_source(part), display=part.display)
            found.append(Formula(mathml, source, ""))
        elif found:
            found[-1] = replace(found[-1], behind=source)
        else:
            before = source
    return before, tuple(found)


def _read(run: str) -> str:
    return html.unescape(run.replace(_BREAK, _BROKEN_LINE))


def _source(formula: tex.Math) -> str:
    return formula.tex.replace(_BROKEN_LINE, "").strip()


def _escape(text: str) -> str:
    """Write text as the sanitiser does."""
    return html.escape(text, quote=False).replace("\xa0", "&nbsp;")
