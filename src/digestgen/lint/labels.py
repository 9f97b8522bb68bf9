"""This module knows the labels under which digests put their parts, in both languages."""

import re
from dataclasses import dataclass
from typing import Literal

from digestgen.evidence import Part

# Besides the parts: the paper's own abstract, what metadata says, and what ends a part.
Role = Part | Literal["abstract", "metadata", "break"]

_NAMED: dict[Role, str] = {
    "gist": r"一句话(?:总结|概括|摘要)|概要|tl;?dr|summary|in one sentence|one[- ]sentence summary",
    "takeaways": r"(?:关键|主要|核心)?(?:要点|见解)|(?:关键|主要|核心)(?:点|发现|信息|观点)|重点"
    r"|(?:key )?takeaways|key (?:points|insights|findings)|highlights",
    "title": r"(?:论文|文章|中文|英文)?(?:标题|题目|题名)(?:[及与和]?(?:中文)?翻译)?"
    r"|(?:paper )?title(?: \(.*\))?",
    "authors": r"(?:论文|文章|所有|全部)?作者(?:名单|列表|姓名|名字|信息|名称)?"
    r"|authors?(?: list)?|author names?",
    "affiliation": r"(?:论文|文章)?(?:第一)?(?:作者)?的?(?:所在|所属|隶属|工作|关联)?"
    r"(?:机构|单位|院校|隶属|所属)(?:名称|信息)?(?:[及与和]?(?:中文)?翻译)?|隶属关系"
    r"|affiliations?(?: of the first author)?|first author'?s? affiliation|institutions?",
    "keywords": r"(?:论文)?关键[词字]|key ?words?",
    "links": r"(?:论文|文章|相关|代码|项目|github)?\s?[及和与]?\s?(?:代码|github)?"
    r"\s?(?:代码|仓库|论文)?(?:链接|网址|地址)(?:地址)?"
    r"|(?:paper )?(?:urls?|links?)|(?:github )?code(?: link)?|github",
    "summary": r"(?:内容|文章|论文)?(?:摘要|总结|概述|综述)|summary|abstract",
    "background": r"(?:研究)?背景(?:[与和]动机|及意义|分析|介绍)?"
    r"|(?:research )?background(?: and motivation)?|motivation",
    "past_methods": r"(?:过去|以往|以前|前期|先前|已有|现有|相关|前人|既往|之前)的?(?:研究)?"
    r"(?:方法|工作|研究)[^:：]{0,10}"
    r"|(?:past|previous) (?:methods|work)[^:：]{0,30}|related work[^:：]{0,20}",
    "proposed_method": r"(?:本文|论文|文章|该文|提出|所提)?(?:提出)?的?(?:研究|方法|新)?"
    r"(?:方法|方案)(?:论|概述|介绍|提出)?"
    r"|(?:the )?(?:research|proposed) method(?:ology)?s?|methodology",
    "task_and_performance": r"(?:任务|方法|实验)(?:与|和|及|以及)?其?"
    r"(?:性能|效果|成果|结果|表现|成就)(?:支持)?|性能(?:与任务)?"
    r"|tasks?(?: and |/| & )(?:performance|results)[^:：]{0,20}|performance",
    "methods": r"方法(?:论|步骤|概述|概览|详解|介绍|论述|思路|细节|流程)*"
    r"|methods?|methodology|method details",
    "conclusion": r"结论(?:与评价|与展望)?|总结与评价|conclusions?",
    "abstract": r"(?:论文|原文|英文)?摘要(?:原文)?|abstract",
    "metadata": r"版本|分类|备注|发表于|说明|日期|领域|arxiv(?: id)?|代码|会议|期刊|机构|链接|作者"
    r"|发布|来源|其余作者|version|categor(?:y|ies)|comments?|published in|note|date|venue"
    r"|subjects?|links?|affiliations?|authors?|source",
    "break": r"分项解读|in detail|生成方式|made by|(?:依据|evidence|论文截图|figures)(?: \(\d+\))?"
    r"|chatpaperfree",
}
_PATTERNS: dict[Role, re.Pattern[str]] = {
    role: re.compile(pattern, re.IGNORECASE) for role, pattern in _NAMED.items()
}
# A digest's own numbers of its eight parts, and of the four pieces of the sixth.
BY_NUMBER: dict[int, tuple[Role, ...]] = {
    1: ("title",),
    2: ("authors",),
    3: ("affiliation",),
    4: ("keywords",),
    5: ("links",),
    6: ("summary", "gist"),
    7: ("methods", "proposed_method"),
    8: ("conclusion",),
}
PIECES: dict[int, Part] = {
    1: "background",
    2: "past_methods",
    3: "proposed_method",
    4: "task_and_performance",
}
_HAN_DIGITS = str.maketrans("一二三四五六七八", "12345678")
_IS_HAN = re.compile(r"\s*[一二三四五六七八]")
_SECTION: tuple[Role, ...] = (
    "gist",
    "takeaways",
    "summary",
    "methods",
    "conclusion",
    "background",
    "keywords",
)

