r"""This module tells prose from mathematics, and makes TeX readable without a TeX engine.

It judges dollars as pandoc does: no space stands right after an opening one or right before a
closing one, and no digit follows a closing one, except around a single sign; so "$5 to $10" is
money. What does not find its partner, or is no sound formula, is prose.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

LONGEST_FORMULA = 1000


@dataclass(frozen=True, slots=True)
class Prose:
    """Text in which a dollar is a dollar; TeX's text macros may stand in it."""

    source: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula: ``tex`` stands between the delimiters, ``source`` includes them."""

    source: str
    tex: str
    display: bool


Segment = Prose | Math

_FORMULA = re.compile(
    r"\$\$(?P<dollars>(?>(?:[^\\$]+|\\.)+))\$\$"
    r"|\$(?P<dollar>(?>(?:[^\\$]+|\\.)+))\$"
    r"|\\\((?P<round>(?>(?:[^\\]+|\\[^()\[\]])*))\\\)"
    r"|\\\[(?P<square>(?>(?:[^\\]+|\\[^()\[\]])*))\\\]"
    r"|\\.",
    re.DOTALL,
)
_MARK = re.compile(r"\\(?:.|\Z)|[{}$&#]", re.DOTALL)
# "$\pm$5" and "$ < $5" are common and no money.
_SIGN = re.compile(r"\s*+(?:\\[A-Za-z]+|[<>=~+\-])\s*+")
# Three words in a row and no macro: two sums of money that look like one formula.
_WORDS = re.compile(r"[A-Za-z]{3,}\s+[A-Za-z]{2,}\s+[A-Za-z]{2,}")
# Macros that act beyond their formula in MathJax and KaTeX: links, styles, files, boxes over
# other text, and definitions that hold for the whole page.
_REACHING = re.compile(
    r"\\(?:href|url|style|class|cssId|data|html[A-Za-z]*|require|input|includegraphics|"
    r"(?:[egx]|long|global)?def|let|futurelet|(?:re|provide)?newcommand|(?:re|provide)command|"
    r"(?:re)?newenvironment|Declare[A-Za-z]+|tag|label|(?:eq)?ref|mmlToken|toggle|enclose|"
    r"(?:math|text)tip|bbox|unicode|[Rr]ule|Space|raise|lower|move(?:left|right))(?![A-Za-z])"
)


def segments(s: str) -> tuple[Segment, ...]:
    """Split ``s`` into prose and formulas; their sources joined are ``s``."""
    if "$" not in s and "\\" not in s:  # most texts, in a fraction of the time
        return (Prose(s),) if s else ()
    found: list[Segment] = []
    prose = position = 0
    while (match := _FORMULA.search(s, position)) is not None:
        position = match.end()
        if match.lastgroup is None:  # an escaped character
            continue
        content = match[match.lastgroup]
        if match.lastgroup == "dollar" and not _is_paired(content, s[position : position + 1]):
            position = match.start() + 1
        elif is_sound(content):
            if match.start() > prose:
                found.append(Prose(s[prose : match.start()]))
            found.append(Math(match[0], content, match.lastgroup in ("dollars", "square")))
            prose = position
    if prose < len(s):
        found.append(Prose(s[prose:]))
    return tuple(found)


@lru_cache(maxsize=1 << 10)  # a digest has a formula several times
def is_sound(formula: str) -> bool:
    """Tell whether a formula can stand in a page: balanced, not prose, without far effects."""
    return (
        0 < len(formula) <= LONGEST_FORMULA
        and not formula.isspace()
        and _is_balanced(formula)
        and not _REACHING.search(formula)
        and ("\\" in formula or not _WORDS.search(formula))
    )


def readable(prose: str) -> str:
    r"""Return prose with TeX's text markup decoded, words unchanged and the rest as it was.

    ``\emph{x}`` becomes x, ``Erd\H{o}s`` Erdős, ``---`` a dash; an unknown macro stays.
    """
    if not any(map(prose.__contains__, _TEXT_MARKUP)):  # most prose, in a fraction of the time
        return prose
    for pattern, replacement in _TEXT_RULES:
        prose = pattern.sub(replacement, prose)
    return prose


def plain(s: str) -> str:
    r"""Return ``s`` in plain Unicode for places without markup: ``$x^{2} \leq 1$`` is x^2 ≤ 1.

    A macro that is not known loses its backslash, braces go.
    """
    return " ".join("".join(map(_plain, segments(s))).split())


def _is_paired(content: str, after: str) -> bool:
    if _SIGN.fullmatch(content):
        return True
    return not (content[0].isspace() or content[-1].isspace() or after.isdigit())


def _is_balanced(formula: str) -> bool:
    environments = formula.count(r"\begin{")
    # A bare dollar, a macro's parameter, a backslash at the very end, a column outside a table.
    misplaced = ("$", "#", "\\") if environments else ("$", "#", "\\", "&")
    depth = 0
    for mark in _MARK.findall(formula):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0 or mark in misplaced:
            return False
    return depth == 0 and environments == formula.count(r"\end{")


def _plain(part: Segment) -> str:
    if isinstance(part, Prose):
        text = readable(part.source)
    else:
        text = part.tex
        for pattern, replacement in _MATH_RULES:
            text = pattern.sub(replacement, text)
    return text.replace("\\", "").replace("{", "").replace("}", "")


_SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "ast": "*", "star": "⋆",
    "circ": "∘", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ll": "≪", "gg": "≫", "neq": "≠",
    "ne": "≠", "approx": "≈", "sim": "~", "simeq": "≃", "equiv": "≡", "propto": "∝", "in": "∈",
    "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "infty": "∞",
    "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "sqrt": "√",
    "forall": "∀", "exists": "∃", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "Rightarrow": "⇒", "leftrightarrow": "↔", "mapsto": "↦", "langle": "⟨", "rangle": "⟩",
    "ell": "ℓ", "hbar": "ℏ", "prime": "′", "dagger": "†", "oplus": "⊕", "otimes": "⊗",
    "perp": "⊥", "mid": "|", "vert": "|", "ldots": "…", "dots": "…", "cdots": "⋯", "deg": "°",
    "degree": "°", "textdegree": "°", "textmu": "µ", "copyright": "©", "textregistered": "®",
    "texttrademark": "™", "textbackslash": "＼", "S": "§", "TeX": "TeX", "LaTeX": "LaTeX",
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø",
    "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "H": "\u030b", "c": "\u0327", "v": "\u030c", "u": "\u0306", "k": "\u0328",
    "r": "\u030a", "d": "\u0323",
}  # fmt: skip

_Replacement = str | Callable[[re.Match[str]], str]


def _accented(match: re.Match[str]) -> str:
    letter = match["braced"] or match["bare"]
    composed = unicodedata.normalize("NFC", letter + _ACCENTS[match["accent"]])
    return composed if len(composed) == 1 else match[0]


def _symbol(match: re.Match[str]) -> str:
    return _SYMBOLS.get(match[1], match[0])


def _rule(pattern: str, replacement: _Replacement) -> tuple[re.Pattern[str], _Replacement]:
    return re.compile(pattern), replacement


_FONT = r"emph|underline|uline|mbox|text(?:bf|it|tt|sc|sf|rm|sl|up|md|normal|superscript)?"
_BARE_FONT = r"em|bf|it|tt|sc|sl|rm|sf|small|bfseries|itshape"
# Read in order. Groups are taken from the inside out, two deep: deeper ones do not occur.
# Every rule below needs one of these.
_TEXT_MARKUP = ("\\", "{", "~", "--", "``", "''")
_TEXT_RULES = (
    _rule(
        r"\\(?P<accent>['`^\"~=.]|[Hcvukrd](?=\s*\{|\s+[A-Za-z]\b))\s*"
        r"(?:\{\\?(?P<braced>[A-Za-z])\}|\\?(?P<bare>[A-Za-z])(?<!\\[A-HK-Za-hk-z]))",
        _accented,
    ),
    _rule(r"(?<!\\)\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?:\{\}|\s(?=[a-z])|(?![A-Za-z]))", _symbol),
    _rule(r"(?<!\\)\\([A-Za-z]++)(?:\{\})?", _symbol),
    *[
        _rule(rf"(?<!\\)\\(?:{_FONT})\s*\{{([^{{}}]*)\}}", r"\1"),
        _rule(rf"\{{\s*+\\(?:{_BARE_FONT})\b\s*+([^{{}}]*+)\}}", r"\1"),
    ]
    * 2,
    _rule(r"(?<!\\)\\url\s*\{([^{}]*)\}", r"\1"),
    _rule(r"(?<!\\)\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\2 (\1)"),
    _rule(r"(?<!\\)\\footnote\s*\{([^{}]*)\}", r" (\1)"),
    _rule(r"(?<!\\)\\cite[a-z]*\s*\{([^{}]*)\}", r"[\1]"),
    _rule(r"\{([^\x00-\x7f])\}", r"\1"),
    _rule(r"(?<!\\)\\([%&#_$])", r"\1"),
    _rule(r"(?<!\\)\\[,;: ]|\\\\(?=\s)|(?<=[A-Za-z.,)])~(?=[\w\\($\[])", " "),
    _rule(r"``", "“"),
    _rule(r"(?<=[^\s'])''(?!')", "”"),
    _rule(r"(?<!-)---(?!-)", "—"),
    _rule(r"(?<!-)--(?!-)(?<!\s--(?=\w))", "–"),
)
_MATH_RULES = (
    _rule(r"\^\s*(?:\\circ\b|\{\s*\\circ\s*\})", "°"),
    _rule(
        r"\\(?:left|right|bigl?|bigr|Bigl?|Bigr|limits|displaystyle|,|;|:|!|quad|qquad)(?![A-Za-z])",
        " ",
    ),
    _rule(r"\\(?:d|t)?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
    _rule(rf"\\(?:math[a-z]+|operatorname|boldsymbol|bm|{_FONT})\s*\{{([^{{}}]*)\}}", r"\1"),
    _rule(r"\\([A-Za-z]+)", _symbol),
)
