"""A quantity is the source's when the source states it as what it is, in digits, words or signs."""

import pytest

from digestgen.evidence import unsaid


def found(text: str, source: str) -> list[str]:
    return [text[each.start : each.end].strip() for each in unsaid(text, source)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It is 3 orders of magnitude faster.", "It is three orders of magnitude faster."),
        ("快三个数量级。", "It is 3 orders of magnitude faster."),
        ("快一个数量级。", "It is 10x faster."),
        ("快两个数量级。", "It is up to 150 times faster."),
        ("Orders of magnitude fewer labels.", "Two orders of magnitude fewer labels."),
        ("需要 10²⁵ 次运算。", "It takes $10^{25}$ operations."),
        ("误差降到十分之一。", "A tenth of the error is left."),
        ("三分之二的样本。", "Two thirds of the samples."),
        ("显存减半。", "Halving memory is easy."),
        ("显存减半。", "Memory falls by 50%."),
        ("It halves the time.", "It is 2x faster."),
        ("A tenfold gain.", "A gain of 10×."),
        ("耗时为原来的二分之一。", "It takes half of the time."),
        ("去除了九成噪声。", "It removes 90 % of the noise."),
        ("It gains 7.7 points.", "It rises from 61.2% to 68.9%."),
        ("提升 7.7 个百分点。", "From 61.2 to 68.9 mAP."),
        ("93.4% of them.", "A share of 0.934."),
        ("提速 5.1 倍。", "A factor of 5.1."),
        ("By a factor of 5.1.", "5.1x relative to others."),
        ("仅需 8 步，少于十步。", "With 8 steps, below ten steps."),
        ("需要数百次评估。", "It needs hundreds of evaluations."),
        ("数百张图像。", "On 400 images."),
        ("12 万段视频，一百万张图像。", "120,000 clips and one million images."),
        ("用时三天，延迟 12 毫秒。", "It takes 3 days, with a latency of 12 ms."),
        ("二十五层网络，1.5M images.", "Twenty-five layers, 1.5 million images."),
        ("输入为 256x256，三维，两者都是统一的，这两种方法十分重要。", "256x256 in 3D."),
        ("第三步完成，一种方法由一个半监督模块构成了整体，一成不变。", "A method."),
        (
            "零样本与单步生成，训练三周，约半年。",
            "Zero-shot in one step, for 3 weeks, half a year.",
        ),
        ("A loss of -0.5 on CIFAR-10, in 2-4 steps.", "The loss is −0.5 on CIFAR-10 in 2-4 steps."),
        ("A loss of −0.5.", "The loss is $-0.5$."),
        ("只需一步，单次评估。", "A single step, evaluated once."),
        ("A single pass at zero cost.", "It takes one pass and zero additional cost."),
        ("It is zero-shot and loses none.", "It keeps all."),
        ("周期为半监督训练，零散的样本。", "A period of training."),
        ("The second half of a half-precision run.", "The second half is in half-precision."),
    ],
)
def test_a_quantity_that_the_source_states_is_its_own(text: str, source: str) -> None:
    assert found(text, source) == []


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("It is 3 orders of magnitude faster.", "3.1 times faster, on 3 sets.",
         "3 orders of magnitude"),
        ("An order of magnitude faster.", "3 times faster.", "An order of magnitude"),
        ("快一个数量级。", "It is 3.1 times faster.", "一个数量级"),
        ("需要 10²⁵ 次运算。", "It takes $10^{24}$ operations.", "²⁵"),
        ("误差降到十分之一。", "The error falls by 30%.", "十分之一"),
        ("显存减半。", "Memory falls by 40%, on 50 images.", "减半"),
        ("It halves the error.", "The error falls by 30% on 50 images.", "halves"),
        ("去除了九成噪声。", "It removes 93.4 % of the noise.", "九成"),
        ("A tenfold gain.", "A gain on ten sets.", "tenfold"),
        ("A twenty-fold gain.", "A gain on 20 sets.", "twenty-fold"),
        ("百倍加速。", "It is 10 times faster.", "百倍"),
        ("指标翻倍。", "It grows by 20%.", "翻倍"),
        ("It removes 93.4 points.", "It removes 93.4 % of the noise.", "93.4 points"),
        ("It gains 3.1 %.", "It is 3.1 times faster.", "3.1 %"),
        ("提升 3.1 个百分点。", "It improves by 3.1 %.", "3.1 个百分点"),
        ("提升 3.1%。", "It improves by 3.1 points.", "3.1%"),
        ("提速 3.1 倍。", "It gains 3.1 %.", "3.1 倍"),
        ("40 % of them.", "On 40 datasets.", "40 %"),
        ("93.4 % of them.", "A score of 93.4.", "93.4 %"),
        ("需要 120 秒。", "It takes 120 ms.", "120 秒"),
        ("在五个数据集上。", "On three datasets.", "五个"),
        ("数千张图像。", "On 120 images.", "数千"),
        ("Two thirds of them.", "One third of them.", "Two thirds"),
        ("An FID of -2.43 with 8 steps.", "An FID of 2.43 with 8 steps.", "-2.43"),
        ("FID 为 -2.43。", "An FID of 2.43 with 8 steps.", "-2.43"),
        ("FID 降到−2.43。", "An FID of 2.43 with 8 steps.", "−2.43"),
        ("仅需 8 美元。", "With 8 ms.", "8 美元"),
        ("训练需一个月。", "It is costly to train.", "一个月"),
        ("耗时半年。", "It is costly to train.", "半"),
        ("训练三周。", "It trains for three days.", "三周"),
        ("It takes 3 months.", "It takes 3 hours.", "3 months"),
        ("只需一次评估。", "It needs hundreds of evaluations.", "只需一次"),
        ("Only a single evaluation.", "It needs hundreds of evaluations.", "single"),
        ("At zero cost.", "At a cost of 8 steps.", "zero"),
        ("仅需〇步，成本为零。", "It needs 8 steps.", "零"),
    ],
)  # fmt: skip
def test_a_quantity_of_another_kind_or_size_is_not(text: str, source: str, said: str) -> None:
    assert said in found(text, source)
