r"""This module turns passages of a post into safe HTML, all of them at once.

A passage is one line of a post: Markdown without blocks, text in raw HTML, or the value of an
attribute. Nearly all are literal, text whose signs are escaped, or such text with links to plain
web addresses: to undo that takes a tenth of what an engine takes, which reads the others. What an
engine wrote goes through the sanitiser, all of it as lines of one text.
"""

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, filterfalse, zip_longest

from digestgen.markdown import compiled, mathematics
from digestgen.markdown.sanitising import REL, sanitise, sanitise_text
from digestgen.values import Value

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ENTITY = re.compile("&(?:amp|lt|gt|quot|#(?:39|123|125));")  # those that we write
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~")  # without the backslash
_SIGNS = "`*_~[]<"  # of Markdown, where no backslash is before them
# What may be a formula, and a digit behind it, which tells money; and all of a line that may hold
# some, in whose middle a dollar may be one.
_FORMULA = re.compile(r"(\$[^$\n]+\$)([0-9]?)")
_MATHEMATICS = re.compile(r"\$[^\n]*\$[^\n\\&<]?")
_LITERAL = re.compile(rf"(?:[^\\`*_~\[\]<&]|\\[!-/:-@\[-`{{-~]|{_ENTITY.pattern})*")
_ESCAPE = re.compile(r"\\(.)")
# A web address that engines and the sanitiser leave as it is, and links to it as we write them.
_NAME = "[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
_ADDRESS = (
    rf"https?://(?=[^/)>]{{4,99}}[/)>])(?:{_NAME}\.)+[A-Za-z]{{2,24}}(?:/[A-Za-z0-9._~/?=#-]*)?"
)
_LABEL = r"[^][\\`*_~<>&$\xa0]+"
_LINK = re.compile(rf"(?<!!)\[({_LABEL})\]\(({_ADDRESS})\)|<({_ADDRESS})>")
_SIGNS_OF_HTML = frozenset("&<")
_ODD_ENTITY = re.compile(f"(?!{_ENTITY.pattern})&")
_MARK_OF_TEXT = re.compile(
    "<(/?(?:a|abbr|b|br|cite|code|del|dfn|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u"
    '|var))(?: [a-z]+="[^"<>]*")*(?: ?/)?>'
)
_EMPTY = ("br", "img")
_LONE_DOLLAR = "<span>$</span>"
_PARAGRAPH, _PARAGRAPH_END = "<p>", "</p>\n"
_PARAGRAPH_TAG = "</p>"


class Passages(Value, frozen=True, kw_only=True):
    """Passages as safe HTML by their sources; those that are more than marks of text are missing.

    ``lines`` were Markdown, ``texts`` stood in raw HTML, and ``values`` are those of attributes.
    ``marked_up`` are those of the lines that are not literal. Short marks stand for the formulas in
    lines and texts.
    """

    lines: Mapping[str, str]
    marked_up: frozenset[str]
    texts: Mapping[str, str]
    values: Mapping[str, str]
    formulas: mathematics.Formulas


def passages(lines: Iterable[str], texts: Iterable[str], values: Iterable[str]) -> Passages:
    """Return passages as HTML; none of them may hold a line break or a control character."""
    formulas = mathematics.Formulas()
    lines = dict.fromkeys(lines)
    # Signs are found faster in a text that has none beyond ASCII.
    of_lines, odd = _read(filter(str.isascii, lines), formulas)
    beyond, odd_beyond = _read(filterfalse(str.isascii, lines), formulas)
    of_lines |= beyond
    odd += odd_beyond
    linked = {line: html for line in odd if (html := _linked(line)) is not None}
    of_lines |= linked
    marked_up = _rendered([line for line in odd if line not in linked])
    of_texts = list(filter(_is_sound, dict.fromkeys(texts)))
    of_values = [value for value in dict.fromkeys(values) if "<" not in value and _is_sound(value)]
    unsafe = [*marked_up.values(), *of_texts, *of_values]
    safe = sanitise("\n".join(unsafe)).html.split("\n")
    if len(safe) != len(unsafe) or not all(map(_has_kept_balance, safe, unsafe)):
        marked_up, of_texts, of_values = {}, [], []  # something holds them together
    following = iter(safe)
    of_lines.update(_marked(marked_up, following, formulas))
    return Passages(
        lines=of_lines,
        marked_up=frozenset(odd),
        texts=_marked(of_texts, following, formulas),
        values={
            value: html.replace('"', "&quot;")
            for value, html in zip(of_values, following, strict=False)
        },
        formulas=formulas,
    )


