"""This module is `digestgen build`: fetch, digest, write posts, refresh the preview."""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from digestgen import content, pipeline, registry
from digestgen.commands.build_report import (
    build_document,
    show_build,
    show_spending,
    spending_document,
)
from digestgen.commands.lending import (
    READINGS,
    arxiv_options,
    lent,
    summarizer_options,
    trim_cache,
)
from digestgen.commands.preview import refresh_site
from digestgen.commands.project import Project, Surroundings, open_project, short
from digestgen.config import Config, TopicSettings, make_topic
from digestgen.console import Console
from digestgen.content import Ledger
from digestgen.errors import ConfigError, DigestgenError, NothingFoundError
from digestgen.files import locked, sweep
from digestgen.fulltext import FullTexts, Rules
from digestgen.memo import SummaryMemo
from digestgen.model import Topic
from digestgen.net import Stop
from digestgen.pipeline import Order, Stages
from digestgen.ports import MeteredSummarizer, Source, Summarizer
from digestgen.readings import Readings
from digestgen.report import Estimate, TopicReport, Usage
from digestgen.text import squeeze

_PATIENCE_SECONDS = 600.0
_NO_PDFS = "note: this source has no PDFs, so papers are digested from their abstracts"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What the command line asks of a build; ``flags`` are settings by their path."""

    topics: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    query: str = ""
    categories: tuple[str, ...] = ()
    day: date
    since: date | timedelta | None = None
    until: date | None = None
    force: bool = False
    strict: bool = False
    dry_run: bool = False
    with_site: bool = True
    flags: Mapping[str, object] = field(default_factory=dict)


def build(request: BuildRequest, around: Surroundings, console: Console) -> int:
    """Write the day's post of each topic, refresh the preview and return the exit code.

    A topic that finds nothing at all does not keep the others from being written; any other
    failure ends the run, and what is finished stays and is shown.

    Raises:
        ConfigError: the command or the settings are wrong.
        ContentError: a post on disk cannot be read.
    """
    project = open_project(around, request.flags)
    topics = _topics(request, project.config)
    with locked(
        project.content,
        seconds=_PATIENCE_SECONDS,
        on_wait=lambda: console.note(f"waiting for another run in {project.content}"),
    ):
        sweep(project.content)
        with _opened(project, around, console) as stages:
            for topic in topics:  # what is wrong with it is said before anything is fetched
                registry.in_language(stages.summarizer, topic.lang)
            reports, failures = _build_topics(topics, request, project, around, stages)
            if project.config.build.depth == "full" and not stages.texts.reads_pdfs:
                console.note(_NO_PDFS)
            spending = _spending(stages.summarizer, reports, request, project.config)
        began = time.monotonic()
        wants_site = bool(reports) and request.with_site and not request.dry_run
        unseen = _refresh(project, console) if wants_site else ()
    failures += unseen
    seconds = time.monotonic() - began
    posts = short(project.content, around)
    document = build_document(reports, content=posts, failures=failures, site_seconds=seconds)
    console.json(document | spending_document(spending))
    show_build(console, reports, content=posts, dry_run=request.dry_run)
    show_spending(console, spending)
    if wants_site and not unseen:
        console.result(f"preview: {short(project.site, around)} (look at it: digestgen serve)")
    if not request.dry_run:
        _trim(project, around, console)
    return _exit_code(reports, failures, console, strict=request.strict)


def _trim(project: Project, around: Surroundings, console: Console) -> None:
    """Keep the cache small; what keeps it from that is no failure of the build."""
    try:
        trim_cache(project, around)
    except DigestgenError as error:
        console.note(f"note: the cache stays as it is: {error.message}")


def _spending(
    summarizer: Summarizer, reports: Iterable[TopicReport], request: BuildRequest, config: Config
) -> Usage | Estimate | None:
    """Return what a language model was used for, or in a dry run what it would be."""
    if not isinstance(summarizer, MeteredSummarizer):
        return None
    if not request.dry_run:
        return summarizer.usage
    whole = summarizer.estimate((), config.build.depth)
    for report in reports:
        asked = registry.in_language(summarizer, report.topic.lang)
        if isinstance(asked, MeteredSummarizer):
            whole = whole.plus(asked.estimate(report.new, config.build.depth))
    return whole


def _refresh(project: Project, console: Console) -> tuple[DigestgenError, ...]:
    """Make the preview anew; what keeps it from that does not hide what became of the posts."""
    console.progress("building the preview")
    try:
        refresh_site(project, console)
    except DigestgenError as error:
        return (error,)
    return ()


def _exit_code(
    reports: tuple[TopicReport, ...],
    failures: tuple[DigestgenError, ...],
    console: Console,
    *,
    strict: bool,
) -> int:
    for failure in failures:
        console.error(failure)
    if failures:
        return failures[0].exit_code
    lacking = any(report.skipped or report.incomplete for report in reports)
    return 1 if strict and lacking else 0


def _topics(request: BuildRequest, config: Config) -> tuple[Topic, ...]:
    """Return the topics asked for, those of the settings file by name or slug, else new ones."""
    chosen = tuple(_named(name, config) for name in request.topics) or config.topics
    if not chosen:
        raise ConfigError(
            "there is no topic to build",
            hint='try: digestgen build --topic "Diffusion Models", or digestgen init',
        )
    if len(chosen) > 1 and (request.phrases or request.query or request.categories):
        raise ConfigError(
            "--phrase, --query and --category narrow one topic",
            hint="name it with --topic, or write them into digestgen.toml",
        )
    by_slug: dict[str, Topic] = {}
    for topic in chosen:
        if by_slug.setdefault(topic.slug, topic) != topic:
            raise _same_file(topic.name, by_slug[topic.slug])
    return tuple(_with_flags(topic, request, config) for topic in by_slug.values())


def _named(name: str, config: Config) -> Topic:
    wanted = squeeze(name).casefold()
    for topic in config.topics:
        if wanted in (topic.name.casefold(), topic.slug):
            return topic
    made = make_topic(TopicSettings(name=name), config.build, path="--topic")
    for topic in config.topics:
        if topic.slug == made.slug:
            raise _same_file(name, topic)
    return made


def _same_file(name: str, other: Topic) -> ConfigError:
    return ConfigError(
        f"--topic {name!r}: would share its posts with the topic {other.name!r}",
        hint=f"use --topic {other.name!r}, or give one of them a slug in digestgen.toml",
    )


def _with_flags(topic: Topic, request: BuildRequest, config: Config) -> Topic:
    given = request.flags
    return replace(
        topic,
        phrases=request.phrases or topic.phrases,
        query=request.query or topic.query,
        categories=request.categories or topic.categories,
        limit=topic.limit if given.get("limit") is None else config.build.limit,
        lang=topic.lang if given.get("language") is None else config.build.language,
    )


@contextmanager
def _opened(project: Project, around: Surroundings, console: Console) -> Iterator[Stages]:
    """Put the real parts of a run together, and close them after it."""
    config = project.config
    registry.look_in(project.root)
    with ExitStack() as stack:
        stop = Stop()
        tools = stack.enter_context(lent(project, around, console, stop=stop))
        stack.callback(stop.cut)  # Python waits for its threads, and so for what they asked
        source = registry.source(config.build.source, arxiv_options(config.arxiv), tools)
        yield Stages(
            source=source,
            texts=stack.enter_context(_texts(project, source)),
            summarizer=registry.summarizer(
                config.build.summarizer, summarizer_options(project, around), tools
            ),
            output=registry.output_format(
                config.build.format,
                {
                    "categories": config.hexo.categories,
                    "cover": config.hexo.cover,
                    "front_matter": config.hexo.front_matter,
                },
                tools,
            ),
            memo=SummaryMemo(tools.memo),
            workers=_workers(config),
            stop=stop,
            progress=console.progress,
            note=console.note,
        )


def _workers(config: Config) -> int:
    """Return how many papers are digested at the same time.

    With a budget it is one after the other: which papers are within it has to follow from their
    order, not from who was quicker.
    """
    has_budget = config.build.summarizer == "llm" and config.llm.budget is not None
    return 1 if has_budget else config.build.workers


def _texts(project: Project, source: Source) -> FullTexts:
    wanted = project.config.build
    rules = Rules(
        depth=wanted.depth,
        galleries=wanted.figures,
        most=wanted.max_figures,
        show_licence=wanted.show_licence,
        conditions=wanted.accept_conditions,
    )
    readings = Readings(project.cache / READINGS)
    return FullTexts(source, readings, rules, workers=wanted.workers)


def _build_topics(
    topics: Iterable[Topic],
    request: BuildRequest,
    project: Project,
    around: Surroundings,
    stages: Stages,
) -> tuple[tuple[TopicReport, ...], tuple[DigestgenError, ...]]:
    ledgers = _ledgers(project)
    reports: list[TopicReport] = []
    failures: list[DigestgenError] = []
    for topic in topics:
        order = Order(
            topic=topic,
            day=request.day,
            now=around.now,
            folder=project.content,
            ledgers={path: kept for path, kept in ledgers.items() if kept.slug == topic.slug},
            since=request.since,
            until=request.until,
            force=request.force,
            dry_run=request.dry_run,
        )
        try:
            reports.append(pipeline.build_topic(order, stages))
        except NothingFoundError as error:
            failures.append(error)
        except DigestgenError as error:
            failures.append(error)
            break
    return tuple(reports), tuple(failures)


def _ledgers(project: Project) -> dict[PurePosixPath, Ledger]:
    documents = content.read_documents(project.content)
    found = {document.path: content.ledger_of(document) for document in documents}
    return {path: ledger for path, ledger in found.items() if ledger is not None}
