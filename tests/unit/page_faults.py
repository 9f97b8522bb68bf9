"""This module names what is wrong with the structure of a page's HTML."""

from collections import Counter
from html.parser import HTMLParser

_EMPTY = {"br", "hr", "img", "input", "link", "meta"}


class _Structure(HTMLParser):
    """The elements of a page, as they begin and end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.addresses: Counter[str] = Counter()
        self._open: list[str] = []
        self._ids: set[str] = set()
        self.feed(page)
        self.close()
        self.faults += [f"{tag} is open" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "a" and "a" in self._open:
            self.faults.append(f"a link in a link: {attributes}")
        if (name := attributes.get("id")) is not None:
            if name in self._ids:
                self.faults.append(f"the id {name} is there twice")
            self._ids.add(name)
        if address := attributes.get("href" if tag == "a" else "src"):
            self.addresses[address] += 1
        if tag not in _EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"{tag} ends where it did not begin")


def faults(page: str) -> list[str]:
    """Return what is wrong: elements that overlap, links in links, and ids that are not unique."""
    return _Structure(page).faults


def addresses(html: str) -> Counter[str]:
    """Return how often each link and picture is there."""
    return _Structure(html).addresses
