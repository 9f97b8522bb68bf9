"""This module finds the addresses of code and project pages in what authors write."""

import re

from digestgen.model import Link

_START = r"(?<![\w.@/-])"
_PATH = r"[\w~][\w.~%#?=&+@:/-]*"
_CODE = re.compile(
    rf"{_START}(?P<scheme>https?://)?"
    r"(?P<rest>(?:(?:www\.|gist\.)?github\.com|gitlab(?:\.[\w-]+)+|bitbucket\.org|codeberg\.org"
    r"|gitee\.com|git\.sr\.ht|huggingface\.co|anonymous\.4open\.science)"
    rf"/{_PATH})",
    re.ASCII | re.IGNORECASE,
)
_PROJECT = re.compile(
    rf"{_START}(?P<scheme>https?://)(?P<rest>[\w-]+\.github\.io(?:/{_PATH})?)",
    re.ASCII | re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([_%#&~-])")


def links_in(text: str) -> tuple[Link, ...]:
    """Return the first address of code and the first of a project page that stand in ``text``.

    A known code host needs no ``https://`` before it. An address ends before the punctuation of
    the sentence around it.
    """
    readable = _ESCAPED.sub(r"\1", text)
    links = []
    if code := _first(_CODE, readable):
        links.append(Link(kind="code", url=code))
    if project := _first(_PROJECT, readable):
        links.append(Link(kind="project", url=project))
    return tuple(links)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    if found is None:
        return ""
    return (found["scheme"] or "https://") + found["rest"].rstrip(".,:;?!-")
