"""This module makes citations: BibTeX and RIS of each paper, and of all papers of a topic.

A title keeps its mathematics only when TeX can do nothing but set it; everything else in it is
written as the plain text that it is.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

from digestgen import tex
from digestgen.site.library import Library, PaperShelf
from digestgen.site.names import has_markup, is_group, name_of, plain
from digestgen.site.records import PaperRecord
from digestgen.site.unit import Unit
from digestgen.text import paper_slug, squeeze

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+", re.ASCII)  # styles make links of them
_ADDRESS = "https://arxiv.org/abs/"

_SPECIAL = {
    **{character: "\\" + character for character in "#$%&_"},
    "\\": r"\textbackslash{}",
    # BibTeX counts braces also behind a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # TeX's old fonts have other signs in these places.
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_IN_TEX = re.compile("[" + re.escape("".join(_SPECIAL)) + "]")
_GROUPED = re.compile(r"\{(\w[^{}\\]*)\}")  # {BERT}, to keep its capitals
_IN_FORMULA = re.compile(r"\\([A-Za-z]+|.)|[%^]|[^\\%^]+", re.DOTALL)
_FORMULA_BRACES = {"{": r"\lbrace ", "}": r"\rbrace "}

# Macros that set mathematics and reach no further; titles of papers need no others.
_MACROS = frozenset(
    re.findall(
        r"[A-Za-z]+|[^\s]",
        r"""
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu
    nu xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta
    Lambda Xi Pi Sigma Upsilon Phi Psi Omega aleph hbar ell imath jmath wp Re Im partial nabla infty
    prime emptyset varnothing exists nexists forall neg top bot angle surd
    pm mp times div ast star circ bullet cdot cap cup uplus sqcap sqcup vee wedge setminus wr oplus
    ominus otimes oslash odot dagger ddagger amalg ltimes rtimes bigcirc triangle diamond
    le leq leqslant ge geq geqslant ne neq ll gg lesssim gtrsim approx sim simeq cong equiv propto
    asymp doteq prec succ preceq succeq subset supset subseteq supseteq in notin ni mid nmid vert
    Vert parallel perp vdash dashv models lbrace rbrace lbrack rbrack langle rangle lfloor rfloor
    lceil rceil
    to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow mapsto
    longrightarrow longleftarrow longmapsto rightharpoonup rightleftharpoons uparrow downarrow
    hookrightarrow rightsquigarrow
    sum prod coprod int oint iint bigcup bigcap bigoplus bigotimes bigvee bigwedge
    frac tfrac dfrac binom sqrt left right big Big bigg Bigg bigl bigr Bigl Bigr limits nolimits
    displaystyle textstyle quad qquad ldots cdots dots dotsc vdots ddots
    hat widehat tilde widetilde bar overline underline vec dot ddot check breve acute grave
    overbrace underbrace overset underset stackrel
    mathrm mathbf mathbb mathcal mathfrak mathscr mathsf mathtt mathit boldsymbol bm pmb
    operatorname text textrm textbf textit textsf texttt textsc mathop mathrel mathbin rm bf it cal
    arccos arcsin arctan arg cos cosh cot det dim exp gcd hom inf ker lg lim liminf limsup ln log
    max min Pr sin sinh sup tan tanh bmod pmod mod degree
    , ; : ! | % & # $ _
    """,
    )
)


def units(library: Library) -> Iterator[Unit]:
    """Yield the citations of the papers of each topic; those of a paper come with its page."""
    for topic in library.topics.values():
        ids = dict.fromkeys(paper.id for post in topic.posts for paper in post.record.papers)
        if ids:
            cited = tuple(library.papers[found] for found in ids)
            yield _unit(f"topics/{topic.slug}/papers", cited)


def bibtex(paper: PaperRecord) -> str:
    """Return the paper's BibTeX entry; its key is the same for all versions."""
    kind = "article" if paper.journal else "misc"
    fields = {
        # A second pair of braces keeps the capitals that styles would change.
        "title": f"{{{_title(paper.title)}}}",
        "author": " and ".join(map(_bibtex_name, filter(plain, paper.authors))),
        "journal": _escaped(paper.journal),
        "year": str(paper.published.year) if paper.published else "",
        "month": _MONTHS[paper.published.month - 1] if paper.published else "",
        **_arxiv(paper),
        "version": str(paper.version),
        "doi": paper.doi if _DOI.fullmatch(paper.doi) else _escaped(paper.doi),
        "url": _address(paper),
    }
    lines = [
        # The names of months are BibTeX's own, and stand without braces.
        f"  {name:<13} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if value
    ]
    return f"@{kind}{{{_key(paper)},\n{''.join(lines)}}}\n"


