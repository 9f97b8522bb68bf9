"""This module turns an entry into the values that a paper's template shows.

Strings come out as the paper has them, for the template's encoder; what is more than text
(links, names and sentences in a row) is encoded here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from digestgen.escaping import Encoded, autolink, html, link, markdown
from digestgen.formats.gallery import named
from digestgen.formats.labels import Labels
from digestgen.model import (
    Checks,
    Entry,
    Evidence,
    Link,
    Note,
    Paper,
    Statement,
    Statements,
    Summary,
)

BUILT_IN = "extractive"  # the method that only quotes
MOST_AUTHORS = 20
# Names may begin with a small letter of their own, as "nnU-Net" does.
_SMALL_WORD = re.compile(
    r"(?:we|our|this|these|those|the|an?|it|its|in|on|for|to|by|with|here|there|each|both)\b"
)
_SUMMARY_PARTS = ("background", "past_methods", "proposed_method", "task_and_performance")
_ASSESSMENT_PARTS = ("innovation", "performance", "workload")
_PARTS = ("gist", "takeaways", *_SUMMARY_PARTS, "methods", "significance", *_ASSESSMENT_PARTS)


def values(entry: Entry, labels: Labels, *, day: date) -> dict[str, object]:
    """Return everything that ``paper.md.j2`` names, but for the gallery."""
    return {
        "labels": labels,
        **_metadata(entry.paper, labels),
        **_parts(entry.summary, labels),
        **_evidence(entry.summary, labels),
        "notes": [_note(note, entry.paper, labels) for note in entry.notes],
        "abstract": entry.paper.abstract,
        "provenance": provenance(entry.summary, labels, day=day),
    }


def _note(note: Note, paper: Paper, labels: Labels) -> Encoded:
    text = markdown(labels.notes[note.kind].format(detail=note.detail or labels.unknown_licence))
    page = next((found.url for found in paper.links if found.kind == "abstract"), "")
    if note.kind not in ("pictures withheld", "licence unavailable") or not page:
        return text
    return Encoded(text + labels.colon + link(named(paper), page))


def by(summary: Summary) -> str:
    """Return how a summary was made, as the ledger remembers it: ``extractive/abstract``."""
    written = summary.written_by
    return "/".join(filter(None, (written.method, written.input, written.model)))


def provenance(summary: Summary, labels: Labels, *, day: date) -> str:
    """Return the line on who made a summary, from what, for which day."""
    written = summary.written_by
    named = labels.built_in if written.method == BUILT_IN else written.model or written.method
    who = f"{named} ({written.fingerprint})"
    by = labels.written_by.format(who=who, read=labels.read[written.input], day=day.isoformat())
    return by + (_checked(written.checks, written.model, labels) if written.checks else "")


def _checked(checks: Checks, model: str, labels: Labels) -> str:
    """Say what became of the statements of a model, and what it did not get to read."""
    unread = checks.sentences - checks.read
    count = labels.checked.format(
        model=model,
        kept=checks.kept,
        repaired=checks.repaired,
        replaced=checks.replaced,
        dropped=checks.dropped,
    )
    left = labels.left_out.format(count=unread, sentences=checks.sentences) if unread else ""
    absent = labels.unanswered.format(count=checks.unanswered) if checks.unanswered else ""
    return count + left + absent


def _metadata(paper: Paper, labels: Labels) -> dict[str, object]:
    names = [author.name for author in paper.authors]
    hidden = names[MOST_AUTHORS:]
    first = paper.authors[0] if paper.authors else None
    own = first.affiliations if first else ()
    return {
        "title": paper.title,
        "authors": _listed(names[:MOST_AUTHORS], labels.comma) or labels.not_in_metadata,
        "more_authors": _listed(hidden, labels.comma, encode=html),
        "more_authors_label": labels.more_authors.format(count=len(hidden)),
        "affiliations": _affiliations(paper),
        "links": _joined((_named(paper, found, labels) for found in paper.links), " · ")
        or f"{paper.id}v{paper.version}",
        "version": _version(paper, labels),
        "categories": _listed(paper.categories, ", "),
        "comment": paper.comment,
        "journal": paper.journal_ref or paper.venue,
        "first_author": labels.first_author.format(name=first.name, count=len(names))
        if first
        else labels.not_in_metadata,
        "affiliation": _listed(own, "; ") or labels.not_in_metadata,
        "addresses": _joined((autolink(found.url) for found in _worth_showing(paper)), ", ")
        or labels.not_in_metadata,
    }


def _affiliations(paper: Paper) -> Encoded:
    named = dict.fromkeys(place for author in paper.authors for place in author.affiliations)
    return _listed(named, "; ")


def _named(paper: Paper, found: Link, labels: Labels) -> Encoded:
    if found.kind == "abstract":
        return link(named(paper), found.url)
    return link(labels.link[found.kind], found.url)


def _worth_showing(paper: Paper) -> Iterable[Link]:
    """Leave out the addresses of other forms of the paper, which stand behind the names above."""
    return (found for found in paper.links if found.kind not in ("pdf", "html"))


def _version(paper: Paper, labels: Labels) -> str:
    pattern = labels.revised if paper.version > 1 else labels.submitted
    return pattern.format(
        version=paper.version, published=_day(paper.published), updated=_day(paper.updated)
    )


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _parts(summary: Summary, labels: Labels) -> dict[str, object]:
    not_stated = labels.not_stated[summary.written_by.input]
    if summary.written_by.method == BUILT_IN:
        labels = replace(labels, quoted_mark="")  # where all is quoted, no mark says more

    def part(name: str) -> dict[str, object]:
        statements: Statements = getattr(summary, name)
        return {
            "label": getattr(labels, name),
            "text": _text(statements, labels) or not_stated,
        }

    return {
        "gist": _text((summary.gist,), labels),
        "takeaways": [_text((takeaway,), labels) for takeaway in summary.takeaways],
        "keywords": _listed(summary.keywords, labels.comma) or not_stated,
        "summary": [part(name) for name in _SUMMARY_PARTS],
        "methods": [_text((step,), labels) for step in summary.methods],
        "significance": part("significance")["text"],
        "assessment": [part(name) for name in _ASSESSMENT_PARTS],
        "not_stated": not_stated,
    }


def _text(statements: Statements, labels: Labels) -> Encoded:
    """Run sentences on; set facts, which are no sentences, apart."""
    is_list = all(statement.kind == "fact" for statement in statements)
    between = labels.comma if is_list else " "
    return _joined((_sentence(statement, labels) for statement in statements), between)


def _sentence(statement: Statement, labels: Labels) -> Encoded:
    marks = [labels.shortened] if statement.shortened else []
    if statement.kind == "quote" and labels.quoted_mark:
        marks.insert(0, labels.quoted_mark)
    return markdown(shown(statement) + (f" ({labels.comma.join(marks)})" if marks else ""))


def shown(statement: Statement) -> str:
    """Return a statement as a sentence: one that lost its beginning begins with a capital."""
    text = statement.text
    if not (statement.shortened and _SMALL_WORD.match(text)):
        return text
    return text[0].upper() + text[1:]


def _listed(
    names: Iterable[str], between: str, *, encode: Callable[[str], Encoded] = markdown
) -> Encoded:
    """Encode each name by itself: the dollars of two would make a formula of what is between."""
    return _joined(map(encode, names), between)


def _joined(parts: Iterable[Encoded], between: str) -> Encoded:
    return Encoded(between.join(parts))


def _evidence(summary: Summary, labels: Labels) -> dict[str, object]:
    """List each source sentence once, in the paper's order, with the parts that rest on it."""
    uses: dict[Evidence, list[str]] = {}
    for name, statement in _statements(summary, labels):
        for source in statement.evidence:
            uses.setdefault(source, []).append(name)
    return {
        "evidence": [
            {
                "place": _place(source, labels),
                "sentence": source.sentence,
                "carries": labels.comma.join(_once(names)),
            }
            for source, names in sorted(uses.items(), key=_position)
        ],
        "evidence_label": labels.evidence.format(count=len(uses)),
    }


def _statements(summary: Summary, labels: Labels) -> Iterable[tuple[str, Statement]]:
    for name in _PARTS:
        found: Statement | Statements = getattr(summary, name)
        label = getattr(labels, name)
        if isinstance(found, Statement):
            yield label, found
            continue
        for number, statement in enumerate(found, start=1):
            numbered = name in ("takeaways", "methods")
            yield (f"{label} {number}" if numbered else label), statement


def _once(names: list[str]) -> list[str]:
    return [name for name, _ in groupby(names)]


def _position(use: tuple[Evidence, list[str]]) -> tuple[bool, int, str, int]:
    """Order the abstract's sentences first, then the pages', the comment's and others last."""
    source = use[0]
    other = source.where != "abstract" and source.page is None
    return other, source.page or 0, source.where, source.index or 0


def _place(source: Evidence, labels: Labels) -> str:
    """Say where a sentence stands: abstract, sentence 3; or: section "Method", page 4."""
    where = labels.where.get(source.where) or labels.section.format(heading=source.where)
    number = labels.sentence.format(number=source.index + 1) if source.index is not None else ""
    page = labels.page.format(number=source.page) if source.page is not None else ""
    return labels.comma.join(filter(None, (where, page, number)))