def is_literal(line: str) -> bool:
    """Tell whether a line of Markdown is text whose signs are escaped, and nothing else."""
    return _LITERAL.fullmatch(line.replace(_LONE_DOLLAR, "")) is not None


def _marked(
    sources: Iterable[str], safe: Iterable[str], formulas: mathematics.Formulas
) -> dict[str, str]:
    """Return HTML by its sources with marks for formulas, which literal lines have already."""
    return {
        source: formulas.marked(html)
        if _may_have_formulas(html) and not formulas.has_marks(html)
        else html
        for source, html in zip(sources, safe, strict=False)
    }


def _may_have_formulas(html: str) -> bool:
    return "$" in html or "\\" in html


def _read(
    passages: Iterable[str], formulas: mathematics.Formulas
) -> tuple[dict[str, str], list[str]]:
    """Return literal lines as safe HTML, with marks for their formulas, and the other lines."""
    lines = list(passages)
    if not lines:
        return {}, []
    text = _with_marks("\n".join(lines), formulas)
    backslashes = _places(text, "\\")
    odd = [lines[number] for number in _odd_lines(text, backslashes)]
    html = sanitise_text(_unescaped(text, backslashes))
    found = dict(zip(lines, html.split("\n"), strict=True))
    for line in odd:
        del found[line]
    if _may_have_formulas("".join(found.values())):
        found = _marked(found, found.values(), formulas)
    return found, odd


def _linked(line: str) -> str | None:
    """Return literal text with links in it as safe HTML; None for any other line."""
    parts = _LINK.split(line)
    texts = [sanitise_text(html) for text in parts[::4] if (html := _literal(text)) is not None]
    links = [
        f'<a href="{address or own}" rel="{REL}">{label or own}</a>'
        for label, address, own in zip(parts[1::4], parts[2::4], parts[3::4], strict=True)
    ]
    if not links or len(texts) != len(links) + 1:
        return None
    found = "".join(chain.from_iterable(zip_longest(texts, links, fillvalue="")))
    return None if _may_have_formulas(found) else found


def _rendered(lines: list[str]) -> dict[str, str]:
    """Return lines as HTML, unsafe as it came, without those that are more than marks of text."""
    paragraphs = _paragraphs(lines)
    return {
        line: paragraph
        for line, paragraph in zip(lines, paragraphs, strict=True)
        if _is_sound(paragraph)
        and not line.startswith(_PARAGRAPH)  # which by itself is HTML already
        and not _CONTROLS.search(paragraph)  # as &#12; stands for one
    }


def _with_marks(text: str, formulas: mathematics.Formulas) -> str:
    """Return lines with marks for the formulas of literal ones."""

    def one(source: str, digit: str) -> str:
        formula = _formula(source, digit)
        if formula:
            return formulas.mark(formula)
        return source if "<" in source else ""  # which no literal line holds

    def several(match: re.Match[str]) -> str:
        html = _literal(match[0])
        found = html and formulas.marked_text(html)
        return found if found and "\\" not in found else match[0]

    parts = _FORMULA.split(text)
    outside = parts[::3]
    found = list(zip(parts[1::3], parts[2::3], strict=True))
    has_double = not all(outside[1:-1]) or any("$$" in f"${it}$" for it in outside if "$" in it)
    marks = {} if has_double else {each: one(*each) for each in dict.fromkeys(found)}
    if has_double or not all(marks.values()):
        return _MATHEMATICS.sub(several, text)
    parts[1::3] = [marks[each] for each in found]
    return "".join(parts)


