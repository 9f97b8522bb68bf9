"""This module mends what can be mended without changing what a post says.

White space in titles, what stands before the front matter, values that YAML misreads, braces that
a template engine runs, attributes of pictures. A second run changes nothing.
"""

import json
import re
from collections.abc import Callable, Iterable

from digestgen import tex
from digestgen.content import front_matter
from digestgen.content.front_matter import Unreadable
from digestgen.lint.front_matter import front_matter_marks
from digestgen.lint.markup import ATTRIBUTE, IMAGE_ELEMENT, SWALLOWING, attributes, is_in
from digestgen.lint.papers import papers_in
from digestgen.lint.values import File

_JOINER = "\u2060"
_PAIR = re.compile(r"(?<=\{)(?=[{%#])|(?<=[}%#])(?=\})")
# A tag that somebody meant, such as {% asset_img fig.png %}, is left for them to judge.
_MEANT = re.compile(
    r"\{%-?\s*[a-z_]+(?:\s[^{}\n]*)?-?%\}"
    r"|\{\{-?\s*(?:site|page|post|layout|include|theme|config|paginator)\.[\w.]+(?:\s*\|[^{}\n]*)?\s*-?\}\}"
    r"|\{\{[<%][^{}\n]*[%>]\}\}"  # Hugo's shortcodes
)
_TARGET = re.compile(r"\]\([^()\n]*\)")
_ELEMENT = re.compile(r"(?s:<pre\b.*?</pre>)|<[^<>]*>")
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)[^`\n]*?(?<!`)\1(?!`)")
_FOLDED_OR_IMAGE = re.compile(
    rf"<details\b|</details>|<summary>(?P<label>[^<\n]{{1,80}})</summary>|(?P<image>{IMAGE_ELEMENT})",
    re.IGNORECASE,
)
_PLAIN_KEY = re.compile(
    r"^(?P<key>[A-Za-z_][\w-]*)(?P<colon>[ \t]*:[ \t]+)(?P<value>\S[^\n]*)$", re.MULTILINE
)
_STARTED = ('"', "'", "[", "{", "|", ">", "&", "*", "!")

Fix = Callable[[File], str]


def fixed(file: File, rules: Iterable[str]) -> str:
    """Return a file's text with what these rules find mended, as far as that is safe."""
    text = file.text
    for rule in FIXES:
        if rule in rules:
            text = FIXES[rule](File(path=file.path, text=text, assets=file.assets))
    return text


def _begin_with_front_matter(file: File) -> str:
    is_fenced = file.split.yaml or file.split.body_line > 1
    return file.text[file.text.index("---") :] if is_fenced else file.text


def _quote_values(file: File) -> str:
    """Quote what YAML cannot read or reads as something else; as it was when that is no help."""
    split = file.split
    if not split.yaml:
        return file.text
    start = file.line_start(split.yaml_line)
    if isinstance(file.meta, Unreadable):
        yaml = _PLAIN_KEY.sub(_quoted_if_special, split.yaml)
    else:
        lines = {
            file.place(mark.start)[0]
            for mark in front_matter_marks(file)
            # Behind a "#" may stand a comment that was meant as one.
            if mark.rule == "front-matter-type" and " #" not in file.text[mark.start : mark.end]
        }
        rows = split.yaml.splitlines(keepends=True)
        for line in lines:
            index = line - split.yaml_line
            rows[index] = _PLAIN_KEY.sub(_quoted, rows[index])
        yaml = "".join(rows)
    mended = file.text[:start] + yaml + file.text[start + len(split.yaml) :]
    is_readable = not isinstance(front_matter.read(front_matter.split(mended)), Unreadable)
    return mended if is_readable else file.text


def _quoted_if_special(match: re.Match[str]) -> str:
    value = match["value"]
    is_special = ": " in value or " #" in value or value.endswith(":") or value[0] in "@`%&*!|>?-"
    return _quoted(match) if is_special and value[0] not in "\"'" else match[0]


def _quoted(match: re.Match[str]) -> str:
    value = match["value"].rstrip()
    if value.startswith(_STARTED[:2]):
        return match[0]
    return f"{match['key']}{match['colon']}{json.dumps(value, ensure_ascii=False)}"


def _part_braces(file: File) -> str:
    """Part braces that touch: by a space in formulas, by a joiner that nobody sees in prose."""
    text = file.text
    kept = _spans_of_code(file)
    pieces, position = [text[: file.body_start]], file.body_start
    for start, end in [*kept, (len(text), len(text))]:
        if start > position:
            pieces.append(_parted(text[position:start]))
        pieces.append(text[max(start, position) : end])
        position = max(position, end)
    return "".join(pieces)


def _spans_of_code(file: File) -> list[tuple[int, int]]:
    """Return what is left as it is, in order: code, elements of HTML, tags that were meant."""
    spans = _blocks(file, "code")
    for pattern in (_INLINE_CODE, _ELEMENT, _MEANT, _TARGET):
        spans += [match.span() for match in pattern.finditer(file.text, file.body_start)]
    return sorted(spans)


def _blocks(file: File, *kinds: str) -> list[tuple[int, int]]:
    """Return where the blocks of these kinds stand."""
    first = file.split.body_line
    return [
        (file.line_start(first + mark.first), file.line_start(first + mark.last))
        for mark in file.landmarks
        if mark.kind in kinds
    ]


def _parted(text: str) -> str:
    if not _PAIR.search(text):
        return text
    return "".join(
        _PAIR.sub(" " if isinstance(segment, tex.Math) else _JOINER, segment.source)
        for segment in tex.segments(text)
    )


def _squeeze_titles(file: File) -> str:
    text = file.text
    for block in reversed(papers_in(file)):
        end = block.title_start + len(block.title)
        title = re.sub(r"(?<=\S)[ \t]+(?=\S)", " ", block.title)
        text = text[: block.title_start] + title + text[end:]
    return text


def _mend_images(file: File) -> str:
    """Give pictures in a folded list its label and their number, and drop ``align``."""
    label, number = "", 0
    pieces, position = [file.text[: file.body_start]], file.body_start
    code = _blocks(file, "code")
    for match in _FOLDED_OR_IMAGE.finditer(file.text, file.body_start):
        if is_in(match.start(), code):
            continue
        if match["image"]:
            number += 1
            mended = _mended_image(match["image"], f"{label} {number}" if label else "")
            pieces += (file.text[position : match.start()], mended)
            position = match.end()
        else:
            label, number = (match["label"] or "").strip(), 0
    return "".join([*pieces, file.text[position:]])


def _mended_image(element: str, alt: str) -> str:
    own = attributes(element)
    element = ATTRIBUTE.sub(
        lambda match: "" if match["name"].lower() == "align" else match[0], element
    )
    added = ""
    if not own.get("alt", "").strip() and alt:
        element = ATTRIBUTE.sub(
            lambda match: "" if match["name"].lower() == "alt" else match[0], element
        )
        added += f' alt="{alt.replace(chr(34), "&quot;")}"'
    if "loading" not in own:
        added += ' loading="lazy"'
    head = re.sub(r"\s+", " ", element.rstrip(">").rstrip("/")).rstrip()
    return f"{head}{added}>"


def _enclose_addresses(file: File) -> str:
    """Put addresses that would swallow the text behind them into angle brackets.

    In HTML those would be an element.
    """
    kept = sorted([*_spans_of_code(file), *_blocks(file, "html")])
    pieces: list[str] = []
    position = 0
    for match in SWALLOWING.finditer(file.text, file.body_start):
        if not is_in(match.start(), kept):
            pieces += (file.text[position : match.start()], f"<{match['url']}>")
            position = match.end()
    return "".join([*pieces, file.text[position:]])


# In this order: what stands before the front matter decides whether it is one.
FIXES: dict[str, Fix] = {
    "front-matter-start": _begin_with_front_matter,
    "front-matter-unreadable": _quote_values,
    "front-matter-type": _quote_values,
    "title-whitespace": _squeeze_titles,
    "image-attributes": _mend_images,
    "link-swallows-text": _enclose_addresses,
    "template-tag": _part_braces,
}
