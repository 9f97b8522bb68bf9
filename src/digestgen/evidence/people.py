"""This module finds people whom a Chinese text names.

A name in Chinese has no capital and no space, so it is told by what stands around it: who proposes
something, whose method it is, who is followed by "and others". Those who may do so without being a
person are few, and nouns of the trade: the authors, the paper, the method.
"""

import re
from collections.abc import Iterator

_HAN = r"[\u3400-\u9fff·]"
_BEGIN = r"(?:^|(?<=[，。；：、！？,;:()（）“”\"\s]))"
_AND_OTHERS = re.compile(
    rf"(?P<name>{_HAN}{{2,12}})等(?:学者|专家|研究者|研究人员"
    r"|人(?![群类体工物脸像手机为眼口员种流形]))"
)
_CLAIMS = re.compile(
    rf"{_BEGIN}(?P<name>{_HAN}{{2,6}}?)(?:等|团队|小组|课题组)?(?:首次|首先|最早|率先|曾经?|还|也|又)*"
    r"(?:提出|首创|发明|认为|指出|主张|声称|宣称|创立|开创)"
)
# What may propose and point out, and words that begin a clause; who is none of them is a person.
_DOER = re.compile(
    r"[者员们家文方究作队验果析论估试据练习型架法统略制络块案术务集构计程段题化器式率度性量章中本面]$"
    r"|[此其该这那它并且而则也还再已曾将可能来以为对在从向与及和或若如通过基于针利用采经根按随未没有不无被使让令给所了]"
    r"|首次|首先|其次|然后|进一步|同时|因此|接着|最[后近]|目前|随后|据|近[年期来日]|现有|前人|作者|我们|[本论全原]文|研究"
)
# The commonest family names that hardly a term begins with, and the terms that do.
_CORE = (
    "王李张刘陈杨赵吴徐孙朱胡郭郑梁谢宋唐韩邓冯曹彭肖董袁潘蒋蔡杜苏魏吕沈姚卢姜崔谭汪廖贾"
    "韦邹邱薛闫陶贺郝龚邵钱黄周林"
)
_NO_NAME = (
    "张[量成力开贴角]|李雅普|李群|李代|李导|薛定|韩[语国文]|唐诗|宋[体词]|陶瓷|钱包|杜绝|苏[醒打]|王者|谢尔"
    "|周[期围边报长转率]|林[业地分区冠火]|黄[金色斑昏]|卢卡|姚期"
)
_NAMED = re.compile(
    rf"(?:{_BEGIN}|(?<=[由据与和比对于被经是了跟及或]))(?!{_NO_NAME})(?P<name>[{_CORE}]{_HAN}{{1,2}}?)"
    r"(?=等?(?:提出|设计|开发|发明|完成|撰写|创立|研发|实现|发现|证明|认为|指出|主张|发表|主导|领导|负责|曾|首)"
    r"|等[，。；]|等?的(?:方法|算法|模型|工作|研究|论文|理论|成果|观点|结论|想法|思路|框架|方案|系统|贡献|团队|学生)"
    r"|团队|小组|课题组|[和与、][" + _CORE + r"]|[（(]?[，。；、]?(?:等|著|撰))"
)
_INTRODUCED = re.compile(
    rf"(?:作者|第一作者|提出者|发明者|负责人|开发者)(?:[是为有:：]|包括|名叫)+\s?(?P<name>{_HAN}{{2,4}})"
    rf"|(?:作者|研究者|学者|研究人员)(?!{_NO_NAME})(?P<other>[{_CORE}]{_HAN}{{1,2}})"
)


def people_in_chinese(text: str) -> tuple[str, ...]:
    """Return the people whom a Chinese text names, each with the words around it."""
    return tuple(dict.fromkeys(_people(text)))


def _people(text: str) -> Iterator[str]:
    for pattern in (_AND_OTHERS, _CLAIMS):
        for match in pattern.finditer(text):
            if not _DOER.search(match["name"]):
                yield match[0]
    for pattern in (_NAMED, _INTRODUCED):
        yield from (match[0] for match in pattern.finditer(text))
