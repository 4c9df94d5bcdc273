"""What a store in a folder and a store in memory share: the calls to pyoxigraph."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.base import BLOCK_KEY, INDEX_GRAPH, Change, Store, StoreStats
from kg.store.terms import ENGINE_ERRORS, from_ox, node_to_ox, to_ox
from kg.vocab.rdf import Literal, Node, Quad, nquad
from kg.vocab.terms import DM, FACTS_GRAPH, RDF

if TYPE_CHECKING:
    import rdflib

__all__ = ["Closeable", "OxigraphStore"]


class Closeable(Protocol):
    """Something that can be closed."""

    def close(self) -> None:
        """Give up what it holds."""


class OxigraphStore(Store):
    """A store on pyoxigraph. Subclasses say where it lies and what happens around a change."""

    writable: bool

    def __init__(self, where: str) -> None:
        self.where = where
        self.companions: dict[str, Closeable] = {}
        """What lives as long as the store and is closed with it: the workers that run queries."""

    @property
    @abstractmethod
    def revision(self) -> object:
        """Changes whenever what `opener` opens would show other data."""

    def close(self) -> None:
        """Close what works for this store."""
        while self.companions:
            self.companions.popitem()[1].close()

    @property
    @abstractmethod
    def db(self) -> ox.Store:
        """The engine's handle that this process reads from (and, when writing, writes to)."""

    @abstractmethod
    def opener(self) -> Callable[[], ox.Store]:
        """A function that gives a readable handle in a forked child, with all that is committed now."""

    def find(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: Node | None = None,  # noqa: A002
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """The quads that match; None matches anything."""
        try:
            found = self.db.quads_for_pattern(
                None if subject is None else ox.NamedNode(subject),
                None if predicate is None else ox.NamedNode(predicate),
                None if object is None else node_to_ox(object),
                None if graph is None else ox.NamedNode(graph),
            )
        except ENGINE_ERRORS as error:
            raise self.failure(error) from error
        while True:
            try:
                quad = next(found, None)
            except ENGINE_ERRORS as error:
                raise self.failure(error) from error
            if quad is None:
                return
            yield from_ox(quad)

    def count(self, graph: str | None = None) -> int:
        """Number of quads in one graph, or in all."""
        if graph is None:
            return len(self.db)
        return sum(1 for _ in self.db.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def graphs(self) -> Iterator[str]:
        """IRIs of the named graphs that hold something (an emptied graph's name may stay in the engine)."""
        for graph in self.db.named_graphs():
            if next(iter(self.db.quads_for_pattern(None, None, None, graph)), None) is not None:
                yield graph.value

    def stats(self) -> StoreStats:
        """How much is in it."""
        classes: Counter[str] = Counter()
        articles = 0
        for quad in self.db.quads_for_pattern(None, ox.NamedNode(RDF.type), None, None):
            kind, graph = quad.object.value, quad.graph_name.value  # type: ignore[union-attr]
            if graph == FACTS_GRAPH or kind == DM.Article:
                classes[kind] += 1
                articles += kind == DM.Article and graph != FACTS_GRAPH
        return StoreStats(len(self.db), articles, self.count(FACTS_GRAPH), dict(sorted(classes.items())))

    def apply(self, change: Change) -> None:
        """Do all of it in one transaction: the difference to what is there, so little is written."""
        self._must_write()
        gone, new = self._difference(change)
        if not gone and not new:
            return
        try:
            if gone:
                self.db.update(_update_text(gone, new))
            else:
                self.db.extend([to_ox(quad) for quad in new])
        except ENGINE_ERRORS as error:
            raise self.failure(error) from error
        except SyntaxError as error:
            raise StoreError(f"quads that the engine refuses ({error})", where=self.where) from error
        self.changed()

    def publish(self) -> None:
        """Show readers everything that is committed; does nothing where they see it anyway."""

    def changed(self) -> None:
        """Called after each committed change."""

    def failure(self, error: OSError | RuntimeError) -> StoreError:
        """The engine's or the system's refusal, told to people."""
        return StoreError(str(error), where=self.where)

    def _must_write(self) -> None:
        if not self.writable:
            raise StoreError(
                "the store was opened for reading", where=self.where, remedy="open it with write=True"
            )

    def _difference(self, change: Change) -> tuple[set[Quad], list[Quad]]:
        """(quads to take out, quads to put in), neither overlapping what may stay."""
        old: set[Quad] = set()
        wanted: dict[Quad, None] = {}
        for graph in {*change.removed, *change.articles}:
            old.update(self.find(graph=graph))
            old.update(self.find(graph, BLOCK_KEY, None, INDEX_GRAPH))
        for graph, quads in change.articles.items():
            wanted.update((quad if quad.graph == graph else _stray(quad, graph), None) for quad in quads)
        for graph, keys in change.keys.items():
            wanted.update((Quad(graph, BLOCK_KEY, Literal(key), INDEX_GRAPH), None) for key in keys)
        for subject in set(change.facts_removed):
            old.update(self.find(subject, None, None, FACTS_GRAPH))
        for quad in change.facts_added:
            wanted[quad if quad.graph == FACTS_GRAPH else _stray(quad, FACTS_GRAPH)] = None
        return old - wanted.keys(), [quad for quad in wanted if quad not in old]

    def as_rdflib(self) -> rdflib.Dataset:
        """The same data as a read-only rdflib Dataset whose default graph is the union of all graphs.

        String queries run in Oxigraph; `prepareQuery` objects and extra keywords fall back to
        rdflib's own engine, which is slower by orders of magnitude: prefer `kg.query.run`.
        """
        import rdflib
        from oxrdflib import OxigraphStore as View

        return rdflib.Dataset(store=View(store=self.opener()()), default_union=True)


def _stray(quad: Quad, graph: str) -> Quad:
    raise StoreError(f"a quad of another graph among those of <{graph}>: {nquad(quad)}")


def _update_text(gone: Iterable[Quad], new: Iterable[Quad]) -> str:
    """One update request, which the engine runs as one transaction."""
    parts = []
    for verb, quads in (("DELETE", gone), ("INSERT", new)):
        by_graph: dict[str, list[str]] = {}
        for quad in quads:
            to_ox(quad)  # raises for what the engine can't keep, and for anything that is no IRI
            triple = nquad(quad)
            by_graph.setdefault(quad.graph, []).append(triple[: triple.rindex(" <")])
        blocks = "\n".join(
            f"GRAPH <{graph}> {{ {' . '.join(triples)} }}" for graph, triples in by_graph.items()
        )
        if blocks:
            parts.append(f"{verb} DATA {{ {blocks} }}")
    return " ;\n".join(parts)
