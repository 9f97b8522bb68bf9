"""Statements of a careful reader pass; those that their sentences do not carry do not."""

import pytest

from digestgen.evidence import sources_of
from digestgen.model import Lang
from digestgen.summarize.llm.checks import Claim, Judge, tidied
from digestgen.text import sentences
from tests.builders import paper
from tests.growth import is_in_proportion

ABSTRACT = (
    "Diffusion models have achieved remarkable success in image synthesis, but sampling remains "
    "slow because it needs hundreds of network evaluations. "
    "Existing acceleration methods either distill the model, which is costly to train, or use "
    "high-order solvers, which degrade below ten steps. "
    "We present FlashStep, a training-free sampler that reuses intermediate features across "
    "adjacent timesteps and corrects the resulting drift with a lightweight linear predictor. "
    "On ImageNet 256x256 and LSUN Bedroom, FlashStep attains an FID of 2.43 with 8 steps, reducing "
    "wall-clock time by 5.1x relative to DDIM. "
    "Ablations show that the drift predictor accounts for most of the gain. "
    "We also demonstrate that our approach extends to text-to-video generation without "
    "modification."
)
PAPER = paper(
    title="FlashStep: Training-Free Few-Step Sampling for Diffusion Models", abstract=ABSTRACT
)
SENTENCES = sentences(ABSTRACT)


