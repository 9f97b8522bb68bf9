"""This module holds every string of a post that is not a paper's, in each language.

Fields in braces are filled in with ``str.format``; Markdown is written by the templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.escaping import Encoded
from digestgen.model import Depth, Lang, LinkKind, NoteKind, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of one language."""

    colon: Encoded
    comma: str
    stop: str
    made_by: str
    quoted: Mapping[Depth, str]
    generated: Mapping[Depth, str]
    screening: str
    count: str
    update_count: str
    description: str
    authors: str
    more_authors: str
    affiliations: str
    links: str
    link: Mapping[LinkKind, str]
    version: str
    submitted: str
    revised: str
    categories: str
    comment: str
    journal: str
    note: str
    notes: Mapping[NoteKind, str]
    unknown_licence: str
    abstract: str
    gist: str
    takeaways: str
    parts: str
    title: str
    first_author: str
    affiliation: str
    keywords: str
    summary: str
    background: str
    past_methods: str
    proposed_method: str
    task_and_performance: str
    methods: str
    conclusion: str
    significance: str
    assessment: str
    innovation: str
    performance: str
    workload: str
    not_stated: Mapping[Depth, str]
    not_in_metadata: str
    shortened: str
    quoted_mark: str
    gallery: str
    cut_from: str
    and_others: str
    evidence: str
    carries: str
    sentence: str
    page: str
    where: Mapping[str, str]
    section: str
    provenance: str
    built_in: str
    written_by: str
    checked: str
    left_out: str
    unanswered: str
    read: Mapping[Depth, str]
    skipped: str
    stage: Mapping[Stage, str]


ZH = Labels(
    colon=Encoded("："),
    comma="、",
    stop="。",
    made_by="本文由程序自动生成",
    quoted={
        "abstract": "内置摘要器只摘录各论文摘要与元数据中的原句，不改写，不翻译；每句都注明出处。",
        "full": "内置摘要器只摘录各论文摘要与正文中的原句，不改写，不翻译；每句都注明出处。",
    },
    generated={
        "abstract": "{model} 根据论文摘要撰写，并与原文核对；仍可能有误。",
        "full": "{model} 根据论文全文撰写，并与原文核对；仍可能有误。",
    },
    screening="仅供读论文之前的初筛，不能代替阅读原文，请勿用于严肃的学术场合。",
    count="本期共 {papers} 篇论文",
    update_count="，其中 {updates} 篇是修订版",
    description="{topic}：{day} 共 {papers} 篇论文。",
    authors="作者",
    more_authors="其余作者 ({count})",
    affiliations="机构",
    links="链接",
    link={
        "abstract": "摘要页",
        "pdf": "PDF",
        "html": "HTML",
        "code": "代码",
        "project": "项目主页",
        "doi": "DOI",
    },
    version="版本",
    submitted="v{version}，提交于 {published}",
    revised="更新：v{version}，修订于 {updated}；首次提交于 {published}",
    categories="分类",
    comment="备注",
    journal="发表于",
    note="说明",
    notes={
        "no pdf": "此论文没有可读的 PDF，只依据摘要 ({detail})",
        "pdf unavailable": "暂时未能取得此论文的 PDF，只依据摘要",
        "pdf unreadable": "此论文的 PDF 无法读取，只依据摘要 ({detail})",
        "hidden text": "PDF 或元数据中有 {detail} 处读者看不见的文字，未予采用",
        "pictures withheld": "此论文的许可 ({detail}) 不允许转载截图，请看原文",
        "licence unavailable": "暂时未能查到此论文的许可，未展示截图，请看原文",
    },
    unknown_licence="未知",
    abstract="摘要",
    gist="一句话总结",
    takeaways="要点",
    parts="分项解读",
    title="标题",
    first_author="第一作者 {name}，共 {count} 位",
    affiliation="第一作者单位",
    keywords="关键词",
    summary="总结",
    background="研究背景",
    past_methods="已有方法及其问题",
    proposed_method="本文方法",
    task_and_performance="任务与效果",
    methods="方法步骤",
    conclusion="结论",
    significance="意义",
    assessment="创新、性能与工作量",
    innovation="创新",
    performance="性能",
    workload="工作量",
    not_stated={"abstract": "摘要中未找到相应语句", "full": "论文中未找到相应语句"},
    not_in_metadata="元数据中未提供",
    shortened="节选",
    quoted_mark="原句",
    gallery="论文截图 ({count})",
    cut_from="截自论文 PDF",
    and_others="{authors} 等",
    evidence="依据 ({count})",
    carries="用于",
    sentence="第 {number} 句",
    page="第 {number} 页",
    where={"title": "标题", "abstract": "摘要", "comment": "备注", "metadata": "元数据"},
    section="“{heading}”一节",
    provenance="生成方式",
    built_in="内置摘要器",
    written_by="{who}，依据{read}，{day}",
    checked="；{model} 所写陈述经核对：通过 {kept} 条，重写后通过 {repaired} 条，"
    "以原句代替 {replaced} 条，弃用 {dropped} 条",
    left_out="；论文 {sentences} 句中有 {count} 句因篇幅未读",
    unanswered="；有 {count} 个部分未得到模型的回答",
    read={"abstract": "摘要与元数据", "full": "论文全文"},
    skipped="未能收录的论文 ({count})",
    stage={"fetch": "获取", "paper": "读取论文", "summary": "总结", "figures": "截图"},
)

