"""A store on any SPARQL 1.1 server: Query, Update and, where it has one, Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.base import BLOCK_KEY, INDEX_GRAPH, Change, Store, StoredArticle, StoreStats, day_of, difference
from kg.store.http import Body, Client, Endpoint, Refused
from kg.store.terms import node_from_ox, update_text
from kg.vocab.rdf import Literal, Node, Quad, term_text, word
from kg.vocab.terms import DATA, DM, FACTS_GRAPH, RDF, XSD

if TYPE_CHECKING:
    import rdflib

__all__ = ["RemoteStore", "boolean_form", "truth"]

_JSON = "application/sparql-results+json"
"""Not XML: spaces at the ends of literals get lost in it between servers and parsers."""
_AT_ONCE = 200
"""Keys or graphs that one query asks for."""

_LARGEST = 200_000
"""Quads of one update request; `_SMALLER` for servers that refuse that many."""

_SMALLER = 400


class RemoteStore(Store):
    """The store behind a SPARQL endpoint.

    A change is one update request as long as it is small enough (a transaction on servers that
    have them); a larger one is several, facts and index last, so that an article whose writing was cut
    off is read and fused again. Nothing keeps two writers apart: let one ingest at a time.
    """

    def __init__(self, endpoint: Endpoint, *, write: bool = False) -> None:
        super().__init__(endpoint.query)
        self.endpoint = endpoint
        self.client = Client(endpoint)
        self.writable = write
        self._largest = _LARGEST
        self._changes = 0
        self.ask("ASK { ?s ?p ?o }")  # is there anybody?

    @property
    def revision(self) -> int:
        """Number of changes that this process made."""
        return self._changes

    # --- reading

    def ask(
        self, text: str, accept: str = _JSON, timeout: float | None = None, *, union: bool = True
    ) -> Body:
        """The raw answer to a query, where the server can be told so over the union of all graphs."""
        form = urlencode({"query": text} | ({"union-default-graph": "true"} if union else {}))
        kind = "application/x-www-form-urlencoded"
        return self.client.post(self.endpoint.query, form.encode(), kind, accept, timeout)

    def solutions(self, text: str) -> Iterator[ox.QuerySolution]:
        """The rows of a SELECT."""
        answer = self.ask(text)
        try:
            found = ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
            yield from found  # type: ignore[misc,unused-ignore]
        except (SyntaxError, OSError) as error:
            raise StoreError(
                f"the server's answer is no result of a query ({error})", where=self.where
            ) from error
        finally:
            answer.close()

    def select(self, text: str) -> Iterator[tuple[str | None, ...]]:
        """The rows of a trusted SELECT as plain strings."""
        for row in self.solutions(text):
            yield tuple(None if term is None else term.value for term in row)

    def find(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        object: Node | None = None,  # noqa: A002
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """The quads that match; None matches anything."""
        pattern = dict(zip("spog", (subject, predicate, object, graph), strict=True))
        known = {name: node for name, node in pattern.items() if node is not None}
        written = {name: term_text(node) for name, node in known.items()}
        s, p, o, g = (written.get(name, f"?{name}") for name in "spog")
        wanted = " ".join(f"?{name}" for name in "spog" if name not in known)
        if not wanted:
            answer = self.ask(f"ASK {{ GRAPH {g} {{ {s} {p} {o} }} }}")
            if truth(ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)):  # type: ignore[arg-type]
                yield Quad(subject, predicate, object, graph)  # type: ignore[arg-type]
            return
        for row in self.solutions(f"SELECT {wanted} {{ GRAPH {g} {{ {s} {p} {o} }} }}"):
            found = Quad(*(known.get(name) or _plain(row[name]) for name in "spog"))  # type: ignore[arg-type]
            if found.graph.startswith(DATA):  # servers have graphs of their own, too
                yield found

    def count(self, graph: str | None = None) -> int:
        """Number of quads in one graph, or in all."""
        if graph is not None:
            return self._number(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {term_text(graph)} {{ ?s ?p ?o }} }}")
        own = f'FILTER(STRSTARTS(STR(?g), "{DATA}"))'
        return self._number(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {own} }}")

    def graphs(self) -> Iterator[str]:
        """IRIs of the named graphs that hold something."""
        rows = self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        return (graph for (graph,) in rows if graph and graph.startswith(DATA))

    def articles(self) -> Iterator[StoredArticle]:
        """What is stored, by one query."""
        text = f"""SELECT ?g ?a ?sha ?source ?extractor ?published {{ GRAPH ?g {{ ?a <{DM.textSha256}> ?sha
          OPTIONAL {{ ?a <{DM.readFrom}> ?source }} OPTIONAL {{ ?a <{DM.extractor}> ?extractor }}
          OPTIONAL {{ ?a <{DM.published}> ?published }} }} }}"""
        for graph, iri, sha256, source, extractor, published in self.select(text):
            if graph != FACTS_GRAPH:
                yield StoredArticle(str(graph), str(iri), str(sha256), source, extractor, day_of(published))

    def articles_by_keys(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """Key → graph IRIs of the articles stored under it."""
        found: dict[str, set[str]] = {}
        rest = iter(sorted(set(keys)))
        while batch := list(islice(rest, _AT_ONCE)):
            values = " ".join(term_text(word(key)) for key in batch)
            pattern = f"VALUES ?key {{ {values} }} ?g <{BLOCK_KEY}> ?key"
            rows = self.select(f"SELECT ?key ?g {{ GRAPH <{INDEX_GRAPH}> {{ {pattern} }} }}")
            for key, graph in rows:
                found.setdefault(str(key), set()).add(str(graph))
        return {key: frozenset(graphs) for key, graphs in found.items()}

    def stats(self) -> StoreStats:
        """How much is in it."""
        text = f"""SELECT ?c (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{RDF.type}> ?c }}
          FILTER(?g = <{FACTS_GRAPH}> || ?c = <{DM.Article}>) }} GROUP BY ?c"""
        classes = {str(kind): int(number or 0) for kind, number in self.select(text)}
        articles = self._number(
            f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s a <{DM.Article}> }} FILTER(?g != <{FACTS_GRAPH}>) }}"
        )
        return StoreStats(self.count(), articles, self.count(FACTS_GRAPH), dict(sorted(classes.items())))

    def _number(self, text: str) -> int:
        return sum(int(number or 0) for (number,) in self.select(text))

    # --- changing

    def apply(self, change: Change) -> None:
        """Do all of it: one request where that is possible."""
        self._must_write()
        gone, new = difference(self, change)
        if not gone and not new:
            return
        gone_by_rank, new_by_rank = sorted(gone, key=_rank), sorted(new, key=_rank)
        while True:
            try:
                for text in _requests(gone_by_rank, new_by_rank, self._largest):
                    self._update(text)
                break
            except Refused as error:
                if self._largest == _SMALLER or error.status not in {400, 413, 500}:
                    raise
                self._largest = _SMALLER  # Virtuoso, for one, can't compile long updates
        self._changes += 1

    def bulk_add(self, quads: Iterable[Quad]) -> None:
        """Add very many quads, piece by piece: what is cut off stays in part (ingest again)."""
        self._must_write()
        rest = iter(quads)
        while batch := list(islice(rest, self._largest)):
            self.apply_new(batch)
        self._changes += 1

    def apply_new(self, quads: list[Quad]) -> None:
        """Add quads by one request, or several where the server needs that."""
        try:
            for text in _requests([], quads, self._largest):
                self._update(text)
        except Refused as error:
            if self._largest == _SMALLER or error.status not in {400, 413, 500}:
                raise
            self._largest = _SMALLER
            self.apply_new(quads)

    def _update(self, text: str) -> None:
        kind = "application/sparql-update"
        answer = self.client.post(self.endpoint.update, text.encode(), kind)
        answer.read()

    # --- life

    def as_rdflib(self) -> rdflib.Dataset:
        """The endpoint as a read-only rdflib Dataset."""
        from kg.store.rdflib_view import GuardedEndpoint, view_of

        end = self.endpoint
        auth = (end.user, end.password or "") if end.user else None
        asked = {"union-default-graph": "true"}
        return view_of(GuardedEndpoint(end.query, auth=auth, returnFormat="json", params=asked))

    def close(self) -> None:
        """Close the connections."""
        super().close()
        self.client.close()


def _rank(quad: Quad) -> tuple[int, str]:
    """Claims first, then facts, then the index."""
    return ({FACTS_GRAPH: 1, INDEX_GRAPH: 2}.get(quad.graph, 0), quad.graph)


def _requests(gone: list[Quad], new: list[Quad], largest: int) -> Iterator[str]:
    """The change as update requests of at most `largest` quads."""
    if len(gone) + len(new) <= largest:
        yield update_text(gone, new)
        return
    for start in range(0, len(gone), largest):
        yield update_text(gone[start : start + largest], ())
    for start in range(0, len(new), largest):
        yield update_text((), new[start : start + largest])


def truth(found: object) -> bool:
    """The answer to an ASK; Virtuoso gives it as a row."""
    if isinstance(found, ox.QuerySolutions):
        return any(row[0] is not None and row[0].value in {"1", "true"} for row in found)
    return bool(found)


def boolean_form(value: str) -> str:
    """`true` or `false`, where Virtuoso says 1 or 0."""
    return {"1": "true", "0": "false"}.get(value, value)


def _plain(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        return Literal(boolean_form(term.value) if kind == XSD.boolean else term.value, kind)
    quad = ox.Quad(ox.NamedNode("urn:x"), ox.NamedNode("urn:x"), ox.Literal(str(term)))
    return node_from_ox(term, quad)
