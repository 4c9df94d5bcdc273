"""What must not work, over a real server. After each attack it answers as before."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from kg.store import open_store
from kg.vocab.rdf import Quad, word
from kg.vocab.terms import DATA, DM, FACTS_GRAPH, RDF, RDFS
from tests.serve.conftest import running


@pytest.fixture(autouse=True)
def still_well(site: str) -> Iterator[None]:
    yield
    assert httpx.get(f"{site}/sparql", params={"query": "ASK { ?m a dm:Meeting }"}).json()["boolean"] is True


def ask(site: str, query: str) -> httpx.Response:
    return httpx.post(f"{site}/sparql", data={"query": query}, timeout=30)


def test_no_query_reaches_another_server(site: str) -> None:
    arrived = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    arrived.append(listener.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for query in (
            f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ sErViCe SILENT <{url}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ #\rSERVICE <{url}> {{ ?s ?p ?o }} }}",
            f"PREFIX x:<{url}> SELECT * {{ SERVICEx:a{{ ?s ?p ?o }} }}",
            f"SELECT * {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
            f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",  # noqa: S608
            f"LOAD <{url}>",
            f"LOAD <{url}> INTO GRAPH <http://g>",
        ):
            answer = ask(site, query)
            assert answer.status_code == 400, query
            assert len(answer.text) < 500
        done.set()
        thread.join()
    assert arrived == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "SELECT * {} ; DELETE WHERE { ?s ?p ?o }",
        "SELECT * { " + "{" * 50_000,
        "SELECT * { FILTER(" + "(" * 50_000,
        "SELECT * { FILTER(" + "!" * 50_000 + "true) }",
    ],
)
def test_refused(site: str, query: str) -> None:
    answer = ask(site, query)
    assert answer.status_code == 400
    assert "root:" not in answer.text


def test_updates_by_any_way(site: str) -> None:
    update = "DELETE WHERE { ?s ?p ?o }"
    url = f"{site}/sparql"
    assert httpx.post(url, data={"update": update}).status_code == 403
    assert httpx.get(url, params={"update": update}).status_code == 403
    kind = {"Content-Type": "application/sparql-update"}
    assert httpx.post(url, content=update, headers=kind).status_code == 403
    for method in ("PUT", "DELETE", "PATCH"):
        assert httpx.request(method, url, content=b"x").status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?c), STR(?l)) = 'never') }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1000}){1000}){1000}')) }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(CONCAT(STR(?o), '"
        + "a" * 3000
        + "'), '"
        + "(a*)*" * 2000
        + "b')) }",
    ],
)
def test_what_would_never_end_is_ended(site: str, query: str) -> None:
    began = time.monotonic()
    answer = ask(site, query)
    assert answer.status_code in {200, 400}
    assert time.monotonic() - began < 15


def test_a_body_without_end(site: str) -> None:
    def flood() -> Iterator[bytes]:
        for _ in range(1024):
            yield b"x" * 1024 * 1024

    kind = {"Content-Type": "application/sparql-query"}
    try:
        answer = httpx.post(f"{site}/sparql", content=flood(), headers=kind, timeout=20)
        assert answer.status_code == 413
    except httpx.WriteError:
        pass  # the server hung up on us: as good
    parts = urlsplit(site)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.putrequest("POST", "/sparql")
    connection.putheader("Content-Length", str(1024**3))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_malformed_text(site: str) -> None:
    for body in (b"\xff\xfe\x00SELECT", b"query=%FF%FE", b"query=\xff"):
        for kind in ("application/sparql-query", "application/x-www-form-urlencoded"):
            answer = httpx.post(f"{site}/sparql", content=body, headers={"Content-Type": kind})
            assert answer.status_code == 400, (body, kind)
    assert httpx.get(f"{site}/sparql?query=%FF%FE").status_code == 400


def test_slow_clients(folder: Path) -> None:
    with running(folder, body_seconds=0.5) as site:
        parts = urlsplit(site)
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as slow:
            slow.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc")
            slow.settimeout(5)
            assert b" 408 " in slow.recv(1000)
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as silent:
            silent.sendall(b"GET / HTTP/1.1\r\nHos")
            silent.settimeout(20)
            began = time.monotonic()
            assert silent.recv(1000) == b""
            assert time.monotonic() - began < 15


PATHS = [
    "/id/../../../../etc/passwd",
    "/id/..%2f..%2f..%2fetc%2fpasswd",
    "/id/%2e%2e/%2e%2e/etc/passwd",
    "/id/person/%00",
    "/id/person/a%22%3E%3Cscript%3E",
    "/id/person/a>} INSERT {<x>",
    "/id/" + "a" * 5000,
    "/id/",
    "/id/%",
    "/id/%zz",
    "/id/person/%ff%fe",
    "/style.css/../../pyproject.toml",
    "//etc/passwd",
]


@pytest.mark.parametrize("path", PATHS)
def test_paths_lead_nowhere(site: str, path: str) -> None:
    parts = urlsplit(site)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as raw:
        line = path.replace(" ", "%20")
        raw.sendall(f"GET {line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        raw.settimeout(10)
        answer = b""
        while part := raw.recv(65536):
            answer += part
    assert answer.split(b" ")[1] in {b"400", b"404"}
    assert b"root:" not in answer
    assert b"<script" not in answer


class Scripts(HTMLParser):
    """Collects what could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag in {"script", "img", "svg", "object", "base"} else []
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.found += [
            str(value) for name, value in attrs if name == "href" and "script" in str(value).lower()
        ]


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'"&'


