"""GraphML for Cytoscape and Gephi: everything, with meetings and visits as nodes."""

from __future__ import annotations

import io
from typing import Any, TextIO

import networkx as nx

from kg.export.flat import flat, meeting_row
from kg.view.model import GraphView
from kg.view.networks import full_network

__all__ = ["write"]


def write(view: GraphView, out: TextIO) -> None:
    """Node attribute `kind` tells persons, groups, meetings, visits and places apart."""
    full = full_network(view)
    rows = {each.id: meeting_row(view, each) for each in view.meetings}
    graph = nx.Graph()
    for iri, values in full.nodes(data=True):
        graph.add_node(iri, **{**_single(values), **rows.get(iri, {})})
    for one, other, values in full.edges(data=True):
        graph.add_edge(one, other, **_single(values))
    buffer = io.BytesIO()
    nx.write_graphml_xml(graph, buffer)
    out.write(buffer.getvalue().decode("utf-8"))


def _single(values: dict[str, Any]) -> dict[str, Any]:
    """Tuples joined, lists of ids left out: GraphML knows single values only."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if not isinstance(value, tuple):
            kept[name] = value
        elif value and name != "meetings":
            kept[name] = "; ".join(value)
    return flat(**kept)
