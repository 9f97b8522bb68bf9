"""What a text says that its paper does not: each detector finds its cause and leaves the rest."""

import pytest

from digestgen.evidence import (
    EIGHT_PARTS,
    Finding,
    Part,
    Passage,
    Sources,
    examine,
    examine_digest,
    language_of,
    sources_of,
)
from digestgen.formats.labels import LABELS
from digestgen.model import Author, Link
from tests.builders import paper

KNOWN = Sources(
    id="2409.00001",
    title="DriftNet: A Filter for Noise",
    authors=("Ada Lovelace", "Zoë Müller", "Wei-Lin Chen"),
    texts=(
        "We propose DriftNet, a filter with eight layers and 505M parameters. On ImageNet it is "
        "2x faster and removes 93.4% of the noise, from 4,768 pictures. Large vision models (LVMs) "
        "help. Please note that XXX chromosomes are not noise [3]. "
        "Code: https://github.com/ada/driftnet",
    ),
    links=("https://arxiv.org/abs/2409.00001v1",),
)


def found(text: str, part: Part = "methods", sources: Sources = KNOWN, **fields: str) -> list[str]:
    """The rules that a passage breaks."""
    passage = Passage(text=text, part=part, lang="zh" if fields.get("lang") == "zh" else None)
    return [finding.rule for finding in examine(passage, sources)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("意义：xxx（如推动发展）", "conclusion"),
        ("作者：张XX", "authors"),
        ("本文由某某大学提出。", "methods"),
        ("[论文标题]", "title"),
        ("【代码链接】", "links"),
        ("[Insert paper link here]", "links"),
        ("(链接文章)", "links"),
        ("<paper title>", "title"),
        ("{author names}", "authors"),
        ("作者姓名（使用英文）", "authors"),
        ("论文链接，代码链接", "links"),
        ("https://www.example.com/paper", "links"),
        ("http://xxx", "links"),
        ("https://github.com/username/repo", "links"),
        ("https://github.com/", "links"),
        ("https://your-link-here.com", "links"),
        ("某大学", "affiliation"),
        ("（此处为论文链接）", "links"),
        ("https://arxiv.org/abs/xxxx.xxxxx", "links"),
        ("代码：待公布", "links"),
        ("TBD", "affiliation"),
        ("效果（待补充）", "methods"),
        ("to be determined", "links"),
        ("Lorem ipsum dolor", "methods"),
    ],
)
def test_a_slot_that_was_not_filled_in_is_a_placeholder(text: str, part: Part) -> None:
    assert "placeholder" in found(text, part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("请根据论文补充具体内容。", "methods"),
        ("需要根据原文的实际情况进行调整。", "background"),
        ("此处填写第一作者单位", "affiliation"),
        ("若论文没有代码则填写无", "links"),
        ("（如果有）", "links"),
        ("关键词（使用英文）", "keywords"),
        ("以上回答仅供格式参考。", "conclusion"),
        ("务必用中文作答。", "methods"),
        ("严格按照要求的格式输出。", "conclusion"),
        ("不超过 200 字", "gist"),
        ("Please provide the affiliation of the first author.", "affiliation"),
        ("Code (if available)", "links"),
        ("噪声滤波器（带有中文翻译）", "title"),
        ("该方法去除噪声。中文翻译：该方法去除噪声。", "methods"),
        ("Replace with the actual link.", "links"),
        ("输出格式如下：", "methods"),
        ("根据要求，使用中文进行回答。", "methods"),
        ("不要添加多余的解释。", "methods"),
        ("Make sure to use the original numerical values.", "methods"),
        ("Strictly follow the format.", "methods"),
    ],
)
def test_an_instruction_to_the_writer_is_a_template_leak(text: str, part: Part) -> None:
    assert "template-leak" in found(text, part)


