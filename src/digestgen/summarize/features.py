"""This module describes sentences in numbers: what the trees that rank them look at.

A number is about the sentence in its abstract (place, cues, likeness to title and neighbours) or
about one of its shorter forms (length, what is left of the title's words).
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise

from digestgen.summarize.compression import Cut, Form
from digestgen.summarize.labels import ROLES
from digestgen.summarize.vectors import Idf, Stems, Vector, cosine, middle

_NAME = re.compile(r"\b[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*\b")
_HEAD = re.compile(r"([\w+-]{2,25}(?: [\w+-]{2,25})?):")  # "DriftNet: ..." as a title begins
_ALIKE = 0.1  # cosine from which two sentences speak of the same

Row = list[float]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A cue is told by any of its words.
_CUES: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (name, _set(text))
    for name, text in {
        "we": "we i",
        "our": "our my",
        "paper": "paper work article study letter thesis report survey tutorial",
        "here": "here",
        "propose": "propose proposes proposed proposing",
        "present": "present presents presented",
        "introduce": "introduce introduces introduced introducing",
        "develop": "develop develops developed design designs designed devise devised",
        "show": "show shows shown showed",
        "demonstrate": "demonstrate demonstrates demonstrated demonstrating",
        "study": "study studies investigate investigates explore explores examine analyze analyse "
        "analyzes address consider formulate derive argue",
        "novel": "novel new first",
        "method": "method approach framework model algorithm architecture network technique system "
        "dataset benchmark pipeline",
        "called": "called named dubbed termed coined namely",
        "result": "result results experiment experiments experimental empirically evaluation "
        "evaluations extensive benchmarks evaluate",
        "outperform": "outperform outperforms outperforming outperformed state art superior "
        "surpass surpasses improve improves improved improvement improvements competitive better",
        "however": "however but yet nevertheless although despite unfortunately though",
        "additive": "moreover furthermore additionally addition also further finally lastly "
        "besides second secondly next then",
        "thus": "thus therefore hence consequently",
        "specific": "specifically particular particularly example instance concretely",
        "recent": "recent recently current existing previous prior traditional conventional "
        "typically often widely popular common commonly many most",
        "problem": "problem challenge challenging difficult limitation limitations issue suffer "
        "lack hard expensive costly remain remains fail fails",
        "important": "important crucial essential key fundamental central critical increasingly",
        "code": "code source publicly available release open github http https",
        "allow": "enable enables allow allows able",
        "by": "by",
        "which": "which that",
        "future": "future hope believe conclude discuss insight insights",
        "simple": "simple effective efficient efficiently general robust scalable unified",
        "theory": "theory theoretical theoretically theorem prove bound bounds convergence "
        "guarantee guarantees",
        "goal": "goal aim aims objective purpose task",
    }.items()
)
_OPENS_BACK = _set("it this these they such that those its their")
_CONTEXT = ("weverb", "however", "problem", "recent", "we", "result")  # also asked of neighbours
_WHO = _set("we i paper work article study")
_DO = (
    frozenset().union(*(cue for name, cue in _CUES if name in ("propose", "present", "introduce")))
    | frozenset().union(*(cue for name, cue in _CUES if name in ("develop", "study")))
    | _set(
        "describe describes establish establishes provide provides offer offers suggest suggests"
    )
)
_FIND = _set(
    "show shows demonstrate demonstrates find prove observe evaluate validate verify report "
    "achieve compare apply test conduct perform"
)
_REACH = 6  # words between who acts and what they do


class Title:
    """A title's words, to hold sentences against."""

    def __init__(self, title: str, idf: Idf) -> None:
        stems = Stems.of(title)
        self.text = title.lower()
        head = _HEAD.match(title)
        self.words = frozenset(stems.content)
        self.pairs = frozenset(pairwise(stems.every))
        self.vector = idf.vector(stems.content)
        self.head = head[1].lower() if head else ""

    def likeness(self, stems: Stems, vector: Vector) -> Row:
        """Return precision, recall and their mean, cosine, and the share of the word pairs."""
        own = set(stems.content)
        shared = len(own & self.words)
        precision = shared / len(own) if own else 0.0
        recall = shared / len(self.words) if self.words else 0.0
        both = precision + recall
        pairs = len(self.pairs & set(pairwise(stems.every))) / (len(self.pairs) or 1)
        mean = 2 * precision * recall / both if both else 0.0
        return [precision, recall, mean, cosine(vector, self.vector), pairs]


