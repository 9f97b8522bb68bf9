"""This module compares a statement in Chinese with sentences in English, clause by clause.

A clause has to consist of what the sentences have: words of the glossary whose English stands in
them, terms that it keeps in Latin letters, numbers. What is left of it without these, nobody can
compare, and so there must be little of it: more beside a term, which often is its translation,
but not beside a term that the paper speaks of all the time. Some claims have to be made in both
languages.
"""

import re
from collections import Counter
from collections.abc import Iterator, Set
from functools import lru_cache

from digestgen.evidence import Sources, quantities
from digestgen.summarize.llm.glossary import same_words
from digestgen.summarize.llm.stems import stems
from digestgen.summarize.words import STOP
from digestgen.text import sentences

_LEFT = 4  # characters that a clause may have beyond what can be compared,
_LEFT_OF = 4  # or one in so many of a long one,
_MOST_LEFT = 6  # but no more than these,
_LEFT_IN_ALL = 10  # nor a statement more than those; where nothing can be compared there is none
_LONG = 7  # characters of a clause that a term alone may translate
_PER_WORD = 2  # characters that a word of a term in brackets may translate
_OFTEN = 3  # a word in one of so many sentences is what the paper is about,
_FEWEST = 3  # if there are enough of them

_HAN = re.compile(r"[\u3400-\u9fff]")
# Characters that hold a sentence together and say nothing by themselves.
_SMALL = frozenset(
    "的了在是和与或及等其对从以将被由使为而也都更很较把给让向于到所之地得着并且但虽即若则因故此该这那些各每种"
    "类个们上下中内外间里有会能可时后前便就才又再还只仅如于至同呈均需一没很不非"
)
_CLAUSE = re.compile(r"(?:[^。；，：！？;:!?,]|[,:](?=\d))+")
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_GLOSSED = re.compile(
    r"(?P<before>[\u3400-\u9fff]+)\s*[(（](?P<term>[^()（）]*[A-Za-z][^()（）]*)[)）]"
)
# Who says it, and how one clause follows from another: nothing that could be untrue of a paper.
_FREE = re.compile(
    r"(?:大量|广泛的?|消融|对比|充分的?)?(?:实验|结果|研究|分析|评估|测试)(?:结果)?(?:还|也|进一步)?(?:表明|显示|证明|发现|说明)"
    r"|与此同时|在此基础上|具体而言|具体来说|总体而言|总的来说|相比之下|与之相比|除此之外|不仅如此|在此过程中|换言之"
    r"|此外|另外|因此|从而|进而|然而|但是|不过|同时|首先|其次|然后|随后|接着|最后|最终|其中|例如|尤其是|特别是|为此|由此|并且|而且"
    r"|近年来|近来|如今|目前|通常|总之|据此|两者|二者|前者|后者|非常|十分|第[一二三四五]|一方面|另一方面|人们"
    r"|进行|方面|方式|情况下?|为了|以此|以便|用来|如何|什么|一起|已经|来说|一定|一般|它们|自己|无论|不仅|由此|这样|一项|即可"
    r"|(?:为了?|针对|以)?(?:解决|应对|克服)?(?:这一|该|这些|上述|此类)(?:问题|挑战|不足|局限|困难)"
    r"|(?:本文|该文|论文|文章|作者|我们)(?:还|也|进一步|首先)?(?:提出|介绍|展示|研究|给出|设计|构建|引入)?了?(?:一种|一个|一套)?"
    r"|(?:该|此|这种|这一)(?:方法|模型|框架|工作|研究|系统|策略|机制|方案)|所提(?:出的?)?(?:方法|模型|框架)"
)
# Claims that print easily and are hard to take back, each with what would be their source.
_IN_BOTH = tuple(
    (re.compile(chinese), re.compile(rf"\b(?:{english})", re.IGNORECASE))
    for chinese, english in (
        ("首[个次创款例]|率先|第一个|史上|前所未有|开创", "first|novel|new|unprecedent|pioneer"),
        (
            "最[佳优好强先高]|领先|顶尖|冠军|夺冠|榜首|第一名|碾压|无与伦比",
            "state[- ]of[- ]the[- ]art|sota|best|optim|highest|superior|most|leads?|leading|top"
            "|outperform|win|first|surpass|advanced|rank|maxim|greatest|beat|better|exceed",
        ),
        (
            "超[越过出]|优于|胜过|击败|好于|高于|强于",
            "outperform|better|surpass|exceed|superior|beat|improv|than|over|above|outdo|higher"
            "|more|gain|advantage|state-of-the-art|beyond",
        ),
        (
            "全球|世界|国际|业界|学术界|全国|行业",
            "world|global|international|industr|communit|nation|academ|real-world",
        ),
        ("[获得荣][了过]?[^，。；]{0,6}奖|奖项|大奖", "award|prize|honou?r|reward"),
        (
            "专利|商用|商业|量产|上市|投产|市场|盈利",
            "patent|commerc|product|market|business|industr|profit",
        ),
        ("开源|公开(?:了|发布|代码)", "open|releas|public|availab|github|code|free"),
        (
            "人类|专家|医生|患者",
            "human|people|person|expert|annotator|user|patient|doctor|clinic|physician|subject"
            "|radiolog|listen|m[ae]n\\b|profession",
        ),
        (
            "革命|颠覆|里程碑|划时代|突破性|诺贝尔",
            "revolution|mileston|breakthrough|disrupt|nobel|paradigm",
        ),
        (
            "谷歌|微软|脸书|亚马逊|英伟达|特斯拉|三星|华为|百度|阿里|腾讯|字节|抖音|商汤",
            "google|microsoft|facebook|amazon|nvidia|tesla|samsung|huawei|baidu|alibaba|tencent"
            "|byte|tiktok|sensetime",
        ),
        (
            "清华|北大|中科院|中科大|麻省|斯坦福|哈佛|剑桥|牛津|伯克利",
            "tsinghua|peking|cas\\b|ustc|mit\\b|stanford|harvard|cambridge|oxford|berkeley",
        ),
        ("马斯克|奥特曼|黄仁勋|辛顿|杨立昆|李飞飞", "musk|altman|huang|hinton|lecun|li\\b"),
        ("[资赞]助|投资|收购", "fund|sponsor|invest|grant|acqui|support|financ"),
        (
            "军[方队事]|政府|警[方察]|官方|间谍",
            "militar|arm[yi]|govern|police|official|defen[sc]e|spy",
        ),
        (
            "中国|美国|日本|俄罗斯|欧洲|德国|英国|韩国|印度",
            "chin|americ|us\\b|u\\.s|united|japan|russia|europ|german|brit|english|uk\\b|korea|india",
        ),
        (
            "色情|杀[人死伤]|制毒|毒品|武器|监控|监视|后门|窃取|盗[用窃取]|泄露|犯罪|诈骗|欺诈|违法",
            "porn|sexual|nsfw|kill|drug|weapon|surveil|monitor|backdoor|steal|theft|leak|crim|fraud|scam"
            "|illegal|attack|privacy|adversar",
        ),
        (
            "抄(?!写)|[有危]害|无效|毫无|失败|一败涂地|不可复现|无法复现",
            "harm|danger|invalid|ineffect|fail|no\\b|not\\b|none|without|cannot|plagiar|copie|irreproduc|hazard"
            "|damag|toxic",
        ),
    )
)