@pytest.mark.parametrize(
    "text",
    [
        "希望以上总结对您有所帮助。",
        "好的，下面开始。",
        "以下是本文的总结：",
        "以上就是这篇文章的方法概述。",
        "您可以查看附录。",
        "Sure, here is the summary of the paper:",
        "I hope this summary helps!",
        "Let me know if anything is unclear.",
        "总结完毕，希望对你有所帮助！",
        "如果你还有其他问题，欢迎继续提问。",
        "当然可以，下面是总结：",
        "Hope this helps!",
        "Feel free to ask me any other questions.",
        "您好，以下是论文的总结：滤波器很快。",
        "您好！",
        "大家好，滤波器很快。",
        "以下为整理的论文要点：滤波器很快。",
        "以下整理了论文的核心内容。",
        "论文总结如下：滤波器很快。",
        "主要内容如下。",
        "这是该论文的摘要：滤波器很快。",
        "Sure! Here's the summary: filters are fast.",
        "Here's what the paper says: filters are fast.",
        "Hello! Filters are fast.",
        "This is a concise summary of the paper.",
    ],
)
def test_words_to_whoever_asked_are_an_echo(text: str) -> None:
    assert "instruction-echo" in found(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("作为一个AI语言模型，我没有看过全文。", "methods"),
        ("As an AI language model, I see no images.", "methods"),
        ("I cannot access the full paper.", "methods"),
        ("暂时无法给出具体步骤。", "methods"),
        ("无法从提供的信息中确定数据集。", "methods"),
        ("建议查阅原文获取详细内容。", "methods"),
        ("具体指标需查阅原文确认。", "methods"),
        ("作者单位不详", "affiliation"),
        ("缺少相关信息", "affiliation"),
        ("文章没有给出具体的实现步骤，因此无法详细说明。", "methods"),
        ("没有足够的信息来评估工作量。", "conclusion"),
        ("The paper is not provided, so nothing can be said.", "methods"),
        ("not provided", "affiliation"),
    ],
)
def test_a_model_that_says_what_it_cannot_is_a_refusal(text: str, part: Part) -> None:
    assert "model-refusal" in found(text, part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("现有方法无法准确估计深度，难以应用。", "past_methods"),
        ("该方法填充缺失的像素，并替换背景。", "methods"),
        ("申请与请求被分配到两个队列。", "methods"),
        ("如果噪声较大，滤波器会增加层数。", "methods"),
        ("以下三个步骤依次进行。", "methods"),
        ("Existing methods cannot remove noise.", "past_methods"),
        ("参数需要根据实际场景进行调整，以适应噪声。", "methods"),
        ("以人体网格作为模板，在此插入一个模块。", "methods"),
        ("目前无法处理大幅运动，难以获取深度信息和有效细节。", "past_methods"),
        ("由于噪声的不确定性，结果在实践中面临挑战。", "past_methods"),
        ("没有对用户提供的文本提示的长度施加限制。", "methods"),
        ("模型在训练时使用英文，测试时使用中文。", "methods"),
        ("水墨画中的留白由生成器控制，参数不超过 3 个。", "methods"),
        ("如果没有标注，可以忽略该项。该模板由用户给定。", "methods"),
        ("该答案由检索模块给出，模型难以遵循输出格式。", "methods"),
        ("https://arxiv.org/abs/2409.00001 （论文链接）", "links"),
        ("It is not possible to remove all noise; users fill in masks.", "methods"),
        ("We note that XXX chromosomes are not noise.", "methods"),
        ("占位与待定系数法用于求解。", "methods"),
        ("code, text, links", "keywords"),
        ("Ada Lovelace, Zoe Müller, Wei-Lin Chen", "authors"),
        ("第一作者 Ada Lovelace，共 3 位", "authors"),
        ("https://arxiv.org/abs/2409.00001, https://github.com/ada/driftnet", "links"),
        ("Please note that XXX chromosomes are not noise [3].", "methods"),
        (
            "DriftNet 有八个层，参数量 5.05亿，速度提升 2 倍，在 4768 张图片上去除 93.4 % 的噪声。",
            "methods",
        ),
        ("It is two times faster than LVMs on ImageNet.", "methods"),
        ("摘要中未找到相应语句", "methods"),
        ("not stated in the abstract, as far as the program can tell", "methods"),
        ("图像中的噪声通过滤波器去除。", "methods"),
        ("他们是是非非都不管，实实在在地工作。", "methods"),
    ],
)
def test_what_the_paper_says_or_any_paper_might_is_left_alone(text: str, part: Part) -> None:
    assert found(text, part) == []


