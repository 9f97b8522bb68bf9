"""What a careful reader says of papers that never were is kept; what a careless one says "
"is not."""

import pytest

from digestgen.evidence import sources_of
from digestgen.model import Lang
from digestgen.summarize.llm.checks import Claim, Judge
from digestgen.text import sentences
from tests.builders import paper
from tests.model_server.untrue import Untrue, untrue
from tests.unit.test_llm import PAPER

LANGS: tuple[Lang, ...] = ("en", "zh")
PAPERS = {
    "filter": PAPER,
    "river": paper(
        title="RiverGauge: Reading Water Levels from Street Cameras",
        abstract="Flood warnings depend on gauges that most small rivers lack. "
        "Existing camera methods segment the water surface, but they fail at night and need a "
        "survey of every site. "
        "We propose RiverGauge, a network that reads the water level from the visible height of "
        "bridge piers, without any calibration. "
        "A recurrent filter smooths the readings over ten minutes and rejects floating debris. "
        "On 42,000 frames of 17 street cameras, the mean error falls from 9.6 cm to 3.1 cm, and "
        "to 4.8 cm at night. "
        "The network has 2.4 million parameters and takes 31 ms for a frame on a Raspberry Pi 4. "
        "Compared with VGG16, accuracy improves by 7.5 percentage points. "
        "Two towns have run it for eight months, in which it raised 6 alarms, 5 of them correct.",
    ),
    "music": paper(
        title="Contrastive Pretraining for Bowed String Transcription",
        abstract="Transcription of bowed strings lags behind that of the piano because onsets are "
        "soft and labels are scarce. "
        "Supervised models overfit to a handful of annotated concerts. "
        "We pretrain an encoder on 1,900 hours of unlabeled recordings with a contrastive loss "
        "that pulls together two renditions of one phrase. "
        "Fine-tuning on only 40 minutes of labels reaches an F1 of 81.7, as good as a supervised "
        "model trained on ten times more data. "
        "Ablations show that time stretching matters most among the augmentations. "
        "Vibrato remains a source of errors: 62% of the false positives occur within it. "
        "Code and weights are released.",
    ),
    "molecule": paper(
        title="Sparse Attention for Long Polymer Chains",
        abstract="Transformers model small molecules well, but the cost of attention grows "
        "quadratically with the length of a polymer. "
        "We introduce ChainFormer, which attends along the backbone with a window and across "
        "branches through learned hubs. "
        "The memory drops by two orders of magnitude for chains of 8,192 atoms. "
        "On PolyBench it halves the error of glass transition temperatures and outperforms all "
        "baselines on five of six tasks. "
        "Performance degrades for cyclic polymers, which have no ends.",
    ),
}
SAID_IN_ENGLISH = (
    ("river", (1,), "Most small rivers have no gauges, on which flood warnings depend."),
    ("river", (2,), "Methods that segment the surface of the water fail at night, and each site "
     "has to be surveyed."),
    ("river", (3,), "RiverGauge is a network that estimates water levels from how much of a "
     "bridge's piers is visible, and needs no calibration."),
    ("river", (4,), "Readings are smoothed over ten minutes by a recurrent filter, which also "
     "discards debris that floats by."),
    ("river", (5,), "The mean error is 3.1 cm instead of 9.6 cm, measured on 42,000 frames."),
    ("river", (6,), "On a Raspberry Pi 4 a frame takes 31 ms."),
    ("river", (7,), "Its accuracy is 7.5 points above that of VGG16."),
    ("river", (8,), "Of 6 alarms raised in eight months in two towns, 5 were correct."),
    ("music", (1,), "Soft onsets and scarce labels make bowed strings harder to transcribe than "
     "the piano."),
    ("music", (3,), "An encoder learns from 1,900 hours of recordings without labels by pulling "
     "together two renditions of the same phrase."),
    ("music", (4,), "With 40 minutes of labels it attains an F1 of 81.7, which a supervised model "
     "reaches with tenfold the data."),
    ("music", (5,), "Of all augmentations, time stretching matters most."),
    ("music", (6,), "Most of the false positives, 62%, fall within vibrato."),
    ("music", (2,), "Supervised models overfit whenever only a handful of annotated concerts is "
     "there."),
    ("molecule", (1,), "Attention becomes costly for polymers, since it grows quadratically with "
     "their length."),
    ("molecule", (2,), "ChainFormer uses windows along the backbone and learned hubs between "
     "branches."),
    ("molecule", (3,), "Long chains of 8,192 atoms take two orders of magnitude less memory."),
    ("molecule", (4,), "The error of glass transition temperatures on PolyBench is cut in half."),
    ("molecule", (5,), "For cyclic polymers, whose ends are missing, performance degrades."),
)  # fmt: skip
SAID_IN_CHINESE = (
    ("river", (1,), "洪水预警 (flood warnings) 依赖水位计 (gauges)，而大多数小河没有。"),
    ("river", (2,), "现有的摄像头方法对水面进行分割 (segment)，但在夜间 (night) 会失效，"
     "而且每个站点都需要勘测 (survey)。"),
    ("river", (3,), "RiverGauge 是一个从桥墩 (bridge piers) 可见高度读取水位 (water level) "
     "的网络，"
     "无需标定 (calibration)。"),
    ("river", (4,), "循环滤波器 (recurrent filter) 在 10 分钟内平滑读数 (readings)，"
     "并排除漂浮的杂物 (floating debris)。"),
    ("river", (5,), "在 17 个街道摄像头 (street cameras) 的 4.2 万帧上，平均误差从 9.6 cm "
     "降到 3.1 cm，"
     "夜间 (night) 为 4.8 cm。"),
    ("river", (6,), "该网络有 240 万参数，在 Raspberry Pi 4 上处理一帧需要 31 毫秒。"),
    ("river", (7,), "与 VGG16 相比，准确率提高了 7.5 个百分点。"),
    ("river", (8,), "两个城镇 (towns) 运行了八个月，其间发出 6 次警报 (alarms)，其中 5 次正确。"),
    ("music", (1,), "弓弦乐器 (bowed strings) 的转录落后于钢琴 (piano)，因为起音 (onsets) "
     "柔和且标签稀少。"),
    ("music", (2,), "监督模型会对少数带标注的音乐会 (concerts) 过拟合 (overfit)。"),
    ("music", (3,), "作者用对比损失 (contrastive loss) 在 1900 小时无标签的录音 (recordings) 上"
     "预训练编码器，使同一乐句 (phrase) 的两次演奏彼此靠近 (pulls together)。"),
    ("music", (4,), "仅用 40 分钟的标签微调就达到 81.7 的 F1，与使用十倍数据的监督模型相当。"),
    ("music", (5,), "消融实验表明，在各种增强 (augmentations) 中，时间拉伸 (time "
     "stretching) 最重要。"),
    ("music", (6,), "颤音 (vibrato) 仍是错误的来源，62% 的误报 (false positives) 出现在其中。"),
    ("music", (7,), "代码 (code) 和权重 (weights) 均已发布。"),
    ("molecule", (1,), "注意力 (attention) 的成本随聚合物 (polymer) 的长度呈二次增长。"),
    ("molecule", (2,), "ChainFormer 沿主链 (backbone) 使用窗口注意力，"
     "并通过学习到的枢纽 (hubs) 跨越分支 (branches)。"),
    ("molecule", (3,), "对于 8192 个原子 (atoms) 的链，内存降低了两个数量级。"),
    ("molecule", (4,), "在 PolyBench 上，玻璃化转变温度 (glass transition temperatures) "
     "的误差减半，"
     "六项任务中有五项优于所有基线。"),
    ("molecule", (5,), "对没有末端 (ends) 的环状聚合物 (cyclic polymers)，性能会下降。"),
)  # fmt: skip
CARELESS = (
    # Names of people, however they are written.
    ("en", "river", (4,), "Smith smooths the readings over ten minutes with a recurrent filter."),
    ("en", "river", (4,), "A recurrent filter by jones and smith smooths the readings."),
    ("en", "river", (4,), "Jones et al. smooth the readings with a recurrent filter."),
    ("en", "river", (4,), "Wang smooths the readings over ten minutes with a recurrent filter."),
    ("en", "river", (4,), "Smith's recurrent filter rejects floating debris."),
    ("en", "river", (4,), "The recurrent filter of the authors (Jones) rejects floating debris."),
    ("zh", "river", (4,), "张三提出的循环滤波器 (recurrent filter) 平滑读数 (readings)。"),
    ("zh", "river", (4,), "李明等人用循环滤波器 (recurrent filter) 平滑读数 (readings)。"),
    ("zh", "river", (4,), "王小明的方法用循环滤波器 (recurrent filter) 平滑读数 (readings)。"),
    ("zh", "river", (4,), "史密斯提出循环滤波器 (recurrent filter)，平滑读数 (readings)。"),
    # Clauses of their own beside clauses that are true.
    ("zh", "river", (4,), "循环滤波器 (recurrent filter) 平滑读数 (readings)，"
     "已被多家保险机构采购。"),
    ("zh", "river", (4,), "循环滤波器 (recurrent filter) 平滑读数 (readings)；"
     "各地政府都在推广使用。"),
    ("zh", "river", (4,), "循环滤波器 (recurrent filter) 平滑读数 (readings)，"
     "因而从未出现过任何事故。"),
    ("zh", "river", (4,), "循环滤波器 (recurrent filter) 会泄露附近居民的行踪和车牌号码 "
     "(readings)。"),
    ("zh", "music", (2,), "监督模型 (supervised models) 过拟合 (overfit)，"
     "这让乐团的演奏者大失所望。"),
    # A term that the whole paper is about ties a clause to nothing.
    ("zh", "molecule", (5,), "聚合物 (polymer) 的研究将彻底改变人们的日常生活。"),
    ("zh", "molecule", (1,), "聚合物 (polymers) 会污染海洋并且危害渔民。"),
    ("zh", "river", (3,), "RiverGauge 让沿岸的居民不再担惊受怕。"),
    # Claims that print easily.
    ("zh", "river", (3,), "RiverGauge 是首个从桥墩 (bridge piers) 读取水位 (water level) "
     "的网络。"),
    ("zh", "river", (5,), "平均误差从 9.6 cm 降到 3.1 cm，全球领先。"),
    # Numbers in words and signs, of another size, of another kind.
    ("en", "river", (5,), "On 42,000 frames the mean error falls by an order of magnitude."),
    ("en", "river", (5,), "On 42,000 frames the network halves the mean error of street cameras."),
    ("en", "river", (5,), "The mean error falls tenfold on the frames of street cameras."),
    ("en", "river", (6,), "The network has 2.4²⁵ million parameters."),
    ("en", "river", (7,), "Compared with VGG16, accuracy improves by 7.5 %."),
    ("en", "river", (7,), "Compared with VGG16, accuracy improves 7.5 times."),
    ("en", "music", (6,), "Within vibrato occur 62 points of the false positives."),
    ("en", "river", (6,), "The network takes 31 seconds for a frame on a Raspberry Pi 4."),
    ("zh", "river", (5,), "平均误差 (mean error) 降低了一个数量级。"),
    ("zh", "river", (5,), "平均误差 (mean error) 降到十分之一。"),
    ("zh", "river", (5,), "平均误差 (mean error) 减半。"),
    ("zh", "river", (5,), "平均误差 (mean error) 降低了九成。"),
    ("zh", "river", (7,), "与 VGG16 相比，准确率提高了 7.5%。"),
    ("zh", "river", (7,), "与 VGG19 相比，准确率提高了 7.5 个百分点。"),
    ("zh", "river", (6,), "处理一帧 (frame) 需要 31 秒。"),
)  # fmt: skip


