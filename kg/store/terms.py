"""Between the plain quads of `kg.vocab.rdf` and those of pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.vocab.rdf import Literal, Node, Quad, nquad
from kg.vocab.terms import XSD

if TYPE_CHECKING:
    import pyoxigraph as ox
else:
    from kg.store.lazy import ox

__all__ = ["ENGINE_ERRORS", "MAX_LITERAL", "from_ox", "node_from_ox", "node_to_ox", "to_ox", "update_text"]

ENGINE_ERRORS = (OSError, RuntimeError)
"""What pyoxigraph raises when storage fails; RuntimeError is its word for a damaged database."""

MAX_LITERAL = 16 * 1024 * 1024 - 1
"""Bytes of UTF-8 that the engine can keep in one literal."""

_DATATYPES: dict[str, ox.NamedNode] = {}


def to_ox(quad: Quad) -> ox.Quad:
    """The quad as the engine takes it; StoreError for what it can't keep."""
    try:
        return ox.Quad(
            ox.NamedNode(quad.subject),
            ox.NamedNode(quad.predicate),
            node_to_ox(quad.object),
            ox.NamedNode(quad.graph),
        )
    except ValueError as error:
        raise StoreError(
            f"not an IRI ({error})", where=quad.subject, remedy="this is a fault of the reader"
        ) from error


def node_to_ox(node: Node) -> ox.NamedNode | ox.Literal:
    """An object as the engine takes it."""
    if isinstance(node, str):
        return ox.NamedNode(node)
    if len(node.value) > MAX_LITERAL // 4 and len(node.value.encode()) > MAX_LITERAL:
        raise StoreError(
            f"a text of {len(node.value):,} characters is longer than a store can keep (16 MiB)",
            remedy="split the article",
        )
    if node.datatype == XSD.string:
        return ox.Literal(node.value)
    datatype = _DATATYPES.get(node.datatype)
    if datatype is None:
        datatype = _DATATYPES[node.datatype] = ox.NamedNode(node.datatype)
    return ox.Literal(node.value, datatype=datatype)


def from_ox(quad: ox.Quad) -> Quad:
    """A quad of the engine as a plain one; StoreError for a blank node or a quoted triple."""
    subject, graph = quad.subject, quad.graph_name
    if not isinstance(subject, ox.NamedNode) or isinstance(graph, ox.BlankNode):
        raise _foreign(quad)
    name = graph.value if isinstance(graph, ox.NamedNode) else ""
    return Quad(subject.value, quad.predicate.value, node_from_ox(quad.object, quad), name)


def node_from_ox(node: object, quad: ox.Quad) -> Node:
    """An object of the engine as a plain one."""
    if isinstance(node, ox.NamedNode):
        return node.value
    if isinstance(node, ox.Literal):
        return Literal(node.value, node.datatype.value)
    raise _foreign(quad)


def _foreign(quad: ox.Quad) -> StoreError:
    return StoreError(
        f"a blank node or quoted triple, which dipmeet never writes: {quad}",
        remedy="take foreign data out of this store",
    )


def update_text(gone: Iterable[Quad], new: Iterable[Quad]) -> str:
    """One update request, which the engine runs as one transaction."""
    parts = []
    for verb, quads in (("DELETE", gone), ("INSERT", new)):
        by_graph: dict[str, list[str]] = {}
        for quad in quads:
            to_ox(quad)  # raises for what the engine can't keep, and for anything that is no IRI
            triple = nquad(quad)
            by_graph.setdefault(quad.graph, []).append(triple[: triple.rindex(" <")])
        blocks = "\n".join(
            f"GRAPH <{graph}> {{ {' . '.join(triples)} }}" for graph, triples in by_graph.items()
        )
        if blocks:
            parts.append(f"{verb} DATA {{ {blocks} }}")
    return " ;\n".join(parts)
