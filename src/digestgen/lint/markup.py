"""This module finds Markdown and HTML that a page shows otherwise than it was meant."""

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from digestgen import tex
from digestgen.evidence import Passage, Sources
from digestgen.evidence.characters import active_html, invisible_characters, template_tags
from digestgen.lint.papers import Block
from digestgen.lint.plain import plain
from digestgen.lint.values import File, Mark
from digestgen.markdown import Landmark

# A ">" in a quoted value does not end an element.
_INSIDE = r"""(?>(?:[^<>"']|"[^"\n]*"|'[^'\n]*')*)"""
IMAGE_ELEMENT = rf"(?<!\\)<img\b{_INSIDE}>"
IMAGE = re.compile(
    IMAGE_ELEMENT
    + r"|(?<!\\)!\[(?P<alt>[^\]\n]{0,500}+)\]\((?P<src>[^)\s]{0,500}+)[^)\n]{0,200}+\)",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"""(?P<name>[a-zA-Z-]+)\s*=\s*(?:"(?P<d>[^"]*)"|'(?P<s>[^']*)'|(?P<b>[^\s"'>]+))"""
)
# The blog's own folder of pictures is not at hand, and a picture may stand in its address.
_ELSEWHERE = ("/", "data:", "{", "<", "#")
# Renderers with GFM's autolinks end an address at white space; Chinese has none.
SWALLOWING = re.compile(
    r"(?<![(<\"'=\]/\w])(?P<url>https?://[\w.~:/?#@!$&*+,;=%-]*[\w~/#&=%-])"
    r"(?=[.,:;!?]?[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])",
    re.ASCII | re.IGNORECASE,
)
# No closing star may stand between punctuation and a letter, and Chinese has no space there.
_SHOWN_STARS = re.compile(r"\*\*[^*\n]{1,80}[：:，。！？；）」”)]\*\*(?=[\w\u3400-\u9fff])")
_FAR = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_PAIRED = re.compile(
    r"<(?P<close>/?)(?P<name>details|summary|div|figure|ol|ul|table|pre)\b[^<>]*>", re.IGNORECASE
)
_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})(?P<rest>[^\n]*)$", re.MULTILINE)
_COMMENT = re.compile(r"<!--|-->")
_CODE = re.compile(r"`[^`\n]+`")


def markup_marks(file: File, blocks: Sequence[Block]) -> Iterator[Mark]:
    """Find everything that is wrong with the marks of a post's body."""
    marks = file.landmarks
    code = _code(file, marks)
    yield from _characters(file, blocks, code)
    yield from _inline(file, blocks, code)
    yield from _images(file, blocks, code)
    yield from _open_blocks(file, code)
    yield from _mathematics(file, blocks, marks)
    yield from _outline(file, blocks, marks)


def near_pictures(text: str) -> frozenset[str]:
    """Return the addresses of a text's pictures that lead to files near it, as written there."""
    found = (
        attributes(match[0]).get("src", "") if match[0].startswith("<") else match["src"]
        for match in IMAGE.finditer(text)
    )
    return frozenset(a for a in found if a and not _FAR.match(a) and not a.startswith(_ELSEWHERE))


def attributes(element: str) -> dict[str, str]:
    """Return the attributes of an HTML element, names in lower case."""
    return {
        match["name"].lower(): match["d"] or match["s"] or match["b"] or ""
        for match in ATTRIBUTE.finditer(element)
    }


