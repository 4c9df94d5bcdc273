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
    names = {quad.subject for quad in ordered} | {quad.graph for quad in ordered if quad.graph}
    names |= {quad.predicate for quad in ordered if quad.predicate != RDF.type}
    for quad in ordered:
        node = quad.object
        if not isinstance(node, Literal):
            names.add(node)
        elif node.datatype != XSD.string and not _is_bare(node):
            names.add(node.datatype)
    used = {curie(name).split(":", 1)[0] for name in names}
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


def _is_bare(node: Literal) -> bool:
    """Whether Turtle can write the literal without quotes: 180, true."""
    form = _BARE.get(node.datatype)
    return form is not None and form.fullmatch(node.value) is not None


def _object(node: Node) -> str:
    if not isinstance(node, Literal):
        return curie(node)
    if node.datatype == XSD.string:
        return term_text(node)
    if _is_bare(node):
        return node.value
    return f"{term_text(Literal(node.value))}^^{curie(node.datatype)}"
