"""This module writes the pieces of a block as pages show them, from what ``reader`` read."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from digestgen.markdown import Passages, is_literal
from digestgen.model import Lang
from digestgen.site.languages import lang_attribute
from digestgen.site.reader import Figure, IrregularError, Section, Source
from digestgen.templating import Html
from digestgen.values import Value

_DEEPEST = 20  # parts in parts; ours have two
_MOST_PARTS = 1 << 30
# What leads from a statement, by its name, to what carries it. It goes to the first of that name.
Links = dict[str, str]
_NO_PART = ("", "", "", "", "", "")  # behind the last one


class Passage(Value, frozen=True):
    """A passage as HTML, and its ``lang`` attribute."""

    html: str
    lang: Html


class Piece(Value, frozen=True):
    """Something that has a label; both are HTML."""

    label: str
    html: str

    def changed(self, change: Callable[[str], str]) -> "Piece":
        """Return the piece with its HTML changed."""
        return Piece(change(self.label), change(self.html))


class Finding(NamedTuple):
    """One of the parts, with its number among them; label and text are HTML."""

    number: int
    label: str
    html: str


class Pieces:
    """Writes one block.

    ``attributes`` are those of links to evidence, the last one up to its number. A passage that
    is more than a line of text is missing among ``passages``, which is a KeyError.
    """

    def __init__(self, source: Source, passages: Passages, lang: Lang, attributes: str) -> None:
        self._source = source
        self._lines = passages.lines
        self._marked_up = passages.marked_up
        self._texts = passages.texts
        self._values = passages.values
        self._shown = passages.formulas.shown
        self._lang: Lang = lang
        self._evidence, self._links = self._write_evidence(attributes)
        self._parts = [*source.parts, _NO_PART]
        self._at = 0

    def title(self) -> Passage:
        """Return the paper's title."""
        html = self._lines[self._source.title]
        if "<a" in html:  # contents have a link of their own around it
            raise IrregularError
        return Passage(self._shown(html), lang_attribute(html, self._lang))

    def facts(self) -> str:
        """Return the facts as the inside of a list."""
        written = []
        for label, colon, said, more_label, more in self._source.facts:
            html = self._lines[said]
            if more:
                summary, folded = self._texts[more_label], self._texts[more]
                html += f"\n<details>\n<summary>{summary}</summary>\n{folded}\n</details>"
            language = lang_attribute(html, self._lang)
            written.append(f"<div><dt>{label}{colon}</dt> <dd{language}>{html}</dd></div>")
        return self._shown("\n".join(written))

    def abstract(self) -> Piece:
        """Return the paper's own summary, which nothing has to carry."""
        return self._section(self._source.abstract, {})

    def gist(self) -> Piece:
        """Return the summary in a line."""
        return self._section(self._source.gist, self._links)

    def takeaways(self) -> Piece:
        """Return what to take along."""
        return self._section(self._source.takeaways, self._links)

    def metadata(self, count: int) -> Piece:
        """Return the next parts in one list under all their labels."""
        first = self._at
        html = self._terms(0, 1, count)
        parts = self._parts[first : self._at]
        labels = [label for spaces, _, label, _, _, _ in parts if not spaces]
        if len(labels) != count:
            raise IrregularError
        return Piece(" · ".join(labels), self._shown(html))

    def findings(self, numbers: Iterable[int]) -> list[Finding]:
        """Return the next parts, which are the last, each for itself."""
        found = []
        for number in numbers:
            spaces, mark, label, colon, said, _ = self._parts[self._at]
            if spaces or not label:
                raise IrregularError
            self._at += 1
            html = "" if colon else self._below(label, len(mark) + 1, 1)
            html = html or self._stated("p", said, self._links.pop(_name(label), ""))
            found.append(Finding(number, label + colon, self._shown(html)))
        if self._at != len(self._source.parts):
            raise IrregularError
        return found

    def evidence(self) -> Piece:
        """Return the evidence as the inside of a list."""
        return Piece(self._text(self._source.evidence_label), self._shown(self._evidence))

    def gallery_label(self) -> str:
        """Return what stands above the pictures."""
        return self._text(self._source.gallery_label)

    def figures(self) -> list[Figure]:
        """Return the pictures."""
        found = []
        for src, small, alt, width, height, caption, _ in self._source.pictures:
            html = self._texts[caption]
            lang = lang_attribute(html, self._lang)
            found.append(
                Figure(src, small, self._values[alt], width, height, self._shown(html), lang)
            )
        return found

    def credit(self) -> str:
        """Return where the pictures are from."""
        return f"<p><small>{self._text(self._source.credit)}</small></p>"

    def provenance(self) -> str:
        """Return how the block was made."""
        return self._text(self._source.provenance)

    def _text(self, text: str) -> str:
        return self._shown(self._texts[text])

    def _section(self, section: Section, links: Links) -> Piece:
        if section.is_list:
            html = self._list(section.label, section.texts)
        else:
            html = self._stated("p", section.texts[0], links.pop(section.label, ""))
        return Piece(section.label, self._shown(html))

    def _stated(self, tag: str, source: str, links: str) -> str:
        """Return a statement in an element of its own, with the links to what carries it."""
        html = self._lines[source]
        return f"<{tag}{lang_attribute(html, self._lang)}>{html}{links}</{tag}>"

    def _list(self, name: str, texts: Iterable[str]) -> str:
        """Return the items of a numbered list, each named by its number behind ``name``."""
        lines, lang, links = self._lines, self._lang, self._links
        written = []
        for number, text in enumerate(texts, start=1):
            html = lines[text]
            carrying = links.pop(f"{name} {number}", "")
            written.append(f"<li{lang_attribute(html, lang)}>{html}{carrying}</li>")
        return "\n".join(written)

    def _terms(self, indent: int, depth: int, most: int = _MOST_PARTS) -> str:
        """Return the next parts of an indent as a list of terms."""
        parts, lines, lang, links = self._parts, self._lines, self._lang, self._links
        sign = parts[self._at][1][-1:]
        written: list[str] = []
        while len(written) < most:
            spaces, mark, label, colon, said, _ = parts[self._at]
            if len(spaces) != indent or not label or mark[-1] != sign:
                break
            self._at += 1
            html = "" if colon else self._below(label, indent + len(mark) + 1, depth)
            language = ""
            if not html:
                html = lines[said]
                language = lang_attribute(html, lang)
                html += links.pop(_name(label), "")
            written.append(f"<dt>{label}{colon}</dt>\n<dd{language}>{html}</dd>")
        listed = "\n".join(written)
        return f'<dl class="parts">\n{listed}\n</dl>\n'

    def _below(self, label: str, indent: int, depth: int) -> str:
        """Return the parts or steps below a label, "" when there are none."""
        spaces, mark, is_part, _, _, _ = self._parts[self._at]
        if len(spaces) != indent:
            return ""
        if depth == _DEEPEST or mark not in ("-", "1.") or (mark == "-") != bool(is_part):
            raise IrregularError
        return self._terms(indent, depth + 1) if is_part else self._steps(_name(label), indent)

    def _steps(self, name: str, indent: int) -> str:
        texts = []
        while len(self._parts[self._at][0]) == indent:
            _, mark, label, _, _, text = self._parts[self._at]
            if label or mark == "-":
                raise IrregularError
            texts.append(text)
            self._at += 1
        return f"<ol>\n{self._list(name, texts)}\n</ol>"

    def _write_evidence(self, attributes: str) -> tuple[str, dict[str, str]]:
        """Return the evidence, and the links that lead to it."""
        name, colon = self._source.name, self._source.colon
        lines, lang = self._lines, self._lang
        comma = "、" if colon == "：" else ", "
        link, href, end = f'<a class="evidence"{attributes} ', f'" href="#e_{name}_', colon.rstrip()
        written = []
        links: dict[str, list[str]] = {}
        for number, (place, sentence, carries, names) in enumerate(self._source.evidence, start=1):
            if place in self._marked_up and not is_literal(place):
                raise IrregularError  # Markdown may go on in the sentence
            html = lines[sentence]
            leading = f'{link}{number}{href}{number}">{number}</a>'
            for carried in names.split(comma):
                links.setdefault(carried, []).append(leading)
            written.append(
                f'<li id="e_{name}_{number}"><span class="place">{lines[place]}{end}</span>'
                f"<q{lang_attribute(html, lang)}>{html}</q>"
                f' <span class="carries">({carries}{names})</span></li>'
            )
        return "\n".join(written), {carried: "".join(found) for carried, found in links.items()}


def _name(label: str) -> str:
    """Return what evidence calls a part."""
    return label[len("(1) ") :] if label[0] == "(" else label
