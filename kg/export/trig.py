"""TriG, canonical: Turtle with named graphs, so that each claim stays with its article."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from kg.export.base import curie, in_order
from kg.export.turtle import blocks, prefixes
from kg.vocab.rdf import Quad

__all__ = ["write"]


def write(quads: Iterable[Quad], out: TextIO) -> None:
    """Each named graph in its braces, sorted by IRI."""
    ordered = in_order(quads, graphs=True)
    out.write(prefixes(ordered))
    for graph, of_graph in groupby(ordered, key=lambda quad: quad.graph):
        if graph:
            out.write(f"\n{curie(graph)} {{")
            out.writelines(blocks(list(of_graph), "  "))
            out.write("}\n")
        else:
            out.writelines(blocks(list(of_graph)))
