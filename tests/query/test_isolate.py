"""Behind the guard: the process that runs queries has no network where the system grants that."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from kg.errors import QueryError
from kg.store.embedded import MemoryStore
from kg.store.isolate import can_cut_network
from kg.store.worker import Worker


def connections(monkeypatch: pytest.MonkeyPatch, *, cut: bool) -> int:
    """How many connections a query makes that the guard has not seen."""
    if not cut:
        monkeypatch.setattr("kg.store.worker.cut_network", lambda: False)
    arrived = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(3)

        def listen() -> None:
            try:
                connection, _ = server.accept()
            except TimeoutError:
                return
            arrived.append(1)
            connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        text = f"SELECT * {{ SERVICE <http://127.0.0.1:{server.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        request: dict[str, Any] = {
            "text": text, "prefixes": {}, "union": True, "dataset": [[], []], "graphs": [],
        }  # fmt: skip
        worker = Worker(MemoryStore().opener())
        try:
            head = worker.ask(request, 10)
            if "error" not in head:
                worker.send({"format": "JSON"})
                while worker.frame():
                    pass
        except QueryError:
            pass
        finally:
            worker.close()
        thread.join()
    return len(arrived)


@pytest.mark.skipif(not can_cut_network(), reason="this system does not grant it")
def test_a_query_that_slips_through_the_guard_reaches_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connections(monkeypatch, cut=True) == 0
    assert connections(monkeypatch, cut=False) == 1
