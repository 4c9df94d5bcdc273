"""What is particular to a store behind a server: addresses, authentication, failures."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import QueryError, StoreError
from kg.query import run, write
from kg.store import Store, open_store
from kg.store.http import Client, Endpoint, Refused
from kg.store.remote import RemoteStore
from kg.vocab.rdf import Literal, Quad, boolean, number, word
from kg.vocab.terms import DM, XSD
from tests.store.samples import article, graph_of
from tests.store.servers import free_port

ADDRESSES = [
    ("http://h:7878/query", "http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
    ("http://h/sparql", "http://h/sparql", "http://h/sparql", None),
    ("https://h/sparql#update=https://h/u", "https://h/sparql", "https://h/u", None),
    ("http://h/query#graphs=http://h/g&update=http://h/u", "http://h/query", "http://h/u", "http://h/g"),
]


@pytest.mark.parametrize(("url", "query", "update", "graphs"), ADDRESSES)
def test_addresses(url: str, query: str, update: str, graphs: str | None) -> None:
    found = Endpoint.of(url, {})
    assert (found.query, found.update, found.graphs) == (query, update, graphs)


def test_credentials() -> None:
    found = Endpoint.of("http://me:secret@h/query", {"KG_STORE_TOKEN": "t"})
    assert (found.query, found.user, found.password, found.token) == ("http://h/query", "me", "secret", "t")
    assert "secret" not in repr(found)
    assert Endpoint.of("http://h/query", {"KG_STORE_USER": "u", "KG_STORE_PASSWORD": "p"}).user == "u"


@pytest.mark.parametrize("url", ["http:///query", "http://h/query#udpate=http://h/u"])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(StoreError):
        Endpoint.of(url, {})


@contextmanager
def server(answer: Callable[[BaseHTTPRequestHandler, bytes], None]) -> Iterator[Endpoint]:
    """A server that answers every POST by `answer`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            answer(self, self.rfile.read(int(self.headers.get("Content-Length", "0"))))

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield Endpoint.of(f"http://127.0.0.1:{running.server_port}/query", {})
        running.shutdown()


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def test_a_busy_server_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.http._PAUSE", 0.01)
    seen = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        seen.append(body)
        reply(handler, 503 if len(seen) < 3 else 200, b"fine")

    with server(answer) as endpoint:
        assert Client(endpoint).post(endpoint.query, b"x", "text/plain").read() == b"fine"
    assert seen == [b"x"] * 3


def test_an_error_is_not_asked_again_and_is_told() -> None:
    seen = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        seen.append(body)
        reply(handler, 400, b"<html><body>Syntax  <b>error</b> in line 1</body></html>")

    with server(answer) as endpoint, pytest.raises(Refused, match=r"answers 400 \(Syntax error in line 1\)"):
        Client(endpoint).post(endpoint.query, b"x", "text/plain")
    assert len(seen) == 1


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.http._PAUSE", 0.01)
    with pytest.raises(StoreError, match=r"can't be reached.*is it running\?"):
        open_store(f"http://127.0.0.1:{free_port()}/query")


def test_something_else_there() -> None:
    with (
        server(lambda handler, _: reply(handler, 200, b"<html>Welcome</html>")) as endpoint,
        RemoteStore(endpoint) as store,
        pytest.raises(StoreError, match="no result of a query"),
    ):
        store.count()


@pytest.mark.parametrize(("scheme", "wanted"), [("Basic", "Basic bWU6c2VjcmV0"), ("Digest", "Digest u")])
def test_a_password_is_shown_only_when_asked_for(scheme: str, wanted: str) -> None:
    shown: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        shown.append(handler.headers.get("Authorization"))
        if shown[-1] is None:
            reply(handler, 401, WWW_Authenticate=f'{scheme} realm="x", nonce="n", qop="auth"')
        else:
            reply(handler, 200, b"fine")

    with server(answer) as plain:
        endpoint = Endpoint(plain.query, plain.update, user="me", password="secret")  # noqa: S106
        client = Client(endpoint)
        for _ in range(2):
            assert client.post(endpoint.query, b"x", "text/plain").read() == b"fine"
    assert shown[0] is None
    assert all(each is not None and each.startswith(wanted) for each in shown[1:])
    assert len(shown) == 3


