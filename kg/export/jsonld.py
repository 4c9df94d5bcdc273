"""JSON-LD 1.1 with its context in the file: nothing is fetched to read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, TextIO

from kg.export.base import NAMESPACES, by_subject, curie, in_order
from kg.vocab import DATA, NS, RDF, XSD
from kg.vocab.rdf import Literal, Node, Quad

__all__ = ["write"]

_PATH = re.compile(r"[A-Za-z0-9_~%.-]+(?:/[A-Za-z0-9_~%.-]+)*")


def write(quads: Iterable[Quad], out: TextIO) -> None:
    """One object a subject and line, named graphs as objects with `@graph`; sorted."""
    ordered = in_order(quads, graphs=True)
    kinds = _kinds(ordered)
    out.write('{"@context":' + _json(_context(ordered, kinds)) + ',\n"@graph":[')
    first = True
    for graph, of_graph in groupby(ordered, key=lambda quad: quad.graph):
        items = [_item(subject, properties, kinds) for subject, properties in by_subject(list(of_graph))]
        lines = ",\n".join(map(_json, items))
        out.write("\n" if first else ",\n")
        out.write('{"@id":' + json.dumps(_id(graph)) + ',"@graph":[\n' + lines + "]}" if graph else lines)
        first = False
    out.write("\n]}\n")


def _kinds(ordered: Sequence[Quad]) -> dict[str, str | None]:
    """Predicate → `@id` or the datatype that all its values share; None where they differ."""
    kinds: dict[str, str | None] = {}
    for quad in ordered:
        kind = quad.object.datatype if isinstance(quad.object, Literal) else "@id"
        if kinds.setdefault(quad.predicate, kind) != kind:
            kinds[quad.predicate] = None
    kinds.pop(RDF.type, None)
    return kinds


def _context(ordered: Sequence[Quad], kinds: dict[str, str | None]) -> dict[str, Any]:
    """Ids are relative to the data, properties and classes to the ontology: `person/wang-yi`, `minutes`.

    Prefixes of the data stay out: `person` would be both a prefix and a property.
    """
    spaces = {_space(iri) for quad in ordered for iri in (quad.subject, quad.predicate, *_iris(quad.object))}
    context: dict[str, Any] = {"@version": 1.1, "@base": DATA, "@vocab": NS}
    context |= {prefix: space for prefix, space in NAMESPACES.items() if space in spaces and _foreign(prefix)}
    for predicate, kind in sorted(kinds.items()):
        if kind and kind != XSD.string:
            context[_key(predicate)] = {"@id": predicate, "@type": kind if kind == "@id" else _short(kind)}
    return context


def _iris(node: Node) -> tuple[str, ...]:
    return (node.datatype,) if isinstance(node, Literal) else (node,)


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _item(
    subject: str, properties: Iterable[tuple[str, list[Node]]], kinds: dict[str, str | None]
) -> dict[str, Any]:
    item: dict[str, Any] = {"@id": _id(subject)}
    for predicate, objects in properties:
        if predicate == RDF.type:
            item["@type"] = _alone([_key(str(node)) for node in objects])
        else:
            item[_key(predicate)] = _alone([_value(node, kinds[predicate]) for node in objects])
    return item


def _value(node: Node, kind: str | None) -> Any:
    """A string where the context tells the type, else an object that does."""
    if not isinstance(node, Literal):
        return _id(node) if kind == "@id" else {"@id": _id(node)}
    if node.datatype == XSD.string:
        # an untyped string under a typed term would take its type
        return node.value if kind in {XSD.string, None} else {"@value": node.value}
    return node.value if kind == node.datatype else {"@value": node.value, "@type": _id(node.datatype)}


def _alone(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _key(iri: str) -> str:
    """Terms of the ontology by their local names, others by prefix."""
    return iri.removeprefix(NS) if iri.startswith(NS) else _short(iri)


def _short(iri: str) -> str:
    """By prefix, unless it is one of the data's."""
    short = curie(iri).strip("<>")
    return short if _foreign(short.split(":", 1)[0]) else iri


def _id(iri: str) -> str:
    """Relative to the data where that reads back as the same IRI."""
    path = iri.removeprefix(DATA)
    if path != iri and _PATH.fullmatch(path) and not {".", ".."} & set(path.split("/")):
        return path
    return _short(iri)


def _foreign(prefix: str) -> bool:
    """Whether it is a prefix of a vocabulary, not of the data."""
    return prefix in NAMESPACES and not NAMESPACES[prefix].startswith(DATA)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
