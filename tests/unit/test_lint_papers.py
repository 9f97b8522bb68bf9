"""Posts of any generator are cut into their papers and the parts of their digests."""

import pytest

from digestgen.evidence import Part
from digestgen.lint import File, check_file
from digestgen.lint.papers import Block, papers_in
from tests.growth import is_in_proportion

TOP = '---\ntitle: "Noise"\ndate: 2024-09-24 12:00:00\n---\n\n'
HEADER = """## A Filter for Noise

**Authors:Ada Lovelace, Charles Babbage**

We propose a filter for noise. It removes 93.4% of the noise from 4,768 pictures.

[PDF](http://arxiv.org/abs/2409.00001v2) 12 pages, code at https://github.com/ada/filter

"""
PLAIN = """**Summary**
一句话。

**Key Takeaways**
1. 要点一
2. 要点二

**[Some Tool](https://example.net/tool)**

1. 标题：噪声滤波器

2. 作者：Ada Lovelace, Charles Babbage

3. 隶属机构：Analytical Society

4. 关键词：noise

5. 链接：https://arxiv.org/abs/2409.00001

6. 摘要：

    - (1) 研究背景：噪声无处不在。

    - (2) 过去的方法及问题：太慢。

    - (3) 研究方法：新的滤波器。

    - (4) 任务与性能：去除噪声。
7. 方法：

    - (1) 估计噪声。
8. Conclusion:

    - (1) 意义：明确。
"""
BOLD = """**摘要**
一句话。

**要点**
- 要点一

1. **标题**： 噪声滤波器

2. **作者名单**：
Ada Lovelace、Charles Babbage

3. **作者所属单位**： Analytical Society

4. **关键词**： noise

5. **链接**： https://arxiv.org/abs/2409.00001

### 摘要

#### (1) 研究背景

噪声无处不在。

#### (2) 过去的方法与问题

太慢。

#### (3) 研究方法

新的滤波器。

#### (4) 任务与性能

去除噪声。
7. 方法论：

（1）估计噪声。

8. 结论：

（1）意义明确。
"""
HTML = """**Summary**
一句话。

**Key Takeaways**
- 要点一

<ol>
<li>标题：噪声滤波器</li>
<li>作者：Ada Lovelace、Charles Babbage</li>
<li>第一作者单位：Analytical Society</li>
<li>关键词：noise</li>
<li>论文链接：https://arxiv.org/abs/2409.00001
Github 代码链接：无</li>
<li>摘要：
（1）研究背景：噪声无处不在。
（2）过去方法及问题：太慢。
（3）研究方法：新的滤波器。
（4）任务和性能：去除噪声。</li>
</ol>
<p><strong>7. 方法</strong>
(1): 估计噪声。</p>
<ol>
<li>结论：
（1）意义明确。</li>
</ol>
"""
ENGLISH = """**TL;DR**: One sentence.

**Highlights**

1. One thing

1. Title: A Filter for Noise
2. Authors: Ada Lovelace, Charles Babbage
3. Affiliation: Analytical Society
4. Keywords: noise
5. Urls: https://arxiv.org/abs/2409.00001
6. Summary:
- (1) Background: noise is everywhere.
- (2) Past methods: too slow.
- (3) Proposed method: a new filter.
- (4) Task and performance: it removes noise.
7. Methods:
- (1) Estimate the noise.
8. Conclusion:
- (1) Significance: clear.
"""
LOOSE = """**Summary**：一句话。

**关键见解**：

1. 要点一

1. **标题及中文翻译**：噪声滤波器
2. **作者名字**：
\t* Ada Lovelace
\t* Charles Babbage
3. **作者所属单位中文翻译**：Analytical Society
4. **关键词**：noise
5. **链接**：https://arxiv.org/abs/2409.00001

**摘要**：
一、（研究背景）：噪声无处不在。
二、（过去的方法及其问题）：太慢。
三、（研究方法）：新的滤波器。
四、（任务与性能）：去除噪声。

7. 方法论：
* (1) 估计噪声。

结论：
（1）意义明确。
"""
# As a careful writer fills in the form, in words that papers and instructions share.
CLEAN_ZH = """**Summary**
提出了一种去除噪声的滤波器，在 4,768 张图片上去除 93.4% 的噪声。

**Key Takeaways**
1. 噪声普遍存在。
2. 现有方法速度较慢，无法处理大规模图像，难以获取细节信息。
3. 提出新的滤波器，在4768张图片上验证。

1. Title: 噪声滤波器（A Filter for Noise）
2. Authors: Ada Lovelace, Charles Babbage
3. Affiliation: 分析学会（Analytical Society）
4. Keywords: noise, filter, image processing
5. Urls: https://arxiv.org/abs/2409.00001 , https://github.com/ada/filter
6. Summary:
    - (1): 随着图像采集设备的普及，噪声成为影响图像质量的主要因素。本文的研究背景是图像去噪。
    - (2): 过去的方法主要基于局部平均，难以保留细节，且计算量大，用户申请后需要等待。
    - (3): 本文提出一种新的滤波器，首先估计噪声水平，然后在频域中抑制噪声。
    - (4): 该方法去除了93.4%的噪声，性能支持其目标。
7. Methods:
    - (1): 根据输入图像估计噪声水平，并填充缺失的像素；参数需要根据实际场景调整。
    - (2): 以平均图像作为模板，替换高频分量，如果噪声较大，则增加滤波器的阶数；
    - (3): 最后进行逆变换，得到去噪后的图像。
8. Conclusion:
    - (1): 该工作的意义在于为图像去噪提供了新的思路，具有重要的实际应用价值。
    - (2): 创新点：提出新的滤波器；性能：优于现有方法；工作量：在4768张图片上进行了实验。
"""
CLEAN_EN = """**Summary**
A filter removes noise from pictures.

**Key Takeaways**
1. Noise is everywhere.
2. Existing methods cannot handle large pictures; the level of noise is impossible to determine.
3. The filter removes 93.4% of the noise.

1. Title: A Filter for Noise
2. Authors: Ada Lovelace, Charles Babbage
3. Affiliation: Analytical Society
4. Keywords: noise, filter
5. Urls: https://arxiv.org/abs/2409.00001, https://github.com/ada/filter
6. Summary:
- (1): Pictures are noisy. Users are asked to provide masks; if available, these are used.
- (2): Past methods are slow. They do not have access to clean pictures.
- (3): The paper proposes a filter. Here the noise is estimated first; the answer comes below.
- (4): It removes 93.4% of the noise from 4,768 pictures.
7. Methods:
- (1): Estimate the noise. Use the output of the estimator as input.
- (2): Provide the summary statistics to the filter, and replace the high frequencies.
8. Conclusion:
- (1): It is of significance for image processing.
- (2): Innovation: a filter. Performance: better than others. Workload: experiments on one set.
"""
PARTS: list[Part] = [
    "gist",
    "takeaways",
    "title",
    "authors",
    "affiliation",
    "keywords",
    "links",
    "summary",
    "background",
    "past_methods",
    "proposed_method",
    "task_and_performance",
    "methods",
    "conclusion",
]

