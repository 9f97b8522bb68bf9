"""This module reads the Markdown of our posts: the blocks of papers, down to their passages.

It goes by the structure that our posts have in every language, line by line. A block that has not
exactly this structure, because a person wrote or changed it, is not read.
"""

import re
from typing import Any, NamedTuple

from digestgen.values import Value

# All that Markdown, HTML or a formula may begin with, and control characters.
_SIGNS = r"*_`<>&\[\]\\~$|\"'\x00-\x1f\ufffe\uffff"
_LABEL = rf"[^\s{_SIGNS}][^\n{_SIGNS}]*(?<!\s)"
# A line of text that begins no list, heading or quote, and ends in no space.
_BEGINS_BLOCK = r"[-+=\#>]|[0-9]{1,9}[.)]\s"
_TEXT = rf"(?!{_BEGINS_BLOCK})\S(?:[^\n]*\S)?"
_STYLE = r"(?:\ style=\"[^\"<>]*\")?"
_BLOCK = re.compile(
    rf"""
    <div\ id="paper-(?P<name>[a-z0-9-]+)"></div>\n\n+
    \#\#\ (?P<title>{_TEXT})(?<!(?<!\\)\#)\n\n+
    (?P<facts>(?:-\ [^\n]+\n(?:\ \ [^\n]+\n)*)+)\n+
    \*\*(?P<abstract_label>{_LABEL})\*\*\n\n+(?P<abstract>{_TEXT})\n\n+
    \*\*(?P<gist_label>{_LABEL})\*\*\n\n+(?P<gist>{_TEXT})\n\n+
    \*\*(?P<takeaways_label>{_LABEL})\*\*\n\n+
    (?:(?P<takeaways>1\.\ (?:[^\n]+\n)+)|(?P<no_takeaways>{_TEXT})\n)\n+
    \*\*(?P<parts_label>{_LABEL})\*\*\n\n+(?P<parts>1\.\ (?:[^\n]+\n)+)\n+
    <details>\n<summary>(?P<evidence_label>[^\n]*)</summary>\n\n+
    (?P<evidence>1\.\ (?:[^\n]+\n)+)\n+
    </details>\n\n+
    (?:
        <details>\n<summary>(?P<gallery_label>[^\n]*)</summary>\n<div{_STYLE}>\n
        (?P<figures>(?:<figure[^\n]+\n)+)
        </div>\n<p><small>(?P<credit>[^\n]*)</small></p>\n</details>\n\n+
    )?
    <p{_STYLE}>(?P<provenance>[^\n]*)</p>\s*
    """,
    re.VERBOSE,
)
_FACT = re.compile(
    rf"""^-\ \*\*({_LABEL})\*\*(?:([:：])\ ?(\S(?:.*\S)?)?)?$
    (?:\n\ \ <details>\n\ \ <summary>(.*)</summary>\n\ \ (.*)\n\ \ </details>$)?""",
    re.VERBOSE | re.MULTILINE,
)
_LINES_OF_FOLD = 4
_NUMBER = r"^[0-9]{1,9}\."
_ITEM = re.compile(rf"{_NUMBER}\ ({_TEXT})$", re.VERBOSE | re.MULTILINE)
_PART = re.compile(
    rf"""^(\ *)(-|[0-9]{{1,9}}\.)\ (?:
        \*\*({_LABEL})\*\*(?:([:：])\ ?(\S(?:.*\S)?)?)?
        |({_TEXT})
    )$""",
    re.VERBOSE | re.MULTILINE,
)
# A place, which may name a section, in quotes, with a colon in it; or what stands before the first
# colon, where a heading has half a pair of quotes.
_QUOTED = r"(?:\"[^\"\n]*\"|“[^”\n]*”)"
_SOURCES = {
    colon: re.compile(
        rf"""{_NUMBER}\ ((?=\S)(?!{_BEGINS_BLOCK})
            (?:{outside}(?:{_QUOTED}{outside})*(?={separator})|{before}(?={separator}))
        ){separator}(.*)\ \(([^()：:\n{_SIGNS}]*{separator})([^()\n{_SIGNS}]+)\)$""",
        re.VERBOSE | re.MULTILINE,
    )
    for colon, separator, outside, before in (
        ("：", "：", r"[^\"“：\n]*", r"[^：\n]*"),
        (": ", r":\ ", r"[^\"“:\n]*(?::(?!\ )[^\"“:\n]*)*", r"[^:\n]*(?::(?!\ )[^:\n]*)*"),
    )
}
_OVERVIEW = "\n\n1. ["
_PAPER = re.compile(
    rf"^[0-9]{{1,9}}\.\ \[({_TEXT})\]\((\#[a-z0-9-]+)\)\n\ \ \ ({_TEXT})$",
    re.VERBOSE | re.MULTILINE,
)
_LINES_OF_PAPER = 2
# All that a picture of a gallery may say, since pages write it anew: the hint for its size, and the
# files that ``srcset`` names, are read by nobody but browsers.
_FIGURE = re.compile(
    rf"""<figure{_STYLE}><img
        \ src="([\w-][\w.-]*)"
        (?:\ srcset="([\w-][\w.-]*)\ [0-9]+w,\ ([\w-][\w.-]*)\ [0-9]+w")?
        (?:\ sizes="[a-z0-9:()\ ,-]*")?
        (?:\ alt="([^"]*)")?
        (?:\ loading="[a-z]*")?
        (?:\ width="([0-9]*)")?
        (?:\ height="([0-9]*)")?
        {_STYLE}
    ><figcaption>(.*)</figcaption></figure>""",
    re.VERBOSE | re.ASCII,
)


