"""The small graph of `tests/view` as a view, and texts that try to be more than texts."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.view import GraphView, read_view, select_from

SMALL = Path(__file__).parent.parent / "view" / "small.trig"


@pytest.fixture(scope="session")
def view() -> GraphView:
    store = ox.Store()
    store.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    return read_view(select_from(store))
