"""The small graph of `tests/view` as plain statements and as a view."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.view import GraphView, read_view, select_from
from kg.vocab.rdf import Literal, Quad

SMALL = Path(__file__).parent.parent / "view" / "small.trig"


@pytest.fixture(scope="session")
def small() -> tuple[Quad, ...]:
    found = []
    for quad in ox.parse(path=str(SMALL), format=ox.RdfFormat.TRIG):
        node = quad.object
        plain = Literal(node.value, node.datatype.value) if isinstance(node, ox.Literal) else node.value
        found.append(Quad(quad.subject.value, quad.predicate.value, plain, quad.graph_name.value))
    return tuple(found)


@pytest.fixture(scope="session")
def view() -> GraphView:
    store = ox.Store()
    store.load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    return read_view(select_from(store))