# List marks, heading marks and elements before a label; few, so that no line of marks is slow.
_DECORATION = (
    r"(?P<decoration>[ \t>]*+"
    r"(?>(?:(?:[-*+•]|#{1,6})[ \t]++|</?(?:li|p|ol|ul|strong|b|h[1-6])>\s*+|\*{1,3}|__){0,8}))"
)
_NUMBER = (
    r"(?P<number>[（(]?[ \t]?(?:\d{1,2}|[一二三四五六七八])[ \t]?(?:[)）]|[.、:：)](?!\d))"
    r"(?>(?:\*{1,3}(?=[ \t\S])|[ \t])*)[:：]?[ \t]*+)?"
)
_LABELLED = re.compile(
    rf"^{_DECORATION}{_NUMBER}"
    r"(?P<inner>\*{1,3}|__|<(?:strong|b)>|<(?=[A-Z\u3400-\u9fff][^<>\n]{0,30}>[:：]))?[ \t]*+"
    r"(?P<paren>[（(][ \t]?\d[ \t]?[)）][ \t]*+[:：]?[ \t]*+)?"
    r"[（(]?(?P<label>[^\s:：*<_（(#>|\[][^\n:：*<>]{0,40}?)[)）]?"
    r"(?P<tail>[ \t]*+(?>(?:\*{1,3}|__|</(?:strong|b|p|h[1-6]|li)>|>(?=[:：])){0,3})[ \t]*+"
    r"(?:[:：]++[ \t]*+(?:\*{1,3})?|(?=$)))",
    re.MULTILINE,
)

# The pieces of a part, with or without labels of their own.
_PIECE = re.compile(
    rf"^{_DECORATION}[（(][ \t]?(?P<piece>[1-9])[ \t]?[)）][ \t]*+[:：]?[ \t]*+", re.MULTILINE
)
_NO_LABEL = re.compile(r"[，。；！？,;!?]|^\d+$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label where it stands: from ``start``, its text from ``end`` on.

    ``number`` is its own number, if any; ``piece`` the number in brackets. ``is_marked`` says that
    it is bold, a heading or an HTML element; ``level`` is a heading's, else 0.
    """

    words: str
    start: int
    end: int
    number: int | None
    piece: int | None
    is_marked: bool
    level: int
    is_bold: bool
    is_alone: bool

    @property
    def is_heading(self) -> bool:
        """Tell whether it is a heading of the post's outline."""
        return self.level > 0


def labels_in(text: str, start: int, end: int) -> list[Label]:
    """Return everything in ``text[start:end]`` that has the form of a label, in order.

    A number in brackets may stand for a label; then its words are empty.
    """
    found = {match.start(): _bare(match) for match in _PIECE.finditer(text, start, end)}
    for match in _LABELLED.finditer(text, start, end):
        if match.start() not in found or _names_a_piece(match):
            found[match.start()] = _label(match, text)
    return [found[at] for at in sorted(found)]


def _names_a_piece(match: re.Match[str]) -> bool:
    """Tell whether the words behind "(1)" are its label, and not already what it says."""
    if _NO_LABEL.search(match["label"]):
        return False
    is_set_off = match["inner"] or re.search("[:：]", match["tail"])
    return bool(is_set_off) or any(is_role(match["label"], role) for role in _PATTERNS)


def _bare(match: re.Match[str]) -> Label:
    return Label(
        words="",
        start=match.start(),
        end=match.end(),
        number=None,
        piece=int(match["piece"]),
        is_marked=False,
        level=0,
        is_bold=False,
        is_alone=False,
    )


def _label(match: re.Match[str], text: str) -> Label:
    decoration, number = match["decoration"], match["number"] or ""
    digits = re.sub(r"\D", "", number.translate(_HAN_DIGITS))
    is_piece = "(" in number or "（" in number or _IS_HAN.match(number) is not None
    inner = re.sub(r"\D", "", match["paren"] or "")
    is_bold = "*" in decoration.lstrip("* \t") or bool(match["inner"]) or "**" in decoration
    return Label(
        words=match["label"].strip(' \t*_"“”《》'),
        start=match.start(),
        end=match.end(),
        number=int(digits) if digits and not is_piece else None,
        piece=int(inner or digits) if inner or (digits and is_piece) else None,
        is_marked=is_bold or "#" in decoration or "<" in decoration,
        level=decoration.count("#"),
        is_bold=is_bold or "strong" in decoration or "<b>" in decoration,
        is_alone=text[match.end() : match.end() + 1] in ("", "\n"),
    )


def is_role(words: str, role: Role) -> bool:
    """Tell whether a label's words name this role."""
    return _PATTERNS[role].fullmatch(words.strip()) is not None


def is_section(words: str) -> bool:
    """Tell whether a heading names a part of a digest rather than a paper."""
    bare = re.sub(r"^\s*[（(]?\d{0,2}[)）.、]?\s*", "", words).strip(" *:：")
    return any(is_role(bare, role) for role in _SECTION)
