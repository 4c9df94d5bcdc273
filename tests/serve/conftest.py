"""A real server on a free port of 127.0.0.1, over a small made-up graph."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Status
from kg.store import open_store
from tests.store.servers import free_port, wait_for
from tests.worlds import Told, tell

START = """
import json, sys
from kg.serve import Settings, serve
serve(Settings(**json.loads(sys.argv[1])))
"""


@contextmanager
def running(store: Path, **settings: object) -> Iterator[str]:
    """The server's address."""
    import json

    port = free_port()
    told = json.dumps({"store": str(store), "port": port, "refresh": 0.2, **settings})
    server = subprocess.Popen(
        [sys.executable, "-c", START, told], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


HELD, PLANNED = Status.HELD, Status.PLANNED
WORLD = [
    tell("one", [Told((0, 1), 3, HELD, 0, "trade"), Told((0, 2), 5, PLANNED, 1, "Ukraine")]),
    tell("two", [Told((0, 1), 3, HELD, 0, "trade")]),
    tell("three", [Told((3, 4), 9, HELD, 2, "fishing rights")]),
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "store"
    with open_store(path, write=True) as store:
        summary = pipeline.ingest(store, WORLD, pipeline.Tools())
        assert summary.failures == []
    return path


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    with running(folder, timeout=2.0, cors="*") as address:
        yield address