class IrregularError(Exception):
    """A block has not the structure of our posts."""


class Section(Value, frozen=True):
    """A passage under a label, or a numbered list of them."""

    label: str
    texts: list[str]
    is_list: bool


class Figure(NamedTuple):
    """A picture of a gallery: two files beside the post, ``small`` for lists.

    ``alt`` and ``caption`` are HTML; ``lang`` is the attribute of the caption.
    """

    src: str
    small: str
    alt: str
    width: str
    height: str
    caption: str
    lang: str = ""


class Source(Value, frozen=True):
    """A paper's block as its post has it.

    Labels and names are plain words; other texts are Markdown, but for those of folded lists,
    galleries and provenance, which are HTML. Each fact is its label, the colon behind it, what is
    said, and the label and text of what is folded below it; each line of parts its indent, its
    mark, and either a label, the colon behind it, and what is said, or a text; each evidence a
    place, a sentence, a label with its colon, and the names of what it carries.
    """

    name: str
    title: str
    facts: list[tuple[str, str, str, str, str]]
    abstract: Section
    gist: Section
    takeaways: Section
    parts_label: str
    parts: list[tuple[str, str, str, str, str, str]]
    evidence_label: str
    evidence: list[tuple[str, str, str, str]]
    gallery_label: str
    pictures: list[Figure]
    credit: str
    provenance: str

    @property
    def colon(self) -> str:
        """Return what parts labels from texts."""
        return _colon(self.facts)

    def lines(self) -> list[str]:
        """Return all passages that are Markdown."""
        found = [self.title, *self.abstract.texts, *self.gist.texts, *self.takeaways.texts]
        found += [said for _, _, said, _, _ in self.facts]
        found += [said or text for _, _, _, _, said, text in self.parts]
        found += [place for place, _, _, _ in self.evidence]
        found += [sentence for _, sentence, _, _ in self.evidence]
        return found

    def texts(self) -> list[str]:
        """Return all passages that are HTML."""
        found = [self.evidence_label, self.gallery_label, self.credit, self.provenance]
        found += [picture.caption for picture in self.pictures]
        for _, _, _, label, text in self.facts:
            if text:
                found += (label, text)
        return found

    def values(self) -> list[str]:
        """Return the texts that stand for pictures."""
        return [picture.alt for picture in self.pictures]


class Overview(Value, frozen=True):
    """The list of papers that ends an opening, and what stands before it.

    A paper is its title, the address of its block, and its summary in a line, all but the address
    Markdown.
    """

    before: str
    papers: tuple[tuple[str, str, str], ...]

    def lines(self) -> list[str]:
        """Return all passages."""
        return [line for title, _, gist in self.papers for line in (title, gist)]


def read_overview(opening: str) -> Overview:
    """Return the overview in an opening; no papers where there is none of ours."""
    before, mark, listed = opening.rpartition(_OVERVIEW)
    papers = tuple(_PAPER.findall(mark + listed))
    if len(papers) * _LINES_OF_PAPER != (mark + listed).strip("\n").count("\n") + 1:
        return Overview(opening, ())
    return Overview(before, papers)


def read(block: str) -> Source:
    """Return what a paper's block says.

    Raises:
        IrregularError: it is no block of ours, or was changed.
    """
    found = _BLOCK.fullmatch(block)
    if not found:
        raise IrregularError
    facts = _facts(found["facts"])
    takeaways = found["takeaways"]
    return Source(
        name=found["name"],
        title=found["title"],
        facts=facts,
        abstract=Section(found["abstract_label"], [found["abstract"]], is_list=False),
        gist=Section(found["gist_label"], [found["gist"]], is_list=False),
        takeaways=Section(
            found["takeaways_label"],
            _all(_ITEM, takeaways) if takeaways else [found["no_takeaways"]],
            is_list=takeaways is not None,
        ),
        parts_label=found["parts_label"],
        parts=_all(_PART, found["parts"]),
        evidence_label=found["evidence_label"],
        evidence=_all(_SOURCES[_colon(facts)], found["evidence"]),
        gallery_label=found["gallery_label"] or "",
        pictures=_pictures(found["figures"] or ""),
        credit=found["credit"] or "",
        provenance=found["provenance"],
    )


def _colon(facts: list[tuple[str, str, str, str, str]]) -> str:
    return "：" if facts[0][1] == "：" else ": "


def _all(line: re.Pattern[str], listed: str) -> list[Any]:
    """Return what a pattern finds in each line."""
    found = line.findall(listed)
    if len(found) != listed.count("\n"):
        raise IrregularError
    return found


def _facts(listed: str) -> list[tuple[str, str, str, str, str]]:
    facts = _FACT.findall(listed)
    folds = sum([1 for _, _, _, _, text in facts if text])
    if len(facts) + folds * _LINES_OF_FOLD != listed.count("\n"):
        raise IrregularError
    return facts


def _pictures(figures: str) -> list[Figure]:
    found = []
    for line in figures.split("\n")[:-1]:
        figure = _FIGURE.fullmatch(line)
        if not figure:
            raise IrregularError
        src, small, full, alt, width, height, caption = figure.groups("")
        if full not in ("", src):
            raise IrregularError
        found.append(Figure(src, small or src, alt, width, height, caption))
    return found
