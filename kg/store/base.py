"""What every store can do, whatever holds the data.

A store keeps one named graph an article (its claims, replaced whole) and one graph of
facts. `apply` changes both in one transaction, so that facts never speak of claims that
are not there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from kg.errors import StoreError
from kg.vocab.rdf import Literal, Node, Quad, nquad
from kg.vocab.terms import DATA, DM, FACTS_GRAPH

if TYPE_CHECKING:
    import rdflib

__all__ = ["BLOCK_KEY", "INDEX_GRAPH", "Change", "Store", "StoreStats", "StoredArticle", "difference"]

INDEX_GRAPH = f"{DATA}index"
"""The named graph of fusion's index. It is derived and internal: exports leave it out."""

BLOCK_KEY = f"{INDEX_GRAPH}#blockKey"
"""Predicate: article graph → a key that fusion finds its neighbours by."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article that the store holds: enough to tell whether it must be read again."""

    graph: str
    """IRI of its named graph."""
    iri: str
    """IRI of the `dm:Article`."""
    sha256: str
    source: str | None = None
    """Path or URL that it was read from."""
    extractor: str | None = None
    """IRI of the extractor, with its version."""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one transaction does. An article that is in `articles` replaces its former self."""

    articles: Mapping[str, Iterable[Quad]] = field(default_factory=dict)
    """Graph IRI → all quads of that article's graph."""
    keys: Mapping[str, Iterable[str]] = field(default_factory=dict)
    """Graph IRI → the keys that its article is found by (`articles_by_keys`); for graphs in `articles`."""
    removed: Iterable[str] = ()
    """Graph IRIs of articles that go."""
    facts_removed: Iterable[str] = ()
    """Subjects whose every quad leaves the facts graph (before `facts_added` enters)."""
    facts_added: Iterable[Quad] = ()


@dataclass(frozen=True, slots=True)
class StoreStats:
    """How much a store holds."""

    quads: int
    articles: int
    facts: int
    """Quads of the facts graph."""
    classes: Mapping[str, int]
    """Class IRI → number of its members among the facts and articles."""


class Closeable(Protocol):
    """Something that can be closed."""

    def close(self) -> None:
        """Give up what it holds."""