def ris(paper: PaperRecord) -> str:
    """Return the paper's RIS record, with the line ends that its readers expect."""
    tags = [
        ("TY", "JOUR" if paper.journal else "UNPB"),
        ("ID", _key(paper)),
        ("TI", plain(paper.title)),
        *[("AU", _ris_name(author)) for author in filter(plain, paper.authors)],
        ("PY", str(paper.published.year) if paper.published else ""),
        ("DA", str(paper.published).replace("-", "/") if paper.published else ""),
        ("JO", plain(paper.journal)),
        ("PB", "arXiv" if paper.is_arxiv else ""),
        ("AN", f"arXiv:{paper.id}" if paper.is_arxiv else ""),
        ("DO", plain(paper.doi)),
        ("UR", _address(paper)),
        *[("KW", squeeze(category)) for category in paper.categories],
    ]
    lines = [f"{tag}  - {value}\r\n" for tag, value in tags if value]
    return f"{''.join(lines)}ER  - \r\n"


def _unit(stem: str, cited: tuple[PaperShelf, ...]) -> Unit:
    return Unit(
        paths=(f"{stem}.bib", f"{stem}.ris"),
        made_of=[(it.id, it.newest.post.record.papers_digest) for it in cited],
        make=partial(_files, stem, cited),
    )


def _files(stem: str, cited: tuple[PaperShelf, ...]) -> Mapping[str, bytes]:
    papers = [shelf.newest.paper for shelf in cited]
    return {
        f"{stem}.bib": "\n".join(map(bibtex, papers)).encode(),
        f"{stem}.ris": "\r\n".join(map(ris, papers)).encode(),
    }


def _key(paper: PaperRecord) -> str:
    return f"arXiv:{paper.id}" if paper.is_arxiv else paper_slug(paper.id)


def _arxiv(paper: PaperRecord) -> dict[str, str]:
    if not paper.is_arxiv:
        return {}
    category = paper.categories[0] if paper.categories else ""
    return {
        "eprint": paper.id,
        "archivePrefix": "arXiv",
        "primaryClass": _escaped(category),
    }


def _address(paper: PaperRecord) -> str:
    return f"{_ADDRESS}{paper.id}" if paper.is_arxiv else ""


@lru_cache(maxsize=4096)
def _bibtex_name(author: str) -> str:
    name = name_of(author)
    if not name.given:
        return f"{{{_tex(name.family)}}}"
    parts = (name.family, name.suffix, name.given) if name.suffix else (name.family, name.given)
    return _tex(", ".join(parts))


@lru_cache(maxsize=4096)
def _ris_name(author: str) -> str:
    name = name_of(author)
    if not name.given:
        # A comma would part the name of a group.
        return name.family.replace(",", "") if is_group(author) else name.family
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _escaped(text: str) -> str:
    return _tex(plain(text))


def _tex(text: str) -> str:
    return _IN_TEX.sub(lambda match: _SPECIAL[match[0]], text)


def _title(title: str) -> str:
    if not has_markup(title):
        return _tex(plain(title))
    parts = tex.segments(squeeze(title))
    return "".join(map(_segment, parts)).strip()


def _segment(part: tex.Segment) -> str:
    if isinstance(part, tex.Prose):
        return _tex(_GROUPED.sub(r"\1", tex.readable(part.source)))
    formula = _formula(part.tex)
    return f"${formula}$" if formula else _escaped(part.source)


def _formula(formula: str) -> str:
    """Return a formula as BibTeX and TeX can read it, "" when TeX could do more with it."""
    written = []
    for token in _IN_FORMULA.finditer(formula):
        macro = token[1]
        if macro is None:
            written.append(r"\%" if token[0] == "%" else token[0])
        elif macro in _FORMULA_BRACES:
            written.append(_FORMULA_BRACES[macro])
        elif macro in _MACROS:
            written.append(token[0])
        else:
            return ""
    text = "".join(written)
    # TeX reads two carets and a sign as any character there is.
    return "" if "^^" in text else text
