"""What stands between the net and the pages: hosts, tokens, rates, sizes, headers, figures."""

from __future__ import annotations

import asyncio
import hmac
import re
import time
from collections import Counter
from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.engine import Busy
from kg.serve.settings import Settings

__all__ = ["Shield"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-src 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,255}|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_PORT = re.compile(r":\d+$")

_WRONG_TOKENS = 10
"""Wrong tokens from one address within `_FORGET` seconds, after which it has to wait."""

_FORGET = 60.0
_ADDRESSES = 10_000
"""Addresses that are remembered; beyond that all are forgotten, so that memory stays bounded."""


class Shield:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.counts: Counter[int] = Counter()
        self.seconds = 0.0
        self._wrong: dict[str, tuple[int, float]] = {}
        self._budget: dict[str, tuple[float, float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self.counts[message["status"]] += 1
                self._add_headers(message, scope)
            await send(message)

        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        try:
            body = await self._body(headers, receive) if scope["method"] == "POST" else b""
            await self.app(scope, _replay(body, receive), answer)
        except _Refuse as error:
            await PlainTextResponse(f"{error}\n", error.status, {"Connection": "close"})(
                scope, receive, answer
            )
        except Busy:
            if not started:
                told = PlainTextResponse("too many queries at once; try again\n", 503, {"Retry-After": "5"})
                await told(scope, receive, answer)
        finally:
            self.seconds += time.perf_counter() - began

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> PlainTextResponse | None:
        client = scope["client"][0] if scope.get("client") else ""
        if not _HOST.fullmatch(headers.get("host", "")):
            return PlainTextResponse("no such host\n", 400)
        host = _PORT.sub("", headers["host"]).lower()
        loopback = self.settings.host in {"127.0.0.1", "localhost", "::1"}
        if loopback and host not in {"127.0.0.1", "localhost", "[::1]"}:
            # a page of the net that has its own name point here
            return PlainTextResponse("this server answers as localhost only\n", 421)
        if self._too_many(client):
            return PlainTextResponse("too many requests\n", 429, {"Retry-After": "2"})
        if scope["method"] == "OPTIONS" or scope["path"] == "/health":
            return None
        return self._stranger(client, headers.get("authorization", ""))

    def _stranger(self, client: str, shown: str) -> PlainTextResponse | None:
        if self.settings.token is None:
            return None
        wrong, since = self._wrong.get(client, (0, 0.0))
        if time.monotonic() - since > _FORGET:
            wrong = 0
        if wrong >= _WRONG_TOKENS:
            return PlainTextResponse("too many wrong tokens; wait a minute\n", 429, {"Retry-After": "60"})
        if hmac.compare_digest(shown.encode(), f"Bearer {self.settings.token}".encode()):
            return None
        if shown:
            if len(self._wrong) > _ADDRESSES:
                self._wrong.clear()
            self._wrong[client] = (wrong + 1, time.monotonic())
        return PlainTextResponse(
            "a token is needed: Authorization: Bearer …\n", 401, {"WWW-Authenticate": "Bearer"}
        )

    def _too_many(self, client: str) -> bool:
        """A bucket that fills by `rate` a second and holds three seconds' worth."""
        rate = self.settings.rate
        if rate <= 0:
            return False
        now = time.monotonic()
        if len(self._budget) > _ADDRESSES:
            self._budget.clear()
        left, then = self._budget.get(client, (3 * rate, now))
        left = min(3 * rate, left + (now - then) * rate)
        self._budget[client] = (left - 1 if left >= 1 else left, now)
        return left < 1

    async def _body(self, headers: dict[str, str], receive: Receive) -> bytes:
        """The whole body, if it is small enough and comes fast enough."""
        most = self.settings.max_body
        told = headers.get("content-length", "0")
        if not told.isdigit() or int(told) > most:
            raise _Refuse(413, f"a request may have {most:,} bytes")
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self.settings.body_seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _Refuse(400, "the request broke off")
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > most:
                        raise _Refuse(413, f"a request may have {most:,} bytes")
                    more = message.get("more_body", False)
        except TimeoutError:
            raise _Refuse(408, "the request came too slowly") from None
        return b"".join(parts)

    def _add_headers(self, message: Message, scope: Scope) -> None:
        present = {name.lower() for name, _ in message["headers"]}
        extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
        if self.settings.cors and scope["path"] == "/sparql":
            extra += _pairs(
                {
                    "access-control-allow-origin": self.settings.cors,
                    "access-control-allow-methods": "GET, POST, OPTIONS",
                    "access-control-allow-headers": "Content-Type, Accept, Authorization",
                    "access-control-max-age": "600",
                }.items()
            )
        message["headers"] = [*message["headers"], *(pair for pair in extra if pair[0] not in present)]


class _Refuse(Exception):  # noqa: N818 (an answer)
    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


def _pairs(items: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in items]


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body that was read, given again; then whatever the connection says."""
    given = False

    async def again() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return again
