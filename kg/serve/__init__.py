"""The graph over HTTP, on this machine only unless told otherwise, or for assistants: `kg serve`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.errors import InputError
from kg.serve.settings import Settings

__all__ = ["Settings", "serve", "serve_mcp"]

_HEAD_SECONDS = 10.0
"""Seconds within which a request's head must have arrived."""


def serve(settings: Settings) -> None:
    """Serve until interrupted. StoreError when the store can't be opened, InputError without the extra."""
    if settings.allow_ingest and not settings.token:
        raise InputError(
            "--allow-ingest needs a token", where="kg serve", remedy="add --token, or set KG_TOKEN"
        )
    try:
        import uvicorn

        from kg.serve.app import application
    except ModuleNotFoundError as error:
        raise InputError(
            f"a part is missing ({error.name})", where="kg serve", remedy="pip install 'dipmeet[serve]'"
        ) from error

    config = uvicorn.Config(
        application(settings),
        host=settings.host,
        port=settings.port,
        http=_protocol(),
        log_level="warning",
        limit_concurrency=200,
        timeout_keep_alive=5,
        h11_max_incomplete_event_size=64 * 1024,
        server_header=False,
    )
    uvicorn.Server(config).run()


def serve_mcp(settings: Settings) -> None:
    """Serve the Model Context Protocol on stdin and stdout until they end; errors as of `serve`.

    The store stays on disk: a session is short, and a copy in memory takes long to make.
    """
    try:
        from kg.serve.mcp import server
    except ModuleNotFoundError as error:
        raise InputError(
            f"a part is missing ({error.name})",
            where="kg serve --mcp",
            remedy="pip install 'dipmeet[mcp]'",
        ) from error

    made, engine = server(replace(settings, in_memory=-1))
    try:
        made.run("stdio")
    finally:
        engine.close()


def _protocol() -> type[Any]:
    """uvicorn's HTTP, which by itself would wait forever for the head of a request."""
    import h11
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Patient(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._watch: Any = self.loop.call_later(_HEAD_SECONDS, self._give_up)

        def data_received(self, data: bytes) -> None:
            if self._watch is None and self.conn.their_state is h11.IDLE:
                self._watch = self.loop.call_later(_HEAD_SECONDS, self._give_up)
            super().data_received(data)
            if self._watch is not None and self.conn.their_state is not h11.IDLE:
                self._watch.cancel()  # the head is here; a kept connection must not be cut later on
                self._watch = None

        def connection_lost(self, exc: Exception | None) -> None:
            if self._watch is not None:
                self._watch.cancel()
            super().connection_lost(exc)

        def _give_up(self) -> None:
            self._watch = None
            cycle: Any = self.cycle
            if self.conn.their_state is h11.IDLE and (cycle is None or cycle.response_complete):
                self.transport.close()

    return Patient
