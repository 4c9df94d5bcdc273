"""What the graph says, in other vocabularies too: derived from `ontology/alignments.ttl`.

For each `dm:` class or property that is declared below (or equal to) a foreign one, members and
values are stated with the foreign term as well, in the same graph. Inverse properties are turned
round. Matches of single values (`skos:exactMatch`, `skos:closeMatch`) are repeated for the values in use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.vocab import NS, RDF
from kg.vocab.files import ALIGNMENTS, ONTOLOGY, ontology_file
from kg.vocab.rdf import Literal, Quad

if TYPE_CHECKING:
    import rdflib

__all__ = ["Alignment", "aligned", "load_alignment"]

OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Foreign terms by own term."""

    classes: dict[str, tuple[str, ...]]
    properties: dict[str, tuple[str, ...]]
    inverse: dict[str, tuple[str, ...]]
    matches: dict[str, tuple[tuple[str, str], ...]]
    """Own value → (matching property, foreign value)."""


def aligned(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The statements, and beside each what the alignments derive from it (duplicates possible)."""
    table = load_alignment()
    matched: set[str] = set()
    for quad in quads:
        yield quad
        if quad.predicate == RDF.type:
            for foreign in table.classes.get(str(quad.object), ()):
                yield Quad(quad.subject, RDF.type, foreign, quad.graph)
            continue
        for foreign in table.properties.get(quad.predicate, ()):
            yield Quad(quad.subject, foreign, quad.object, quad.graph)
        value = quad.object
        if isinstance(value, Literal):
            continue
        for foreign in table.inverse.get(quad.predicate, ()):
            yield Quad(value, foreign, quad.subject, quad.graph)
        if value in table.matches and value not in matched:
            matched.add(value)
            for how, foreign in table.matches[value]:
                yield Quad(value, how, foreign, quad.graph)


@cache
def load_alignment() -> Alignment:
    """The table in `alignments.ttl`, closed over the class and property tree of the ontology."""
    import rdflib

    graph = rdflib.Graph()
    for name in (ONTOLOGY, ALIGNMENTS):
        graph.parse(ontology_file(name), format="turtle")
    return Alignment(
        classes=_above(graph, (f"{RDFS}subClassOf", f"{OWL}equivalentClass")),
        properties=_above(graph, (f"{RDFS}subPropertyOf", f"{OWL}equivalentProperty")),
        inverse=_above(graph, (f"{OWL}inverseOf",)),
        matches=_matches(graph),
    )


def _above(graph: rdflib.Graph, links: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Own term → every foreign term reached over the links."""
    import rdflib

    steps: dict[str, set[str]] = defaultdict(set)
    for link in links:
        for one, other in graph.subject_objects(rdflib.URIRef(link)):
            if isinstance(one, rdflib.URIRef) and isinstance(other, rdflib.URIRef):
                steps[str(one)].add(str(other))
    found = {}
    for start in sorted(steps):
        if not start.startswith(NS):
            continue
        reached: set[str] = set()
        front = [start]
        while front:
            for high in steps.get(front.pop(), ()):
                if high not in reached:
                    reached.add(high)
                    front.append(high)
        foreign = tuple(sorted(each for each in reached if not each.startswith(NS)))
        if foreign:
            found[start] = foreign
    return found


def _matches(graph: rdflib.Graph) -> dict[str, tuple[tuple[str, str], ...]]:
    import rdflib

    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"):
        for low, high in graph.subject_objects(rdflib.URIRef(f"{SKOS}{name}")):
            if str(low).startswith(NS) and isinstance(high, rdflib.URIRef):
                found[str(low)].append((f"{SKOS}{name}", str(high)))
    return {own: tuple(sorted(pairs)) for own, pairs in sorted(found.items())}
