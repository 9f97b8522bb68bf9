"""This module lists every setting with its type, default, limits and one line of explanation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from digestgen.config.checking import Address, FrontMatter, OneOf, Within
from digestgen.licensing import Condition
from digestgen.model import Depth, Galleries, Lang, Topic

ARXIV_PAUSE = 3.0
MOST_PAPERS = 2000
LONGEST_NAME = 200

Api = Literal["openai", "anthropic", "gemini"]
Structured = Literal["schema", "json", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """What `build` does when no flag says otherwise; the keys at the top of digestgen.toml."""

    language: Annotated[Lang, "language of the labels, and of what a model writes: zh or en"] = "zh"
    source: Annotated[str, "where papers come from: arxiv, sample or MODULE:create"] = "arxiv"
    summarizer: Annotated[str, "who digests them: extractive, llm or MODULE:create"] = "extractive"
    format: Annotated[str, "blog engine: hexo or MODULE:create"] = "hexo"
    depth: Annotated[Depth, "what is read of a paper: abstract, or full (its PDF)"] = "full"
    figures: Annotated[
        Galleries,
        "whose pictures are shown: all, licensed (of papers whose licence allows it) or none",
    ] = "all"
    max_figures: Annotated[int, "most pictures of a paper", Within(1, 50)] = 8
    show_licence: Annotated[bool, "name each paper's licence: one more request a paper"] = False
    accept_conditions: Annotated[
        tuple[Condition, ...],
        "with figures = licensed, also: nc (no commercial use), nd (no derivatives)",
        OneOf(get_args(Condition)),
    ] = ()
    limit: Annotated[int, "most papers of a topic in one day", Within(1, MOST_PAPERS)] = 50
    window: Annotated[int, "days to look back the first time", Within(1, 3650)] = 7
    workers: Annotated[int, "papers digested at the same time", Within(1, 64)] = 2
    content: Annotated[str, "folder of the posts"] = "content"
    site: Annotated[str, "folder of the preview"] = "site"
    templates: Annotated[str, "folder of your own templates"] = "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """One `[[topics]]` table; what is empty or 0 is taken from elsewhere."""

    name: Annotated[str, "the topic as readers see it"] = ""
    slug: Annotated[str, "its name in files and addresses (made from the name)"] = ""
    phrases: Annotated[
        tuple[str, ...] | None, "phrases to find in titles and abstracts (the name)"
    ] = None
    query: Annotated[str, "an arXiv query that papers must match as well"] = ""
    categories: Annotated[tuple[str, ...], "arXiv categories; a paper has one of them"] = ()
    window: Annotated[int, "days to look back the first time", Within(0, 3650)] = 0
    limit: Annotated[int, "most papers in one day", Within(0, MOST_PAPERS)] = 0
    language: Annotated[str, "language of the labels, and of what a model writes: zh or en"] = ""
    tags: Annotated[tuple[str, ...], "tags of the posts (the name)"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArxivSettings:
    """The `[arxiv]` table."""

    api_url: Annotated[str, "address of the query API", Address()] = (
        "https://export.arxiv.org/api/query"
    )
    pdf_url: Annotated[str, "address of a paper's PDF, with {id}", Address("{id}")] = (
        "https://arxiv.org/pdf/{id}"
    )
    oai_url: Annotated[str, "address of OAI-PMH, which knows licences", Address()] = (
        "https://oaipmh.arxiv.org/oai"
    )
    interval: Annotated[
        float, "seconds between requests; less than 3 only elsewhere", Within(0, 3600)
    ] = ARXIV_PAUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """The `[llm]` table: a language model and what it may cost. Its key is no setting."""

    base_url: Annotated[
        str,
        "address of the model's server, up to its version: .../v1",
        Address(or_empty=True, bare="a key is no part of an address; see DIGESTGEN_LLM_API_KEY"),
    ] = ""
    model: Annotated[str, "the model's name, as its server has it"] = ""
    api: Annotated[Api, "what the server speaks: openai, anthropic or gemini"] = "openai"
    structured: Annotated[
        Structured, "how answers are held to their form: schema, json or none"
    ] = "schema"
    allow_http: Annotated[bool, "ask a server on the local network without encryption"] = False
    context: Annotated[int, "tokens that fit into the model", Within(1024, 10**7)] = 16_000
    max_tokens: Annotated[int, "most tokens of one answer", Within(64, 10**5)] = 1500
    temperature: Annotated[float, "how freely the model chooses its words", Within(0, 2)] = 0.0
    timeout: Annotated[int, "most seconds of one request", Within(1, 3600)] = 120
    concurrency: Annotated[int, "most requests at the same time", Within(1, 64)] = 2
    requests_per_minute: Annotated[int, "most requests in a minute", Within(0, 10**6)] = 0
    tokens_per_minute: Annotated[int, "most tokens in a minute", Within(0, 10**9)] = 0
    price_in: Annotated[float, "price of a million tokens that are read", Within(0, 10**6)] = 0.0
    price_out: Annotated[float, "price of a million tokens that are written", Within(0, 10**6)] = (
        0.0
    )
    budget: Annotated[
        float | None,
        "most that one build may cost, by these prices; 0 asks for nothing new",
        Within(0, 10**6),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HexoSettings:
    """The `[hexo]` table."""

    categories: Annotated[tuple[str, ...], "categories of the posts, side by side"] = ("Paper",)
    cover: Annotated[bool, "make the first picture the post's cover"] = False
    front_matter: Annotated[FrontMatter, "further keys, such as author or copyright_author"] = (
        field(default_factory=lambda: MappingProxyType({}))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSettings:
    """The `[preview]` table."""

    title: Annotated[str, "name of the preview site"] = "Paper digests"
    url: Annotated[
        str,
        "its public address, for feeds",
        Address(or_empty=True, bare="leave out what follows the path"),
    ] = ""
    papers: Annotated[bool, "give each paper a page of its own"] = True
    search: Annotated[bool, "a page to search in; needs the extra digestgen[search]"] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheSettings:
    """The `[cache]` table."""

    dir: Annotated[str, "folder of the memo and the PDFs (the platform's cache folder)"] = ""
    size: Annotated[
        int, "megabytes of PDFs and pictures to keep; those not used for long go", Within(0, 10**6)
    ] = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting; ``origins`` maps the path of each that is no default to where it is set."""

    build: BuildSettings
    arxiv: ArxivSettings
    llm: LlmSettings
    hexo: HexoSettings
    preview: PreviewSettings
    cache: CacheSettings
    topics: tuple[Topic, ...]
    origins: Mapping[str, str]


SECTIONS: Mapping[str, type] = {
    "": BuildSettings,
    "arxiv": ArxivSettings,
    "llm": LlmSettings,
    "hexo": HexoSettings,
    "preview": PreviewSettings,
    "cache": CacheSettings,
}
