"""This package turns a post's Markdown into HTML that is safe to put into a page.

Markdown and the raw HTML in it may come from anywhere: what leaves here went through an
allow-list, holds no scripts, styles or forms, and asks no other server for anything.
"""

from digestgen.markdown.landmarks import Landmark, landmarks
from digestgen.markdown.mathematics import Marked, inline_math
from digestgen.markdown.rendering import Heading, Rendered, outline, render

__all__ = [
    "Heading",
    "Landmark",
    "Marked",
    "Rendered",
    "inline_math",
    "landmarks",
    "outline",
    "render",
]