def test_html_in_every_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "store"
    meeting, article, claim = (f"{DATA}{each}" for each in ("meeting/x", "article/x", "article/x/c1"))
    with open_store(path, write=True) as store:
        store.replace_article(
            article,
            [
                Quad(article, RDF.type, DM.Article, article),
                Quad(article, DM.text, word(EVIL * 3), article),
                Quad(article, RDFS.label, word(EVIL), article),
                Quad(article, DM.textSha256, word("0"), article),
                Quad(article, DM.url, "javascript:alert(1)", article),
                *(Quad(claim, predicate, word(EVIL), article) for predicate in (DM.quote, DM.valueText)),
                *(Quad(claim, p, word(o), article) for p, o in ((DM.charStart, "3"), (DM.charEnd, "40"))),
                Quad(claim, DM.source, article, article),
                Quad(claim, DM.property, DM.topicText, article),
            ],
        )
        facts = [
            Quad(meeting, RDF.type, DM.Meeting, FACTS_GRAPH),
            Quad(meeting, DM.reportedBy, article, FACTS_GRAPH),
            Quad(claim, DM.about, meeting, FACTS_GRAPH),
            Quad(meeting, DM.topic, "javascript:alert(1)", FACTS_GRAPH),
        ]
        facts += [
            Quad(meeting, p, word(EVIL), FACTS_GRAPH)
            for p in (RDFS.label, DM.topicText, DM.edtf, DM.dateText, DM.durationText)
        ]
        store.replace_facts((), facts)
    with running(path) as site, httpx.Client(base_url=site) as client:
        for address, params in (
            ("/", {}),
            ("/search", {"q": "script"}),
            ("/search", {"q": EVIL}),
            ("/query", {"query": EVIL}),
            ("/query", {"query": "SELECT * { ?s ?p ?o }"}),
            ("/id/meeting/x", {}),
            ("/id/article/x", {}),
            ("/named/evidence", {"event": "meeting/x", "property": "topicText"}),
            ("/named/evidence", {"event": EVIL, "property": EVIL}),
        ):
            page = client.get(address, params=params)
            assert page.status_code == 200, address
            parser = Scripts()
            parser.feed(page.text)
            assert parser.found == [], address
            assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "&lt;script&gt;" in client.get("/id/meeting/x").text
        wrong = client.get("/sparql", params={"query": f"SELECT {EVIL}"})
        assert wrong.headers["content-type"].startswith("text/plain")


def test_headers(site: str) -> None:
    for path in ("/", "/sparql?query=ASK%7B%7D", "/nothing", "/health"):
        headers = httpx.get(site + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src" not in headers["content-security-policy"]
        assert "server" not in headers
    page = httpx.get(f"{site}/network.html")
    assert "connect-src 'none'" in page.headers["content-security-policy"]


def test_tokens(folder: Path) -> None:
    with running(folder, token="s3cret") as site:  # noqa: S106
        assert httpx.get(f"{site}/health").status_code == 200
        assert httpx.get(f"{site}/").status_code == 401
        good = {"Authorization": "Bearer s3cret"}
        assert httpx.get(f"{site}/", headers=good).status_code == 200
        tried = [
            httpx.get(f"{site}/", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(15)
        ]
        assert tried[:10] == [401] * 10
        assert tried[10:] == [429] * 5
        assert httpx.get(f"{site}/", headers=good).status_code == 429


def test_rates(folder: Path) -> None:
    with running(folder, rate=2.0) as site:
        found = [httpx.get(f"{site}/health").status_code for _ in range(12)]
        assert found[:6] == [200] * 6
        assert 429 in found
        time.sleep(1.2)
        assert httpx.get(f"{site}/health").status_code == 200


def test_names_that_point_here(site: str) -> None:
    answer = httpx.get(f"{site}/", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert httpx.get(f"{site}/.well-known/void", headers={"Host": "localhost> <x"}).status_code == 400
    assert httpx.get(f"{site}/health", headers={"Host": "[::1]:8765"}).status_code == 200


def test_a_result_larger_than_allowed(folder: Path) -> None:
    with running(folder, max_answer=10_000) as site:
        answer = httpx.get(f"{site}/sparql", params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}, timeout=30)
        assert answer.status_code == 400
        assert "larger than 10,000 bytes" in answer.text


def test_many_at_once_with_runaways_among_them(folder: Path) -> None:
    """Every honest answer is right while queries without end are sent all the time."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    wrong: list[object] = []
    with running(folder, timeout=1.0) as site:
        until = time.monotonic() + 6

        def honest() -> None:
            with httpx.Client(base_url=site, timeout=30) as client:
                while time.monotonic() < until:
                    answer = client.get("/sparql", params={"query": "SELECT ?m { ?m a dm:Meeting }"})
                    if answer.status_code != 200 or len(answer.json()["results"]["bindings"]) != 3:
                        wrong.append((answer.status_code, answer.text[:200]))

        def runaway() -> None:
            with httpx.Client(base_url=site, timeout=30) as client:
                while time.monotonic() < until:
                    answer = client.get("/sparql", params={"query": endless})
                    if answer.status_code != 400:
                        wrong.append((answer.status_code, answer.text[:200]))

        threads = [threading.Thread(target=each) for each in [honest] * 8 + [runaway] * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