DIALECTS = {"plain": PLAIN, "bold": BOLD, "html": HTML, "english": ENGLISH, "loose": LOOSE}


def blocks(body: str, top: str = TOP) -> tuple[Block, ...]:
    return papers_in(File(path="noise.md", text=top + body))


def parts(block: Block) -> list[Part]:
    return [section.part for section in block.sections.all if section.part != "other"]


@pytest.mark.parametrize("digest", DIALECTS.values(), ids=DIALECTS)
def test_the_parts_of_a_digest_are_found_in_any_dialect(digest: str) -> None:
    [block] = blocks(HEADER + digest)

    assert parts(block) == PARTS


def test_a_header_gives_the_papers_own_words() -> None:
    [block] = blocks(HEADER + PLAIN)

    assert (block.id, block.version) == ("2409.00001", 2)
    assert block.authors == ("Ada Lovelace", "Charles Babbage")
    assert "https://github.com/ada/filter" in block.sources.links
    assert block.sources.hold("93.4% of the noise")


def test_a_part_ends_where_pictures_or_the_next_paper_begin() -> None:
    gallery = "<details>\n<summary>截图</summary>\n<img src='a.png' alt='a'>\n</details>\n\n"
    first, second = blocks(HEADER + PLAIN + "\n" + gallery + HEADER.replace("00001", "00002"))

    last = first.sections.all[-1]
    assert first.file.text[last.start : last.end].strip() == "- (1) 意义：明确。"
    assert (first.id, second.id) == ("2409.00001", "2409.00002")


