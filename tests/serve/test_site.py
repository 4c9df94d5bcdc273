"""The protocol and the pages, over a real server."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from shutil import which

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg import pipeline
from kg.model import Status
from kg.query import run
from kg.store import open_store
from kg.store.isolate import can_cut_network
from kg.vocab.queries import named_queries
from kg.vocab.terms import DM, FACTS_GRAPH
from tests.serve.conftest import running
from tests.worlds import Told, tell

MEETINGS = "SELECT ?m { ?m a dm:Meeting }"
PERSON = "https://w3id.org/dipmeet/id/person/antony-blinken"


def ask(site: str, query: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{site}/sparql", params={"query": query}, headers=headers)


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_three_ways_of_asking(site: str, way: str) -> None:
    url = f"{site}/sparql"
    if way == "get":
        answer = httpx.get(url, params={"query": MEETINGS})
    elif way == "form":
        answer = httpx.post(url, data={"query": MEETINGS})
    else:
        kind = {"Content-Type": "application/sparql-query"}
        answer = httpx.post(url, content=MEETINGS.encode(), headers=kind)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert len(answer.json()["results"]["bindings"]) == 3


FORMATS = [
    ("application/sparql-results+json", "application/sparql-results+json"),
    ("application/sparql-results+xml", "application/sparql-results+xml"),
    ("text/csv", "text/csv; charset=utf-8"),
    ("text/tab-separated-values, text/csv;q=0.9", "text/tab-separated-values; charset=utf-8"),
    ("*/*", "application/sparql-results+json"),
    ("text/*;q=0.1, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
]


@pytest.mark.parametrize(("accept", "kind"), FORMATS)
def test_formats_of_rows(site: str, accept: str, kind: str) -> None:
    answer = ask(site, MEETINGS, Accept=accept)
    assert answer.headers["content-type"] == kind
    assert "2022-03-04-antony-blinken-wang-yi" in answer.text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_formats_of_triples(site: str, accept: str, form: ox.RdfFormat) -> None:
    answer = ask(site, "CONSTRUCT { ?m a dm:Meeting } WHERE { ?m a dm:Meeting }", Accept=accept)
    assert len(list(ox.parse(answer.content, format=form))) == 3
    thing = httpx.get(f"{site}/id/person/antony-blinken", headers={"Accept": accept})
    assert thing.headers["content-type"].startswith(accept)
    assert {quad.subject.value for quad in ox.parse(thing.content, format=form)} == {PERSON}


def test_what_can_not_be_given(site: str) -> None:
    assert ask(site, MEETINGS, Accept="image/png").status_code == 406
    assert httpx.get(f"{site}/id/person/antony-blinken", headers={"Accept": "image/png"}).status_code == 406


def test_yes_or_no(site: str) -> None:
    assert ask(site, "ASK { ?m a dm:Meeting }").json() == {"head": {}, "boolean": True}
    assert (
        "<boolean>false" in ask(site, "ASK { ?m a dm:Nothing }", Accept="application/sparql-results+xml").text
    )


def test_datasets_of_the_protocol(site: str) -> None:
    url = f"{site}/sparql"
    params = {"query": "SELECT ?m { ?m a dm:Meeting }", "default-graph-uri": FACTS_GRAPH}
    assert len(httpx.get(url, params=params).json()["results"]["bindings"]) == 3
    params = {"query": "SELECT ?m { GRAPH ?g { ?m a dm:Meeting } }", "named-graph-uri": FACTS_GRAPH}
    assert len(httpx.get(url, params=params).json()["results"]["bindings"]) == 3
    answer = httpx.get(url, params=params | {"default-graph-uri": "http://127.0.0.1:9/x"})
    assert answer.status_code == 400
    assert "nothing is fetched" in answer.text


def test_description_and_dataset(site: str) -> None:
    assert httpx.get(f"{site}/sparql", headers={"Accept": "text/html"}).headers["location"] == "/query"
    service = httpx.get(f"{site}/sparql", headers={"Accept": "text/turtle"})
    assert "SPARQL11Query" in service.text
    void = httpx.get(f"{site}/.well-known/void")
    assert len(list(ox.parse(void.content, format=ox.RdfFormat.TURTLE))) > 10


def test_cross_origin(site: str, folder: Path) -> None:
    preflight = httpx.options(
        f"{site}/sparql", headers={"Origin": "http://x", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    with running(folder) as closed:
        assert "access-control-allow-origin" not in ask(closed, MEETINGS).headers


def test_real_clients(site: str) -> None:
    view = rdflib.Graph(SPARQLStore(f"{site}/sparql"))
    rows = list(view.query("PREFIX dm: <https://w3id.org/dipmeet/ontology#> SELECT ?m { ?m a dm:Meeting }"))
    assert len(rows) == 3
    assert (rdflib.URIRef(PERSON), rdflib.RDF.type, rdflib.URIRef(DM.Person)) in view
    if which("curl"):
        command = [
            "curl",
            "-s",
            "-H",
            "Accept: text/csv",
            "--data-urlencode",
            f"query={MEETINGS}",
            f"{site}/sparql",
        ]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert len(told.splitlines()) == 4
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{site}/sparql")
    client.setQuery("PREFIX dm: <https://w3id.org/dipmeet/ontology#> " + MEETINGS)
    client.setReturnFormat(wrapper.JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 3


# --- pages ------------------------------------------------------------------------------------


def test_every_page_answers(site: str) -> None:
    with httpx.Client(base_url=site) as client:
        for path in ("/", "/query", "/network", "/search?q=wang", "/style.css", "/openapi.json"):
            assert client.get(path).status_code == 200, path
        for name, query in named_queries().items():
            params = {each.name: each.example for each in query.parameters}
            page = client.get(f"/named/{name}", params=params)
            assert page.status_code == 200
            assert "<table>" in page.text, name
        health = client.get("/health").text
        assert health.startswith("fine\nqueries ")
        assert ("without network" in health) is can_cut_network()
        assert 'requests_total{status="200"}' in client.get("/metrics").text
        assert client.get("/named/nothing").status_code == 404
        assert client.get("/nothing").status_code == 404


def test_every_thing_of_the_facts_has_a_page(site: str) -> None:
    rows = ask(site, f"SELECT DISTINCT ?s {{ GRAPH <{FACTS_GRAPH}> {{ ?s ?p ?o }} }}").json()["results"][
        "bindings"
    ]
    assert len(rows) > 20
    with httpx.Client(base_url=site) as client:
        for row in rows:
            iri = row["s"]["value"]
            page = client.get(iri.removeprefix("https://w3id.org/dipmeet"))
            assert page.status_code == 200, iri


def test_a_meeting_shows_each_claim_with_its_sentence_and_an_article_its_highlights(site: str) -> None:
    page = httpx.get(f"{site}/id/meeting/2022-03-04-antony-blinken-wang-yi").text
    assert page.count("<q>Antony Blinken and Wang Yi met in Geneva on 2022-03-04 over trade (held).</q>") >= 2
    assert "Geneva" in page
    article = page.split('href="/id/article/one')[1].split('"')[0]
    text = httpx.get(f"{site}/id/article/one{article}").text
    assert "<mark>" in text
    assert 'href="/id/meeting/2022-03-04-antony-blinken-wang-yi"' in text


def test_search_finds_by_part_of_a_name(site: str) -> None:
    assert "/id/person/wang-yi" in httpx.get(f"{site}/search", params={"q": "wANG"}).text
    assert "Nothing found" in httpx.get(f"{site}/search", params={"q": '"\\'}).text


def test_new_articles_show_within_seconds(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with open_store(path, write=True) as store:
        pipeline.ingest(store, [tell("a", [Told((0, 1), 3, Status.HELD, 0, "trade")])], pipeline.Tools())
    with running(path) as site:
        assert len(ask(site, MEETINGS).json()["results"]["bindings"]) == 1
        with open_store(path, write=True) as store:
            pipeline.ingest(store, [tell("b", [Told((3, 4), 9, Status.HELD, 2, "fish")])], pipeline.Tools())
        until = time.monotonic() + 10
        while len(ask(site, MEETINGS).json()["results"]["bindings"]) < 2:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_the_answers_are_those_of_the_python_interface(site: str, folder: Path) -> None:
    with open_store(folder) as store:
        for query in named_queries().values():
            text = query.bind({each.name: each.example for each in query.parameters})
            with run(store, text) as result:
                wanted = b"".join(result.chunks("JSON"))
            found = ask(site, text).json()
            assert _sorted(found) == _sorted(json.loads(wanted))


def _sorted(found: dict[str, dict[str, list[object]]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in found["results"]["bindings"])


def test_long_answers_are_whole_too(site: str) -> None:
    answer = ask(site, "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 20000")
    assert int(answer.headers["content-length"]) == len(answer.content) > 1 << 20
    assert len(answer.json()["results"]["bindings"]) == 20_000
