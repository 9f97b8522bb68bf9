"""This module finds slots of a form that nothing was put into.

A model that is given a form sometimes gives it back. A slot is told by what it is made of: words
that only name what should stand there ("论文链接地址", "[Author Name]"), runs of x, names of hosts
that are reserved for examples, words of delay.
"""

import re
from collections.abc import Iterator

from digestgen.evidence.values import FIELDS, Finding, Passage, Sources

_HAN = r"\u3400-\u9fff"
# What a slot's name is made of. The nouns say what should stand there, the rest fills up.
_NOUN = (
    r"链接|地址|网址|网页|主页|作者|姓名|名称|名字|名单|标题|题目|机构|单位|隶属|关键词|代码|仓库|源码|"
    r"论文|文章|内容|占位符|github|urls?|links?|address(?:es)?|papers?|code|titles?|authors?|"
    r"names?|affiliations?|institutions?|universit(?:y|ies)|keywords?|repositor(?:y|ies)|repo|"
    r"summary|abstract|placeholder|text|email|doi|arxiv(?:[ _-]?id)?"
)
_FILLER = (
    r"[\s\W_]|的|之|和|与|及|或|库|其|等|第一|所有|所在|所属|实际|真实|具体|对应|相关|中文|英文|"
    r"完整|本文|原文|全文|此处|这里|处|为|是|插入|填写|填入|补充|替换为?|待|您|你|请|点击|访问|若有|如有|"
    r"here|insert|enter|add|put|your|the|an?|of|for|to|in|actual|real|first|full|goes|link|to be|"
    r"fill(?:ed)?|provided?"
)
_SLOT_WORDS = re.compile(rf"(?P<noun>{_NOUN})|(?:{_FILLER})", re.IGNORECASE)

