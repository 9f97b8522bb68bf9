"""This module finds a model that talks: to whoever asked, about itself, about its own text.

A digest has no "you" and no "I", does not hope, and does not say what it is about to say.
"""

import re
from collections.abc import Iterator

from digestgen.evidence.values import FIELDS, Finding, Passage, Sources

_TO_READER = re.compile(
    r"希望(?:这个|这份|这些|这|以上|上述|本|该|此|对您|能|我的|可以)[^。！!\n]{0,24}"
    r"(?:符合|满足|有(?:所)?帮助|有用|帮(?:助|到)|要求|需求|启发|参考|理解|回答)[^。！!\n]{0,16}"
    r"|希望[^。！!\n]{0,6}(?:对|能)(?:你|您|大家|读者)[^。！!\n]{0,12}|(?:总结|回答|分析|任务)完毕"
    r"|(?<!随)您(?!好)[^。！!\n]{0,30}"
    r"|(?:^|(?<=[。！\n]))\s*(?:好的|当然(?:可以)?|没问题|明白了|收到)[，,！!。]"
    r"|如(?:果)?(?:你|您|大家)?(?:还)?(?:有|需)(?:任何|其他|更多|进一步|什么)?(?:的)?(?:疑问|问题|需要|需求|细节)[^。\n]{0,24}"
    r"(?:随时|告诉|联系|提出|请|咨询|欢迎|提问)[^。\n]{0,16}"
    r"|(?:^|(?<=[。！!，,：:\n]))\s*(?:(?:[您你]|(?:大家|各位)(?:读者|同学|朋友)?)好(?=[，,！!。：:])"
    r"|(?:以下|下面)(?:是|为|就是|对|将|我)?[^。：:\n]{0,30}"
    r"(?:总结|概述|概括|介绍|回答|概要|摘要|解读|翻译|描述|要点|整理|梳理|核心内容|主要内容)"
    r"|这(?:里)?是[^。，：:\n]{0,16}(?:总结|摘要|概述|概括|解读|要点)(?=[：:]))"
    r"|(?<=总结|概述|概括|摘要|要点|解读|内容|整理|回答)如下(?=[：:。]|\s*$)"
    r"|以上(?:就是|便是|即为|即是|是|为|内容|总结|介绍|概述)[^。！!\n]{0,40}"
    r"(?:总结|描述|概述|介绍|思路|内容|要求|概括|解读|详细|部分|回答|主要)[^。！!\n]{0,12}"
    r"|(?:简要|简单)(?:概括|总结|概述|回答)(?:文章|论文|本文)?(?:内容|要点)*如下"
    r"|以下是针对[^。\n]{0,30}"
    r"|(?:我|本人)(?:将|会|可以|已经?|来)(?:为|根据|尝试|尽力|对)[^。\n]{0,24}(?:总结|回答|提供|概括|介绍|翻译)",
    re.MULTILINE,
)
_TO_READER_ENGLISH = re.compile(
    r"\bI hope\b[^.!\n]{0,60}|\bhope (?:this|that|it|these) helps?\b"
    r"|\b(?:feel free to|let me know|don't hesitate)\b[^.!\n]{0,60}"
    r"|(?:^|(?<=[.!\n]))\s*(?:Sure|Certainly|Of course|Absolutely|Okay|Great question)[,!.:]"
    r"|(?:^|(?<=[.!:,\n]))\s*(?:(?:Here(?:'s| is| are)|Below (?:is|are)|The following is)\s"
    r"(?:what (?:the|this|you)|[^.\n]{0,30}(?:summary|summaries|overview|digest|answer|response"
    r"|translation|breakdown|takeaways|points|JSON))"
    r"|(?:This is|These are) (?:a|an|the|my|your)?\s?(?:(?:short|brief|concise|quick|requested) )*"
    r"(?:summary|digest|overview|takeaways|translation))\b[^.\n]{0,30}"
    r"|\b(?:the )?above (?:is|are|content|summary|answer)\b[^.\n]{0,40}"
    r"|\b(?:thank you for|happy to (?:help|assist)|glad to (?:help|assist))\b[^.!\n]{0,40}"
    r"|\b(?:your|you) (?:provided|asked|requested|request|question|requirements?)\b[^.!\n]{0,40}"
    r"|\bask me (?:any|if|for)\b[^.!\n]{0,40}|\bin summary,? I\b"
    r"|(?:^|(?<=[.!\n]))\s*(?:Alright|Got it|Understood|No problem|Hello(?: there)?|Hi(?: there)?"
    r"|Sure thing|Here you go)[,!.:]"
    r"|(?:^|(?<=[.!\n]\s))As (?:requested|instructed|you asked)\b[^.!\n]{0,40}",
    re.IGNORECASE | re.MULTILINE,
)
_OF_ITSELF = re.compile(
    r"作为(?:一个|一名|一款)?(?:AI|人工智能|大?语言模型|大模型|聊天|智能)(?:助手|模型|语言模型)?(?=[，,。我])"
    r"|(?:我|本模型|本助手)(?:的(?:知识|训练数据|能力)|暂时|目前)?[^。，\n]{0,8}(?:无法|不能|没有办法|没法|没有权限|不具备)"
    r"[^。\n]{0,30}"
    r"|(?:很|非常)?(?:抱歉|对不起|遗憾)[，,][^。\n]{0,30}"
    r"|\bas an? (?:AI|artificial intelligence|(?:large )?language model)\b[^.\n]{0,40}"
    r"|\bI(?:'m| am) (?:sorry|afraid|unable|not able)\b[^.\n]{0,50}"
    r"|\bI (?:cannot|can't|can not|do not have|don't have|could not|couldn't|apologi[sz]e)\b"
    r"[^.\n]{0,50}"
    r"|\bmy (?:training data|knowledge cutoff|knowledge cut-off)\b"
    r"|\bthis (?:summary|text|digest|answer|response|content|post) (?:was|is|has been) "
    r"(?:automatically |partly )?(?:generated|written|produced|created) (?:by|with|using)\b"
    r"[^.\n]{0,30}"
    r"|(?:本|此|该|以上|上述|这[份篇段个])(?:总结|摘要|解读|内容|文本|文字|回答|文)由[^。，\n]{0,6}"
    r"(?:AI|人工智能|大(?:语言)?模型|GPT|Claude|Gemini|DeepSeek|豆包|文心|通义|Kimi)[^。\n]{0,12}"
    r"(?:生成|撰写|整理|完成|编写)",
    re.IGNORECASE,
)
_CANNOT = (
    r"(?:无法|不能|难以|未能|没有办法)(?:直接|准确|具体|进一步|明确|完全|全面)*"
    r"(?:给出|提供|确定|获取|获得|回答|评估|得知|判断|访问|列出|查看|得到|填写|确认|知道|了解)"
)
# A paper's methods cannot determine this and that; a model cannot give the answer.
_REFUSED = re.compile(
    rf"{_CANNOT}[^。，；,;\n]{{0,12}}(?:答案|链接|工作量|作者|隶属|机构|原文|全文|回答|总结"
    r"|(?:具体|相关|详细|更多|完整|步骤)(?:的)?(?:步骤|信息|细节|内容))[^。；\n]{0,20}"
    r"|(?:需要?|有待|还需)(?:进一步|根据|仔细|完整|实际)[^。；，\n]{0,24}(?:阅读|查阅|分析|提供)(?:实际|完整)?(?:的)?"
    r"(?:论文|原文|全文|文章|后|才能)[^。；\n]{0,20}"
    rf"|(?:暂时|目前|当前|我)(?:还|尚)?{_CANNOT}[^。；\n]{{0,30}}"
    r"|(?:暂时|目前|当前)(?:还|尚)?(?:未知|不清楚|不确定(?!性)|暂?不可用)[^。；\n]{0,30}"
    r"|(?:具体|实际)(?:的)?(?:细节|步骤|内容|信息)(?:还|仍|尚)?(?:需要?|有待)[^。；\n]{0,30}"
    r"|(?:没有|未)(?:提供|给出)(?:足够|充分|任何)的?(?:信息|内容|细节|上下文)[^。；\n]{0,20}"
    r"|(?:无法|不能|未能|难以)(?:从|根据|基于|通过)[^。；\n]{0,8}提供的(?:信息|内容|文本|摘要|材料|文章|论文)"
    r"[^。；\n]{0,16}"
    r"|(?:需要?|还需|可|应|请|有待)(?:进一步|直接|再|自行)*(?:查阅|查看|阅读|参考|参阅|参见)[^。；，\n]{0,6}"
    r"(?:原文|论文|全文|文献|原始)[^。；\n]{0,16}"
    r"|建议(?:您)?(?:直接|进一步)?(?:查看|查阅|阅读|参考|访问|前往)[^。；，\n]{0,12}"
    r"(?:原文|论文|全文|网站|文献)[^。；\n]{0,16}"
    r"|(?:文章|文中|论文|摘要|原文)(?:中)?(?:并)?(?:没有|未)(?:明确|具体)?(?:给出|提供|提及|说明)[^。；\n]{0,20}"
    r"(?:无法|不能)[^。；\n]{0,16}"
    r"|信息不足[^。；\n]{0,6}(?:无法|不能)[^。；\n]{0,16}"
    r"|(?:只|仅)(?:能)?(?:看|读|拿|收)到了?(?:论文)?(?:的)?(?:摘要|标题|部分内容|片段|节选)[^。；\n]{0,20}"
    r"|(?:原文|论文|文章|摘要|文)(?:里|中|内)(?:也|并|都)?(?:没(?:有)?|未)能?(?:找|看|见|查|搜)到"
    r"[^。；，\n]{0,8}(?:数字|链接|代码|作者|信息|数据|细节|说明|描述|内容|提及)[^。；\n]{0,12}"
    r"|(?:就|便)不(?:再)?(?:写|填|列|展开|多说|说|讲|赘述)了"
    r"|没有足够的?信息(?:来|以|去)?(?:评估|判断|确定|给出|总结)[^。；\n]{0,12}"
    r"|(?i:\b(?:only|just) (?:given|provided|shown|had access to|have access to|saw|see) (?:with )?"
    r"the (?:abstract|title|excerpt)\b[^.\n]{0,20}"
    r"|\bthe (?:excerpt|snippet|(?:provided|given) (?:text|excerpt|abstract)) "
    r"(?:does|did)(?: not|n['’]t)\b"
    r"[^.\n]{0,40})"
    r"|(?i:\b(?:paper|text|abstract|article) (?:is|was) not (?:provided|given)\b[^.\n]{0,50})"
    r"|(?i:\b(?:unable|not possible|impossible) to (?:determine|provide|access|summari[sz]e)"
    r"[^.\n]{0,40}"
    r"\b(?:paper|article|abstract|authors?|affiliations?|full text|provided|given text)\b"
    r"[^.\n]{0,20}"
    r"|\bcannot be (?:determined|provided) from the (?:text|given|provided|paper|abstract)\b"
    r"|\b(?:not enough|insufficient) information (?:is |was )?(?:provided|given)\b[^.\n]{0,40})"
)
_REFUSED_IN_FIELD = re.compile(
    r"(?:暂时|目前|尚|仍)?(?:未知|不详|不明(?!确)|不清楚)|(?:信息|名单|列表|内容|机构|单位|作者)?(?:未|没有)(?:明确)?(?:提供|给出|提及|列出|说明|标明)"
    r"|看不(?:出来?|到|清)|(?:找|查)不到|没(?:有)?(?:找|看|查)到|不知道|没(?:有)?(?:写|说)(?:明|清|出)?(?=[。，,]|$)"
    r"|(?:缺少|缺乏)(?:相关|足够|具体|必要)?(?:的)?信息|无(?:相关|可用|具体|明确)?信息|无法(?:确定|提供|获取|得知|给出|访问|直接)|尚未(?:提供|公布)|暂(?:时)?(?:不可用|无法)"
    r"|(?i:\bnot (?:provided|specified|mentioned|given|stated|listed)\b|\bunknown\b"
    r"|\bunspecified\b)"
)
_ABOUT_TEXT = re.compile(
    r"[（(]\s*(?:注|备注|说明|提示|译者注)\s*[:：][^（）()\n]{0,80}[)）]|"
    r"(?:此|本|该|这|这一)(?:部分|段落?|小节|条目?|章节)(?:内容)?(?:主要|旨在|将|是|为|着重|重点|简要)[^。\n]{0,40}"
    r"|(?:这些|上述|以上)(?:关键)?(?:见解|要点|观点|总结)(?:准确|全面|简要|概括|涵盖|完整)[^。\n]{0,30}"
    r"|(?:研究背景|研究方法|过去方法|方法论?|结论|摘要|总结)(?:部分)?(?:主要)?(?:聚焦于|强调|概括了?|简要概述|围绕)[^。\n]{0,30}"
    r"|(?:作为|以)(?:研究)?背景(?:介绍)?(?:的)?(?:基础)?(?:信息点?)?(?:进行)?(?:阐述|介绍|说明)"
    r"|(?:下面|接下来|下文|后文)(?:将|我们|会)(?:对|从|详细|具体)?[^。\n]{0,20}(?:介绍|总结|阐述|概括|说明)"
    r"|(?i:\bthis (?:section|part|paragraph|summary) (?:mainly |primarily )?"
    r"(?:introduces|describes|summari[sz]es|covers|outlines)\b[^.\n]{0,40}"
    r"|\bthe (?:summary|answer) (?:above|below)\b)"
)


