"""This module moves HTML of a post to a page of another folder: its links lead where they led.

What it reads came from ``markdown``: an angle bracket is a tag's, and every attribute is in
double quotes, so that text which looks like an attribute, as in code, is told from one.
"""

import re
from collections.abc import Collection

# Posts have no classes: what has one is a link to evidence, which is on every page of its block.
_LINK = re.compile(r'<(?:a|img)(?! class=)(?: [a-z]+="[^"]*")+')
_ADDRESS = re.compile(r' (href|src|srcset)="([^"]+)')
_ID = re.compile(r'<[a-z][a-z0-9]*(?: [a-z]+="[^"]*")*? id="([^"]*)"')
# From the root of a server, from a server's name, or of another scheme.
_FIXED = re.compile(r"[\s/\\]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_FILE_OF_SET = re.compile(r"(?:^|(?<=, ))(?=\S)")


def anchors(post_html: str) -> set[str]:
    """Return the anchors in a part of a post."""
    return set(_ID.findall(post_html))


def moved(post_html: str, *, folder: str, page: str, here: Collection[str]) -> str:
    """Return a part of a post for a page from which the post is the ``page`` of a ``folder``.

    The folder ends with a slash; ``here`` are the anchors that the page has itself.
    """

    def address(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name == "srcset":
            return f' {name}="{_FILE_OF_SET.sub(folder, value)}'
        if _FIXED.match(value) or (value[0] == "#" and value[1:] in here):
            return match[0]
        file = page if value[0] in "#?" else ""
        return f' {name}="{folder}{file}{value}'

    return _LINK.sub(lambda link: _ADDRESS.sub(address, link[0]), post_html)