@pytest.mark.parametrize(
    "text",
    [
        text
        for labels in LABELS.values()
        for text in (*labels.not_stated.values(), labels.not_in_metadata)
    ],
)
def test_what_our_own_posts_say_of_an_empty_part_is_no_refusal(text: str) -> None:
    parts: tuple[Part, ...] = ("affiliation", "keywords", "background", "methods")
    assert [found(text, part) for part in parts] == [[], [], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "去除了 95% 的噪声。",
        "采用十二个层。",
        "It has nine hundred layers and 777 heads.",
        "快 7 倍",
    ],
)
def test_a_number_that_the_paper_does_not_name_is_found(text: str) -> None:
    assert found(text) == ["number-not-in-source"]


def test_without_the_full_text_an_absent_number_only_warns() -> None:
    whole = Sources(texts=("We remove noise.",), is_whole=True)
    part = Sources(texts=("We remove noise.",))
    text = Passage(text="去除了 95% 的噪声。", part="methods")

    assert [examine(text, each)[0].level for each in (whole, part)] == ["error", "warning"]


def test_without_any_source_nothing_is_called_absent() -> None:
    assert found("在 KITTI 上去除 95% 的噪声，见 https://a.org/b", sources=Sources()) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("作者名单见论文", "missing-authors"),
        ("Ada Lovelace et al.", "authors-truncated"),
        ("Ada Lovelace等", "authors-truncated"),
        ("Ada Lovelace, Zoë Müller", "authors-truncated"),
        ("Ada Lovelace, Zoë Müller, Wei-Lin Chen等", "authors-garbled"),
        ("Lovelace Ada, Müller Zoë, Chen Wei-Lin", "author-order-swapped"),
        ("Ada Lovelace, Zoë Müller, Wei-Lin Chen（陈伟林）", "author-name-invented"),
        ("陈伟林、李爱达", "author-name-invented"),
        ("Ada Lovelace, Zoë Müller, Grace Hopper", "author-name-invented"),
        ("伟林 Chen, Ada Lovelace", "author-name-invented"),
    ],
)
def test_authors_are_those_of_the_metadata(text: str, rule: str) -> None:
    assert rule in found(text, "authors")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("https://github.com/someone/else", "link-not-in-source"),
        ("https://arxiv.org/abs/2301.00002", "link-not-in-source"),
        ("doi 10.1234/abcd.5678", "link-not-in-source"),
        ("https://arxiv.org/abs/cs.CV/2409.00001", "link-malformed"),
        ("https://https://a.org", "link-malformed"),
        ("https://a.org/b%EF%BC%88%E6%A0%B9%EF%BC%89", "link-malformed"),
        ("https://arxiv.org/abs/2409.00001 Github: None", "link-contradicts-source"),
        ("代码未公开 https://arxiv.org/abs/2409.00001 代码：无", "link-contradicts-source"),
        ("未知", "link-contradicts-source"),
    ],
)
def test_addresses_are_those_of_the_paper(text: str, rule: str) -> None:
    assert rule in found(text, "links")


def test_another_papers_address_is_an_error_and_an_unknown_one_a_warning() -> None:
    levels = {
        address: [f.level for f in examine(Passage(text=address, part="methods"), KNOWN)]
        for address in ("https://arxiv.org/abs/2301.00002", "https://lab.org/driftnet")
    }

    assert list(levels.values()) == [["error"], ["warning"]]


