"""This module finds what only forms say: how long a value should be, and where it goes.

A digest says what a paper says; it names no length for itself, has no "here" to write at, and no
value that is three dots.
"""

import re
from collections.abc import Iterator

from digestgen.evidence.values import FIELDS, Finding, Passage, Sources

_COUNT = (
    r"(?:\d+|[一二两三四五六七八九十百几]+)(?:\s?[-–~～到至]\s?(?:\d+|[一二三四五六七八九十百]+))?"
)
_ENGLISH_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|ten|a few|an?)"
    r"(?:\s?(?:-|–|to|or)\s?(?:\d+|two|three|four))?"
)
_BEGIN = r"(?:^|(?<=[。！？.!?\n(（\[【])|(?<=[:：.!?]\s))[ \t]*(?:[-*•][ \t]*)?"
_LENGTH = re.compile(
    # "50 characters or so" as a clause of its own, or with "will do" anywhere.
    rf"{_BEGIN}(?:不超过|最多|至多|大约|约|控制在|限|用)?\s*{_COUNT}\s*个?(?:字|句话?|词)"
    r"(?:左右|以内|之内|上下|内|即可|就行|就好|为宜)?(?:概括|总结|说明|描述)?(?=[，,。；;）)】\]\n]|$)"
    rf"|(?:不超过|最多|至多|大约|约)?{_COUNT}个?(?:字|句话?)(?:左右|以内|之内)?"
    r"(?:即可|就行|就好|为宜|足够|够了)"
    rf"|(?i:{_BEGIN}(?:(?:in|max(?:imum|\.)?|at most|no more than|up to|about)\s+)?{_ENGLISH_COUNT}"
    r"\s(?:short |full )?(?:sentences?|words?|characters)"
    r"(?:\s(?:max(?:imum)?|or (?:less|fewer)|at most))?"
    r"(?=[,.;)\]\n]|$)"
    rf"|\b(?:max(?:imum|\.)|at most|no more than)\s+{_ENGLISH_COUNT}\s(?:sentences?|words?)"
    r"(?=[,.;)\]\n]|$))",
    re.MULTILINE,
)
_CLAUSE = r"(?:^|(?<=[。！？；，、：:,;.!?\s(（\[【<]))"
_SENTENCE = r"(?:^[ \t]*(?:[-*•][ \t]*)?|(?<=[.!?:;(\[<])[ \t]*|(?<=[。：；（\[【]))"
_PLACE = re.compile(
    rf"{_CLAUSE}(?:这里|此处|这儿|在此处?|在这里)(?:请|需要?|应该?|可以?)?(?:简要|简单|用一句话)?"
    r"(?:[写填](?![到作成道了着入])|补(?:上|充(?!了|材料)|写))[^。；，\n)）\]】]{0,24}"
    r"|[填写贴补放](?:在)?(?:这里|此处|这儿)(?=[，,。；;）)】\]\s]|$)"
    r"|(?:没有|若无|如无|(?<![有与和])无)(?:的话)?(?:就|则|请)(?:写|填|留|标为?|空着|不填|不写|略)[^。；\n]{0,10}"
    r"|(?:删掉|删除|去掉|移除)(?:本|此|该|这[条行段句个]?)(?:提示|说明|行|段|句|括号|注释|文字)"
    r"|(?i:\b(?:goes|go|belongs?) here\b"
    rf"|{_SENTENCE}(?:write|fill in|put|insert|add|describe|state|paste|type|enter)\s"
    r"(?:[\w'-]+\s){0,5}here\b"
    r"|\bleave (?:it |this )?(?:empty|blank) (?:if|when|unless|otherwise)\b[^.;)\n]{0,20}"
    rf"|{_SENTENCE}(?:write|put|enter|say|use) [\"“']?(?:none|n/?a|unknown)[\"”']? if\b"
    r"[^.;)\n]{0,20}"
    r"|\b(?:delete|remove) this (?:line|note|hint|prompt|sentence|instruction)\b)",
    re.MULTILINE,
)
_ORDER = (
    r"\s*(?:(?:在)?(?:这里|此处))?(?:请)?(?:(?:简要|用一句话)?(?:写(?!作|法|意|入)|填(?!充|补)|补(?:上|充(?!材料|信息))|"
    r"描述(?![子符性])|插入|添加|简述|概括|列出|说明|介绍))"
)
_ENGLISH_ORDER = (
    r"\s*(?:Describe|Insert|State|Add|Write|Fill|Put|Enter|Provide|List|Summari[sz]e|Explain|Give|"
    r"Mention|Specify|Replace|Include)\s+[a-z]"
)
_BRACKETED = re.compile(
    rf"[\[【<{{](?:{_ORDER}|{_ENGLISH_ORDER})[^\[\]【】<>\n]{{0,80}}[\]】>}}](?!\()"
    rf"|^[ \t]*[(（](?:{_ORDER}|{_ENGLISH_ORDER})[^()（）\n]{{0,80}}[)）][ \t]*$",
    re.MULTILINE,
)
_DOTS = re.compile(
    r"(?<=[:：])[ \t]*(?:…+|\.{3,}|。{3,})(?=\s*(?:[；;，,。\n|]|$|[A-Z][a-z]+\s?:))"
    r"|^[ \t]*(?:[-*•][ \t]*)?(?:[(（]?\d{1,2}[.)）、:：]*[ \t]*)?(?:…+|\.{3,})[ \t]*$",
    re.MULTILINE,
)
_NOTHING = re.compile(r"\s*(?:n/?a|none|null|nil|-+|无|暂无)\s*[.。]?\s*", re.IGNORECASE)
_SOME_PLACE = re.compile(
    r"某(?:一|所|家|个|著名|知名|顶尖|重点|国内|国外|海外|不知名)*(?:大学|高校|院校|学院|公司|企业|机构|"
    r"研究[所院]|单位|实验室)"
)
_UNITS = ("字", "句", "词", "word", "sentence", "character")


def wishes(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find how long a value should be, where it goes, and orders in brackets."""
    text = passage.text
    lower = text.lower()
    patterns = [_LENGTH] if any(unit in lower for unit in _UNITS) else []
    patterns += [_BRACKETED] if any(sign in text for sign in "[【<{(（") else []
    for pattern in (*patterns, _PLACE):
        for match in pattern.finditer(passage.text):
            if not sources.hold(match[0].strip(" []【】()（）<>\n")):
                yield Finding(
                    rule="template-leak",
                    start=match.start(),
                    end=match.end(),
                    message=f"an instruction to the writer was left in: {match[0].strip()[:60]!r}",
                )


def empty_values(passage: Passage, _: Sources) -> Iterator[Finding]:
    """Find values that are three dots, "none" where there always is one, or "some university"."""
    found = list(_DOTS.finditer(passage.text))
    if passage.part in ("title", "authors", "keywords"):
        found += filter(None, [_NOTHING.fullmatch(passage.text)])
    if passage.part in FIELDS:
        found += _SOME_PLACE.finditer(passage.text)
    for match in found:
        if match[0].strip():
            yield Finding(
                rule="placeholder",
                start=match.start(),
                end=match.end(),
                message=f"a slot that was not filled in: {match[0].strip()[:60]!r}",
            )
