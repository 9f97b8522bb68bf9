"""This module holds the site's own words, in each language it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from digestgen.model import Lang

_MONTHS = "January February March April May June July August September October November December"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of one language; ``html_lang`` is its name in HTML."""

    html_lang: str
    one_paper: str
    many_papers: str
    more_papers: str
    day: str
    earlier: str
    topics: str
    all_posts: str
    same_topic: str
    contents: str
    updated: str
    feed: str
    skip_to_content: str
    close: str
    empty_title: str
    empty_text: str
    missing_title: str
    missing_text: str
    back_home: str
    made_with: str

    def papers(self, count: int) -> str:
        """Return how many papers there are, in words."""
        return (self.one_paper if count == 1 else self.many_papers).format(count)

    def more(self, count: int) -> str:
        """Return how many further papers there are, in words; empty when there are none."""
        return self.more_papers.format(count) if count else ""

    def date(self, day: date) -> str:
        """Return a day as people write it."""
        return self.day.format(day.year, day.month, day.day, _MONTHS.split()[day.month - 1])


LABELS: Mapping[Lang, Labels] = MappingProxyType(
    {
        "en": Labels(
            html_lang="en",
            one_paper="1 paper",
            many_papers="{} papers",
            more_papers="and {} more",
            day="{2} {3} {0}",
            earlier="Earlier",
            topics="Topics",
            all_posts="All posts",
            same_topic="All posts on this topic",
            contents="In this post",
            updated="updated {}",
            feed="Feed",
            skip_to_content="Skip to the content",
            close="Close the picture",
            empty_title="Nothing here yet",
            empty_text="The first digest will appear here as soon as it is built with",
            missing_title="No such page",
            missing_text="The page has moved, or it never was here.",
            back_home="Back to the first page",
            made_with="Made with digestgen. "
            "Read the papers themselves before you rely on a digest.",
        ),
        "zh": Labels(
            html_lang="zh-Hans",
            one_paper="1 篇论文",
            many_papers="{} 篇论文",
            more_papers="另有 {} 篇",
            day="{0}年{1}月{2}日",
            earlier="更早",
            topics="主题",
            all_posts="全部文章",
            same_topic="本主题的全部文章",
            contents="本期论文",
            updated="更新于 {}",
            feed="订阅",
            skip_to_content="跳到正文",
            close="关闭图片",
            empty_title="这里还没有内容",
            empty_text="生成第一篇论文速读后，它就会出现在这里：",
            missing_title="没有这个页面",
            missing_text="页面已经移动，或者从未存在。",
            back_home="回到首页",
            made_with="由 digestgen 生成。引用之前，请阅读论文原文。",
        ),
    }
)