def test_headings_of_a_page_on_one_paper_are_parts_and_no_papers() -> None:
    page = (
        "# A Filter for Noise\n\n**arXiv**: [2409.00001](https://arxiv.org/abs/2409.00001)\n\n"
        "## 一句话总结\n\n一句话。\n\n## 研究背景\n\n噪声。\n\n## 方法详解\n\n估计噪声。\n"
    )

    [block] = blocks(page, top="")

    assert (block.id, parts(block)[0], parts(block)[-1]) == ("2409.00001", "gist", "methods")


def test_without_an_abstract_nothing_is_called_absent() -> None:
    page = (
        "# A Filter for Noise\n\n**arXiv**: [2409.00001](https://arxiv.org/abs/2409.00001)\n"
        "**关键词**: articulated object, kinematic structure, part layout, generation, assets.\n\n"
        "## 一句话总结\n\n在 KITTI 与 PartNet-Mobility 上以 95% 的准确率超越 URDFormer。\n"
    )

    [block] = blocks(page, top="")

    assert not block.sources.is_known
    assert [p.rule for p in check_file(File(path="a.md", text=page))] == ["front-matter-missing"]


def test_a_heading_for_the_day_is_no_paper() -> None:
    found = blocks("# 2024-09-24 更新\n\n" + HEADER + PLAIN)

    assert [block.title for block in found] == ["A Filter for Noise"]


@pytest.mark.parametrize("digest", [CLEAN_ZH, CLEAN_EN], ids=["zh", "en"])
def test_a_form_filled_in_with_care_has_nothing_wrong(digest: str) -> None:
    found = check_file(File(path="noise.md", text=TOP + HEADER + digest))

    assert [(problem.rule, problem.message) for problem in found] == []


def test_without_papers_only_what_needs_none_is_found() -> None:
    text = f"{TOP}A note on 17 papers. 希望这个总结符合您的要求。\n"

    found = [problem.rule for problem in check_file(File(path="note.md", text=text))]

    assert found == ["instruction-echo"]


@pytest.mark.parametrize("digest", DIALECTS.values(), ids=DIALECTS)
def test_a_finding_stands_where_its_text_does(digest: str) -> None:
    text = TOP + HEADER + digest.replace("噪声无处不在", "(待补充)").replace("noise is", "(TBD)")

    [found] = [p for p in check_file(File(path="a.md", text=text)) if p.rule == "placeholder"][:1]

    line = text.splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith(("(待补充)", "(TBD)"))
    assert found.excerpt in ("(待补充)", "(TBD)")


HOSTILE = [
    "# a\n", "## a\n\n", "## a\n**Authors:b**\n", "<p>\n", "<li>\n<p>", "**", "**a**\n", "1. ",
    "(1) ", "<details>\n", "<!-- ", "```\n", "~~~", "> ", "- ", "[", "![a](", "<img ", "<img src=",
    "{{", "$", "\\", "&#1", "a: b\n", "---\n", "\ufeff", "| a ", "http://a", "arxiv:",
    "2409.00001 ",     "作者：", "\r", "一" * 30 + "\n",
    "**Summary**\n", "8. 结论：\n", "<ol>\n<li>作者：\n",
    "依据</summary>", "\t", "*a ", " \n", "<summary>", "[a](b) ", "**[a](b)**\n",
    "<details>\n<summary>a</summary>\n1. b\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_posts_take_time_in_proportion_to_their_length(piece: str) -> None:
    def check(hostile: str) -> object:
        text = TOP + HEADER + hostile
        return check_file(File(path="hostile.md", text=text, assets=frozenset()))

    assert is_in_proportion(check, piece, small=30_000, large=120_000)