UNTRUE = [(lang, each) for lang in LANGS for each in untrue(lang)]


def objection(lang: Lang, name: str, numbers: tuple[int, ...], text: str) -> str:
    own = sentences(PAPERS[name].abstract)
    judge = Judge(
        known=sources_of(PAPERS[name], full_text=own),
        lang=lang,
        paper_lang="en",
        asked="Fill these lists with what the paper does and what came of it.",
    )
    cited = tuple(own[number - 1] for number in numbers)
    return judge.objection(Claim(text=text, cited=cited, part="background", longest=400), ())


@pytest.mark.parametrize(("name", "numbers", "text"), SAID_IN_ENGLISH)
def test_a_careful_reader_is_kept_in_english(name: str, numbers: tuple[int], text: str) -> None:
    assert objection("en", name, numbers, text) == ""


@pytest.mark.parametrize(("name", "numbers", "text"), SAID_IN_CHINESE)
def test_a_careful_reader_is_kept_in_chinese(name: str, numbers: tuple[int], text: str) -> None:
    assert objection("zh", name, numbers, text) == ""


@pytest.mark.parametrize(("lang", "name", "numbers", "text"), CARELESS)
def test_a_careless_one_is_not(lang: Lang, name: str, numbers: tuple[int], text: str) -> None:
    assert objection(lang, name, numbers, text) in ("number", "name", "support")


@pytest.mark.parametrize(("lang", "said"), UNTRUE)
def test_what_is_not_true_of_the_paper_is_told_by_what_is_wrong(lang: Lang, said: Untrue) -> None:
    found = objection(lang, "filter", (said.sentence,), said.text)

    assert found in ("number", "name", "support")