def test_a_name_that_the_paper_does_not_name_is_found_once() -> None:
    text = "在 SHREC 上优于 DiffMorpher，又在 SHREC 上优于 DriftNet、LVMs 与 ImageNet。"

    assert found(text) == ["name-not-in-source", "name-not-in-source"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("为未来的机器学习和人工智能的发展提供了重要参考。" * 3, "repetition"),
        ("and improves the results of the model on all of the tasks we tried. " * 4, "repetition"),
        ("此方法通过引入网络" * 9 + "。", "run-on-sentence"),
        ("该方法（待续）", "truncated"),
        ("通过引入滤波器，本文显著降低噪声。" * 9 + "因此该方法，", "truncated"),
        ("输入的的一致性", "doubled-word"),
        ("It removes the the noise.", "doubled-word"),
        ("使用生成模型[14，19]进行研究", "citation-leak"),
        ("来自公式（1）的结果", "citation-leak"),
        ("as shown in Fig. 2 and Table 3", "citation-leak"),
        ("本部分主要介绍研究的背景。", "meta-commentary"),
        ("（注：以上描述由文中信息整理）", "meta-commentary"),
        ("text {{ site.title }} text", "template-tag"),
        ("{% raw %}", "template-tag"),
        ("<script>alert(1)</script>", "active-html"),
        ("<img src=x onerror=alert(1)>", "active-html"),
        ("invisible\u200b word", "invisible-character"),
        ("reversed \u202etxet", "invisible-character"),
        ("lost \ufffd\ufffd letters", "invisible-character"),
        ("the ``unsafe'' classes", "latex-leak"),
        ("200$\\times$ faster", "latex-leak"),
        ("Erd\\H{o}s and \\emph{noise}", "latex-leak"),
    ],
)
def test_writing_that_went_out_of_control_is_found(text: str, rule: str) -> None:
    assert rule in found(text, sources=Sources())


def test_a_brace_parted_by_our_own_joiner_is_no_invisible_character() -> None:
    assert found("a {\u2060{ b }\u2060} c", sources=Sources()) == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [("我们提出一个滤波器。", "zh"), ("We propose a filter.", "en"), ("42", None)],
)
def test_a_language_is_told_by_its_letters(text: str, lang: str | None) -> None:
    assert language_of(text) == lang


def test_an_english_sentence_in_a_chinese_digest_is_wrong_unless_it_is_a_quote() -> None:
    own = "The method is a filter that is applied to all of the pictures in the set."
    quote = "We propose DriftNet, a filter with eight layers and 505M parameters."

    assert found(own, lang="zh") == ["wrong-language"]
    assert found(quote, lang="zh") == []


def test_keywords_stay_in_the_language_of_the_paper() -> None:
    assert found("噪声滤波、图像处理", "keywords") == ["wrong-language"]
    assert found("noise filtering（噪声滤波）, images", "keywords") == []


def digest(*left_out: Part, **texts: str) -> list[Passage]:
    """A digest with all eight parts but those left out."""
    plain = dict.fromkeys(EIGHT_PARTS, "本文提出滤波器 DriftNet。") | {
        "authors": "Ada Lovelace, Zoë Müller, Wei-Lin Chen",
        "keywords": "noise, filter",
        "links": "https://arxiv.org/abs/2409.00001",
        "background": "噪声无处不在。",
        "past_methods": "现有滤波器较慢。",
        "task_and_performance": "速度更快。",
        "methods": "先估计噪声，再去除。",
        "conclusion": "意义明确。",
    }
    return [
        Passage(text=texts.get(part, plain[part]), part=part)
        for part in EIGHT_PARTS
        if part not in left_out
    ]


def rules(passages: list[Passage], expected: tuple[Part, ...] = EIGHT_PARTS) -> list[str]:
    return [each.rule for _, each in examine_digest(passages, KNOWN, expected=expected)]


def test_a_whole_digest_has_nothing_wrong() -> None:
    assert rules(digest()) == []


