r"""This module turns Markdown into HTML with comrak, thirty times as fast as the reference.

It takes only bodies that comrak and the reference are known to read alike, which is nearly every
post; what they read differently was found by comparing them on millions of random texts. A
doubtful sign sends the whole body to the reference: a slow page is better than a wrong one.
"""

import re
from collections.abc import Callable
from functools import cache, partial

# What posts are written in, and both engines class alike whatever version of Unicode they know:
# space that is no blank, control characters, emoji younger than Unicode 14 and rare scripts are
# not in it.
_USUAL = re.compile(
    "[\t\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0373\u0391-\u03ff\u0400-\u052f\u1e00-\u1eff"
    "\u200b-\u200d\u2010-\u2027\u2030-\u205e\u2060\u2070\u2071\u2074-\u208e\u20ac\u2100-\u218b"
    "\u2190-\u2319\u2460-\u25fc\u2600-\u27ff\u2900-\u2b73\u3001-\u3029\u3041-\u3096\u30a0-\u30ff"
    "\u3105-\u312f\u3220-\u3247\u3400-\u4db5\u4e00-\u9fef\uac00-\ud7a3\uf900-\ufa6d\ufe0f"
    "\ufe30-\ufe44\ufe49-\ufe52\uff01-\uff60\uffe0-\uffe6\ufffd\U0001d400-\U0001d6a5"
    "\U0001f300-\U0001f64f\U0001f680-\U0001f6d7\U0001f6e0-\U0001f6ec\U0001f6f0-\U0001f6fc"
    "\U0001f900-\U0001f9ff\U00020000-\U0002a6d6]*+"
)
# Read with a line end before and after the body.
_LINE = r"""(?=[ >|:*+0-9-])(?:
    (?=[ >*+.)0-9-]{16})(?:[ >]|[-+*][ ]|[0-9]{1,9}+[.)][ ]){16}    # deep nesting
    |[ ]*+(?:
        (?:[-+*]|[0-9]{1,9}+[.)])(?:
            [ ]*+\n                  # an empty entry of a list
            |[ ]++[-*_][-*_ ]*+\n    # a rule as an entry
            |[ ]{3}|(?<=[.)])[ ]{2}  # an entry far from its mark
        )
        |[- ]*+[|:][-|: ]*+\n        # a table
        |>[^\n]*+\n[ ]{4}            # a quote before a line far to the right
        |>[ >]*+(?:(?:[-+*]|[0-9]{1,9}+[.)])[ ]|[- ]*+[|:][-|: ]*+\n)   # a list in a quote
    )
)"""
# A line far to the right: an entry of a list, or one below another that begins no entry.
_FAR_LINE = r"""[ ]{4}(?:
    [-+*0-9]
    |(?<!\n\n[ ]{4})(?<!\n[ ]{4}\n[ ]{4})(?![ ]*+(?:(?:[-+*]|[0-9]{1,9}[.)])[ ]|\n))
)"""
# A line that begins with a tag of no block: below text it goes on with it, or ends a list.
_TAG_LINE = r"""[ >]*<(?!/?(?:p|div|details|summary|figure|figcaption|table|thead|tbody|t[dhr]|li
    |[uod]l|d[dt]|section|article|center|h[1-6])\b)"""
