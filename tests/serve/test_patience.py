"""How long the server waits for a request's head, and that it cuts nobody who has sent one."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import kg.serve
from tests.store.servers import free_port

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server that waits a third of a second for a head."""
    monkeypatch.setattr(kg.serve, "_HEAD_SECONDS", 0.3)
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("fine"))])
    found = free_port()
    protocol = kg.serve._protocol()
    server = uvicorn.Server(uvicorn.Config(app, port=found, http=protocol, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield found
    server.should_exit = True
    thread.join()


def answer(client: socket.socket) -> bytes:
    """A whole answer: its head and its body may come one after the other."""
    told = b""
    while not told.endswith(b"fine"):
        part = client.recv(10_000)
        assert part, told
        told += part
    return told


def test_a_kept_connection_is_not_cut_between_requests(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(5)
        for _ in range(4):
            client.sendall(HEAD)
            assert answer(client).endswith(b"fine")
            time.sleep(0.5)


@pytest.mark.parametrize("beginning", [b"", b"GET / HT"])
def test_who_sends_no_whole_head_is_cut(port: int, beginning: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(5)
        client.sendall(beginning)
        assert client.recv(100) == b""


def test_nor_who_begins_a_second_one_slowly(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(5)
        client.sendall(HEAD)
        assert answer(client).endswith(b"fine")
        client.sendall(HEAD[:9])
        assert client.recv(100) == b""
