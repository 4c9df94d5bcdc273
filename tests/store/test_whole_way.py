"""The whole way of an article on every kind of store: the same graph, picture and export."""

from __future__ import annotations

import io

from kg import pipeline
from kg.draw import draw
from kg.export import export
from kg.query import run_named
from kg.store import Store, open_store
from kg.view import read_store
from tests.serve.conftest import WORLD


def turtle(store: Store) -> bytes:
    out = io.BytesIO()
    export(store, "turtle", out)
    return out.getvalue()


def test_ingest_query_draw_export_remove(store: Store) -> None:
    tools = pipeline.Tools()
    with open_store(":memory:", write=True) as plain:
        pipeline.ingest(plain, WORLD, tools)
        summary = pipeline.ingest(store, WORLD[:2], tools)
        assert summary.failures == []
        pipeline.ingest(store, WORLD, tools)
        assert set(store.quads()) == set(plain.quads())
        assert turtle(store) == turtle(plain)
        assert draw(read_store(store)) == draw(read_store(plain))
        params = {"a": "Antony Blinken", "b": "Wang Yi"}
        rows = [
            sorted(run_named(each, "meetings-of-two", params=params).strings()) for each in (store, plain)
        ]
        assert rows[0] == rows[1] != []
        gone = [each.graph for each in plain.articles() if each.source == "two.txt"]
        for each in (store, plain):
            pipeline.remove(each, gone)
        assert turtle(store) == turtle(plain)
