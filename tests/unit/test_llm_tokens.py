"""Tokens are guessed rather too many than too few, and what may be spent has a bound that holds."""

import pytest

from digestgen.summarize.llm.prompts import Prompt
from digestgen.summarize.llm.tokens import asked_tokens, most_tokens, tokens
from digestgen.summarize.llm.wire import Question

# How many tokens SmolLM2 makes of them, by the server of `make model`; see benchmarks/tokens.py.
COUNTED = {
    "We propose a fast filter that learns from clean patches and removes the noise.": 15,
    "Zhou Xiaoqing, Krzysztof Wojciechowski, Nils Reimers and Iryna Gurevych": 33,
    "CIFAR, COCO, KITTI, LSUN, FFHQ, DDPM, DDIM, VQGAN and ICDAR": 32,
    "93.4 91.27 0.0031 1024 2048 65536 3.14159 271828 1000000": 56,
    "()[]{}<>=+-*/^_~|&%$#@!;:'\",.?" * 3: 66,
    "αβγδεζηθικλμνξοπρστυφχψω": 25,
    "我们提出了一种新的扩散模型去噪方法，能够显著提升图像生成的质量。": 51,
    "😀🎉🚀🧪🔬": 15,
}


@pytest.mark.parametrize("text", COUNTED)
def test_a_guess_is_not_too_small_and_not_half_as_much_again(text: str) -> None:
    assert COUNTED[text] <= tokens(text) <= 1.5 * COUNTED[text]


@pytest.mark.parametrize("text", [*COUNTED, "龘靐齉爨癵驫麤鱻灪鸞", "\ud800", "e\u0301" * 9])
def test_no_tokenizer_makes_more_of_a_question_than_the_bound(text: str) -> None:
    question = Question(prompt=Prompt(system=text, message=text), schema={"type": "object"})

    assert most_tokens(question) >= 1000 + 2 * len(text.encode("utf-8", "surrogatepass"))
    assert most_tokens(question) >= asked_tokens(question) > 2 * tokens(text)


def test_a_guess_grows_with_every_part_of_a_text() -> None:
    first, second = "The filter learns in 3 steps.", "It removes 93.4 % of the noise."

    assert tokens("") == 0
    assert tokens(f"{first}\n{second}") == tokens(first) + tokens(second) + 1
