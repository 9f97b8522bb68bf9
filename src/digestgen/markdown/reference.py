"""This module turns Markdown into HTML with markdown-it-py: what every other engine must equal.

The HTML holds whatever the source held; ``sanitising`` comes after it. The rules added here are
those of the CommonMark specification where markdown-it-py departs from it, and one amendment:
in Chinese text emphasis needs no space around it.
"""

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

# Characters of East Asian width that are no emoji, as the amendment to CommonMark lists them
# (https://github.com/tats-u/markdown-cjk-friendly), without scripts of no living language.
_CJK = re.compile(
    "[\u2630-\u2637\u268a-\u268f\u2e80-\u2fff\u3001-\u303e\u3041-\u4dbf\u4dc0-\ua4c6\uac00-\ud7a3"
    "\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uffdc\uffe0-\uffee\U00020000-\U0003fffd]"
)
_Env = MutableMapping[str, Any]  # what the rules of markdown-it-py tell each other
_Rule = Callable[[RendererHTML, Sequence[Token], int, OptionsDict, _Env], str]
DEEPEST = 100  # blocks in blocks; a list and its entry are two
_INDENTED = re.compile(r"\n[ \t]+")


def to_html(body: str) -> str:
    """Return Markdown as HTML, unsafe as it came; as it stands when it is nested too deep."""
    parser = _parser()
    env: _Env = {}
    tokens = parser.parse(body + "\n", env)
    if any(token.nesting > 0 and token.level + 1 >= DEEPEST for token in tokens):
        return f"<pre>{escape(body)}</pre>\n"  # the parser leaves out whatever follows
    return str(parser.renderer.render(tokens, parser.options, env))


@cache
def _parser() -> MarkdownIt:
    # Both Markdown renderers of Hexo break lines where the source does.
    settings = {"html": True, "breaks": True, "maxNesting": DEEPEST}
    parser = _Markdown("commonmark", settings)
    parser.enable(["table", "strikethrough"])
    inline = _Inlines()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = inline
    parser.core.ruler.after("block", "indentation", _drop_indentation)
    for name in ("html_block", "fence", "code_block"):
        parser.add_render_rule(name, _on_its_own_line(getattr(RendererHTML, name)))
    parser.add_render_rule("blockquote_open", _on_its_own_line(_open_quote))
    parser.add_render_rule("image", _render_image)
    for name in ("th_open", "td_open"):
        parser.add_render_rule(name, _open_cell)
    return parser


class _Markdown(MarkdownIt):
    """A parser that leaves addresses to the sanitiser, and shows them as they are written."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        return True

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


class _Inlines(ParserInline):
    """The parser of what stands in a block, with our sense of where emphasis may begin."""

    def parse(self, src: str, md: MarkdownIt, env: _Env, tokens: list[Token]) -> list[Token]:
        state = _Inline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _Inline(StateInline):
    """A place in the text of a block."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803
        """Judge a run of delimiters by its neighbours, a Chinese one being neither word nor sign.

        The text of a link is judged with its bracket, as the specification says; markdown-it-py
        takes the end of that text for the end of a line.
        """
        end = start
        while end < len(self.src) and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < len(self.src) else " "
        opens, closes = _flanks(before, after), _flanks(after, before)
        return Scanned(
            opens and (canSplitWord or not closes or _is_sign(before)),
            closes and (canSplitWord or not opens or _is_sign(after)),
            end - start,
        )


def _flanks(outside: str, inside: str) -> bool:
    """Tell whether delimiters between the two may belong to what is ``inside``."""
    if isWhiteSpace(ord(inside)):
        return False
    return (
        not _is_sign(inside)
        or bool(_CJK.match(inside) or _CJK.match(outside))
        or isWhiteSpace(ord(outside))
        or _is_sign(outside)
    )


def _is_sign(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _drop_indentation(state: StateCore) -> None:
    """Drop the space before a paragraph's lines, also where code or a tag spans lines."""
    for block in state.tokens:
        if block.type == "inline" and "\n" in block.content:
            block.content = _INDENTED.sub("\n", block.content)


def _on_its_own_line(rule: _Rule) -> _Rule:
    """Begin a new line after the text of a tight list's entry, whose paragraph has no tags."""

    def render(
        renderer: RendererHTML,
        tokens: Sequence[Token],
        index: int,
        options: OptionsDict,
        env: _Env,
    ) -> str:
        line = "\n" if index and tokens[index - 1].hidden else ""
        return line + rule(renderer, tokens, index, options, env)

    return render


def _open_quote(*_: object) -> str:
    return "<blockquote>\n"


def _render_image(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: _Env,
) -> str:
    return renderer.image(tokens, index, options, env).replace("\n", " ")


def _open_cell(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: _Env,
) -> str:
    """Write a column's alignment as an attribute, since style attributes are dropped."""
    cell = tokens[index]
    alignment = str(cell.attrs.pop("style", "")).removeprefix("text-align:")
    if alignment:
        cell.attrs["align"] = alignment
    return renderer.renderToken(tokens, index, options, env)
