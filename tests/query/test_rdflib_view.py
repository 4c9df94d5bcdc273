"""rdflib's view of a store: it answers, it only reads, and rdflib's own engine never gets to fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery, prepareUpdate

from kg.errors import KgError
from kg.store import open_store
from kg.vocab.rdf import Quad, word
from kg.vocab.terms import DATA, DM, FACTS_GRAPH, RDF
from tests.query.listener import listening

A = f"{DATA}meeting/a"
FACTS = [Quad(A, RDF.type, DM.Meeting, FACTS_GRAPH), Quad(A, DM.topicText, word("trade"), FACTS_GRAPH)]


@pytest.fixture(params=["memory", "folder"])
def view(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[rdflib.Dataset]:
    path = ":memory:" if request.param == "memory" else tmp_path / "store"
    with open_store(path, write=True) as store:
        store.replace_facts((), FACTS)
        yield store.as_rdflib()


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address, and the connections that arrived there."""
    with listening() as (url, arrived):
        yield f"{url}x", arrived


def test_it_answers(view: rdflib.Dataset) -> None:
    text = "PREFIX dm: <https://w3id.org/dipmeet/ontology#> SELECT ?t ?m { ?m dm:topicText ?t }"
    assert [str(row.t) for row in view.query(text)] == ["trade"]  # type: ignore[union-attr]
    bound = view.query(text, initBindings={"m": rdflib.URIRef(A)})
    assert len(list(bound)) == 1
    assert len(list(view.query(text, initBindings={"m": rdflib.URIRef(DATA)}))) == 0
    graph = view.graph(rdflib.URIRef(FACTS_GRAPH))
    assert len(graph) == 2
    assert len(list(graph.query(text))) == 1
    assert (rdflib.URIRef(A), rdflib.RDF.type, rdflib.URIRef(DM.Meeting)) in view
    with pytest.raises(KgError, match="engine refuses"):
        view.query("SELECT ?x { ?x ")


def ways(view: rdflib.Dataset) -> list[rdflib.Graph]:
    """The dataset, and every way to one of its graphs."""
    iri = rdflib.URIRef(FACTS_GRAPH)
    return [
        view,
        view.graph(iri),
        view.get_context(iri),
        view.default_graph,
        *view.graphs(),
        *view.contexts(),
    ]


FETCH: list[Callable[[Any, str], object]] = [
    lambda g, u: g.query(f"SELECT * {{ SERVICE <{u}> {{ ?s ?p ?o }} }}"),
    lambda g, u: g.query(f"SELECT * {{ #\rsErViCe SILENT <{u}> {{ ?s ?p ?o }} }}"),
    lambda g, u: g.query(f"SELECT * {{ {{ SELECT * {{ SERVICE <{u}> {{ ?s ?p ?o }} }} }} }}"),
    lambda g, u: g.query(prepareQuery(f"SELECT * {{ SERVICE <{u}> {{ ?s ?p ?o }} }}")),
    lambda g, u: g.query(prepareQuery(f"SELECT * FROM <{u}> {{ ?s ?p ?o }}")),  # noqa: S608
    lambda g, u: g.query(prepareQuery(f"SELECT * FROM NAMED <{u}> {{ GRAPH ?g {{ ?s ?p ?o }} }}")),  # noqa: S608
    lambda g, u: g.query(f"SELECT * FROM <{u}> {{ ?s ?p ?o }}", base=u),  # noqa: S608
    lambda g, u: g.query(f"SELECT * FROM <{u}> {{ ?s ?p ?o }}", DEBUG=True),  # noqa: S608
    lambda g, u: g.query(f"SELECT * {{ SERVICE <{u}> {{ ?s ?p ?o }} }}", use_store_provided=False),
    lambda g, u: g.query(f"SELECT * FROM <{u}> {{ ?s ?p ?o }}", use_store_provided=False),  # noqa: S608
    lambda g, u: g.query(f"SELECT * FROM <{u}> {{ ?s ?p ?o }}", "sparql"),  # noqa: S608
    lambda g, _: g.query("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"),
    lambda g, _: g.query("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", DEBUG=True),
    lambda g, u: g.update(f"LOAD <{u}>"),
    lambda g, u: g.update(prepareUpdate(f"LOAD <{u}>")),
    lambda g, u: g.update(f"LOAD <{u}>", use_store_provided=False),
    lambda g, u: g.parse(u),
]


@pytest.mark.parametrize("fetch", FETCH)
def test_no_connection_arrives(
    view: rdflib.Dataset, listener: tuple[str, list[object]], fetch: Callable[[Any, str], object]
) -> None:
    url, arrived = listener
    for graph in ways(view):
        with pytest.raises(KgError):
            fetch(graph, url)
    # what the guard lets through is asked of the store alone
    list(view.query(f"SELECT * FROM <{url}> {{ ?s ?p ?o }}"))  # noqa: S608
    assert arrived == []


CHANGE: list[Callable[[Any], object]] = [
    lambda g: g.add((rdflib.URIRef(A), rdflib.RDF.type, rdflib.URIRef(A))),
    lambda g: g.remove((None, None, None)),
    lambda g: g.update("DELETE WHERE { ?s ?p ?o }"),
    lambda g: g.query("DELETE WHERE { ?s ?p ?o }"),
    lambda g: g.parse(data="<http://a> <http://b> <http://c> .", format="turtle"),
]


def test_it_only_reads(view: rdflib.Dataset) -> None:
    for graph in ways(view):
        for change in CHANGE:
            with pytest.raises(KgError):
                change(graph)
    assert len(list(view.quads((None, None, None, None)))) == 2
