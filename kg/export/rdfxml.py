"""RDF/XML, for tools that read nothing newer: sorted, one description a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from kg.export.base import NAMESPACES, by_subject, in_order, split_iri
from kg.vocab import XSD
from kg.vocab.rdf import Literal, Node, Quad

__all__ = ["write"]

RDF_SPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(quads: Iterable[Quad], out: TextIO) -> None:
    """All statements as triples. Control characters, which XML can't hold, become U+FFFD."""
    ordered = in_order(quads)
    spaces = _spaces(ordered)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
    declared = sorted((prefix, space) for space, prefix in spaces.items())
    out.writelines(f"\n    xmlns:{prefix}={quoteattr(space)}" for prefix, space in declared)
    out.write(">\n")
    for subject, properties in by_subject(ordered):
        out.write(f"  <rdf:Description rdf:about={quoteattr(subject)}>\n")
        for predicate, objects in properties:
            space, local = _split(predicate)
            out.writelines(_property(f"{spaces[space]}:{local}", node) for node in objects)
        out.write("  </rdf:Description>\n")
    out.write("</rdf:RDF>\n")


_split = lru_cache(maxsize=10_000)(split_iri)  # predicates are few


def _spaces(ordered: Sequence[Quad]) -> dict[str, str]:
    """Namespace → prefix for every predicate; unknown namespaces are numbered in order."""
    known = {space: prefix for prefix, space in NAMESPACES.items()}
    spaces = {RDF_SPACE: "rdf"}
    for space in sorted({_split(quad.predicate)[0] for quad in ordered}):
        spaces.setdefault(space, known.get(space, f"ns{len(spaces)}"))
    return spaces


def _property(name: str, node: Node) -> str:
    if not isinstance(node, Literal):
        return f"    <{name} rdf:resource={quoteattr(node)}/>\n"
    kind = "" if node.datatype == XSD.string else f" rdf:datatype={quoteattr(node.datatype)}"
    # a carriage return would be read back as a line feed if it stood there bare
    text = escape(_FORBIDDEN.sub("\ufffd", node.value), {"\r": "&#13;"})
    return f"    <{name}{kind}>{text}</{name}>\n"
