"""This module shortens a sentence by leaving words out, and only where it stays a sentence.

It leaves out what opens a sentence without saying anything, what stands in brackets, and a last
clause. It never cuts inside an enumeration, and never down to words without a verb.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Cut = Literal["aside", "lead", "purpose", "claim", "tail", "joint"]

MOST_FORMS = 20
_LONGEST = 1200  # characters; beyond it stands no sentence, and time grows with the square
_FEWEST_WORDS = 8  # of what a last clause leaves behind
_FEWEST_AFTER_LEAD = 6

_PAPER = r"(?:paper|work|article|study|letter|report|thesis|survey|manuscript|note|research)"
_LEAD = re.compile(
    rf"(?:in (?:this|the present|our) (?:\w+ )?{_PAPER}(?:, ?| )(?=(?:we|i|the authors?)\b)"
    r"|(?:here|in short|in summary|in sum|to summari[sz]e|in conclusion|overall|ultimately),? "
    r"(?=(?:we|i)\b)"
    r"|(?:however|moreover|furthermore|additionally|in addition|finally|lastly|besides|also"
    r"|specifically|more specifically|in particular|concretely|then|next|thus|therefore|hence"
    r"|consequently|accordingly|as a (?:result|consequence)|to (?:this|that) end|for this purpose"
    r"|to do so|in this regard|in response|in contrast|nevertheless|instead|notably"
    r"|interestingly|importantly|surprisingly|remarkably|first|firstly|second|secondly|third"
    r"|in fact|indeed|meanwhile|similarly|on the other hand|in light of this), )",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?:(?:in order )?to|for|with|by|based on|building on|motivated by|inspired by|driven by|given"
    r"|using|leveraging|following|unlike|towards?|in this context|as|while|although|since|despite"
    r"|because|when|in contrast to) [^,;:]{4,110}, (?=(?:we|this (?:paper|work)) \w)",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"(?:(?:we|i) (?:also |further |then |empirically |theoretically |experimentally )?"
    r"(?:show|demonstrate|find|found|prove|observe|argue|confirm|verify|establish)"
    r"|(?:(?:our|the|extensive|experimental|empirical|numerical)(?: \w+){0,3} )?"
    r"(?:results?|experiments?|evaluations?|findings?|analysis|analyses|study)"
    r"(?: (?:on|in|with|across|over) [^,;:]{2,60})? "
    r"(?:show|demonstrate|indicate|suggest|reveal|confirm|verify|prove)s?) that ",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r" \((?!(?:[ivx]{1,4}|[a-h]|\d{1,2})\))[^()]{1,90}\)(?=[ .,;:!?])"
    r"|~?\\cite\w{0,6}\{[^{}]{1,80}\}"
    r"| ?\[\d{1,3}(?:[,–-] ?\d{1,3}){0,9}\]"
    # Behind an example a verb or a preposition follows; anything else may be the next of a list.
    r"|, (?:such as|e\.g\.,?|i\.e\.,?|for example,?) [^,;:()]{3,90},"
    r"(?= (?:in|on|for|to|with|by|from|at|of|is|are|was|were|has|have|can|do|does|may|will|that"
    r"|which|who)\b)"
)
_DOING = (
    r"(?:allowing|enabling|leading|resulting|making|achieving|outperforming|improving|providing"
    r"|yielding|reducing|showing|demonstrating|including|using|leveraging|ensuring|offering|giving"
    r"|avoiding|eliminating|obtaining|suggesting|highlighting|facilitating|requiring|surpassing"
    r"|paving|opening|exploiting|exceeding|establishing|indicating|addressing|following|based on)"
)
_TAIL = re.compile(
    r": (?=\(?(?:1|i|a)\))"
    r"|(?:,|;| [-–—]{1,3}|:) (?=(?:which|where|whereas|while|thereby|thus|hence|therefore"
    rf"|so that|such that|{_DOING}|by \w+ing|without|compared (?:to|with)|for which|in which"
    r"|with which|from which|of which|for example|for instance|e\.g\.|i\.e\.|namely|because"
    r"|since|although|even (?:when|though|if)|despite|with(?: the| an?)?|and (?:is|are|we|it|thus"
    r"|hence|therefore|can|also|then|further|show|demonstrate|prove|achieve|evaluate|find|provide"
    r"|outperform|improve)\w{0,2})\b)"
    # Without a comma only what says how or what for; "when ..." and "without ..." are conditions.
    r"| (?=(?:by \w+ing|using|via|through|so that|in order to|while \w+ing"
    r"|(?:thereby|thus) \w+ing)\b)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r",? and (?=(?:we |then |also |further )?(?:show|demonstrate|prove|evaluate|discuss|compare"
    r"|validate|verify|find|analy[sz]e|provide|apply|present|report|illustrate|conduct)s? )",
    re.IGNORECASE,
)
_ENUMERATOR = re.compile(r"(?:^|[\s(])(?:[ivx]{1,4}|[a-h]|\d{1,2})\)", re.IGNORECASE)
_LISTING = re.compile(r",[^,]{1,40}(?:, [^,]{1,40})?$")
_JOINS = re.compile(r"(?:^|[ ,])(?:and|or|as well as) ", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\b(?:and|or|of|the|an?|to|in|on|for|with|by|that|which|is|are|was|be|as|from|both|between"
    r"|e\.g|i\.e|than|at|into|not|only|just|even|solely|simply|merely|either|well|rather|where|when|while|if|such|their|its|our|this|these|can|may)$",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"(?:by|using|with|in|to|for|while|although|given|based|when|as|if|despite|since|because"
    r"|unlike|after|through|on|motivated|inspired|from|at|during|under|among|building|driven"
    r"|leveraging|though|whereas|beyond|without|compared)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:(?:we|i|they|it|which|that)(?: \w{2,14}ly| also| then| first| further)? [a-z]{3,}"
    r"|is|are|was|were|has|have|had|can|could|may|might|will|would|must|should|does|do|did"
    r"|(?:propos|introduc|us|improv|achiev|describ|provid|combin|leverag|explor|investigat|analyz"
    r"|analys|examin|compar|generat|produc|enabl|reduc|requir|remov|mak|tak|giv|aris|becom|captur"
    r"|evaluat|demonstrat|integrat|optimiz|formulat|creat|solv|serv|involv|reveal|generaliz)(?:es|ed)"
    r"|(?:present|develop|extend|show|learn|yield|outperform|perform|allow|address|exceed|depend"
    r"|need|help|lead|support|consider|report|reach|attain|exhibit|offer|construct|predict|model"
    r"|design|build|find|suffer|contain|consist|remain|work|train|represent|exploit|map|appl"
    r"|rel|stud|identif|surpass|match|run|detect|benefit|play|hold|converge)(?:s|es|ed|ies|ied)"
    r"|led|built|found|made|took|gave|became|shown|learnt)\b"
)
_DENIES = re.compile(r"\b(?:not|no|never|cannot|only|neither|without|unless|if)\b|n['’]t\b")
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|where|when|while|as|if|because|whose|to|than|how|whether)\b"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A sentence with words left out, and what was; the whole sentence has no cuts."""

    text: str
    cuts: frozenset[Cut] = frozenset()


