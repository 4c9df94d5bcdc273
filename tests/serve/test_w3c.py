"""The W3C's SPARQL 1.1 evaluation tests: what the engine passes, the layer above it does not lose."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pyoxigraph as ox
import pytest
import uvicorn

from kg.errors import QueryError
from kg.query import run
from kg.serve.app import application
from kg.serve.engine import Engine
from kg.serve.settings import Settings
from kg.store.embedded import MemoryStore
from kg.store.oxigraph import OxigraphStore
from tests.store.servers import free_port

ROOT = Path(__file__).parents[3] / "shared" / "data" / "w3c-sparql11" / "sparql" / "sparql11"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
FIRST, REST, NIL = (
    ox.NamedNode(f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{n}") for n in ("first", "rest", "nil")
)

pytestmark = pytest.mark.skipif(not ROOT.exists(), reason="the W3C tests are not here")


class Case(NamedTuple):
    name: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    base: str
    result: Path | None


def cases() -> Iterator[Case]:
    for manifest in sorted(ROOT.glob("*/manifest.ttl")):
        graph = ox.Store()
        base = manifest.as_uri()
        graph.load(path=str(manifest), format=ox.RdfFormat.TURTLE, base_iri=base)

        def one(subject: Any, name: str, graph: ox.Store = graph) -> Any:
            return next((q.object for q in graph.quads_for_pattern(subject, ox.NamedNode(name), None)), None)

        def every(subject: Any, name: str, graph: ox.Store = graph) -> list[Any]:
            return [q.object for q in graph.quads_for_pattern(subject, ox.NamedNode(name), None)]

        kind = ox.NamedNode(f"{MF}QueryEvaluationTest")
        for quad in graph.quads_for_pattern(None, None, kind):
            action = one(quad.subject, f"{MF}action")
            query = one(action, f"{QT}query")
            if query is None or every(action, f"{QT}serviceData"):
                continue
            yield Case(
                f"{manifest.parent.name}/{one(quad.subject, MF + 'name').value}",
                path_of(query),
                tuple(path_of(each) for each in every(action, f"{QT}data")),
                tuple(
                    path_of(each)
                    for each in every(action, f"{QT}graphData")
                    if isinstance(each, ox.NamedNode)
                ),
                query.value,
                None if (result := one(quad.subject, f"{MF}result")) is None else path_of(result),
            )


def path_of(node: Any) -> Path:
    return Path(node.value.removeprefix("file://"))


FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}


def loaded(case: Case) -> MemoryStore:
    store = MemoryStore()
    for path in case.data:
        store.db.load(path=str(path), format=FORMATS[path.suffix], base_iri=path.as_uri())
    for path in case.graphs:
        name = ox.NamedNode(path.as_uri())
        store.db.load(path=str(path), format=FORMATS[path.suffix], base_iri=path.as_uri(), to_graph=name)
    return store


def canonical(found: Any) -> list[str]:
    """An answer in a form that can be compared; blank nodes count as equal."""
    if isinstance(found, bool | ox.QueryBoolean):
        return [str(bool(found))]
    return sorted(found)


def show(term: Any) -> str:
    return "_" if term is None or isinstance(term, ox.BlankNode) else str(term)


def of_engine(store: MemoryStore, text: str) -> list[str]:
    found = store.db.query(text, prefixes={}, use_default_graph_as_union=False)
    if isinstance(found, ox.QuerySolutions):
        names = [each.value for each in found.variables]
        return sorted("|".join(show(row[name]) for name in names) for row in found)
    if isinstance(found, ox.QueryTriples):
        return sorted({"|".join((show(t.subject), show(t.predicate), show(t.object))) for t in found})
    return [str(bool(found))]


def of_layer(store: MemoryStore, text: str) -> list[str]:
    with run(store, text) as result:
        if result.kind == "boolean":
            return [str(result.boolean)]
        if result.kind == "triples":
            found = {"|".join((show(t.subject), show(t.predicate), show(t.object))) for t in result.triples()}
            return sorted(found)
        rows = ox.parse_query_results(b"".join(result.chunks("JSON")), format=ox.QueryResultsFormat.JSON)
        assert isinstance(rows, ox.QuerySolutions)
        names = [each.value for each in rows.variables]
        return sorted("|".join(show(row[name]) for name in names) for row in rows)


class OneCase(Engine):
    """The server's engine, over whatever store the case at hand has."""

    def __init__(self) -> None:
        self.settings = Settings(store="")
        self.offline = False
        self.current = MemoryStore()

    @contextmanager
    def store(self) -> Iterator[OxigraphStore]:
        yield self.current

    def refresh(self) -> bool:
        return False

    def close(self) -> None:
        self.current.close()


