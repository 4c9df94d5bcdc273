"""The path of one article, from its bytes to facts in the store, top to bottom.

`testify` is all that depends on one article alone: it can run in any process. `ingest` adds
read_all to a store, batch by batch, and brings the facts up to date with each.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kg.facts import Graph, change
from kg.model import Article, Failure, Reading, Record, ResolvedRecord
from kg.triples import article_graph, extractor_path, witness
from kg.vocab import DM, to_iri

if TYPE_CHECKING:
    from kg.extract.reader import Reader
    from kg.gazetteer import Gazetteer
    from kg.resolve.decisions import Decisions
    from kg.store import Store, StoredArticle

__all__ = ["Input", "Summary", "Testimony", "Tools", "graph_of", "ingest", "read_all", "remove", "testify"]

log = logging.getLogger(__name__)

T = TypeVar("T")

BATCH = 50
"""Articles a transaction: enough to spread its cost, few enough to lose little when killed."""

Input = Article | tuple[Article, Record] | Failure
"""An article to read, an official record that needs no reading, or what could not be opened."""


class Tools:
    """What reading needs, each opened when it is first used: most articles need no model."""

    def __init__(self, decisions: Decisions | None = None) -> None:
        self.decisions = decisions

    @cached_property
    def _reader(self) -> Reader:
        from kg.extract.reader import Reader

        return Reader.load()

    def read(self, article: Article) -> Reading:
        """What the trained reader sees; it is loaded at the first call."""
        return self._reader.read(article)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The dated gazetteer."""
        from kg.gazetteer import Gazetteer

        return Gazetteer.open()


class Testimony(NamedTuple):
    """An article with what it says, names resolved."""

    article: Article
    resolved: ResolvedRecord


@dataclass(slots=True)
class Summary:
    """What an ingest did: counts of articles, of mentions, and every failure."""

    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    silent: int = 0
    """Articles that tell of no meeting and no visit."""
    meetings: int = 0
    """Mentions of meetings in the articles read."""
    visits: int = 0
    failures: list[Failure] = field(default_factory=list)

    def count(self, testimony: Testimony, *, replaced: bool) -> None:
        """Take one more article into account."""
        record = testimony.resolved.record
        self.read += 1
        self.replaced += replaced
        self.silent += not (record.meetings or record.visits)
        self.meetings += len(record.meetings)
        self.visits += len(record.visits)


# --- one article alone --------------------------------------------------------------------


def testify(source: Article | tuple[Article, Record], tools: Tools) -> Testimony:
    """What one article or official record says, with ids."""
    from kg.extract import extract
    from kg.resolve import resolve

    article, record = source if isinstance(source, tuple) else (source, extract(source, tools))
    return Testimony(article, resolve(record, article, tools.gazetteer, tools.decisions))


def _attempt(source: Input, tools: Tools) -> Testimony | Failure:
    """`testify`, or the failure. The one place where any error is caught: a batch must go on."""
    if isinstance(source, Failure):
        return source
    article = source[0] if isinstance(source, tuple) else source
    try:
        return testify(source, tools)
    except Exception as error:  # (the boundary; counted, logged and shown)
        log.debug("%s", article.source, exc_info=True)
        return Failure(
            article.source, f"{article.source}: could not be read ({type(error).__name__}: {error})"
        )


_tools: Tools | None = None
"""A worker process' own tools, made once."""


def _start_worker(decisions: Decisions | None) -> None:
    global _tools  # noqa: PLW0603 (a process of a pool has no other place to keep them)
    _tools = Tools(decisions)


def _work(source: Input) -> Testimony | Failure:
    if _tools is None:
        raise RuntimeError("the worker was not started")
    return _attempt(source, _tools)


def read_all(sources: Iterable[Input], tools: Tools, *, workers: int = 1) -> Iterator[Testimony | Failure]:
    """What each source says, in the order of the sources, whatever the number of processes."""
    if workers <= 1:
        for source in sources:
            yield _attempt(source, tools)
        return
    from multiprocessing import get_context

    context = get_context("spawn")  # the model's library does not survive a fork
    with context.Pool(workers, _start_worker, (tools.decisions,)) as pool:
        for chunk in _batches(sources, BATCH * workers):
            yield from pool.map(_work, chunk, chunksize=4)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


# --- many articles and a store --------------------------------------------------------------


def ingest(
    store: Store,
    sources: Iterable[Input],
    tools: Tools,
    *,
    workers: int = 1,
    again: bool = False,
    progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Add what the sources say to the store, skip what it holds unchanged, and fuse.

    `again` skips nothing. Every batch is one transaction: a kill leaves whole articles, and facts
    that fit them.
    """
    summary = Summary()
    held = {article.source: article for article in store.articles()}
    skip = {} if again else held
    results = read_all(_unknown(sources, skip, summary), tools, workers=workers)
    for batch in _batches(results, BATCH):
        graphs: dict[str, Graph] = {}
        outdated: set[str] = set()
        for result in batch:
            if isinstance(result, Failure):
                summary.failures.append(result)
                continue
            graph = graph_of(result)
            known = held.get(result.article.source)
            if known and known.graph != graph.iri:
                outdated.add(known.graph)
            graphs[graph.iri] = graph
            summary.count(result, replaced=known is not None)
        store.apply(change(store, graphs.values(), outdated))
        if progress:
            progress(summary)
    return summary


def remove(store: Store, graphs: Iterable[str]) -> None:
    """Take articles (by graph IRI) and all that rests on them alone out of the store."""
    store.apply(change(store, (), graphs))


def graph_of(testimony: Testimony) -> Graph:
    """The testimony as claims, and as its article's named graph."""
    told = witness(testimony.article, testimony.resolved)
    quads = article_graph(told, testimony.article)
    if not told.mentions:
        # known by its digest, so that it is not read again; its text would only fill the disk
        quads = tuple(quad for quad in quads if quad.predicate not in (DM.text, DM.signature))
    return Graph(told, quads)


def _unknown(
    sources: Iterable[Input], held: Mapping[str | None, StoredArticle], summary: Summary
) -> Iterator[Input]:
    for source in sources:
        if isinstance(source, Failure):
            summary.failures.append(source)
        elif _unchanged(source, held):
            summary.unchanged += 1
        else:
            yield source


def _unchanged(source: Article | tuple[Article, Record], held: Mapping[str | None, StoredArticle]) -> bool:
    """Is it stored already, as today's extractor of the same name would read it?"""
    from kg.extract import extractor_name

    if isinstance(source, tuple):
        article, extractor = source[0], source[1].extractor
    else:
        article, extractor = source, extractor_name()
    known = held.get(article.source)
    return (
        known is not None
        and known.sha256 == article.sha256
        and known.published == article.published
        and known.extractor == to_iri(extractor_path(extractor))
    )
