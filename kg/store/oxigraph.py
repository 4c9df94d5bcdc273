"""What a store in a folder and a store in memory share: the calls to pyoxigraph."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.base import Change, Store, StoreStats, difference
from kg.store.terms import ENGINE_ERRORS, from_ox, node_to_ox, to_ox, update_text
from kg.vocab.rdf import Node, Quad
from kg.vocab.terms import DM, FACTS_GRAPH, RDF

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

if not TYPE_CHECKING:
    from kg.store.lazy import ox

__all__ = ["OxigraphStore"]


class OxigraphStore(Store):
    """A store on pyoxigraph. Subclasses say where it lies and what happens around a change."""

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

    def select(self, text: str) -> Iterator[tuple[str | None, ...]]:
        """The rows of a trusted SELECT as plain strings, answered in this process."""
        try:
            for row in self.db.query(text, use_default_graph_as_union=True):  # type: ignore[union-attr]
                yield tuple(None if term is None else term.value for term in row)
        except ENGINE_ERRORS as error:
            raise self.failure(error) from error

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
        gone, new = difference(self, change)
        if not gone and not new:
            return
        try:
            if gone:
                self.db.update(update_text(gone, new))
            else:
                self.db.extend([to_ox(quad) for quad in new])
        except ENGINE_ERRORS as error:
            raise self.failure(error) from error
        except SyntaxError as error:
            raise StoreError(f"quads that the engine refuses ({error})", where=self.where) from error
        self.changed()

    def expect_queries(self) -> None:
        """Start a worker, which opens the store while this process does something else."""
        from kg.store.worker import workers_of

        workers = workers_of(self)
        workers.give(self.revision, workers.take(self))

    def changed(self) -> None:
        """Called after each committed change."""

    def failure(self, error: OSError | RuntimeError) -> StoreError:
        """The engine's or the system's refusal, told to people."""
        return StoreError(str(error), where=self.where)

    def as_rdflib(self) -> rdflib.Dataset:
        """The same data as a read-only rdflib Dataset whose default graph is the union of all graphs.

        Queries are guarded as everywhere, but not limited in time: prefer `kg.query.run`. Prepared
        queries, and arguments beside `initNs` and `initBindings`, are refused with QueryError.
        """
        from kg.store.rdflib_view import GuardedOxigraph, view_of

        return view_of(GuardedOxigraph(store=self.opener()()))