@lru_cache(maxsize=1 << 10)  # a post quotes a sentence several times
def _formula(source: str, digit: str) -> mathematics.Formula | None:
    html = _literal(source)
    return mathematics.formula(html + digit) if html else None


def _literal(text: str) -> str | None:
    """Return literal Markdown as HTML; None when it is not literal."""
    if not _LITERAL.fullmatch(text):
        return None
    return _ESCAPE.sub(lambda match: html.escape(match[1], quote=False), text)


def _unescaped(text: str, backslashes: list[int]) -> str:
    """Return literal Markdown as HTML."""
    parts = []
    begin = 0
    for at in backslashes:
        parts.append(text[begin:at])
        begin = at + 1
        if text[begin : begin + 1] in _SIGNS_OF_HTML:
            parts.append(html.escape(text[begin], quote=False))
            begin += 1
    return "".join([*parts, text[begin:]])


def _odd_lines(text: str, backslashes: list[int]) -> list[int]:
    """Return the numbers of the lines that are not literal."""
    # To find each sign by itself takes a fifth of what an expression for all of them takes.
    odd = [at for at in backslashes if text[at + 1 : at + 2] not in _PUNCTUATION]
    odd += [at for at in _places(text, "&") if not _ENTITY.match(text, at)]
    for sign in _SIGNS:
        odd += _places(text, sign)
    found = []
    number = begin = 0
    for at in sorted(odd):
        if text[at - 1 : at] != "\\" or text[at] == "\\":
            number += text.count("\n", begin, at)
            begin = at
            found.append(number)
    return list(dict.fromkeys(found))


def _places(text: str, sign: str) -> list[int]:
    found = []
    at = text.find(sign)
    while at >= 0:
        found.append(at)
        at = text.find(sign, at + 1)
    return found


def _paragraphs(lines: list[str]) -> list[str]:
    """Return lines as an engine reads them; a line break in what is no paragraph's text."""
    if not lines:
        return []
    text = "\n\n".join(lines)
    if len(lines) == 1 or _PARAGRAPH_TAG not in text:  # with which a line could pass for two
        html = compiled.to_html(text)
        if html is None:
            html = _reference(text)
        inside = html[len(_PARAGRAPH) : -len(_PARAGRAPH_END)]
        found = inside.split(_PARAGRAPH_END + _PARAGRAPH)
        if len(found) == len(lines) and html == f"{_PARAGRAPH}{inside}{_PARAGRAPH_END}":
            return found
    return ["\n"] if len(lines) == 1 else [html for line in lines for html in _paragraphs([line])]


def _reference(text: str) -> str:
    # Loading it costs 25 ms of CPU, which most posts need not pay.
    from digestgen.markdown import reference

    return reference.to_html(text)


def _is_sound(html: str) -> bool:
    """Tell whether HTML is a line of text with nothing in it but marks of text."""
    return not (
        ("&" in html and _ODD_ENTITY.search(html))
        or ("<" in html and not _is_balanced(html))
        or "\n" in html
    )


def _has_kept_balance(safe: str, unsafe: str) -> bool:
    return safe == unsafe or "<" not in safe or _is_balanced(safe)


def _is_balanced(html: str) -> bool:
    """Tell whether marks of text are all there is, and each ends within that it began in."""
    tags = _MARK_OF_TEXT.findall(html)
    opened = []
    for tag in tags:
        if tag[0] != "/":
            opened += [] if tag in _EMPTY else [tag]
        elif not opened or opened.pop() != tag[1:]:
            return False
    return not opened and len(tags) == html.count("<")