def is_in(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether an offset is in one of some spans, which stand in order."""
    index = bisect_right(spans, (offset, sys.maxsize)) - 1
    return index >= 0 and offset < spans[index][1]


def paper_at(offset: int, blocks: Sequence[Block]) -> Block | None:
    """Return the paper in whose block an offset is."""
    index = bisect_right(blocks, offset, key=lambda block: block.start) - 1
    return blocks[index] if index >= 0 and offset < blocks[index].end else None


def _id_at(offset: int, blocks: Sequence[Block]) -> str | None:
    block = paper_at(offset, blocks)
    return block.id if block else None


def _code(file: File, marks: Sequence[Landmark]) -> list[tuple[int, int]]:
    """Return the spans of code blocks, in the file."""
    return [
        (_start(file, mark.first), _start(file, mark.last)) for mark in marks if mark.kind == "code"
    ]


def _start(file: File, line: int) -> int:
    return file.line_start(file.split.body_line + line)


def _characters(
    file: File, blocks: Sequence[Block], code: Sequence[tuple[int, int]]
) -> Iterator[Mark]:
    whole = Passage(text=file.text[file.body_start :])
    is_off = isinstance(file.meta, Mapping) and (
        file.meta.get("disableNunjucks") is True or file.meta.get("render_with_liquid") is False
    )
    for detector in (invisible_characters, template_tags, active_html):
        for finding in detector(whole, Sources()):
            start = file.body_start + finding.start
            if detector is not invisible_characters and is_in(start, code):
                continue
            # Switched off in the front matter, they still run where another engine reads the post.
            is_inert = detector is template_tags and is_off
            yield Mark(
                rule=finding.rule,
                start=start,
                end=file.body_start + finding.end,
                message=finding.message,
                level="warning" if is_inert else finding.level,
                paper=_id_at(start, blocks),
            )


# A link to nothing, and schemes with a letter too few or too many.
_NOWHERE = re.compile(
    r"(?<![!\\])\[[^\[\]\n]{1,80}\]\([ \t]*\)|(?<![\w/.-])(?:htp|htpp|ttp|htttp|hhttp|thtp)s?://[^\s)）]{1,80}"
)


def _inline(file: File, blocks: Sequence[Block], code: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """Find links and stars that a page shows otherwise than they were meant."""
    for rule, pattern, said in (
        ("link-swallows-text", SWALLOWING, "the text behind the address becomes part of it"),
        ("broken-emphasis", _SHOWN_STARS, "the page shows these stars"),
        ("link-malformed", _NOWHERE, "leads nowhere"),
    ):
        for match in pattern.finditer(file.text, file.body_start):
            line = file.text.rfind("\n", 0, match.start()) + 1
            in_code = file.text.count("`", line, match.start()) % 2 == 1
            if not in_code and not is_in(match.start(), code):
                yield Mark(
                    rule=rule,
                    start=match.start(),
                    end=match.end(),
                    message=f"{said}: {match[0][:60]!r}",
                    paper=_id_at(match.start(), blocks),
                )


def _images(file: File, blocks: Sequence[Block], code: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """Find pictures; of many in one paper the first speaks for the others."""
    found: dict[tuple[str, str | None], list[tuple[int, int, str]]] = defaultdict(list)
    for match in IMAGE.finditer(file.text, file.body_start):
        if is_in(match.start(), code):
            continue
        is_html = match[0].startswith("<")
        own = attributes(match[0]) if is_html else {"src": match["src"], "alt": match["alt"]}
        paper = _id_at(match.start(), blocks)
        for rule, said in _of_image(own, file, is_html=is_html):
            if rule == "dead-image":
                yield Mark(
                    rule=rule, start=match.start(), end=match.end(), message=said, paper=paper
                )
            else:
                found[rule, paper].append((match.start(), match.end(), said))
    for (rule, paper), places in found.items():
        start, end, said = places[0]
        more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
        yield Mark(rule=rule, start=start, end=end, message=said + more, paper=paper)


def _of_image(own: dict[str, str], file: File, *, is_html: bool) -> Iterator[tuple[str, str]]:
    source = own.get("src", "")
    if _FAR.match(source):
        yield "hot-linked-image", f"a picture of another server: {source[:80]}"
    elif not source:
        yield "dead-image", "a picture without an address"
    elif file.assets is not None and _is_missing(source, file.assets):
        yield "dead-image", f"no such picture beside the post: {source[:80]}"
    if not own.get("alt", "").strip():
        yield "image-attributes", "no text for who does not see the picture"
    elif is_html and "align" in own:
        yield "image-attributes", "'align' does nothing in HTML 5"


def _is_missing(source: str, assets: frozenset[str]) -> bool:
    return not source.startswith(_ELSEWHERE) and source not in assets


def _open_blocks(file: File, code: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    yield from _open_elements(file, code)
    yield from _open_comments(file, code)
    for start, end in code:
        fence = _FENCE.match(file.text, start)
        if fence and end >= len(file.text.rstrip()):
            closing = file.text[start:end].rstrip().rsplit("\n", 1)[-1].strip()
            if closing == fence[0].strip() or not closing.startswith(fence["marks"]):
                said = "a fence of code is never closed"
                yield Mark(rule="unclosed-block", start=start, end=fence.end(), message=said)


def _open_elements(file: File, code: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    stack: list[tuple[str, int]] = []
    for match in _PAIRED.finditer(file.text, file.body_start):
        if is_in(match.start(), code) or match[0].endswith("/>"):
            continue
        name = match["name"].lower()
        if not match["close"]:
            stack.append((name, match.start()))
        elif any(open_ == name for open_, _ in stack[-40:]):
            while stack and stack[-1][0] != name:
                yield _open(*stack.pop())
            stack.pop()
    for name, start in stack[:20]:
        yield _open(name, start)


def _open(name: str, start: int) -> Mark:
    said = f"<{name}> is never closed"
    return Mark(rule="unclosed-block", start=start, end=start + len(name) + 2, message=said)


def _open_comments(file: File, code: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    opened: int | None = None
    for match in _COMMENT.finditer(file.text, file.body_start):
        if is_in(match.start(), code):
            continue
        if match[0] == "-->":
            opened = None
        elif opened is None:
            opened = match.start()
    if opened is not None:
        said = "a comment is never closed"
        yield Mark(rule="unclosed-block", start=opened, end=opened + 4, message=said)


def _mathematics(file: File, blocks: Sequence[Block], marks: Sequence[Landmark]) -> Iterator[Mark]:
    """Find dollars that have no partner in their paragraph, and are no money."""
    for mark in marks:
        if mark.kind != "paragraph" or "$" not in mark.text:
            continue
        shown = plain(mark.text.replace("<span>$</span>", "＄")).text
        prose = "".join(s.source for s in tex.segments(shown) if isinstance(s, tex.Prose))
        lone = re.search(r"(?<![\\$])\$(?!\$|\s?\d|</span>)[^\s$]", _CODE.sub("", prose))
        if lone and re.search(r"[\\^_{}=]", prose[lone.start() : lone.start() + 80]):
            start = _start(file, mark.first)
            place = max(0, file.text[start : _start(file, mark.last)].find(lone[0]))
            said = f"a formula that does not end: {prose[lone.start() : lone.start() + 40]!r}"
            yield Mark(
                rule="unbalanced-math",
                start=start + place,
                end=start + place + 1,
                message=said,
                paper=_id_at(start, blocks),
            )


def _outline(file: File, blocks: Sequence[Block], marks: Sequence[Landmark]) -> Iterator[Mark]:
    if not blocks or blocks[0].level < 2:
        return
    for mark in marks:
        start = _start(file, mark.first)
        if mark.kind == "heading" and mark.level < blocks[0].level and not paper_at(start, blocks):
            said = (
                f"one heading above all papers leaves it alone in the contents: {mark.text[:40]!r}"
            )
            yield Mark(rule="heading-outline", start=start, end=start, message=said)