class Store(ABC):
    """A place that keeps the graph. Use it in a `with` statement; `open_store` makes one.

    Every method raises StoreError when the storage fails; those that change something
    also when the store was opened for reading.
    """

    writable = False

    def __init__(self, where: str) -> None:
        self.where = where
        """Path or URL, for messages."""
        self.companions: dict[str, Closeable] = {}
        """What lives as long as the store and is closed with it: the workers that run queries."""

    @property
    @abstractmethod
    def revision(self) -> object:
        """Changes whenever a query that starts now may see other data than one before."""

    # --- reading

    @abstractmethod
    def find(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: Node | None = None,  # noqa: A002 (the term of the field)
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """The quads that match; None matches anything. In no particular order."""

    @abstractmethod
    def count(self, graph: str | None = None) -> int:
        """Number of quads in one graph, or in all."""

    @abstractmethod
    def graphs(self) -> Iterator[str]:
        """IRIs of the named graphs that hold something."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads of one graph, or of the store without fusion's index, streamed."""
        found = self.find(graph=graph)
        return found if graph else (quad for quad in found if quad.graph != INDEX_GRAPH)

    def article_quads(self, graph: str) -> tuple[Quad, ...]:
        """The quads of one article's graph; empty when it isn't there."""
        return tuple(self.find(graph=graph))

    def articles(self) -> Iterator[StoredArticle]:
        """What is stored, one an article, in no particular order."""
        for quad in self.find(predicate=DM.textSha256):
            if quad.graph == FACTS_GRAPH:
                continue
            yield StoredArticle(
                graph=quad.graph,
                iri=quad.subject,
                sha256=_text(quad.object),
                source=self._one(quad, DM.readFrom),
                extractor=self._one(quad, DM.extractor),
                published=day_of(self._one(quad, DM.published)),
            )

    def _one(self, article: Quad, predicate: str) -> str | None:
        found = self.find(article.subject, predicate, None, article.graph)
        return min((_text(quad.object) for quad in found), default=None)

    def articles_by_keys(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """Key → graph IRIs of the articles stored under it; keys without any are left out."""
        found = {}
        for key in set(keys):
            graphs = frozenset(quad.subject for quad in self.find(None, BLOCK_KEY, Literal(key), INDEX_GRAPH))
            if graphs:
                found[key] = graphs
        return found

    @abstractmethod
    def select(self, text: str) -> Iterator[tuple[str | None, ...]]:
        """The rows of a SELECT over the union of all graphs, as plain strings.

        For the program's own queries: what users write goes through `kg.query`, which guards it.
        """

    @abstractmethod
    def as_rdflib(self) -> rdflib.Dataset:
        """The same data as a read-only rdflib Dataset whose default graph is the union of all graphs."""

    @abstractmethod
    def stats(self) -> StoreStats:
        """How much is in it."""

    # --- changing

    @abstractmethod
    def apply(self, change: Change) -> None:
        """Do all of it or, when killed or out of space, none of it."""

    def replace_article(self, graph: str, quads: Iterable[Quad], keys: Iterable[str] = ()) -> None:
        """Put an article's quads in the place of those that its graph holds."""
        self.apply(Change(articles={graph: tuple(quads)}, keys={graph: tuple(keys)}))

    def remove_article(self, graph: str) -> None:
        """Empty an article's graph; no error when there is none."""
        self.apply(Change(removed=(graph,)))

    def replace_facts(self, removed: Iterable[str], added: Iterable[Quad]) -> None:
        """Take the facts about the subjects `removed` out and put `added` in."""
        self.apply(Change(facts_removed=removed, facts_added=added))

    @abstractmethod
    def bulk_add(self, quads: Iterable[Quad]) -> None:
        """Add very many quads fast, without holding them in memory: all or none of them."""

    def _must_write(self) -> None:
        if not self.writable:
            raise StoreError("the store was opened for reading", where=self.where)

    def expect_queries(self) -> None:  # noqa: B027 (only stores with workers have something to do)
        """Queries will come soon: start what answers them already, in the background."""

    def publish(self) -> None:  # noqa: B027 (only stores with snapshots have something to do)
        """Show readers everything that is committed; does nothing where they see it anyway."""

    # --- life

    def close(self) -> None:
        """Finish; readers that open the store from now on see everything. Closing twice is harmless."""
        while self.companions:
            self.companions.popitem()[1].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def difference(store: Store, change: Change) -> tuple[set[Quad], list[Quad]]:
    """(quads to take out, quads to put in), neither overlapping what may stay."""
    old: set[Quad] = set()
    wanted: dict[Quad, None] = {}
    for graph in {*change.removed, *change.articles}:
        old.update(store.find(graph=graph))
        old.update(store.find(graph, BLOCK_KEY, None, INDEX_GRAPH))
    for graph, quads in change.articles.items():
        wanted.update((quad if quad.graph == graph else _stray(quad, graph), None) for quad in quads)
    for graph, keys in change.keys.items():
        wanted.update((Quad(graph, BLOCK_KEY, Literal(key), INDEX_GRAPH), None) for key in keys)
    for subject in set(change.facts_removed):
        old.update(store.find(subject, None, None, FACTS_GRAPH))
    for quad in change.facts_added:
        wanted[quad if quad.graph == FACTS_GRAPH else _stray(quad, FACTS_GRAPH)] = None
    return old - wanted.keys(), [quad for quad in wanted if quad not in old]


def _stray(quad: Quad, graph: str) -> Quad:
    raise StoreError(f"a quad of another graph among those of <{graph}>: {nquad(quad)}")


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(node: Node) -> str:
    return node if isinstance(node, str) else node.value