@contextmanager
def endpoint() -> Iterator[tuple[OneCase, str]]:
    """A real server on a port, in a thread."""
    engine, port = OneCase(), free_port()
    server = uvicorn.Server(
        uvicorn.Config(application(engine.settings, engine), port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield engine, f"http://127.0.0.1:{port}/sparql"
    server.should_exit = True
    thread.join()


DEFAULT = "urn:x-test:default"


def of_endpoint(engine: OneCase, url: str, case: Case, text: str) -> list[str]:
    """The answer over HTTP. Without a dataset ours is the union of all graphs: what a case has in
    its default graph alone gets a name, and the protocol's parameters say so."""
    data: dict[str, str | list[str]] = {"query": text}
    engine.current = MemoryStore()
    to_graph = ox.NamedNode(DEFAULT) if case.graphs else None
    for path in case.data:
        form = FORMATS[path.suffix]
        engine.current.db.load(path=str(path), format=form, base_iri=path.as_uri(), to_graph=to_graph)
    for path in case.graphs:
        name, form = ox.NamedNode(path.as_uri()), FORMATS[path.suffix]
        engine.current.db.load(path=str(path), format=form, base_iri=path.as_uri(), to_graph=name)
    if case.graphs:
        data["named-graph-uri"] = [path.as_uri() for path in case.graphs]
    if case.graphs and case.data:
        data["default-graph-uri"] = DEFAULT
    try:
        answer = httpx.post(url, data=data, headers={"Accept": f"{JSON}, {TRIPLES}"}, timeout=30)
    finally:
        engine.current.close()
    if answer.status_code != 200:
        return [f"{answer.status_code} {answer.text}"]
    if answer.headers["content-type"].startswith(TRIPLES):
        return of_triples(quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES))
    return of_rows(ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON))


JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"
RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


def of_triples(found: Iterable[ox.Triple]) -> list[str]:
    return sorted({"|".join((show(t.subject), show(t.predicate), show(t.object))) for t in found})


def of_rows(found: Any) -> list[str]:
    if isinstance(found, ox.QueryBoolean):
        return [str(bool(found))]
    names = sorted(each.value for each in found.variables)
    return sorted("|".join(f"{name}={show(row[name])}" for name in names) for row in found)


def expected(case: Case) -> list[str] | None:
    """What the W3C says; None for the few results that are written in other ways."""
    path = case.result
    if path is None:
        return None
    if path.suffix in RESULTS:
        return of_rows(ox.parse_query_results(path=str(path), format=RESULTS[path.suffix]))
    if path.suffix in FORMATS and "result-set#" not in path.read_text("utf-8"):
        parsed = ox.parse(path=str(path), format=FORMATS[path.suffix], base_iri=path.as_uri())
        return of_triples(quad.triple for quad in parsed)
    return None


def of_raw(store: MemoryStore, text: str) -> list[str]:
    """The engine's own answer."""
    found = store.db.query(text, prefixes={}, use_default_graph_as_union=False)
    return of_triples(found) if isinstance(found, ox.QueryTriples) else of_rows(found)


@pytest.mark.slow
def test_what_the_engine_passes_passes_over_http() -> None:
    """By the results that the W3C gives, not by the engine's own."""
    compared = 0
    passed: list[str] = []
    lost = []
    with endpoint() as (engine, url):
        for case in cases():
            text = case.query.read_text(encoding="utf-8")
            wanted = expected(case)
            if wanted is None:
                continue
            compared += 1
            store = loaded(case)
            try:
                right = of_raw(store, text) == wanted
            except (SyntaxError, OSError, ValueError, RuntimeError):
                right = False
            if not right:
                continue
            passed.append(case.name)
            found = of_endpoint(engine, url, case, text)
            if found != wanted:
                lost.append((case.name, wanted[:3], found[:3]))
    print(f"{compared} compared, engine {len(passed)}, endpoint {len(passed) - len(lost)}")
    assert lost == []
    assert len(passed) >= FLOOR


FLOOR = 200
"""Tests that the engine passed when this was written."""


@pytest.mark.slow
def test_nothing_that_the_engine_answers_is_lost() -> None:
    answered = same = 0
    lost = []
    for case in cases():
        text = case.query.read_text(encoding="utf-8")
        store = loaded(case)
        try:
            wanted = of_engine(store, text)
        except (SyntaxError, OSError, ValueError, RuntimeError):
            continue
        # where data is in a named graph only, the layer's default graph is the union: those differ by design
        answered += 1
        try:
            found = of_layer(store, text)
        except QueryError as error:
            found = [str(error)]
        if found == wanted or (case.graphs and "GRAPH" in text.upper()):
            same += found == wanted
        else:
            lost.append((case.name, wanted[:3], found[:3]))
        store.close()
    assert lost == []
    assert answered >= 227
    assert same >= answered - 1  # one asks for what is in no graph, where ours is the union of all
