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

_BREAK = "<br>"
_BROKEN_LINE = "\x00"  # no HTML holds it
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


def with_formulas(safe: str) -> str:
    """Return sanitised HTML with the formulas in its texts as MathML."""
    written = 0
    parts = []
    for start, end in _runs(safe):
        shown = _with_formulas(safe[start:end])
        if shown is not None:
            parts += [safe[written:start], shown]
            written = end
    return "".join([*parts, safe[written:]]) if parts else safe


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
    """Yield where a text stands that a formula could be in; line breaks do not end it.

    Only what is around a sign of mathematics is looked at: posts are long, formulas few.
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
            yield start, end


def _first_sign(safe: str, position: int = 0) -> int:
    dollar = safe.find("$", position)
    backslash = safe.find("\\", position, dollar if dollar >= 0 else len(safe))
    return backslash if backslash >= 0 else dollar


def _end_of_text(safe: str, at: int) -> int:
    end = safe.find("<", at)
    while end >= 0 and safe.startswith(_BREAK, end):
        end = safe.find("<", end + len(_BREAK))
    return end if end >= 0 else len(safe)


def _with_formulas(run: str) -> str | None:
    first, last = _first_sign(run), max(run.rfind("$"), run.rfind("\\"))
    if first == last:  # a lone dollar, as money is written
        return None
    # A digit after the last dollar tells money from mathematics.
    end = last + 1 + (run[last + 1 : last + 2] not in {"&", "<"})
    shown = _shown(run[first:end])
    return None if shown is None else f"{run[:first]}{shown}{run[end:]}"


@lru_cache(maxsize=1 << 10)  # a post quotes a sentence several times
def _shown(text: str) -> str | None:
    parts = tex.segments(_read(text))
    if not any(isinstance(part, tex.Math) for part in parts):
        return None
    return "".join(
        formulas.markup(_source(part), display=part.display)
        if isinstance(part, tex.Math)
        else _escape(part.source).replace(_BROKEN_LINE, _BREAK)
        for part in parts
    )


def _read(run: str) -> str:
    return html.unescape(run.replace(_BREAK, _BROKEN_LINE))


def _source(formula: tex.Math) -> str:
    return formula.tex.replace(_BROKEN_LINE, "").strip()


def _escape(text: str) -> str:
    """Write text as the sanitiser does."""
    return html.escape(text, quote=False).replace("\xa0", "&nbsp;")
