"""A store of each kind, empty, for tests that hold for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import Store, open_store
from kg.store.http import Endpoint
from kg.store.remote import RemoteStore
from tests.store.servers import oxigraph, virtuoso


@pytest.fixture(scope="session")
def oxigraph_server() -> Iterator[Endpoint]:
    with oxigraph() as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as endpoint:
        yield endpoint


@pytest.fixture(params=["memory", "folder", "oxigraph", "virtuoso"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param in {"memory", "folder"}:
        where = ":memory:" if request.param == "memory" else str(tmp_path / "store")
        with open_store(where, write=True) as opened:
            yield opened
        return
    endpoint = request.getfixturevalue(f"{request.param}_server")
    with RemoteStore(endpoint, write=True) as remote:
        if graphs := list(remote.graphs()):
            remote._update(" ; ".join(f"CLEAR GRAPH <{graph}>" for graph in graphs))
        yield remote
