"""This module is what a model could say of one paper that is not true of it, as hard as it gets.

The paper is that of ``tests.unit.test_llm``: each statement is well-formed, names the sentence that
is nearest, and keeps to its words but for what is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Untrue:
    """A statement, and the number of the sentence that it names."""

    text: str
    sentence: int


# The paper has 93.4 % of the noise, two datasets, and a filter that is 3.1 times faster.
_SHARES = (
    "934 %", "9,340 %", "9.34 %", "0.934 %", "93.4 points", "93.4 percentage points", "3.1 %",
    "94.3 %", "39.4 %", "93.5 %", "nine tenths", "half", "two thirds", "ninety percent",
    "93.4 times", "³ thirds",
)  # fmt: skip
_FACTORS = (
    "31 times", "310 times", "0.031 times", "3.1 %", "3.1 points", "31x", "ten times", "tenfold",
    "an order of magnitude", "3.1 orders of magnitude", "3 orders of magnitude", "twice",
    "3.1 seconds", "93.4 times", "1.3 times",
)  # fmt: skip
_COUNTS = ("20", "200", "2,000", "twelve", "three", "five", "hundreds of")
_CHINESE_SHARES = (
    "934%", "9340%", "9.34%", "0.934%", " 93.4 个百分点", "3.1%", "94.3%", "39.4%", "九成", "一半",
    "三分之二", "十分之九", "百分之九十", " 93.4 倍", "九成三",
)  # fmt: skip
_CHINESE_FACTORS = (
    " 31 倍", " 310 倍", " 0.031 倍", " 3.1%", " 3.1 个百分点", "十倍", "三十一倍", "一个数量级",
    "三个数量级", " 3 个数量级", "一倍", " 3.1 秒", " 93.4 倍", "百倍", " 1.3 倍",
)  # fmt: skip
_CHINESE_COUNTS = ("二十个", " 200 个", "三个", "五个", "十二个", "数百个", "数千个")

_NAMED = (
    ("Smith proposes a fast filter that learns from clean patches.", 3),
    ("Wang proposes a fast filter that learns from clean patches.", 3),
    ("Jones et al. propose a fast filter that learns from clean patches.", 3),
    ("A fast filter by jones and smith learns from clean patches.", 3),
    ("A fast filter after Dijkstra learns from clean patches.", 3),
    ("Hinton's fast filter learns from clean patches.", 3),
    ("A fast filter (Miller) learns from clean patches.", 3),
    ("The fast filter learns from clean patches of ImageNet.", 3),
    ("The fast filter learns from clean patches like ResNet50.", 3),
    ("The fast filter learns from clean patches of toronto.", 3),
    ("The fast filter of Google learns from clean patches.", 3),
    ("The fast filter of arXiv:2409.01001 learns from clean patches.", 3),
)
_CHINESE_NAMED = (
    ("张三提出了从干净图像块 (clean patches) 学习的滤波器 (filter)。", 3),
    ("李明等人提出快速滤波器 (fast filter)，从图像块 (patches) 学习。", 3),
    ("王小明的方法从干净图像块 (clean patches) 中学习 (learns)。", 3),
    ("快速滤波器 (fast filter) 由陈晓东设计，从图像块 (patches) 中学习。", 3),
    ("史密斯提出快速滤波器 (fast filter)，从图像块 (patches) 中学习。", 3),
    ("约翰逊等学者提出快速滤波器 (fast filter)。", 3),
    ("Smith 提出从干净图像块 (clean patches) 学习的滤波器 (filter)。", 3),
    ("清华大学提出快速滤波器 (fast filter)，从图像块 (patches) 中学习。", 3),
    ("快速滤波器 (fast filter) 从 ImageNet 的图像块 (patches) 中学习。", 3),
    ("快速滤波器 (fast filter) 像 VGG16 一样从图像块 (patches) 中学习。", 3),
    ("快速滤波器 (fast filter) 的第一作者是刘强。", 3),
    ("与王伟的工作相比，滤波器 (filters) 快 3.1 倍。", 5),
)
_OF_ANOTHER = (
    ("Zebrafish larvae sleep longer after a diet that is rich in algae.", 3),
    ("We train a transformer on proofs and obtain shorter lemmas.", 3),
    ("Glaciers in Patagonia lost mass between the two surveys.", 3),
    ("The treaty changed how merchants of the Baltic shared their risks.", 3),
    ("A fast vaccine that learns from nothing protects the elderly.", 3),
    ("We propose a treaty that clears the harbour of mines.", 3),
    ("The fast filter does not learn from clean patches.", 3),
    ("The noise does not fall on the two datasets.", 4),
)
_CHINESE_OF_ANOTHER = (
    ("斑马鱼的幼体 (filter) 在进食藻类之后睡眠更久 (patches)。", 3),
    ("该论文研究了斑马鱼的睡眠 (noise) 与饮食之间的关系。", 4),
    ("冰川 (patches) 在两次调查之间融化，海平面 (clean) 因此上升。", 3),
    ("该条约改变了波罗的海商人分担风险的方式 (filter)。", 3),
    ("疫苗 (filter) 能够保护老年人免受流感侵袭 (noise)。", 4),
    ("法院判决被告赔偿原告 (filter) 的全部损失 (patches)。", 3),
    ("股票 (noise) 的价格在下一年翻倍 (datasets)。", 4),
    ("滤波器 (filter) 用于咖啡机，顾客对咖啡的口感赞不绝口 (clean)。", 3),
)
# What is true, with a clause of the model's own behind it.
_CHINESE_ADDED = tuple(
    (f"快速滤波器 (fast filter) 从干净的图像块 (clean patches) 中学习 (learns)，{added}。", 3)
    for added in (
        "已被多家医院采用", "在业界引起轰动", "作者因此致富", "全球首创", "已获专利",
        "显著优于人类专家", "并获得最佳论文奖", "从未出现过事故", "各地政府都在推广",
        "会泄露居民的行踪", "将取代程序员", "赢得了比赛冠军", "读者应当立刻购买", "却毫无用处",
        "颠覆了整个领域", "被列为国家机密",
    )
)  # fmt: skip
# The paper is about filters all along: to name them supports nothing.
_CHINESE_COMMON = (
    ("滤波器 (filters) 将彻底改变人们的日常生活。", 5),
    ("滤波器 (filter) 是近十年最重要的发明之一。", 3),
    ("滤波器 (filters) 让渔民们不再担惊受怕。", 5),
    ("噪声 (noise) 曾导致严重的安全事故与人员伤亡。", 4),
)


def untrue(lang: str) -> Iterator[Untrue]:
    """Give what is not true of the paper, in the language of the digest."""
    written = _in_english() if lang == "en" else _in_chinese()
    yield from (Untrue(text=text, sentence=sentence) for text, sentence in written)


def _in_english() -> Iterator[tuple[str, int]]:
    yield from ((f"The filter removes {each} of the noise on two datasets.", 4) for each in _SHARES)
    yield from ((f"The filter is {each} faster than earlier filters.", 5) for each in _FACTORS)
    yield from (
        (f"On {each} datasets the filter removes 93.4 % of the noise.", 4) for each in _COUNTS
    )
    yield from (*_NAMED, *_OF_ANOTHER)


def _in_chinese() -> Iterator[tuple[str, int]]:
    yield from (
        (f"滤波器在两个数据集 (datasets) 上去除了{each}的噪声 (noise)。", 4)
        for each in _CHINESE_SHARES
    )
    yield from (
        (f"速度比以往的滤波器 (earlier filters) 快{each} (faster)。", 5)
        for each in _CHINESE_FACTORS
    )
    yield from (
        (f"在{each}数据集 (datasets) 上，滤波器去除了 93.4% 的噪声 (noise)。", 4)
        for each in _CHINESE_COUNTS
    )
    yield from (*_CHINESE_NAMED, *_CHINESE_OF_ANOTHER, *_CHINESE_ADDED, *_CHINESE_COMMON)
