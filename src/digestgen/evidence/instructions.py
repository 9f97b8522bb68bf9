"""This module finds instructions to the writer that were left in a text.

An instruction is told by whom it speaks to: whoever fills in the form, in the words of forms. Where
values stand (title, authors, links) any condition is one; in sentences a paper may speak of
templates, formats and answers itself, so there only what can mean nothing else counts.
"""

import re
from collections.abc import Iterator

from digestgen.evidence.values import FIELDS, Finding, Passage, Sources

# Whom a paper asks to rate or to label, and words that only begin with the character.
_NO_REQUEST = (
    r"[求教客假柬愿示功战缨罪帖]|了?(?:\d+|[一二两三四五六七八九十几多数若]+)\s*[余多干]?[位名个]|了?(?:志愿者|"
    r"专家|标注[员者]|参与者|受试|被试|评审|评委|评估[员者]|用户|学生|医生|人类|人工|众包|领域|专业|母语|外部|第三方|"
    r"资深|独立|放射|观众|听众|受访)"
)
# Inside of a clause only a verb of forms tells a request: the authors may ask anyone for anything.
_FORM_VERB = (
    r"根据|依据|按|参[考阅见照]|查[看阅]|填|写|提供|补充|替换|注意|使用|自行|输入|确[认保]|联系|务必|忽略|"
    r"说明|描述|标[注明]为?(?![员者])|结合|检查|修改|删除|保持|输出|回答|翻译|总结|将|把|在|用(?!户)|勿|不要|访问|点击|插入|"
    r"阅读|给出|以|直接|具体|见|对|留|进一步"
)
_PLEASE = (
    rf"(?:(?:^|(?<=[。！？；，、：:,;.!?\s(（\[【“\"「]))请(?!{_NO_REQUEST})"
    rf"|(?<![申邀聘恳敬吁提诚烦约])请(?={_FORM_VERB}))[^。！？!?\n，,）)；]{{0,40}}"
    r"|(?i:\bplease\s+(?:provide|fill|note|replace|refer|see|check|insert|specify|add|use|visit|"
    r"adjust|modify|complete|update|ensure|make sure|consult|write|supply|verify|remember|keep|"
    r"let|find|feel)\b[^.!?\n]{0,60})"
)
_PAPER = r"(?:论文|文章|原文|文中|本文|全文|链接|提供的)"
_FILL = (
    rf"(?:需要?|应(?:该|当)?|须|可|必须|具体[^，。\n]{{0,6}})(?:根据|依据|按照|结合|参考)[^。；\n]{{0,10}}?{_PAPER}"
    r"[^。；\n]{0,24}?(?:填写|填充|填入|调整|补充|修改|替换|完善|阐述|确定)"
    r"|(?:需要?|应(?:该|当)?|根据)[^。；，\n]{0,16}填[写入]"
    r"|(?:需要?|应)(?:替换|修改|更换|改)(?:为|成)(?:真实|实际|具体|正确)[^。；，\n）)]{0,16}"
    r"|(?:此处|这里|在此)(?:请|需要?|应|应该|可|待)?填[写入上][^。；\n）)]{0,24}"
    r"|(?:此处|这里|在此)(?:请|需要?|应|应该|待)(?:插入|补充|替换)[^。；\n）)]{0,24}"
    r"|(?:则|可|应|并|请|来|进行|需要?|若不可用)(?:直接)?(?:填[写入上]|标记)(?:为)?"
    r"(?=[“\"'：:「)）]|无|None|待)"
    r"|(?:若|如果?)(?:当前|文中|原文|论文|暂时|确实)?(?:不可用|可用|无(?:代码|链接)?|没有|未提供)[^。；\n]{0,14}?"
    r"[，,]?\s*(?:请|则|可|可以)?(?:填[写入]|留空|留白|不写|写(?:为|“|\")|标[记注]为)"
    r"|(?:暂时|请|可|先)(?:留空|留白)|留空(?:即可|待|处理)"
    r"|(?i:\bfill(?:ed)?\s+in\b(?:[^.\n]{0,20}\b(?:here|actual|real|name|details|based|later)\b"
    r"|(?=\s*[)\]]))|\breplace(?:d)?\s+(?:this|it|them)?\s*with\s+(?:the\s+)?(?:actual|real|your)\b"
    r"|\binsert\s+(?:\w+\s+){0,3}here\b|\baccording\s+to\s+the\s+actual\s+(?:paper|text|content)\b"
    r"|\b(?:above|following|this)\s+(?:answer|response|summary)\s+is\s+(?:only\s+)?(?:a|an)\s+"
    r"(?:template|example)\b)"
)
_ABOUT_ANSWER = (
    r"(?:以上|上述|我的)(?:的)?(?:回答|答复|回复|模板|示例)[^。！\n]{0,30}|本(?:回答|答复|回复)[^。！\n]{0,30}"
    r"|(?:仅为|只是)(?:一个)?(?:模板|示例|占位)(?=[，。,.；;]|$)"
    r"|[（(](?:这(?:里)?(?:只)?是)?(?:示例|举例|样例|占位)[，,：:)）]"
)
_FORMAT = (
    r"(?:严格|一定要|务必|必须|应当|尽量)[^。；\n]{0,10}(?:遵循|遵守|按照|按|符合|依照)[^。；\n]{0,14}"
    r"(?:格式|学术规范|要求(?:进行)?(?:回答|输出|作答|填写|总结|表述))"
    r"|(?:遵循|遵守|符合)(?:相应的|给出的|规定的)?(?:学术规范|格式要求)"
    r"|务必[^。；\n]{0,30}|切记[^。；\n]{0,20}"
    r"|(?:使用|利用)(?:原始的?|原文(?:中)?的?)数字(?:的)?值?|不(?:要)?重复前面的?(?:内容)?"
    r"|(?:尽量|应当?|力求|要求)(?:做到)?简(?:洁|明)[^。\n]{0,6}(?:概括|明了|学术)"
    r"|(?:输出|回答|填写)格式(?:如下|为|要求)"
    r"|(?:^|(?<=[。；，\n]))\s*(?:请?不要|切勿|禁止|避免)(?:添加|输出|重复|编造|包含|使用)[^。；\n]{0,12}"
    r"(?:解释|内容|文字|信息|说明|废话)"
    r"|字数(?:限制|要求|控制)|不超过\s*\d+\s*个?字"
    r"|(?i:\bstrictly follow(?:ing)? the (?:required |given |above |specified )?format\b"
    r"|\bno more than \d+ words\b"
    r"|(?:^|(?<=[.!\n]))\s*(?:make sure|remember|ensure) to (?:use|include|keep|answer|write)\b"
    r"[^.\n]{0,40}"
    r"|(?:^|(?<=[.!\n]))\s*(?:output|write|provide) (?:the|your) (?:answer|summary|response)\b"
    r"[^.\n]{0,40}"
    r"|\banswer (?:in|with) (?:english|chinese|the following format)\b)"
)
_USE_LANGUAGE = (
    r"[（(][^（）()\n]{0,12}(?:使用|采用|用)(?:英文|中文|英语|汉语)[^（）()\n]{0,12}[)）]?"
    r"|(?:全部|关键词|请|需|务必)(?:均|都)?(?:使用|采用|用)(?:英文|中文|英语|汉语)"
    r"|(?:使用|采用|用)(?:英文|中文|英语|汉语)(?:进行|来)?(?:回答|作答|填写|表述|撰写|输出|书写)"
    r"|[（(][^（）()\n]{0,8}(?:带有?|附有?|含|需要?)(?:中文|英文)翻译[）)]"
    r"|(?i:\(\s*(?:use|in|using|written in)\s+(?:english|chinese)\s*\)"
    r"|\b(?:answer|write|respond)\s+in\s+(?:english|chinese)\b)"
)
_INSTRUCTION = re.compile(
    "|".join((_PLEASE, _FILL, _ABOUT_ANSWER, _FORMAT, _USE_LANGUAGE)), re.MULTILINE
)
_CONDITION = re.compile(
    r"(?:如果?|若|假如|倘若)(?:论文|文中|文章|当前|代码|链接|已知|暂时|确实|能|可以|没有|不|有|可|无|未|存在|"
    r"提供)[^。；\n，,）)]{0,24}"
    r"|(?i:\bif\s+(?:available|applicable|any|known|not|it|the|there|provided|possible|exists?|you)\b"
    r"[^.;\n)]{0,30})"
)
_FILL_IN = re.compile(
    r"填写|填充|填入|留空|留白|(?i:\bfill in\b)"
    r"|(?:使用|采用|用)(?:英文|中文|英语)(?:翻译)?(?=[)）。，；,;、\s]|$)"
    r"|(?:以上|上述|该|这个)(?:回答|答案|答复)|作为(?:模板|示例|占位)",
    re.MULTILINE,
)
# A translation into the language that the sentence before it is in already.
_TRANSLATION = re.compile(r"(?<=[。！”])\s*中文(?:翻译|描述|版本?|表述)(?:为)?[:：]")


def template_leaks(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find instructions to the writer: fill in, replace, use English, follow the format."""
    in_field, in_prose = (_INSTRUCTION, _CONDITION, _FILL_IN), (_INSTRUCTION, _TRANSLATION)
    for pattern in in_field if passage.part in FIELDS else in_prose:
        for match in pattern.finditer(passage.text):
            if not sources.hold(match[0]):
                yield Finding(
                    rule="template-leak",
                    start=match.start(),
                    end=match.end(),
                    message=f"an instruction to the writer was left in: {match[0].strip()[:60]!r}",
                )
