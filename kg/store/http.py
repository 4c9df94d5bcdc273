"""A small HTTP client for SPARQL endpoints: kept connections, authentication, retries, TLS verified."""

from __future__ import annotations

import base64
import http.client
import os
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import md5
from urllib.parse import urldefrag, urlsplit

from kg.errors import StoreError

__all__ = ["Body", "Client", "Endpoint", "Refused"]

_TRIES = 4
_PAUSE = 0.3
"""Seconds before the second try; doubled before each further one."""

_AGAIN = {429, 502, 503, 504}
"""Answers after which a request is repeated: the server was busy or is just starting."""


class Refused(StoreError):  # noqa: N818 (it tells what the server did)
    """The server answered with an error; `status` is its number."""

    def __init__(self, status: int, message: str, where: str) -> None:
        self.status = status
        remedies = {
            401: "give user and password, or a token (KG_STORE_USER, KG_STORE_PASSWORD, KG_STORE_TOKEN)",
            403: "the server does not let this account do that",
            404: "check the address",
            405: "name the addresses for update and graphs: http://…/query#update=…&graphs=…",
            413: "the server takes no request of that size",
        }
        super().__init__(f"the server answers {status} ({message})", where=where, remedy=remedies.get(status))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The addresses of a SPARQL 1.1 server and how to authenticate there.

    `graphs` is the Graph Store address; None where the server has none.
    """

    query: str
    update: str
    graphs: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, url: str, environment: Mapping[str, str] = os.environ) -> Endpoint:
        """The endpoint of a URL such as `http://host/query#update=http://host/update`.

        What the part behind `#` does not name follows from custom: beside `…/query` lie
        `…/update` and `…/store`; otherwise queries and updates share one address. User and
        password may stand in the URL; KG_STORE_USER, KG_STORE_PASSWORD and KG_STORE_TOKEN
        keep them out of shell histories.
        """
        bare, fragment = urldefrag(url)
        parts = urlsplit(bare)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise StoreError("this is no address of a server", where=bare, remedy="write http://host/query")
        clean = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        named = dict(each.partition("=")[::2] for each in fragment.split("&") if each)
        if unknown := named.keys() - {"update", "graphs"}:
            raise StoreError(
                f"unknown part {min(unknown)!r} behind #", where=bare, remedy="write #update=…&graphs=…"
            )
        stem = clean.removesuffix("/query")
        custom = clean if stem == clean else f"{stem}/update"
        return cls(
            query=clean,
            update=named.get("update", custom),
            graphs=named.get("graphs", None if stem == clean else f"{stem}/store"),
            user=parts.username or environment.get("KG_STORE_USER"),
            password=parts.password or environment.get("KG_STORE_PASSWORD"),
            token=environment.get("KG_STORE_TOKEN"),
        )


class Client:
    """Sends requests to one endpoint. Not for use by several threads at once."""

    def __init__(self, endpoint: Endpoint, timeout: float = 600.0) -> None:
        self.endpoint = endpoint
        self.timeout = timeout
        self._free: dict[str, list[http.client.HTTPConnection]] = {}
        self._challenge: dict[str, str] | None = None
        self._count = 0

    def post(
        self, url: str, body: bytes, kind: str, accept: str = "*/*", timeout: float | None = None
    ) -> Body:
        """The answer to a POST as a stream; it must be read to its end or closed. StoreError if none comes.

        Our updates say what is to be and what is not to be, so repeating one does no harm.
        """
        return self.send("POST", url, body, {"Content-Type": kind, "Accept": accept}, timeout)

    def send(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: dict[str, str],
        timeout: float | None = None,
    ) -> Body:
        """The answer to any request, tried again when the connection or the server fails."""
        pause = _PAUSE
        asked = False
        for attempt in range(1, _TRIES + 1):
            last = attempt == _TRIES
            try:
                answer = self._once(method, url, body, headers, timeout or self.timeout)
            except TimeoutError as error:
                raise StoreError("the server took too long to answer", where=url) from error
            except (OSError, http.client.HTTPException) as error:
                if last or isinstance(error, ssl.SSLCertVerificationError):
                    raise self._unreachable(url, error) from error
            else:
                if answer.status == 401 and not asked and self.endpoint.user is not None:
                    asked = True
                    self._learn(answer)
                    continue
                if answer.status < 300:
                    return Body(answer, partial(self._keep, url, answer))
                told = answer.read(2000).decode("utf-8", "replace")
                if last or answer.status not in _AGAIN:
                    raise Refused(answer.status, _one_line(told) or answer.reason, url)
            time.sleep(pause)
            pause *= 2
        raise self._unreachable(url, OSError("too many tries"))

    def _once(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str], timeout: float
    ) -> http.client.HTTPResponse:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {**headers, "User-Agent": "dipmeet", **self._authorization(method, target)}
        free = self._free.setdefault(parts.netloc, [])
        kept = bool(free)
        connection = free.pop() if free else self._connect(parts.scheme, parts.netloc, timeout)
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        try:
            connection.request(method, target, body, sent)
            answer = connection.getresponse()
        except TimeoutError:
            connection.close()
            raise
        except (OSError, http.client.HTTPException):
            connection.close()
            if not kept:
                raise
            return self._once(method, url, body, headers, timeout)  # the server had closed a kept one
        answer.kg_connection = connection  # type: ignore[attr-defined]
        return answer

    def _connect(self, scheme: str, netloc: str, timeout: float) -> http.client.HTTPConnection:
        if scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(netloc, timeout=timeout, context=context)
        return http.client.HTTPConnection(netloc, timeout=timeout)

    def _keep(self, url: str, answer: http.client.HTTPResponse) -> None:
        """Use the connection again when the answer was read to its end."""
        connection: http.client.HTTPConnection = answer.kg_connection  # type: ignore[attr-defined]
        if answer.isclosed() and not answer.will_close:
            self._free.setdefault(urlsplit(url).netloc, []).append(connection)
        else:
            connection.close()

    # --- authentication

    def _authorization(self, method: str, target: str) -> dict[str, str]:
        end = self.endpoint
        if end.token:
            return {"Authorization": f"Bearer {end.token}"}
        if end.user is None:
            return {}
        if self._challenge is None:
            return {}  # the server says first how it wants to be shown the password
        if self._challenge:
            return {"Authorization": self._digest(method, target, self._challenge)}
        pair = f"{end.user}:{end.password or ''}".encode()
        return {"Authorization": "Basic " + base64.b64encode(pair).decode("ascii")}

    def _learn(self, answer: http.client.HTTPResponse) -> None:
        """How the server wants to be shown the password: by digest (anew when gone stale) or plainly."""
        told = answer.getheader("WWW-Authenticate") or ""
        answer.read()
        self._challenge = {}
        if told.lower().startswith("digest"):
            found = re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', told)
            self._challenge = {name.lower(): quoted or plain for name, quoted, plain in found}

    def _digest(self, method: str, target: str, told: Mapping[str, str]) -> str:
        """RFC 2617 with MD5, as Virtuoso asks for it: the password itself is never sent."""
        end = self.endpoint
        self._count += 1
        count, own = f"{self._count:08x}", os.urandom(8).hex()
        one = _md5(f"{end.user}:{told.get('realm', '')}:{end.password or ''}")
        two = _md5(f"{method}:{target}")
        nonce = told.get("nonce", "")
        fields = {"username": end.user or "", "realm": told.get("realm", ""), "nonce": nonce, "uri": target}
        if "auth" in told.get("qop", ""):
            fields["response"] = _md5(f"{one}:{nonce}:{count}:{own}:auth:{two}")
            fields["cnonce"] = own
        else:
            fields["response"] = _md5(f"{one}:{nonce}:{two}")
        if "opaque" in told:
            fields["opaque"] = told["opaque"]
        text = ", ".join(f'{name}="{value}"' for name, value in fields.items())
        return f"Digest {text}" + (f", qop=auth, nc={count}" if "cnonce" in fields else "")

    def _unreachable(self, url: str, error: Exception) -> StoreError:
        if isinstance(error, ssl.SSLCertVerificationError):
            return StoreError(
                f"the server's certificate is not trusted ({error.verify_message})",
                where=url,
                remedy="install the authority that signed it; it is never skipped",
            )
        return StoreError(f"the server can't be reached ({error})", where=url, remedy="is it running?")

    def close(self) -> None:
        """Close all connections."""
        for connections in self._free.values():
            for connection in connections:
                connection.close()
        self._free.clear()


class Body:
    """An answer's bytes; the connection is kept for the next request once they are all read."""

    def __init__(self, answer: http.client.HTTPResponse, done: Callable[[], None]) -> None:
        self._answer = answer
        self._done = done
        self._open = True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; empty at the end."""
        try:
            data = self._answer.read(None if size < 0 else size)
        except (OSError, http.client.HTTPException) as error:
            raise StoreError(f"the server broke off its answer ({error})") from error
        if not data or size < 0:
            self.close()
        return data

    def close(self) -> None:
        """Give the connection back; closing twice is harmless."""
        if self._open:
            self._open = False
            self._done()


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _one_line(text: str) -> str:
    text = re.sub(r"<[^>]*>", " ", text) if text.lstrip().startswith("<") else text
    return " ".join(text.split())[:300]
