r"""This module writes one formula of TeX as MathML that browsers show without help.

MathML Core has no place for scripts, but converters pass things on: what they wrote is taken only
if every tag and attribute of it is on a list. What cannot be shown as MathML, an unknown macro for
one, is shown as its source.
"""

import html
import re
from functools import cache, lru_cache

from math_core import LatexError, LatexToMathML

# Macros that authors of abstracts use and the converter does not know, by what they mean.
_MACROS = {
    "mathds": r"\mathbb{#1}",
    "mathbbm": r"\mathbb{#1}",
    "bbm": r"\mathbb{#1}",
    "mbox": r"\text{#1}",
    "hbox": r"\text{#1}",
    "emph": r"\text{#1}",
    "textit": r"\text{#1}",
    "textbf": r"\text{#1}",
    "textsc": r"\text{#1}",
    "textsl": r"\text{#1}",
    "uline": r"\underline{#1}",
    "nicefrac": "{#1}/{#2}",
    "sfrac": "{#1}/{#2}",
    "textsuperscript": r"^{\text{#1}}",
    "textsubscript": r"_{\text{#1}}",
    "norm": r"\lVert #1 \rVert",
    "abs": r"\lvert #1 \rvert",
    "eps": r"\epsilon",
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "Q": r"\mathbb{Q}",
    "E": r"\mathbb{E}",
    "RR": r"\mathbb{R}",
    "NN": r"\mathbb{N}",
    "ZZ": r"\mathbb{Z}",
    "EE": r"\mathbb{E}",
    "xspace": "",
    "protect": "",
    "nolimits": "",
    "small": "",
    "normalsize": "",
    "large": "",
    "celsius": r"^\circ\mathrm{C}",
    "textmu": "µ",
    "textdegree": "°",
    "textgreater": ">",
    "textless": "<",
    "textasciitilde": r"\sim",
    "textendash": "–",
    "textquoteright": "’",
}
_NUMBERED = re.compile(r"\{(?:align|equation|gather|eqnarray)\*?\}")
# The converter is recursive, and a thread of macOS has a stack of 512 KB: on half of that 80
# roots in each other still work.
_DEEPEST = 60
_NESTING = re.compile(r"[{}\[]|\\(?:left|begin)(?![A-Za-z])")
_CHAIN = re.compile(r"(?>(?:\\[A-Za-z]+[\s^_]*+){8,})")

_STYLE = re.compile(r' style="([^"]*)"')
_ALIGNED = {"right": ' class="to-right"', "left": ' class="to-left"'}
_ALIGNMENT = re.compile(r"(?:^|;) *text-align: *(left|right) *(?:;|$)")
_LENGTH = r"-?[0-9.]{1,12}(?:em|ex|px|%)?"
_ON_THE_LIST = re.compile(
    r"<math(?: display=\"block\")?>"
    r"(?>(?:[^<>&\"]|&(?:amp|lt|gt|quot);"
    r"|</?(?:m(?:row|i|n|o|s|text|space|sup|sub|subsup|frac|sqrt|root|over|under|underover|table"
    r"|tr|td|padded|phantom|style|multiscripts|prescripts|enclose)|none)"
    r"(?: (?:(?:stretchy|symmetric|largeop|movablelimits|accent|accentunder|displaystyle|fence"
    r"|separator)=\"(?:true|false)\"|form=\"(?:prefix|infix|postfix)\"|mathvariant=\"normal\""
    r"|scriptlevel=\"[-+]?[0-9]\"|notation=\"[a-z ]+\"|class=\"to-(?:left|right)\""
    rf"|(?:lspace|rspace|minsize|maxsize|width|height|depth|voffset|linethickness)=\"{_LENGTH}\"))*"
    r">)*)"
    r"</math>"
)
# Of one script letter as it is, every character of its page would take four bytes.
_BEYOND_PLANE_0 = re.compile("[\U00010000-\U0010ffff]")
_EMPTY = re.compile(r"<(m[a-z]+)([^<>]*)/>")
_VARIANT = str.maketrans(
    "", "", "\ufe00\ufe01"
)  # two shapes of script letters; few fonts have both


@lru_cache(maxsize=1 << 13)  # 15 MB when full
def markup(formula: str, *, display: bool) -> str:
    """Return a formula as MathML with its TeX beside it, or its TeX as code."""
    mathml = _mathml(formula, display=display)
    source = html.escape(" ".join(formula.split()))
    if mathml is None:
        return f"<code>{source}</code>"
    written = mathml.replace("<math", f'<math data-tex="{source}"', 1)
    return written if written.isascii() else _BEYOND_PLANE_0.sub(_numbered, written)


def _mathml(formula: str, *, display: bool) -> str | None:
    """Return MathML that is known to be harmless; None if there is none."""
    if _nesting(formula) > _DEEPEST:
        return None
    try:
        written = _converter().convert_with_local_state(
            _NUMBERED.sub("{aligned}", formula), displaystyle=display
        )
    except LatexError:
        return None
    if "style=" in written:
        written = _STYLE.sub(_as_class, written)
    # As the sanitiser writes elements, so that whoever cuts pages counts one end for each start.
    written = _EMPTY.sub(r"<\1\2></\1>", written)
    written = written.replace("&ApplyFunction;", "\u2061").translate(_VARIANT)
    return written if _ON_THE_LIST.fullmatch(written) else None


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(macros=_MACROS, fancy_error=False, allow_unreliable_rendering=True)


def _numbered(letter: re.Match[str]) -> str:
    return f"&#{ord(letter[0])};"


def _nesting(formula: str) -> int:
    """Return at least as much as the converter has to go down for a formula."""
    depth = deepest = 0
    for mark in _NESTING.findall(formula):
        depth += -1 if mark == "}" else 1
        deepest = max(deepest, depth)
    return deepest + max((chain.count("\\") for chain in _CHAIN.findall(formula)), default=0)


def _as_class(match: re.Match[str]) -> str:
    """Keep the side of a column; pages allow no inline style."""
    found = _ALIGNMENT.search(match[1])
    return _ALIGNED[found[1]] if found else ""