def instruction_echoes(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find words to whoever asked: hopes, greetings, "here is the summary"."""
    yield from _found(
        "instruction-echo",
        "talks to whoever asked for the text",
        (_TO_READER, _TO_READER_ENGLISH),
        passage,
        sources,
    )


def refusals(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find a model that says what it cannot, or that it is one."""
    in_field = (_REFUSED_IN_FIELD,) if passage.part in FIELDS else ()
    patterns = (_OF_ITSELF, _REFUSED, *in_field)
    said = "says that it cannot, instead of saying what the paper says"
    yield from _found("model-refusal", said, patterns, passage, sources)


def meta_commentary(passage: Passage, sources: Sources) -> Iterator[Finding]:
    """Find text about the text."""
    for found in _found(
        "meta-commentary",
        "speaks of the text instead of the paper",
        (_ABOUT_TEXT,),
        passage,
        sources,
    ):
        yield Finding(
            rule=found.rule,
            start=found.start,
            end=found.end,
            message=found.message,
            level="warning",
        )


def _found(
    rule: str,
    said: str,
    patterns: tuple[re.Pattern[str], ...],
    passage: Passage,
    sources: Sources,
) -> Iterator[Finding]:
    for pattern in patterns:
        for match in pattern.finditer(passage.text):
            text = match[0].strip()
            if not sources.hold(text):
                yield Finding(
                    rule=rule,
                    start=match.start(),
                    end=match.end(),
                    message=f"{said}: {text[:60]!r}",
                )