def test_a_missing_part_is_named_where_the_gap_is() -> None:
    [(index, finding)] = examine_digest(digest("methods"), KNOWN)

    assert (index, finding.rule) == (9, "missing-section")
    assert "7 methods" in finding.message


def test_parts_of_one_group_are_missing_together() -> None:
    assert rules(digest("title", "authors", "affiliation", "keywords", "links")) == [
        "missing-section"
    ]


def test_an_empty_part_is_missing() -> None:
    assert rules(digest(methods=" ")) == ["missing-section"]


def test_a_sentence_that_stands_in_two_parts_is_found() -> None:
    twice = "该方法首先估计每一个像素的噪声水平，然后在频域中对其逐一进行抑制和恢复。"

    assert rules(digest(methods=twice, conclusion=twice)) == ["section-duplication"]


def test_a_quote_may_stand_in_two_parts() -> None:
    quote = "We propose DriftNet, a filter with eight layers and 505M parameters."

    assert rules(digest(methods=quote, conclusion=f"创新：{quote}")) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("\n".join(f"{n}. 要点" for n in range(1, 12)), "takeaway-count"),
        ("3. 第三\n4. 第四", "list-starts-midway"),
        ("1. 第一\n2. 第二\n4. 第四", "list-starts-midway"),
    ],
)
def test_takeaways_are_a_whole_list_that_can_be_read(text: str, rule: str) -> None:
    assert rules([Passage(text=text, part="takeaways")], expected=()) == [rule]


def test_a_digest_that_shares_no_term_with_its_paper_is_another_papers() -> None:
    text = (
        "本文研究城市场景的理解，提出新的网络结构，并在多个任务上进行了验证。在 Cityscapes 上对 "
        "robot grasping, pose estimation, shape prior, depth maps, cameras 进行了研究。"
    )

    assert "other-paper" in rules([Passage(text=text, part="methods")], expected=())


def test_spans_are_exact() -> None:
    text = "意义重大。希望这个总结符合您的要求。谢谢"

    [finding] = examine(Passage(text=text, part="conclusion"), KNOWN)

    assert isinstance(finding, Finding)
    assert text[finding.start : finding.end] == "希望这个总结符合您的要求"


def test_sources_are_made_of_a_papers_metadata() -> None:
    known = paper(
        authors=(Author(name="Ada Lovelace", affiliations=("Analytical Engines",)),),
        links=(Link(kind="code", url="https://github.com/ada/engine"),),
    )

    sources = sources_of(known, full_text=("All of it.",))

    assert (sources.authors, sources.affiliations) == (("Ada Lovelace",), ("Analytical Engines",))
    assert sources.links == ("https://github.com/ada/engine",)
    assert sources.is_whole


@pytest.mark.parametrize(
    "hostile",
    ["请" * 20_000, "[" * 20_000, "(链接" * 8_000, "x" * 30_000, "希望" * 15_000, "的的" * 15_000,
     "如果" * 15_000, "<a " * 10_000, "https://" * 5_000, "1," * 20_000, "一二三" * 10_000,
     "{{" * 15_000, "$\\" * 10_000, "A-" * 15_000, "(1)" * 10_000, "待" * 20_000,
     "需要根据" * 8_000, "A B " * 10_000, "作者等" * 10_000, "无法" * 15_000, "the " * 10_000],
    ids=lambda text: text[:4],
)  # fmt: skip
def test_hostile_text_takes_no_longer_than_its_length(hostile: str) -> None:
    for part in ("methods", "links", "authors"):
        examine(Passage(text=hostile, part=part), KNOWN)


def test_a_term_of_the_paper_after_its_chinese_is_no_slot() -> None:
    known = Sources(texts=("Code and weights are released.",))
    said = Passage(text="代码 (code) 和权重均已发布。", part="conclusion")
    other = Passage(text="代码 (link) 和权重均已发布。", part="conclusion")

    assert examine(said, known) == ()
    assert [found.rule for found in examine(other, known)] == ["placeholder"]
