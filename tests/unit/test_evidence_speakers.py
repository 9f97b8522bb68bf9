"""Who speaks in a digest, what only forms say, and careful paraphrase, which does neither."""

import pytest

from digestgen.evidence import Part, Passage, Sources, examine
from digestgen.lint import File, check_file

KNOWN = Sources(
    title="Tide Gauges Without Moving Parts",
    texts=("We measure tides with GPS. I thank nobody. Type I errors are rare.",),
)


def found(text: str, part: Part = "methods", sources: Sources = KNOWN) -> list[tuple[str, str]]:
    """The rules that a passage breaks, and how badly."""
    return [(f.rule, f.level) for f in examine(Passage(text=text, part=part), sources)]


@pytest.mark.parametrize(
    "text",
    [
        "Right, let's look at what the gauges do.",
        "I've left the details out.",
        "From what I can tell, the gauges have no moving parts.",
        "Tides are measured by GPS, as far as I know.",
        "Shall the list be longer? Just tell me.",
        "You can find more in the appendix.",
        "The gauges measure what your boat needs.",
        "我通读之后认为潮位计很可靠。",
        "需要更详细的版本就跟我说。",
        "给你整理好了。",
        "咱们来看看潮位计。",
    ],
)
def test_a_digest_is_spoken_by_nobody_to_nobody(text: str) -> None:
    assert ("instruction-echo", "error") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Type I errors are rare, phase I was short, and I/O is slow.",
        "The identity I is added, where I denotes the unit matrix and I of size two is enough.",
        "Let image I be warped; I is then compared with the mask.",
        "The name You Only Look Once is taken up.",
        'The model answers “I do not know” and "you are welcome".',
        "I thank nobody.",
        "我们用卫星测量潮位，自我监督，并与我国沿海的数据比较。",
        "模型回答“我不知道”。",
        "迷你潮位计没有活动部件。",
    ],
)
def test_symbols_names_and_quotes_are_no_speakers(text: str) -> None:
    assert not [rule for rule, _ in found(text) if rule == "instruction-echo"]


def test_papers_on_dialogue_may_speak_of_those_who_are_spoken_to() -> None:
    assert found("The prompt asks for your opinion.") == [("instruction-echo", "warning")]


def test_a_text_of_no_paper_may_speak_to_anyone() -> None:
    assert found("You run it, and I wait.", "other", Sources()) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("两句话左右，不要分点", "gist"),
        ("概括方法，三四句就行", "methods"),
        ("约 80 字。", "gist"),
        ("Two sentences at most.", "gist"),
        ("In 3 to 4 sentences, the idea.", "background"),
        ("这里写创新之处", "conclusion"),
        ("此处补上数据", "methods"),
        ("仓库地址写在这里", "links"),
        ("若无则填无", "links"),
        ("定稿后删除这行", "methods"),
        ("Your result belongs here", "methods"),
        ("Insert the main result here.", "methods"),
        ("Leave blank if unknown", "links"),
        ("Delete this line.", "methods"),
        ("【简述过去的方法】", "past_methods"),
        ("[填上实验结论]", "methods"),
        ("[Summarize how it was tested]", "methods"),
    ],
)
def test_what_only_forms_say_is_a_template_leak(text: str, part: Part) -> None:
    assert ("template-leak", "error") in found(text, part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("……", "background"),
        ("1. ...", "takeaways"),
        ("创新：……；性能：好", "conclusion"),
        ("Innovation: ... Performance: good.", "conclusion"),
        ("N/A", "keywords"),
        ("某国内知名高校", "affiliation"),
    ],
)
def test_values_that_are_none_are_placeholders(text: str, part: Part) -> None:
    assert ("placeholder", "error") in found(text, part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The excerpt does not say how it works.", "methods"),
        ("Only shown the title, little can be said.", "methods"),
        ("This digest was written by an AI model.", "conclusion"),
        ("本摘要由大模型自动生成。", "conclusion"),
        ("文中没有看到具体数据，就不展开了。", "methods"),
        ("只读到了标题。", "background"),
        ("找不到", "affiliation"),
    ],
)
def test_a_writer_that_saw_too_little_is_a_refusal(text: str, part: Part) -> None:
    assert ("model-refusal", "error") in found(text, part)


CHINESE = """---
title: 精选
date: 2025-03-01 12:00:00
---

## Asking Crews What They Hear Under Water

**Authors:** Marta Kern, Yusuf Adeyemi

Hydrophones record ships day and night. We asked 40 volunteers to label 6,200 clips, and trained a \
small network, HullNet, on their labels. It names the type of ship in 83.5% of clips, up from \
71.2%, and runs on a battery for nine days. Sentences of ten words describe each clip. Code is at \
https://github.com/kern/hullnet .

[PDF](http://arxiv.org/abs/2503.00321v1)

**Summary**
作者请志愿者标注水下录音，并训练小网络 HullNet 识别船型。

**Key Takeaways**
1. 水听器昼夜不停地录下船只的声音。
2. 四十名志愿者标注了 6,200 段录音，研究者请他们各自独立判断。
3. 为了描述录音，请参与者各写十个词的句子。
4. 识别率由 71.2% 升至 83.5%，提高 12.3 个百分点。
5. 一块电池可用九天，这里写入的数据不会丢失。
6. 没有标注就没有监督，自我训练只是补充。
7. 这里介绍的网络很小，两句话就能说清它的结构。

1. Title: 水下听船 (Asking Crews What They Hear Under Water)

2. Authors: Marta Kern, Yusuf Adeyemi

3. Affiliation: 奥斯陆大学

4. Keywords: hydrophone, ship noise, labels

5. Urls: http://arxiv.org/abs/2503.00321 , Github: https://github.com/kern/hullnet

6. Summary:

   - (1): 水下录音很多，人工标注很少。

   - (2): 以往的网络太大，电池难以支撑。

   - (3): 志愿者的标注用来训练 HullNet。

   - (4): 船型识别率为 83.5%。

7. Methods:

   - (1): 请志愿者听录音，再把标注汇总。

   - (2): 用汇总的标注训练网络。

8. Conclusion:

   - (1): 长期监测船只变得可行，无人值守时也不必更换电池。

   - (2): 创新点：志愿者的标注；性能：识别率 83.5%；工作量：6,200 段录音。
"""
ENGLISH = """---
title: Picks
date: 2025-03-01 12:00:00
---

## Letting Libraries Answer by Themselves

**Authors:** Noor Haddad, Piet Visser

Reference desks get the same questions every week. We built DeskBot, which answers 62% of 1,900 \
questions by quoting the catalogue, and declines the rest. Templates with slots such as [AUTHOR] \
keep the answers short, no more than 30 words each. Staff rated half of the answers.

[PDF](http://arxiv.org/abs/2503.00654v1)

**Summary**
DeskBot answers questions at library desks out of the catalogue, and declines when it has no answer.

**Key Takeaways**
1. The same questions return week after week.
2. Of 1,900 questions, 62% get an answer, and the rest are declined.
3. Answers take at most thirty words, one or two sentences in most cases.
4. A slot such as [AUTHOR] is filled from the catalogue; when a field is empty, it is left out.
5. Staff members were asked to rate one half of the answers.
6. The authors describe here, for the first time, how often a desk must decline.
"""


@pytest.mark.parametrize("post", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_careful_paraphrase_has_no_errors(post: str) -> None:
    problems = check_file(File(path="2025-03-01-picks.md", text=post))

    assert [p for p in problems if p.level == "error"] == []
