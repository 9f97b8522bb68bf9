"""Passages in another language than the page's say so."""

import pytest

from digestgen.model import Lang
from digestgen.site.languages import lang_attribute

FORMULA = '<math data-tex="err"><mi>e</mi><mi>r</mi><mi>r</mi><mo>∼</mo><mi>α</mi></math>'


@pytest.mark.parametrize(
    ("own", "text", "expected"),
    [
        ("zh", "We propose a filter.", ' lang="en"'),
        ("zh", "Brush by Brush: Diffusion Models for Chinese Calligraphy (书法)", ' lang="en"'),
        ("zh", "本文提出 DriftNet，一种跳过平静区域的采样器。", ""),
        ("zh", '<a href="https://example.org/a-rather-long-address">代码</a>', ""),
        ("zh", "2409.00001, 93.4 %", ""),
        ("zh", f"误差{FORMULA}", ""),
        ("zh", f"We reach {FORMULA}.", ' lang="en"'),
        ("en", f"We reach {FORMULA}.", ""),
        ("en", f"<b>误差</b>为 {FORMULA}，{FORMULA}。", ' lang="zh-Hans"'),
        ("zh", "Schrödinger bridges between naïve collections", ' lang="en"'),
        ("en", "We propose a filter.", ""),
        ("en", "我们提出一种滤波器。", ' lang="zh-Hans"'),
        ("en", "Calligraphy (书法) with a brush", ""),
        ("en", "", ""),
        ("zh", "", ""),
    ],
)
def test_a_passage_carries_its_language_where_it_is_another(
    own: Lang, text: str, expected: str
) -> None:
    assert lang_attribute(text, own) == expected