def objection(text: str, *numbers: int, lang: Lang = "en", told: tuple[str, ...] = ()) -> str:
    judge = Judge(
        known=sources_of(PAPER, full_text=SENTENCES),
        lang=lang,
        paper_lang="en",
        asked="Fill these lists with what the paper does and what came of it.",
    )
    cited = tuple(SENTENCES[number - 1] for number in numbers)
    claim = Claim(text=tidied(text), cited=cited, part="background", longest=400)
    return judge.objection(claim, told)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("FlashStep speeds up diffusion sampling without any training by reusing intermediate "
         "features across neighbouring timesteps and correcting the drift with a small linear "
         "predictor.", 3),
        ("Sampling from diffusion models is slow since hundreds of network evaluations are "
         "needed.", 1),
        ("Distillation is expensive to train, while high-order solvers lose quality when fewer "
         "than ten steps are used.", 2),
        ("With 8 steps it reaches an FID of 2.43 on ImageNet 256x256 and LSUN Bedroom.", 4),
        ("Compared with DDIM, the sampler cuts wall-clock time by a factor of 5.1.", 4),
        ("Most of the improvement comes from the drift predictor, as ablations show.", 5),
        ("The method carries over to text-to-video generation as is.", 6),
        ("1. The approach extends to video without any changes [6].", 6),
    ],
)  # fmt: skip
def test_a_statement_in_other_words_passes(text: str, number: int) -> None:
    assert objection(text, number) == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("FlashStep 是一种无需训练 (training-free) 的采样器 (sampler)，它在相邻时间步 (timesteps) "
         "之间复用中间特征 (features)，并用线性预测器 (linear predictor) 修正漂移 (drift)。", 3),
        ("扩散模型 (diffusion models) 在图像合成 (image synthesis) 上效果出色，"
         "但采样 (sampling) 需要数百次网络评估，速度很慢。", 1),
        ("已有加速方法要么对模型做蒸馏 (distill)，训练代价高，要么使用高阶求解器 "
         "(high-order solvers)，在少于十步时质量下降。", 2),
        ("在 ImageNet 256x256 和 LSUN Bedroom 上，FlashStep 仅用 8 步就取得 2.43 的 FID。", 4),
        ("与 DDIM 相比，实际运行时间 (wall-clock time) 缩短了 5.1 倍。", 4),
        ("消融实验 (ablations) 表明，性能提升主要来自漂移预测器 (drift predictor)。", 5),
        ("该方法无需修改即可用于文本生成视频 (text-to-video generation)。", 6),
    ],
)  # fmt: skip
def test_a_statement_in_chinese_that_keeps_the_terms_passes(text: str, number: int) -> None:
    assert objection(text, number, lang="zh") == ""


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("FlashStep attains an FID of 1.43 with 8 steps on LSUN Bedroom.", 4, "number"),
        ("FlashStep attains an FID of 2.43 with nine steps on ImageNet.", 4, "number"),
        ("FlashStep attains an FID of 2.43 with 8 steps.", 5, "name"),
        ("FlashStep attains its FID with 8 steps on CelebA and LSUN Bedroom.", 4, "name"),
        ("With 8 steps the gain over Stable Cascade is large on ImageNet.", 4, "name"),
        ("The approach does not extend to text-to-video generation at all.", 5, "support"),
        ("The drift predictor does not account for most of the gain.", 5, "support"),
        ("Graph networks predict the toxicity of small molecules from structure.", 5, "support"),
        ("The drift predictor accounts for most of the gain, see flashstep.io.", 5, "markup"),
        ("You should use the drift predictor, which accounts for most of the gain.", 5, "talk"),
        ("Say what the paper does and what came of it.", 5, "talk"),
        ("The drift predictor accounts for most of the", 5, "unfinished"),
        ("... the drift predictor accounts for most of the gain.", 5, "unfinished"),
        ("The drift predictor {!!request('x')!!} accounts for most of the gain.", 5, "markup"),
        ("The drift predictor $(x) accounts for most of the gain.", 5, "markup"),
        ("The drift predictor ア accounts for most of the gain.", 5, "markup"),
        ("The d\u0301\u0315rift predictor accounts for most of the gain.", 5, "markup"),
        ("Good gain.", 5, "length"),
        ("漂移预测器 (drift predictor) 带来了大部分提升。", 5, "language"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(text: str, number: int, reason: str) -> None:
    assert objection(text, number) == reason


@pytest.mark.parametrize(
    "text",
    [
        "With 800 steps it reaches an FID of 2.43 on ImageNet 256x256 and LSUN Bedroom.",
        "With 8 steps it reaches an FID of 2.43 and cuts wall-clock time on LSUN Bedroom by 510x.",
        "With 0.08 steps it reaches an FID of 2.43 on ImageNet 256x256 and LSUN Bedroom.",
    ],
)
def test_a_hundred_times_a_number_is_another_number(text: str) -> None:
    assert objection(text, 4) == "number"


@pytest.mark.parametrize(
    "text",
    [
        "清华大学的张三提出了该采样器（FlashStep）。",
        "该论文数据造假（FlashStep），已被撤稿。",
        "想用 FlashStep 的读者可以加微信群讨论。",
        "这个方法在各种各样的场景里都表现得非常出色，值得每一位研究者认真学习和反复体会（FlashStep）。",
    ],
)
def test_what_cannot_be_compared_in_chinese_is_not_said(text: str) -> None:
    assert objection(text, 3, lang="zh") != ""


@pytest.mark.parametrize("numbers", [(), (1, 2, 3, 4)])
def test_too_little_and_too_much_evidence_is_none(numbers: tuple[int, ...]) -> None:
    assert objection("Sampling from diffusion models is slow.", *numbers) == "evidence"


def test_the_same_again_is_not_told_twice() -> None:
    told = ("Of the whole gain, the drift predictor accounts for most.",)

    assert objection("The drift predictor accounts for most of the gain.", 5, told=told) == (
        "repeated"
    )


def test_a_quote_passes_in_the_papers_language_alone() -> None:
    assert objection(SENTENCES[4], 5) == ""
    assert objection(SENTENCES[4], 5, lang="zh") == "language"


@pytest.mark.parametrize("piece", [" ", "[1]", "1, ", "[1, ", "word ", "词", "(", "</think>"])
def test_a_model_that_repeats_itself_without_end_holds_nothing_up(piece: str) -> None:
    assert is_in_proportion(lambda text: objection(f"FlashStep{text}x", 3), piece)
    assert objection(f"FlashStep is fast{piece * 5000}x.", 3) == "length"


@pytest.mark.parametrize(
    ("text", "number", "lang"),
    [
        ("The authors fabricated the ablations of the drift predictor.", 5, "en"),
        ("The plagiarized drift predictor accounts for most of the gain in ablations.", 5, "en"),
        ("The approach extends to text-to-video generation and is the best.", 6, "en"),
        ("Ablations show that the drift predictor hardly accounts for the gain.", 5, "en"),
        ("消融实验 (ablations) 表明漂移预测器 (drift predictor) 有害。", 5, "zh"),
        ("消融实验 (ablations) 表明漂移预测器 (drift predictor) 是抄的。", 5, "zh"),
        ("该方法可用于色情视频 (text-to-video generation)。", 6, "zh"),
        ("该方法可用于监控百姓 (text-to-video generation)。", 6, "zh"),
        ("扩散模型 (diffusion models) 在图像合成 (image synthesis) 上一败涂地。", 1, "zh"),
        ("FlashStep 由马斯克资助 (training-free sampler)。", 3, "zh"),
        ("FlashStep 出自谷歌 (training-free sampler)。", 3, "zh"),
        ("FlashStep 来自华为 (training-free sampler)，复用中间特征 (features)。", 3, "zh"),
        ("FlashStep 是中国人的骄傲 (training-free sampler)。", 3, "zh"),
        ("FlashStep 出自何恺明之手 (training-free sampler)。", 3, "zh"),
        ("FlashStep 由某高校开发 (training-free sampler)。", 3, "zh"),
        ("消融实验 (ablations) 表明漂移预测器 (drift predictor) 是骗局。", 5, "zh"),
        ("FlashStep 源自美国军方 (training-free sampler)。", 3, "zh"),
    ],
)
def test_who_paid_whose_it_is_and_what_is_wrong_with_it_has_to_be_said(
    text: str, number: int, lang: Lang
) -> None:
    assert objection(text, number, lang=lang) != ""
