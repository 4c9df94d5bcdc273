"""Turtle, canonical: sorted, fixed prefixes, a property a line; the same graph gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from kg.export.base import NAMESPACES, by_subject, curie, in_order
from kg.vocab import RDF, XSD
from kg.vocab.rdf import Literal, Node, Quad, term_text

__all__ = ["blocks", "prefixes", "write"]

_BARE = {XSD.integer: re.compile(r"0|-?[1-9][0-9]*"), XSD.boolean: re.compile("true|false")}


def write(quads: Iterable[Quad], out: TextIO) -> None:
    """All statements as triples; which graph they stand in is not told."""
    ordered = in_order(quads)
    out.write(prefixes(ordered))
    out.writelines(blocks(ordered))


def prefixes(ordered: Sequence[Quad]) -> str:
    """Declarations of the prefixes that the statements need, in alphabetical order."""
    used = {name.split(":", 1)[0] for quad in ordered for name in _names(quad)}
    return "".join(
        f"@prefix {prefix}: <{NAMESPACES[prefix]}> .\n" for prefix in sorted(used & NAMESPACES.keys())
    )


def blocks(ordered: Sequence[Quad], indent: str = "") -> Iterator[str]:
    """One block of text a subject, an empty line before it."""
    for subject, properties in by_subject(ordered):
        lines = [
            f"{indent}    {_verb(predicate)} {', '.join(map(_object, objects))}"
            for predicate, objects in properties
        ]
        yield f"\n{indent}{curie(subject)}\n" + " ;\n".join(lines) + " .\n"


def _verb(predicate: str) -> str:
    return "a" if predicate == RDF.type else curie(predicate)


def _names(quad: Quad) -> Iterator[str]:
    yield curie(quad.subject)
    if quad.predicate != RDF.type:
        yield curie(quad.predicate)
    if isinstance(quad.object, Literal):
        text = _object(quad.object)
        if text.startswith('"') and quad.object.datatype != XSD.string:
            yield curie(quad.object.datatype)
    else:
        yield curie(quad.object)
    if quad.graph:
        yield curie(quad.graph)


def _object(node: Node) -> str:
    if not isinstance(node, Literal):
        return curie(node)
    bare = _BARE.get(node.datatype)
    if bare and bare.fullmatch(node.value):
        return node.value
    if node.datatype == XSD.string:
        return term_text(node)
    return f"{term_text(Literal(node.value))}^^{curie(node.datatype)}"
