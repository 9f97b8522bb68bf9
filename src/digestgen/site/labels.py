"""This module holds the site's own words, in each language it speaks."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from digestgen.model import Lang
from digestgen.values import Value

_MONTHS = "January February March April May June July August September October November December"


class Labels(Value, frozen=True, kw_only=True):
    """The words of one language; ``html_lang`` is its name in HTML.

    Fields in braces are filled in by the methods, which is all that is written in code.
    """

    html_lang: str
    # How things are counted and dated.
    one_paper: str
    many_papers: str
    more_papers: str
    one_post: str
    many_posts: str
    one_topic: str
    many_topics: str
    day_form: str
    month_form: str
    week_form: str
    between_counts: str
    between_names: str
    # The frame of every page.
    skip_to_content: str
    site_menu: str
    topics: str
    archive: str
    trends: str
    search: str
    theme: str
    theme_auto: str
    theme_light: str
    theme_dark: str
    feeds: str
    feed: str
    json_feed: str
    made_with: str
    # The first page, and lists of posts.
    earlier: str
    new_versions: str
    new_version: str
    up_to: str
    empty_title: str
    empty_text: str
    # A topic.
    cite_topic: str
    # A post.
    contents: str
    papers_here: str
    same_topic: str
    updated: str
    newer: str
    older: str
    own_page: str
    evidence: str
    # A paper.
    paper: str
    authors: str
    published: str
    revised: str
    categories: str
    published_in: str
    digests: str
    cite: str
    cite_text: str
    # Trends.
    trends_title: str
    trends_text: str
    trends_table: str
    trends_bar: str
    trends_scale: str
    week: str
    no_trends: str
    # Search.
    search_title: str
    search_placeholder: str
    search_needs_script: str
    search_none: str
    search_failed: str
    one_result: str
    many_results: str
    more_results: str
    # What scripts say.
    copy: str
    copied: str
    copy_failed: str
    close: str
    zoom: str
    previous_picture: str
    next_picture: str
    picture_failed: str
    picture: str
    pictures: str
    # Keys.
    keys: str
    key_search: str
    key_topics: str
    key_next: str
    key_previous: str
    key_help: str
    key_close: str
    keys_on: str
    # A page that is not there.
    missing_title: str
    missing_text: str
    back_home: str
    # What stops the live preview.
    problem_title: str
    problem_text: str

    def papers(self, count: int) -> str:
        """Return how many papers there are, in words."""
        return (self.one_paper if count == 1 else self.many_papers).format(count)

    def posts(self, count: int) -> str:
        """Return how many posts there are, in words."""
        return (self.one_post if count == 1 else self.many_posts).format(count)

    def topics_count(self, count: int) -> str:
        """Return how many topics there are, in words."""
        return (self.one_topic if count == 1 else self.many_topics).format(count)

    def counts(self, *counts: str) -> str:
        """Return several counts in a row."""
        return self.between_counts.join(counts)

    def more(self, count: int) -> str:
        """Return how many further papers there are, in words; empty when there are none."""
        return self.more_papers.format(count) if count else ""

    def month(self, day: date) -> str:
        """Return a day's month as people write it."""
        return self.month_form.format(day.year, day.month, _MONTHS.split()[day.month - 1])

    def date(self, day: date) -> str:
        """Return a day as people write it."""
        return self.day_form.format(day.year, day.month, day.day, _MONTHS.split()[day.month - 1])


