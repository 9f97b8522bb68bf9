r"""This module turns passages of a post into safe HTML, all of them at once.

A passage is one line of a post: Markdown without blocks, text in raw HTML, or the value of an
attribute. Nearly all are literal, text whose signs are escaped: to undo that takes a tenth of what
an engine takes, which reads the others. The sanitiser reads them together, as lines of one text.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from digestgen.markdown import compiled, mathematics
from digestgen.markdown.sanitising import is_whole, sanitise

_CONTROLS = frozenset(map(chr, (*range(9), *range(11, 32), 0xFFFE, 0xFFFF)))
_ENTITY = re.compile("&(?:amp|lt|gt|quot|#(?:39|123|125));")  # those that we write
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~")  # without the backslash
_SIGNS = "`*_~[]<"  # of Markdown, where no backslash is before them
# From the first to the last sign of a formula in a line, and a character that may tell money.
_MATHEMATICS = re.compile(r"\$[^\n]*\$[^\n\\&<]?")
_LITERAL = re.compile(rf"(?:[^\\`*_~\[\]<&]|\\[!-/:-@\[-`{{-~]|{_ENTITY.pattern})*")
_ESCAPE = re.compile(r"\\(.)")
_SIGNS_OF_HTML = frozenset("&<")
_ODD_ENTITY = re.compile(f"(?!{_ENTITY.pattern})&")
_MARK_OF_TEXT = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|dfn|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u"
    r'|var)(?: [a-z]+="[^"<>]*")*(?: /)?>|<br ?/?>'
)
_PARAGRAPH, _PARAGRAPH_END = "<p>", "</p>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """Passages as safe HTML by their sources; those that are more than marks of text are missing.

    ``lines`` were Markdown, ``texts`` stood in raw HTML, and ``values`` are those of attributes.
    Short marks stand for the formulas in lines and texts.
    """

    lines: Mapping[str, str]
    texts: Mapping[str, str]
    values: Mapping[str, str]
    formulas: mathematics.Formulas


def passages(lines: Iterable[str], texts: Iterable[str], values: Iterable[str]) -> Passages:
    """Return passages as HTML; none of them may hold a line break."""
    formulas = mathematics.Formulas()
    lines, texts, values = list(dict.fromkeys(lines)), list(texts), list(values)
    if _has_controls("".join(chain(lines, texts, values))):  # marks of formulas hold some
        return Passages(lines={}, texts={}, values={}, formulas=formulas)
    of_lines = _read(lines, formulas)
    of_texts = {text: text for text in _sound(texts)}
    of_values = {value: value for value in _sound(values) if "<" not in value}
    unsafe = [*of_lines.values(), *of_texts.values(), *of_values.values()]
    safe = sanitise("\n".join(unsafe)).html.split("\n")
    if len(safe) != len(unsafe):  # something holds lines together
        of_lines, of_texts, of_values = {}, {}, {}
    following = iter(safe)
    return Passages(
        lines=_marked(of_lines, following, formulas),
        texts=_marked(of_texts, following, formulas),
        values={
            value: html.replace('"', "&quot;")
            for value, html in zip(of_values, following, strict=False)
        },
        formulas=formulas,
    )


def _marked(
    sources: Iterable[str], safe: Iterable[str], formulas: mathematics.Formulas
) -> dict[str, str]:
    return {
        source: formulas.marked(html) if "$" in html or "\\" in html else html
        for source, html in zip(sources, safe, strict=False)
        if "<" not in html or is_whole(html)
    }


def _read(lines: list[str], formulas: mathematics.Formulas) -> dict[str, str]:
    """Return lines of Markdown as HTML, unsafe as they came, with marks for formulas."""
    text = "\n".join(lines)
    if not lines:
        return {}

    def marked(match: re.Match[str]) -> str:
        html = _literal(match[0])
        found = html and formulas.marked_text(html)
        return found if found and "\\" not in found else match[0]

    text = _MATHEMATICS.sub(marked, text)
    backslashes = _places(text, "\\")
    odd = [lines[number] for number in _odd_lines(text, backslashes)]
    found = dict(zip(lines, _unescaped(text, backslashes).split("\n"), strict=True))
    paragraphs = _paragraphs(odd)
    sound = frozenset() if _has_controls("".join(paragraphs)) else frozenset(_sound(paragraphs))
    for line, paragraph in zip(odd, paragraphs, strict=True):
        if paragraph in sound:
            found[line] = paragraph
        else:
            del found[line]
    return found


@lru_cache(maxsize=1 << 10)  # a post quotes a sentence several times
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
    html = compiled.to_html("\n\n".join(lines))
    if html is None:
        html = _reference("\n\n".join(lines))
    inside = html[len(_PARAGRAPH) : -len(_PARAGRAPH_END)]
    found = inside.split(_PARAGRAPH_END + _PARAGRAPH)
    if len(found) == len(lines) and html == f"{_PARAGRAPH}{inside}{_PARAGRAPH_END}":
        return found
    return ["\n"] if len(lines) == 1 else [html for line in lines for html in _paragraphs([line])]


def _reference(text: str) -> str:
    # Loading it costs 25 ms of CPU, which most posts need not pay.
    from digestgen.markdown import reference

    return reference.to_html(text)


def _sound(lines: Iterable[str]) -> Iterator[str]:
    """Yield the HTML that is a line of text with nothing in it but marks of text."""
    for line in lines:
        if not (
            ("&" in line and _ODD_ENTITY.search(line))
            or ("<" in line and line.count("<") != len(_MARK_OF_TEXT.findall(line)))
            or ("<" in line and not is_whole(line))
            or "\n" in line
        ):
            yield line


def _has_controls(text: str) -> bool:
    return any(sign in text for sign in _CONTROLS)
