# ruff: noqa: N803 (the names in rdflib)
"""rdflib's view of a store, which only reads and fetches nothing.

rdflib has an engine of its own, which asks other servers for SERVICE and reads what FROM names. It
takes over whenever a store declines a query: here none is ever declined, but answered or refused.
"""

from __future__ import annotations

from typing import Any, NoReturn

import rdflib
from oxrdflib import OxigraphStore as OxigraphView
from rdflib.plugins.stores.sparqlstore import SPARQLStore as EndpointView
from rdflib.query import Result
from rdflib.store import Store as RdflibStore

from kg.errors import QueryError, StoreError
from kg.query.guard import check
from kg.store.terms import ENGINE_ERRORS

__all__ = ["GuardedEndpoint", "GuardedOxigraph", "view_of"]


def _checked(query: object, more: dict[str, object]) -> str:
    """The text of a query that may run; QueryError for anything else."""
    if not isinstance(query, str):
        raise QueryError(
            "a prepared query would run in rdflib's own engine, which fetches from the net",
            remedy="give the text, and values by initBindings",
        )
    if more:
        raise QueryError(
            f"the argument {', '.join(sorted(more))} would make rdflib's own engine answer, which fetches",
            remedy="leave it out, or use kg.query.run",
        )
    return check(query).text


def _refuse(*_: object, **__: object) -> NoReturn:
    raise StoreError("the store was opened for reading", remedy="use kg ingest or kg rm")


class _ReadOnly:
    """What a view's store answers to everything that changes it."""

    add = remove = remove_graph = update = destroy = _refuse
    addN = _refuse  # noqa: N815 (the name in rdflib)

    def add_graph(self, graph: object) -> None:
        """Nothing: rdflib says this of every graph that it is asked for."""


class GuardedOxigraph(_ReadOnly, OxigraphView):
    """Oxigraph, asked with guarded texts only."""

    def query(self, query: object, initNs: Any, initBindings: Any, queryGraph: Any, **more: object) -> Result:
        """As rdflib's; QueryError for what is forbidden."""
        text = _checked(query, more)
        try:
            found: Result = super().query(text, initNs, initBindings, queryGraph)
        except (SyntaxError, *ENGINE_ERRORS) as error:
            raise QueryError(
                f"the engine refuses the query ({error})", remedy="ask in another way"
            ) from error
        return found


class GuardedEndpoint(_ReadOnly, EndpointView):
    """A SPARQL server, asked with guarded texts only."""

    def query(  # type: ignore[override]
        self,
        query: object,
        initNs: Any = None,
        initBindings: Any = None,
        queryGraph: Any = None,
        **more: object,
    ) -> Result:
        """As rdflib's; QueryError for what is forbidden."""
        return super().query(_checked(query, more), initNs, initBindings, queryGraph)


class _Guarded:
    """A graph or dataset that never hands a query to another engine, and loads nothing."""

    def query(self, query_object: object, *args: object, **options: Any) -> Result:
        """As rdflib's, with `initNs` and `initBindings` only; QueryError for what is forbidden."""
        ours = {key: options.pop(key) for key in ("initNs", "initBindings") if key in options}
        if args:
            options["processor"] = args
        text = _checked(query_object, options)
        found: Result = super().query(text, **ours)  # type: ignore[misc]
        return found

    update = parse = load = _refuse


class _Graph(_Guarded, rdflib.Graph):
    """One graph of the view."""


class _Dataset(_Guarded, rdflib.Dataset):
    """All graphs of the view."""

    def __init__(self, store: RdflibStore) -> None:
        super().__init__(store=store, default_union=True)
        self._default_context: rdflib.Graph = _Graph(store, self._default_context.identifier)

    def _graph(self, c: Any) -> Any:
        return _guarded(super()._graph(c))

    def get_context(self, identifier: Any, quoted: bool = False, base: str | None = None) -> Any:
        """One graph, guarded too."""
        return _guarded(super().get_context(identifier, quoted, base))

    def contexts(self, triple: Any = None) -> Any:
        """The graphs, guarded too."""
        return (_guarded(each) for each in super().contexts(triple))

    graphs = contexts


def _guarded(graph: Any) -> Any:
    """The same graph of rdflib; a dataset hands some out that it makes itself."""
    if graph is None or isinstance(graph, _Guarded):
        return graph
    return _Graph(graph.store, graph.identifier)


def view_of(store: RdflibStore) -> rdflib.Dataset:
    """A read-only dataset over one of the two stores; its default graph is the union of all graphs."""
    return _Dataset(store)
