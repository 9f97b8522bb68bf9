"""This module names every rule: its usual level, what it is about, and what a person can do.

``docs/rules.md`` explains each one with examples, and a test holds both together.
"""

from dataclasses import dataclass

from digestgen.evidence import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. ``fixes`` says that ``--fix`` mends what it finds."""

    id: str
    level: Level
    about: str
    hint: str
    fixes: bool = False


def _error(id_: str, about: str, hint: str, *, fixes: bool = False) -> Rule:
    return Rule(id=id_, level="error", about=about, hint=hint, fixes=fixes)


def _warning(id_: str, about: str, hint: str, *, fixes: bool = False) -> Rule:
    return Rule(id=id_, level="warning", about=about, hint=hint, fixes=fixes)


_FIX = "run with --fix"
_FROM_PAPER = "write what the paper says, or delete it"

_ALL = (
    _error("unreadable-file", "The file cannot be read as text.", "save it as UTF-8 text"),
    _error(
        "front-matter-unreadable",
        "The front matter is no YAML that every engine reads.",
        'put the value in "double quotes"; --fix does so where that is safe',
        fixes=True,
    ),
    _warning("front-matter-missing", "There is no front matter.", "add title and date"),
    _warning(
        "front-matter-start",
        "Something stands before the front matter: Jekyll and others then print it.",
        _FIX,
        fixes=True,
    ),
    _warning(
        "front-matter-type",
        "YAML reads a value as something else than it looks.",
        'put the value in "double quotes"; --fix does so',
        fixes=True,
    ),
    _warning("front-matter-empty", "A key has no value.", "delete the line, or give it one"),
    _warning(
        "front-matter-title",
        "The title holds markup or TeX, which themes write into scripts.",
        "write the title as plain text",
    ),
    _warning(
        "front-matter-date",
        "The date is missing, or engines shift it.",
        "write 2024-09-24 12:00:00",
    ),
    _warning(
        "slug", "The file name or a tag makes an address that breaks.", "use a-z, 0-9 and hyphens"
    ),
    _error("duplicate-paper", "A paper stands in a post twice.", "delete one of the two"),
    _warning(
        "repeated-paper", "A paper stands in an earlier post already.", "link to it, or delete it"
    ),
    _warning(
        "update-as-new",
        "A new version of a known paper looks like a new paper.",
        "say in its header that it is an update, and of what",
    ),
    _error(
        "dead-image",
        "A picture is not there.",
        "put the file beside the post, or delete the picture",
    ),
    _warning("hot-linked-image", "A picture comes from another server.", "keep it beside the post"),
    _warning(
        "image-attributes",
        "A picture lacks the text for who cannot see it, or has attributes that do nothing.",
        _FIX,
        fixes=True,
    ),
    _warning(
        "heading-inconsistent",
        "Labels of one digest differ in language or form, or are headings of the post's outline.",
        "write the labels of all papers alike, bold and without #",
    ),
    _warning(
        "heading-outline",
        "A heading above the papers, or one that skips a level.",
        "use ## for papers",
    ),
    _warning("title-whitespace", "A title has runs of white space.", _FIX, fixes=True),
    _error(
        "unclosed-block",
        "Something is opened and never closed: what follows is swallowed.",
        "close it",
    ),
    _warning(
        "unbalanced-math",
        "A dollar has no partner: what follows is set as mathematics.",
        "close the formula",
    ),
    _warning(
        "link-swallows-text",
        "A bare address runs into Chinese text: the link takes the text with it.",
        "run with --fix, which puts the address into <>",
        fixes=True,
    ),
    _warning(
        "broken-emphasis",
        "Stars between punctuation and a letter: the page shows them.",
        "put the colon behind the stars",
    ),
    _error(
        "template-tag",
        "Two braces that a blog's template engine runs or removes.",
        "run with --fix, which parts the braces",
        fixes=True,
    ),
    _error("active-html", "HTML that runs code, embeds or asks for input.", "delete it"),
    _error("invisible-character", "Characters that nobody sees, or that were lost.", "delete them"),
    _error("placeholder", "A slot that was not filled in.", _FROM_PAPER),
    _error("template-leak", "An instruction to the writer was left in.", _FROM_PAPER),
    _error("instruction-echo", "The text talks to whoever asked for it.", "delete the sentence"),
    _error("model-refusal", "The text says that it cannot.", _FROM_PAPER),
    _warning("meta-commentary", "The text speaks of itself.", "delete the sentence"),
    _error("missing-section", "A part of the digest is missing or empty.", _FROM_PAPER),
    _warning("section-duplication", "A part or a sentence is given twice.", "keep one"),
    _warning(
        "takeaway-count", "There are more takeaways than anybody reads.", "keep the best seven"
    ),
    _warning(
        "list-starts-midway",
        "A list does not begin at 1, or skips a number.",
        "restore what was lost",
    ),
    _error(
        "missing-authors",
        "None of the paper's authors is named.",
        "copy the authors from the metadata",
    ),
    _error(
        "authors-truncated",
        "Some of the paper's authors are missing.",
        "name all, or say how many there are",
    ),
    _warning(
        "authors-garbled",
        "The list of authors is complete, and says that it is not.",
        'delete "et al."',
    ),
    _error(
        "author-name-invented",
        "A name that no author of the paper has.",
        "write names as the paper does",
    ),
    _error(
        "author-order-swapped",
        "Family and given names are swapped.",
        "write names as the paper does",
    ),
    _error(
        "affiliation-not-in-source", "An institution that the paper does not name.", _FROM_PAPER
    ),
    _error(
        "link-malformed",
        "An address that leads nowhere.",
        "write the address as the paper gives it",
    ),
    _error(
        "link-not-in-source",
        "An address that the paper does not give.",
        "follow it, then keep or delete it",
    ),
    _error(
        "link-contradicts-source",
        "The text denies or omits an address that the paper gives.",
        "give the address",
    ),
    _error(
        "number-not-in-source", "A number that the paper does not name.", "look it up in the paper"
    ),
    _error(
        "name-not-in-source",
        "A model or data set that the paper does not name.",
        "look it up in the paper",
    ),
    _error(
        "other-paper", "The digest shares no term with its paper.", "look which paper it is about"
    ),
    _warning("citation-leak", "A reference to what is not in the post.", "delete the reference"),
    _warning(
        "wrong-language", "A text that is not in the language of its kind.", "translate or quote it"
    ),
    _error("repetition", "A phrase comes back again and again.", "keep the first"),
    _warning("run-on-sentence", "A sentence that nobody can read in one breath.", "cut it in two"),
    _warning("truncated", "A text ends in mid-sentence.", "finish or delete the sentence"),
    _warning("over-length", "A part is longer than its kind.", "shorten it"),
    _warning("doubled-word", "A word stands twice in a row.", "delete one"),
    _warning("latex-leak", "TeX that readers see as its source.", "write it as text"),
    _error(
        "title-not-in-source",
        "The title is not the paper's. (--source-check)",
        "copy it from the metadata",
    ),
    _error(
        "authors-not-in-source",
        "The authors are not the paper's. (--source-check)",
        "copy them from the metadata",
    ),
    _error(
        "unknown-paper",
        "The source has no paper with this id. (--source-check)",
        "look at the id again",
    ),
)
RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
