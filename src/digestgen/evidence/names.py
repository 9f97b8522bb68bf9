"""This module compares the names in a text with those of the paper: people, institutions, models.

Titles, authors and affiliations come from metadata or from the paper, never from a model: a name
that is not there was made up, also when it is a plausible translation of one that is.
"""

import re
from collections.abc import Iterator, Sequence

from digestgen.evidence.values import Finding, Passage, Sources, flattened

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}(?:[·•][\u3400-\u9fffA-Za-z]{1,8})*")
# Family names of nearly all of China's people; a term begins with one of them only by chance.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜"
    "叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛阎闫雷龙史黎贺陶"
    "毛郝顾龚邵万覃武钱戴严莫孔向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申耿关兰焦俞"
    "左柳甘祝包宁尚符舒阮纪梅童凌毕单季裴霍涂成苗谷曲翁冉骆蓝路游辛靳欧司诸尉上慕容"
)
_HAN_WORD = re.compile(r"[\u3400-\u9fff]+")
_HALF_NAME = re.compile(
    r"[\u3400-\u9fff]{1,6}\s?[·•]?\s?[A-Z][a-z]{1,12}\b|\b[A-Z][a-z]+\s?[·•]?[\u3400-\u9fff]{1,3}(?=\s*[,，、;；]|$)"
    r"|[\u3400-\u9fff]{1,2}[xX某]{1,3}(?![A-Za-z])"
)
_GLOSS = re.compile(r"(?<=[A-Za-z.])\s*[（(]\s*(?P<name>[\u3400-\u9fff·]{2,5})\s*[)）]")
_LATIN_NAME = re.compile(
    r"[A-Z\u00c0-\u024f][\w.'’-]*(?:\s+(?:(?:van|von|de|der|den|la|le|di|da|bin|al|el|ten)\s+)*"
    r"[A-Z\u00c0-\u024f][\w.'’-]*){1,4}"
)
_BETWEEN = re.compile(r"[,，、;；&\n。]|\band\b|以及|[和与及](?=\s?[A-Z\u3400-\u9fff])")
_NO_NAME = re.compile(
    r"作者|姓名|名单|列表|信息|未知|提供|第一|通讯|共|位|等|其他|其余|单位|机构|大学|学院|研究|英文|中文|翻译|填写|"
    r"全部|使用|以上|顺序|排名|名称|真实|实际|论文|文章|文中|其中|团队|成员|具体|需要|根据|无法|确定|暂无|没有|未|不详"
)
_AND_OTHERS = re.compile(
    r"\bet\.? ?al\b\.?|\band others\b|等(?:人|作者|等)?(?=\s*[。.，,；;)）]?\s*(?:$|\n|全|共))",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"共\s*\d+|\d+\s*(?:位|人|名)|\bin all\b|\bfirst author\b|第一作者|其余|另有"
    r"|\bmore authors?\b|\d+ (?:authors|others)",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?<![A-Za-z0-9@/._-])[A-Za-z][A-Za-z0-9]*(?:[-'’+.][A-Za-z0-9]+)*\+*(?![A-Za-z0-9@/])"
)
# Words of the trade that a text may use although the paper does not.
_COMMON = frozenset(
    """
    ai api apis cnn cnns cpu cpus cv dnn doi github gan gans gpu gpus html i ii iii iv id llm llms
    lstm mlp ml nlp none pdf rgb rnn sota tpu transformer url urls u-net unet vae vit arxiv gitlab
    huggingface ieee acm 2d 3d 4d h1 h2 a b c ok pytorch tensorflow end-to-end state-of-the-art
    text-to-image image-to-image text-to-video fine-tuning pre-training zero-shot few-shot
    """.split()  # noqa: SIM905 - a list of words is read more easily so
)
_PLACE_WORD = re.compile(r"[a-z]{4,}")
_NOT_TELLING = frozenset(
    """
    university institute department school college laboratory research center centre science
    technology sciences academy national international state faculty with from first author
    """.split()  # noqa: SIM905 - as above
)
_SHORT_PLACE = re.compile(r"(?<![A-Za-z])[A-Z]{3,6}(?![A-Za-z])")
_SMALL = frozenset({"of", "the", "and", "for", "at", "in"})
# Names that Chinese digests invent most often, as papers write them.
_FAMOUS = {
    "清华大学": "tsinghua", "北京大学": "peking", "浙江大学": "zhejiang", "复旦大学": "fudan",
    "上海交通大学": "jiao tong", "南京大学": "nanjing", "中国科学院": "chinese academy",
    "香港": "hong kong", "新加坡": "singapore", "东京大学": "tokyo", "麻省理工": "massachusetts",
    "斯坦福": "stanford", "哈佛": "harvard", "伯克利": "berkeley", "卡内基": "carnegie",
    "牛津": "oxford", "剑桥": "cambridge", "苏黎世": "zurich", "慕尼黑": "munich",
    "谷歌": "google", "微软": "microsoft", "腾讯": "tencent", "阿里巴巴": "alibaba",
    "华为": "huawei", "百度": "baidu", "字节跳动": "bytedance",
}  # fmt: skip


def authors(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Compare a list of authors with the paper's: who is missing, made up, or written otherwise."""
    if passage.part != "authors" or not sources.authors:
        return
    text = flattened(passage.text)
    named = [author for author in sources.authors if flattened(author) in text]
    turned = [a for a in sources.authors if a not in named and any(t in text for t in _turned(a))]
    invented = [finding for finding in _invented(passage, sources) if finding.end > finding.start]
    if invented:
        yield _together(invented, passage)
    if turned and len(turned) > len(named):
        yield _whole(
            "author-order-swapped", passage, f"family name first: {turned[0]!r} and others"
        )
    elif not named and not invented:
        yield _whole("missing-authors", passage, f"none of the {len(sources.authors)} authors")
    yield from _cut_short(passage, len(named) + len(turned), len(sources.authors))


def names_not_in_source(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find models, data sets and the like that the paper does not name."""
    if passage.part in ("title", "authors", "affiliation", "links") or not sources.is_known:
        return
    seen: set[str] = set()
    for match in _TERM.finditer(passage.text):
        term = match[0].strip(".'’")
        if term.casefold() in seen or not _is_name(term):
            continue
        seen.add(term.casefold())
        if not _is_known(term, sources):
            yield Finding(
                rule="name-not-in-source",
                start=match.start(),
                end=match.start() + len(term),
                message=f"the paper's text at hand does not name {term!r}",
                level="error" if sources.is_whole else "warning",
            )


def affiliations(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find institutions that the paper does not name, when it is known which it names."""
    if passage.part != "affiliation" or not (sources.affiliations or sources.is_whole):
        return
    words = set(_PLACE_WORD.findall(flattened(passage.text))) - _NOT_TELLING
    famous = [name for chinese, name in _FAMOUS.items() if chinese in passage.text]
    short = _SHORT_PLACE.findall(passage.text)
    if not words & sources.words and (famous or short):
        known = any(name in sources.flat for name in famous) or any(
            place.casefold() in sources.words or _is_short_for(place, sources) for place in short
        )
        if not known and not words:
            yield Finding(
                rule="affiliation-not-in-source",
                start=0,
                end=len(passage.text),
                message=f"the paper does not name this institution: {passage.text.strip()[:60]!r}",
                level="warning",
            )
        return
    if words and not words & sources.words:
        yield Finding(
            rule="affiliation-not-in-source",
            start=0,
            end=len(passage.text),
            message=f"the paper does not name this institution: {passage.text.strip()[:60]!r}",
        )


def _is_short_for(place: str, sources: Sources) -> bool:
    """Tell whether initials of an institution's words spell a short name: MIT, UCL."""
    wanted = place.casefold()
    for known in sources.affiliations or (sources.flat,):
        every = re.findall(r"[a-z]+", flattened(known))
        telling = [word for word in every if word not in _SMALL]
        if any(wanted in "".join(w[0] for w in words) for words in (every, telling)):
            return True
    return False


def _turned(author: str) -> tuple[str, ...]:
    first, *rest = flattened(author).split()
    if not rest:
        return ()
    return f"{rest[-1]} {' '.join([first, *rest[:-1]])}", f"{rest[-1]}, {first}"


def _invented(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find names of nobody: guessed characters, other people."""
    seen = 0
    for match in _GLOSS.finditer(passage.text):
        if not sources.hold(match["name"]) and not _NO_NAME.search(match["name"]):
            yield _made_up(match.start("name"), match.end("name"), passage)
            seen = match.end()
    start = 0
    for stop in (*(m.start() for m in _BETWEEN.finditer(passage.text)), len(passage.text)):
        piece = passage.text[start:stop]
        offset = start + len(piece) - len(piece.lstrip(" ,，、;；&。\n"))
        name = re.sub(r"[*†‡§¹²³0-9]+|[（(\[].*", "", passage.text[offset:stop]).strip(" :：.-")
        name = re.sub(r"^(?:and|与|和|及)\s+", "", name)
        start = stop
        if offset >= seen and _is_nobody(name, sources):
            yield _made_up(offset, offset + max(len(name), 1), passage)


def _is_nobody(name: str, sources: Sources) -> bool:
    if not name or _NO_NAME.search(name) or sources.hold(name):
        return False
    if _HAN_NAME.fullmatch(name) or _HALF_NAME.fullmatch(name):
        return not _HAN_WORD.fullmatch(name) or name[0] in _SURNAMES
    if not _LATIN_NAME.fullmatch(name):
        return False
    words = set(re.findall(r"[^\W\d_]+", flattened(name)))
    return not any(
        _are_one(words, set(flattened(a).replace("-", " ").split())) for a in sources.authors
    )


def _are_one(words: set[str], known: set[str]) -> bool:
    """Tell whether two names may be one person's: equal words, or initials of them."""
    known = {word.strip(".") for word in known}
    initials = {word[:1] for word in known}
    shared = words & known
    return bool(shared) and all(w in known or (len(w) == 1 and w in initials) for w in words)


def _together(found: Sequence[Finding], passage: Passage) -> Finding:
    """Return one finding on all names of nobody, from the first to the last."""
    names = dict.fromkeys(passage.text[each.start : each.end].strip() for each in found)
    shown = ", ".join(repr(name) for name in list(names)[:6])
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return Finding(
        rule="author-name-invented",
        start=found[0].start,
        end=found[-1].end,
        message=f"no author of this paper is called {shown}{more}",
    )


def _made_up(start: int, end: int, passage: Passage) -> Finding:
    return Finding(
        rule="author-name-invented",
        start=start,
        end=end,
        message=f"no author of this paper is called {passage.text[start:end].strip()!r}",
    )


def _cut_short(passage: Passage, named: int, total: int) -> Iterator[Finding]:
    others = _AND_OTHERS.search(passage.text)
    if others and named == total:
        yield Finding(
            rule="authors-garbled",
            start=others.start(),
            end=others.end(),
            message=f'"and others", although all {total} authors are there',
            level="warning",
        )
    elif named and named < total and not _COUNTED.search(passage.text):
        rule = "authors-truncated"
        yield _whole(rule, passage, f"{named} of {total} authors", "error" if others else "warning")


def _whole(rule: str, passage: Passage, said: str, level: str = "error") -> Finding:
    return Finding(
        rule=rule,
        start=0,
        end=len(passage.text),
        message=f"{said}: {passage.text.strip()[:60]!r}",
        level="warning" if level == "warning" else "error",
    )


def _is_name(term: str) -> bool:
    capitals = sum(character.isupper() for character in term)
    telling = capitals > 1 or (capitals and any(c.isdigit() for c in term))
    return (
        len(term) > 2
        and bool(telling)
        and term.casefold().rstrip("s") not in _COMMON
        and (term.casefold() not in _COMMON)
    )


def _is_known(term: str, sources: Sources) -> bool:
    plain = flattened(term)
    if plain in sources.flat or plain.rstrip("s") in sources.flat:
        return True
    bare = re.sub(r"[\W_]", "", plain)
    parts = [part for part in re.split(r"[\W_]+", plain) if part]
    return (
        bare in sources.letters
        or all(p in sources.words or p in _COMMON for p in parts)
        or (_abbreviates(bare.rstrip("s"), sources))
    )


def _abbreviates(term: str, sources: Sources) -> bool:
    """Tell whether the initials of words in a row spell the term: LVM of "large vision model"."""
    if not 2 <= len(term) <= 7 or not term.isalpha():
        return False
    return term in sources.initials
