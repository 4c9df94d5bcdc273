"""The application: which address leads where."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg import __version__
from kg.errors import KgError, QueryError
from kg.serve import pages
from kg.serve.engine import Engine
from kg.serve.html import STYLE, element, page
from kg.serve.ingest import Writer, ingest
from kg.serve.negotiate import GRAPHS, best
from kg.serve.openapi import openapi
from kg.serve.protocol import service_description, sparql
from kg.serve.settings import Settings
from kg.serve.shield import Shield
from kg.vocab import DATA, DM, PREFIXES

__all__ = ["application"]

_ENDINGS = {".ttl": "text/turtle", ".jsonld": "application/ld+json", ".nt": "application/n-triples"}

DESCRIBE = "CONSTRUCT { ?x ?p ?o } WHERE { ?x ?p ?o FILTER(?p != ?text) }"

Handler = Callable[[Request], Awaitable[Response]]


def application(settings: Settings, engine: Engine | None = None) -> Starlette:
    """The ASGI application over the store that `settings` name; StoreError when it can't be opened."""
    engine = engine or Engine(settings)
    routes = [
        Route("/", _page(lambda r: pages.home(_engine(r)))),
        Route("/search", _page(lambda r: pages.search(_engine(r), r.query_params.get("q", "")))),
        Route("/query", _page(lambda r: pages.query_page(_engine(r), r.query_params.get("query")))),
        Route("/named/{name}", _page(_named)),
        Route("/network", _page(lambda _: page("Network", element("iframe", src="/network.html")))),
        Route("/network.html", _network),
        Route("/sparql", sparql, methods=["GET", "POST"], name="sparql"),
        Route("/sparql", _preflight, methods=["OPTIONS"]),
        Route("/id/{path:path}", _thing),
        Route("/.well-known/void", _void),
        Route("/openapi.json", _openapi),
        Route("/health", _health),
        Route("/metrics", _metrics),
        Route("/style.css", _style),
    ]

    if settings.allow_ingest:
        routes.append(Route("/ingest", ingest, methods=["POST"]))

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        follower = asyncio.create_task(_follow(engine, settings.refresh))
        yield
        follower.cancel()
        with suppress(asyncio.CancelledError):
            await follower
        await run_sync(engine.close)

    app = Starlette(routes=routes, lifespan=life, exception_handlers={KgError: _told})
    app.state.engine = engine
    if settings.allow_ingest:
        app.state.writer = Writer(engine)
    app.add_middleware(_Through, settings=settings, app_state=app.state)
    return app


class _Through(Shield):
    """The shield as Starlette's middleware; it leaves itself where the figures are read."""

    def __init__(self, app: object, settings: Settings, app_state: object) -> None:
        super().__init__(app, settings)  # type: ignore[arg-type]
        app_state.shield = self  # type: ignore[attr-defined]


async def _follow(engine: Engine, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        with suppress(KgError):  # the old snapshot serves on; the next look may succeed
            await run_sync(engine.refresh)


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


def _page(make: Callable[[Request], str | None]) -> Handler:
    async def handler(request: Request) -> Response:
        html = await run_sync(make, request)
        return HTMLResponse(html) if html else _unknown()

    return handler


def _unknown() -> Response:
    return HTMLResponse(page("Not here", "The graph knows nothing of that name."), 404)


async def _told(_: Request, error: Exception) -> Response:
    status = 400 if isinstance(error, QueryError) else 503
    return PlainTextResponse(f"{error}\n", status)


def _named(request: Request) -> str | None:
    return pages.named(_engine(request), request.path_params["name"], dict(request.query_params))


async def _thing(request: Request) -> Response:
    """A thing of the data under the path of its IRI, in the format that is wanted."""
    raw = request.scope.get("raw_path", b"").decode("latin-1").partition("?")[0]
    path = raw.removeprefix("/id/")
    if not re.fullmatch(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2}){1,2000}", path):
        return _unknown()
    ending = next((each for each in _ENDINGS if path.endswith(each)), None)
    kinds = ("text/html", *GRAPHS)
    kind = _ENDINGS[ending] if ending else best(request.headers.get("accept"), kinds)
    iri = DATA + (path.removesuffix(ending) if ending else path)
    if kind is None:
        return PlainTextResponse(f"there are these formats: {', '.join(kinds)}\n", 406)
    vary = {"Vary": "Accept"}
    if kind == "text/html":
        html = await run_sync(pages.thing, _engine(request), iri)
        return HTMLResponse(html, headers=vary) if html else _unknown()
    data = await run_sync(_description, _engine(request), iri, GRAPHS[kind])
    return Response(data, media_type=kind, headers=vary) if data else _unknown()


def _description(engine: Engine, iri: str, name: str) -> bytes:
    import pyoxigraph as ox

    from kg.query import Iri

    params = {"x": Iri(iri), "text": Iri(DM.signature)}
    triples = engine.ask(lambda result: list(result.triples()), DESCRIBE, params, 100_000)
    if not triples:
        return b""
    form = getattr(ox.RdfFormat, name)
    prefixes = dict(PREFIXES) if name == "TURTLE" else None
    return ox.serialize(sorted(triples, key=str), format=form, prefixes=prefixes) or b""


async def _network(request: Request) -> Response:
    """The picture of the whole network; it brings its own, stricter policy for scripts."""
    html = await run_sync(_draw, _engine(request))
    policy = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; connect-src 'none'"
    return HTMLResponse(html, headers={"Content-Security-Policy": policy})


def _draw(engine: Engine) -> str:
    from kg.draw import draw
    from kg.view import read_view

    with engine.store() as store:
        return draw(read_view(store.select))


async def _preflight(_: Request) -> Response:
    return Response(status_code=204)


async def _void(request: Request) -> Response:
    endpoint = str(request.url_for("sparql"))
    count = await run_sync(lambda: _engine(request).rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"))
    about = f"""@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<{request.url.replace(query="", fragment="data")}> a void:Dataset, dcat:Dataset ;
    dcterms:title "Diplomatic meetings, as news articles tell them" ;
    void:sparqlEndpoint <{endpoint}> ;
    void:uriSpace "{DATA}" ;
    void:triples {count[0][0]} ;
    void:vocabulary <{PREFIXES["dm"].rstrip("#")}> .
"""
    return Response(about + service_description(endpoint), media_type="text/turtle")


async def _openapi(request: Request) -> Response:
    settings = _engine(request).settings
    return JSONResponse(openapi(ingest=settings.allow_ingest, token=settings.token is not None))


async def _health(request: Request) -> Response:
    cut = "run without network" if _engine(request).offline else "are guarded, but not cut from the network"
    return PlainTextResponse(f"fine\nqueries {cut}\n")


async def _metrics(request: Request) -> Response:
    shield: Shield = request.app.state.shield
    lines = [
        f'dipmeet_requests_total{{status="{status}"}} {n}' for status, n in sorted(shield.counts.items())
    ]
    lines.append(f"dipmeet_request_seconds_total {shield.seconds:.6f}")
    lines.append(f"dipmeet_info{{version={json.dumps(__version__)}}} 1")
    return PlainTextResponse("\n".join(lines) + "\n")


async def _style(_: Request) -> Response:
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})
