"""This module finds the blocks of a post's Markdown by their lines."""

from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from digestgen.values import Value

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_KINDS: dict[str, Literal["heading", "html", "code", "table", "list", "paragraph"]] = {
    "heading_open": "heading",
    "html_block": "html",
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "ordered_list_open": "list",
    "bullet_list_open": "list",
    "paragraph_open": "paragraph",
}


class Landmark(Value, frozen=True, kw_only=True):
    """A block of a body by its lines, from ``first`` (counted from 0) to before ``last``.

    ``text`` is a heading's source, or the block's own; ``level`` is a heading's.
    """

    kind: Literal["heading", "html", "code", "table", "list", "paragraph"]
    first: int
    last: int
    level: int = 0
    text: str = ""


def landmarks(body: str) -> tuple[Landmark, ...]:
    """Return the blocks of a body in order, without looking into their text."""
    found: list[Landmark] = []
    tokens = _parser().parse(body)
    for token, following in zip_longest(tokens, tokens[1:]):
        kind = _KINDS.get(token.type)
        if kind is None or token.map is None:
            continue
        is_text = kind in ("heading", "paragraph") and following is not None
        found.append(
            Landmark(
                kind=kind,
                first=token.map[0],
                last=token.map[1],
                level=int(token.tag[1:]) if kind == "heading" else 0,
                text=following.content if is_text else token.content,
            )
        )
    return tuple(found)


@cache
def _parser() -> "MarkdownIt":
    # Loading it costs 25 ms of CPU, which who only renders need not pay.
    from markdown_it import MarkdownIt

    from digestgen.markdown.reference import DEEPEST

    return (
        MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST})
        .enable("table")
        .disable(["inline", "text_join"])
    )
