"""Who is named in a Chinese text, where names have neither capitals nor spaces."""

import pytest

from digestgen.evidence import people_in_chinese


@pytest.mark.parametrize(
    "text",
    [
        "张三提出了该采样器。",
        "李明等人发现该方法更快。",
        "该方法优于王小明的方法。",
        "该网络由张三设计。",
        "史密斯提出了该滤波器。",
        "约翰逊等学者研究了噪声。",
        "与王伟的工作相比，速度更快。",
        "赵六和孙七共同提出该方法。",
        "第一作者是李四。",
        "张伟团队提出该框架。",
        "爱因斯坦认为噪声无处不在。",
        "研究者陈晓东负责实验。",
    ],
)
def test_a_person_is_found(text: str) -> None:
    assert people_in_chinese(text)


@pytest.mark.parametrize(
    "text",
    [
        "本文提出了一种新的滤波器，文章指出现有方法较慢。",
        "作者提出该方法，研究者认为噪声有害，文中指出了不足。",
        "实验证明了所提出方法的有效性。",
        "基于张量的方法优于高斯混合的模型，也优于现有的方法。",
        "为解决这一问题，我们提出新的网络；随后提出损失函数。",
        "面部等人体部位和老年人等人群的数据较少。",
        "该方法由编码器和解码器组成，被多种任务采用。",
        "用于成像的方法和成熟的方法都较慢，常用的模型也是。",
        "林业数据、黄金价格和周期性信号的模型。",
        "最近提出的方法与王者荣耀等游戏的数据有关。",
    ],
)
def test_terms_and_the_doers_of_a_digest_are_no_people(text: str) -> None:
    assert people_in_chinese(text) == ()