def test_a_wrong_password_is_told() -> None:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, 401, WWW_Authenticate='Basic realm="x"')

    with server(answer) as plain:
        endpoint = Endpoint(plain.query, plain.update, user="me", password="wrong")  # noqa: S106
        with pytest.raises(Refused, match="KG_STORE_PASSWORD"):
            Client(endpoint).post(endpoint.query, b"x", "text/plain")


def test_a_token_is_sent() -> None:
    seen = []

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        seen.append(handler.headers.get("Authorization"))
        reply(handler, 200)

    with server(answer) as plain:
        endpoint = Endpoint(plain.query, plain.update, token="t0ken")  # noqa: S106
        Client(endpoint).post(endpoint.query, b"x", "text/plain").read()
    assert seen == ["Bearer t0ken"]


def test_an_untrusted_certificate_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    import ssl
    import subprocess
    from pathlib import Path

    monkeypatch.setattr("kg.store.http._PAUSE", 0.01)
    files = [Path(str(tmp_path)) / name for name in ("key.pem", "cert.pem")]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    made = subprocess.run(
        [*command, "-keyout", str(files[0]), "-out", str(files[1])], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no openssl here")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as running:
        running.socket = context.wrap_socket(running.socket, server_side=True)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        with pytest.raises(StoreError, match=r"certificate is not trusted.*never skipped"):
            open_store(f"https://localhost:{running.server_port}/query")
        running.shutdown()


# --- against real servers --------------------------------------------------------------------

LITERALS = [
    boolean(True),
    boolean(False),
    number(0.25),
    number(7),
    number(1e12),
    number(116.4038),
    word(""),
    word(" a "),
    word('é😀\u2028\x01 "\\'),
    word("a\r\nb\t"),
    word("x" * 100_000),
    Literal("0001-01-01", XSD.date),
    Literal("2023-06-19T10:00:00Z", XSD.dateTime),
    Literal("2023-06-19T10:00:00", XSD.dateTime),
    Literal("2023-06-19T10:00:00+02:00", XSD.dateTime),
]


def test_every_literal_comes_back(store: Store) -> None:
    graph = graph_of("t")
    quads = {Quad(f"{graph}/{at}", DM.quote, each, graph) for at, each in enumerate(LITERALS)}
    store.replace_article(graph, quads)
    assert set(store.article_quads(graph)) == quads
    for quad in quads:
        assert list(store.find(*quad)) == [quad]
        assert list(store.find(None, None, quad.object, None)) == [quad]
    store.replace_article(graph, article("t"))
    assert set(store.article_quads(graph)) == set(article("t"))


def test_queries_are_guarded_and_bound_the_same(store: Store) -> None:
    store.replace_article(graph_of("a"), article("a", claims=7))
    store.replace_article(graph_of("b"), article("b", claims=8))
    text = "SELECT ?a ?sha { ?a a dm:Article ; dm:charEnd ?n ; dm:textSha256 ?sha }"
    with run(store, text, params={"n": 8}) as result:
        assert result.columns == ("a", "sha")
        assert list(result.strings()) == [(graph_of("b"), "00")]
    with run(store, text, limit=1) as result:
        assert len(list(result)) == 1
        assert result.truncated
    assert run(store, "ASK { ?a a dm:Article }").boolean is True
    assert run(store, "ASK { ?a a dm:Visit }").boolean is False
    with run(store, "CONSTRUCT { ?a a dm:Article } WHERE { ?a a dm:Article }") as result:
        out = io.BytesIO()
        assert write(result, "ntriples", out) == 2
    with run(store, f"SELECT ?a FROM <{graph_of('a')}> {{ ?a a dm:Article }}") as result:  # noqa: S608
        assert list(result.strings()) == [(graph_of("a"),)]
    for bad in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * { ?s ?p oops }",
    ):
        with pytest.raises(QueryError):
            list(run(store, bad))


def test_a_large_change(store: Store) -> None:
    quads = article("big", claims=9000)
    store.replace_article(graph_of("big"), quads)
    assert set(store.article_quads(graph_of("big"))) == set(quads)
    store.replace_article(graph_of("big"), quads[:3000])
    assert store.count(graph_of("big")) == 3000
    store.remove_article(graph_of("big"))
    assert store.count() == 0
