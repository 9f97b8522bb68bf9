"""This module finds a form that was not filled in: empty slots, and the instructions for them.

A model that is given a form sometimes gives it back. A slot is told by what it is made of: words
that only name what should stand there ("论文链接地址", "[Author Name]"), runs of x, names of hosts
that are reserved for examples. An instruction is told by whom it speaks to: the writer.
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
    r"完整|本文|原文|全文|此处|这里|插入|填写|填入|补充|替换为?|待|您|你|请|点击|访问|若有|如有|"
    r"here|insert|enter|add|put|your|the|an?|of|for|to|in|actual|real|first|full|goes|link|to be|"
    r"fill(?:ed)?|provided?"
)
_SLOT_WORDS = re.compile(rf"(?P<noun>{_NOUN})|(?:{_FILLER})", re.IGNORECASE)

_X = re.compile(
    rf"(?<![A-Za-z0-9_^{{\\.\-])(?:x{{3,}}|X{{3,}}|X{{2}}(?=[{_HAN}、，。；）])"
    rf"|(?<=[{_HAN}])(?:xx+|XX+)|××+|某某+|○{{2,}}|□{{2,}}|_{{4,}})(?![A-Za-z0-9_}}])"
)
_HOST = re.compile(
    r"(?:https?://)?(?:www\.)?example\.(?:com|org|net|edu)\b[^\s)）\]，。；\"”]*"
    r"|https?://(?:[\w.-]+\.(?:example|test|invalid)|localhost|x{2,}|X{2,}|\.{2,}|…+|#|链接|网址"
    r"|(?:your|url|link|path|paper)[-_ ]?(?:to|here|link|url|address|domain)?(?:\.com)?)"
    r"(?![\w.-])[^\s)）\]，。；\"”]*"
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

_PLEASE = (
    r"(?<![申邀聘恳敬吁提诚烦约])请(?![求教客假柬愿示功战缨罪帖])[^。！？!?\n，,）)；]{0,40}"
    r"|(?i:\bplease\s+(?:provide|fill|note|replace|refer|see|check|insert|specify|add|use|visit|"
    r"adjust|modify|complete|update|ensure|make sure|consult|write|supply|verify|remember|keep|"
    r"let|find|feel)\b[^.!?\n]{0,60})"
)
_FILL = (
    r"(?:需要?|应(?:该|当)?|须|可|必须|具体[^，。\n]{0,6})(?:根据|依据|按照|结合|替换为?|参考)[^。；\n]{0,16}?"
    r"(?:实际|原文|真实|具体|论文内容|文章内容)[^。；\n]{0,24}?"
    r"(?:填写|填充|填入|调整|补充|修改|替换|完善|阐述|确定)"
    r"|(?:需要?|应)(?:替换|修改|更换|改)(?:为|成)(?:真实|实际|具体|正确)[^。；，\n）)]{0,16}"
    r"|(?:此处|这里|在此)(?:请|需要?|应|应该|可|待)?(?:填写|填入|填上|插入|补充|替换)[^。；\n）)]{0,24}"
    r"|(?:则|可|应|并|请|来|进行|需要?|若不可用)(?:直接)?(?:填写|填入|填上|标记)(?:为)?(?=[“\"'：:「)）]|无|None|待)"
    r"|根据(?:实际|具体|真实)[^。；，\n]{0,12}(?:填写|填充|补充|替换|调整)"
    r"|(?:若|如果?)(?:当前|文中|原文|论文|暂时|确实)?(?:不可用|可用|无(?:代码|链接)?|没有|未提供)[^。；\n]{0,14}?"
    r"[，,]?\s*(?:请|则|可|可以)?(?:填写|留空|留白|写|标[记注]|替换|忽略|省略)"
    r"|(?:暂时|请|可|先)?(?:留空|留白)(?:待|以待|等待|即可|处理)?"
    r"|(?i:\bfill(?:ed)?\s+in\b(?:[^.\n]{0,20}\b(?:here|actual|real|name|details|based|blank|later)\b"
    r"|(?=\s*[)\]]))|\breplace(?:d)?\s+(?:this|it|them|with\s+(?:the\s+)?(?:actual|real|your))\b"
    r"|\binsert\s+(?:\w+\s+){0,3}here\b|\baccording\s+to\s+the\s+actual\b"
    r"|\b(?:above|following|this)\s+(?:answer|response|summary)\s+is\s+(?:only\s+)?(?:a|an)\s+"
    r"(?:template|example)\b)"
)
_ABOUT_ANSWER = (
    r"(?:以上|上述|本|该|这个|此|我的)(?:回答|答案|答复|回复|模板|示例|格式)[^。！\n]{0,30}"
    r"|(?:仅为|只是|作为)(?:一个)?(?:模板|示例|占位)[^。！\n]{0,16}"
    r"|[（(](?:这(?:里)?(?:只)?是)?(?:示例|举例|样例|占位)[，,：:)）]"
)
_FORMAT = (
    r"(?:严格|一定要|务必|必须|应当|尽量)[^。；\n]{0,10}(?:遵循|遵守|按照|按|符合|依照)[^。；\n]{0,14}"
    r"(?:格式|学术规范|要求|规范)"
    r"|(?:遵循|遵守|符合)(?:相应的|给出的|指定的|规定的)?(?:学术规范|格式要求|输出格式)"
    r"|务必[^。；\n]{0,30}|切记[^。；\n]{0,20}"
    r"|(?:使用|利用)(?:原始的?|原文(?:中)?的?)数字(?:的)?值?|不(?:要)?重复前面的?(?:内容)?|(?:尽量|应当?|力求|要求)(?:做到)?简(?:洁|明)[^。\n]{0,6}"
    r"(?:概括|明了|学术)|字数(?:限制|要求|控制)|不超过\s*\d+\s*[字词个]"
    r"|(?i:\bstrictly follow(?:ing)? the\b|\bword limit\b|\bno more than \d+ words\b|"
    r"\bfollow(?:ing)? the (?:required |given |specified )?(?:output )?format\b)"
)
_USE_LANGUAGE = (
    r"[（(]?(?:全部|均|都|关键词|请|需|应|要)?(?:使用|采用|用)(?:英文|中文|英语|汉语)(?:翻译|表示|填写|列出|作答|书写|名称)?"
    r"(?=[)）。，；,;、\s]|$)"
    r"|[（(][^（）()\n]{0,8}(?:带有?|附有?|含|需要?)(?:中文|英文)翻译[）)]"
    r"|(?i:\(\s*(?:use|in|using|written in)\s+(?:english|chinese)\s*\)"
    r"|\buse\s+(?:english|chinese)\b)"
)
_IF_ANY = re.compile(
    r"(?:如果?|若|假如|倘若)(?:论文|文中|文章|当前|代码|链接|已知|暂时|确实|能|可以|没有|不|有|可|无|未|存在|"
    r"提供)[^。；\n，,）)]{0,24}"
    r"|(?i:\bif\s+(?:available|applicable|any|known|not|it|the|there|provided|possible|exists?|you)\b"
    r"[^.;\n)]{0,30})"
)
_LEAK = re.compile("|".join((_PLEASE, _FILL, _ABOUT_ANSWER, _FORMAT, _USE_LANGUAGE)), re.MULTILINE)
_FILL_IN_FIELD = re.compile(r"填写|填充|填入|留空|留白|(?i:\bfill in\b)")

# A translation into the language that the sentence before it is in already.
_TRANSLATION = re.compile(r"(?<=[。！”])\s*中文(?:翻译|描述|版本?|表述)(?:为)?[:：]")
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
        before = passage.text[max(0, match.start() - 1) : match.start()]
        annotates = match["round"] is not None and (before.isascii() and before.strip())
        if _is_slot(match[match.lastgroup or 0]) and not annotates:
            yield from _unfilled(match.start(), match.end(), passage, sources)
    if passage.part in FIELDS:
        for match in _DEFERRED_IN_FIELD.finditer(passage.text):
            yield from _unfilled(match.start(), match.end(), passage, sources)
        yield from _named_only(passage, sources)


def template_leaks(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find instructions to the writer: fill in, replace, use English, follow the format."""
    in_field, in_prose = (_LEAK, _IF_ANY, _FILL_IN_FIELD), (_LEAK, _TRANSLATION)
    patterns = in_field if passage.part in FIELDS else in_prose
    for pattern in patterns:
        for match in pattern.finditer(passage.text):
            if not sources.hold(match[0]):
                yield Finding(
                    rule="template-leak",
                    start=match.start(),
                    end=match.end(),
                    message=f"an instruction to the writer was left in: {match[0].strip()[:60]!r}",
                )


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