_DOUBTFUL_LINE = re.compile(rf"\n{_LINE}", re.VERBOSE)
_FAR = re.compile(rf"\n{_FAR_LINE}", re.VERBOSE)
_TAG = re.compile(rf"\n{_TAG_LINE}", re.VERBOSE)
_ODD_LINE = re.compile(rf"\n(?:{_LINE}|{_FAR_LINE}|{_TAG_LINE})", re.VERBOSE)
_DOUBTFUL_TAG = re.compile(rf"\n(?![ ]*<)[^\n]+\n{_TAG_LINE}", re.VERBOSE)
# A line that is not as far as the text of the entry above it, and an entry of which that is true:
# the reference sees code or a quote where CommonMark sees the entry's paragraph go on.
_DOUBTFUL_INDENT = re.compile(
    r"""\n(\ *)(?:
        [-+*]\ [^\n]*\n(?!\1\ \ )
        |[0-9][.)]\ [^\n]*\n(?!\1\ {3})
        |[0-9]{2}[.)]\ [^\n]*\n(?!\1\ {4})
    )\ {4}\ *+(?!\n|(?:[-+*]|[0-9]{1,9}[.)])\ )""",
    re.VERBOSE,
)
_DOUBTFUL_ENTRY = re.compile(
    r"\n(?: {3}[-+*]| {2,3}[0-9][.)]| {1,3}[0-9]{2}[.)]| *+[0-9]{3,9}[.)]) [^\n]*\n {4}[-+*0-9]"
)
_VALUE_ABOVE_SPACE = re.compile(r"=[\"'][^\"'\n]*\n[ >]* ")
_DOUBTFUL_TAB = re.compile(r"\t(?:(?<!\w\t)|(?!\w))")
_DOUBTFUL_ENTITY = re.compile(r"&(?:#(?!(?:39|123|125);)|nbsp;|Tab;|NewLine;|[A-Za-z]*[Ss]p)")
_DOUBTFUL_ESCAPE = re.compile(r"\\[&\"']|\\ +\n")
# A comment, or an address: the reference writes hosts of other scripts in ASCII, and reads entities
# in links as letters.
_DOUBTFUL_BRACKET = re.compile(
    r"<(?:!(?!-- [^-<>]*-->)|\?|[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*(?:&|[^\x00-\x7f]))"
)
# A link's definition, address or title. Strings of one letter are found much faster than longer
# ones, so all that begins with a bracket is looked for together.
_DOUBTFUL_LINK = re.compile(
    r"""\](?:
        (?<!\\\]):
        |\(\s*<?(?:[A-Za-z][A-Za-z0-9+.-]*:|//)
            (?:[^\s()<>]|\([^\s()<>]{0,99}\)){0,2000}[^\x00-\x7f]
        |\([^)\s]{0,2000}\s+(?:\(|["'][^"'\n]*\n)
    )""",
    re.VERBOSE,
)
_BRACKETS_IN_BRACKETS = re.compile(r"\[(?<!\\\[)(?>(?:[^][\\]|\\.)*)\[(?<!!\[)", re.DOTALL)
_DOUBTFUL_IMAGE = re.compile(r"!\[(?![^]^*_`<\\\n[]*\])")
_HEADING_WITH_BAR = re.compile(r"\|[^|\n]*\n[ >]*-[- ]*\n")
_ONE_TICK = re.compile("`(?<!``)(?!`)")
_TWO_TICKS = re.compile("``(?<!```)(?!`)")
_TICK_ABOVE_SPACE = re.compile(r"`(?<!\\`)[^`\n]*\n[ >]* ")
_FENCE = re.compile(r"\n[ >]*```(?![^`\n]*`)")


def to_html(body: str) -> str | None:
    """Return Markdown as HTML, unsafe as it came; None where the reference has to be asked."""
    read = engine()
    return read(body + "\n") if read and is_read_alike(body) else None


@cache
def engine() -> Callable[[str], str] | None:
    """Return comrak with our settings, where it is installed."""
    try:
        import comrak
    except ImportError:  # an optional extra
        return None
    return partial(
        comrak.markdown_to_html,
        # Without tables and strikethrough: bodies with them go to the reference.
        extension_options=comrak.ExtensionOptions(cjk_friendly_emphasis=True),
        render_options=comrak.RenderOptions(unsafe_=True, hardbreaks=True),
    )


def is_read_alike(body: str) -> bool:
    """Tell whether comrak and the reference are known to give the same HTML for a body."""
    lines = f"\n{body}\n"
    return not (
        not _USUAL.fullmatch(body)
        or (_ODD_LINE.search(lines) and _has_doubtful_line(lines))
        or ("<" in body and _has_doubtful_markup(lines))
        or ("&" in body and _DOUBTFUL_ENTITY.search(body))
        or ("[" in body and _has_doubtful_link(body))
        or ("`" in body and _has_doubtful_ticks(lines))
        or ("~" in body and "~~" in body)
        or ("|" in body and _HEADING_WITH_BAR.search(lines))
        or ("\t" in body and _DOUBTFUL_TAB.search(lines))
        or ("\\" in body and _DOUBTFUL_ESCAPE.search(lines))
    )


def _has_doubtful_line(lines: str) -> bool:
    return bool(
        _DOUBTFUL_LINE.search(lines)
        or (
            _FAR.search(lines) and (_DOUBTFUL_INDENT.search(lines) or _DOUBTFUL_ENTRY.search(lines))
        )
        or (_TAG.search(lines) and _DOUBTFUL_TAG.search(lines))
    )


def _has_doubtful_markup(lines: str) -> bool:
    return bool(_VALUE_ABOVE_SPACE.search(lines) or _DOUBTFUL_BRACKET.search(lines))


def _has_doubtful_link(body: str) -> bool:
    return bool(
        _DOUBTFUL_LINK.search(body)
        or ("!" in body and _DOUBTFUL_IMAGE.search(body))
        or _BRACKETS_IN_BRACKETS.search(body)
    )


def _has_doubtful_ticks(lines: str) -> bool:
    """Tell whether spans of code of different fences could meet."""
    if _TICK_ABOVE_SPACE.search(lines):
        return True
    if "``" not in lines:
        return False
    mixed = _TWO_TICKS.search(lines) and _ONE_TICK.search(lines)
    return bool(mixed or lines.count("```") != len(_FENCE.findall(lines)))
