"""The SPARQL 1.1 Protocol at `/sparql`: GET, POST both ways, content negotiation, description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from kg.errors import QueryError
from kg.query import Result
from kg.query.guard import check
from kg.serve.engine import Engine, Spool
from kg.serve.negotiate import GRAPHS, ROWS, best

__all__ = ["service_description", "sparql"]


class Asked(NamedTuple):
    """A request of the protocol."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    accept: str | None
    timeout: float | None


class Wrong(Exception):  # noqa: N818 (the client's fault)
    """A request that the protocol does not know."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service when there is none."""
    engine: Engine = request.app.state.engine
    try:
        asked = await _asked(request)
        if asked is None:
            return _nothing_asked(request)
        form = check(asked.query).form
        offers = ROWS if form in {"SELECT", "ASK"} else GRAPHS
        kind = _best(asked.accept, tuple(offers))
        name = offers[kind]
        if form == "ASK" and name in {"CSV", "TSV"}:
            kind, name = "application/sparql-results+json", "JSON"
        spool = await run_sync(_answer, engine, asked, name)
    except Wrong as error:
        return PlainTextResponse(f"{error}\n", error.status)
    except QueryError as error:
        return PlainTextResponse(f"{error}\n", 400)
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    if spool.is_short:  # at once: a stream costs a change of threads for every piece
        return Response(b"".join(spool.chunks()), media_type=kind + charset, headers={"Vary": "Accept"})
    headers = {"Content-Length": str(spool.size), "Vary": "Accept"}
    return StreamingResponse(spool.chunks(), media_type=kind + charset, headers=headers)


def _best(accept: str | None, offers: tuple[str, ...]) -> str:
    kind = best(accept, offers)
    if kind is None:
        raise Wrong(406, f"there are these formats: {', '.join(offers)}")
    return kind


def _answer(engine: Engine, asked: Asked, name: str) -> Spool:
    def write(result: Result) -> Iterator[bytes]:
        if result.kind == "boolean":
            yield _boolean(bool(result.boolean), name)
        elif name in {"JSON_LD", "RDF_XML"}:
            import pyoxigraph as ox

            yield ox.serialize(result.triples(), format=getattr(ox.RdfFormat, name)) or b""
        else:
            yield from result.chunks(name)

    dataset = (asked.default, asked.named)
    return engine.answer(asked.query, write, timeout=asked.timeout, dataset=dataset)


def _boolean(value: bool, name: str) -> bytes:
    word = "true" if value else "false"
    if name == "XML":
        return (
            '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            f"<head/><boolean>{word}</boolean></sparql>"
        ).encode()
    return f'{{"head":{{}},"boolean":{word}}}'.encode()


async def _asked(request: Request) -> Asked | None:
    """The query of a request; None when a GET has none."""
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        body = await request.body()
        text = _utf8(body)
        if kind == "application/x-www-form-urlencoded":
            pairs += _pairs(text)
        elif kind == "application/sparql-query":
            pairs.append(("query", text))
        elif kind == "application/sparql-update":
            raise Wrong(403, "updates are refused: this endpoint only reads")
        else:
            raise Wrong(
                415, "send application/sparql-query, or a form with application/x-www-form-urlencoded"
            )
    return _from_pairs(request, pairs)


def _from_pairs(request: Request, pairs: list[tuple[str, str]]) -> Asked | None:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    if "update" in found:
        raise Wrong(403, "updates are refused: this endpoint only reads")
    queries = found.get("query", [])
    if not queries and request.method in {"GET", "HEAD"}:
        return None
    if len(queries) != 1:
        raise Wrong(400, "give exactly one query")
    accept = found.get("accept", [request.headers.get("accept")])[0]
    try:
        timeout = float(found["timeout"][0]) if "timeout" in found else None
    except ValueError:
        raise Wrong(400, "timeout is a number of seconds") from None
    if timeout is not None and not timeout > 0:
        raise Wrong(400, "timeout is a number of seconds")
    return Asked(
        queries[0],
        tuple(found.get("default-graph-uri", ())),
        tuple(found.get("named-graph-uri", ())),
        accept,
        timeout,
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError as error:  # no UTF-8, or too many fields
        raise Wrong(400, f"the request can't be read ({error})") from None


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Wrong(400, f"the request is no UTF-8 at byte {error.start}") from None


def _nothing_asked(request: Request) -> Response:
    kind = best(request.headers.get("accept"), ("text/html", "text/turtle", "application/n-triples"))
    if kind == "text/html":
        return RedirectResponse("/query", 303)
    return Response(service_description(str(request.url_for("sparql"))), media_type="text/turtle")


def service_description(endpoint: str) -> str:
    """What the endpoint can do, in Turtle."""
    formats = (
        "http://www.w3.org/ns/formats/SPARQL_Results_JSON",
        "http://www.w3.org/ns/formats/SPARQL_Results_XML",
        "http://www.w3.org/ns/formats/SPARQL_Results_CSV",
        "http://www.w3.org/ns/formats/SPARQL_Results_TSV",
        "http://www.w3.org/ns/formats/Turtle",
        "http://www.w3.org/ns/formats/N-Triples",
        "http://www.w3.org/ns/formats/JSON-LD",
        "http://www.w3.org/ns/formats/RDF_XML",
    )
    return f"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {", ".join(f"<{each}>" for each in formats)} .
"""
