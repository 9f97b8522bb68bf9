"""This module tells what work stands behind a paper: pages, figures, data, released code."""

import re
from collections.abc import Iterable, Sequence

from digestgen.model import Evidence, Paper, Statement, Statements
from digestgen.summarize.labels import Role
from digestgen.text import squeeze

_MOST = 8

_COMMENT_COUNT = re.compile(
    r"(?<![\w.])\d{1,4}\s?(?:\+\s?\d{1,4}\s?)?(?:(?:main|color|supplementary|extended)\s)?"
    r"(?:pages?|figures?|figs?\b|tables?|videos?|algorithms?|appendices|页|图|表)",
    re.IGNORECASE,
)

# "four datasets", "12 public benchmarks": any number of what was tried; "4768 3D objects": large
# numbers of what was looked at, since "two images" is more often part of an explanation.
_UP_TO_TWO_WORDS = r"(?: (?!and\b|or\b|of\b|the\b|in\b|to\b)[\w-]{1,24}){0,2}?"
_ABSTRACT_COUNT = re.compile(
    r"(?<![\w.,$\\-])(?:"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,4})"
    rf"{_UP_TO_TWO_WORDS} (?:datasets|benchmarks|baselines|languages|LLMs|modalities|tasks|trials)"
    r"|\d[\d,.]*\d[kKmMB]?(?: (?:million|billion|thousand))?"
    rf"{_UP_TO_TWO_WORDS} (?:participants|subjects|patients|images|videos|hours|objects|categories"
    r"|scenes|annotators|samples|examples|queries|questions|prompts|GPUs|scans|volumes|papers|users"
    r"|environments|pairs|models|cases|tokens|documents|articles|reviews|messages|conversations"
    r"|recordings|frames|clips|sentences|annotations|trajectories|volunteers|students|domains))\b"
)

# "on CIFAR-10 and ImageNet", in a result: a digit, or capitals inside, make a word a data set's.
_NAME = (
    r"[A-Z](?:[a-z]{1,20}[A-Z]|[A-Za-z]{0,20}-?\d|[A-Z]{1,8}(?:[a-z]{2}|-[A-Z][A-Za-z]))\w{0,20}"
    r"(?:-[\dA-Z]\w{0,15}){0,3}(?![\w-])"
)
_TRIED_ON = re.compile(rf"(?<!based )\bon (?:the )?({_NAME}(?:(?:, and|,| and) {_NAME}){{0,6}})")
_NAMED = re.compile(_NAME)

_THING = r"(?:codes?|codebase|data|datasets?|models?|weights|implementation|repository|benchmarks?)"
_THINGS = rf"{_THING}\b(?:(?:, and|,| and)(?: [\w-]{{1,20}}){{0,2}}? {_THING}\b){{0,3}}"
_RELEASED = re.compile(
    # "when data is available" tells of no release; "our data is available" does.
    r"(?:^|\b(?:our|the|all)(?: the)? |\b(?=(?:source )?code))"
    rf"(?:(?:source|trained|open-source) )?{_THINGS}"
    r"(?: (?:for|of)(?: [\w-]{1,20}){1,4}?)? "
    r"(?:(?:is|are|has been|have been|(?:will|can) be) (?:(?:now|made|publicly|freely|openly|fully"
    r"|also) ){0,3}(?:available|released|open-?sourced|accessible|found|accessed|at|here)"
    r"|(?<=[Cc]ode )available)\b"
    rf"|\bwe (?:will )?(?:(?:also|publicly|further|fully) ){{0,2}}(?:release|open-source)"
    rf" (?:[\w-]{{1,20}},? ){{0,5}}?{_THINGS}",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"\Ahttps?://")
_OWN_WORK: frozenset[Role] = frozenset({"objective", "method", "result"})


def workload(paper: Paper, sentences: Sequence[str], roles: Sequence[Role]) -> Statements:
    """Return counts and names in the paper's own words, and what it says of its code and data."""
    quoted = [
        Evidence(sentence=sentence, where="abstract", index=index)
        for index, sentence in enumerate(sentences)
    ]
    own = [source for source, role in zip(quoted, roles, strict=True) if role in _OWN_WORK]
    results = [source for source, role in zip(quoted, roles, strict=True) if role == "result"]
    comment = Evidence(sentence=paper.comment, where="comment")
    counted = (
        *_matches(_COMMENT_COUNT, (comment,)),
        *_matches(_ABSTRACT_COUNT, own),
        *_tried_on(results),
    )
    addresses = _code(paper, sentences)
    told = [source.sentence for fact in addresses for source in fact.evidence]
    others = [
        source
        for source, role in zip(quoted, roles, strict=True)
        if role != "background" and not any(source.sentence in whole for whole in told)
    ]
    return (*_unique(counted)[:_MOST], *addresses, *_matches(_RELEASED, others))


def _matches(pattern: re.Pattern[str], sources: Iterable[Evidence]) -> Iterable[Statement]:
    for source in sources:
        for match in pattern.finditer(source.sentence):
            yield _fact(match.group(), source)


def _tried_on(results: Iterable[Evidence]) -> Iterable[Statement]:
    """Yield each data set that a result names, by itself."""
    for source in results:
        for names in _TRIED_ON.finditer(source.sentence):
            for name in _NAMED.findall(names[1]):
                yield _fact(name, source)


def _fact(text: str, source: Evidence) -> Statement:
    return Statement(text=text, evidence=(source,), kind="fact")


def _unique(facts: Iterable[Statement]) -> Statements:
    return tuple({fact.text.lower(): fact for fact in reversed(tuple(facts))}.values())[::-1]


def _code(paper: Paper, sentences: Sequence[str]) -> Statements:
    """Return the addresses of released code, each as it stands in the words that give it."""
    return tuple(
        _address(link.url, paper, sentences) for link in paper.links if link.kind == "code"
    )


def _address(url: str, paper: Paper, sentences: Sequence[str]) -> Statement:
    written = _as_written(url)
    for source in _places(paper, sentences):
        if found := written.search(source.sentence):
            return _fact(found.group(), source)
    return _fact(url, Evidence(sentence=url, where="metadata"))


def _as_written(url: str) -> re.Pattern[str]:
    """Return what finds an address also without its scheme, and with TeX's backslashes in it."""
    rest = "".join(rf"\\?{re.escape(character)}" for character in _SCHEME.sub("", url))
    return re.compile(rf"(?<![\w.@/-])(?:https?://)?{rest}(?![\w/])", re.ASCII)


def _places(paper: Paper, sentences: Sequence[str]) -> Iterable[Evidence]:
    for index, sentence in enumerate(sentences):
        yield Evidence(sentence=sentence, where="abstract", index=index)
    # The end of a sentence may be found inside an address.
    yield Evidence(sentence=squeeze(paper.abstract), where="abstract")
    yield Evidence(sentence=paper.comment, where="comment")