def forms(sentence: str) -> tuple[Form, ...]:
    """Return the whole sentence and its shorter forms, each a subsequence of its characters."""
    whole = Form(sentence)
    if len(sentence) > _LONGEST:
        return (whole,)
    found: dict[str, Form] = {sentence: whole}
    for opened in _without_openings(whole):
        for form in (opened, *_without_ends(opened)):
            found.setdefault(form.text, form)
            if len(found) == MOST_FORMS:
                return tuple(found.values())
    return tuple(found.values())


def opened(sentence: str) -> Form:
    """Return the sentence without its brackets and lead-in; everything that it tells is left."""
    if len(sentence) > _LONGEST:
        return Form(sentence)
    kept = [form for form in _without_openings(Form(sentence)) if form.cuts <= {"aside", "lead"}]
    return kept[-1]


def _without_openings(whole: Form) -> Iterator[Form]:
    """Yield the sentence without brackets, lead-in, purpose and claim, from long to short."""
    yield from _opened_further(whole)
    if _first_enumerator(whole.text) < len(whole.text):
        return
    bare = _ASIDE.sub("", whole.text)
    if bare != whole.text and _can_stand(bare):
        yield from _opened_further(Form(bare, frozenset({"aside"})))


def _opened_further(current: Form) -> Iterator[Form]:
    yield current
    for cut, pattern in _OPENINGS:
        while (match := pattern.match(current.text)) and _can_stand(current.text[match.end() :]):
            current = Form(current.text[match.end() :], current.cuts | {cut})
            yield current


_OPENINGS: tuple[tuple[Cut, re.Pattern[str]], ...] = (
    ("lead", _LEAD),
    ("purpose", _PURPOSE),
    ("claim", _CLAIM),
)
_ENDS: tuple[tuple[Cut, re.Pattern[str]], ...] = (("tail", _TAIL), ("joint", _JOINT))


def _can_stand(rest: str) -> bool:
    return rest.count(" ") >= _FEWEST_AFTER_LEAD and _VERB.search(rest) is not None


def _without_ends(form: Form) -> Iterator[Form]:
    text = form.text
    end = len(text) - 1 if text.endswith((".", "!", "?")) else len(text)
    listed = _first_enumerator(text)
    for cut, pattern in _ENDS:
        for match in pattern.finditer(text, 0, end):
            head, rest = text[: match.start()].rstrip(" ,;:"), text[match.end() : end]
            after_comma = match[0] != " "
            if match.start() < listed and _leaves_a_sentence(head, rest, after_comma=after_comma):
                yield Form(head + text[end:], form.cuts | {cut})


def _first_enumerator(text: str) -> int:
    """Return where the first of several enumerators stands, behind the text without any."""
    marks = [match.start() for match in _ENUMERATOR.finditer(text)]
    return marks[0] if len(marks) > 1 else len(text)


def _leaves_a_sentence(head: str, rest: str, *, after_comma: bool) -> bool:
    if head.count(" ") + 1 < _FEWEST_WORDS or rest.count(" ") < 1:
        return False
    if head.count("(") != head.count(")") or head.count('"') % 2 or head.count("$") % 2:
        return False
    if _OPEN_END.search(head) or (_LISTING.search(head) and _JOINS.search(rest)):
        return False
    if not after_comma and (_goes_on(rest) or _DENIES.search(head)):
        return False
    return _has_main_verb(head)


def _goes_on(rest: str) -> bool:
    """Tell whether the verb of what stands before may come only here: "nets using X are ..."."""
    verb = _VERB.search(rest)
    return verb is not None and _SUBORDINATE.search(rest[: verb.start()]) is None


def _has_main_verb(head: str) -> bool:
    """Tell whether a clause that is no opening of another one, and no remark, has a verb."""
    first, *others = head.rpartition(" that ")[2].split(", ")
    clauses = others if _FRONTED.match(first) else [first, *others]
    return any(_VERB.search(clause) for clause in clauses if not _SUBORDINATE.match(clause))