EN = Labels(
    colon=Encoded(": "),
    comma=", ",
    stop=".",
    made_by="This post was made by a program",
    quoted={
        "abstract": "Its built-in summarizer only quotes sentences of the papers' abstracts and "
        "metadata, neither reworded nor translated; each one is listed with its source.",
        "full": "Its built-in summarizer only quotes sentences of the papers' abstracts and full "
        "texts, neither reworded nor translated; each one is listed with its source.",
    },
    generated={
        "abstract": "{model} wrote from the papers' abstracts, and was checked against them; "
        "it may still be wrong.",
        "full": "{model} wrote from the papers' full texts, and was checked against them; "
        "it may still be wrong.",
    },
    screening="It is for screening papers before reading and no substitute for reading them; "
    "do not rely on it in scholarly work.",
    count="Papers: {papers}",
    update_count=", of which revised: {updates}",
    description="{topic}, {day}. Papers: {papers}.",
    authors="Authors",
    more_authors="More authors ({count})",
    affiliations="Affiliations",
    links="Links",
    link={
        "abstract": "Abstract page",
        "pdf": "PDF",
        "html": "HTML",
        "code": "Code",
        "project": "Project page",
        "doi": "DOI",
    },
    version="Version",
    submitted="v{version}, submitted {published}",
    revised="update: v{version}, revised {updated}; first submitted {published}",
    categories="Categories",
    comment="Comment",
    journal="Published in",
    note="Note",
    notes={
        "no pdf": "there is no PDF of it, so only the abstract was read ({detail})",
        "pdf unavailable": "its PDF could not be had, so only the abstract was read",
        "pdf unreadable": "its PDF cannot be read, so only the abstract was ({detail})",
        "hidden text": "the PDF or the metadata holds text that a reader does not see, left out "
        "(places: {detail})",
        "pictures withheld": "figures are not shown, because the licence ({detail}) does not "
        "allow it; see them in the paper",
        "licence unavailable": "figures are not shown, because the licence could not be asked "
        "for; see them in the paper",
    },
    unknown_licence="unknown",
    abstract="Abstract",
    gist="Summary",
    takeaways="Key Takeaways",
    parts="In Detail",
    title="Title",
    first_author="first author {name}, {count} in all",
    affiliation="Affiliation of the first author",
    keywords="Keywords",
    summary="Summary",
    background="Background",
    past_methods="Past methods and their problems",
    proposed_method="Proposed method",
    task_and_performance="Task and performance",
    methods="Methods",
    conclusion="Conclusion",
    significance="Significance",
    assessment="Innovation, performance, workload",
    innovation="Innovation",
    performance="Performance",
    workload="Workload",
    not_stated={
        "abstract": "not stated in the abstract, as far as the program can tell",
        "full": "not stated in the paper, as far as the program can tell",
    },
    not_in_metadata="not in the metadata",
    shortened="shortened",
    quoted_mark="quoted",
    gallery="Figures ({count})",
    cut_from="Cut from the PDF",
    and_others="{authors} et al.",
    evidence="Evidence ({count})",
    carries="carries",
    sentence="sentence {number}",
    page="page {number}",
    where={
        "title": "title",
        "abstract": "abstract",
        "comment": "comment",
        "metadata": "metadata",
    },
    section='section "{heading}"',
    provenance="Made by",
    built_in="the built-in summarizer",
    written_by="{who}, from {read}, {day}",
    checked="; statements of {model} that passed the checks: {kept}, after rewriting: {repaired}, "
    "replaced by quotes: {replaced}, dropped: {dropped}",
    left_out="; sentences not read for lack of room: {count} of {sentences}",
    unanswered="; parts that the model did not answer: {count}",
    read={"abstract": "abstract and metadata", "full": "full text"},
    skipped="Papers that were skipped ({count})",
    stage={
        "fetch": "fetching",
        "paper": "reading the paper",
        "summary": "summary",
        "figures": "figures",
    },
)

LABELS: Mapping[Lang, Labels] = {"zh": ZH, "en": EN}
