"""`POST /ingest`, off unless asked for: an article goes into the store, by the same way as `kg ingest`."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from typing import NamedTuple

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.errors import InputError, KgError, StoreError
from kg.model import Article, Failure
from kg.serve.engine import Engine

__all__ = ["KINDS", "Writer", "ingest"]

KINDS = {"text/plain": ".txt", "text/html": ".html", "application/json": ".json"}
"""Media types that an article may come in, and the file endings that they stand for."""

_PATIENCE = 20.0
"""Seconds that a request waits for another one's article to be written."""


class Posted(NamedTuple):
    """An article as it was sent."""

    data: bytes
    ending: str
    name: str
    published: date | None


class Writer:
    """Writes one article at a time into a server's store; the model is loaded with the first one."""

    def __init__(self, engine: Engine) -> None:
        from kg.pipeline import Tools

        self._engine = engine
        self._store = engine.settings.store
        self._turn = threading.Lock()
        self._tools = Tools()

    def write(self, posted: Posted) -> dict[str, int]:
        """What was done, in figures. InputError for what is no article, StoreError while others write."""
        from kg import pipeline
        from kg.decisions import open_decisions
        from kg.store import open_store

        articles = list(_articles(posted))
        if not self._turn.acquire(timeout=_PATIENCE):
            raise StoreError("other articles are being written", where=self._store, remedy="try again soon")
        try:
            with open_store(self._store, write=True) as store:
                self._tools.decisions = open_decisions(self._store)
                done = pipeline.ingest(store, articles, self._tools)
        finally:
            self._turn.release()
        with suppress(KgError):  # it is written; the pages follow by themselves a little later
            self._engine.refresh()
        if done.failures:
            raise InputError(done.failures[0].message)
        return {
            "read": done.read,
            "unchanged": done.unchanged,
            "replaced": done.replaced,
            "without_meetings": done.silent,
            "meetings": done.meetings,
            "visits": done.visits,
        }


def _articles(posted: Posted) -> Iterator[Article]:
    """What was sent, read before anything is written: all of it is good, or none of it is taken."""
    from kg.read import read_bytes

    for found in read_bytes(posted.data, posted.name + posted.ending, published=posted.published):
        if isinstance(found, Failure):
            raise InputError(found.message)
        yield found


async def ingest(request: Request) -> Response:
    """Take one article; 200 with figures, 400 or 415 for what is none, 503 while another program writes."""
    writer: Writer = request.app.state.writer
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in KINDS:
        return PlainTextResponse(f"send one of {', '.join(KINDS)}\n", 415)
    try:
        posted = _posted(await request.body(), KINDS[kind], request)
        figures = await run_sync(partial(writer.write, posted))
    except InputError as error:
        return PlainTextResponse(f"{error}\n", 400)
    except StoreError as error:
        return PlainTextResponse(f"{error}\n", 503, {"Retry-After": "10"})
    return JSONResponse(figures)


def _posted(data: bytes, ending: str, request: Request) -> Posted:
    """The article with its name, which tells a new version of it from another one."""
    from kg.read.article import slug

    told = request.query_params.get("published")
    try:
        published = date.fromisoformat(told) if told else None
    except ValueError as error:
        raise InputError(f"published={told!r} is no day", remedy="write it as 2023-06-19") from error
    if not data.strip():
        raise InputError("the article is empty", remedy="send its text")
    name = request.query_params.get("name") or hashlib.sha256(data).hexdigest()[:16]
    return Posted(data, ending, f"posted/{slug(name)}", published)