LABELS: Mapping[Lang, Labels] = MappingProxyType(
    {
        "en": Labels(
            html_lang="en",
            one_paper="1 paper",
            many_papers="{} papers",
            more_papers="and {} more",
            one_post="1 digest",
            many_posts="{} digests",
            one_topic="1 topic",
            many_topics="{} topics",
            day_form="{2} {3} {0}",
            month_form="{2} {0}",
            week_form="week {1} of {0}, from {2}",
            between_counts=" · ",
            between_names=", ",
            skip_to_content="Skip to the content",
            site_menu="Site",
            topics="Topics",
            archive="Archive",
            trends="Trends",
            search="Search",
            theme="Colours",
            theme_auto="Colours: as the system",
            theme_light="Colours: light",
            theme_dark="Colours: dark",
            feeds="Feeds",
            feed="Atom feed",
            json_feed="JSON feed",
            made_with="Made with digestgen. "
            "Read the papers themselves before you rely on a digest.",
            earlier="Earlier",
            new_versions="New versions",
            new_version="new version",
            up_to="up to {}",
            empty_title="Nothing here yet",
            empty_text="The first digest will appear here as soon as it is built with",
            cite_topic="Cite all papers of this topic",
            contents="Contents",
            papers_here="In this digest",
            same_topic="All posts on this topic",
            updated="updated {}",
            newer="Newer",
            older="Older",
            own_page="Page of this paper",
            evidence="Evidence",
            paper="Paper",
            authors="Authors",
            published="First submitted",
            revised="This version",
            categories="Categories",
            published_in="Published in",
            digests="Digests of this paper",
            cite="Cite",
            cite_text="Made from the metadata. Check them before you publish.",
            trends_title="Papers per topic and week",
            trends_text="How many papers the digests of the last year hold, by week. "
            "All topics are drawn to one scale.",
            trends_table="The same as a table",
            trends_bar="{0}: {1}",
            trends_scale="tallest bar: {}",
            week="Week",
            no_trends="There is nothing to draw yet.",
            search_title="Search the digests",
            search_placeholder="Words, a title, an author",
            search_needs_script="Searching needs scripts and a server. Topics and archive do not:",
            search_none="Nothing was found.",
            search_failed="The search could not be loaded.",
            one_result="1 result",
            many_results="{} results",
            more_results="More results",
            copy="Copy",
            copied="Copied",
            copy_failed="Could not copy: select the text, and copy it by hand",
            close="Close",
            zoom="Zoom",
            previous_picture="Previous picture",
            next_picture="Next picture",
            picture_failed="The picture cannot be loaded",
            picture="picture",
            pictures="pictures",
            keys="Keys",
            key_search="search",
            key_topics="go to the topics",
            key_next="next paper or post",
            key_previous="previous paper or post",
            key_help="these keys",
            key_close="close what is open",
            keys_on="Listen to single keys",
            missing_title="No such page",
            missing_text="The page has moved, or it never was here.",
            back_home="Back to the first page",
            problem_title="The site could not be built",
            problem_text="It is built again when a post or a template is saved, "
            "and when this page is loaded again.",
        ),
        "zh": Labels(
            html_lang="zh-Hans",
            one_paper="1 篇论文",
            many_papers="{} 篇论文",
            more_papers="另有 {} 篇",
            one_post="1 期速读",
            many_posts="{} 期速读",
            one_topic="1 个主题",
            many_topics="{} 个主题",
            day_form="{0}年{1}月{2}日",
            month_form="{0}年{1}月",
            week_form="{0} 年第 {1} 周，自 {2} 起",
            between_counts=" · ",
            between_names="、",
            skip_to_content="跳到正文",
            site_menu="站点",
            topics="主题",
            archive="归档",
            trends="趋势",
            search="搜索",
            theme="配色",
            theme_auto="配色：跟随系统",
            theme_light="配色：浅色",
            theme_dark="配色：深色",
            feeds="订阅",
            feed="Atom 订阅",
            json_feed="JSON 订阅",
            made_with="由 digestgen 生成。引用之前，请阅读论文原文。",
            earlier="更早",
            new_versions="有新版本的论文",
            new_version="新版本",
            up_to="截至\u00a0{}",
            empty_title="这里还没有内容",
            empty_text="生成第一篇论文速读后，它就会出现在这里：",
            cite_topic="引用本主题的全部论文",
            contents="目录",
            papers_here="本期论文",
            same_topic="本主题的全部文章",
            updated="更新于 {}",
            newer="较新",
            older="较早",
            own_page="本论文的页面",
            evidence="依据",
            paper="论文",
            authors="作者",
            published="首次提交",
            revised="本版修订",
            categories="分类",
            published_in="发表于",
            digests="收录本论文的速读",
            cite="引用",
            cite_text="由元数据生成，发表前请核对。",
            trends_title="每个主题每周的论文数",
            trends_text="最近一年各期速读收录的论文数，按速读所在的周统计。所有主题使用同一刻度。",
            trends_table="以表格显示",
            trends_bar="{0}：{1}",
            trends_scale="最高：{}",
            week="周",
            no_trends="还没有可以画的数据。",
            search_title="搜索论文速读",
            search_placeholder="关键词、标题或作者",
            search_needs_script="搜索需要 JavaScript 和网站服务器；主题和归档不需要：",
            search_none="没有找到相关内容。",
            search_failed="未能载入搜索。",
            one_result="1 条结果",
            many_results="{} 条结果",
            more_results="更多结果",
            copy="复制",
            copied="已复制",
            copy_failed="未能复制，请选中文字后手动复制",
            close="关闭",
            zoom="缩放",
            previous_picture="上一张",
            next_picture="下一张",
            picture_failed="未能载入图片",
            picture="图片",
            pictures="图集",
            keys="快捷键",
            key_search="搜索",
            key_topics="前往主题",
            key_next="下一篇",
            key_previous="上一篇",
            key_help="显示快捷键",
            key_close="关闭弹出的内容",
            keys_on="启用单键快捷键",
            missing_title="没有这个页面",
            missing_text="页面已经移动，或者从未存在。",
            back_home="回到首页",
            problem_title="未能生成站点",
            problem_text="保存文章或模板后，或重新载入本页时，会再次生成。",
        ),
    }
)