_X = re.compile(
    rf"(?<![A-Za-z0-9_^{{\\.\-])(?:x{{3,}}|X{{3,}}|X{{2}}(?=[{_HAN}、，。；）])"
    rf"|(?<=[{_HAN}])(?:xx+|XX+)|××+|某某+|某(?=大学|学院|公司|机构|研究[所院]|单位|作者)|○{{2,}}|□{{2,}}|_{{4,}})(?![A-Za-z0-9_}}])"
)
_HOST = re.compile(
    r"(?:https?://)?(?:www\.)?example\.(?:com|org|net|edu)\b[^\s)）\]，。；\"”]*"
    r"|https?://(?:[\w.-]+\.(?:example|test|invalid)|localhost|x{2,}|X{2,}|\.{2,}|…+|#|链接|网址"
    r"|(?:your|url|link|path|paper)[-_ ]?(?:to|here|link|url|address|domain)?(?:\.com)?)"
    r"(?![\w.-])[^\s)）\]，。；\"”]*"
    r"|https?://(?:www\.)?(?:your|my|insert|some)[-_.][\w.-]+"
    r"|https?://(?:www\.)?(?:github|arxiv)\.(?:com|org)/?(?=[\s)）\]，。；\"”]|$)"
    r"|github\.com/(?:(?:x{2,}|user(?:name)?|your[-_]?\w*|author|owner|\.{2,}|…|\[|<|\{)[^\s)），。]*"
    r"|[\w.-]+/(?:x{3,}|repo(?:sitory)?(?:[-_]?name)?|project(?:[-_]?name)?)(?![\w.-]))"
    r"|arxiv\.org/(?:abs|pdf)/(?:[xX]{2,}[.\w]*|(?:1234|0000|9999)\.\d+|[\[<{…]|\.{2,})[^\s)），。]*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"(?<![\w/=])\[(?P<square>[^\[\]\n]{1,40})\](?!\((?:https?:|#))"
    r"|[(（](?P<round>[^()（）\n]{1,40})[)）]"
    r"|[<＜](?P<angle>[^<>\n/=]{2,40})[>＞]"
    r"|\{(?P<curly>[^{}\n\\=]{2,40})\}"
    r"|【(?P<thick>[^【】\n]{1,40})】"
)
_DEFERRED = (
    r"(?<![有尚亟仍])待(?:定(?!系数|义|位|制|量)|补充|续|更新|公布|确认|审核|填写|完善|查(?!询)|提供|添加|"
    r"核实|发布|替换)|暂缺|占位符?"
    r"|\b(?:TBD|TBA|TODO|FIXME)\b|(?i:\bto be (?:added|determined|announced|filled|completed|"
    r"updated|confirmed|provided|inserted)\b)"
)
_DEFERRED_IN_FIELD = re.compile(_DEFERRED)
# In sentences such words are common; alone in brackets or as a whole sentence they are a slot.
_DEFERRED_ALONE = re.compile(
    rf"[(（\[【]\s*(?:{_DEFERRED})[^)）\]】\n]{{0,12}}[)）\]】]|^\s*(?:{_DEFERRED})[。.]?\s*$"
    r"|(?i:\blorem ipsum\b)",
    re.MULTILINE,
)

_PARENTHESES = re.compile(r"[(（\[【][^()（）\[\]【】\n]*[)）\]】]?")
_SEGMENT = re.compile(r"[^，,。；;\n]+")
_NAMED_VALUE = re.compile(r"^[^:：]{0,16}[:：](?!//)\s*(?P<value>.*)$", re.DOTALL)
_NOTHING = re.compile(
    r"(?i:none|n/?a|null|nil|no|not available|unavailable)|无|暂无|没有|未提供|未公开",
    re.IGNORECASE,
)


def placeholders(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find slots that nothing was put into."""
    for pattern in (_X, _HOST, _DEFERRED_ALONE):
        for match in pattern.finditer(passage.text):
            yield from _unfilled(match.start(), match.end(), passage, sources)
    for match in _BRACKETED.finditer(passage.text):
        before = passage.text[max(0, match.start() - 3) : match.start()].rstrip()[-1:]
        annotates = match["round"] is not None and (
            (before.isascii() and before != "")
            or _is_term(match["round"], before, passage, sources)
        )
        if _is_slot(match[match.lastgroup or 0]) and not annotates:
            yield from _unfilled(match.start(), match.end(), passage, sources)
    if passage.part in FIELDS:
        for match in _DEFERRED_IN_FIELD.finditer(passage.text):
            yield from _unfilled(match.start(), match.end(), passage, sources)
        yield from _named_only(passage, sources)


def _is_term(text: str, before: str, passage: Passage, sources: Sources) -> bool:
    """Tell whether a sentence has a word of the paper after its Chinese: 代码 (code)."""
    is_word = text.isascii() and text.isalpha()
    return is_word and before > "\u3400" and passage.part not in FIELDS and sources.hold(text)


def _unfilled(start: int, end: int, passage: Passage, sources: Sources) -> Iterator[Finding]:
    text = passage.text[start:end]
    if not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", sources.plain):
        yield Finding(
            rule="placeholder",
            start=start,
            end=end,
            message=f"a slot that was not filled in: {text.strip()[:60]!r}",
        )


def _is_slot(text: str) -> bool:
    """Tell whether a text only names what should stand in its place."""
    nouns, end = 0, 0
    for match in _SLOT_WORDS.finditer(text):
        if match.start() != end:
            return False
        end = match.end()
        nouns += match["noun"] is not None
    return end == len(text) and nouns > 0


def _named_only(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find values of a field that only name it: "作者：作者名称", "Code: GitHub link"."""
    masked = _PARENTHESES.sub(lambda match: " " * len(match[0]), passage.text)
    if passage.part == "keywords" and not re.search("关键|(?i:key ?word)", masked):
        return  # "code" and "text" are keywords of many papers
    for segment in _SEGMENT.finditer(masked):
        named = _NAMED_VALUE.match(segment[0])
        value = (named["value"] if named else segment[0]).strip()
        if value and _is_slot(value) and not _NOTHING.fullmatch(value):
            start = segment.start() + segment[0].index(value)
            yield from _unfilled(start, start + len(value), passage, sources)
