"""This package turns a post's Markdown into HTML that is safe to put into a page.

Markdown and the raw HTML in it may come from anywhere: what leaves here went through an
allow-list, holds no scripts, styles or forms, and asks no other server for anything.
"""

from digestgen.markdown.landmarks import Landmark, landmarks
from digestgen.markdown.mathematics import Formulas, inline_math
from digestgen.markdown.passages import Passages, is_literal, passages
from digestgen.markdown.rendering import Anchors, Heading, Rendered, fragment, outline, render
from digestgen.markdown.sanitising import REL, Safe

__all__ = [
    "REL",
    "Anchors",
    "Formulas",
    "Heading",
    "Landmark",
    "Passages",
    "Rendered",
    "Safe",
    "fragment",
    "inline_math",
    "is_literal",
    "landmarks",
    "outline",
    "passages",
    "render",
]