_PLACE = ("i", "place", "from_end", "n")
_SHAPE = ("length", "relative_length", "commas", "names", "digits", "length_rank", "centre_rank")
_KIN = (
    "centre", "degree", "most_alike", "like_next", "like_last", "like_first", "like_second",
    "rarity", "new_words", "stop_words",
)  # fmt: skip
_AUTHORS = ("first_own", "after_own", "after_any_own", "owns")
_TITLE = ("t_precision", "t_recall", "t_mean", "t_cosine", "t_pairs")
_TITLE_TOO = ("t_rank", "t_best", "t_behind", "head", "has_head", "head_first", "t_length")
_FORM = (
    "f_length", "f_share", "f_dropped", "f_centre", "f_names", "f_we", "f_back", "f_this",
    *(f"f_{name}" for name in _TITLE),
)  # fmt: skip
CUTS: tuple[Cut, ...] = ("aside", "lead", "purpose", "claim", "tail", "joint")
_ROLES = ROLES[:-1]  # what is left is the last
WHOLE_NAMES = (
    *_PLACE, *_SHAPE, *_KIN, *_AUTHORS, *_TITLE, *_TITLE_TOO,
    *(f"c_{name}" for name, _ in _CUES), "c_weverb", "c_wefind", "c_back", "c_question",
    *(f"p_{name}" for name in _CONTEXT), *(f"n_{name}" for name in _CONTEXT),
    *(f"r_{role}" for role in _ROLES), *(f"rp_{role}" for role in _ROLES),
    *(f"rn_{role}" for role in _ROLES),
)  # fmt: skip
NAMES = (*WHOLE_NAMES, *_FORM, *(f"x_{cut}" for cut in CUTS), "x_any")