def is_claim_of_its_own(text: str, cited: str) -> bool:
    """Tell whether a text claims what the sentences would have to say in so many words."""
    return any(zh.search(text) and not en.search(cited) for zh, en in _IN_BOTH)


def is_tied(text: str, cited: str, known: Sources) -> bool:
    """Tell whether each clause of a text is made of what its sentences have.

    A number or a term has to be there besides the words of the glossary. That terms and numbers
    are the sentences' was asked before.
    """
    said = frozenset(_WORD.findall(cited.lower()))
    if not quantities(text) and not _LATIN.search(text):
        return False
    met = frozenset(each for span in _compared(text, said) for each in range(*span))
    free = frozenset(each for match in _FREE.finditer(text) for each in range(*match.span()))
    translated = _translated(text, met | free, _common(known))
    whole = 0
    for clause in _CLAUSE.finditer(text):
        own = frozenset(range(*clause.span()))
        left = len(_left(text, own - met - free - translated))
        long = len(_left(text, own - free))
        is_bare = not own & met and (not own & translated or long > _LONG)
        if left > (0 if is_bare else max(_LEFT, min(_MOST_LEFT, long // _LEFT_OF))):
            return False
        whole += left
    return whole <= _LEFT_IN_ALL


def _compared(text: str, said: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give the places of words and numbers that can be compared, and were."""
    yield from same_words(text, said)
    yield from ((each.start, each.end) for each in quantities(text))


def _left(text: str, places: frozenset[int]) -> list[int]:
    return [each for each in sorted(places) if _HAN.match(text, each) and text[each] not in _SMALL]


def _translated(text: str, met: Set[int], common: frozenset[str]) -> frozenset[int]:
    """Return the places of what a term in brackets translates: what stands right before it.

    The longer a term is, the more. One that the paper speaks of all the time gives less: it says
    what a clause is about, and not what it says of it.
    """
    found: set[int] = set()
    for match in _GLOSSED.finditer(text):
        terms = stems(match["term"]) - STOP
        long = sum(map(_weight, _LATIN.findall(match["term"])))
        long += 1 if terms <= common else _PER_WORD
        before = _left(text, frozenset(range(*match.span("before"))) - met)
        found.update(before[-long:])
    return frozenset(found)


def _weight(word: str) -> int:
    """Return how much a word may translate; each letter of "CPWC" stands for a word."""
    return _PER_WORD * max(1, sum(map(str.isupper, word)))


@lru_cache(maxsize=8)
def _common(known: Sources) -> frozenset[str]:
    """Return what the paper speaks of all the time, as stems: of its title and many sentences."""
    every = {sentence for text in known.texts for sentence in sentences(text)}
    counts = Counter(each for sentence in every for each in stems(sentence))
    often = max(_FEWEST, len(every) / _OFTEN)
    return stems(known.title).union(each for each, count in counts.items() if count >= often)