class Described:
    """An abstract whose sentences have been described once, for all of their forms."""

    def __init__(
        self, sentences: Sequence[str], title: str, roles: Sequence[Sequence[float]], idf: Idf
    ) -> None:
        self._idf = idf
        self._title = Title(title, idf)
        self._sentences = sentences
        self._stems = [Stems.of(sentence) for sentence in sentences]
        self._vectors = [idf.vector(stems.content) for stems in self._stems]
        self._middle = middle(self._vectors)
        self._roles = [list(row[: len(_ROLES)]) for row in roles]
        columns = (
            self._places(),
            self._shapes(),
            self._kin(),
            self._authors_and_titles(),
            self._role_rows(),
        )
        self.rows = [list(chain(*parts)) for parts in zip(*columns, strict=True)]

    def row(self, index: int, form: Form) -> Row:
        """Return the numbers of one form of a sentence, in the order of ``NAMES``."""
        whole = self._stems[index]
        if form.cuts:
            stems = Stems.of(form.text)
            vector = self._idf.vector(stems.content)
        else:
            stems, vector = whole, self._vectors[index]
        length = len(stems.words)
        first = stems.words[0] if stems.words else ""
        return [
            *self.rows[index],
            length,
            length / (len(whole.words) or 1),
            len(whole.words) - length,
            cosine(vector, self._middle),
            len(_NAME.findall(form.text)),
            first == "we",
            first in _OPENS_BACK,
            first == "this",
            *self._title.likeness(stems, vector),
            *(cut in form.cuts for cut in CUTS),
            bool(form.cuts),
        ]

    def names_system(self, text: str) -> bool:
        """Tell whether a text has the name with which the title begins: "DriftNet: ..."."""
        return bool(self._title.head) and self._title.head in text.lower()

    def is_titled(self, phrase: str) -> bool:
        """Tell whether the title has a phrase."""
        return phrase.lower() in self._title.text

    def _places(self) -> list[Row]:
        n = len(self._sentences)
        return [[i, i / max(1, n - 1), n - 1 - i, n] for i in range(n)]

    def _shapes(self) -> list[Row]:
        lengths = [len(stems.words) for stems in self._stems]
        mean = sum(lengths) / len(lengths) or 1.0
        by_length = _ranks(lengths)
        by_centre = _ranks([cosine(vector, self._middle) for vector in self._vectors])
        return [
            [
                length,
                length / mean,
                text.count(","),
                len(_NAME.findall(text)),
                sum(map(str.isdigit, text)),
                by_length[i],
                by_centre[i],
            ]
            for i, (text, length) in enumerate(zip(self._sentences, lengths, strict=True))
        ]

    def _kin(self) -> list[Row]:
        n = len(self._sentences)
        alike = [[0.0] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1, n):
                alike[i][j] = alike[j][i] = cosine(self._vectors[i], self._vectors[j])
        seen: set[str] = set()
        rows = []
        for i, stems in enumerate(self._stems):
            own = set(stems.content)
            rows.append(
                [
                    cosine(self._vectors[i], self._middle),
                    sum(x > _ALIKE for x in alike[i]) / max(1, n - 1),
                    max(alike[i]),
                    alike[i][i + 1] if i + 1 < n else 0.0,
                    alike[i][n - 1],
                    alike[i][0],
                    alike[i][1] if n > 1 else 0.0,
                    self._idf.mean(stems.content),
                    len(own - seen) / (len(own) or 1),
                    1 - len(stems.content) / (len(stems.words) or 1),
                ]
            )
            seen |= own
        return rows

    def _authors_and_titles(self) -> list[Row]:
        cues = [
            _cues(stems, text) for stems, text in zip(self._stems, self._sentences, strict=True)
        ]
        own = [i for i, cue in enumerate(cues) if cue["weverb"]]
        any_own = [i for i, cue in enumerate(cues) if cue["we"] or cue["our"] or cue["paper"]]
        likeness = [
            self._title.likeness(stems, vector)
            for stems, vector in zip(self._stems, self._vectors, strict=True)
        ]
        recalls = [row[1] for row in likeness]
        ranks, best = _ranks(recalls), max(recalls)
        head = self._title.head
        with_head = [i for i, text in enumerate(self._sentences) if head and head in text.lower()]
        none = dict.fromkeys(_CONTEXT, False)
        rows = []
        for i, cue in enumerate(cues):
            before = cues[i - 1] if i else none
            after = cues[i + 1] if i + 1 < len(cues) else none
            rows.append(
                [
                    bool(own) and i == own[0],
                    i - own[0] if own else -20,
                    i - any_own[0] if any_own else -20,
                    len(own),
                    *likeness[i],
                    ranks[i],
                    best,
                    recalls[i] - best,
                    i in with_head,
                    bool(head),
                    bool(with_head) and i == with_head[0],
                    len(self._title.words),
                    *cue.values(),
                    *(before[name] for name in _CONTEXT),
                    *(after[name] for name in _CONTEXT),
                ]
            )
        return rows

    def _role_rows(self) -> list[Row]:
        none = [0.0] * len(_ROLES)
        roles = [none, *self._roles, none]
        return [[*roles[i + 1], *roles[i], *roles[i + 2]] for i in range(len(self._roles))]


def _cues(stems: Stems, text: str) -> dict[str, bool]:
    found = {name: not cue.isdisjoint(stems.words) for name, cue in _CUES}
    found["weverb"] = _acts(stems.words, _DO)
    found["wefind"] = _acts(stems.words, _FIND)
    found["back"] = bool(stems.words) and stems.words[0] in _OPENS_BACK
    found["question"] = "?" in text
    return found


def _acts(words: Sequence[str], verbs: AbstractSet[str]) -> bool:
    """Tell whether the authors or the paper do one of ``verbs``."""
    for place, word in enumerate(words):
        if word in _WHO and not verbs.isdisjoint(words[place + 1 : place + 1 + _REACH]):
            return True
    return False


def _ranks(values: Sequence[float]) -> list[int]:
    """Return the place of each value when the largest comes first."""
    ranks = [0] * len(values)
    for rank, index in enumerate(sorted(range(len(values)), key=lambda i: -values[i])):
        ranks[index] = rank
    return ranks
